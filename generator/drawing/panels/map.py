"""The feature map: one filter's answers as far as the frames have filled it."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.marks import (
    BORDER,
    CELL,
    LABEL,
    Cell,
    Mark,
    Outline,
    Words,
    empty_tile,
    fitting,
    grid_size,
    label,
    tile_box,
)
from generator.drawing.numbers import pixel_colours, tint, values_in
from generator.drawing.panels.input import single_cell, window_marks
from generator.drawing.panels.panel import Lens
from generator.scenes import Frame, Reel
from generator.scenes.numerals import size_text
from generator.scenes.reel import WHITE


@dataclass(frozen=True, eq=False)
class MapPanel:
    """The output of one filter as far as the frames have filled it."""

    reel: Reel
    plane: int = 0
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose cell stays empty, to be written in by hand."""

    @property
    def name(self) -> str:
        """Return the panel's label."""
        what = "output" if self.reel.scene.geometry.transposed else "feature map"
        if len(self.reel.output) > 1:
            what = f"{'map' if what == 'feature map' else what} {self.plane + 1}"
        return f"{what} {size_text(*self.reel.output_size)}"

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        (top, bottom), (left, right) = self._cropped
        height, width = self.reel.output_size
        return grid_size(top + height + bottom, left + width + right, self.name)

    @property
    def _cropped(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return by how much a transposed scene crops its output: patches reach so far beyond it."""
        geometry = self.reel.scene.geometry
        return geometry.padding if geometry.transposed else ((0, 0), (0, 0))

    @property
    def _left(self) -> float:
        return BORDER + self._cropped[1][0] * CELL

    def _box(self, row: int, column: int) -> tuple[float, float, float, float]:
        return tile_box(self._left, row + self._cropped[0][0], column)

    def still(self) -> Iterator[Mark]:
        """Yield the label and the empty cells; where patches add up, what the sums begin with."""
        yield label(BORDER, self.name)
        height, width = self.reel.output_size
        for row in range(height):
            for column in range(width):
                yield empty_tile(self._left, row + self._cropped[0][0], column)
                if self.reel.scene.geometry.transposed:
                    yield self._begun(row, column)

    def _begun(self, row: int, column: int) -> Words:
        begun = self.reel.result_text(self.reel.begun[self.plane])
        cell = Cell(*self._box(row, column), "paper", begun, "muted", self.number_size, "begun")
        return cell.words

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield the cells that the frame fills or adds to."""
        for (plane, row, column), value in frame.changes.items():
            if plane != self.plane:
                continue
            if frame.number in self.blanks:
                yield Outline(*self._box(row, column), "ink", 2, part="blank")
            else:
                fill, ink = answer_colours(self.reel, value)
                text = self.reel.result_text(value)
                yield Cell(*self._box(row, column), fill, text, ink, self.number_size, "cell")

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every answer fits its cell."""
        values = {value for frame in self.reel.frames for value in frame.changes.values()}
        begun = self.reel.begun if self.reel.scene.geometry.transposed else ()
        return fitting(map(self.reel.result_text, {*values, *begun, *values_in([self.reel.output])}))

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield nothing: all that moves is the mark around what is being filled."""
        yield from ()

    def lenses(self, frame: Frame) -> tuple[Lens, ...]:
        """Return the mark around the cell that is being filled, or around the patch that is being added."""
        transposed = self.reel.scene.geometry.transposed
        row, column = frame.window if transposed else frame.place[1:]
        shown = self.plane in frame.planes if transposed else self.plane == frame.place[0]
        marks = window_marks(self.reel) if transposed else single_cell("target")
        top = LABEL + (row + self._cropped[0][0]) * CELL
        return (Lens(self._left + column * CELL, top, marks, shown),)


def answer_colours(reel: Reel, value: float) -> tuple[str, str]:
    """Return the roles of an answer's tile and of the number on it; pools and blurs make pixels again."""
    if reel.scene.pooling:
        return pixel_colours(reel, value)
    if reel.scene.is_photo and not reel.is_signed:
        return pixel_colours(reel, value / reel.full_answer * WHITE)
    return tint(value, reel.largest_output), "ink"
