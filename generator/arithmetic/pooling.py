"""Pooling: the largest number under each window, with its place, and the average.

Names and meanings are those of `torch.nn.MaxPool2d` and `torch.nn.AvgPool2d`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from generator.arithmetic.declared_geometry import SIZED_WORDS, declared_padding, declared_pair
from generator.arithmetic.exactness import Array, Numbers, is_whole
from generator.arithmetic.geometry import Geometry, lines_under
from generator.arithmetic.layer import layer_output
from generator.arithmetic.padding import LINES, NOTHING, Margins, Pair, Places, padded, seen_pixels
from generator.errors import InvalidValue, counted

Counts: TypeAlias = npt.NDArray[np.int64]

GLOBAL = "global"
"""The kernel's size in a word: that of the image, which one window covers."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """The largest numbers and where they stand."""

    values: Array
    """Shape (C, OH, OW)."""
    places: Places
    """(row, column) of each in the image, shape (C, OH, OW, 2); of equals the first in reading order."""


def pooling_geometry_of(  # noqa: PLR0913 - one argument for each option that PyTorch has
    kernel_size: object,
    *,
    stride: object | None = None,
    padding: object = 0,
    dilation: object = 1,
    ceil_mode: bool = False,
    line: bool = False,
    image_size: Pair | None = None,
) -> tuple[Pair, Geometry]:
    """Return the kernel's size and the geometry that an author's values declare.

    The stride is the kernel's size unless it is given. With `line` the image has one row, and a single
    number is about columns alone. `image_size` is what the words "same-upper" and "same-lower" go by, and
    the size `GLOBAL`, with which no other value is given.

    Raises `InvalidValue` with the key of the first value that cannot be used; padding wider than half of
    the kernel is one, as in PyTorch, because a window could lie in it wholly. "same-upper", "same-lower" and
    "causal" may pad more, and are refused if a window does.

    >>> size, geometry = pooling_geometry_of(2)
    >>> size, geometry.stride
    ((2, 2), (2, 2))
    >>> pooling_geometry_of("global", image_size=(5, 7))[0]
    (5, 7)
    """
    if kernel_size == GLOBAL:
        moved = {"stride": stride is not None, "padding": padding != 0, "dilation": dilation != 1}
        _require_one_window({**moved, "ceil_mode": ceil_mode})
        return _whole_image(image_size), Geometry()
    size = declared_pair("kernel_size", kernel_size, line=line)
    steps = size if stride is None else declared_pair("stride", stride, line=line)
    apart = declared_pair("dilation", dilation, line=line)
    laid = partial(declared_padding, stride=steps, dilation=apart, line=line, image_size=image_size)
    margins = _margins(padding, size, laid)
    geometry = Geometry(stride=steps, padding=margins, dilation=apart, ceil_mode=ceil_mode)
    if image_size and padding in SIZED_WORDS:
        _require_pixels(_pixel_counts(image_size, size, geometry))
    elif padding != "causal":  # where the last weight of a window always lies on a pixel
        _require_half(margins, size)
    return size, geometry


def _margins(padding: object, kernel_size: Pair, laid: Callable[[object, Pair], Margins]) -> Margins:
    """Return the declared padding; a fault of "causal" has a way out that pooling can go."""
    try:
        return laid(padding, kernel_size)
    except InvalidValue as fault:
        if padding == "causal":  # as many numbers would be more than pooling pads
            fault.hint = "Write a number, at most half of the kernel, or another word."
        raise


def _require_half(margins: Margins, kernel_size: Pair) -> None:
    for direction, weights, sides in zip(LINES, kernel_size, margins, strict=True):
        if max(sides) > weights // 2:
            fact = f"the padding is {max(sides)}, and the kernel has {counted(weights, direction)}"
            hint = f"Half of that is the most that pooling pads: {weights // 2}."
            raise InvalidValue(fact, hint, key="padding")


def _require_one_window(moved: Mapping[str, bool]) -> None:
    """Raise `InvalidValue` for the first key that is given though one window has nowhere to go."""
    for key in (key for key, is_given in moved.items() if is_given):
        fact = f'kernel_size "{GLOBAL}" is one window over the whole image, and {key} is given'
        raise InvalidValue(
            fact, f"Leave {key} out, or give kernel_size a number, as in kernel_size = 2.", key=key
        )


def _whole_image(image_size: Pair | None) -> Pair:
    if image_size is None:
        fact = f'kernel_size "{GLOBAL}" goes by the size of the image, which is not known here'
        raise InvalidValue(fact, "Write a number, as in kernel_size = 2.", key="kernel_size")
    return image_size


def max_pool(image: Numbers, kernel_size: Pair, geometry: Geometry) -> Pooled:
    """Return the largest number under each window and its place; what pads is smaller than any number.

    The image is of shape (C, H, W). Not-a-number counts as larger than any number.

    Raises `InvalidValue` if the kernel does not fit, or a window holds no pixel of the image.

    >>> pooled = max_pool(np.array([[[1, 5], [7, 7]]]), *pooling_geometry_of(2))
    >>> pooled.values.tolist(), pooled.places.tolist()
    ([[[7]]], [[[[1, 0]]]])
    """
    _require_poolable(image, geometry)
    image_size = image.shape[1], image.shape[2]
    height, width = geometry.output_size(image_size, kernel_size)
    _require_pixels(_pixel_counts(image_size, kernel_size, geometry))
    margins = geometry.margins(image_size, kernel_size)
    around, seen = padded(image, margins), seen_pixels(image_size, margins)
    inside = seen[..., 0] != NOTHING
    values: Array = np.zeros((len(image), height, width), around.dtype)
    places: Places = np.full((*values.shape, 2), NOTHING)
    for row, column in np.ndindex(*kernel_size):
        under = (
            _steps(row, height, geometry.dilation[0], geometry.stride[0]),
            _steps(column, width, geometry.dilation[1], geometry.stride[1]),
        )
        pixels = around[:, *under]
        # Not equal to itself is what not-a-number is.
        larger = (pixels > values) | ((pixels != pixels) & (values == values))  # noqa: PLR0124
        won = inside[under] & (larger | (places[..., 0] == NOTHING))
        np.copyto(values, pixels, where=won)
        np.copyto(places, seen[under], where=won[..., np.newaxis])
    return Pooled(values, places)


def average_pool(
    image: Numbers, kernel_size: Pair, geometry: Geometry, *, count_include_pad: bool = True
) -> Array:
    """Return the average under each window, shape (C, OH, OW): int64 if pixels and averages are whole.

    The image is of shape (C, H, W). With `count_include_pad` the zeros of the padding are counted, as
    PyTorch does unless told otherwise; without it, a sum is divided by the pixels of the image alone, as
    TensorFlow does. `average_divisors` tells by what.

    Raises `InvalidValue` if the kernel does not fit, if a window that counts pixels alone holds none, and
    if a sum of whole numbers might not fit into int64.

    >>> average_pool(np.array([[[1, 5], [7, 7]]]), *pooling_geometry_of(2)).tolist()
    [[[5]]]
    """
    _require_poolable(image, geometry)
    image_size = image.shape[1], image.shape[2]
    divisors = average_divisors(image_size, kernel_size, geometry, count_include_pad=count_include_pad)
    margins = geometry.margins(image_size, kernel_size)
    each = Geometry(geometry.stride, margins, dilation=geometry.dilation, groups=len(image))
    sums = layer_output(image, np.ones((len(image), 1, *kernel_size), np.int64), each)
    whole = is_whole(sums) and not (sums % divisors).any()
    averages: Array = np.empty(sums.shape, np.int64 if whole else np.float64)
    (np.floor_divide if whole else np.true_divide)(sums, divisors, out=averages)
    return averages


def average_divisors(
    image_size: Pair, kernel_size: Pair, geometry: Geometry, *, count_include_pad: bool = True
) -> Counts:
    """Return by what `average_pool` divides the sum of each window, shape (OH, OW).

    It is the count of its pixels, or with `count_include_pad` that of its cells but for those that stick out
    past the padding, which `ceil_mode` allows.

    Raises `InvalidValue` if the kernel does not fit, and if a window that counts pixels alone holds none.

    >>> average_divisors((3, 4), *pooling_geometry_of(2, ceil_mode=True)).tolist()
    [[4, 4], [2, 2]]
    """
    counts = _pixel_counts(image_size, kernel_size, geometry)
    if not count_include_pad:
        _require_pixels(counts)
        return counts
    rows, columns = (
        (np.add.outer(np.arange(windows) * stride, np.arange(weights) * apart) < size).sum(axis=1)
        for windows, stride, weights, apart, size in zip(
            counts.shape,
            geometry.stride,
            kernel_size,
            geometry.dilation,
            geometry.padded_size(image_size),
            strict=True,
        )
    )
    cells: Counts = np.multiply.outer(rows, columns)
    return cells


def _pixel_counts(image_size: Pair, kernel_size: Pair, geometry: Geometry) -> Counts:
    """Return how many pixels of the image each window holds, shape (OH, OW)."""
    under = lines_under(geometry, image_size, kernel_size)
    rows, columns = ((lines != NOTHING).sum(axis=1) for lines in under)
    counts: Counts = np.multiply.outer(rows, columns)
    return counts


def _steps(weight: int, outputs: int, dilation: int, stride: int) -> slice:
    first = weight * dilation
    return slice(first, first + (outputs - 1) * stride + 1, stride)


def _require_poolable(image: Numbers, geometry: Geometry) -> None:
    if image.ndim != 3 or not image.size:
        raise InvalidValue(
            f"the image has the shape {image.shape}, not channels, rows and columns", key="image"
        )
    for key, value, plain in (
        ("padding_mode", geometry.padding_mode, "zeros"),
        ("groups", geometry.groups, 1),
        ("transposed", geometry.transposed, False),
    ):
        if value != plain:
            raise InvalidValue(f"pooling has no {key}", "Leave it out.", key=key)


def _require_pixels(counts: Counts) -> None:
    """Raise unless every window holds a pixel; the counts are of shape (OH, OW)."""
    empty = np.argwhere(counts == 0)
    if len(empty):
        row, column = empty[0]
        fact = f"the window at row {row + 1}, column {column + 1} of the output holds no pixel of the image"
        raise InvalidValue(fact, "Use less padding, or a smaller dilation.", key="padding")
