"""The page keeps to itself: it asks nobody for anything, says nothing in the console, and does not jump."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser import NewPage, begin_visit
from tests.lesson.conftest import ON_DISK_TOO, OpenReader
from tests.lesson.reader import SCROLLING, STEPPING, Reader

pytestmark = pytest.mark.browser

SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries()
  .filter(entry => !entry.hadRecentInput).map(entry => entry.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def travelled(lesson: Reader) -> Reader:
    """Return a reader who has scrolled through everything and pressed every button once."""
    lesson.scroll_all(300)
    for scene in (SCROLLING, STEPPING):
        for button in (".back", ".play", ".next"):
            lesson.section(scene).locator(button).click()
        lesson.slide(scene, 3)
    for closed in lesson.page.locator("summary").all():
        closed.click()
    lesson.page.locator(".copy").first.click()
    lesson.rest()
    return lesson


@ON_DISK_TOO
def test_nothing_is_said_in_the_console(travelled: Reader) -> None:
    assert (travelled.visit.console, travelled.visit.errors) == ([], [])


@ON_DISK_TOO
def test_no_request_fails(travelled: Reader) -> None:
    assert travelled.visit.failed == []


@ON_DISK_TOO
def test_nothing_is_asked_of_anybody_else(travelled: Reader, site_url: str) -> None:
    assert [url for url in travelled.visit.requests if not url.startswith(site_url)] == []
    assert urlsplit(travelled.page.url).path.startswith(urlsplit(site_url).path)


@ON_DISK_TOO
def test_three_files_make_the_page(reader: OpenReader) -> None:
    """What is asked for beside them are pictures: the icon, a photograph and its map."""
    endings = sorted(url.rpartition(".")[2] for url in reader().visit.requests)
    assert [ending for ending in endings if ending not in {"svg", "webp"}] == ["css", "html", "js"]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_nothing_on_the_page_jumps(browser: Browser, lesson_url: str, width: int, height: int) -> None:
    visit = begin_visit(browser, viewport={"width": width, "height": height})
    visit.page.add_init_script(SHIFTS)
    reader = Reader(visit, lesson_url)
    reader.scroll_all(150)
    assert visit.page.evaluate("shifts") == []
    visit.page.context.close()


@ON_DISK_TOO
def test_the_script_shows_all_pages_without_harm(new_page: NewPage, site_url: str) -> None:
    visit = new_page()
    for page in ("index.html", "404.html"):
        visit.page.goto(site_url + page)
    assert (visit.console, visit.errors, visit.failed) == ([], [], [])
