"""The small figure that shows why an output is smaller than its input."""

import pytest

from generator.drawing import positions_marks, positions_size
from generator.drawing.marks import BORDER, CELL, GAP, Mark, Outline, Tile, Words
from generator.scenes import Reel
from generator.scenes.numerals import number_text
from tests.drawing.samples import FLAGSHIP, grid, reel
from tests.scenes.making import pooling_from
from tests.scenes.option_scenes import pool

REELS = [FLAGSHIP, reel([[3]], [[2]]), reel(grid(1, 12), [[1, 2, 3, 4]]), reel(grid(6, 9), grid(5, 5))]
EVERY_REEL = pytest.mark.parametrize("reel", REELS, ids=["flagship", "one pixel", "a row", "a wide kernel"])


def marks_of(reel: Reel) -> list[Mark]:
    return list(positions_marks(reel.windows, reel.digits, reel.greys))


def windows(reel: Reel) -> list[Outline]:
    return [mark for mark in marks_of(reel) if isinstance(mark, Outline)]


@EVERY_REEL
def test_the_first_row_of_the_image_stands_on_top(reel: Reel) -> None:
    """The figure shows the pixels that the windows slide over."""
    shown = [mark.text for mark in marks_of(reel) if isinstance(mark, Tile) and mark.text]
    assert shown == [number_text(pixel) for pixel in reel.image[0, 0].tolist()]


@EVERY_REEL
def test_there_is_a_window_for_every_place_where_it_fits(reel: Reel) -> None:
    """As many windows as the map has columns, each one pixel further and one line lower."""
    found = windows(reel)
    assert len(found) == reel.output_size[1]
    for place, window in enumerate(found):
        assert window.x == BORDER + place * CELL + 3
        assert window.y > (found[place - 1].y if place else CELL)


@EVERY_REEL
def test_no_window_leaves_the_row(reel: Reel) -> None:
    """The last window ends with the last pixel."""
    ends = [window.x + window.width for window in windows(reel)]
    assert max(ends) == BORDER + reel.input_size[1] * CELL - 3


@EVERY_REEL
def test_a_dot_marks_where_every_window_begins(reel: Reel) -> None:
    """Each window has a dot under its first pixel, however many it has: four have none in the middle."""
    dots = [mark for mark in marks_of(reel) if isinstance(mark, Tile) and not mark.text]
    for dot, window in zip(dots, windows(reel), strict=True):
        assert dot.x + dot.width / 2 == window.x - 3 + CELL / 2
        assert dot.y + dot.height / 2 == window.y + window.height / 2


@EVERY_REEL
def test_the_places_are_counted(reel: Reel) -> None:
    """Behind the row stand the numbers from one to the map's width."""
    counted = [mark.text for mark in marks_of(reel) if isinstance(mark, Words)]
    assert counted == [str(place + 1) for place in range(reel.output_size[1])]


@EVERY_REEL
def test_everything_lies_inside_the_figure(reel: Reel) -> None:
    """No mark sticks out of the size that the figure claims."""
    width, height = positions_size(reel.windows)
    for mark in marks_of(reel):
        if isinstance(mark, Words):
            assert mark.x + len(mark.text) * mark.size * 0.6 <= width
            assert mark.y <= height
        else:
            assert min(mark.x, mark.y) >= 0
            assert mark.x + mark.width <= width
            assert mark.y + mark.height <= height


def test_a_window_that_hangs_over_lies_on_a_cell_without_a_number() -> None:
    """Padding has its zeros; what lies beyond it is an empty cell, and the last window ends with it."""
    hanging = pooling_from(pool("average", "[[1, 2, 3, 4, 5, 6]]", "3", padding="[0, 1]", ceil_mode="true"))
    row = [mark.text for mark in marks_of(hanging) if isinstance(mark, Tile) and mark.y == GAP / 2]

    assert row == ["0", "1", "2", "3", "4", "5", "6", "0", ""]
    ends = [mark.x + mark.width for mark in windows(hanging) if mark.ink == "window"]
    assert ends == [BORDER + place * CELL - 3 for place in (3, 6, 9)]
