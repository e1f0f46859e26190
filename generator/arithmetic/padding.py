"""What lies around an image: zeros or another number, a mirror, the edge drawn out, or the opposite side.

A padded image is told by an index map: for every padded row, and for every padded column, the row or
column of the image that is seen there, or `NOTHING`. One rule serves the numbers and the drawing.
"""

from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from generator.arithmetic.exactness import (
    EXACT_IN_FLOAT64,
    Array,
    Numbers,
    largest,
    number_type,
    require_int64,
)
from generator.errors import InvalidValue, counted

Pair: TypeAlias = tuple[int, int]
"""Rows first: (down, across), (height, width); along one direction (before, after)."""

Margins: TypeAlias = tuple[Pair, Pair]
"""Padding on four sides: ((top, bottom), (left, right))."""

PaddingMode: TypeAlias = Literal["zeros", "constant", "reflect", "symmetric", "replicate", "circular"]

PADDING_MODES: tuple[PaddingMode, ...] = get_args(PaddingMode)

FLAT_MODES: tuple[PaddingMode, ...] = ("zeros", "constant")
"""Those that show no pixel of the image, so that they can pad by any width."""

Places: TypeAlias = npt.NDArray[np.int64]

NOTHING = -1
"""Stands in an index map where no pixel of the image is seen, but a zero or the padding value."""

LINES = ("row", "column")
"""What the first and the second direction of an image count."""


def seen_lines(size: int, margins: Pair, mode: PaddingMode = "zeros") -> Places:
    """Return which row (or column) of the image is seen at every padded one, or `NOTHING`.

    `size` rows with margins (before, after) make an array of shape (before + size + after,). The modes are
    those of PyTorch's `torch.nn.functional.pad`; "reflect" mirrors at the middle of the edge pixel. The mode
    "symmetric" is that of `numpy.pad`: it mirrors behind the edge pixel, which is seen twice.
    The margins have to be within `widest_margin`.

    >>> seen_lines(3, (2, 1), "reflect").tolist(), seen_lines(3, (2, 1), "circular").tolist()
    ([2, 1, 0, 1, 2, 1], [1, 2, 0, 1, 2, 0])
    >>> seen_lines(3, (2, 1), "replicate").tolist(), seen_lines(3, (2, 1)).tolist()
    ([0, 0, 0, 1, 2, 2], [-1, -1, 0, 1, 2, -1])
    >>> seen_lines(3, (2, 1), "symmetric").tolist()
    [1, 0, 0, 1, 2, 2]
    """
    places: Places = np.arange(-margins[0], size + margins[1])
    if mode == "reflect":
        mirrored: Places = (size - 1) - np.abs((size - 1) - np.abs(places))
        return mirrored
    if mode == "symmetric":
        beyond: Places = np.maximum(places, -1 - places)
        return np.minimum(beyond, 2 * size - 1 - beyond)
    if mode == "replicate":
        return places.clip(0, size - 1)
    if mode == "circular":
        return places % size
    return np.where((places >= 0) & (places < size), places, NOTHING)


def seen_pixels(image_size: Pair, padding: Margins, mode: PaddingMode = "zeros") -> Places:
    """Return which pixel of an image is seen at every padded cell, shape (rows, columns, 2).

    Each cell holds (row, column) in the image, or (`NOTHING`, `NOTHING`) where a zero or the padding value
    is seen.

    Raises `InvalidValue` if the padding is wider than the mode can fill.

    >>> seen_pixels((1, 2), ((0, 0), (1, 1)), "circular").tolist()
    [[[0, 1], [0, 0], [0, 1], [0, 0]]]
    """
    require_paddable(image_size, padding, mode)
    rows, columns = _seen(image_size, padding, mode)
    seen: Places = np.stack(np.meshgrid(rows, columns, indexing="ij"), axis=-1)
    seen[(seen == NOTHING).any(axis=-1)] = NOTHING
    return seen


def padded(image: Numbers, padding: Margins, mode: PaddingMode = "zeros", value: float = 0) -> Array:
    """Return the images with their padding around them, as int64 if whole and otherwise as float64.

    Shape (..., H, W) becomes (..., top + H + bottom, left + W + right). `value` is what "constant" pads
    with; whole images and a value that is no whole number make float64.

    Raises `InvalidValue` if the padding is wider than the mode can fill, and for whole numbers past int64.

    >>> padded(np.array([[1, 2, 3]]), ((0, 0), (2, 1)), "reflect")
    array([[3, 2, 1, 2, 3, 2]])
    >>> padded(np.array([[1, 2, 3]]), ((0, 0), (2, 1)), "constant", 9)
    array([[9, 9, 1, 2, 3, 9]])
    """
    height, width = image.shape[-2:]
    require_paddable((height, width), padding, mode)
    rows, columns = _seen((height, width), padding, mode)
    if image.dtype == np.uint64:
        require_int64(largest(image))
    (top, _), (left, _) = padding
    right, bottom = left + width, top + height
    around = np.asarray(filling(value) if mode == "constant" and any(map(any, padding)) else 0)
    made: Array = np.zeros((*image.shape[:-2], rows.size, columns.size), number_type(image, around))
    if around:
        made[...] = around
    made[..., top:bottom, left:right] = image
    if mode not in FLAT_MODES:
        for beside in (slice(0, left), slice(right, None)):
            made[..., top:bottom, beside] = made[..., top:bottom, left + columns[beside]]
        for beyond in (slice(0, top), slice(bottom, None)):
            made[..., beyond, :] = made[..., top + rows[beyond], :]
    return made


def widest_margin(size: int, mode: PaddingMode) -> int | None:
    """Return by how many rows an image of `size` rows can be padded at an edge; None for without limit.

    Source: the documentation of `torch.nn.functional.pad`; "symmetric" too mirrors no pixel twice.

    >>> widest_margin(7, "reflect"), widest_margin(7, "circular"), widest_margin(7, "zeros")
    (6, 7, None)
    """
    return {"reflect": size - 1, "symmetric": size, "circular": size}.get(mode)


def require_paddable(image_size: Pair, padding: Margins, mode: PaddingMode) -> None:
    """Raise `InvalidValue` if the image has no pixels, or too few to be mirrored or repeated so far."""
    if min(image_size) < 1:
        raise InvalidValue(f"the image has {size_text(image_size)} pixels", key="image")
    for line, size, margins in zip(LINES, image_size, padding, strict=True):
        widest = widest_margin(size, mode)
        if widest is not None and max(margins) > widest:
            fact = f"{mode} can pad {counted(size, line)} by {widest}, and the padding is {max(margins)}"
            hint = f'Use at most {widest} there, a larger image, or padding_mode = "replicate".'
            raise InvalidValue(fact, hint, key="padding")


def filling(value: float) -> float:
    """Return the number that a padding value stands for: a whole one as int, and so no −0.

    Raises `InvalidValue` if int64 cannot hold it as it was written.

    >>> filling(3.0), filling(0.5), filling(-0.0)
    (3, 0.5, 0)
    """
    if isinstance(value, int):
        require_int64(abs(value))
        return value
    return int(value) if value.is_integer() and abs(value) < EXACT_IN_FLOAT64 else value


def size_text(size: tuple[int, ...]) -> str:
    """Return rows and columns as people write them.

    >>> size_text((3, 5))
    '3×5'
    """
    return "×".join(map(str, size))


def _seen(image_size: Pair, padding: Margins, mode: PaddingMode) -> tuple[Places, Places]:
    """Return which rows, and which columns, of the image are seen."""
    return (
        seen_lines(image_size[0], padding[0], mode),
        seen_lines(image_size[1], padding[1], mode),
    )
