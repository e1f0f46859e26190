"""Grids of the arithmetic: the pixels under a window, weights, and products, as all panels show them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.marks import Cell, fitting, tile_box
from generator.drawing.numbers import product_text, signed, tint, values_in, weight_ink
from generator.drawing.panels.input import InputPanel
from generator.scenes import Array, Frame, Reel

BETWEEN_CHANNELS = 8
"""Between the rows of two channels."""
Top = Callable[[int], float]
"""Says at which height the grid of a channel begins."""


@dataclass(frozen=True, eq=False)
class Grids:
    """The grids of one reel, each a column of as many as there are channels."""

    reel: Reel

    def factors(self, frame: Frame, start: float, top: Top) -> Iterator[Cell]:
        """Yield the pixels under the window as they stand in the input."""
        rows, columns = self.reel.window_cells(frame)
        for channel, row, column in places(frame.products):
            tile = self._inputs[frame.planes[channel]].tile(
                rows.start + row * (rows.step or 1), columns.start + column * (columns.step or 1)
            )
            x, y, width, height = tile_box(start, row, column, top(channel))
            yield tile._replace(x=x, y=y, width=width, height=height, part="factor")

    def weights(self, number: int, start: float, top: Top) -> Iterator[Cell]:
        """Yield the weights of a filter, or of the channel that spreads."""
        weights = self.reel.window_kernel[number]
        for channel, row, column in places(weights):
            box = tile_box(start, row, column, top(channel))
            text = self.weight_text(number, channel, row, column)
            ink = weight_ink(weights[channel, row, column].item())
            yield Cell(*box, "paper", text, ink, self.weight_size, "weight")

    def products(self, frame: Frame, start: float, top: Top) -> Iterator[Cell]:
        """Yield the products of a frame."""
        for channel, row, column in places(frame.products):
            value = frame.products[channel, row, column].item()
            box = tile_box(start, row, column, top(channel))
            fill = tint(value, self.reel.largest_product)
            yield Cell(*box, fill, product_text(self.reel, value), "ink", self.product_size, "product")

    def weight_text(self, number: int, channel: int, row: int, column: int) -> str:
        """Return a weight as it stands on its tile."""
        return signed(self.reel.weight_texts[number][channel][row][column], self.reel.window_kernel.min())

    @property
    def pixel_size(self) -> float:
        """Return the size of the pixels' numbers, the same as in the input."""
        return self._inputs[0].number_size

    @cached_property
    def weight_size(self) -> float:
        """Return the size at which every weight fits its tile."""
        texts, least = self.reel.weight_texts, self.reel.window_kernel.min()
        return fitting(
            signed(text, least) for planes in texts for plane in planes for row in plane for text in row
        )

    @cached_property
    def product_size(self) -> float:
        """Return the size at which every product of every frame fits its tile."""
        values = values_in(frame.products for frame in self.reel.frames)
        return fitting(product_text(self.reel, value) for value in values)

    @property
    def smallest_number(self) -> float:
        """Return the size of the smallest number in pixels, weights and products."""
        return min(self.pixel_size, self.weight_size, self.product_size)

    @cached_property
    def _inputs(self) -> tuple[InputPanel, ...]:
        return tuple(InputPanel(self.reel, plane) for plane in range(len(self.reel.input)))


def places(array: Array) -> Iterator[tuple[int, int, int]]:
    """Yield (channel, row, column) in reading order."""
    channels, rows, columns = array.shape
    for channel in range(channels):
        for row in range(rows):
            for column in range(columns):
                yield channel, row, column
