"""The feature map: one filter's answers as far as the frames have filled it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Protocol

from generator.drawing.marks import (
    BORDER,
    CELL,
    LABEL,
    Mark,
    Outline,
    Tile,
    empty_tile,
    fitting,
    grid_size,
    label,
    tile_box,
)
from generator.drawing.numbers import values_in
from generator.drawing.panels.input import single_cell
from generator.drawing.panels.legend import HEIGHT, legend, legend_width
from generator.drawing.panels.panel import Lens, Panel
from generator.scenes import NO_MARGINS, Frame, Margins, Reel, Tone
from generator.scenes.numerals import size_text
from generator.scenes.scene import Cell

Colours = Callable[[float], tuple[str, str]]
"""Returns the roles of an answer's tile and of the number on it."""


class Placed(Protocol):
    """A frame that fills one cell."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Return the cell (map, row, column)."""


@dataclass(frozen=True, eq=False)
class MapPanel(Panel):
    """The output of one filter as far as the frames have filled it."""

    reel: Reel
    plane: int
    colours: Colours
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose cell stays empty, to be written in by hand."""
    alone: ClassVar[str] = "feature map"
    """What the only one is called."""
    numbered: ClassVar[str] = "map"
    """What one of several is called, before its number."""

    @property
    def name(self) -> str:
        """Return the panel's label."""
        what = f"{self.numbered} {self.plane + 1}" if len(self.reel.output) > 1 else self.alone
        return f"{what} {size_text(*self.reel.output_size)}"

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        (top, bottom), (left, right) = self.beyond
        height, width = self.reel.output_size
        wide, high = grid_size(top + height + bottom, left + width + right, self.name)
        if not self.has_legend:
            return wide, high
        legend = legend_width(*self._scale)
        return max(wide, legend + 2 * BORDER), high + HEIGHT

    @property
    def has_legend(self) -> bool:
        """Tell whether a legend stands below: the first map has that of all, a worksheet none."""
        return not self.plane and not self.blanks

    @property
    def _scale(self) -> tuple[Tone, Callable[[float], str], float]:
        """Return what the legend is about, and how its numbers are printed, and how large."""
        return self.reel.answer_tone, self.reel.answer_text, self.number_size

    @property
    def beyond(self) -> Margins:
        """Return how many rows and columns around the output have room, ((top, bottom), (left, right))."""
        return NO_MARGINS

    @property
    def left(self) -> float:
        """Return where the output begins."""
        return BORDER + self.beyond[1][0] * CELL

    def box(self, row: int, column: int) -> tuple[float, float, float, float]:
        """Return the box of a cell."""
        return tile_box(self.left, row + self.beyond[0][0], column)

    def still(self) -> Iterator[Mark]:
        """Yield the label and the empty cells."""
        yield label(BORDER, self.name)
        height, width = self.reel.output_size
        for row in range(height):
            for column in range(width):
                yield empty_tile(self.left, row + self.beyond[0][0], column)
                yield from self.begun(row, column)

    def legend(self) -> Iterator[Mark]:
        """Yield the colours of all maps, between the numbers that they stand for."""
        if self.has_legend:
            (top, bottom), _ = self.beyond
            below = LABEL + (top + self.reel.output_size[0] + bottom) * CELL + BORDER
            yield from legend(*self._scale, BORDER, below)

    def begun(self, row: int, column: int) -> Iterable[Mark]:
        """Return what stands in a cell before any frame has filled it."""
        return ()

    def filled(self, frame: Any) -> Mapping[Cell, float]:  # noqa: ANN401 - of the panel's own kind
        """Return the cells of all maps that a frame fills or adds to, each with its number."""
        changes: Mapping[Cell, float] = frame.changes
        return changes

    def cut(self, frame: Frame) -> Set[Cell]:
        """Return those of them whose number an activation has cut off."""
        return frame.cut

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield the cells that the frame fills or adds to."""
        for (plane, row, column), value in self.filled(frame).items():
            if plane != self.plane:
                continue
            if frame.number in self.blanks:
                yield Outline(*self.box(row, column), "ink", 2, part="blank")
            else:
                fill, ink = self.colours(value)
                text, cut = self.reel.answer_text(value), (plane, row, column) in self.cut(frame)
                yield Tile(*self.box(row, column), fill, text, ink, self.number_size, "cell", is_framed=cut)

    @property
    def further_numbers(self) -> Iterable[float]:
        """Return numbers that stand in cells besides the answers."""
        return ()

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every answer fits its cell."""
        values = {value for frame in self.reel.frames for value in frame.changes.values()}
        numbers = {*values, *self.further_numbers, *values_in([self.reel.output])}
        return fitting(map(self.reel.answer_text, numbers))

    def lens(self, cell: Sequence[int], marks: tuple[Mark, ...], *, shown: bool) -> Lens:
        """Return a lens whose corner lies on a (row, column) of the output."""
        top = LABEL + (cell[0] + self.beyond[0][0]) * CELL
        return Lens(self.left + cell[1] * CELL, top, marks, shown)


class FilledMap(MapPanel):
    """A feature map of which each frame fills one cell, with a mark around it."""

    def lenses(self, frame: Placed) -> tuple[Lens, ...]:
        """Return the mark around the cell that is being filled."""
        plane, *cell = frame.place
        return (self.lens(cell, single_cell("target"), shown=self.plane == plane),)
