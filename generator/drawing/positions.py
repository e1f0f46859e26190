"""A small figure that shows how large an output is: one row, and every place where the window stops."""

from collections.abc import Iterator

from generator.drawing.marks import (
    BORDER,
    CELL,
    EMPTY_INSET,
    GAP,
    Cell,
    Mark,
    Outline,
    Words,
    empty_tile,
)
from generator.drawing.panels.input import EDGE, InputPanel
from generator.scenes import Reel

STEP = 22
"""Between two places, one below the other."""
DOT = 10


def positions_size(reel: Reel) -> tuple[float, float]:
    """Return the figure's (width, height) in units."""
    width, places = reel.padded.shape[2], reel.output_size[1]
    return BORDER + width * CELL + 46, CELL + 20 + places * STEP + BORDER


def positions_marks(reel: Reel) -> Iterator[Mark]:
    """Yield a row of the input with its padding and, below it, the window at every place along that row."""
    yield from _row(reel)
    for place in range(reel.output_size[1]):
        yield from _place(reel, place)


def _row(reel: Reel) -> Iterator[Mark]:
    """Yield the first row of the image, and the line that parts it from its padding."""
    panel, row = InputPanel(reel), reel.corner[0]
    for column in range(reel.padded.shape[2]):
        tile = panel.tile(row, column)
        yield tile._replace(y=GAP / 2)
        if tile.fill == "paper":
            yield empty_tile(BORDER, 0, column)._replace(y=GAP / 2 + EMPTY_INSET)
    if panel.is_padded:
        width = reel.input_size[1] * CELL
        yield Outline(BORDER + reel.corner[1] * CELL, 0, width, CELL, "muted", EDGE, "edge")


def _place(reel: Reel, place: int) -> Iterator[Mark]:
    """Yield the window at one place: of a dilated one its weights, tied together by a line."""
    geometry = reel.scene.geometry
    x = BORDER + place * geometry.stride[1] * CELL
    y = CELL + 14 + place * STEP
    apart, span = geometry.dilation[1], geometry.span(reel.kernel_size)[1] * CELL
    if apart > 1:
        yield Cell(x + 3, y + (STEP - 8) / 2 - 1, span - 6, 2, "window")
        for weight in range(reel.kernel_size[1]):
            yield Outline(x + weight * apart * CELL + 3, y, CELL - 6, STEP - 8, "window", 3)
    else:
        yield Outline(x + 3, y, span - 6, STEP - 8, "window", 3)
    middle = x + span / 2
    yield Cell(middle - DOT / 2, y + (STEP - 8 - DOT) / 2, DOT, DOT, "ink")
    end = BORDER + reel.padded.shape[2] * CELL + 16
    yield Words(end, y + 13, str(place + 1), "muted", 16)
