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
from generator.arithmetic.exactness import Array, Floats, Numbers
from generator.arithmetic.geometry import Geometry
from generator.arithmetic.layer import PLAIN, LayerProducts, layer_output, layer_products
from generator.errors import InvalidValue


@dataclass(frozen=True, eq=False)
class Learner:
    """A layer whose weights can change."""

    weights: Floats
    """Shape (O, C / groups, KH, KW)."""
    bias: Floats | None = None
    """Shape (O,); None where there is none, and none is learned."""
    geometry: Geometry = PLAIN
    activation: Literal["relu"] | None = None

    def sums(self, image: Numbers) -> Array:
        """Return what it makes of an image of shape (C, H, W) before the activation, shape (O, OH, OW)."""
        return layer_output(image, self.weights, self.geometry, self.bias)

    def windows(self, image: Numbers) -> LayerProducts:
        """Return the pixels that its filters see of an image of shape (C, H, W)."""
        return layer_products(image, self.weights, self.geometry)

    def moved(self, slope: "Slope", rate: float) -> "Learner":
        """Return the layer after one step downhill, as long as the rate times the gradient."""
        with np.errstate(over="ignore", invalid="ignore"):
            bias = None if self.bias is None or slope.bias is None else self.bias - rate * slope.bias
            return replace(self, weights=self.weights - rate * slope.weights, bias=bias)


@dataclass(frozen=True, eq=False)
class Example:
    """An image, and the output that is wanted for it."""

    image: Numbers
    """Shape (C, H, W)."""
    wanted: Numbers
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
    sums = _sums(learner, examples)
    outputs = tuple(activated(each, learner.activation) for each in sums)
    errors = tuple(_error(*pair) for pair in zip(outputs, examples, strict=True))
    count = sum(error.size for error in errors)
    with np.errstate(over="ignore", invalid="ignore"):
        loss = sum(float(np.square(error).sum()) for error in errors) / count
        pulls = [
            (error if learner.activation is None else np.where(before > 0, error, 0)) * (2 / count)
            for error, before in zip(errors, sums, strict=True)
        ]
        weights = sum(
            (_weights_of(learner, *pair) for pair in zip(examples, pulls, strict=True)),
            np.zeros_like(learner.weights),
        )
        bias = None if learner.bias is None else sum(pull.sum((1, 2)) for pull in pulls)
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
    for step in range(steps + 1):
        at = slope(learner, examples)
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
    count = sum(sums.size for sums in _sums(learner, examples))
    each = len(learner.weights) // learner.geometry.groups
    curvature = 0.0
    for number in range(0, len(learner.weights), each):  # filters of a group see the same pixels
        rows = np.concatenate([_pixels(learner, example.image, number) for example in examples])
        if learner.bias is not None:
            rows = np.concatenate([rows, np.ones((len(rows), 1))], axis=1)
        curvature = max(curvature, float(np.linalg.norm(rows, 2)) ** 2)
    return float(f"{count / curvature:.12g}") if curvature else float("inf")


def _sums(learner: Learner, examples: Sequence[Example]) -> tuple[Array, ...]:
    """Return what a layer makes of each image before the activation."""
    if not examples:
        raise InvalidValue("there is no example to learn from", "Give it an image.", key="image")
    sums = tuple(learner.sums(example.image) for example in examples)
    for made, example in zip(sums, examples, strict=True):
        if made.shape != example.wanted.shape:
            fact = f"the layer makes the shape {made.shape}, and {example.wanted.shape} is wanted"
            raise InvalidValue(fact, key="wanted")
    return sums


def _error(made: Array, example: Example) -> Floats:
    error: Floats = np.subtract(made, example.wanted, dtype=np.float64)
    return error


def _weights_of(learner: Learner, example: Example, pull: Floats) -> Floats:
    """Return what one example adds to the gradient: its windows, each times what pulls at its output."""
    windows = learner.windows(example.image)
    # Without BLAS, whose sums differ from machine to machine.
    made: Floats = np.stack(
        [
            np.einsum("crqij,rq->cij", windows.pixels(number), pull[number], dtype=np.float64)
            for number in range(len(pull))
        ]
    )
    return made


def _pixels(learner: Learner, image: Numbers, number: int) -> Floats:
    """Return the pixels that a filter sees at every window, a window a row."""
    seen = np.moveaxis(learner.windows(image).pixels(number), 0, 2)
    made: Floats = seen.reshape(seen.shape[0] * seen.shape[1], -1).astype(np.float64)
    return made
