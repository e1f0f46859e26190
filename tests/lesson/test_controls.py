"""What a hand or a key does with a scene beside scrolling it: buttons, marks, and cells of the map."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import begin_visit
from tests.lesson.conftest import OpenReader
from tests.lesson.reader import SCROLLING, STEPPING, Reader

pytestmark = pytest.mark.browser

TURNED = "sobel-flipped"
"""A scene that convolves: its kernel is turned by half a circle."""
SMALL_TARGETS = """() => Array.from(document.querySelectorAll(".controls button, .controls .slider"))
  .filter(node => node.checkVisibility())
  .map(node => node.getBoundingClientRect())
  .filter(({ width, height }) => Math.min(width, height) < 24).length"""
FOCUSED = """() => {
  const { left, top, right, bottom } = document.activeElement.getBoundingClientRect();
  return [left, top, right, bottom];
}"""
PLACES = """section => Array.from(section.querySelectorAll(".weight-text"), node => {
  const { left, top, width, height } = node.getBoundingClientRect();
  return [node.textContent, Math.round(left + width / 2), Math.round(top + height / 2)];
})"""
"""Each weight of a kernel with where its middle stands on the screen."""


@pytest.fixture
def stopped(browser: Browser, lesson_url: str) -> Iterator[Callable[[str], Page]]:
    """Hand the test a function that opens pages whose time stands still unless it is told to go on.

    Their context is closed with them: its clock is that of all its pages.
    """
    with ExitStack() as stack:

        def opened(at: str) -> Page:
            page = begin_visit(browser, viewport={"width": 1280, "height": 800}).page
            stack.callback(page.context.close)
            page.clock.install(time=0)
            page.goto(lesson_url + at)
            page.clock.pause_at(10_000)
            return page

        yield opened


def walk_to_map(reader: Reader, scene: str) -> None:
    """Go by keyboard to the map of a scene."""
    reader.section(scene).locator(".stage").focus()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "pick"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (360, 640), (320, 568)])
def test_every_control_is_large_enough_for_a_finger(reader: OpenReader, width: int, height: int) -> None:
    page = reader(viewport={"width": width, "height": height}).page
    assert page.evaluate(SMALL_TARGETS) == 0


def test_the_map_is_one_stop_of_tab_and_arrows_walk_in_it(reader: OpenReader) -> None:
    """Each arrow leads one cell on, the edge holds, and Enter goes to the frame that fills the cell."""
    page = reader(f"#{STEPPING}=25")
    walk_to_map(page, STEPPING)
    for key, label in (
        ("ArrowRight", "row 1, column 2"),
        ("ArrowDown", "row 2, column 2"),
        ("ArrowLeft", "row 2, column 1"),
        ("ArrowLeft", "row 2, column 1"),
        ("ArrowDown", "row 3, column 1"),
    ):
        page.page.keyboard.press(key)
        told = page.page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert told == f"Feature map, {label}: go there"
    cell = page.section(STEPPING).locator(".cell").nth(10).bounding_box()
    assert cell
    left, top, right, bottom = page.page.evaluate(FOCUSED)
    assert (left, top) == pytest.approx((cell["x"], cell["y"]), abs=1)
    assert (right - left, bottom - top) == pytest.approx((cell["width"], cell["height"]), abs=1)
    assert page.frame(STEPPING) == 25  # no arrow has stepped the scene meanwhile
    page.page.keyboard.press("Enter")
    page.await_frame(STEPPING, 11)
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.className") == "back"


def test_a_mark_on_the_slider_leads_to_its_beat(reader: OpenReader) -> None:
    """There is one for each beat, at the first frame that it tells of."""
    page = reader(f"#{SCROLLING}=1")
    section = page.section(SCROLLING)
    beats = section.locator(".beat")
    marks = section.locator(".marks path")
    assert marks.count() == beats.count()
    for at in (3, 6):
        frame = int((beats.nth(at).get_attribute("data-frames") or "").split()[0])
        marks.nth(at).dispatch_event("click")
        page.await_frame(SCROLLING, frame)
        expect(beats.nth(at)).to_contain_class("lit")


def test_space_plays_and_pauses_inside_the_figure_and_scrolls_outside(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=3")
    play = page.section(SCROLLING).locator(".play")
    page.section(SCROLLING).locator(".stage").focus()
    place = page.page.evaluate("scrollY")
    page.page.keyboard.press("Space")
    expect(play).to_have_text("Pause")
    page.page.keyboard.press("Space")
    expect(play).to_have_text("Play")
    assert page.frame(SCROLLING) in {3, 4}
    assert abs(page.page.evaluate("scrollY") - place) < 400  # the text of a frame; a screen is more
    page.page.evaluate("document.activeElement.blur()")
    page.page.keyboard.press("Space")
    page.page.wait_for_function("place => scrollY > place + 300", arg=place)


def test_play_is_slow_at_first_then_quicker_and_has_a_speed(stopped: Callable[[str], Page]) -> None:
    """A frame that computes something new takes longer than one that repeats; the speed divides all times."""
    taken = {}
    for pace in ("1×", "2×"):
        page = stopped(f"#{STEPPING}=1")
        section = page.locator(f"#{STEPPING}")
        while section.locator(".pace").text_content() != pace:
            section.locator(".pace").click()
        section.locator(".play").click()
        times = []
        for _ in range(4):
            frame, time = section.get_attribute("data-frame"), 0
            while section.get_attribute("data-frame") == frame:
                page.clock.run_for(50)
                time += 50
            times.append(time)
        taken[pace] = times[1:]
    assert taken["1×"][0] >= 3500
    assert taken["1×"] == sorted(taken["1×"], reverse=True)
    assert taken["1×"][-1] <= 1600
    for slow, quick in zip(taken["1×"], taken["2×"], strict=True):
        assert quick == pytest.approx(slow / 2, abs=150)


def test_play_finishes_what_is_on_its_way_and_then_makes_the_next(lesson: Reader) -> None:
    """Its cell is filled once its sum stands, however soon after a step Play was pressed."""
    lesson.slide(SCROLLING, 5)
    with lesson.time_passing(0):
        lesson.section(SCROLLING).locator(".next").click()
        lesson.let_pass(200)
        lesson.section(SCROLLING).locator(".play").click()
        filled = []
        for _ in range(5):
            lesson.let_pass(100)
            seen = lesson.seen(SCROLLING)
            filled.append(sum(cell is not None for cell in seen["cells"]))
            assert seen["frame"] == 7
        lesson.section(SCROLLING).locator(".play").click()
    assert filled == [6] * 5


def test_play_goes_on_from_where_back_leads_however_soon_it_is_pressed(lesson: Reader) -> None:
    lesson.slide(SCROLLING, 25)
    play = lesson.section(SCROLLING).locator(".play")
    with lesson.time_passing(0):
        lesson.section(SCROLLING).locator(".back").click()
        lesson.let_pass(200)
        play.click()
        lesson.let_pass(100)
        assert lesson.frame(SCROLLING) == 25
        assert [cell is not None for cell in lesson.seen(SCROLLING)["cells"]].count(True) == 24
        lesson.let_pass(2000)
    expect(play).to_have_text("Play")
    assert (lesson.frame(SCROLLING), lesson.visit.errors) == (25, [])


def test_a_convolution_turns_its_kernel_before_the_first_frame(stopped: Callable[[str], Page]) -> None:
    """It stands as it is written, goes round by half a circle, and then lies as it is multiplied."""
    page = stopped(f"#{TURNED}=25")
    section = page.locator(f"#{TURNED}")
    laid = section.evaluate(PLACES)
    section.locator(".play").click()
    page.clock.run_for(20)
    written = section.evaluate(PLACES)
    assert [text for text, *_ in written] == [text for text, *_ in laid]
    for (_, *place), (_, *other) in zip(written, reversed(laid), strict=True):
        assert place == pytest.approx(other, abs=2)
    page.clock.run_for(700)
    assert all(place not in laid for place in section.evaluate(PLACES)[:3])
    page.clock.run_for(3300)
    for (_, *place), (_, *other) in zip(section.evaluate(PLACES), laid, strict=True):
        assert place == pytest.approx(other, abs=2)


def test_a_translated_page_still_tells_where_it_is(reader: OpenReader) -> None:
    """A translator puts every text into an element of its own."""
    page = reader(f"#{SCROLLING}=3")
    page.section(SCROLLING).evaluate(
        """section => {
            for (const node of section.querySelectorAll(".play-word, .at, .pace, .total-text")) {
              const font = document.createElement("font");
              font.append(...node.childNodes);
              node.append(font);
            }
        }"""
    )
    page.slide(SCROLLING, 12)
    expect(page.section(SCROLLING).locator(".count")).to_have_text("12 of 25")
    page.section(SCROLLING).locator(".play").click()
    expect(page.section(SCROLLING).locator(".play")).to_have_text("Pause")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_line_says_how_the_numbers_come_of_each_other(reader: OpenReader, scheme: str) -> None:
    page = reader(f"#{SCROLLING}=2", color_scheme=scheme)
    for scene in (SCROLLING, STEPPING):
        rule = page.section(scene).locator(".rule")
        expect(rule).to_be_visible()
        expect(rule).to_have_text("Each pixel times the weight that lies on it; then all of that added.")
