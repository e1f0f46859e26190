"""One state: whichever way a frame is reached, the picture is the same."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import begin_visit
from tests.lesson.conftest import ON_DISK, ON_DISK_TOO, OpenReader
from tests.lesson.reader import SCROLLING, STEP, STEPPING, Reader

pytestmark = pytest.mark.browser

FRAMES = (1, 2, 12, 17, 25)
LAST = 25
LONG = 5000
"""Milliseconds, more than Play takes for any frame, and less than for any two of the first."""
BOTH = pytest.mark.parametrize("scene", [SCROLLING, STEPPING])
AFRESH = """panels => {
  panels.style.display = "none";
  panels.getBoundingClientRect();
  panels.style.display = "";
}"""
"""Has all of a stage painted anew: after a partial repaint an antialiased edge may keep another shade."""

Way = Callable[[Reader, str, int], None]


def neighbour(number: int) -> int:
    return number - 1 if number > 1 else 2


def by_button(reader: Reader, scene: str, number: int) -> None:
    reader.slide(scene, neighbour(number))
    reader.press(scene, ".next" if number > 1 else ".back")


def by_button_back(reader: Reader, scene: str, number: int) -> None:
    reader.slide(scene, min(LAST, number + 1))
    if number < LAST:
        reader.press(scene, ".back")


def by_key(reader: Reader, scene: str, number: int) -> None:
    reader.slide(scene, neighbour(number))
    reader.press_key(scene, "ArrowRight" if number > 1 else "ArrowLeft")


def by_sliders_key(reader: Reader, scene: str, number: int) -> None:
    reader.slide(scene, neighbour(number))
    reader.section(scene).locator(".slider").press("ArrowRight" if number > 1 else "ArrowLeft")


def by_click(reader: Reader, scene: str, number: int) -> None:
    reader.slide(scene, LAST if number < LAST else 1)
    reader.rest()  # by then the browser has drawn it
    reader.section(scene).locator(".cell").nth(number - 1).click(force=True)


def by_address(reader: Reader, scene: str, number: int) -> None:
    reader.page.goto("about:blank")
    reader.page.goto(f"{reader.url}#{scene}={number}")


def by_change_of_address(reader: Reader, scene: str, number: int) -> None:
    reader.page.evaluate("hash => { location.hash = hash }", f"{scene}={number}")
    reader.await_said(scene, number)


def by_the_end_and_back(reader: Reader, scene: str, number: int) -> None:
    reader.slide(scene, number)
    place = reader.page.evaluate("scrollY")
    for top in (10**6, place):
        reader.page.evaluate("top => scrollTo({ top, behavior: 'instant' })", top)
        reader.rest()
    if reader.section(scene).locator(".beat").count() == 0:
        for end in ("End", "Home"):
            reader.section(scene).locator(".stage").press(end)
        reader.slide(scene, number)


def by_play(reader: Reader, scene: str, number: int) -> None:
    play = reader.section(scene).locator(".play")
    reader.slide(scene, min(number, LAST - 1))
    with reader.time_passing(STEP):
        play.click()
        if number == LAST:
            reader.let_pass(LONG)
        else:
            reader.let_pass(100)
            play.click()
    expect(play).to_have_text("Play")
    for _ in range(reader.frame(scene) - number):
        reader.press(scene, ".back")


WAYS: dict[Way, tuple[int, ...]] = {
    by_address: (1, 12, 25),
    by_change_of_address: FRAMES,
    by_click: FRAMES,
    by_sliders_key: FRAMES,
    by_the_end_and_back: (1, 12, 25),
    by_button: (1, 12),
    by_button_back: (12,),
    by_key: (1, 25),
    by_play: (12, 25),
}


@pytest.fixture(scope="module")
def pictures(browser: Browser, lesson_url: str) -> dict[tuple[str, int], list[str]]:
    """Return what a fresh page shows when its slider goes to each frame."""
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), lesson_url)
    pictures = {}
    for scene, number in product((SCROLLING, STEPPING), FRAMES):
        reader.slide(scene, number)
        reader.rest()  # the film's edge follows once the browser has told of the scrolling
        pictures[scene, number] = reader.picture(scene).splitlines()
    reader.page.context.close()
    return pictures


def pictures_by(reader: Reader, scene: str, way: Way) -> dict[int, list[str]]:
    """Return what a reader sees who goes one way to each frame."""
    seen = {}
    for number in WAYS[way]:
        way(reader, scene, number)
        reader.rest()
        assert reader.frame(scene) == number
        seen[number] = reader.picture(scene).splitlines()
    return seen


@BOTH
@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_a_frame_shows_the_same_picture(
    lesson: Reader, pictures: dict[tuple[str, int], list[str]], scene: str, way: Way
) -> None:
    assert pictures_by(lesson, scene, way) == {number: pictures[scene, number] for number in WAYS[way]}


@BOTH
@ON_DISK
@pytest.mark.parametrize("way", [by_address, by_change_of_address])
def test_on_disk_an_address_shows_the_same_picture(
    lesson: Reader, pictures: dict[tuple[str, int], list[str]], scene: str, way: Way
) -> None:
    assert pictures_by(lesson, scene, way) == {number: pictures[scene, number] for number in WAYS[way]}


@BOTH
def test_every_way_to_a_frame_paints_the_same_pixels(lesson: Reader, scene: str) -> None:
    shots = set()
    for way in (by_button, by_address, by_the_end_and_back):
        way(lesson, scene, 12)
        if scene == STEPPING:  # on whole pixels, wherever the page has been scrolled to
            lesson.section(scene).evaluate("section => section.scrollIntoView({ behavior: 'instant' })")
        lesson.page.mouse.move(0, 0)
        lesson.page.evaluate("document.activeElement.blur()")
        lesson.rest()
        panels = lesson.section(scene).locator(".panels")
        panels.evaluate(AFRESH)
        shots.add(panels.screenshot())
    assert len(shots) == 1


@BOTH
def test_the_first_picture_of_a_finished_scene_is_that_of_its_last_frame(
    reader: OpenReader, pictures: dict[tuple[str, int], list[str]], scene: str
) -> None:
    """Whoever jumps to what stands below it has never seen another of its frames."""
    page = reader()
    page.section(scene).evaluate(
        "section => scrollTo({ top: scrollY + section.getBoundingClientRect().bottom, behavior: 'instant' })"
    )
    page.rest()
    assert page.picture(scene).splitlines() == pictures[scene, LAST]


@BOTH
def test_quick_presses_of_next_add_up(lesson: Reader, scene: str) -> None:
    lesson.slide(scene, 5)
    with lesson.time_passing(STEP):
        for _ in range(3):
            lesson.section(scene).locator(".next").click()
            lesson.let_pass(200)
    assert lesson.frame(scene) == 8
    assert lesson.seen(scene)["spoken"].startswith("Row 2, column 3: ")


@BOTH
def test_play_at_the_end_begins_again(lesson: Reader, scene: str) -> None:
    lesson.slide(scene, LAST)
    play = lesson.section(scene).locator(".play")
    with lesson.time_passing(STEP):
        play.click()
        lesson.let_pass(LONG)
        expect(play).to_have_text("Pause")
        assert lesson.frame(scene) == 2
        play.click()


@BOTH
def test_pause_stops_at_once(lesson: Reader, scene: str) -> None:
    """What has begun is finished, and nothing follows."""
    lesson.slide(scene, 3)
    play = lesson.section(scene).locator(".play")
    with lesson.time_passing(STEP):
        play.click()
        lesson.let_pass(100)
        play.click()
        first = lesson.seen(scene)
        lesson.let_pass(LONG)
        assert {**lesson.seen(scene), "lit": None} == {**first, "lit": None}  # a row may be pointed at
    assert first["frame"] == 4
    assert first["total"] != ""


@BOTH
def test_a_tap_on_pause_stops(reader: OpenReader, scene: str) -> None:
    page = reader(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.slide(scene, 3)
    play = page.section(scene).locator(".play")
    with page.time_passing(LONG):
        play.tap()
        page.let_pass(100)
        play.tap()
    expect(play).to_have_text("Play")
    assert page.frame(scene) == 4


@BOTH
def test_home_and_end_go_to_the_first_and_the_last_frame(lesson: Reader, scene: str) -> None:
    lesson.slide(scene, 9)
    stage = lesson.section(scene).locator(".stage")
    stage.press("Home")
    first = lesson.frame(scene)
    stage.press("End")
    assert (first, lesson.frame(scene)) == (1, LAST)


@BOTH
def test_arrow_keys_outside_the_focused_stage_do_nothing(lesson: Reader, scene: str) -> None:
    lesson.slide(scene, 9)
    lesson.page.evaluate("document.activeElement.blur()")
    before = lesson.picture(scene)
    for key in ("ArrowRight", "ArrowLeft", "Home"):
        lesson.page.evaluate(
            "key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))", key
        )
    lesson.page.keyboard.press("ArrowRight")
    lesson.rest()
    assert lesson.picture(scene) == before


@BOTH
@pytest.mark.parametrize("modifier", ["Alt", "Control", "Meta", "Shift"])
def test_the_browsers_own_shortcuts_do_not_step(lesson: Reader, scene: str, modifier: str) -> None:
    lesson.slide(scene, 9)
    prevented = (
        lesson.section(scene)
        .locator(".stage")
        .evaluate(
            """(stage, modifier) => !stage.dispatchEvent(new KeyboardEvent("keydown", {
            key: "ArrowRight", bubbles: true, cancelable: true, [`${modifier}Key`]: true }))""",
            "ctrl" if modifier == "Control" else modifier.lower(),
        )
    )
    assert not prevented


@BOTH
def test_the_sliders_own_arrows_move_by_one(lesson: Reader, scene: str) -> None:
    lesson.slide(scene, 9)
    lesson.listen(scene)
    lesson.section(scene).locator(".slider").press("ArrowRight")
    lesson.rest()
    assert lesson.heard() == [10]


@ON_DISK_TOO
@BOTH
def test_a_frame_out_of_range_in_the_address_is_the_nearest_one(lesson: Reader, scene: str) -> None:
    for frame, shown in (("0", 1), ("99", LAST), ("007", 7)):
        lesson.page.goto("about:blank")
        lesson.page.goto(f"{lesson.url}#{scene}={frame}")
        lesson.await_said(scene, shown)
        assert lesson.frame(scene) == shown


@ON_DISK_TOO
@pytest.mark.parametrize(
    "at", ["#sobel-edge=abc", "#sobel-edge=", "#nothing=3", "#%", "#=1", "#sobel-edge=-1"]
)
def test_an_address_that_names_no_frame_does_no_harm(lesson: Reader, at: str) -> None:
    lesson.page.goto("about:blank")
    lesson.page.goto(lesson.url + at)
    lesson.slide(SCROLLING, 4)
    assert (lesson.frame(SCROLLING), lesson.visit.errors) == (4, [])


def test_scenes_do_not_disturb_each_other(lesson: Reader) -> None:
    lesson.slide(STEPPING, 7)
    blur = lesson.picture(STEPPING)
    lesson.slide(SCROLLING, 11)
    lesson.press(SCROLLING, ".next")
    lesson.slide("sharpen", 3)
    assert (lesson.picture(STEPPING), lesson.frame("sharpen")) == (blur, 3)


def test_playing_a_scene_stops_another_where_it_scrolls(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=3")
    page.section(SCROLLING).locator(".play").click()
    page.await_frame(SCROLLING, 4)
    page.page.evaluate("location.hash = 'blur=5'")
    page.await_said(STEPPING, 5)
    expect(page.section(SCROLLING).locator(".play")).to_have_text("Play")
    page.rest()
    assert page.section(STEPPING).locator(".stage").is_visible()


@ON_DISK_TOO
@BOTH
def test_a_reload_shows_the_same_frame(reader: OpenReader, scene: str) -> None:
    page = reader()
    page.slide(scene, 14)
    page.page.wait_for_url(f"**#{scene}=14")
    page.page.reload()
    page.await_frame(scene, 14)
    page.rest()
    assert page.frame(scene) == 14


@ON_DISK_TOO
def test_a_reload_further_down_stays_there(reader: OpenReader) -> None:
    page = reader()
    page.slide(STEPPING, 14)
    page.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.rest()
    place = page.page.evaluate("scrollY")
    page.page.reload()
    page.page.wait_for_function("place => Math.abs(scrollY - place) < 3", arg=place)
    page.rest()
    assert abs(page.page.evaluate("scrollY") - place) < 3


@ON_DISK_TOO
@BOTH
def test_going_back_from_another_page_shows_the_same_frame(reader: OpenReader, scene: str) -> None:
    page = reader()
    page.slide(scene, 14)
    page.page.wait_for_url(f"**#{scene}=14")
    page.page.locator(".home a").first.evaluate("link => link.click()")
    page.page.wait_for_selector(".contents")
    page.page.go_back()
    page.await_frame(scene, 14)
    page.rest()
    assert page.frame(scene) == 14
