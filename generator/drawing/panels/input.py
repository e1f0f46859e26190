"""The input: one channel as numbers on shaded pixels, and what pads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

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
from generator.drawing.numbers import tile_colours, values_in
from generator.drawing.panels.panel import Lens, Panel
from generator.scenes import Geometry, Greys, Ground, Pair
from generator.scenes.numerals import size_text

AROUND = MappingProxyType(
    {
        "zeros": "zeros",
        "constant": "all {}",
        "reflect": "mirrored",
        "symmetric": "edge mirrored",
        "replicate": "edge repeated",
        "circular": "wrapped",
    }
)
"""What padding puts around an image, in a few letters; {} stands for a number of its own."""
EDGE = 2
"""The thickness of the line between an image and its padding."""


class OnGround(Protocol):
    """A reel that shows an image with whatever pads it."""

    @property
    def ground(self) -> Ground:
        """Return the image with its padding."""

    @property
    def greys(self) -> Greys:
        """Return the greys of its pixels."""

    def number_text(self, value: float) -> str:
        """Return a pixel as it is printed."""


class Windowed(Protocol):
    """A frame with a window over some channels."""

    @property
    def window(self) -> Pair:
        """Return the window's corner in the input."""

    @property
    def planes(self) -> Sequence[int]:
        """Return the channels under it."""


@dataclass(frozen=True, eq=False)
class InputPanel(Panel):
    """One channel of the input; each kind lays over it what moves."""

    reel: OnGround
    plane: int = 0

    @property
    def ground(self) -> Ground:
        """Return the image with its padding."""
        return self.reel.ground

    @property
    def name(self) -> str:
        """Return the panel's label."""
        first = "input" if len(self.ground.image) == 1 else f"channel {self.plane + 1}"
        return f"{first} {size_text(*self.ground.size)}{self._around}"

    @property
    def _around(self) -> str:
        return f" + {self.padding_name}" if self.ground.is_padded else ""

    @property
    def padding_name(self) -> str:
        """Return what padding puts around the image, in a few letters."""
        value = self.reel.number_text(self.ground.geometry.padding_value)
        return AROUND[self.ground.geometry.padding_mode].format(value)

    def shows_zero(self, row: int, column: int) -> bool:
        """Tell whether a zero around the image is counted, and so stands on its cell: padding is."""
        return not self.ground.beyond[row][column]

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return grid_size(*self.ground.padded_size, self.name)

    def still(self) -> Iterator[Mark]:
        """Yield the label, every pixel, and what pads them."""
        yield label(BORDER, self.name)
        height, width = self.ground.padded_size
        yield from (self.tile(row, column) for row in range(height) for column in range(width))
        if self.ground.is_padded:
            yield from self._frame_of_image()

    def tile(self, row: int, column: int) -> Tile:
        """Return a pixel of the padded image; one beyond the edge looks like a pixel, and is hatched."""
        box, size = tile_box(BORDER, row, column), self.number_size
        if self._is_empty(row, column):
            return Tile(*box, "paper", "", "muted", size, "pixel", is_outside=True)
        value = self._values[row][column]
        fill, ink = tile_colours(value, self.reel.greys)
        outside = None if self._is_own(row, column) else True
        return Tile(*box, fill, self.reel.number_text(value), ink, size, "pixel", is_outside=outside)

    def _is_empty(self, row: int, column: int) -> bool:
        """Tell whether nothing is seen at a cell: no pixel, and no number that stands for one."""
        return self.ground.bare[row][column] and not self.shows_zero(row, column)

    @cached_property
    def _values(self) -> list[list[float]]:
        values: list[list[float]] = self.ground.padded[self.plane].tolist()
        return values

    def _is_own(self, row: int, column: int) -> bool:
        top, left = self.ground.corner
        height, width = self.ground.size
        return 0 <= row - top < height and 0 <= column - left < width

    def _frame_of_image(self) -> Iterator[Mark]:
        """Yield thin lines around the cells where nothing is seen, and the line where the image ends."""
        height, width = self.ground.padded_size
        for row, column in ((row, column) for row in range(height) for column in range(width)):
            if self._is_empty(row, column):
                yield empty_tile(BORDER, row, column)
        (top, left), (rows, columns) = self.ground.corner, self.ground.size
        x, y = BORDER + left * CELL, LABEL + top * CELL
        yield Outline(x, y, columns * CELL, rows * CELL, "muted", EDGE, "edge")

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every pixel's number fits its tile."""
        return fitting(map(self.reel.number_text, values_in([self.ground.padded])))

    def lens(self, cell: Sequence[int], marks: tuple[Mark, ...], *, shown: bool) -> Lens:
        """Return a lens whose corner lies on a (row, column) of the image."""
        top, left = self.ground.corner
        return Lens(BORDER + (cell[1] + left) * CELL, LABEL + (cell[0] + top) * CELL, marks, shown)


def single_cell(part: str, ink: str = "window") -> tuple[Mark, ...]:
    """Return the outline of one cell."""
    return (Outline(0, 0, CELL, CELL, ink, part=part),)


def window_marks(size: Pair, geometry: Geometry) -> tuple[Mark, ...]:
    """Return a window's outlines from its corner on: a dilated one has a thin line around its cells."""
    (height, width), (down, across) = size, geometry.dilation
    rows, columns = geometry.span(size)
    whole = Outline(0, 0, columns * CELL, rows * CELL, part="window")
    if (rows, columns) == (height, width):
        return (whole,)
    cells = (
        Outline(column * across * CELL, row * down * CELL, CELL, CELL, part="window")
        for row in range(height)
        for column in range(width)
    )
    return (whole._replace(thickness=1.5, part="span"), *cells)


@dataclass(frozen=True, eq=False)
class WindowInput(InputPanel):
    """A channel, with the window over it."""

    def lenses(self, frame: Windowed) -> tuple[Lens, ...]:
        """Return the window."""
        marks = window_marks(self.ground.kernel_size, self.ground.geometry)
        return (self.lens(frame.window, marks, shown=self.plane in frame.planes),)
