"""Rows of the arithmetic: pixels under a window, weights, products, and at their end what these add up to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol

from generator.drawing.marks import (
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    SIGN_WIDTH,
    TOTAL_HEIGHT,
    TOTAL_WIDTH,
    Tile,
    Words,
    text_width,
)
from generator.drawing.numbers import tile_colours
from generator.drawing.panels.grids import (
    BETWEEN_CHANNELS,
    FactorGrids,
    Multiplying,
    Numbered,
    WeightGrids,
)
from generator.drawing.panels.input import InputPanel, Windowed
from generator.drawing.panels.signs import makes, sign_before
from generator.scenes import Pair, Tone
from generator.scenes.equations import Equations, equals

PRODUCTS = "products"
Top = Callable[[int, int], float]
"""Says at which height a row of a column begins."""
SIGN_ALONE = 22
"""The width of the room for a sign at the panel's edge."""
SPARED = 6
"""Of the room for a sign that is none of two: × alone stands before a kernel."""
LONG_KERNEL = 5
"""Columns of the widest kernel that another grid fits beside, in a narrow room."""


class MultipliesRows(Multiplying, Protocol):
    """A reel whose frames multiply the window of some channels, or of one with several kernels."""

    @property
    def kernel_size(self) -> Pair:
        """Return the (height, width) of a row's grids."""

    @property
    def sum_tone(self) -> Tone:
        """Return what the colours of sums say."""


class RowsFrame(Windowed, Numbered, Protocol):
    """A frame with a window."""


@dataclass(frozen=True, eq=False)
class TermRows:
    """The rows of one panel, one below the other."""

    reel: MultipliesRows
    inputs: Sequence[InputPanel]
    """The channels of the image."""
    count: int
    has_ends: bool
    """Whether each row ends in a number of its own."""
    folds: bool = False
    """Whether the products stand below what makes them, in a narrow room; of a long kernel that too."""

    @cached_property
    def grids(self) -> WeightGrids:
        """Return the grids of weights and products."""
        return WeightGrids(self.reel, text_width(PRODUCTS, LABEL_SIZE))

    @cached_property
    def factors(self) -> FactorGrids:
        """Return the grids of pixels."""
        return FactorGrids(self.inputs)

    @property
    def names(self) -> tuple[str, ...]:
        """Return what stands over the first columns."""
        return "window", self.grids.kernel_name, PRODUCTS

    @cached_property
    def starts(self) -> tuple[float, ...]:
        """Return where the columns begin: window, kernel, products, ends if any, and what comes after."""
        slot = max(self.reel.kernel_size[1] * CELL, text_width(PRODUCTS, LABEL_SIZE)) + SIGN_WIDTH
        first = BORDER + SIGN_ALONE * self.folds
        starts: list[float] = []
        for before, line in zip((0, *self.lines), self.lines, strict=False):
            starts.append(starts[-1] + slot if starts and line == before else first)
        if starts[1] > first:
            starts[1] -= SPARED * self.folds
        return (*starts, starts[3] + TOTAL_WIDTH + SIGN_WIDTH) if self.has_ends else tuple(starts)

    @property
    def lines(self) -> tuple[int, ...]:
        """Return on which line, counted from 0, each of the first four columns stands; others follow them."""
        if not self.folds:
            return (0, 0, 0, 0)
        return (0, 1, 2, 2) if self.reel.kernel_size[1] > LONG_KERNEL else (0, 0, 1, 1)

    @property
    def row_height(self) -> float:
        """Return the height of one row."""
        return self.reel.kernel_size[0] * CELL

    @property
    def height(self) -> float:
        """Return the height of all rows."""
        return self.count * (self.row_height + BETWEEN_CHANNELS) - BETWEEN_CHANNELS

    @property
    def end_height(self) -> float:
        """Return the height of a number's tile at the end."""
        return min(TOTAL_HEIGHT, max(CELL, self.row_height) - GAP)

    def down(self, column: int, room: float) -> float:
        """Return how far below the first line a column's line begins, each having so much room."""
        return self.lines[min(column, len(self.lines) - 1)] * (LABEL + room + BETWEEN_CHANNELS)

    def top(self, row: int, column: int, room: float) -> float:
        """Return the height at which a row begins: all stand in the middle of the room below the labels."""
        down = self.down(column, room) + LABEL + (room - self.height) / 2
        return down + row * (self.row_height + BETWEEN_CHANNELS)

    def signs(self, equations: Equations, top: Top) -> Iterator[Words]:
        """Yield the signs before the columns of every row, which say where what is printed is rounded."""
        rows = zip(equations.multiply, equations.channels_add_up, strict=True)
        for row, (multiplies, adds_up) in enumerate(rows):
            signs = ["×", equals(multiplies)] + [makes("Σ", adds_up)] * self.has_ends
            for column, sign in enumerate(signs, 1):
                yield sign_before(self.starts[column], top(row, column) + self.row_height / 2, sign)

    def tiles(self, frame: RowsFrame, top: Top) -> Iterator[Tile]:
        """Yield the pixels under the window, and their products."""
        yield from self.factors.tiles(frame, self.starts[0], partial(_column, top, 0))
        yield from self.grids.products(frame, self.starts[2], partial(_column, top, 2))

    def weights(self, number: int, top: Top) -> Iterator[Tile]:
        """Yield the weights of a filter."""
        yield from self.grids.weights(number, self.starts[1], partial(_column, top, 1))

    def ends(self, values: Sequence[float], size: float, top: Top) -> Iterator[Tile]:
        """Yield what the products of each row add up to, in print of that size."""
        for row, value in enumerate(values):
            height = self.end_height
            y = top(row, 3) + (self.row_height - height) / 2
            text = self.reel.part_text(value)
            fill, ink = tile_colours(value, self.reel.sum_tone)
            yield Tile(self.starts[3], y, TOTAL_WIDTH, height, fill, text, ink, size, "subtotal")


def _column(top: Top, column: int, row: int) -> float:
    """Return the height at which a row of a column begins."""
    return top(row, column)
