"""The stage of a window that slides: every channel, the sum, every feature map. Or a photograph of it."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.numbers import tile_colours
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.laid import WeighedInput
from generator.drawing.panels.map import FilledMap
from generator.drawing.panels.sum import SumPanel
from generator.drawing.stages.one_layer import LayerStage
from generator.drawing.stages.photograph import PhotographStage
from generator.drawing.stages.stage import Stage
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

    def sum_colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of a sum, and of the number on it."""
        return tile_colours(value, self.reel.sum_tone)


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
        return tile_colours(value, self.reel.sum_tone)


def sliding_stage(reel: SlidingReel, blanks: Set[int]) -> Stage:
    """Return the stage of a reel: with every number on it, or as a photograph."""
    return SHOWN[reel.scene.showing.name](reel, blanks)


SHOWN = {"numbers": SlidingStage, "photograph": SlidingPhotographStage}
"""The stages of the two ways to show a scene."""
