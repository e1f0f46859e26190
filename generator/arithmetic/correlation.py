"""The sums of a layer, fast: a few calls of compiled loops, each for many windows at once.

The image is taken in bands of rows, so that the partial sums stay in the processor's cache, and is brought
to the number type, padded and dealt out band by band. There are two ways, and neither makes a product that
stride or dilation would throw away.

Whole numbers are multiplied: `np.einsum` adds one weight times all its pixels to the sums, then the next.
With stride s and dilation d, weight k of output i lies on column s i + d k, and the columns that are s apart
make a lane, in which all pixels of a weight lie side by side.

Fractions slide where kernel rows are long enough: one `np.correlate` moves a kernel row over many image rows
laid end to end, at the price of some sums that straddle two rows and are cut off. With g the greatest common
divisor of s and d, weight k = (s/g) b + u of output i = (d/g) a + r lies on column s i + d k =
lcm (a + b) + s r + d u. So for each r and u the columns that are lcm apart are a plain line, over which every
(s/g)-th weight slides step by step.
"""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from math import gcd
from operator import iadd
from typing import NamedTuple

import numpy as np

from generator.arithmetic.exactness import Array, Numbers, PartialSums, SumType
from generator.arithmetic.geometry import NO_MARGINS, Geometry, span
from generator.arithmetic.padding import Pair

BAND_BYTES = 2**18
"""Bytes of a band's partial sums, which leaves room for as many pixels in a common L2 cache."""

SHORT_ROW = 11
"""The longest kernel row for which `np.correlate` has a compiled loop; longer rows go in pieces.

Past it `np.correlate` asks the BLAS for every single sum, which is slower and rounds as the processor likes.
"""

FEW_WEIGHTS = 2
"""So few weights for each step of a stride are multiplied faster than they slide."""


def add_sums(sums: Array, image: Numbers, weights: Numbers, geometry: Geometry, dtype: SumType) -> None:
    """Write the sums of products of one group of channels, computed in the given number type.

    `image` is of shape (C, H, W), `weights` of shape (O, C, KH, KW) and `sums` of shape (O, OH, OW), which
    has to be that of `geometry.output_size`. Whatever the padding mode is, zeros are padded.
    """
    (stride, across), reach = geometry.stride, span(weights.shape[2], geometry.dilation[0])
    bands = list(_bands(sums.shape[1], sums.shape[2] * np.dtype(dtype).itemsize, reach // stride))
    tallest = (bands[0][1] - 1) * stride + reach
    slides = dtype is np.float64 and (across == 1 or -(-weights.shape[3] // across) > FEW_WEIGHTS)
    shapes = sums.shape[2], weights.shape[2:], geometry
    way: _Multiply | _Slide = _Slide(*shapes, tallest) if slides else _Multiply(*shapes)
    supply = _Supply(image, geometry, way, tallest, dtype)
    kernels: PartialSums = np.ascontiguousarray(weights, dtype)
    # The sums that straddle two rows may overflow or be undefined without any harm.
    with np.errstate(over="ignore", invalid="ignore"):
        for top, bottom in bands:
            totals: dict[int, PartialSums] = {}
            for channel in range(len(image)):
                way.take(supply.band(channel, top * stride, (bottom - 1) * stride + reach))
                for number, kernel in enumerate(kernels[:, channel]):
                    totals[number] = way.total(kernel, bottom - top, totals.get(number))
            for number, total in totals.items():
                way.collect(sums[number, top:bottom], total)


def _bands(height: int, row_bytes: int, reach: int) -> Iterator[Pair]:
    """Yield the top and bottom of bands of output rows.

    `row_bytes` are those of a row of sums, `reach` the output rows that a kernel spans.
    """
    # At least as high as half a kernel, because what the kernel spans is padded and dealt out anew.
    depth = max(1, BAND_BYTES // row_bytes, reach // 2)
    for top in range(0, height, depth):
        yield top, min(top + depth, height)


class _Multiply:
    """Each weight is multiplied with all its pixels."""

    def __init__(self, outputs: int, kernel: tuple[int, ...], geometry: Geometry) -> None:
        """Plan for `outputs` columns of output."""
        self.outputs = outputs
        self.geometry = geometry
        across = geometry.stride[1]
        # Dealing out costs as much as it saves where a lane has a single weight of each row.
        self.lanes = across if kernel[1] > across else 1
        self.width = 0

    def take(self, band: PartialSums) -> None:
        """Multiply with these pixels from now on."""
        self.band = band

    def total(self, kernel: PartialSums, rows: int, before: PartialSums | None) -> PartialSums:
        """Return the sums of one channel and filter, added to those before."""
        sums = (self._part(kernel, part, rows) for part in range(self.lanes))
        return reduce(iadd, sums) if before is None else reduce(iadd, sums, before)

    def _part(self, kernel: PartialSums, part: int, rows: int) -> PartialSums:
        """Return the sums over the weights of each row that find their pixels in the same lane."""
        (down, across), (apart, aside) = self.geometry.stride, self.geometry.dilation
        row, lane, card = self.band.strides
        weights = kernel[:, part :: self.lanes]
        first, own = divmod(aside * part, self.lanes)
        windows: PartialSums = np.ndarray(
            (*weights.shape, rows, self.outputs),
            self.band.dtype,
            self.band,
            offset=own * lane + first * card,
            strides=(row * apart, card * aside, row * down, card * (across // self.lanes)),
        )
        # In this order the outputs of a row are the innermost loop.
        sums: PartialSums = np.einsum("jk,jkrn->nr", weights, windows, order="F")
        return sums.T

    def collect(self, target: Array, total: PartialSums) -> None:
        """Write the sums of a band into their rows."""
        target[:] = total


class _Piece(NamedTuple):
    """A short piece of a kernel row, and where its line begins."""

    row: int
    columns: slice
    line: Pair
    """Which line it slides over: that of a phase of the rows, and of a part."""
    start: int


class _Slide:
    """Pieces of kernel rows slide over lines of dealt columns."""

    lanes = 1

    def __init__(self, outputs: int, kernel: tuple[int, ...], geometry: Geometry, tallest: int) -> None:
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
        self.memory: dict[Pair, PartialSums] = {line: np.empty(shape) for line in lines}

    def _pieces(self, height: int, width: int, dilation: int) -> Iterator[_Piece]:
        for row, part in product(range(height), range(self.parts)):
            skipped, phase = divmod(row * dilation, self.down)
            start = skipped * self.hands * self.cards
            step = self.every * SHORT_ROW
            for number, column in enumerate(range(part, width, step)):
                columns = slice(column, min(width, column + step), self.every)
                yield _Piece(row, columns, (phase, part), start + number * SHORT_ROW)

    def take(self, band: PartialSums) -> None:
        """Lay end to end the rows of each phase, dealt out for each part."""
        if self.as_it_is:
            self.lines = {(0, 0): band.ravel()}
        else:
            self.lines = {line: self._line(band, line) for line in self.memory}

    def _line(self, band: PartialSums, line: Pair) -> PartialSums:
        phase, part = line
        step, _, size = band.strides
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

    def total(self, kernel: PartialSums, rows: int, before: PartialSums | None) -> PartialSums:
        """Return the sums of one channel and filter, dealt out, added to those before."""
        # The last valid sum ends the line; the straddling sums lie between the hands.
        length = (rows * self.hands - 1) * self.cards + self.answers
        sums = (
            # A line is never shorter than its piece of weights; NumPy would silently swap the two.
            np.correlate(
                self.lines[piece.line][piece.start : piece.start + length + weights.size - 1], weights
            )
            for piece in self.pieces
            for weights in (kernel[piece.row, piece.columns],)
        )
        return reduce(iadd, sums) if before is None else reduce(iadd, sums, before)

    def collect(self, target: Array, total: PartialSums) -> None:
        """Write the sums of a band into their rows and columns."""
        step = total.itemsize * self.cards
        dealt: PartialSums = np.ndarray(
            (len(target), self.hands, self.answers),
            total.dtype,
            total,
            strides=(step * self.hands, step, total.itemsize),
        )
        for hand in range(self.hands):
            answers = target[:, hand :: self.cycle]
            answers[:] = dealt[:, hand, : answers.shape[1]]


class _Supply:
    """Hands out bands of an image of shape (C, H, W) between margins of zeros, each until the next."""

    def __init__(
        self, image: Numbers, geometry: Geometry, way: _Multiply | _Slide, tallest: int, dtype: SumType
    ) -> None:
        """Take memory for bands as wide as the way wants, once: fresh memory costs more than filling it."""
        self.image = image
        self.lanes = way.lanes
        self.dtype = dtype
        self.top, self.left = geometry.padding[0][0], geometry.padding[1][0]
        width = max(way.width, image.shape[2] + sum(geometry.padding[1]))
        self.as_it_is = geometry.padding == NO_MARGINS and width == image.shape[2] and self.lanes == 1
        if not self.as_it_is:
            self.memory: PartialSums = np.zeros((tallest, self.lanes, -(-width // self.lanes)), dtype)

    def band(self, channel: int, first: int, last: int) -> PartialSums:
        """Return these padded rows of a channel, contiguous, with their columns dealt out into lanes.

        Column c is the card c // lanes of lane c % lanes; the shape is (rows, lanes, cards).
        """
        plane = self.image[channel]
        if self.as_it_is:
            return np.ascontiguousarray(plane[first:last, np.newaxis], self.dtype)
        band = self.memory[: last - first]
        inside = plane[max(0, first - self.top) : max(0, last - self.top)]
        above = max(0, self.top - first)
        # What lies above and beside the image has been zero from the start, and is never written to.
        band[above + len(inside) :] = 0
        for lane in range(self.lanes):
            column = (lane - self.left) % self.lanes
            cards = inside[:, column :: self.lanes]
            card = (column + self.left) // self.lanes
            band[above : above + len(inside), lane, card : card + cards.shape[1]] = cards
        return band
