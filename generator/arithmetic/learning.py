"""How a layer learns: its weights move against the gradient of the error that it makes.

The error is the mean of the squared differences between what the layer makes and what is wanted. How much a
weight has to do with it is told by the chain rule, backwards from the output (Rumelhart, Hinton and Williams,
"Learning representations by back-propagating errors", 1986): for a kernel, it is the image cross-correlated
with the error. Weights are meant as they lie on the window, and are of shape (O, C / groups, KH, KW).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from generator.arithmetic.activation import activated
from generator.arithmetic.exactness import Array, Floats
from generator.arithmetic.geometry import Geometry
from generator.arithmetic.layer import PLAIN, layer_products
from generator.errors import InvalidValue

ZERO = np.zeros(1)
"""What sums of arrays begin with."""


@dataclass(frozen=True, eq=False)
class Learner:
    """A layer whose weights can change."""

    weights: Floats
    """Shape (O, C / groups, KH, KW)."""
    bias: Floats | None = None
    """Shape (O,); None where there is none, and none is learned."""
    geometry: Geometry = PLAIN
    activation: Literal["relu"] | None = None

    def sight(self, example: "Example") -> "Sight":
        """Return what its filters see of an example.

        Raises `InvalidValue` like `layer_products`, and if another size is wanted than the layer makes.
        """
        windows = layer_products(example.image, self.weights, self.geometry)
        if windows.shape[:3] != example.wanted.shape:
            fact = f"the layer makes the shape {windows.shape[:3]}, and {example.wanted.shape} is wanted"
            raise InvalidValue(fact, key="wanted")
        each = len(self.weights) // self.geometry.groups
        groups = (np.moveaxis(windows.pixels(first), 0, 2) for first in range(0, len(self.weights), each))
        pixels = np.stack([group.reshape(group.shape[0] * group.shape[1], -1) for group in groups])
        return Sight(np.ascontiguousarray(pixels, np.float64), example.wanted.astype(np.float64))

    def moved(self, slope: "Slope", rate: float) -> "Learner":
        """Return the layer after one step downhill, as long as the rate times the gradient."""
        with np.errstate(over="ignore", invalid="ignore"):
            bias = None if self.bias is None or slope.bias is None else self.bias - rate * slope.bias
            return replace(self, weights=self.weights - rate * slope.weights, bias=bias)


@dataclass(frozen=True, eq=False)
class Example:
    """An image, and the output that is wanted for it."""

    image: Array
    """Shape (C, H, W)."""
    wanted: Array
    """Shape (O, OH, OW)."""


@dataclass(frozen=True, eq=False)
class Slope:
    """How large a layer's error is, and how it changes with each weight."""

    loss: float
    """The mean of all squared errors."""
    outputs: tuple[Array, ...]
    """What the layer makes of each image, shape (O, OH, OW)."""
    errors: tuple[Floats, ...]
    """By how much that is more than what is wanted, in the same shapes."""
    weights: Floats
    """The gradient of the loss, in the shape of the weights."""
    bias: Floats | None
    """The same of the bias, shape (O,); None where there is none."""


@dataclass(frozen=True, eq=False)
class Sight:
    """What the filters of a layer see of an example: the same at each step of a descent."""

    pixels: Floats
    """A window a row, shape (groups, OH × OW, C / groups × KH × KW)."""
    wanted: Floats
    """Shape (O, OH, OW)."""

    def sums(self, learner: Learner) -> Floats:
        """Return what the layer makes before the activation, shape (O, OH, OW)."""
        # Without BLAS, and with sums along one axis alone: those differ from machine to machine.
        rows = learner.weights.reshape(len(self.pixels), -1, self.pixels.shape[2])
        sums: Floats = (self.pixels[:, np.newaxis] * rows[:, :, np.newaxis]).sum(3).reshape(self.wanted.shape)
        return sums if learner.bias is None else sums + learner.bias[:, np.newaxis, np.newaxis]

    def weighed(self, pull: Floats) -> Floats:
        """Return the pixels that each weight meets, each times what pulls at its sum, added up a filter."""
        pulls = pull.reshape(len(self.pixels), -1, self.pixels.shape[1])
        added: Floats = (self.pixels[:, np.newaxis] * pulls[..., np.newaxis]).sum(2)
        return added.reshape(len(pull), -1)


def slope(learner: Learner, examples: Sequence[Example]) -> Slope:
    """Return the error of a layer over some examples, and its gradient.

    Where a sum is exactly 0, relu has the slope 0, as in PyTorch.

    Raises `InvalidValue` if there is no example, if one wants another size than the layer makes, and like
    `layer_products`.

    >>> example = Example(np.array([[[1.0, 2.0, 4.0]]]), np.array([[[1.0, 2.0]]]))
    >>> at_zero = slope(Learner(np.zeros((1, 1, 1, 2))), [example])
    >>> at_zero.loss, at_zero.weights.tolist()
    (2.5, [[[[-5.0, -10.0]]]])
    """
    return _slope(learner, _sights(learner, examples))


def _sights(learner: Learner, examples: Sequence[Example]) -> list[Sight]:
    if not examples:
        raise InvalidValue("there is no example to learn from", "Give it an image.", key="image")
    return list(map(learner.sight, examples))


def _slope(learner: Learner, sights: Sequence[Sight]) -> Slope:
    count = sum(sight.wanted.size for sight in sights)
    with np.errstate(over="ignore", invalid="ignore"):
        sums = [sight.sums(learner) for sight in sights]
        outputs = tuple(activated(each, learner.activation) for each in sums)
        errors = tuple(made - sight.wanted for made, sight in zip(outputs, sights, strict=True))
        loss = sum(float(np.square(error).sum()) for error in errors) / count
        pulls = [
            (error if learner.activation is None else np.where(before > 0, error, 0)) * (2 / count)
            for error, before in zip(errors, sums, strict=True)
        ]
        pairs = zip(sights, pulls, strict=True)
        weights = sum((sight.weighed(pull).reshape(learner.weights.shape) for sight, pull in pairs), ZERO)
        bias = None if learner.bias is None else sum((pull.sum((1, 2)) for pull in pulls), ZERO)
    return Slope(loss, outputs, errors, weights, bias)


def descent(
    learner: Learner, examples: Sequence[Example], rate: float, steps: int
) -> Iterator[tuple[Learner, Slope]]:
    """Yield a layer as it is to begin with and after each step of gradient descent, with its slope there.

    It ends early where a step leads to where numbers no longer are finite.

    >>> example = Example(np.array([[[1.0, 2.0]]]), np.array([[[3.0, 6.0]]]))
    >>> [round(at.loss, 6) for _, at in descent(Learner(np.zeros((1, 1, 1, 1))), [example], 0.1, 3)]
    [22.5, 5.625, 1.40625, 0.351562]
    """
    sights = _sights(learner, examples)
    for step in range(steps + 1):
        at = _slope(learner, sights)
        if not (np.isfinite(at.loss) and np.isfinite(at.weights).all()):
            return
        yield learner, at
        if step < steps:
            learner = learner.moved(at, rate)


def largest_stable_rate(learner: Learner, examples: Sequence[Example]) -> float:
    """Return the learning rate above which descent leads uphill, however near the lowest point it is.

    It is 2 over the largest curvature of the error, which is the same everywhere without an activation. With
    relu it is that of a layer none of whose sums are negative: any smaller rate is safe if nothing below 0 is
    wanted. Infinity where no weight has a say; rounded to twelve digits, for more differ between machines.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", 2016, section 4.3.1.

    Raises `InvalidValue` like `slope`.

    >>> example = Example(np.array([[[1.0, 2.0]]]), np.array([[[3.0, 6.0]]]))
    >>> largest_stable_rate(Learner(np.zeros((1, 1, 1, 1))), [example])
    0.4
    """
    sights = _sights(learner, examples)
    count = sum(sight.wanted.size for sight in sights)
    curvature = 0.0
    for group in range(learner.geometry.groups):  # filters of a group see the same pixels
        rows = np.concatenate([sight.pixels[group] for sight in sights])
        if learner.bias is not None:
            rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
        curvature = max(curvature, float(np.linalg.norm(rows, 2)) ** 2)
    return float(f"{count / curvature:.12g}") if curvature else float("inf")
