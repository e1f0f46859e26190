"""A kernel that learns on the screen: at every step its weights, its maps, its loss, and the curve so far."""

import json
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import begin_visit
from tests.built import build_chapter
from tests.lesson.reader import FITS, Reader

pytestmark = pytest.mark.browser

CHAPTER = """+++
title = "Learning"
+++
```scene
id = "learns"
kind = "learning"
image = "step"
imitate = "sobel-x"
start = [[1, 0, -1], [0, 2, 0], [-1, 1, 0]]
```

[frame first] It starts with a loss of {loss}.

[frame step 1 ] One step: {loss}.

[frame 3-11] Nine more.

[frame last] It ends with {loss}.
"""

EACH = """section => {
  const slider = section.querySelector(".slider");
  const all = name => Array.from(section.querySelectorAll(name));
  const texts = name => all(name).map(node => node.textContent);
  const seen = node => node.getAttribute("visibility") !== "hidden";
  const fits = FITS;
  const middle = node => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  return Array.from({ length: Number(slider.max) }, (_, n) => {
    slider.value = n + 1;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const curve = all(".lit[data-frame]").filter(seen);
    return {
      weights: texts(".weight-text"),
      laid: all(".laid").map(tile => tile.getAttribute("class").split("fill-")[1]),
      moves: texts(".product-text"),
      cells: texts(".cell-text"),
      words: texts(".sign"),
      curve: curve.map(node => Number(node.dataset.frame)),
      tooWide: all("text").filter(node => node.textContent && !fits(node)).map(node => node.textContent),
      point: middle(section.querySelector(".point")),
      window: middle(section.querySelector(".window")),
      pixels: all(".pixel").map(middle),
      told: texts("[data-text]"),
    };
  });
}""".replace("FITS", FITS)
"""Reads every frame off the screen."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course of one scene that learns and return its chapter's folder."""
    return build_chapter(tmp_path_factory.mktemp("learning"), "01-learning", CHAPTER)


@pytest.fixture(scope="module")
def frames(site: Path) -> list[dict[str, Any]]:
    """Return the frames of the scene's file."""
    told: list[dict[str, Any]] = json.loads((site / "learns" / "frames.json").read_text())["frames"]
    return told


@pytest.fixture(scope="module")
def shown(browser: Browser, site: Path) -> Iterator[list[dict[str, Any]]]:
    """Read every frame off the screen."""
    visit = begin_visit(browser, viewport={"width": 1280, "height": 800})
    page = Reader(visit, (site / "index.html").as_uri())
    yield page.section("learns").evaluate(EACH)
    visit.page.context.close()


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", ""))


def flat(nested: Any) -> list[float]:  # noqa: ANN401 - lists in lists
    return [n for part in nested for n in flat(part)] if isinstance(nested, list) else [nested]


def test_each_step_has_its_own_weights(shown: list[dict[str, Any]], frames: list[dict[str, Any]]) -> None:
    """To two decimals in the kernel, and with their signs on the image."""
    assert len(shown) == len(frames) == 15
    for seen, frame in zip(shown, frames, strict=True):
        weights = flat(frame["kernel"])
        assert list(map(number, seen["weights"])) == pytest.approx(weights, abs=0.0051)
        for weight, colour in zip(weights, seen["laid"], strict=True):
            assert colour == ("plus" if weight > 0 else "minus" if weight < 0 else "hairline")
    told = [cell.partition(",")[0] for cell in shown[0]["told"]]
    assert told == shown[-1]["weights"]  # the table behind it is not yet told anew
    assert shown[0]["weights"] != shown[1]["weights"] != shown[-1]["weights"]


def test_arrows_show_which_way_each_weight_moves(
    shown: list[dict[str, Any]], frames: list[dict[str, Any]]
) -> None:
    for seen, frame in zip(shown, frames, strict=True):
        for arrow, slope in zip(seen["moves"], flat(frame["gradient"]), strict=True):
            assert arrow[0] == ("↑" if slope < 0 else "↓" if slope > 0 else "0")


def test_maps_are_those_of_the_step(shown: list[dict[str, Any]], frames: list[dict[str, Any]]) -> None:
    """The prediction, and after it the error, both in whole numbers."""
    for seen, frame in zip(shown, frames, strict=True):
        wanted = [*flat(frame["output"]), *flat(frame["error"])]
        assert len(seen["cells"]) == len(wanted) == 50
        for text, value in zip(seen["cells"], wanted, strict=True):
            assert number(text) == pytest.approx(value, abs=0.51)
        assert seen["tooWide"] == []


def test_the_curve_is_drawn_up_to_here(shown: list[dict[str, Any]], frames: list[dict[str, Any]]) -> None:
    """The mark on it moves on, and falls as the loss does."""
    for count, (seen, frame) in enumerate(zip(shown, frames, strict=True), 1):
        assert seen["curve"] == list(range(2, count + 1))
        (kernel, loss) = (word.replace("\u00a0", " ") for word in seen["words"])
        assert kernel == f"kernel, step {frame['step']}"
        assert float(loss.removeprefix("loss ")) == pytest.approx(frame["loss"], rel=5e-3)
    points = [seen["point"] for seen in shown]
    assert all(after[0] > before[0] and after[1] > before[1] for before, after in pairwise(points))


def test_the_window_lies_where_the_error_is_largest(
    shown: list[dict[str, Any]], frames: list[dict[str, Any]]
) -> None:
    for seen, frame in zip(shown, frames, strict=True):
        errors = list(chain.from_iterable(frame["error"][0]))
        worst = max(range(25), key=lambda at: abs(errors[at]))
        row, column = divmod(worst, 5)
        centre = seen["pixels"][(row + 1) * 7 + column + 1]
        assert seen["window"] == pytest.approx(centre, abs=2)


def test_scrolling_lets_it_learn(browser: Browser, site: Path) -> None:
    """Down to the end of the text the last weights stand there; up again, the first."""
    visit = begin_visit(browser, viewport={"width": 1280, "height": 800})
    visit.page.goto((site / "index.html").as_uri())
    section = visit.page.locator("#learns")
    visit.page.evaluate(
        "document.querySelector('.beat').scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    expect(section.locator(".sign").first).to_have_text("kernel,\u00a0step\u00a00")
    visit.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(section.locator(".sign").first).to_have_text("kernel,\u00a0step\u00a0100")
    visit.page.context.close()
