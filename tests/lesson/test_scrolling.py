"""Scrolling chooses the frame: every one in order, forwards and backwards, and finished wherever it rests."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import begin_visit
from tests.lesson.conftest import ON_DISK_TOO, OpenReader
from tests.lesson.held_time import HOLD, RESTS
from tests.lesson.reader import SCROLLING, Numbers, Reader, read_numbers, shown_as

pytestmark = pytest.mark.browser

FORWARDS = list(range(26))
"""Before the first frame nothing is computed."""
SIZES = ((390, 844), (1280, 720), (1440, 900))
NOTCHES = (53, 90, 100, 120)
"""How many pixels a wheel scrolls at a time."""
STEP = 30
"""Pixels; less than any frame takes."""
AFTER_PINNING = 120
"""Pixels after which the first frame begins, at most."""

Passage = list[tuple[dict[str, Any], dict[str, Any]]]
"""What was seen of the scene at each moment, and what of the page."""

BEATS = """section => Array.from(section.querySelectorAll(".beat"), beat => ({
  frames: beat.dataset.frames.split(" ").map(Number),
  values: Array.from(beat.querySelectorAll(".value"), value => value.textContent),
}))"""


@pytest.fixture(scope="module")
def numbers(site: Path) -> Numbers:
    return read_numbers(site, SCROLLING)


# --- At rest ---------------------------------------------------------------------------------------------


class Rests:
    """What stands after each notch of the wheel, on screens of some sizes."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.known: dict[tuple[tuple[int, int], int], list[dict[str, Any]]] = {}

    def at(self, size: tuple[int, int], notch: int) -> list[dict[str, Any]]:
        """Return what stands half a second after each notch."""
        if (size, notch) not in self.known:
            width, height = size
            self.reader.page.set_viewport_size({"width": width, "height": height})
            self.reader.top_of(SCROLLING)
            script = RESTS.replace("HOLD", HOLD)
            self.known[size, notch] = self.reader.section(SCROLLING).evaluate(script, [notch, 500])
        return self.known[size, notch]


@pytest.fixture(scope="module")
def rests(browser: Browser, lesson_url: str) -> Iterator[Rests]:
    reader = Reader(begin_visit(browser), lesson_url)
    yield Rests(reader)
    reader.page.context.close()


@pytest.mark.parametrize("notch", NOTCHES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_wherever_the_wheel_rests_the_frame_is_finished(
    rests: Rests, numbers: Numbers, size: tuple[int, int], notch: int
) -> None:
    """Half a second later its own sum stands, its cell is filled, and nothing is on its way."""
    sums = [str(total) for total in numbers.sums()]
    seen = rests.at(size, notch)
    assert {rest["frame"] for rest in seen} >= {0, 25}
    for rest in seen:
        frame = rest["frame"]
        assert (rest["moving"], rest["cells"]) == (False, sums[:frame])
        assert rest["total"] == (sums[frame - 1] if frame else "")
        assert set(rest["products"]) == ({1} if frame else {0})
        assert all(map(shown_as, numbers.pixels(max(1, frame)), rest["factors"]))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_stage_is_seen_whole_and_the_script_never_scrolls(rests: Rests, size: tuple[int, int]) -> None:
    """While the window moves the stage is in its place; how far the page goes is the reader's alone."""
    for notch in NOTCHES:
        seen = rests.at(size, notch)
        assert {rest["pushed"] for rest in seen} == {0}
        assert all(rest["whole"] for rest in seen if 0 < rest["frame"] < 25)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_beat_is_lit_exactly_while_its_frames_are_shown(rests: Rests, size: tuple[int, int]) -> None:
    seen = [rest for notch in NOTCHES for rest in rests.at(size, notch)]
    beats = rests.reader.section(SCROLLING).evaluate(BEATS)
    for rest in seen:
        lit = [first <= rest["frame"] <= last for first, last in (beat["frames"] for beat in beats)]
        assert rest["lit"] == lit
    assert {rest["lit"].index(True) for rest in seen if True in rest["lit"]} == set(range(len(beats)))


def test_a_text_says_no_number_before_the_stage_shows_it(rests: Rests, numbers: Numbers) -> None:
    """Of the numbers of a beat about several frames, those up to the frame are seen, as the map has them."""
    sums = [str(total).replace("-", "−") for total in numbers.sums()]
    seen = [rest for size in SIZES for rest in rests.at(size, NOTCHES[0])]
    listed = 0
    for shown, value in ((rest["frame"], value) for rest in seen for value in rest["told"]):
        assert all((text == "") == (frame > shown) for frame, text in value)
        if len(value) > 1:
            assert all(text in {"", sums[frame - 1]} for frame, text in value)
            listed += 1
    assert listed > 20


def test_the_sum_that_a_beat_tells_is_the_one_on_the_stage(rests: Rests) -> None:
    """A beat about one frame quotes what its box says then."""
    told = 0
    for beat in rests.reader.section(SCROLLING).evaluate(BEATS):
        first, last = beat["frames"]
        if first == last < 25:
            rests.reader.slide(SCROLLING, last)
            assert rests.reader.seen(SCROLLING)["total"] in beat["values"], beat
            told += 1
    assert told > 3


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_computed_before_the_stage_is_in_its_place(rests: Rests, size: tuple[int, int]) -> None:
    """The first frame begins soon after."""
    reader, (width, height) = rests.reader, size
    reader.page.set_viewport_size({"width": width, "height": height})
    reader.top_of(SCROLLING)
    reader.section(SCROLLING).evaluate(
        "section => scrollBy({ top: section.querySelector('.side').getBoundingClientRect().top - 30,"
        " behavior: 'instant' })"
    )
    steps = reader.moments_passing(SCROLLING, 10, tick=400, most=16)
    places = [page["place"] + 30 for _, page in steps]
    begun = next(place for (seen, _), place in zip(steps, places, strict=True) if seen["frame"])
    assert 0 < begun <= AFTER_PINNING
    for (seen, _), place in zip(steps, places, strict=True):
        if place < begun:
            assert (seen["frame"], seen["total"]) == (0, "")
            assert (set(seen["opacities"]), set(seen["cells"])) == ({0}, {None})


# --- On the way ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def passages(browser: Browser, lesson_url: str) -> list[Passage]:
    """Scroll through the scene and back, and return all that was seen on either way."""
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), lesson_url)
    try:
        reader.top_of(SCROLLING)
        return [reader.moments_passing(SCROLLING, step) for step in (STEP, -STEP)]
    finally:
        reader.page.context.close()


def moments(passages: list[Passage]) -> list[dict[str, Any]]:
    return [seen for passage in passages for seen, _ in passage]


def made(seen: dict[str, Any], numbers: Numbers) -> int:
    """Return the frame whose numbers are shown: the chosen one, or a neighbour that is taken apart."""
    chosen: int = seen["frame"]
    near = [frame for frame in (chosen, chosen - 1, chosen + 1) if 1 <= frame <= 25]
    return next(frame for frame in near if all(map(shown_as, numbers.pixels(frame), seen["factors"])))


def test_small_steps_pass_every_frame_in_order_and_back(passages: list[Passage]) -> None:
    there, back = (
        [frame for frame, _ in groupby(seen["frame"] for seen, _ in passage)] for passage in passages
    )
    assert (there, back) == (FORWARDS, FORWARDS[::-1])


def test_on_a_phone_too(lesson: Reader) -> None:
    lesson.page.set_viewport_size({"width": 390, "height": 844})
    lesson.top_of(SCROLLING)
    ways = []
    for step in (STEP, -STEP):
        lesson.listen(SCROLLING)
        lesson.pass_in_steps(SCROLLING, step)
        ways.append([frame for frame, _ in groupby(lesson.heard())])
    assert ways == [FORWARDS[1:], FORWARDS[-2::-1]]


def test_between_frames_the_sum_is_blank_or_that_of_the_rows_so_far(
    passages: list[Passage], numbers: Numbers
) -> None:
    for seen in moments(passages):
        partial = numbers.partial_sums(made(seen, numbers))
        assert seen["total"] == "" or any(shown_as(total, seen["total"]) for total in partial), seen


def test_half_way_sums_are_seen_in_both_directions(passages: list[Passage], numbers: Numbers) -> None:
    """Backwards the arithmetic is taken apart again."""
    for passage in passages:
        half = [
            seen
            for seen, _ in passage
            if seen["total"] and not shown_as(numbers.sums()[made(seen, numbers) - 1], seen["total"])
        ]
        assert len({seen["frame"] for seen in half}) >= 5


def test_products_appear_one_after_another_and_go_in_turn(passages: list[Passage], numbers: Numbers) -> None:
    """Forwards there are ever more of them until the window moves on, backwards ever fewer."""
    for seen in moments(passages):
        assert seen["opacities"] == sorted(seen["opacities"], reverse=True)
        for product, text in zip(numbers.products(made(seen, numbers)), seen["products"], strict=True):
            assert text is None or shown_as(product, text)
    for passage, sign in zip(passages, (1, -1), strict=True):
        counts = [sum(text is not None for text in seen["products"]) for seen, _ in passage]
        steps = {(after - before) * sign for before, after in pairwise(counts) if before != after}
        assert max(steps) < 9
        assert {step for step in steps if step < 0} <= {-9}  # all at once when the window goes on


def test_the_product_that_appears_is_lit_with_its_pixel_and_its_weight(passages: list[Passage]) -> None:
    """Also the weight that lies on the pixel; at rest between the rows, and nothing, nothing or a row."""
    alone = 0
    for passage in passages:
        for seen, page in passage:
            factors, weights, laid, products = seen["lit"]
            assert factors == weights == laid == products
            if page["moving"] and products:
                (lit,) = products
                assert lit + 1 >= sum(text is not None for text in seen["products"]) >= lit
                alone += 1
    assert alone > 50


def test_a_cell_after_the_frame_is_never_seen(passages: list[Passage], numbers: Numbers) -> None:
    sums = [str(total) for total in numbers.sums()]
    for passage, behind in zip(passages, (-1, 1), strict=True):
        for seen, page in passage:
            filled = [text for text in seen["cells"] if text is not None]
            assert len(filled) in {seen["frame"], seen["frame"] + (behind if page["moving"] else 0)}
            assert seen["cells"] == sums[: len(filled)] + [None] * (25 - len(filled))


def test_a_cell_is_filled_only_once_its_sum_stands(passages: list[Passage], numbers: Numbers) -> None:
    for seen, page in (sample for passage in passages for sample in passage):
        if not page["moving"] and seen["frame"]:
            assert seen["total"] == str(numbers.sums()[seen["frame"] - 1])
            assert None not in seen["products"]
            assert (seen["ghosts"], seen["flight"]) == (0, "")


def test_numbers_between_frames_fit_their_tiles(passages: list[Passage]) -> None:
    assert [seen["tooWide"] for seen in moments(passages) if seen["tooWide"]] == []


def test_the_products_run_and_the_sum_is_carried(passages: list[Passage]) -> None:
    for passage in passages:
        assert any(seen["ghosts"] for seen, _ in passage)
        assert any(seen["flight"] for seen, _ in passage)


# --- What is said, and the address -----------------------------------------------------------------------


def test_nothing_is_said_while_the_page_moves(passages: list[Passage]) -> None:
    assert {seen["spoken"] for seen, _ in passages[0]} == {""}


def test_what_is_shown_is_said_after_a_while_at_rest(reader: OpenReader, numbers: Numbers) -> None:
    """The address follows soon; who listens is told only once the page has come to rest."""
    page = reader()
    page.top_of(SCROLLING)
    said = page.section(SCROLLING).evaluate(
        """async section => {
            const time = HOLD;
            const spoken = section.querySelector(".spoken");
            const look = () => [spoken.textContent, location.hash];
            while (Number(section.dataset.frame) < 8) {
                scrollBy({ top: 30, behavior: "instant" });
                await time.painted();
                time.run(200);
            }
            const told = [200, 400, 1400, 1600].reduce(([looks, passed], at) => {
                time.run(at - passed);
                return [[...looks, look()], at];
            }, [[], 200])[0];
            time.release();
            return told;
        }""".replace("HOLD", HOLD)
    )
    sentence = said[-1][0]
    assert said == [["", ""], *[["", f"#{SCROLLING}=8"]] * 2, [sentence, f"#{SCROLLING}=8"]]
    assert sentence.startswith("Row 2, column 3: ")
    assert sentence.endswith(f"equals {numbers.sums()[7]}.")


@ON_DISK_TOO
def test_the_address_keeps_the_frame_and_forgets_it_after_the_scene(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=12")
    page.page.evaluate("scrollBy({ top: 5, behavior: 'instant' })")
    page.page.wait_for_url(f"**#{SCROLLING}=12")
    page.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.page.wait_for_function("() => location.hash === ''")


# --- Other windows ---------------------------------------------------------------------------------------


def turn_wheel(reader: Reader, step: int) -> None:
    place = reader.page.evaluate("scrollY")
    reader.page.mouse.wheel(0, step)
    reader.page.wait_for_function("place => Math.abs(scrollY - place) < 1", arg=place + step)


def frames_of_the_wheel(reader: Reader, last: int) -> list[int]:
    """Turn a real wheel until a frame is shown, and return those that were on the way."""
    reader.listen(SCROLLING)
    reader.page.mouse.move(300, 300)
    while reader.frame(SCROLLING) < last:
        turn_wheel(reader, STEP)
    return [frame for frame, _ in groupby(reader.heard())]


def test_a_change_of_width_keeps_the_frame_and_scrolling_goes_on(reader: OpenReader) -> None:
    """Also over a window too low for the stage to stay."""
    page = reader(f"#{SCROLLING}=12", viewport={"width": 390, "height": 844})
    for width, height in ((844, 390), (390, 844), (1280, 800), (700, 900)):
        page.page.set_viewport_size({"width": width, "height": height})
        page.page.wait_for_function("width => innerWidth === width", arg=width)
        page.rest()
        assert page.frame(SCROLLING) == 12
    assert frames_of_the_wheel(page, 15) == [13, 14, 15]


def test_a_change_of_height_keeps_frames_following_the_scroll(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=12")
    page.page.set_viewport_size({"width": 1280, "height": 500})
    page.page.wait_for_function("() => innerHeight === 500")
    page.rest()
    first = page.frame(SCROLLING)
    assert frames_of_the_wheel(page, first + 3) == [first + n for n in (1, 2, 3)]


def test_in_a_low_window_scrolling_moves_only_the_page(reader: OpenReader) -> None:
    """There stage and text follow each other, and the buttons alone move the window."""
    page = reader(f"#{SCROLLING}=3", viewport={"width": 844, "height": 390})
    stage = page.section(SCROLLING).locator(".stage")
    assert stage.evaluate("stage => getComputedStyle(stage).position") != "sticky"
    page.top_of(SCROLLING)
    page.pass_in_steps(SCROLLING, 100)
    assert page.frame(SCROLLING) == 3
    page.press(SCROLLING, ".next")
    seen = page.seen(SCROLLING)
    assert (seen["frame"], sum(text is not None for text in seen["cells"])) == (4, 4)


# --- What moves by itself --------------------------------------------------------------------------------


def test_the_readers_wheel_ends_what_moves_by_itself(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=3")
    page.section(SCROLLING).locator(".play").click()
    page.await_frame(SCROLLING, 4)
    page.page.mouse.wheel(0, 10)
    expect(page.section(SCROLLING).locator(".play")).to_have_text("Play")


def test_any_other_scrolling_ends_what_moves_by_itself(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=3")
    page.section(SCROLLING).locator(".play").click()
    page.await_frame(SCROLLING, 4)
    page.page.evaluate("scrollBy({ top: 400, behavior: 'instant' })")
    expect(page.section(SCROLLING).locator(".play")).to_have_text("Play")
