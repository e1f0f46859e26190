"""The stage of a magnitude: the image, two kernels, and a map of roots. Or a photograph of it."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.panels.magnitude import MagnitudePanel
from generator.drawing.stages.photograph import PhotographStage
from generator.drawing.stages.sliding import SlidingStage, WindowInput
from generator.drawing.stages.stage import Stage
from generator.scenes.kinds.magnitude import MagnitudeReel
from generator.scenes.numerals import size_text


@dataclass(frozen=True, eq=False)
class MagnitudeInput(WindowInput):
    """The image, which both kernels see."""

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return f"input {size_text(*self.ground.size)}{self._around}"


@dataclass(frozen=True, eq=False)
class MagnitudeStage(SlidingStage):
    """Every number of a reel."""

    reel: MagnitudeReel

    @cached_property
    def inputs(self) -> tuple[WindowInput, ...]:
        """Return the image."""
        return (MagnitudeInput(self.reel),)

    @cached_property
    def work(self) -> MagnitudePanel:
        """Return what the two kernels make."""
        return MagnitudePanel(self.reel, self.inputs * 2, self.colours, self.colours, self.blanks)


@dataclass(frozen=True, eq=False)
class MagnitudePhotographStage(PhotographStage):
    """A photograph, and a picture of the roots."""

    reel: MagnitudeReel

    @cached_property
    def work(self) -> MagnitudePanel:  # type: ignore[override]  # counts no sum on the way
        """Return what the two kernels make."""
        inputs = (MagnitudeInput(self.reel),) * 2
        return MagnitudePanel(self.reel, inputs, self.colours, self.colours, self.blanks)


def magnitude_stage(reel: MagnitudeReel, blanks: Set[int]) -> Stage:
    """Return the stage of a reel: with every number on it, or as a photograph."""
    return SHOWN[reel.scene.showing.name](reel, blanks)


SHOWN = {"numbers": MagnitudeStage, "photograph": MagnitudePhotographStage}
"""The stages of the two ways to show a scene."""
