"""The list of a chapter's sections: it leads to each, says where its reader is, and covers no figure."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import begin_visit
from tests.lesson.conftest import OpenReader
from tests.lesson.reader import SCROLLING

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1440, "height": 900}
MARKED = ".sections [aria-current=true]"
HEADINGS = "Array.from(document.querySelectorAll('h2'), heading => heading.textContent)"
WIDE = [(1344, 700), (1440, 900), (1920, 1080), (2560, 1300)]

COVERED = """() => {
  const list = document.querySelector(".sections details").getBoundingClientRect();
  const beside = Array.from(document.querySelectorAll(".scene, .listing, .positions, .prose"));
  const paper = node => getComputedStyle(node).backgroundColor;
  const over = beside.map(node => node.getBoundingClientRect()).filter(box =>
    box.bottom > list.top && box.top < list.bottom && list.left < box.left && box.left < list.right);
  for (let y = Math.max(list.top, 0) + 1; y < Math.min(list.bottom, innerHeight); y += 9) {
    for (let x = list.left + 1; x < list.right; x += 30) {
      const under = beside.find(node => {
        const box = node.getBoundingClientRect();
        return box.left < x && x < box.right && box.top < y && y < box.bottom;
      });
      const hides = under && under.contains(document.elementFromPoint(x, y))
        && paper(under) === paper(document.documentElement);
      if (under && !hides) over.push([x, y]);
    }
  }
  return over;
}"""
"""Points at which the list lies over what belongs to a figure or a text, and boxes that cut its lines."""


@pytest.fixture(scope="module", params=["browser", "firefox"])
def chapter(request: pytest.FixtureRequest, lesson_url: str) -> Iterator[Page]:
    """Open the lesson on a laptop in either browser."""
    opened: Browser = request.getfixturevalue(request.param)
    page = begin_visit(opened, viewport={"width": 1440, "height": 900}).page
    page.goto(lesson_url)
    yield page
    page.context.close()


def test_the_list_marks_the_section_that_is_read(chapter: Page) -> None:
    """Before the first heading none, then one, on the way down and back, and after a leap to either end."""
    headings: list[str] = chapter.evaluate(HEADINGS)
    chapter.evaluate("scrollTo(0, 0)")
    expect(chapter.locator(MARKED)).to_have_count(0)
    for name in (*headings[:3], headings[0], headings[-2]):
        chapter.locator("h2", has_text=name).first.evaluate("heading => heading.scrollIntoView()")
        expect(chapter.locator(MARKED)).to_have_text(name)
    chapter.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(chapter.locator(MARKED)).to_have_text(headings[-1])
    chapter.evaluate("scrollTo(0, 0)")
    expect(chapter.locator(MARKED)).to_have_count(0)


def test_on_a_laptop_the_list_stays_in_sight_and_leads_to_each_section(chapter: Page) -> None:
    """All of it can be seen beside the text, without unfolding it."""
    for link in reversed(chapter.locator(".sections a").all()):
        link.click()
        name = link.text_content() or ""
        expect(chapter.locator(MARKED)).to_have_text(name)
        expect(chapter.locator("h2", has_text=name).first).to_be_in_viewport()
        expect(link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), WIDE)
@pytest.mark.parametrize("script", [True, False])
def test_the_list_never_covers_a_figure_or_a_text(
    reader: OpenReader, width: int, height: int, *, script: bool
) -> None:
    """Wherever the page is scrolled to; figures go over it."""
    page = reader(viewport={"width": width, "height": height}, java_script_enabled=script).page
    expect(page.locator(".sections a").first).to_be_in_viewport()
    length = page.evaluate("document.documentElement.scrollHeight")
    for y in range(0, length, height // 2):
        page.evaluate(f"scrollTo(0, {y})")
        assert page.evaluate(COVERED) == [], y
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_the_list_is_folded_until_somebody_opens_it(reader: OpenReader, *, script: bool) -> None:
    page = reader(viewport={"width": 390, "height": 844}, java_script_enabled=script).page
    link = page.locator(".sections a").nth(3)
    expect(link).not_to_be_visible()
    page.locator(".sections summary").click()
    name = link.text_content() or ""
    link.click()
    expect(page.locator("h2", has_text=name).first).to_be_in_viewport()


def test_without_the_script_a_browser_that_can_marks_the_section(reader: OpenReader) -> None:
    page = reader(viewport=LAPTOP, java_script_enabled=False).page
    if not page.evaluate("CSS.supports('selector(:target-current)')"):
        pytest.skip("this browser knows no :target-current")
    page.locator(".sections a").nth(2).click()
    expect(page.locator(".sections a:target-current")).to_have_count(1)


def test_who_walks_through_the_list_by_keyboard_sees_it_over_a_figure(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=9", viewport=LAPTOP).page
    link = page.locator(".sections a").nth(1)
    seen = """link => {
      const { left, top } = link.getBoundingClientRect();
      return document.elementFromPoint(left + 3, top + 3) === link;
    }"""
    assert not link.evaluate(seen)
    page.locator(".home a").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert link.evaluate(seen)
