"""Colour becomes grey: one brightness for red, green and blue together."""

import numpy as np

from generator.arithmetic.exactness import Array

WEIGHTS = (19_595, 38_470, 7_471)
"""Of red, green and blue in 65,536: 0.299, 0.587 and 0.114, as ITU-R BT.601 weighs them."""
WHOLE = 65_536


def luma(colours: Array) -> Array:
    """Return red, green and blue, shape (3, H, W) of whole numbers, as one grey plane, shape (1, H, W).

    The stored values are weighed as they are, rounded to the nearest; sRGB is not made linear before. So a
    grey says how bright a pixel looks in print or on a screen, and photo editors mean the same by it.

    >>> luma(np.array([[[255, 0, 10]], [[0, 255, 10]], [[0, 0, 10]]])).tolist()
    [[[76, 150, 10]]]
    """
    weights = np.array(WEIGHTS).reshape(3, 1, 1)
    grey: Array = ((weights * colours).sum(axis=0, keepdims=True) + WHOLE // 2) // WHOLE
    return grey
