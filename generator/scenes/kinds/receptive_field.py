"""What one cell of a stack sees of each grid below it, down to the image.

Two things are told of it. The field as textbooks have it is as large for every cell: it grows layer by
layer, r → (r − 1) stride + dilation (k − 1) + 1, and lies partly beyond the grid near the edges. Below a
transposed layer it shrinks, and neighbours may differ: every second cell may see a pixel less, or none.
What is seen of the grid is traced line by line; no cell outside it has a part in the number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.arithmetic import Pair
from generator.scenes.layers.layer import Layer, Lines


class Field(NamedTuple):
    """A rectangle of cells of a grid; its corner is below 0 inside the padding."""

    row: int
    column: int
    height: int
    width: int


class Sight(NamedTuple):
    """What a cell of the last layer sees of one grid below."""

    field: Field | None
    """The receptive field, also where it lies beyond the grid; None of a cell that no pixel spreads to."""
    seen: Field | None
    """The smallest rectangle that holds every cell that has a part in it; None where there is none."""
    planes: range
    """The channels that have a part in it."""


@dataclass(frozen=True, eq=False)
class Sights:
    """Traces cells of a stack's last layer back to the image."""

    layers: Sequence[Layer]
    """From the image on; what each makes is the image of the next."""
    sizes: Sequence[Pair]
    """The (height, width) of the image and of what each layer makes."""

    def of(self, cell: tuple[int, int, int]) -> tuple[Sight, ...]:
        """Return what a cell (map, row, column) sees of each grid: the image first, the nearest last."""
        plane, row, column = cell
        rows, columns = self._spans(0, row), self._spans(1, column)
        lines = self._seen[0][row], self._seen[1][column]
        found = zip(rows, columns, *lines, self._planes[plane], strict=True)
        return tuple(
            Sight(_field(high, wide), _around(down, across), planes)
            for high, wide, down, across, planes in found
        )[::-1]

    def _spans(self, axis: int, line: int) -> Iterator[Pair]:
        """Yield where the field begins, and how long it is, on each grid; the nearest first."""
        start, length = line, 1
        for layer in reversed(self.layers):
            start, length = layer.field(axis, start, length) if length else (start, 0)
            yield start, length

    @cached_property
    def _seen(self) -> tuple[Sequence[list[Lines]], Sequence[list[Lines]]]:
        """Return which lines of each grid the lines of the last one come from; the nearest grid first."""
        rows, columns = self.sizes[-1]
        down, across = (
            [self._traced(axis, line) for line in range(count)] for axis, count in enumerate((rows, columns))
        )
        return down, across

    def _traced(self, axis: int, line: int) -> list[Lines]:
        traced = [frozenset({line})]
        for under in reversed(self._under[axis]):
            traced.append(frozenset(pixel for seen in traced[-1] for pixel in under[seen]))
        return traced[1:]

    @cached_property
    def _under(self) -> tuple[list[list[Lines]], list[list[Lines]]]:
        """Return for each layer which lines of its image lie under each line of its output."""
        found = [layer.lines(size) for layer, size in zip(self.layers, self.sizes, strict=False)]
        return [rows for rows, _ in found], [columns for _, columns in found]

    @cached_property
    def _planes(self) -> Sequence[list[range]]:
        """Return for each map of the last layer which channels of each grid reach it, the nearest first."""
        return [self._reaching(plane) for plane in range(self.layers[-1].maps)]

    def _reaching(self, plane: int) -> list[range]:
        reaching = [range(plane, plane + 1)]
        for layer in reversed(self.layers):
            first, last = (layer.channels_of(end) for end in (reaching[-1][0], reaching[-1][-1]))
            reaching.append(range(first.start, last.stop))
        return reaching[1:]


def _field(rows: Pair, columns: Pair) -> Field | None:
    """Return the field from where it begins, and its length, in both directions."""
    (row, height), (column, width) = rows, columns
    return Field(row, column, height, width) if height and width else None


def _around(rows: Lines, columns: Lines) -> Field | None:
    if not rows or not columns:
        return None
    top, left = min(rows), min(columns)
    return Field(top, left, max(rows) - top + 1, max(columns) - left + 1)
