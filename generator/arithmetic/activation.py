"""What becomes of an answer: relu and its kin, the two curves that flatten out, and the range of a picture.

Names and meanings are those of `torch.nn`; "clamp" is `torch.clamp` to the greys of a picture.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import numpy as np

from generator.arithmetic.exactness import Array, Mask, is_whole, largest, require_int64
from generator.errors import InvalidValue, shortened, suggestion

Activation: TypeAlias = Literal["relu", "leaky-relu", "sigmoid", "tanh", "abs", "clamp"]

ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)

LEAK = 100
"""What "leaky-relu" divides a number below zero by: its slope there is 0.01."""

GREYS = (0, 255)
"""The least and the largest number that "clamp" lets pass."""

CENTRES: Mapping[Activation, Fraction] = {"sigmoid": Fraction(1, 2), "tanh": Fraction(0)}
"""What the two curves make of 0: their one answer to a fraction that is a fraction (Lindemann, 1882)."""
ENDING_AT_ZERO: frozenset[Activation] = frozenset({"sigmoid"})
"""The curves that come ever nearer to 0, however far the sums are from it; "tanh" only goes through it."""
ENDS: Mapping[Activation, int] = {"sigmoid": 1, "tanh": 1, "clamp": GREYS[1]}
"""The magnitude that no answer passes, whatever the sums are."""
FRACTIONAL: frozenset[Activation] = frozenset({"leaky-relu", *CENTRES})
"""Those that make fractions of whole numbers."""
CUTTING: frozenset[Activation] = frozenset({"clamp"})
"""Those that cut off what lies beyond the ends of a range; relu leaves a sum or nothing of it."""
UNSIGNED: frozenset[Activation] = frozenset({"sigmoid", "abs", "clamp"})
"""Those whose answers are strengths without a sign; what relu lets pass is a sum still."""


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


def exactly_activated(number: Fraction, activation: Activation | None) -> Fraction | None:
    """Return what an activation makes of a fraction, or None where that is none.

    >>> exactly_activated(Fraction(-5), "leaky-relu"), exactly_activated(Fraction(1), "tanh")
    (Fraction(-1, 20), None)
    """
    if activation is None:
        return number
    if activation in CENTRES:
        return None if number else CENTRES[activation]
    made = {
        "relu": max(number, Fraction(0)),
        "leaky-relu": number if number >= 0 else number / LEAK,
        "abs": abs(number),
        "clamp": max(Fraction(GREYS[0]), min(number, Fraction(GREYS[1]))),
    }
    return made[activation]


def may_be_exact(answer: float, activation: Activation | None) -> bool:
    """Tell whether an answer can be a fraction, so that digits can say exactly what it is.

    >>> may_be_exact(0.5, "sigmoid"), may_be_exact(1.0, "sigmoid"), may_be_exact(1.0, "relu")
    (True, False, True)
    """
    return activation is None or activation not in CENTRES or answer == CENTRES[activation]


def cut_off(values: Array, activation: Activation | None) -> Mask:
    """Return which values an activation cuts off at an end of its range, as booleans of the same shape.

    >>> cut_off(np.array([-1, 0, 255, 300]), "clamp").tolist()
    [True, False, False, True]
    """
    low, high = GREYS
    outside: Mask = (values < low) | (values > high)
    return outside if activation in CUTTING else np.zeros_like(outside)


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
