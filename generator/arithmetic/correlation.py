"""The sums of a layer, fast: compiled one-dimensional correlations over rows laid end to end.

One `np.correlate` per kernel row slides over many image rows at once, at the price of some sums that
straddle two rows and are cut off. The image is taken in bands of rows, so that the partial sums stay in
the processor's cache, and is padded band by band.

Stride and dilation cost no wasted product, because each row is first dealt out like cards. With stride s
and dilation d, of greatest common divisor g, weight k = (s/g) b + u of output i = (d/g) a + r lies on
column s i + d k = lcm (a + b) + s r + d u. So for each r and u the columns that are lcm apart are a plain
line, over which every (s/g)-th weight slides step by step. Where a kernel row has two weights at most for
each step of a stride, dealing costs more than it saves, and each weight is multiplied by itself.
"""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from math import gcd
from operator import iadd
from typing import NamedTuple

import numpy as np

from generator.arithmetic.exactness import Array, Numbers, NumberType
from generator.arithmetic.geometry import NO_MARGINS, Geometry, span
from generator.arithmetic.padding import Pair, fill_padded_rows, seen_lines

BAND_PIXELS = 2**15
"""Pixels of a band: 256 KiB of float64, which leaves room for the partial sums in a common L2 cache."""

SHORT_ROW = 11
"""The longest kernel row for which NumPy has a compiled loop; longer rows go in pieces.

Past it `np.correlate` asks the BLAS for every single sum, which is slower and rounds as the processor likes.
"""

FEW_WEIGHTS = 2
"""So few weights for each step of a stride are multiplied faster one by one."""


def add_sums(sums: Array, image: Numbers, weights: Numbers, geometry: Geometry, dtype: NumberType) -> None:
    """Write the sums of products of one group of channels, computed in the given number type.

    `image` is of shape (C, H, W), `weights` of shape (O, C, KH, KW) and `sums` of shape (O, OH, OW), which
    has to be that of `geometry.output_size`.
    """
    stride, reach = geometry.stride[0], span(weights.shape[2], geometry.dilation[0])
    slides = geometry.stride[1] == 1 or -(-weights.shape[3] // geometry.stride[1]) > FEW_WEIGHTS
    row_pixels = stride * (image.shape[2] + sum(geometry.padding[1])) if slides else sums.shape[2]
    bands = list(_bands(sums.shape[1], row_pixels, reach // stride))
    tallest = (bands[0][1] - 1) * stride + reach
    way = (_Slide if slides else _Step)(sums.shape[2], weights.shape[2:], geometry, tallest, dtype)
    supply = _Supply(image, geometry, way.width, tallest, dtype)
    kernels: Array = np.ascontiguousarray(weights, dtype)
    # The sums that straddle two rows may overflow or be undefined without any harm.
    with np.errstate(over="ignore", invalid="ignore"):
        for top, bottom in bands:
            totals: dict[int, Array] = {}
            for channel in range(len(image)):
                pixels = way.dealt(supply.band(channel, top * stride, (bottom - 1) * stride + reach))
                for number, kernel in enumerate(kernels[:, channel]):
                    totals[number] = way.total(pixels, kernel, bottom - top, totals.get(number))
            for number, total in totals.items():
                way.collect(sums[number, top:bottom], total)


def _bands(height: int, row_pixels: int, reach: int) -> Iterator[Pair]:
    """Yield the top and bottom of bands of output rows.

    `row_pixels` are the numbers that one more row adds, `reach` the output rows that a kernel spans.
    """
    # At least as high as half a kernel, because what the kernel spans is padded and dealt out anew.
    depth = max(1, BAND_PIXELS // row_pixels, reach // 2)
    for top in range(0, height, depth):
        yield top, min(top + depth, height)


class _Supply:
    """Hands out padded bands of an image of shape (C, H, W), each until the next."""

    def __init__(
        self, image: Numbers, geometry: Geometry, width: int, tallest: int, dtype: NumberType
    ) -> None:
        """Take the memory for bands `width` columns wide, once: fresh memory costs more than filling it."""
        self.image = image
        self.dtype = dtype
        self.left = geometry.padding[1][0]
        width = max(width, image.shape[2] + sum(geometry.padding[1]))
        self.as_it_is = geometry.padding == NO_MARGINS and width == image.shape[2]
        if not self.as_it_is:
            self.rows = seen_lines(image.shape[1], geometry.padding[0], geometry.padding_mode)
            self.columns = seen_lines(image.shape[2], geometry.padding[1], geometry.padding_mode)
            self.memory: Array = np.empty((tallest, width), dtype)

    def band(self, channel: int, first: int, last: int) -> Array:
        """Return these padded rows of a channel, contiguous."""
        if self.as_it_is:
            return np.ascontiguousarray(self.image[channel, first:last], self.dtype)
        band = self.memory[: last - first]
        fill_padded_rows(band, self.image[channel], self.rows[first:last], self.columns, self.left)
        return band


class _Piece(NamedTuple):
    """A short piece of a kernel row, and where its line begins."""

    row: int
    columns: slice
    line: Pair
    """Which line it slides over: that of a phase of the rows, and of a part."""
    start: int


class _Slide:
    """Pieces of kernel rows slide over lines of dealt columns."""

    def __init__(
        self, outputs: int, kernel: tuple[int, ...], geometry: Geometry, tallest: int, dtype: NumberType
    ) -> None:
        """Plan for `outputs` columns of output, and bands up to `tallest` rows."""
        self.down = geometry.stride[0]
        self.across, self.dilation = geometry.stride[1], geometry.dilation[1]
        common = gcd(self.across, self.dilation)
        self.apart = self.across * self.dilation // common
        self.every = self.across // common
        self.cycle = self.dilation // common
        self.hands = min(self.cycle, outputs)
        self.parts = min(self.every, kernel[1])
        self.answers = -(-outputs // self.cycle)
        self.cards = self.answers + -(-kernel[1] // self.every) - 1
        self.width = (
            self.across * (self.hands - 1)
            + self.dilation * (self.parts - 1)
            + self.apart * (self.cards - 1)
            + 1
        )
        self.pieces = tuple(self._pieces(kernel[0], kernel[1], geometry.dilation[0]))
        self.as_it_is = self.down == self.apart == 1
        shape = (-(-tallest // self.down), self.hands, self.cards)
        lines = () if self.as_it_is else sorted({piece.line for piece in self.pieces})
        self.memory: dict[Pair, Array] = {line: np.empty(shape, dtype) for line in lines}

    def _pieces(self, height: int, width: int, dilation: int) -> Iterator[_Piece]:
        for row, part in product(range(height), range(self.parts)):
            skipped, phase = divmod(row * dilation, self.down)
            start = skipped * self.hands * self.cards
            step = self.every * SHORT_ROW
            for number, column in enumerate(range(part, width, step)):
                columns = slice(column, min(width, column + step), self.every)
                yield _Piece(row, columns, (phase, part), start + number * SHORT_ROW)

    def dealt(self, band: Array) -> dict[Pair, Array]:
        """Return the lines: the rows of a phase, dealt out for a part, end to end."""
        if self.as_it_is:
            return {(0, 0): band.ravel()}
        return {line: self._line(band, line) for line in self.memory}

    def _line(self, band: Array, line: Pair) -> Array:
        phase, part = line
        step, size = band.strides
        target = self.memory[line][: len(range(phase, len(band), self.down))]
        np.copyto(
            target,
            np.ndarray(
                target.shape,
                band.dtype,
                band,
                offset=phase * step + part * self.dilation * size,
                strides=(self.down * step, self.across * size, self.apart * size),
            ),
        )
        return target.ravel()

    def total(self, pixels: dict[Pair, Array], kernel: Array, rows: int, before: Array | None) -> Array:
        """Return the sums of one channel and filter, dealt out, added to those before."""
        # The last valid sum ends the line; the straddling sums lie between the hands.
        length = (rows * self.hands - 1) * self.cards + self.answers
        sums = (
            # A line is never shorter than its piece of weights; NumPy would silently swap the two.
            np.correlate(pixels[piece.line][piece.start : piece.start + length + weights.size - 1], weights)
            for piece in self.pieces
            for weights in (kernel[piece.row, piece.columns],)
        )
        return reduce(iadd, sums) if before is None else reduce(iadd, sums, before)

    def collect(self, target: Array, total: Array) -> None:
        """Write the sums of a band into their rows and columns."""
        step = total.itemsize * self.cards
        dealt: Array = np.ndarray(
            (len(target), self.hands, self.answers),
            total.dtype,
            total,
            strides=(step * self.hands, step, total.itemsize),
        )
        for hand in range(self.hands):
            answers = target[:, hand :: self.cycle]
            answers[:] = dealt[:, hand, : answers.shape[1]]


class _Step:
    """Each weight is multiplied with all its pixels, wherever they lie."""

    def __init__(
        self, outputs: int, kernel: tuple[int, ...], geometry: Geometry, tallest: int, dtype: NumberType
    ) -> None:
        """Plan for `outputs` columns of output, and bands up to `tallest` rows."""
        self.width = 0
        self.kernel = kernel
        self.outputs = outputs
        self.geometry = geometry
        reach = span(kernel[0], geometry.dilation[0])
        self.products: Array = np.empty(((tallest - reach) // geometry.stride[0] + 1, outputs), dtype)

    def dealt(self, band: Array) -> dict[Pair, Array]:
        """Return the band as it is."""
        return {(0, 0): band}

    def total(self, pixels: dict[Pair, Array], kernel: Array, rows: int, before: Array | None) -> Array:
        """Return the sums of one channel and filter, added to those before."""
        [band] = pixels.values()
        products = self.products[:rows]
        total = np.empty_like(products) if before is None else before
        (down, across), (apart, aside) = self.geometry.stride, self.geometry.dilation
        for row, column in np.ndindex(*kernel.shape):
            below, beside = row * apart, column * aside
            under = band[
                below : below + (rows - 1) * down + 1 : down,
                beside : beside + (self.outputs - 1) * across + 1 : across,
            ]
            if before is None and row == column == 0:
                np.multiply(under, kernel[row, column], out=total)
            else:
                total += np.multiply(under, kernel[row, column], out=products)
        return total

    def collect(self, target: Array, total: Array) -> None:
        """Write the sums of a band into their rows."""
        target[:] = total
