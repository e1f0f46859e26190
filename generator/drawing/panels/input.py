"""The input: one channel as numbers on shaded pixels, what pads it, and the window at the frame's place."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator.drawing.marks import (
    BORDER,
    CELL,
    LABEL,
    Cell,
    Mark,
    Outline,
    empty_tile,
    fitting,
    grid_size,
    label,
    tile_box,
)
from generator.drawing.numbers import pixel_colours, shade, values_in
from generator.drawing.panels.panel import Lens
from generator.scenes import Frame, Reel
from generator.scenes.numerals import size_text

AROUND = MappingProxyType(
    {"zeros": "zeros", "reflect": "mirrored", "replicate": "edge repeated", "circular": "wrapped"}
)
"""What padding puts around an image, in a few letters."""
EDGE = 2
"""The thickness of the line between an image and its padding."""


@dataclass(frozen=True, eq=False)
class InputPanel:
    """One channel of the input, with the window at the frame's place."""

    reel: Reel
    plane: int = 0

    @property
    def name(self) -> str:
        """Return the panel's label."""
        first = "input" if len(self.reel.input) == 1 else f"channel {self.plane + 1}"
        return f"{first} {size_text(*self.reel.input_size)}{self._around}"

    @property
    def _around(self) -> str:
        if not self.is_padded:
            return ""
        if self.reel.scene.pooling == "max":
            return " + padding"
        return f" + {AROUND[self.reel.scene.geometry.padding_mode]}"

    @property
    def is_padded(self) -> bool:
        """Tell whether something lies around the image."""
        return self.reel.padded.shape != self.reel.input.shape

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return grid_size(self.reel.padded.shape[1], self.reel.padded.shape[2], self.name)

    def still(self) -> Iterator[Mark]:
        """Yield the label, every pixel, and what pads them."""
        yield label(BORDER, self.name)
        height, width = self.reel.padded.shape[1:]
        yield from (self.tile(row, column) for row in range(height) for column in range(width))
        if self.is_padded:
            yield from self._frame_of_image()

    def tile(self, row: int, column: int) -> Cell:
        """Return a pixel of the padded image; beyond the edge a pale copy of what is seen, or a zero."""
        box = tile_box(BORDER, row, column)
        value = self._values[row][column]
        text, size = self.reel.number_text(value), self.number_size
        if self._is_own(row, column):
            fill, ink = pixel_colours(self.reel, value)
            return Cell(*box, fill, text, ink, size, "pixel")
        if self.reel.bare[row][column]:
            shown = "" if self.reel.scene.pooling == "max" else text
            return Cell(*box, "paper", shown, "muted", size, "pixel")
        return Cell(*box, f"around-{shade(self.reel, value)}", text, "ink", size, "pixel")

    @cached_property
    def _values(self) -> list[list[float]]:
        values: list[list[float]] = self.reel.padded[self.plane].tolist()
        return values

    def _is_own(self, row: int, column: int) -> bool:
        top, left = self.reel.corner
        height, width = self.reel.input_size
        return 0 <= row - top < height and 0 <= column - left < width

    def _frame_of_image(self) -> Iterator[Mark]:
        """Yield thin lines around the cells of zeros, and the line where the image ends."""
        height, width = self.reel.padded.shape[1:]
        for row, column in ((row, column) for row in range(height) for column in range(width)):
            if self.reel.bare[row][column]:
                yield empty_tile(BORDER, row, column)
        (top, left), (rows, columns) = self.reel.corner, self.reel.input_size
        x, y = BORDER + left * CELL, LABEL + top * CELL
        yield Outline(x, y, columns * CELL, rows * CELL, "muted", EDGE, "edge")

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every pixel's number fits its tile."""
        return fitting(map(self.reel.number_text, values_in([self.reel.input])))

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield nothing: an input does not change."""
        yield from ()

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield nothing: all that moves is the window."""
        yield from ()

    def lenses(self, frame: Frame) -> tuple[Lens, ...]:
        """Return the window, or the pixel that spreads; of max pooling the winner too."""
        transposed = self.reel.scene.geometry.transposed
        shown = self.plane == frame.place[0] if transposed else self.plane in frame.planes
        if transposed:
            return (self._lens(frame.place[1:], single_cell("window"), shown),)
        window = self._lens(frame.window, window_marks(self.reel), shown)
        if frame.winner is None:
            return (window,)
        return (window, self._lens(frame.winner, single_cell("winner", "ink"), shown))

    def _lens(self, cell: tuple[int, ...], marks: tuple[Mark, ...], shown: bool) -> Lens:
        """Return a lens whose corner lies on a cell of the image."""
        top, left = self.reel.corner
        return Lens(BORDER + (cell[1] + left) * CELL, LABEL + (cell[0] + top) * CELL, marks, shown)


def single_cell(part: str, ink: str = "window") -> tuple[Mark, ...]:
    """Return the outline of one cell."""
    return (Outline(0, 0, CELL, CELL, ink, part=part),)


def window_marks(reel: Reel) -> tuple[Mark, ...]:
    """Return the window's outlines from its corner on: a dilated one has a thin line around its cells."""
    (height, width), (down, across) = reel.kernel_size, reel.scene.geometry.dilation
    rows, columns = reel.scene.geometry.span(reel.kernel_size)
    whole = Outline(0, 0, columns * CELL, rows * CELL, part="window")
    if (rows, columns) == (height, width):
        return (whole,)
    cells = (
        Outline(column * across * CELL, row * down * CELL, CELL, CELL, part="window")
        for row in range(height)
        for column in range(width)
    )
    return (whole._replace(thickness=1.5, part="span"), *cells)
