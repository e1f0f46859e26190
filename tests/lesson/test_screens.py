"""On every screen, and on paper, the lesson fits: nothing overlaps, nothing is too small to read or touch."""

from itertools import pairwise
from typing import Any

import pytest

from tests.lesson.conftest import OpenReader
from tests.lesson.reader import SCROLLING, Reader

pytestmark = pytest.mark.browser

PHONES = [(360, 640), (390, 844)]
SCREENS = [*PHONES, (844, 390), (768, 1024), (1024, 768), (1280, 800), (1920, 1080)]
LOW_WINDOWS = [(640, 400), (568, 320), (320, 256)]
"""Those in which everything is magnified."""
LOW = 480
"""Pixels; in a lower window the stage does not stay."""

MEASURES = """section => {
  const box = node => node.getBoundingClientRect();
  const all = name => Array.from(section.querySelectorAll(name));
  const stage = box(section.querySelector(".stage"));
  const scale = node => box(node.ownerSVGElement).width / node.ownerSVGElement.viewBox.baseVal.width;
  const smallest = name => Math.min(...all(name)
    .map(node => parseFloat(getComputedStyle(node).fontSize) * scale(node)).filter(size => size));
  const told = box(section.querySelector(".lit .told > *"));
  return {
    stage: { top: stage.top, right: stage.right, bottom: stage.bottom, height: stage.height },
    pixel: Math.min(...all(".pixel").map(node => box(node).width)),
    letters: smallest(".panels text[class*=-text]:not(.laid-text)"),
    laid: smallest(".laid-text"),
    panels: all(".panels svg").map(node => box(node)).map(b => [b.left, b.top, b.right, b.bottom]),
    controls: all(".controls > *").map(node => box(node)).map(b => [b.left, b.top, b.right, b.bottom]),
    told: { top: told.top, left: told.left },
    wide: document.documentElement.scrollWidth - innerWidth,
    height: innerHeight,
  };
}"""


def measured(reader: Reader) -> dict[str, Any]:
    """Return where everything is."""
    measures: dict[str, Any] = reader.section(SCROLLING).evaluate(MEASURES)
    return measures


def overlap(boxes: list[list[float]]) -> bool:
    """Return whether any two of the boxes (left, top, right, bottom) overlap."""
    return any(
        a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
    )


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_scene_fits_the_screen_at_every_frame(reader: OpenReader, width: int, height: int) -> None:
    page = reader(viewport={"width": width, "height": height})
    for number in (1, 2, 17, 25):
        page.slide(SCROLLING, number)
        seen = measured(page)
        assert seen["wide"] <= 0
        assert not overlap(seen["panels"] + seen["controls"])
        assert all(left >= 0 and right <= width for left, _, right, _ in seen["panels"] + seen["controls"])
        if height < LOW:  # stage and text follow each other
            assert max(b[3] for b in seen["panels"]) - min(b[1] for b in seen["panels"]) <= height
            continue
        assert seen["stage"]["top"] >= -1
        assert seen["stage"]["bottom"] <= height + 1
        told = seen["told"]
        below = told["top"] >= seen["stage"]["bottom"] - 12  # the air above the first line
        assert below or told["left"] >= seen["stage"]["right"] - 1
        assert told["top"] < height


@pytest.mark.parametrize(("width", "height"), LOW_WINDOWS)
def test_in_a_low_window_the_stage_fits_and_never_covers_the_text(
    reader: OpenReader, width: int, height: int
) -> None:
    """Stage and text follow each other, and nothing is wider than the window."""
    page = reader(viewport={"width": width, "height": height})
    for number in (1, 17, 25):
        page.slide(SCROLLING, number)
        seen = measured(page)
        assert seen["wide"] <= 0
        panels, controls = seen["panels"], seen["controls"]
        assert not overlap(panels + [box for box in controls if box[2] > box[0]])
        assert all(left >= 0 and right <= width for left, _, right, _ in panels + controls)
        highest, lowest = min(box[1] for box in panels), max(box[3] for box in controls)
        assert lowest - highest <= max(height, 330)
        assert seen["told"]["top"] >= seen["stage"]["bottom"]


@pytest.mark.parametrize(("width", "height"), PHONES)
def test_on_a_phone_the_stage_leaves_room_and_can_be_read(
    reader: OpenReader, width: int, height: int
) -> None:
    page = reader(f"#{SCROLLING}=9", viewport={"width": width, "height": height})
    seen = measured(page)
    assert abs(seen["stage"]["top"]) <= 1
    assert seen["stage"]["height"] <= (0.6 if height > 720 else 0.66) * height + 1
    assert seen["pixel"] >= 24 * 38 / 40 - 0.01  # the tile in a cell of 24
    assert seen["letters"] >= 11
    assert seen["laid"] >= 8


def test_controls_are_large_enough_to_touch(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=9", viewport={"width": 360, "height": 640})
    for button in page.section(SCROLLING).locator(".controls button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_on_paper_every_number_of_the_text_is_printed(reader: OpenReader) -> None:
    """Also one that the stage has not shown yet, and in the ink of all text."""
    page = reader(f"#{SCROLLING}=4")
    hidden = page.section(SCROLLING).locator("[data-to-come]")
    assert hidden.count() > 0
    assert not hidden.first.is_visible()
    page.page.emulate_media(media="print")
    assert hidden.first.is_visible()
    inks = page.section(SCROLLING).evaluate(
        "section => Array.from(section.querySelectorAll('.told'), told => getComputedStyle(told).color)"
    )
    assert len(set(inks)) == 1


def test_on_paper_frames_and_beats_are_shown_and_the_moving_stage_is_not(reader: OpenReader) -> None:
    page = reader()
    page.page.emulate_media(media="print")
    visible = page.page.evaluate(
        """() => Object.fromEntries(
            [".scrolls .panels", ".steps .stage", ".controls", ".film", ".shots svg", ".told", ".copy"]
            .map(name =>
            [name, Array.from(document.querySelectorAll(name)).filter(n => n.checkVisibility()).length]))"""
    )
    assert visible == {
        ".scrolls .panels": 0,
        ".steps .stage": 5,
        ".controls": 0,
        ".film": 0,
        ".shots svg": 125,
        ".told": 8,
        ".copy": 0,
    }


STILL = """async (section, step) => {
  const factors = Array.from(section.querySelectorAll(".stage .factor"));
  const seen = () => [section.dataset.frame, ...factors.map(node => node.hasAttribute("data-lit"))].join();
  const [side, stage] = [".side", ".stage"].map(name => section.querySelector(name));
  const top = scrollY + side.getBoundingClientRect().top;
  const end = top + side.offsetHeight - stage.offsetHeight;
  const changes = [];
  let before = null;
  for (let y = top; y <= end; y += step) {
    scrollTo({ top: y, behavior: "instant" });
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (before !== null && seen() !== before) changes.push(y - top);
    before = seen();
  }
  return { changes, length: end - top };
}"""
"""Where, from the place at which the stage stays to that at which it goes, something on it changes."""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_while_the_stage_stays_something_changes_with_every_turn_of_the_wheel(
    reader: OpenReader, width: int, height: int
) -> None:
    """It begins once the stage is in its place, is never dead for over 120 pixels, and is not long."""
    page = reader(viewport={"width": width, "height": height}, reduced_motion="reduce")
    seen = page.section(SCROLLING).evaluate(STILL, 40)
    places = [0, *seen["changes"], seen["length"]]
    assert places[1] > 0
    assert max(after - before for before, after in pairwise(places)) <= 120
    assert seen["length"] <= 3600


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_the_stage_takes_what_a_large_screen_gives(reader: OpenReader, width: int, height: int) -> None:
    page = reader(f"#{SCROLLING}=9", viewport={"width": width, "height": height})
    seen = measured(page)
    tops, bottoms = [box[1] for box in seen["panels"]], [box[3] for box in seen["panels"]]
    assert max(bottoms) - min(tops) >= 0.65 * height
    assert seen["pixel"] >= 56


def test_a_cell_is_never_smaller_on_a_larger_screen(reader: OpenReader) -> None:
    page = reader()
    sizes = []
    for width, height in ((360, 640), (390, 844), (820, 1180), (1440, 900), (1920, 1080)):
        page.page.set_viewport_size({"width": width, "height": height})
        page.slide(SCROLLING, 9)
        sizes.append(measured(page)["pixel"])
    assert sizes == sorted(sizes)
