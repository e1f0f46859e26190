"""One frame of a transposed scene: a pixel times the kernel is the patch that is added to the output."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.input_panel import InputPanel
from generator.drawing.marks import (
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    MIDDLE,
    SIGN_SIZE,
    SIGN_WIDTH,
    Cell,
    Mark,
    Words,
    fitting,
    label,
    text_width,
    tile_box,
)
from generator.drawing.numbers import pixel_colours, product_text, signed, tint, values_in, weight_ink
from generator.drawing.panels import Lens
from generator.drawing.sum_panel import BETWEEN_CHANNELS, places
from generator.scenes import Frame, Reel, number_text


@dataclass(frozen=True, eq=False)
class SpreadPanel:
    """A pixel, the kernel, and the patch that they make; a row for each output that the pixel reaches."""

    reel: Reel

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
        for start, name in zip(self.starts, ("pixel", "kernel", "patch"), strict=True):
            yield label(start, name)
        for plane in range(len(self.reel.frames[0].planes)):
            y = self._top(plane) + self.reel.kernel_size[0] * CELL / 2 + SIGN_SIZE * MIDDLE
            for start, sign in zip(self.starts[1:], ("×", "="), strict=True):
                yield Words(start - SIGN_WIDTH / 2, y, sign, "muted", SIGN_SIZE, "middle")
        if len(self.reel.input) == 1:
            yield from self._weights(self.reel.frames[0])

    def _weights(self, frame: Frame) -> Iterator[Mark]:
        number = self.reel.filter_of(frame)
        weights = self.reel.window_kernel[number]
        for plane, row, column in places(weights):
            box = tile_box(self.starts[1], row, column, self._top(plane))
            text = self.weight_text(number, plane, row, column)
            ink = weight_ink(weights[plane, row, column].item())
            yield Cell(*box, "paper", text, ink, self.weight_size, "weight")

    def weight_text(self, number: int, plane: int, row: int, column: int) -> str:
        """Return a weight as it stands on its tile."""
        return signed(self.reel.weight_texts[number][plane][row][column], self.reel.window_kernel.min())

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield nothing: every patch begins anew."""
        yield from ()

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield the pixel and its patch."""
        if len(self.reel.input) > 1:
            yield from self._weights(frame)
        fill, ink = pixel_colours(self.reel, frame.sum)
        yield Cell(*self._pixel_box, fill, number_text(frame.sum), ink, self.pixel_size, "factor")
        for plane, row, column in places(frame.products):
            value = frame.products[plane, row, column].item()
            box = tile_box(self.starts[2], row, column, self._top(plane))
            fill = tint(value, self.reel.largest_product)
            yield Cell(*box, fill, product_text(self.reel, value), "ink", self.product_size, "product")

    def lenses(self, frame: Frame) -> tuple[Lens, ...]:
        """Return nothing: the patch has its window in the output."""
        return ()

    @property
    def pixel_size(self) -> float:
        """Return the size of the pixel's number, the same as in the input."""
        return InputPanel(self.reel).number_size

    @cached_property
    def weight_size(self) -> float:
        """Return the size at which every weight fits its tile."""
        texts, least = self.reel.weight_texts, self.reel.window_kernel.min()
        return fitting(
            signed(text, least) for planes in texts for plane in planes for row in plane for text in row
        )

    @cached_property
    def product_size(self) -> float:
        """Return the size at which every number of every patch fits its tile."""
        values = values_in(frame.products for frame in self.reel.frames)
        return fitting(product_text(self.reel, value) for value in values)
