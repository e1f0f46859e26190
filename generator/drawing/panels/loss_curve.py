"""The loss of a scene that learns as a curve: a place for each frame, a power of ten between two lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10

from generator.drawing.marks import BORDER, MIDDLE, Line, Mark, Outline, Words, text_width
from generator.drawing.panels.panel import Lens
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_scene import LearningFrame
from generator.scenes.numerals import significant_text

SIZE = 20
"""Of the numbers beside the curve."""
POINT = 10
"""The side of the mark on the curve."""
THICKNESS = 2.5
MOST_DECADES = 8
"""What is smaller by more powers of ten lies on the ground."""
MOST_LINES = 4
"""Across the curve, with as many powers of ten between two of them as it takes."""


@dataclass(frozen=True, eq=False)
class LossCurve:
    """The curve in a box whose upper left corner is (x, y); the numbers beside it stand left of that."""

    reel: LearningReel
    x: float
    y: float
    width: float
    height: float

    @property
    def scale_width(self) -> float:
        """Return how much room the numbers beside it take."""
        return max(text_width(text, SIZE) for _, text in self._lines) + BORDER

    def still(self) -> Iterator[Mark]:
        """Yield the lines across it, with the losses that they stand for."""
        for power, text in self._lines:
            y = self._down(power)
            yield Line(self.x, y, self.width, 0)
            yield Words(self.x - BORDER, y + MIDDLE * SIZE, text, "muted", SIZE, "end")

    def lasting(self, frame: LearningFrame) -> Iterator[Mark]:
        """Yield the way from the step before."""
        if frame.number > 1:
            x, y = self._points[frame.number - 2]
            to_x, to_y = self._points[frame.number - 1]
            yield Line(x, y, to_x - x, to_y - y, "ink", THICKNESS, "lit", frame.number)

    def lens(self, frame: LearningFrame) -> Lens:
        """Return the mark on the curve."""
        x, y = self._points[frame.number - 1]
        mark = Outline(0, 0, POINT, POINT, thickness=3, part="point")
        return Lens(x - POINT / 2, y - POINT / 2, (mark,))

    @cached_property
    def _points(self) -> list[tuple[float, float]]:
        losses = [frame.loss for frame in self.reel.frames]
        apart = self.width / max(1, len(losses) - 1)
        powers = (log10(loss) if loss else self._powers[0] for loss in losses)
        return [(self.x + at * apart, self._down(power)) for at, power in enumerate(powers)]

    def _down(self, power: float) -> float:
        """Return how far down a power of ten lies."""
        lowest, highest = self._powers
        return self.y + self.height * (highest - max(power, lowest)) / (highest - lowest)

    @cached_property
    def _powers(self) -> tuple[int, int]:
        """Return the powers of ten between which the curve lies."""
        powers = [log10(frame.loss) for frame in self.reel.frames if frame.loss] or [0.0]
        highest = ceil(max(powers))
        return min(max(floor(min(powers)), highest - MOST_DECADES), highest - 1), highest

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """Return the powers of ten that have a line, each with its number."""
        lowest, highest = self._powers
        every = ceil((highest - lowest) / MOST_LINES)
        return [(power, significant_text(10.0**power, 1)) for power in range(highest, lowest - 1, -every)]
