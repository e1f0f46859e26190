"""Two versions of a scene shown in turn, and the table of what the window computes."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import NewPage
from tests.lesson.conftest import OPTIONS
from tests.lesson.held_time import HOLD
from tests.lesson.reader import CHAPTER, SCROLLING, Reader

pytestmark = pytest.mark.browser

SCENE = "kernels"
"""A switch of three kernels."""
IN_TURN = """(section, moments) => {
  const time = HOLD;
  const versions = Array.from(section.querySelectorAll(".version"));
  const shown = () => versions.findIndex(version => !version.hidden);
  section.querySelector(".blink").click();
  const seen = [shown(), ...moments.map(ms => { time.run(ms, 100); return shown(); })];
  const pressed = section.querySelector(".blink").ariaPressed;
  const spoken = section.querySelector(".spoken").textContent;
  section.querySelector(".blink").click();
  time.run(3000, 100);
  const after = shown();
  time.release();
  return { seen, pressed, spoken, after, ended: section.querySelector(".blink").ariaPressed };
}""".replace("HOLD", HOLD)
"""Presses the button, reads which version is shown as time passes, and presses it again."""


@pytest.fixture(scope="module")
def url(options: Path) -> str:
    return (options / OPTIONS / "index.html").as_uri()


def test_two_versions_are_shown_in_turn_while_asked_for(new_page: NewPage, url: str) -> None:
    """A second each, those chosen last, without a word; once the button is pressed again nothing moves."""
    page = Reader(new_page(), url)
    page.section(SCENE).get_by_role("radio").nth(2).check()
    told = page.section(SCENE).evaluate(IN_TURN, [900, 200, 800, 200])
    assert told == {"seen": [0, 0, 2, 2, 0], "pressed": "true", "spoken": "", "after": 0, "ended": "false"}


def test_with_reduced_motion_the_other_version_is_shown_once(new_page: NewPage, url: str) -> None:
    page = Reader(new_page(reduced_motion="reduce"), url)
    told = page.section(SCENE).evaluate(IN_TURN, [900, 200, 900, 200])
    assert told["seen"] == [1] * 5
    assert told["pressed"] == "false"


@pytest.mark.parametrize("end", ["wheel", "choice", "next"])
def test_whatever_a_reader_does_next_ends_it(new_page: NewPage, url: str, end: str) -> None:
    page = Reader(new_page(), url)
    section, button = page.section(SCENE), page.section(SCENE).locator(".blink")
    page.hold()
    button.focus()
    page.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    if end == "wheel":
        button.dispatch_event("wheel")
    elif end == "choice":
        section.get_by_role("radio").nth(2).check()
    else:
        section.locator(".next").click()
    page.let_pass(3000)
    expect(button).to_have_attribute("aria-pressed", "false")
    page.release()


def table(page: Reader, scene: str) -> list[str]:
    return page.section(scene).locator(".unseen td").all_text_contents()


def test_the_table_tells_the_frame_that_is_shown_once_it_rests(lesson: Reader) -> None:
    lesson.slide(SCROLLING, 7)
    lesson.press(SCROLLING, ".next")
    seen = lesson.seen(SCROLLING)
    terms = zip(seen["factors"], seen["weights"], seen["products"], strict=True)
    cells = table(lesson, SCROLLING)
    assert (cells[0], cells[-1]) == ("", seen["total"]), "the corner above the rows' names is empty"
    assert [cell for cell in cells if "times" in cell] == [
        f"{pixel} times {weight}: {product}" for pixel, weight, product in terms
    ]


def test_without_the_script_it_tells_the_finished_frame(
    new_page: NewPage, site: Path, lesson: Reader
) -> None:
    plain = Reader(new_page(java_script_enabled=False), (site / CHAPTER / "index.html").as_uri())
    lesson.slide(SCROLLING, 24)
    lesson.press(SCROLLING, ".next")
    assert table(plain, SCROLLING) == table(lesson, SCROLLING)
