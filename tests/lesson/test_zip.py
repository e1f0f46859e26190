"""The course as a zip, unpacked and opened from disk: every frame, no request, no word in the console."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import begin_visit
from tests.built import zip_of
from tests.lesson.reader import CHAPTER, SCROLLING, Reader, read_numbers, shown_as

pytestmark = pytest.mark.browser

FORWARDS = list(range(26))
UNLOADED = """async () => {
  const missing = Array.from(document.querySelectorAll("link[rel=stylesheet]")).filter(link => !link.sheet);
  for (const image of document.images) {
    image.loading = "eager"; // a film is fetched only once it is shown
    await image.decode().catch(() => missing.push(image));
  }
  return missing.map(element => element.src ?? element.href);
}"""
"""Finds the pictures and style sheets that the page has asked for in vain."""


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the one folder that the zip unpacks into, where a pupil may well unpack it."""
    folder = tmp_path_factory.mktemp("zip") / "Größe 8 b"
    folder.mkdir()
    with ZipFile(zip_of(site)) as opened:
        opened.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


@pytest.fixture(scope="module", params=["browser", "firefox"])
def reader(request: pytest.FixtureRequest, unpacked: Path) -> Iterator[Reader]:
    """Open the first page, and follow its link to the course and from there to the chapter."""
    opened: Browser = request.getfixturevalue(request.param)
    visit = begin_visit(opened, viewport={"width": 1280, "height": 800})
    reader = Reader(visit, (unpacked / "READ-ME-FIRST.html").as_uri())
    reader.page.get_by_role("link", name="Open the course").click()
    reader.page.locator(f"a[href*='{CHAPTER}']").last.click()
    reader.page.wait_for_url(f"**/course/{CHAPTER}/index.html")
    yield reader
    visit.page.context.close()


def test_the_slider_reaches_every_frame(reader: Reader, unpacked: Path) -> None:
    sums = read_numbers(unpacked / "course", SCROLLING).sums()
    seen = reader.seen_at_each_frame(SCROLLING)
    assert [sample["frame"] for sample in seen] == FORWARDS[1:]
    assert all(shown_as(total, sample["total"]) for total, sample in zip(sums, seen, strict=True))


def test_scrolling_passes_every_frame_in_order_and_back(reader: Reader) -> None:
    reader.top_of(SCROLLING)
    there, back = (
        [
            frame
            for frame, _ in groupby(
                reader.seen_passing(SCROLLING, step, tick=170), lambda seen: seen["frame"]
            )
        ]
        for step in (40, -40)
    )
    assert (there, back) == (FORWARDS, FORWARDS[::-1])


def test_a_chapter_is_open_from_the_first_page_too(reader: Reader) -> None:
    reader.page.goto(reader.url)
    reader.page.locator(f"a[href*='{CHAPTER}']").last.click()
    expect(reader.section(SCROLLING).locator(".play")).to_be_visible()


def test_the_console_is_silent_and_nothing_is_asked_of_anybody(reader: Reader, unpacked: Path) -> None:
    """Firefox tells of no request for a file, Chromium of all: what else is asked for, both tell."""
    for page in ("READ-ME-FIRST.html", "course/index.html", f"course/{CHAPTER}/index.html"):
        reader.page.goto((unpacked / page).as_uri())
        assert reader.page.evaluate(UNLOADED) == []
    reader.scroll_all(300)
    visit = reader.visit
    assert (visit.console, visit.errors, visit.failed) == ([], [], [])
    assert [url for url in visit.requests if not url.startswith(unpacked.as_uri())] == []
