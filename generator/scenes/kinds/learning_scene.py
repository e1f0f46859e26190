"""What a scene that learns declares, and the steps of its descent, one a frame."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from generator.arithmetic import (
    Array,
    Example,
    Learner,
    Pair,
    Slope,
    cut_off,
    descent,
    largest_stable_rate,
    layer_output,
)
from generator.scenes.frozen import frozen
from generator.scenes.kernel import SceneKernel
from generator.scenes.layers.filters import FilterLayer
from generator.scenes.reel import Frame
from generator.scenes.scene import Cell, Scene


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
        return _learner(self.layer, learns_bias=self.learns_bias)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Return the steps that are shown; where numbers end before the last, the last that has any."""
        return _moments(self.layer, self.learns_bias, self.examples, self.rate, self.steps, self.shown)

    @cached_property
    def largest_stable_rate(self) -> float:
        """Return the rate above which descent leads uphill."""
        return largest_stable_rate(self.learner, self.examples)


def _learner(layer: FilterLayer, *, learns_bias: bool) -> Learner:
    bias = layer.bias.astype(np.float64) if learns_bias else None
    activates = layer.activation is not None
    return Learner(layer.values.astype(np.float64), bias, layer.geometry, "relu" if activates else None)


@lru_cache(maxsize=4)  # the scene is copied with its warnings, its title and its version: it descends once
def _moments(  # noqa: PLR0913, PLR0917 - all that decides a descent
    layer: FilterLayer,
    learns_bias: bool,
    examples: tuple[Example, ...],
    rate: float,
    steps: int,
    shown: tuple[int, ...],
) -> tuple[Moment, ...]:
    moments: list[Moment] = []
    for step, (learner, slope) in enumerate(
        descent(_learner(layer, learns_bias=learns_bias), examples, rate, steps)
    ):
        latest = Moment(step, learner, slope)
        if step in shown:
            moments.append(latest)
    return (*moments, *([latest] if latest.step not in shown else []))


@dataclass(frozen=True, eq=False, kw_only=True)
class LearningFrame(Frame):
    """The layer after some steps; `value` is its loss."""

    step: int
    weights: Array
    """Shape (O, C / groups, KH, KW)."""
    bias: Array | None
    """Shape (O,); None where none is learned."""
    output: Array
    """What the layer makes of the image that is shown, shape (O, OH, OW)."""
    error: Array
    """By how much that is more than what is wanted."""
    gradient: Array
    """How the loss changes with each weight, in the shape of the weights."""
    bias_gradient: Array | None
    move: Array
    """What the next step adds to each weight."""
    place: Cell
    """Where the first filter is most wrong: (0, row, column)."""
    window: Pair
    """The corner of the window there, below 0 inside the padding."""
    planes: range
    """The channels that the first filter sees."""

    @property
    def loss(self) -> float:
        """Return the mean of all squared errors."""
        return self.value

    @property
    def errors(self) -> Mapping[Cell, float]:
        """Return the error of every cell of the output."""
        return _by_cell(self.error)


def learning_frames(scene: LearningScene) -> Iterator[LearningFrame]:
    """Yield a frame for each step that is shown."""
    for number, moment in enumerate(scene.moments, 1):
        yield _frame(scene, number, moment)


def _frame(scene: LearningScene, number: int, moment: Moment) -> LearningFrame:
    learner, slope = moment.learner, moment.slope
    output, error = slope.outputs[0], slope.errors[0]
    _, row, column = np.unravel_index(np.abs(error[0]).argmax(), (1, *error.shape[1:]))
    return LearningFrame(
        number=number,
        value=slope.loss,
        changes=_by_cell(output),
        cut=_cut(scene, learner),
        step=moment.step,
        weights=frozen(learner.weights),
        bias=learner.bias,
        output=frozen(output),
        error=frozen(error),
        gradient=frozen(slope.weights),
        bias_gradient=slope.bias,
        move=frozen(-scene.rate * slope.weights),
        place=(0, int(row), int(column)),
        window=scene.layer.geometry.window(int(row), int(column)),
        planes=scene.layer.channels_of(0),
    )


def _by_cell(maps: Array) -> Mapping[Cell, float]:
    cells = ((plane, row, column) for plane, row, column in np.ndindex(*maps.shape))
    return dict(zip(cells, maps.ravel().tolist(), strict=True))


def _cut(scene: LearningScene, learner: Learner) -> frozenset[Cell]:
    """Return the cells whose sum relu has cut off."""
    if learner.activation is None:
        return frozenset()
    sums = layer_output(scene.image, learner.weights, learner.geometry, learner.bias)
    places = np.argwhere(cut_off(sums, learner.activation)).tolist()
    return frozenset((filter_, row, column) for filter_, row, column in places)
