"""The weights as they lie on an image: on each pixel under the window, small and in a corner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Protocol

from generator.drawing.marks import CELL, GAP, Tile, text_width, tile_box
from generator.drawing.numbers import weight_ink
from generator.drawing.panels.grids import Multiplying, WeightGrids, places
from generator.drawing.panels.input import OnGround, WindowInput
from generator.drawing.panels.panel import Lens

SIZE = 11
"""Of the numbers, in units: on a phone they can still be read beside those of the pixels."""
HEIGHT = 11
MARGIN = 3
"""Beside a number, left and right together."""
PART = "laid"


class Weighing(OnGround, Multiplying, Protocol):
    """A reel whose window lays weights on an image."""


@dataclass(frozen=True, eq=False)
class WeighedInput(WindowInput):
    """A channel, with the window over it, and on each pixel under that its weight."""

    reel: Weighing

    def lenses(self, frame: Any) -> tuple[Lens, ...]:  # noqa: ANN401 - one of a filter
        """Return the window with its weights."""
        (window,) = super().lenses(frame)
        channel = frame.planes.index(self.plane) if self.plane in frame.planes else 0
        return (window._replace(laid=self._laid[frame.place[0]][channel]),)

    @cached_property
    def _laid(self) -> Sequence[Sequence[tuple[Tile, ...]]]:
        """Return the weights of each channel of each filter: all frames of one have the same."""
        numbers, channels = map(range, self.reel.layer.laid.shape[:2])
        return [[tuple(self._tiles(number, channel)) for channel in channels] for number in numbers]

    def _tiles(self, number: int, channel: int) -> Iterator[Tile]:
        """Yield the weights of a channel of a filter, counted from the window's corner."""
        down, across = self.ground.geometry.dilation
        weights = self.reel.layer.laid[number][channel]
        for row, column in product(*map(range, weights.shape)):
            text = self._grids.weight_text(number, channel, row, column) if self._fits else ""
            x, y, width, height = tile_box(0, row * down, column * across, 0)
            wide = self._width(channel, row, column) if self._fits else text_width("0", SIZE) + MARGIN
            box = x + width - wide, y + height - HEIGHT, wide, HEIGHT
            ink = weight_ink(weights[row, column].item())
            fill, on = ("hairline", "ink") if ink == "muted" else (ink, "paper")
            yield Tile(*box, fill, text, on, SIZE, PART)

    def _width(self, *place: int) -> float:
        """Return how wide the widest weight of any filter is at a place: on a page they share a tile."""
        numbers = range(len(self.reel.layer.laid))
        return max(text_width(self._grids.weight_text(n, *place), SIZE) for n in numbers) + MARGIN

    @cached_property
    def _grids(self) -> WeightGrids:
        return WeightGrids(self.reel)

    @cached_property
    def _fits(self) -> bool:
        """Tell whether every weight is short enough to stand on a pixel; colours can lie there alone."""
        numbers = range(len(self.reel.layer.laid))
        texts = (
            self._grids.weight_text(number, *place)
            for number in numbers
            for place in places(self.reel.layer.laid[number])
        )
        return all(text_width(text, SIZE) + MARGIN <= CELL - GAP for text in texts)
