"""How strong two answers are together: the length of the arrow that they are the sides of."""

from math import isqrt, sqrt

import numpy as np

from generator.arithmetic.exactness import PAST_INT32, PAST_INT64, Array, Numbers, is_whole, largest
from generator.errors import InvalidValue


def magnitude(first: Numbers, second: Numbers) -> Array:
    """Return √(first² + second²), as of an edge that `sobel-x` and `sobel-y` have answered.

    Both are of one shape, any, which the result has too. It is int64 if both are whole and every root is
    whole and fits, otherwise float64, in which a whole root of whole numbers is exact below 2**53. Squares
    do not overflow, and an infinity makes infinity whatever the other one is.

    Raises `InvalidValue` if the shapes differ.

    >>> magnitude(np.array([3, -5]), np.array([4, 12])), magnitude(np.array([1]), np.array([1]))
    (array([ 5, 13]), array([1.41421356]))
    """
    if first.shape != second.shape:
        fact = f"the first answer has the shape {first.shape}, and the second {second.shape}"
        raise InvalidValue(fact, "Lay kernels of one size on one image.")
    if not (is_whole(first) and is_whole(second)):
        with np.errstate(over="ignore"):
            lengths: Array = np.hypot(first.astype(np.float64), second.astype(np.float64))
        return lengths
    if max(largest(first), largest(second)) < PAST_INT32:
        return _roots(first.astype(np.int64) ** 2 + second.astype(np.int64) ** 2)
    sides = zip(first.ravel().tolist(), second.ravel().tolist(), strict=True)
    return _large_roots([int(one) ** 2 + int(other) ** 2 for one, other in sides]).reshape(first.shape)


def _roots(sums: Array) -> Array:
    """Return the square roots of whole numbers that int64 holds."""
    # Rounding a square moves its root by less than half a float's step: whole roots below 2**53 stay whole.
    roots = np.sqrt(sums.astype(np.float64))
    nearest = np.rint(roots).astype(np.int64)
    return nearest if np.array_equal(nearest * nearest, sums) else roots


def _large_roots(sums: list[int]) -> Array:
    """Return the square roots of whole numbers of any size, one by one."""
    roots = [isqrt(number) for number in sums]
    whole = all(root * root == number for root, number in zip(roots, sums, strict=True))
    if whole and max(roots) < PAST_INT64:
        return np.array(roots, np.int64)
    return np.array(list(map(sqrt, sums)), np.float64)
