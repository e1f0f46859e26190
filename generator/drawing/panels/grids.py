"""Grids of the arithmetic: the pixels under a window, weights, and products, as all panels show them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from generator.drawing.marks import CELL, GAP, NUMBER_SIZE, Tile, fitting, text_width, tile_box
from generator.drawing.numbers import signed, tint, values_in, weight_ink
from generator.drawing.panels.input import InputPanel, Windowed
from generator.drawing.panels.panel import Weights
from generator.scenes import Array, Frame
from generator.scenes.digits import Digits
from generator.scenes.layers.weighted import WeightedLayer
from generator.scenes.numerals import TIMES, WEIGHT_PLACES, number_text

BETWEEN_CHANNELS = 8
"""Between the rows of two channels."""
LONGEST = 4
"""Signs of a number that can be read at a glance in a tile; a longer one is small there."""
KERNEL = "kernel"
Top = Callable[[int], float]
"""Says at which height the grid of a channel begins."""


@dataclass(frozen=True, eq=False)
class FactorGrids:
    """The pixels under a window, a grid for each channel."""

    inputs: Sequence[InputPanel]
    """One for each channel of the image."""

    def tiles(self, frame: Windowed, start: float, top: Top) -> Iterator[Tile]:
        """Yield the pixels under the window as they stand in the input."""
        height, width = self.inputs[0].ground.kernel_size
        rows, columns = self.inputs[0].ground.cells(frame.window)
        for channel, plane in enumerate(frame.planes):
            above = top(channel)
            for row in range(height):
                for column in range(width):
                    tile = self.inputs[plane].tile(
                        rows.start + row * (rows.step or 1), columns.start + column * (columns.step or 1)
                    )
                    x, y, across, down = tile_box(start, row, column, above)
                    outside = bool(tile.is_outside) if self.inputs[0].ground.is_padded else None
                    yield tile._replace(
                        x=x, y=y, width=across, height=down, part="factor", is_outside=outside
                    )

    @property
    def number_size(self) -> float:
        """Return the size of the pixels' numbers, the same as in the input."""
        return self.inputs[0].number_size


class Numbered(Protocol):
    """A frame."""

    @property
    def number(self) -> int:
        """Return its number, counted from 1."""


class Multiplying(Protocol):
    """A reel whose frames multiply by weights."""

    @property
    def layer(self) -> WeightedLayer:
        """Return the weights."""

    @property
    def digits(self) -> Digits:
        """Return how numbers are printed."""

    @property
    def frames(self) -> Sequence[Frame]:
        """Return the frames."""

    def products_of(self, number: int) -> Array:
        """Return the products of a frame, counted from 1, shape (planes, KH, KW)."""

    @property
    def largest_product(self) -> float:
        """Return the largest product, in absolute value."""

    @property
    def smallest_product(self) -> float:
        """Return the smallest product."""

    def part_text(self, value: float) -> str:
        """Return a product as it is printed."""


@dataclass(frozen=True, eq=False)
class WeightGrids:
    """The weights and the products of a reel, a grid for each plane of a frame."""

    reel: Multiplying
    widest: float = 0
    """How wide a grid of one column may get where its numbers are too long for usual tiles."""

    def weights(self, number: int, start: float, top: Top) -> Iterator[Tile]:
        """Yield the weights of a filter, or of the channel that spreads."""
        weights = self.reel.layer.laid[number]
        for channel, row, column in places(weights):
            box = self._box(start, row, column, top(channel))
            text = self._tile_text(number, channel, row, column)
            ink = weight_ink(weights[channel, row, column].item())
            yield Tile(*box, "paper", text, ink, self.weight_size, "weight")

    def products(self, frame: Numbered, start: float, top: Top) -> Iterator[Tile]:
        """Yield the products of a frame."""
        products = self.reel.products_of(frame.number)
        for channel, row, column in places(products):
            value = products[channel, row, column].item()
            box = self._box(start, row, column, top(channel))
            fill = tint(value, self.reel.largest_product)
            yield Tile(*box, fill, self.product_text(value), "ink", self.product_size, "product")

    def told(self, bias: Callable[[int], str]) -> list[Weights]:
        """Return what the grids show for each filter, with its `bias` as it stands over the sum."""
        return [
            Weights(
                [self._tile_text(number, *place) for place in places(weights)],
                [weight_ink(weight) for weight in weights.ravel().tolist()],
                bias(number),
            )
            for number, weights in enumerate(self.reel.layer.laid)
        ]

    @property
    def kernel_name(self) -> str:
        """Return what stands over the weights: with what all of them are to be multiplied by, if anything."""
        under = self._denominator
        return KERNEL if under == 1 else f"{KERNEL} {TIMES} 1/{under}"

    def weight_text(self, number: int, channel: int, row: int, column: int) -> str:
        """Return a whole weight as it is printed beside others."""
        return signed(self.reel.layer.texts[number][channel][row][column], self.reel.layer.laid.min())

    def product_text(self, value: float) -> str:
        """Return a product as it stands on its tile."""
        return signed(self.reel.digits.product(value), self.reel.smallest_product)

    def _tile_text(self, number: int, *place: int) -> str:
        """Return a weight as it stands on its tile: where the kernel's name has a factor, without that."""
        if self._denominator == 1:
            return self.weight_text(number, *place)
        parts = self.reel.layer.unscaled * self.reel.layer.kernel.scale.numerator
        return signed(number_text(parts[number][place], WEIGHT_PLACES), parts.min())

    @cached_property
    def _denominator(self) -> int:
        """Return that of the factor over the weights; 1 where each of them is short by itself."""
        under = self.reel.layer.kernel.scale.denominator
        room = max(self.widest, self.reel.layer.size[1] * CELL)
        fits = text_width(f"{KERNEL} {TIMES} 1/{under}", NUMBER_SIZE) <= room
        rows = (row for planes in self.reel.layer.texts for plane in planes for row in plane)
        return under if fits and max(len(text) for row in rows for text in row) > LONGEST else 1

    def _box(self, start: float, row: int, column: int, top: float) -> tuple[float, float, float, float]:
        """Return the box of a tile, which is wider than others where its number is too long for them."""
        x, y, _, height = tile_box(start, row, column, top)
        return x + column * (self._pitch - CELL), y, self._pitch - GAP, height

    @cached_property
    def _pitch(self) -> float:
        longest = max(map(len, (*self._weight_texts, *self._product_texts)))
        wanted = text_width("0" * longest, NUMBER_SIZE) + GAP + 3 if longest > LONGEST else CELL
        return max(CELL, min(wanted, self.widest)) if self.reel.layer.size[1] == 1 else CELL

    @cached_property
    def _weight_texts(self) -> Sequence[str]:
        return [
            self._tile_text(number, *place)
            for number, weights in enumerate(self.reel.layer.laid)
            for place in places(weights)
        ]

    @cached_property
    def _product_texts(self) -> Sequence[str]:
        values = values_in(self.reel.products_of(frame.number) for frame in self.reel.frames)
        return list(map(self.product_text, values))

    @cached_property
    def weight_size(self) -> float:
        """Return the size at which every weight fits its tile."""
        return fitting(self._weight_texts, self._pitch)

    @cached_property
    def product_size(self) -> float:
        """Return the size at which every product of every frame fits its tile."""
        return fitting(self._product_texts, self._pitch)

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number in weights and products."""
        return min(self.weight_size, self.product_size)


def places(array: Array) -> Iterator[tuple[int, int, int]]:
    """Yield (channel, row, column) in reading order."""
    channels, rows, columns = array.shape
    for channel in range(channels):
        for row in range(rows):
            for column in range(columns):
                yield channel, row, column
