"""Where kernels lie: sizes, corners, losses, and every message of an impossible shape."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from generator.arithmetic import (
    PADDING_MODES,
    Geometry,
    Margins,
    PaddingMode,
    Pair,
    empty_lines,
    layer_output,
    losses,
    unused_lines,
)
from generator.errors import InvalidValue
from tests.arithmetic.random_layers import random_layer

ONE_AROUND: Margins = ((1, 1), (1, 1))


@pytest.mark.parametrize(
    ("geometry", "image", "kernel", "size"),
    [
        (Geometry(), (4, 4), (3, 3), (2, 2)),
        (Geometry(padding=((2, 2), (2, 2))), (5, 5), (4, 4), (6, 6)),
        (Geometry(padding=ONE_AROUND), (5, 5), (3, 3), (5, 5)),
        (Geometry(stride=(2, 2)), (5, 5), (3, 3), (2, 2)),
        (Geometry(stride=(2, 2), padding=ONE_AROUND), (5, 5), (3, 3), (3, 3)),
        (Geometry(stride=(2, 2), padding=ONE_AROUND), (6, 6), (3, 3), (3, 3)),
        (Geometry(dilation=(2, 2)), (7, 7), (3, 3), (3, 3)),
        (Geometry(transposed=True), (2, 2), (3, 3), (4, 4)),
        (Geometry(transposed=True, stride=(2, 2), padding=ONE_AROUND), (3, 3), (3, 3), (5, 5)),
        (
            Geometry(transposed=True, stride=(2, 2), padding=ONE_AROUND, output_padding=(1, 1)),
            (3, 3),
            (3, 3),
            (6, 6),
        ),
    ],
)
def test_sizes_are_those_of_the_guide(geometry: Geometry, image: Pair, kernel: Pair, size: Pair) -> None:
    """The drawn examples of Dumoulin and Visin's guide have these outputs."""
    assert geometry.output_size(image, kernel) == size


def test_unused_and_empty_lines_are_those_that_change_nothing() -> None:
    """A line is unused if its pixels change no output, and empty if no pixel changes it: seen by trying."""
    rng = np.random.default_rng(3)
    told = 0
    for _ in range(400):
        layer = random_layer(rng, whole=True)
        size, kernel = layer.image.shape[1:], layer.weights.shape[2:]
        geometry = replace(layer.geometry, padding_value=0)
        weights = np.ones_like(layer.weights)
        reached = [
            [layer_output(_lit(layer.image, axis, line), weights, geometry) for line in range(size[axis])]
            for axis in (0, 1)
        ]
        everything = layer_output(np.ones_like(layer.image), weights, geometry)
        # A whole direction without a single product takes the other one's lines with it.
        if not everything.any():
            continue

        unused = unused_lines(geometry, (size[0], size[1]), (kernel[0], kernel[1]))
        empty = empty_lines(geometry, (size[0], size[1]), (kernel[0], kernel[1]))

        for axis in (0, 1):
            assert unused[axis].tolist() == [n for n, out in enumerate(reached[axis]) if not out.any()]
        assert empty[0].tolist() == np.flatnonzero(~everything.any((0, 2))).tolist()
        assert empty[1].tolist() == np.flatnonzero(~everything.any((0, 1))).tolist()
        lost = sum(bool(lines.size) for lines in (*unused, *empty))
        assert len(losses(geometry, (size[0], size[1]), (kernel[0], kernel[1]))) == lost
        told += lost
    assert told > 50


def _lit(image: Any, axis: int, line: int) -> Any:  # noqa: ANN401 - arrays of one type
    """Return a dark image in which one row, or one column, is lit."""
    lit = np.zeros_like(image)
    lit[(slice(None), line) if axis == 0 else (slice(None), slice(None), line)] = 1
    return lit


@pytest.mark.parametrize(
    ("geometry", "image", "kernel", "told"),
    [
        (Geometry(), (5, 5), (3, 3), []),
        (
            Geometry(stride=(3, 3)),
            (3, 7),
            (3, 3),
            [
                (
                    "stride 3 leaves 1 column of the image unused",
                    "Use other steps, another image, or padding.",
                    "stride",
                )
            ],
        ),
        (
            Geometry(stride=(2, 1), dilation=(2, 1)),
            (7, 3),
            (3, 3),
            [
                (
                    "stride 2 and dilation 2 leave 3 rows of the image unused",
                    "Use other steps, another image, or padding.",
                    "stride",
                )
            ],
        ),
        (
            Geometry(padding=((3, 3), (0, 0))),
            (3, 3),
            (2, 2),
            [("padding 3 makes 4 rows of the output see nothing but zeros", "Use less padding.", "padding")],
        ),
        (
            Geometry(padding=((0, 0), (2, 1)), padding_mode="constant", padding_value=255),
            (3, 3),
            (2, 2),
            [
                (
                    "padding [2, 1] makes 1 column of the output see nothing but padding_value 255",
                    "Use less padding.",
                    "padding",
                )
            ],
        ),
        (
            Geometry(padding=((2, 0), (0, 0))),
            (3, 3),
            (2, 2),
            [
                (
                    "padding [2, 0] makes 1 row of the output see nothing but zeros",
                    "Use less padding.",
                    "padding",
                )
            ],
        ),
        (
            Geometry(stride=(3, 1), transposed=True, output_padding=(1, 0)),
            (3, 3),
            (2, 2),
            [
                (
                    "stride 3 and output_padding 1 leave 3 rows of the output that no pixel reaches",
                    "Use a larger kernel or a smaller stride.",
                    "stride",
                )
            ],
        ),
        (
            Geometry(stride=(1, 2), padding=((0, 0), (2, 2)), transposed=True),
            (2, 4),
            (2, 2),
            [
                (
                    "padding 2 crops all that 2 columns of the image would spread",
                    "Use less padding to show it.",
                    "padding",
                )
            ],
        ),
    ],
)
def test_what_is_lost_is_told(
    geometry: Geometry, image: Pair, kernel: Pair, told: list[tuple[str, str, str]]
) -> None:
    """Each loss is a fact with its numbers, a way out, and the key it is about."""
    found = losses(geometry, image, kernel)

    assert [(loss.message, loss.hint, loss.key) for loss in found] == told


@pytest.mark.parametrize(
    ("compute", "message", "hint", "key"),
    [
        (
            lambda: Geometry(dilation=(2, 2), padding=ONE_AROUND).output_size((5, 9), (5, 5)),
            "a 5×5 kernel with dilation 2 spans 9 rows; the padded image has 7",
            "Use a smaller kernel or dilation, a larger image, or more padding.",
            "dilation",
        ),
        (
            lambda: Geometry().output_size((5, 2), (3, 3)),
            "a 3×3 kernel spans 3 columns; the image has 2",
            "Use a smaller kernel, a larger image, or padding.",
            "kernel",
        ),
        (lambda: Geometry().output_size((5, 5), (0, 3)), "the kernel has 0×3 weights", "", "kernel"),
        (lambda: Geometry().output_size((0, 5), (1, 1)), "the image has 0×5 pixels", "", "image"),
        (
            lambda: Geometry(padding=((3, 2), (0, 0)), transposed=True).output_size((3, 3), (3, 3)),
            "the image spreads over 5 rows, and padding crops 5",
            "Crop 4 in all at most.",
            "padding",
        ),
        (
            lambda: Geometry(padding=((0, 0), (1, 5)), padding_mode="reflect").output_size((5, 5), (1, 1)),
            "reflect can pad 5 columns by 4, and the padding is 5",
            'Use at most 4 there, a larger image, or padding_mode = "replicate".',
            "padding",
        ),
        (
            lambda: Geometry(padding=((0, 3), (0, 0)), padding_mode="symmetric").output_size((2, 5), (1, 1)),
            "symmetric can pad 2 rows by 2, and the padding is 3",
            'Use at most 2 there, a larger image, or padding_mode = "replicate".',
            "padding",
        ),
        (
            lambda: Geometry(padding=((2, 0), (0, 0)), padding_mode="circular").output_size((1, 5), (1, 1)),
            "circular can pad 1 row by 1, and the padding is 2",
            'Use at most 1 there, a larger image, or padding_mode = "replicate".',
            "padding",
        ),
    ],
)
def test_impossible_shapes_are_refused(
    compute: Callable[[], object], message: str, hint: str, key: str
) -> None:
    """The fact has the received numbers, the hint a way out, the key the option it is about."""
    with pytest.raises(InvalidValue) as caught:
        compute()

    assert (caught.value.message, caught.value.hint, caught.value.key) == (message, hint, key)


@pytest.mark.parametrize("mode", PADDING_MODES)
def test_the_widest_padding_of_each_mode_is_allowed(mode: PaddingMode) -> None:
    """Reflect pads by one less than the image has, symmetric and circular by as much, others by any width."""
    widest = {"reflect": 4, "symmetric": 5, "circular": 5}.get(mode, 50)
    geometry = Geometry(padding=((widest, widest), (0, 0)), padding_mode=mode)

    assert geometry.output_size((5, 5), (1, 1)) == (5 + 2 * widest, 5)
