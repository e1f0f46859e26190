"""The stage of a window that slides: every channel, the sum, every feature map. Or a photograph of it."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.numbers import shade_colours, tint
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.laid import WeighedInput
from generator.drawing.panels.map import FilledMap
from generator.drawing.panels.sum import SumPanel
from generator.drawing.stages.one_layer import LayerStage
from generator.drawing.stages.photograph import PhotographStage
from generator.drawing.stages.stage import Stage
from generator.scenes.kinds.answer_scale import WHITE
from generator.scenes.kinds.sliding import SlidingReel


@dataclass(frozen=True, eq=False)
class SlidingStage(LayerStage):
    """Every number of a reel."""

    reel: SlidingReel
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose sum and cell stay empty."""

    @cached_property
    def inputs(self) -> tuple[WeighedInput, ...]:
        """Return a panel for each channel."""
        return tuple(WeighedInput(self.reel, plane) for plane in range(len(self.reel.image)))

    @cached_property
    def work(self) -> SumPanel:
        """Return the sum."""
        return SumPanel(self.reel, self.inputs, self.colours, self.sum_colours, self.blanks)

    @cached_property
    def maps(self) -> tuple[FilledMap, ...]:
        """Return a panel for each filter."""
        filters = range(len(self.reel.output))
        return tuple(FilledMap(self.reel, plane, self.colours, self.blanks) for plane in filters)

    def colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of an answer, and of the number on it: its sign and its size."""
        return self._colours(value, self.reel.answer_scale.largest_output)

    def sum_colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of a sum, and of the number on it."""
        return self._colours(value, self.reel.answer_scale.largest_sum)

    def _colours(self, value: float, largest: float) -> tuple[str, str]:
        """Return a sign and a size; or a brightness, which pixels make when no weight is negative."""
        is_signed = self.reel.answer_scale.has_signed_sums or self.reel.activation
        return (tint(value, largest), "ink") if is_signed else shade_colours(value, *self._shades)

    @cached_property
    def _shades(self) -> tuple[float, float]:
        """Return the darkest and the brightest number: those of the image, unless answers go beyond them."""
        low, high = self.reel.ground.pixel_range
        return min(low, self.reel.output.min().item()), max(high, self.reel.output.max().item())


@dataclass(frozen=True, eq=False)
class SlidingPhotographStage(PhotographStage):
    """A photograph, the sum of one frame, and a picture for each filter."""

    reel: SlidingReel
    blanks: Set[int] = frozenset()

    @cached_property
    def work(self) -> SumPanel:
        """Return the sum."""
        inputs = tuple(InputPanel(self.reel, plane) for plane in range(len(self.reel.image)))
        return SumPanel(self.reel, inputs, self.colours, self.sum_colours, self.blanks, folds=True)

    def sum_colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of a sum, which may have a sign where the answers have none."""
        scale = self.reel.answer_scale
        if scale.has_signed_sums:
            return tint(value, scale.largest_sum), "ink"
        return shade_colours(value / scale.largest_sum * WHITE, *self.reel.ground.pixel_range)


def sliding_stage(reel: SlidingReel, blanks: Set[int]) -> Stage:
    """Return the stage of a reel: with every number on it, or as a photograph."""
    return SHOWN[reel.scene.showing.name](reel, blanks)


SHOWN = {"numbers": SlidingStage, "photograph": SlidingPhotographStage}
"""The stages of the two ways to show a scene."""
