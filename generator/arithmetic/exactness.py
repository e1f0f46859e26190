"""When numbers are exact: whole numbers stay whole, scaled or not, and none may pass what int64 holds."""

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from generator.errors import InvalidValue

Array: TypeAlias = npt.NDArray[np.int64 | np.float64]
"""What every function of this room returns: whole numbers as int64, all others as float64."""

Numbers: TypeAlias = npt.NDArray[np.integer[Any] | np.floating[Any] | np.bool_]
"""What every function of this room takes: whole numbers of any width count as int64, others as float64."""

NumberType: TypeAlias = type[np.int64 | np.float64]

Floats: TypeAlias = npt.NDArray[np.float64]
"""What is learned, which is never whole but by chance."""

Mask: TypeAlias = npt.NDArray[np.bool_]
"""Where something is so, in the shape of what it is so of."""
PartialSums: TypeAlias = npt.NDArray[np.int32 | np.int64 | np.float64]
"""What sums are computed in, before they become what this room returns."""

SumType: TypeAlias = type[np.int32 | np.int64 | np.float64]

EXACT_IN_FLOAT64 = 2**53
"""Every whole number below it is a float64, and so is every sum of such numbers that stays below it."""

PAST_INT32 = 2**31
"""The first whole number that int32 cannot hold."""

PAST_INT64 = 2**63
"""The first whole number that int64 cannot hold."""

SMALLER_NUMBERS = "Use smaller numbers."


def is_whole(values: Numbers) -> bool:
    """Return whether the number type holds whole numbers alone."""
    return values.dtype.kind in "iub"


def largest(values: Numbers) -> int:
    """Return the largest magnitude among whole numbers, beyond what their own type can negate.

    >>> largest(np.array([-128, 127], np.int8)), largest(np.array([], int))
    (128, 0)
    """
    # Read as unsigned, each negative number is past all others: one look is enough if there is none.
    most = int(values.view(values.dtype.str.replace("i", "u")).max(initial=0))
    if values.dtype.kind != "i" or most < 2 ** (8 * values.itemsize - 1):
        return most
    return max(-int(values.min()), int(values.max()))


def number_type(*arrays: Numbers) -> NumberType:
    """Return the type of what is made of these: int64 if all are whole, otherwise float64."""
    return np.int64 if all(map(is_whole, arrays)) else np.float64


def checked_reach(pixels: Numbers, weights: Numbers) -> int:
    """Return a magnitude that no sum of whole products can pass.

    The pixels have any shape; the weights' first axis counts what is summed apart, such as filters.

    Raises `InvalidValue` if int64 could not hold it.
    """
    heaviest = max((sum(map(abs, rest.ravel().tolist())) for rest in weights), default=0)
    reach = largest(pixels) * int(heaviest)
    require_int64(reach)
    return reach


def sum_type(pixels: Numbers, weights: Numbers) -> SumType:
    """Return the fastest type in which sums of products are exact, or float64 if some are not whole.

    Arguments and errors are those of `checked_reach`.

    >>> [sum_type(np.array([255]), np.array([[10**power]])).__name__ for power in (6, 12, 16)]
    ['int32', 'float64', 'int64']
    """
    if number_type(pixels, weights) is np.float64:
        return np.float64
    reach = checked_reach(pixels, weights)
    if reach < PAST_INT32:
        return np.int32
    return np.float64 if reach < EXACT_IN_FLOAT64 else np.int64


def require_int64(reach: int) -> None:
    """Raise `InvalidValue` if a sum that can reach this magnitude might not fit into int64."""
    if reach >= PAST_INT64:
        fact = f"sums could reach {reach}, and whole numbers end at {PAST_INT64 - 1}"
        raise InvalidValue(fact, SMALLER_NUMBERS)


def scaled(values: Numbers, scale: Fraction) -> Array:
    """Return the values times the scale, multiplied first and divided once.

    Values and result have the same shape, any. The result is int64 if the values are whole and every
    result is whole too, otherwise float64. Whole values are thus rounded once only, as long as they times
    the numerator stay below 2**53: a third of 6 is 2, not 6 times the nearest float64 to a third.

    Raises `InvalidValue` if a term of the scale, or a whole value times its numerator, does not fit into
    int64.

    >>> scaled(np.array([9, 18]), Fraction(1, 9))
    array([1, 2])
    >>> scaled(np.array([1, 18]), Fraction(1, 9))
    array([0.11111111, 2.        ])
    """
    _require_scalable(values, scale)
    if not is_whole(values):
        with np.errstate(over="ignore", invalid="ignore"):
            return values.astype(np.float64) * scale.numerator / scale.denominator
    products = values.astype(np.int64) * scale.numerator
    if scale.denominator == 1:
        return products
    quotients, rests = np.divmod(products, scale.denominator)
    return products / scale.denominator if rests.any() else quotients


def _require_scalable(values: Numbers, scale: Fraction) -> None:
    """Raise unless int64 holds the terms of the scale, and the whole values times its numerator."""
    if max(abs(scale.numerator), scale.denominator) >= PAST_INT64:
        raise InvalidValue(f"the scale {scale} has a term past {PAST_INT64 - 1}", key="scale")
    most = largest(values) * abs(scale.numerator) if is_whole(values) else 0
    if most >= PAST_INT64:
        message = f"the scale {scale} makes {most} on the way, and whole numbers end at {PAST_INT64 - 1}"
        raise InvalidValue(message, SMALLER_NUMBERS, key="scale")


def without_noise(sums: Array, reach: Array, terms: int) -> Array:
    """Return sums of fractions in which those that are nothing but rounding errors are zero.

    Args:
        sums: float64, any shape.
        reach: what the magnitudes of their terms add up to, in the same shape.
        terms: how many each sum has; its error stays below terms · ε · reach (Higham, Accuracy and Stability
            of Numerical Algorithms, 2002, section 4.2).

    >>> parts = np.array([0.1, 0.2, -0.3])
    >>> without_noise(parts.sum(), np.abs(parts).sum(), 3).item()
    0.0

    """
    return np.where(np.abs(sums) <= terms * np.finfo(np.float64).eps * reach, 0.0, sums)
