"""Every page in every window: it is no wider, whatever an author wrote; its beats and numbers can be read."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import begin_visit
from tests.built import build_shown
from tests.lesson.test_agreement import CHAPTERS

pytestmark = pytest.mark.browser

HOSTILE = Path(__file__).with_name("hostile.md")
WORD = "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselloch"
CODE = "torch.nn.functional.conv_transpose2d(image,kernel,output_padding=(1,1),stride=(2,2))"
COURSE = f"""title = "{WORD}"
summary = "{CODE} and {WORD}."
[[parts]]
title = "{WORD}"
chapters = ["01-hostile", {{ planned = "{CODE}" }}]
"""
USUAL_TEXT = 16
WINDOWS = {
    USUAL_TEXT: [
        *((1920, 1080), (1440, 900), (1024, 768), (820, 1180), (844, 390), (390, 844), (360, 640)),
        *((640, 400), (320, 256)),  # those in which everything is magnified
    ],
    24: [(844, 390)],
    32: [(390, 844)],
}
"""Sizes of windows, by the size of the text that a reader has set, in pixels."""
SMALLEST = {360: 8, 820: 11}
"""Pixels that a number is high at least, from so wide a window on."""

MEASURED = """() => {
  const root = document.documentElement;
  const wide = root.scrollWidth - root.clientWidth;
  const all = Array.from(document.querySelectorAll("body *")).filter(node => node.checkVisibility());
  const scrolls = node => /auto|scroll/.test(getComputedStyle(node).overflowX)
    && node.scrollWidth > node.clientWidth;
  const held = node => node.closest("[tabindex], fieldset");
  const tag = node => `${node.tagName}.${node.getAttribute("class")}`;
  const cut = all.filter(node => {
    const box = node.getBoundingClientRect();
    for (let outer = node; (outer = outer.parentElement);) if (scrolls(outer)) return false;
    return box.width > 1 && (box.right > root.clientWidth + 1 || box.left < -1)
      && !node.closest(".skip, .spoken, .unseen, legend, .over, .glass");
  });
  return { wide, outside: cut.map(tag), unheld: all.filter(node => scrolls(node) && !held(node)).map(tag) };
}"""
"""By how much a page is wider than its window, what is outside it, and what scrolls and cannot be focused."""

UNREAD = """() => {
  const lines = told => {
    const texts = document.createTreeWalker(told, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const all = [];
    while (texts.nextNode()) {
      range.selectNodeContents(texts.currentNode);
      all.push(...range.getClientRects());
    }
    return all.filter(({ width, height }) => width > 1 && height > 1);
  };
  return Array.from(document.querySelectorAll(".beat"), beat => {
    const told = beat.querySelector(".told");
    const stage = beat.closest(".side").querySelector(".stage");
    const pins = getComputedStyle(stage).position === "sticky";
    const seen = new Set();
    const count = lines(told).length;
    const { top, bottom } = beat.getBoundingClientRect();
    const [from, to] = [scrollY + top - innerHeight, scrollY + bottom];
    for (let y = from; y < to && seen.size < count; y += 24) {
      scrollTo({ top: y, behavior: "instant" });
      const over = stage.getBoundingClientRect();
      lines(told).forEach((line, n) => {
        const covered = pins && line.top < over.bottom - 1 && line.bottom > over.top + 1
          && line.left < over.right - 1 && line.right > over.left + 1;
        if (!covered && line.top >= -1 && line.bottom <= innerHeight + 1) seen.add(n);
      });
    }
    return [beat.closest(".scene").id, beat.dataset.frames, count - seen.size];
  }).filter(([, , left]) => left);
}"""
"""The beats of which some lines are never seen uncovered, wherever the page is scrolled to."""

SMALL = """least => Array.from(document.querySelectorAll("[data-scene]"), section => {
  const slider = section.querySelector(".slider");
  const choices = Array.from(section.querySelectorAll(".switch label"))
    .filter(label => label.checkVisibility());
  return (choices.length ? choices : [null]).flatMap(choice => [1, slider.max].flatMap(frame => {
    if (choice) choice.click();
    slider.value = frame;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
    return Array.from(section.querySelectorAll(".panels text")).flatMap(node => {
      if (!node.textContent || !node.checkVisibility({ visibilityProperty: true })) return [];
      const { a, b } = node.getScreenCTM();
      const size = parseFloat(getComputedStyle(node).fontSize) * Math.hypot(a, b);
      return size && size < least - 0.01 ? [`${section.id}: ${node.textContent} ${size.toFixed(1)}`] : [];
    });
  }));
}).flat()"""
"""The texts on stages that are smaller than so many pixels, at the first and the last frame of every side."""


@dataclass(frozen=True)
class Seen:
    """What a page is like in a window."""

    window: tuple[int, int, int]
    """Its width and height, and the size of the reader's text."""
    page: dict[str, Any]
    unread: list[Any]
    small: list[str]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course with whatever may be too wide for a window."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "content" / "chapters").mkdir(parents=True)
    (folder / "content" / "course.toml").write_text(COURSE, "utf-8")
    shutil.copy(HOSTILE, folder / "content" / "chapters" / "01-hostile.md")
    return build_shown(folder / "content", folder / "site")


@pytest.fixture(scope="module", params=["index", "hostile/index", "hostile/01-hostile/index", *CHAPTERS])
def seen(browser: Browser, site: Path, hostile: Path, request: pytest.FixtureRequest) -> Iterator[list[Seen]]:
    """Look at a page in every window; it is opened once."""
    name: str = request.param
    at = hostile if name.startswith("hostile") else site
    path = at / f"{name.removeprefix('hostile/')}{'/index' if name in CHAPTERS else ''}.html"
    page = begin_visit(browser, reduced_motion="reduce").page
    page.goto(path.as_uri())
    settings = page.context.new_cdp_session(page)
    looks = []
    for text, windows in WINDOWS.items():
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": text, "fixed": text}})
        for width, height in windows:
            page.set_viewport_size({"width": width, "height": height})
            least = max((size for wide, size in SMALLEST.items() if width >= wide), default=0)
            small = page.evaluate(SMALL, least) if at == site and text == USUAL_TEXT else []
            looks.append(Seen((width, height, text), page.evaluate(MEASURED), page.evaluate(UNREAD), small))
    yield looks
    page.context.close()


def test_no_page_is_wider_than_its_window(seen: list[Seen]) -> None:
    """A text wraps, or scrolls in a box of its own that can be focused."""
    unfit = {"wide": 0, "outside": [], "unheld": []}
    assert [(look.window, look.page) for look in seen if look.page != unfit] == []


def test_every_beat_can_be_read_whole(seen: list[Seen]) -> None:
    assert [(look.window, look.unread) for look in seen if look.unread] == []


def test_every_number_of_a_stage_is_large_enough(seen: list[Seen]) -> None:
    assert [(look.window, look.small) for look in seen if look.small] == []
