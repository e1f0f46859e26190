"""Scrolling moves the window: every frame in order, forwards and backwards, and never a wrong number."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import begin_visit
from tests.lesson.conftest import ON_DISK_TOO, OpenReader
from tests.lesson.reader import SCROLLING, Numbers, Reader, read_numbers, shown_as

pytestmark = pytest.mark.browser

FORWARDS = list(range(1, 26))
SCREENS = {"wide": (1280, 800), "tablet": (1024, 768), "phone": (390, 844)}


def by_wheel(reader: Reader, step: int) -> None:
    """Turn the wheel until the scene has passed, each time letting the page come to its place."""
    page = reader.page
    page.mouse.move(300, 300)
    while not (reader.past(SCROLLING) if step > 0 else reader.before(SCROLLING)):
        turn_wheel(reader, step)


def turn_wheel(reader: Reader, step: int) -> None:
    place = reader.page.evaluate("scrollY")
    reader.page.mouse.wheel(0, step)
    reader.page.wait_for_function("place => Math.abs(scrollY - place) < 1", arg=place + step)


def by_hand(reader: Reader, step: int) -> None:
    reader.pass_in_steps(SCROLLING, step)


@pytest.mark.parametrize(("screen", "move"), [("wide", by_wheel), ("tablet", by_hand), ("phone", by_hand)])
def test_steps_of_a_wheel_pass_every_frame_in_order_and_back(
    reader: OpenReader, screen: str, move: Callable[[Reader, int], None]
) -> None:
    width, height = SCREENS[screen]
    page = reader(viewport={"width": width, "height": height})
    page.top_of(SCROLLING)
    first = page.frame(SCROLLING)
    page.listen(SCROLLING)
    move(page, 100)
    there = page.heard()
    page.listen(SCROLLING)
    move(page, -100)
    page.rest()
    assert ([first, *there], [25, *page.heard()]) == (FORWARDS, FORWARDS[::-1])


@pytest.fixture(scope="module")
def numbers(site: Path) -> Numbers:
    return read_numbers(site, SCROLLING)


@pytest.fixture(scope="module")
def passages(browser: Browser, lesson_url: str) -> list[list[dict[str, Any]]]:
    """Scroll through the scene and back, and return all that was seen on either way."""
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), lesson_url)
    try:
        reader.top_of(SCROLLING)
        return [reader.seen_passing(SCROLLING, step) for step in (43, -43)]
    finally:
        reader.page.context.close()


def samples(passages: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [sample for passage in passages for sample in passage]


def test_small_steps_pass_every_frame_in_order_and_back(passages: list[list[dict[str, Any]]]) -> None:
    there, back = ([frame for frame, _ in groupby(passage, lambda s: s["frame"])] for passage in passages)
    assert (there, back) == (FORWARDS, FORWARDS[::-1])


def test_between_frames_the_sum_is_one_of_the_partial_sums(
    passages: list[list[dict[str, Any]]], numbers: Numbers
) -> None:
    for sample in samples(passages):
        partial = numbers.partial_sums(sample["frame"])
        assert sample["total"] == "" or any(shown_as(total, sample["total"]) for total in partial), sample


def test_half_way_sums_are_seen_in_both_directions(
    passages: list[list[dict[str, Any]]], numbers: Numbers
) -> None:
    for passage in passages:
        half = [s for s in passage if s["total"] and s["total"] != str(numbers.sums()[s["frame"] - 1])]
        assert len({sample["frame"] for sample in half}) >= 5


def test_a_cell_after_the_frame_is_never_seen(passages: list[list[dict[str, Any]]], numbers: Numbers) -> None:
    sums = [str(total) for total in numbers.sums()]
    for sample in samples(passages):
        filled = [text for text in sample["cells"] if text is not None]
        assert len(filled) in {sample["frame"] - 1, sample["frame"]}
        assert sample["cells"] == sums[: len(filled)] + [None] * (25 - len(filled))


def test_a_cell_is_filled_only_once_its_sum_stands(
    passages: list[list[dict[str, Any]]], numbers: Numbers
) -> None:
    for sample in samples(passages):
        if sample["cells"][sample["frame"] - 1] is not None:
            assert sample["total"] == str(numbers.sums()[sample["frame"] - 1])
            assert None not in sample["products"]


def test_products_appear_one_after_another(passages: list[list[dict[str, Any]]], numbers: Numbers) -> None:
    for sample in samples(passages):
        assert sample["opacities"] == sorted(sample["opacities"], reverse=True)
        for product, text in zip(numbers.products(sample["frame"]), sample["products"], strict=True):
            assert text is None or shown_as(product, text)


def test_numbers_between_frames_fit_their_tiles(passages: list[list[dict[str, Any]]]) -> None:
    assert [sample["tooWide"] for sample in samples(passages) if sample["tooWide"]] == []


def test_the_products_run_and_the_sum_is_carried(passages: list[list[dict[str, Any]]]) -> None:
    for passage in passages:
        assert any(sample["ghosts"] for sample in passage)
        assert any(sample["flight"] for sample in passage)


def test_nothing_is_said_while_the_page_moves(passages: list[list[dict[str, Any]]]) -> None:
    assert {sample["spoken"] for sample in passages[0]} == {""}


def test_what_is_shown_is_said_when_scrolling_settles(reader: OpenReader, numbers: Numbers) -> None:
    page = reader()
    page.top_of(SCROLLING)
    page.page.mouse.move(300, 300)
    while page.frame(SCROLLING) < 8:
        turn_wheel(page, 100)
    spoken = page.section(SCROLLING).locator(".spoken")
    expect(spoken).to_contain_text("Row 2, column 3: ")
    expect(spoken).to_contain_text(f"equals {numbers.sums()[7]}.")


@ON_DISK_TOO
def test_the_address_keeps_the_frame_and_forgets_it_after_the_scene(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=12")
    page.page.evaluate("scrollBy({ top: 10, behavior: 'instant' })")
    page.page.wait_for_url(f"**#{SCROLLING}=12")
    page.page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.page.wait_for_function("() => location.hash === ''")


def test_a_change_of_width_keeps_the_frame_and_scrolling_goes_on(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=12", viewport={"width": 390, "height": 844})
    for width, height in ((844, 390), (390, 844), (1280, 800), (700, 900)):
        page.page.set_viewport_size({"width": width, "height": height})
        page.page.wait_for_function("width => innerWidth === width", arg=width)
        page.rest()
        assert page.frame(SCROLLING) == 12
    page.listen(SCROLLING)
    page.page.mouse.move(300, 300)
    while page.frame(SCROLLING) < 16:
        turn_wheel(page, 100)
    assert page.heard() == [13, 14, 15, 16]


def test_a_change_of_height_keeps_frames_following_the_scroll(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=12")
    page.page.set_viewport_size({"width": 1280, "height": 500})
    page.page.wait_for_function("() => innerHeight === 500")
    page.rest()
    first = page.frame(SCROLLING)
    page.listen(SCROLLING)
    page.page.mouse.move(300, 300)
    while page.frame(SCROLLING) < first + 4:
        turn_wheel(page, 100)
    assert page.heard() == [first + n for n in (1, 2, 3, 4)]


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
