"""Every number on the screen is the one that the frames' data says, with its sign."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import begin_visit
from tests.lesson.reader import Numbers, Reader, read_numbers, shown_as, value

pytestmark = pytest.mark.browser

SCENES = ("sobel-edge", "blur", "sharpen", "sobel-turned", "sobel-flipped")
FRAMES = range(1, 26)

Seen = dict[str, Any]


@pytest.fixture(scope="module", params=SCENES)
def scene(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def numbers(site: Path, scene: str) -> Numbers:
    return read_numbers(site, scene)


@pytest.fixture(scope="module")
def page(browser: Browser, lesson_url: str, scene: str) -> list[Seen]:
    """Return what the screen shows at each frame of a scene."""
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), lesson_url)
    shown = reader.seen_at_each_frame(scene)
    reader.page.context.close()
    return shown


def test_the_frame_that_was_asked_for_is_shown(page: list[Seen]) -> None:
    for number, seen in zip(FRAMES, page, strict=True):
        assert (seen["frame"], seen["slider"], seen["count"]) == (number, str(number), f"{number} of 25")


def test_the_window_lies_on_its_pixels(page: list[Seen], numbers: Numbers) -> None:
    assert [seen["under"] for seen in page] == [numbers.under(number) for number in FRAMES]


def test_the_products_stand_with_their_signs_where_a_scene_has_both(
    page: list[Seen], numbers: Numbers
) -> None:
    plus = "+" if any(product < 0 for number in FRAMES for product in numbers.products(number)) else ""
    for number, seen in zip(FRAMES, page, strict=True):
        products = numbers.products(number)
        assert all(map(shown_as, products, seen["products"]))
        signs = [plus if product > 0 else "−" if product < 0 else "" for product in products]
        assert [text.rstrip("0123456789./") for text in seen["products"]] == signs


def test_the_sum_stands(page: list[Seen], numbers: Numbers) -> None:
    assert all(map(shown_as, numbers.sums(), [seen["total"] for seen in page]))


def test_the_map_is_filled_up_to_the_frame(page: list[Seen], numbers: Numbers) -> None:
    for number, seen in zip(FRAMES, page, strict=True):
        assert all(map(shown_as, numbers.sums()[:number], seen["cells"]))
        assert seen["cells"][number:] == [None] * (25 - number)


def test_nothing_is_on_its_way(page: list[Seen]) -> None:
    assert {(seen["ghosts"], seen["flight"]) for seen in page} == {(0, "")}


def test_every_number_fits_its_tile(page: list[Seen]) -> None:
    assert [seen["tooWide"] for seen in page] == [[]] * 25


def test_the_shown_pixels_times_the_shown_weights_are_the_shown_products_and_their_sum(
    page: list[Seen],
) -> None:
    for seen in page:
        products = [
            value(pixel) * value(w) for pixel, w in zip(seen["factors"], seen["weights"], strict=True)
        ]
        assert all(map(shown_as, products, seen["products"]))
        assert shown_as(sum(products, Fraction()), seen["total"])


def test_the_spoken_sentence_tells_the_frame(page: list[Seen], numbers: Numbers) -> None:
    for number, seen in zip(FRAMES, page, strict=True):
        _, row, column = numbers.frames[number - 1]["out"]
        place, _, rest = seen["spoken"].partition(": ")
        terms, _, total = rest.rstrip(".").partition(" equals ")
        assert place == f"Row {row + 1}, column {column + 1}"
        assert shown_as(numbers.sums()[number - 1], total.replace("minus ", "−"))
        assert (terms.count(" times "), "−" in seen["spoken"]) == (9, False)


def test_the_table_behind_the_picture_says_the_same(lesson: Reader, scene: str, numbers: Numbers) -> None:
    cells = lesson.section(scene).locator(".numbers tbody td").all_text_contents()
    assert len(cells) == 25
    assert all(map(shown_as, numbers.sums(), cells))
