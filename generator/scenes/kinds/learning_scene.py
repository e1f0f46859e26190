"""What a scene that learns declares, and the steps of its descent."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generator.arithmetic import Example, Learner, Slope, descent, largest_stable_rate
from generator.scenes.kernel import SceneKernel
from generator.scenes.layers.filters import FilterLayer
from generator.scenes.scene import Scene


@dataclass(frozen=True, eq=False)
class Moment:
    """The layer after some steps."""

    step: int
    learner: Learner
    slope: Slope


@dataclass(frozen=True, eq=False, kw_only=True)
class LearningScene(Scene):
    """A layer, what it learns from, and how."""

    layer: FilterLayer
    """As it is to begin with."""
    learns_bias: bool
    imitated: SceneKernel | None
    """The kernel whose maps are wanted, with all four axes; None where the author wrote the map."""
    examples: tuple[Example, ...]
    """The first is the image that is shown."""
    rate: float
    steps: int
    shown: tuple[int, ...]
    """The steps that have a frame, as far as it comes."""

    @property
    def learner(self) -> Learner:
        """Return the layer as it is to begin with."""
        bias = self.layer.bias.astype(np.float64) if self.learns_bias else None
        activates = self.layer.activation is not None
        weights = self.layer.values.astype(np.float64)
        return Learner(weights, bias, self.layer.geometry, "relu" if activates else None)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Return the steps that are shown; where numbers end before the last, the last that has any."""
        shown, moments = set(self.shown), []
        for step, (learner, slope) in enumerate(descent(self.learner, self.examples, self.rate, self.steps)):
            latest = Moment(step, learner, slope)
            if step in shown:
                moments.append(latest)
        return (*moments, *([latest] if latest.step not in shown else []))

    @cached_property
    def largest_stable_rate(self) -> float:
        """Return the rate above which descent leads uphill."""
        return largest_stable_rate(self.learner, self.examples)
