"""What is reached on the way to a sum."""

from fractions import Fraction

import numpy as np

from generator.arithmetic import Array, is_whole, scaled, without_noise


def added(parts: Array, scale: Fraction) -> Array:
    """Return what parts add up to one after another, along the last axis; cancelled, they leave nothing.

    >>> added(np.array([1, 2, 3]), Fraction(1)).tolist()
    [1, 3, 6]
    """
    sums = scaled(parts.cumsum(axis=-1), scale)
    if is_whole(parts):
        return sums
    return without_noise(sums, scaled(np.abs(parts).cumsum(axis=-1), abs(scale)), parts.shape[-1])
