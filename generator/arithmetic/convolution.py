"""Cross-correlation and convolution of one image with one kernel, exact for whole numbers."""

from fractions import Fraction

import numpy as np

from generator.arithmetic.correlation import add_sums
from generator.arithmetic.exactness import (
    PAST_INT64,
    SMALLER_NUMBERS,
    Array,
    Numbers,
    checked_reach,
    is_whole,
    largest,
    number_type,
    sum_type,
)
from generator.arithmetic.geometry import Geometry
from generator.arithmetic.padding import size_text
from generator.errors import InvalidValue

PLAIN = Geometry()


def cross_correlate(image: Numbers, kernel: Numbers) -> Array:
    """Return the sum of products of pixels and weights for every window that lies inside the image.

    The image is of shape (H, W), the kernel of shape (KH, KW); the result is of shape
    (H - KH + 1, W - KW + 1), known as "valid". It is int64 and exact if both are whole, otherwise float64,
    where infinity and not-a-number reach just the windows that hold them.

    Raises `InvalidValue` if either is not two-dimensional or is empty, if the kernel is larger than the
    image in either direction, and if a sum of whole numbers might not fit into int64.

    >>> image = np.array([[1, 1, 9, 9], [1, 1, 9, 9]])
    >>> cross_correlate(image, np.array([[-1, 1]]))
    array([[0, 8, 0],
           [0, 8, 0]])
    """
    _require_fit(image, kernel)
    computed_in = sum_type(image, kernel[np.newaxis])
    sums: Array = np.empty((1, *_valid_shape(image, kernel)), number_type(image, kernel))
    add_sums(sums, image[np.newaxis], kernel[np.newaxis, np.newaxis], PLAIN, computed_in)
    first: Array = sums[0]
    return first


def convolve(image: Numbers, kernel: Numbers) -> Array:
    """Return the cross-correlation with the kernel flipped top to bottom and left to right.

    Shapes, number types and errors are those of `cross_correlate`.

    >>> image = np.array([[1, 1, 9, 9], [1, 1, 9, 9]])
    >>> convolve(image, np.array([[-1, 1]]))
    array([[ 0, -8,  0],
           [ 0, -8,  0]])
    """
    return cross_correlate(image, np.flip(kernel))


def window_products(image: Numbers, kernel: Numbers) -> Array:
    """Return every pixel times its weight, for every window, in window order.

    The image is of shape (H, W), the kernel of shape (KH, KW); the result is of shape
    (H - KH + 1, W - KW + 1, KH, KW), and its sums over the last two axes are the cross-correlation: equal
    to it for whole numbers, equal up to rounding for others. Errors are those of `cross_correlate`.

    >>> window_products(np.array([[2, 3, 5]]), np.array([[-1, 1]]))
    array([[[[-2,  3]],
    <BLANKLINE>
            [[-3,  5]]]])
    """
    _require_fit(image, kernel)
    whole = number_type(image, kernel) is np.int64
    if whole:
        checked_reach(image, kernel[np.newaxis])
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    with np.errstate(over="ignore", invalid="ignore"):
        products: Array = np.multiply(windows, kernel, dtype=np.int64 if whole else np.float64, order="C")
    return products


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
    quotients, rests = np.divmod(products, scale.denominator)
    return products / scale.denominator if rests.any() else quotients


def _valid_shape(image: Numbers, kernel: Numbers) -> tuple[int, int]:
    """Return how many windows there are, down and across."""
    return image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1


def _require_fit(image: Numbers, kernel: Numbers) -> None:
    """Raise unless there is at least one window, and a weight in it."""
    for key, array in (("image", image), ("kernel", kernel)):
        if array.ndim != 2:
            raise InvalidValue(f"the {key} has the shape {array.shape}, not rows and columns", key=key)
    sizes = f"the {size_text(kernel.shape)} kernel", f"the {size_text(image.shape)} image"
    if not kernel.size:
        raise InvalidValue(f"{sizes[0]} has no weights to lay on {sizes[1]}", key="kernel")
    if not image.size:
        raise InvalidValue(f"{sizes[0]} finds no pixels in {sizes[1]}", key="kernel")
    if min(_valid_shape(image, kernel)) < 1:
        hint = "Use a smaller kernel, a larger image, or padding."
        raise InvalidValue(f"{sizes[0]} does not fit into {sizes[1]}", hint, key="kernel")


def _require_scalable(values: Numbers, scale: Fraction) -> None:
    """Raise unless int64 holds the terms of the scale, and the whole values times its numerator."""
    if max(abs(scale.numerator), scale.denominator) >= PAST_INT64:
        raise InvalidValue(f"the scale {scale} has a term past {PAST_INT64 - 1}", key="scale")
    most = largest(values) * abs(scale.numerator) if is_whole(values) else 0
    if most >= PAST_INT64:
        message = f"the scale {scale} makes {most} on the way, and whole numbers end at {PAST_INT64 - 1}"
        raise InvalidValue(message, SMALLER_NUMBERS, key="scale")
