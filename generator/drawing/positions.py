"""A small figure that shows how large an output is: one row, and every place where the window stops."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.drawing.marks import (
    BORDER,
    CELL,
    EMPTY_INSET,
    GAP,
    Mark,
    Outline,
    Tile,
    Words,
    empty_tile,
)
from generator.drawing.panels.input import EDGE, InputPanel
from generator.scenes import Greys, Ground
from generator.scenes.digits import Digits

STEP = 22
"""Between two places, one below the other."""
DOT = 10


def positions_size(ground: Ground) -> tuple[float, float]:
    """Return the figure's (width, height) in units."""
    width = ground.padded_size[1]
    return BORDER + width * CELL + 46, CELL + 20 + ground.stops[1] * STEP + BORDER


def positions_marks(ground: Ground, digits: Digits, greys: Greys) -> Iterator[Mark]:
    """Yield a row of the input with its padding and, below it, the window at every place along that row."""
    yield from _row(_Row(ground, digits, greys))
    for place in range(ground.stops[1]):
        yield from _place(ground, place)


@dataclass(frozen=True, eq=False)
class _Row:
    """An image, with its numbers printed."""

    ground: Ground
    digits: Digits
    greys: Greys

    def number_text(self, value: float) -> str:
        return self.digits.number(value)


def _row(shown: _Row) -> Iterator[Mark]:
    """Yield the first row of the image, and the line that parts it from its padding."""
    ground, panel = shown.ground, InputPanel(shown)
    for column in range(ground.padded_size[1]):
        tile = panel.tile(ground.corner[0], column)
        yield tile._replace(y=GAP / 2)
        if tile.fill == "paper":
            yield empty_tile(BORDER, 0, column)._replace(y=GAP / 2 + EMPTY_INSET)
    if ground.is_padded:
        width = ground.size[1] * CELL
        yield Outline(BORDER + ground.corner[1] * CELL, 0, width, CELL, "muted", EDGE, "edge")


def _place(ground: Ground, place: int) -> Iterator[Mark]:
    """Yield the window at one place, its first pixel marked: of a dilated one its weights, tied by a line."""
    geometry = ground.geometry
    x = BORDER + place * geometry.stride[1] * CELL
    y = CELL + 14 + place * STEP
    apart, span = geometry.dilation[1], ground.span[1] * CELL
    if apart > 1:
        yield Tile(x + 3, y + (STEP - 8) / 2 - 1, span - 6, 2, "window")
        for weight in range(ground.kernel_size[1]):
            yield Outline(x + weight * apart * CELL + 3, y, CELL - 6, STEP - 8, "window", 3)
    else:
        yield Outline(x + 3, y, span - 6, STEP - 8, "window", 3)
    first = x + CELL / 2
    yield Tile(first - DOT / 2, y + (STEP - 8 - DOT) / 2, DOT, DOT, "ink")
    end = BORDER + ground.padded_size[1] * CELL + 16
    yield Words(end, y + 13, str(place + 1), "muted", 16)
