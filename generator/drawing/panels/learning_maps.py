"""The grids of a scene that learns: the image under its kernel, what is wanted and made, and the error."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, ClassVar

from generator.drawing.marks import CELL, GAP, Mark, Tile, fitting, text_width, tile_box
from generator.drawing.numbers import signed, values_in, weight_ink
from generator.drawing.panels.input import WindowInput, single_cell
from generator.drawing.panels.laid import HEIGHT, MARGIN, PART, SIZE
from generator.drawing.panels.map import MapPanel
from generator.drawing.panels.panel import Lens
from generator.scenes import Frame
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_scene import LearningFrame
from generator.scenes.scene import Cell


@dataclass(frozen=True, eq=False)
class LearningInput(WindowInput):
    """A channel, with the window where the kernel is most wrong, and on each pixel its weight then."""

    reel: LearningReel

    def lenses(self, frame: Any) -> tuple[Lens, ...]:  # noqa: ANN401 - a step
        """Return the window with its weights."""
        (window,) = super().lenses(frame)
        return (window._replace(laid=tuple(self._laid(frame))),)

    def _laid(self, frame: LearningFrame) -> Iterator[Tile]:
        """Yield the first filter's weights, counted from the window's corner."""
        down, across = self.ground.geometry.dilation
        channel = frame.planes.index(self.plane) if self.plane in frame.planes else 0
        weights = frame.weights[0, channel]
        for row, column in product(*map(range, weights.shape)):
            weight = weights[row, column].item()
            x, y, width, height = tile_box(0, row * down, column * across, 0)
            box = x + width - self._width, y + height - HEIGHT, self._width, HEIGHT
            text = signed(self.reel.weight_text(weight), -1) if self._fits else ""
            ink = weight_ink(weight)
            fill, on = ("hairline", "ink") if ink == "muted" else (ink, "paper")
            yield Tile(*box, fill, text, on, SIZE, PART)

    @cached_property
    def _longest(self) -> float:
        """Return how wide the widest weight of any step is."""
        weights = values_in(frame.weights[0] for frame in self.reel.frames)
        return max(text_width(signed(self.reel.weight_text(weight), -1), SIZE) for weight in weights) + MARGIN

    @property
    def _fits(self) -> bool:
        """Tell whether every weight is short enough to stand on a pixel; colours can lie there alone."""
        return self._longest <= CELL - GAP

    @property
    def _width(self) -> float:
        return self._longest if self._fits else text_width("0", SIZE) + MARGIN


@dataclass(frozen=True, eq=False)
class LearningMap(MapPanel):
    """One of the maps, with a mark where the kernel is most wrong."""

    reel: LearningReel

    def lenses(self, frame: LearningFrame) -> tuple[Lens, ...]:
        """Return the mark."""
        plane, *cell = frame.place
        return (self.lens(cell, single_cell("target"), shown=self.plane == plane),)

    @property
    def has_legend(self) -> bool:
        """Return that there is none: every tile has its number, and four grids leave no room."""
        return False

    @property
    def name(self) -> str:
        """Return the panel's label; of several it leaves out how large they are."""
        return super().name if len(self.reel.output) == 1 else f"{self.numbered} {self.plane + 1}"

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every number of all maps fits its cell."""
        errors = (frame.error for frame in self.reel.frames)
        outputs = (frame.output for frame in self.reel.frames)
        return fitting(map(self.reel.answer_text, values_in([self.reel.wanted, *errors, *outputs])))


class PredictionMap(LearningMap):
    """What the kernel makes of the image."""

    alone: ClassVar[str] = "prediction"
    numbered: ClassVar[str] = "prediction"


class ErrorMap(LearningMap):
    """By how much that is more than what is wanted."""

    alone: ClassVar[str] = "error"
    numbered: ClassVar[str] = "error"

    def filled(self, frame: LearningFrame) -> Mapping[Cell, float]:
        """Return the error in each cell."""
        return frame.errors

    def cut(self, _frame: Frame) -> Set[Cell]:
        """Return nothing: the predictions show what was cut off."""
        return frozenset()


class WantedMap(LearningMap):
    """What is wanted."""

    alone: ClassVar[str] = "wanted"
    numbered: ClassVar[str] = "wanted"

    def begun(self, row: int, column: int) -> Iterable[Mark]:
        """Return the number that is wanted in a cell."""
        value = self.reel.wanted[self.plane, row, column].item()
        fill, ink = self.colours(value)
        return (Tile(*self.box(row, column), fill, self.reel.answer_text(value), ink, self.number_size),)

    def filled(self, _frame: LearningFrame) -> Mapping[Cell, float]:
        """Return nothing: what is wanted stays the same."""
        return {}
