"""The stage of a magnitude: the image, two kernels, and a map of roots. Or a photograph of it."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.panels.input import InputPanel, WindowInput
from generator.drawing.panels.magnitude import MagnitudePanel
from generator.drawing.panels.map import FilledMap
from generator.drawing.stages.one_layer import LayerStage
from generator.drawing.stages.photograph import PhotographStage
from generator.drawing.stages.stage import Stage
from generator.scenes.kinds.magnitude import MagnitudeReel


@dataclass(frozen=True, eq=False)
class MagnitudeStage(LayerStage):
    """Every number of a reel."""

    reel: MagnitudeReel

    @cached_property
    def inputs(self) -> tuple[WindowInput, ...]:
        """Return the image."""
        return (WindowInput(self.reel),)

    @cached_property
    def work(self) -> MagnitudePanel:
        """Return what the two kernels make."""
        return MagnitudePanel(self.reel, self.inputs[0], self.colours)

    @cached_property
    def maps(self) -> tuple[FilledMap, ...]:
        """Return the map of roots."""
        return (FilledMap(self.reel, 0, self.colours),)


@dataclass(frozen=True, eq=False)
class MagnitudePhotographStage(PhotographStage):
    """A photograph, and a picture of the roots."""

    reel: MagnitudeReel

    @cached_property
    def work(self) -> MagnitudePanel:
        """Return what the two kernels make."""
        return MagnitudePanel(self.reel, InputPanel(self.reel), self.colours)


def magnitude_stage(reel: MagnitudeReel, _blanks: Set[int]) -> Stage:
    """Return the stage of a reel: with every number on it, or as a photograph."""
    return SHOWN[reel.scene.showing.name](reel)


SHOWN = {"numbers": MagnitudeStage, "photograph": MagnitudePhotographStage}
"""The stages of the two ways to show a scene."""
