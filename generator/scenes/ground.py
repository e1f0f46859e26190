"""The ground that windows slide over: an image with whatever pads it."""

from dataclasses import dataclass
from functools import cached_property

from generator.arithmetic import (
    NO_MARGINS,
    NOTHING,
    Array,
    Geometry,
    Margins,
    Pair,
    Places,
    padded,
    seen_pixels,
)
from generator.scenes.frozen import frozen


@dataclass(frozen=True, eq=False)
class Ground:
    """An image as a kernel of that size sees it."""

    image: Array
    """Shape (C, H, W)."""
    geometry: Geometry
    kernel_size: Pair

    @property
    def size(self) -> Pair:
        """Return the image's (height, width)."""
        return self.image.shape[1], self.image.shape[2]

    @property
    def is_padded(self) -> bool:
        """Tell whether something lies around the image."""
        return self.padded.shape != self.image.shape

    @cached_property
    def margins(self) -> Margins:
        """Return the padding, and what the last windows hang over: all that lies around the image."""
        return self.geometry.margins(self.size, self.kernel_size)

    @cached_property
    def padded(self) -> Array:
        """Return the image with all that lies around it, shape (C, PH, PW)."""
        geometry = self.geometry
        return padded(self.image, self.margins, geometry.padding_mode, geometry.padding_value)

    @property
    def padded_size(self) -> Pair:
        """Return the (height, width) of the image with all that lies around it."""
        return self.padded.shape[1], self.padded.shape[2]

    @cached_property
    def sources(self) -> Places:
        """Return which pixel is seen at every cell, shape (PH, PW, 2), or `NOTHING` for none."""
        return seen_pixels(self.size, self.margins, self.geometry.padding_mode)

    @cached_property
    def bare(self) -> list[list[bool]]:
        """Return where padding shows a number that no pixel of the image stands for, row by row."""
        where: list[list[bool]] = (self.sources[..., 0] == NOTHING).tolist()
        return where

    @cached_property
    def beyond(self) -> list[list[bool]]:
        """Return which cells lie beyond the padding too, where a last window hangs over it, row by row."""
        rows, columns = self.geometry.padded_size(self.size)
        height, width = self.padded_size
        return [[row >= rows or column >= columns for column in range(width)] for row in range(height)]

    @property
    def corner(self) -> Pair:
        """Return by how many (rows, columns) the padding stands before the image."""
        return self.geometry.padding[0][0], self.geometry.padding[1][0]

    @property
    def span(self) -> Pair:
        """Return the (rows, columns) from the first to the last weight of a window."""
        return self.geometry.span(self.kernel_size)

    @property
    def stops(self) -> Pair:
        """Return at how many places down and across a window stops."""
        return self.geometry.output_size(self.size, self.kernel_size)

    def cells(self, window: Pair) -> tuple[slice, slice]:
        """Return the padded rows, and columns, on which the weights of a window at that corner lie."""
        sides = zip(window, self.corner, self.kernel_size, self.geometry.dilation, strict=True)
        rows, columns = (
            slice(start + before, start + before + (weights - 1) * apart + 1, apart)
            for start, before, weights, apart in sides
        )
        return rows, columns

    def pixels(self, window: Pair, planes: range) -> Array:
        """Return the pixels under a window in some channels, shape (len(planes), KH, KW)."""
        rows, columns = self.cells(window)
        return self.padded[planes.start : planes.stop, rows, columns]


def bare_ground(image: Array) -> Ground:
    """Return an image as it is, of which each pixel is seen alone."""
    return Ground(frozen(image), Geometry(padding=NO_MARGINS), (1, 1))
