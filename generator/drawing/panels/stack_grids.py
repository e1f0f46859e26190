"""A stack of layers: its grids in rows, in the order in which they are computed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, combinations, pairwise
from typing import NamedTuple

from generator.drawing.legibility import SCREEN
from generator.drawing.marks import Mark, moved
from generator.drawing.panels.panel import Lens, Panel
from generator.drawing.panels.stack_grid import StackGrid
from generator.scenes.kinds.stack import FieldFrame, StackReel

BESIDE, BELOW = 14, 12
"""Between two grids of a row, and between two rows."""
MOST_ROWS = 3


class Place(NamedTuple):
    """A grid and where it stands."""

    grid: StackGrid
    x: float
    y: float
    head: float


@dataclass(frozen=True, eq=False)
class StackPanel(Panel):
    """Every grid of a stack, the image first, in as many rows as make the numbers largest."""

    reel: StackReel
    room: tuple[float, float] = SCREEN
    """The (width, height) that it will be fitted into."""

    @cached_property
    def grids(self) -> tuple[StackGrid, ...]:
        """Return the image's grid and that of each layer."""
        return tuple(StackGrid(self.reel, at) for at in range(len(self.reel.layers) + 1))

    @cached_property
    def rows(self) -> tuple[tuple[StackGrid, ...], ...]:
        """Return the grids in rows."""
        cuts = chain.from_iterable(combinations(range(1, len(self.grids)), rows) for rows in range(MOST_ROWS))
        arranged = (
            tuple(self.grids[start:end] for start, end in pairwise((0, *cut, len(self.grids))))
            for cut in cuts
        )
        return max(arranged, key=lambda rows: _scale(rows, self.room))

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return _size(self.rows)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Return each grid with its place; rows stand in the middle."""
        return tuple(self._places())

    def _places(self) -> Iterator[Place]:
        top = 0.0
        for row in self.rows:
            head = _head(row)
            widths = [grid.size(head)[0] + BESIDE for grid in row]
            left = (self.size[0] - sum(widths) + BESIDE) / 2
            for grid, x in zip(row, accumulate(widths, initial=left), strict=False):
                yield Place(grid, x, top, head)
            top += _row_size(row)[1] + BELOW

    def still(self) -> Iterator[Mark]:
        """Yield what is the same in every frame."""
        for grid, x, y, head in self.places:
            yield from (moved(mark, x, y) for mark in grid.still(head))

    def legend(self) -> Iterator[Mark]:
        """Yield the colours of the last grid, between the numbers that they stand for."""
        for grid, x, y, head in self.places:
            yield from (moved(mark, x, y) for mark in grid.legend(head))

    def lasting(self, frame: FieldFrame) -> Iterator[Mark]:
        """Yield the cell of the last grid, if its card is not changed for another one."""
        grid, x, y, head = self.places[-1]
        yield from (moved(mark, x, y) for mark in grid.lasting(frame, head))

    def lenses(self, frame: FieldFrame) -> tuple[Lens, ...]:
        """Return what is seen of each grid, and the cards that stand in front by turns."""
        return tuple(
            lens._replace(x=lens.x + x, y=lens.y + y)
            for grid, x, y, head in self.places
            for lens in grid.lenses(frame, head)
        )

    @property
    def phone_number_size(self) -> float:
        """Return how large, in pixels, the smallest number stands on a phone."""
        return self.number_size * _scale(self.rows, SCREEN)

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number."""
        return min(grid.number_size for grid in self.grids)


def _head(row: tuple[StackGrid, ...]) -> float:
    return max(grid.head for grid in row)


def _row_size(row: tuple[StackGrid, ...]) -> tuple[float, float]:
    sizes = [grid.size(_head(row)) for grid in row]
    return sum(width + BESIDE for width, _ in sizes) - BESIDE, max(height for _, height in sizes)


def _size(rows: tuple[tuple[StackGrid, ...], ...]) -> tuple[float, float]:
    sizes = [_row_size(row) for row in rows]
    return max(width for width, _ in sizes), sum(height + BELOW for _, height in sizes) - BELOW


def _scale(rows: tuple[tuple[StackGrid, ...], ...], room: tuple[float, float]) -> float:
    return min(free / length for free, length in zip(room, _size(rows), strict=True))
