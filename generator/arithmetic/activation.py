"""What becomes of an answer: relu and its kin, the two curves that flatten out, and the range of a picture.

Names and meanings are those of `torch.nn`; "clamp" is `torch.clamp` to the greys of a picture.
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, get_args

import numpy as np

from generator.arithmetic.exactness import Array, is_whole, largest, require_int64
from generator.errors import InvalidValue, shortened, suggestion

Activation: TypeAlias = Literal["relu", "leaky-relu", "sigmoid", "tanh", "abs", "clamp"]

ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)

LEAK = 100
"""What "leaky-relu" divides a number below zero by: its slope there is 0.01."""

GREYS = (0, 255)
"""The least and the largest number that "clamp" lets pass."""


def activated(values: Array, activation: Activation | None) -> Array:
    """Return what an activation makes of values, in the same shape and without a sign before zero.

    "relu" turns those below 0 into 0, "leaky-relu" into a hundredth; "sigmoid" is 1 / (1 + e⁻ˣ); "abs" drops
    the sign; "clamp" turns those below 0 into 0 and those above 255 into 255. Whole values stay whole, but
    for "leaky-relu", "sigmoid" and "tanh", which give float64. Not-a-number stays what it is.

    Raises `InvalidValue` if the activation is unknown, and if int64 cannot hold a magnitude.

    >>> activated(np.array([-2, 3]), "relu").tolist(), activated(np.array([-2, 3]), "leaky-relu").tolist()
    ([0, 3], [-0.02, 3.0])
    """
    if activation is None:
        return values
    if activation not in ACTIVATIONS:
        fact = f'unknown activation "{shortened(str(activation))}"'
        raise InvalidValue(fact, suggestion(str(activation), ACTIVATIONS), key="activation")
    made = MAKERS[activation](values)
    # Zero has no sign on a page: −0 + 0 is 0.
    return np.add(made, made.dtype.type(0))


def _relu(values: Array) -> Array:
    return np.maximum(values, values.dtype.type(0))


def _leaky_relu(values: Array) -> Array:
    # Divided, whole numbers are rounded once; 0.01 itself is no float64.
    return np.where(values < 0, values / LEAK, values)


def _sigmoid(values: Array) -> Array:
    # e to the power of no more than 0 cannot overflow.
    small = np.exp(-np.abs(values.astype(np.float64)))
    return np.where(values < 0, small, 1.0) / (1.0 + small)


def _tanh(values: Array) -> Array:
    return np.tanh(values.astype(np.float64))


def _absolute(values: Array) -> Array:
    if is_whole(values):
        require_int64(largest(values))
    return np.abs(values)


def _clamp(values: Array) -> Array:
    return np.clip(values, *GREYS)


MAKERS: Mapping[Activation, Callable[[Array], Array]] = {
    "relu": _relu,
    "leaky-relu": _leaky_relu,
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "abs": _absolute,
    "clamp": _clamp,
}
