"""A zoom on the screen: the window on the whole picture, and the same window as large as that."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import NewPage, begin_visit
from tests.built import build_shown
from tests.lesson.conftest import OPTIONS
from tests.lesson.reader import Reader
from tests.scenes.photographs import planes

pytestmark = pytest.mark.browser

COURSE = 'title = "Closer"\n[[parts]]\ntitle = "A part"\nchapters = ["01-closer"]\n'
PHOTOGRAPHS = {
    "grey": 'image = "grey.png"\nat = [60, 50]\n',
    "colour": 'image = "colour.png"\ncolour = true\nat = [5, 50]\n',
}
NUMBERS = ("closer", "closer-planes")
"""Scenes of the chapter that declares every option."""
SCENES = (*NUMBERS, *PHOTOGRAPHS)
TOLD = "[frame first] All of it.\n\n[frame 2] A part.\n\n[frame last] {at} holds {at.pixel}.\n"
SHOWN = """section => {
  const box = node => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return { left, top, width, height };
  };
  const seen = node => getComputedStyle(node).visibility === "visible";
  const all = name => Array.from(section.querySelectorAll(name));
  const photo = section.querySelector(".plate.input img");
  const cards = all(".map").map(map => Array.from(map.querySelectorAll(".card")).filter(seen).pop());
  return {
    windows: all(".lens .window").map(box),
    whole: photo ? box(photo) : null,
    pixels: all(".input .pixel").map(box),
    numbers: cards.map(card => Array.from(card.querySelectorAll(".pixel-text"), node => node.textContent)),
    colours: cards.map(card =>
      Array.from(card.querySelectorAll("text:not([class*=pixel])"), node => node.textContent)),
    pictures: cards.map(card => Array.from(card.querySelectorAll("img"), image =>
      [image.complete && image.naturalWidth, image.complete && image.naturalHeight])),
    boxes: cards.map(card => box(card.querySelector("foreignObject") ?? card)),
    work: all(".subtotal-text, .total-text").map(node => node.textContent),
    table: all("[data-text]").map(node => node.textContent),
    spoken: section.querySelector(".spoken").textContent,
  };
}"""
WAIT = """section => Promise.all(Array.from(section.querySelectorAll("img"), image => {
  image.loading = "eager";
  return image.complete ? image.decode() : new Promise(done => { image.onload = done; });
}))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course of zooms and return its chapter's folder."""
    folder = tmp_path_factory.mktemp("closer")
    for name in ("chapters", "images"):
        (folder / "content" / name).mkdir(parents=True)
    (folder / "content" / "course.toml").write_text(COURSE)
    for name in ("grey.png", "colour.png"):
        pixels = np.moveaxis(planes(name), 0, -1).astype(np.uint8)
        picture = Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
        picture.save(folder / "content" / "images" / name)
    scenes = (
        f'```scene\nid = "{name}"\nkind = "zoom"\n{text}```\n\n{TOLD if name == "grey" else ""}\n## After\n'
        for name, text in PHOTOGRAPHS.items()
    )
    chapter = '+++\ntitle = "Closer"\n+++\n\n' + "\n".join(scenes)
    (folder / "content" / "chapters" / "01-closer.md").write_text(chapter)
    return build_shown(folder / "content", folder / "site") / "01-closer"


@dataclass(frozen=True)
class Place:
    """Where scenes are: the chapter that is open, and its folder."""

    page: Reader
    folder: Path

    def document(self, scene: str) -> dict[str, Any]:
        """Return what the site says about a scene, with the pixels that stand in a file of their own."""
        told: dict[str, Any] = json.loads((self.folder / scene / "frames.json").read_text())
        if "file" in told["input"]:
            told["input"]["values"] = np.load(self.folder / scene / "input.npy").tolist()
        return told

    def shown(self, scene: str, number: int) -> dict[str, Any]:
        """Return what a scene shows at a frame."""
        return shown(self.page, scene, number)


@pytest.fixture(scope="module")
def places(browser: Browser, site: Path, options: Path) -> Iterator[Callable[[str], Place]]:
    """Open both chapters as a reader who wants nothing to move; return where a scene is."""
    opened = []
    for folder in (site, options / OPTIONS):
        visit = begin_visit(browser, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        opened.append(Place(Reader(visit, (folder / "index.html").as_uri()), folder))
    yield lambda scene: opened[scene in NUMBERS]
    for place in opened:
        place.page.page.context.close()


Places = Callable[[str], Place]


def shown(page: Reader, scene: str, number: int) -> dict[str, Any]:
    page.slide(scene, number)
    page.section(scene).evaluate(WAIT)
    seen: dict[str, Any] = page.section(scene).evaluate(SHOWN)
    return seen


def part(image: list[list[list[int]]], frame: dict[str, Any]) -> Any:  # noqa: ANN401 - an array
    (row, column), (height, width) = frame["window"], frame["size"]
    return np.array(image)[:, row : row + height, column : column + width]


@pytest.mark.parametrize("scene", NUMBERS)
def test_the_numbers_of_the_window_stand_beside_the_picture(places: Places, scene: str) -> None:
    """At each frame those of its window, channel by channel."""
    told = places(scene).document(scene)
    for number, frame in enumerate(told["frames"], 1):
        planes_shown = part(told["input"]["values"], frame)
        assert places(scene).shown(scene, number)["numbers"] == [
            list(map(str, plane.ravel().tolist())) for plane in planes_shown
        ]


@pytest.mark.parametrize("scene", SCENES)
def test_the_window_lies_around_what_is_shown(places: Places, scene: str) -> None:
    """As large as `frames.json` says, on every channel, whether numbers or a photograph."""
    told = places(scene).document(scene)
    _, rows, columns = told["input"]["shape"]
    for number, frame in enumerate(told["frames"], 1):
        seen = places(scene).shown(scene, number)
        for plane, window in enumerate(seen["windows"]):
            whole = seen["whole"] or _around(seen["pixels"][plane * rows * columns :][: rows * columns])
            across, down = whole["width"] / columns, whole["height"] / rows
            assert window["left"] == pytest.approx(whole["left"] + frame["window"][1] * across, abs=2)
            assert window["top"] == pytest.approx(whole["top"] + frame["window"][0] * down, abs=2)
            assert window["width"] == pytest.approx(frame["size"][1] * across, abs=4)
            assert window["height"] == pytest.approx(frame["size"][0] * down, abs=4)


def _around(boxes: list[dict[str, float]]) -> dict[str, float]:
    left, top = min(box["left"] for box in boxes), min(box["top"] for box in boxes)
    right = max(box["left"] + box["width"] for box in boxes)
    bottom = max(box["top"] + box["height"] for box in boxes)
    return {"left": left, "top": top, "width": right - left, "height": bottom - top}


@pytest.mark.parametrize(("scene", "last"), [("grey", 8), ("colour", 4)])
def test_a_photograph_is_shown_in_parts_until_there_are_numbers(
    places: Places, scene: str, last: int
) -> None:
    """Each part is a picture of as many pixels; in the end numbers stand on it, or in its place."""
    told = places(scene).document(scene)
    for number, frame in enumerate(told["frames"], 1):
        seen, values = places(scene).shown(scene, number), part(told["input"]["values"], frame)
        height, width = frame["size"]
        numbers = list(map(str, values[0].ravel().tolist()))
        colours = (
            [f"{name} {n}" for pixel in values.reshape(3, -1).T for name, n in zip("RGB", pixel, strict=True)]
            if scene == "colour"
            else []
        )
        is_last = max(height, width) <= last
        assert seen["numbers"] == [numbers if is_last and scene == "grey" else []]
        assert seen["colours"] == [colours if is_last else []]
        assert seen["pictures"] == [[] if is_last and scene == "grey" else [[width, height]]]


@pytest.mark.parametrize("scene", SCENES)
def test_where_the_window_lies_is_told(places: Places, scene: str) -> None:
    """In the line below the picture, and in the table for those who listen."""
    for number, frame in enumerate(places(scene).document(scene)["frames"], 1):
        seen = places(scene).shown(scene, number)
        ends = [
            (start + 1, start + length) for start, length in zip(frame["window"], frame["size"], strict=True)
        ]
        lines = [f"{first}–{last}" if last > first else str(first) for first, last in ends]
        assert seen["work"] == seen["table"] == [*lines, "{}×{}".format(*frame["size"])]
        assert seen["spoken"].startswith(f"Step {number}: row")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1180), (390, 844)])
def test_a_window_is_about_as_large_as_the_picture(
    new_page: NewPage, site: Path, width: int, height: int
) -> None:
    """Beside it, on screens large and small: half as large is the least, where the text stands beside."""
    visit = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    reader = Reader(visit, (site / "index.html").as_uri())
    for scene in ("grey", "colour"):
        for number in (1, 2):
            seen = shown(reader, scene, number)
            (card,) = seen["boxes"]
            assert 0.5 * seen["whole"]["width"] < card["width"] < 1.2 * seen["whole"]["width"]
            assert card["left"] >= seen["whole"]["left"] + seen["whole"]["width"]
            assert card["left"] + card["width"] <= width


GROWING = """section => {
  const [before, card] = section.querySelectorAll(".card");
  const animations = () => [before, card].flatMap(each => each.getAnimations());
  const look = () => [before, card].map(each => [
    getComputedStyle(each).visibility,
    each.querySelector("img").getBoundingClientRect().width,
  ]);
  return new Promise(done => {
    animations().forEach(animation => animation.finish());
    section.querySelector(".next").click();
    const wait = () => {
      if (!animations().length) return requestAnimationFrame(wait);
      animations().forEach(animation => { animation.pause(); animation.currentTime = 100; });
      const midway = look();
      animations().forEach(animation => animation.finish());
      done([midway, look()]);
    };
    wait();
  });
}"""
"""Presses the button to the next frame, and tells of two cards what is seen on the way and in the end."""


def test_a_window_grows_out_of_the_one_before(new_page: NewPage, site: Path) -> None:
    """On the way it is smaller than in the end, over the one before, which has not moved."""
    visit = new_page(viewport={"width": 1280, "height": 800})
    reader = Reader(visit, (site / "index.html").as_uri())
    reader.slide("colour", 1)
    midway, finished = reader.section("colour").evaluate(GROWING)
    assert [visibility for visibility, _ in (*midway, *finished)] == ["visible"] * 4
    assert 0.5 * finished[1][1] < midway[1][1] < 0.9 * finished[1][1]
    assert midway[0][1] == finished[0][1]


def test_with_less_motion_it_is_there_at_once(places: Places) -> None:
    page = places("colour").page
    page.slide("colour", 1)
    page.press("colour", ".next")
    assert page.section("colour").evaluate("section => section.getAnimations({ subtree: true })") == []


def test_without_a_script_the_last_window_stands(new_page: NewPage, site: Path, places: Places) -> None:
    """With its numbers, where the text stops; and as a table."""
    visit = new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    reader = Reader(visit, (site / "index.html").as_uri())
    section = reader.section("grey")
    told = places("grey").document("grey")
    values = list(map(str, part(told["input"]["values"], told["frames"][-1]).ravel().tolist()))
    last = section.locator(".card").last
    assert last.is_visible()
    assert last.locator(".pixel-text").all_text_contents() == values
    assert section.locator(".numbers td:not(:empty)").all_text_contents() == values
    assert section.locator(".numbers caption").all_text_contents() == ["The last window"]
    assert section.locator(".pick").count() == 0
