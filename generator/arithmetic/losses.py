"""What a geometry loses: lines of the image that no window reaches, or of the output that stay empty."""

from dataclasses import dataclass

import numpy as np

from generator.arithmetic.geometry import Geometry, lines_under, pair_text
from generator.arithmetic.padding import LINES, NOTHING, Pair, Places
from generator.errors import counted


@dataclass(frozen=True)
class Loss:
    """A fact that an author would want to know, though the layer can be computed."""

    message: str
    hint: str
    key: str
    """The declared key it is about."""


def losses(geometry: Geometry, image_size: Pair, kernel_size: Pair) -> tuple[Loss, ...]:
    """Return what is lost or empty though the layer can be computed: facts for warnings, in a fixed order.

    Raises `InvalidValue` like `Geometry.output_size`.

    >>> [loss.message for loss in losses(Geometry(stride=(1, 3)), (3, 7), (3, 3))]
    ['stride 3 leaves 1 column of the image unused']
    """
    unused = unused_lines(geometry, image_size, kernel_size)
    empty = empty_lines(geometry, image_size, kernel_size)
    return tuple(
        loss
        for axis in (0, 1)
        for loss in (
            _unused_loss(geometry, axis, unused[axis].size),
            _empty_loss(geometry, axis, empty[axis].size),
        )
        if loss
    )


def _unused_loss(geometry: Geometry, axis: int, count: int) -> Loss | None:
    if not count:
        return None
    lines = counted(count, LINES[axis])
    if geometry.transposed:
        fact = f"padding {pair_text(geometry.padding[axis])} crops all that {lines} of the image would spread"
        return Loss(fact, "Use less padding to show it.", "padding")
    cause = _cause(geometry, axis)
    return Loss(
        f"{cause} {lines} of the image unused", "Use other steps, another image, or padding.", "stride"
    )


def _empty_loss(geometry: Geometry, axis: int, count: int) -> Loss | None:
    if not count:
        return None
    lines = counted(count, LINES[axis])
    if geometry.transposed:
        fact = f"{_cause(geometry, axis)} {lines} of the output that no pixel reaches"
        return Loss(fact, "Use a larger kernel or a smaller stride.", "stride")
    seen = f"padding_value {geometry.padding_value}" if geometry.padding_value else "zeros"
    fact = f"padding {pair_text(geometry.padding[axis])} makes {lines} of the output see nothing but {seen}"
    return Loss(fact, "Use less padding.", "padding")


def _cause(geometry: Geometry, axis: int) -> str:
    """Return which steps skip something in one direction, as the beginning of a sentence.

    >>> _cause(Geometry(stride=(1, 3)), 1), _cause(Geometry(stride=(2, 1), dilation=(2, 1)), 0)
    ('stride 3 leaves', 'stride 2 and dilation 2 leave')
    """
    steps = (
        ("stride", geometry.stride[axis], 1),
        ("dilation", geometry.dilation[axis], 1),
        ("output_padding", geometry.output_padding[axis], 0),
    )
    causes = [f"{key} {value}" for key, value, plain in steps if value != plain]
    return f"{' and '.join(causes)} {'leaves' if len(causes) == 1 else 'leave'}"


def unused_lines(geometry: Geometry, image_size: Pair, kernel_size: Pair) -> tuple[Places, Places]:
    """Return which rows, and which columns, of the image have no part in any output.

    Raises `InvalidValue` like `Geometry.output_size`.

    >>> [lines.tolist() for lines in unused_lines(Geometry(stride=(3, 3)), (3, 7), (3, 3))]
    [[], [6]]
    """
    under = lines_under(geometry, image_size, kernel_size)
    return _idle(under) if geometry.transposed else _missed(under, image_size)


def empty_lines(geometry: Geometry, image_size: Pair, kernel_size: Pair) -> tuple[Places, Places]:
    """Return which rows, and which columns, of the output no pixel of the image has a part in.

    Raises `InvalidValue` like `Geometry.output_size`.

    >>> [lines.tolist() for lines in empty_lines(Geometry(padding=((2, 0), (0, 0))), (3, 3), (2, 2))]
    [[0], []]
    """
    output_size = geometry.output_size(image_size, kernel_size)
    under = lines_under(geometry, image_size, kernel_size)
    return _missed(under, output_size) if geometry.transposed else _idle(under)


def _missed(under: tuple[Places, Places], size: Pair) -> tuple[Places, Places]:
    """Return which rows, and columns, of an image of that size no weight lies on."""
    rows, columns = (
        np.setdiff1d(np.arange(count), places) for count, places in zip(size, under, strict=True)
    )
    return rows, columns


def _idle(under: tuple[Places, Places]) -> tuple[Places, Places]:
    """Return in which rows, and columns, of windows or patches every weight lies outside."""
    rows, columns = (np.flatnonzero((places == NOTHING).all(axis=1)) for places in under)
    return rows, columns
