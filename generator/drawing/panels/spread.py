"""One frame of a transposed scene: a pixel times the kernel is the patch that is added to the output."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.marks import (
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    SIGN_WIDTH,
    Mark,
    Tile,
    Words,
    label,
    text_width,
)
from generator.drawing.numbers import tile_colours
from generator.drawing.panels.grids import BETWEEN_CHANNELS, WeightGrids
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.panel import Weights, WorkPanel
from generator.drawing.panels.signs import Signs, sign_before
from generator.scenes.equations import equals
from generator.scenes.kinds.spreading import PatchFrame, SpreadingReel


@dataclass(frozen=True, eq=False)
class SpreadPanel(WorkPanel):
    """A pixel, the kernel, and the patch that they make; a row for each output that the pixel reaches."""

    reel: SpreadingReel
    inputs: Sequence[InputPanel]
    """The channels of the image."""

    @cached_property
    def grids(self) -> WeightGrids:
        """Return the grids that stand in the columns."""
        return WeightGrids(self.reel)

    @property
    def starts(self) -> tuple[float, ...]:
        """Return where the pixel, the kernel and the patch begin."""
        kernel = BORDER + text_width("pixel", LABEL_SIZE) + SIGN_WIDTH
        slot = max(self.reel.kernel_size[1] * CELL, text_width("kernel", LABEL_SIZE)) + SIGN_WIDTH
        return BORDER, kernel, kernel + slot

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        patch = max(self.reel.kernel_size[1] * CELL, text_width("patch", LABEL_SIZE))
        return self.starts[2] + patch + BORDER, self._bottom + BORDER

    @property
    def _bottom(self) -> float:
        return self._top(len(self.reel.frames[0].planes)) - BETWEEN_CHANNELS

    def _top(self, plane: int) -> float:
        return LABEL + plane * (self.reel.kernel_size[0] * CELL + BETWEEN_CHANNELS)

    @property
    def _pixel_box(self) -> tuple[float, float, float, float]:
        x = self.starts[0] + text_width("pixel", LABEL_SIZE) / 2 - CELL / 2 + GAP / 2
        return x, (LABEL + self._bottom) / 2 - CELL / 2 + GAP / 2, CELL - GAP, CELL - GAP

    def still(self) -> Iterator[Mark]:
        """Yield the labels and the signs; the weights too where no frame changes them."""
        for start, name in zip(self.starts, ("pixel", self.grids.kernel_name, "patch"), strict=True):
            yield label(start, name)
        yield from self.signs.still()
        if len(self.reel.image) == 1:
            yield from self._weights(self.reel.frames[0])

    @cached_property
    def signs(self) -> Signs:
        """Return the signs before the kernel and the patch."""
        return Signs(tuple(tuple(self._signs(frame)) for frame in self.reel.frames))

    def _signs(self, frame: PatchFrame) -> Iterator[Words]:
        for plane, multiplies in enumerate(self.reel.equations_of(frame.number).multiply):
            middle = self._top(plane) + self.reel.kernel_size[0] * CELL / 2
            for start, sign in zip(self.starts[1:], ("×", equals(multiplies)), strict=True):
                yield sign_before(start, middle, sign)

    def _weights(self, frame: PatchFrame) -> Iterator[Mark]:
        yield from self.grids.weights(self.reel.filter_of(frame), self.starts[1], self._top)

    @property
    def weights(self) -> Sequence[Weights]:
        """Return what is shown for each channel that spreads, where there are several."""
        several = len({self.reel.filter_of(frame) for frame in self.reel.frames}) > 1
        return self.grids.told(lambda _: "") if several else ()

    def moving(self, frame: PatchFrame) -> Iterator[Mark]:
        """Yield the pixel and its patch."""
        if len(self.reel.image) > 1:
            yield from self._weights(frame)
        fill, ink = tile_colours(frame.value, self.reel.greys)
        text, size = self.reel.number_text(frame.value), self.inputs[0].number_size
        yield Tile(*self._pixel_box, fill, text, ink, size, "factor")
        yield from self.grids.products(frame, self.starts[2], self._top)
        yield from self.signs.moving(frame)

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""
        return min(self.inputs[0].number_size, self.grids.number_size)
