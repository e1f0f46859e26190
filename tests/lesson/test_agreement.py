"""Text and stage agree: each number that a beat takes from its frame stands on the stage at that frame."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, groupby
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.cli import PROJECT
from tests.browser import begin_visit
from tests.lesson.reader import Reader, value

pytestmark = pytest.mark.browser

FOLDER = PROJECT / "content" / "chapters"
CHAPTERS = sorted(path.stem for path in FOLDER.glob("*.md"))
NARRATED = [name for name in CHAPTERS if "\n[frame " in (FOLDER / f"{name}.md").read_text("utf-8")]
"""An appendix shows scenes to step through, and tells none."""
OF_A_FRAME = re.compile(
    r"(?:[a-z0-9-]+\.)?(sums?|answers?|products(\.\w+)?|window|pixel|bias|terms\.\d+|"
    r"step|loss|learned|(made|wants|errors)\.\d+|worst\.\w+|"
    r"at\.(pixel|red|green|blue)|size(\.height|\.width)?|rows|columns)"
)
"""Values of a beat's frame, also of a version of its scene, that a stage shows in numbers."""
NUMBER = re.compile(r"[−+]?\d+(?:\.\d+)?(?:e−?\d+|/\d+)?")
ROUNDED = Fraction(6, 1000)

TOLD = """() => Array.from(document.querySelectorAll(".scrolls"), section => {
  const slider = section.querySelector(".slider");
  const texts = selector => Array.from(section.querySelectorAll(selector), node => node.textContent);
  const seen = node => node.checkVisibility({ visibilityProperty: true });
  const pieces = span => Array.from(span.querySelectorAll("[class^=of-]"),
    piece => [Number(piece.className.slice(3)), seen(piece) ? piece.textContent : ""]);
  return Array.from(section.querySelectorAll(".beat"), (beat, at) => {
    const [first, last] = beat.dataset.frames.split(" ").map(Number);
    return Array.from({ length: last - first + 1 }, (_, n) => {
      slider.value = first + n;
      for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
      return {
        scene: section.id, beat: at, frame: first + n, isPhotograph: !!section.querySelector(".plate"),
        lit: beat.classList.contains("lit"),
        stage: texts(".panels text:not(.unfilled):not([visibility=hidden])"),
        products: texts(".product-text"),
        values: Array.from(beat.querySelectorAll(".value"),
          span => ({ text: span.textContent, pieces: pieces(span) })),
      };
    });
  }).flat();
}).flat()"""
"""Moves every scene to each frame of its beats, and reads off what is told and what stands on the stage."""


@pytest.fixture(scope="module", params=NARRATED)
def told(browser: Browser, site_url: str, request: pytest.FixtureRequest) -> Iterator[list[dict[str, Any]]]:
    """Return what each beat of a chapter tells at each of its frames, and how its author named that."""
    chapter: str = request.param
    visit = begin_visit(browser, reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    moments: list[dict[str, Any]] = Reader(visit, f"{site_url}{chapter}/index.html").page.evaluate(TOLD)
    beats = chain.from_iterable(written_values(chapter))
    for _, same in groupby(moments, lambda moment: (moment["scene"], moment["beat"])):
        names = next(beats)
        for moment in same:
            moment["told"] = list(zip(names, moment["values"], strict=False))
    yield moments
    visit.page.context.close()


def written_values(chapter: str) -> Iterator[list[list[str]]]:
    """Yield, for each scene of a chapter, the names of the values that each of its beats quotes, in order."""
    text = (FOLDER / f"{chapter}.md").read_text("utf-8")
    for narration in re.split(r"^```scene\n.*?^```\n", text, flags=re.MULTILINE | re.DOTALL)[1:]:
        beats = re.split(r"^\[frame [^]]*\]", narration, flags=re.MULTILINE)[1:]
        yield [re.findall(r"(?<!\\)\{([^{}]+)\}", beat) for beat in beats]


def on_stage(moment: dict[str, Any]) -> set[Fraction]:
    """Return every number that stands on the stage, and what the products of each sign make together."""
    numbers = {value(number.lstrip("+")) for text in moment["stage"] for number in NUMBER.findall(text)}
    products = [value(text.lstrip("+")) for text in moment["products"] if NUMBER.fullmatch(text)]
    return numbers | {sum((one for one in products if one * sign > 0), Fraction(0)) for sign in (1, -1)}


def said_by(moment: dict[str, Any]) -> Iterator[str]:
    """Yield the texts that a beat takes from its frame; what earlier frames of a photograph said is gone."""
    for name, said in moment["told"]:
        if not OF_A_FRAME.fullmatch(name):
            continue
        pieces = {frame: text for frame, text in said["pieces"] if frame <= moment["frame"]}
        if moment["isPhotograph"]:
            pieces = {frame: text for frame, text in pieces.items() if frame == moment["frame"]}
        yield from pieces.values() if said["pieces"] else [said["text"]]


def test_each_number_of_a_beat_is_on_the_stage(told: list[dict[str, Any]]) -> None:
    """And the beat is lit; a number of a frame that has not come is not to be seen."""
    missing = []
    for moment in told:
        assert moment["lit"]
        stage = on_stage(moment)
        texts = [re.sub("([−+])[ \u00a0]", r"\1", text) for text in said_by(moment)]
        numbers = [number for text in texts for number in NUMBER.findall(text)]
        missing += [
            (moment["scene"], moment["frame"], number)
            for number in numbers
            if min(abs(value(number.lstrip("+")) - other) for other in stage) > ROUNDED
        ]
        pieces = [piece for _, said in moment["told"] for piece in said["pieces"]]
        assert [text for frame, text in pieces if text and frame > moment["frame"]] == []
    assert missing == []
    assert sum(len(list(said_by(moment))) for moment in told) > 10
