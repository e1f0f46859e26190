"""Layers that cannot be: shapes, groups and names that do not go together, and sums past int64."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from generator.arithmetic import (
    Geometry,
    laid,
    layer_output,
    layer_products,
)
from generator.errors import InvalidValue

Whole = npt.NDArray[np.int64]


def image_of(*shape: int) -> Whole:
    return np.ones(shape, np.int64)


@pytest.mark.parametrize(
    ("compute", "message", "hint", "key"),
    [
        (
            lambda: layer_output(image_of(4, 4), image_of(1, 1, 1, 1)),
            "the image has the shape (4, 4), not channels, rows and columns",
            "",
            "image",
        ),
        (
            lambda: layer_output(image_of(1, 4, 4), image_of(2, 2)),
            "the kernel has the shape (2, 2), not filters, channels, rows and columns",
            "",
            "kernel",
        ),
        (
            lambda: layer_output(image_of(3, 4, 4), image_of(1, 2, 1, 1)),
            "a filter has 2 channels; the image has 3",
            "Give each filter 3 channels.",
            "kernel",
        ),
        (
            lambda: layer_output(image_of(4, 4, 4), image_of(2, 1, 1, 1), Geometry(groups=2)),
            "a filter has 1 channel; the image has 4 in 2 groups",
            "Give each filter 2 channels.",
            "kernel",
        ),
        (
            lambda: layer_output(image_of(4, 4, 4), image_of(2, 1, 1, 1), Geometry(groups=3)),
            "4 channels cannot be split into 3 groups",
            "groups may be 1 or 2 or 4.",
            "groups",
        ),
        (
            lambda: layer_output(image_of(2, 4, 4), image_of(3, 1, 1, 1), Geometry(groups=2)),
            "3 filters cannot be split into 2 groups",
            "groups may be 1 or 3.",
            "groups",
        ),
        (
            lambda: layer_output(image_of(2, 4, 4), image_of(3, 1, 1, 1), Geometry(transposed=True)),
            "the kernel spreads 3 channels; the image has 2",
            "A transposed layer's kernel begins with the channels of its image.",
            "kernel",
        ),
        (
            lambda: layer_output(image_of(1, 4, 4), image_of(2, 1, 1, 1), bias=image_of(1)),
            "the bias has 1 number, and the kernel 2 filters",
            "Write one number for each filter.",
            "bias",
        ),
        (
            lambda: layer_output(image_of(1, 4, 4), image_of(2, 1, 1, 1), bias=image_of(2, 1)),
            "the bias has the shape (2, 1), and the kernel 2 filters",
            "Write one number for each filter.",
            "bias",
        ),
        (
            lambda: layer_output(image_of(1, 4, 4), image_of(1, 1, 1, 1), activation="rely"),  # type: ignore[arg-type]
            'unknown activation "rely"',
            'Did you mean "relu"?',
            "activation",
        ),
        (
            lambda: laid(image_of(1, 1), "convolve"),  # type: ignore[arg-type]
            'unknown operation "convolve"',
            'Did you mean "convolution"?',
            "operation",
        ),
        (
            lambda: layer_products(image_of(1, 4, 4), image_of(1, 1, 1, 1), Geometry(transposed=True)),
            "a transposed layer has patches, not products of windows",
            "",
            "transposed",
        ),
        (
            lambda: layer_output(image_of(2, 4, 4) * 2**61, image_of(1, 2, 1, 2)),
            "sums could reach 9223372036854775808, and whole numbers end at 9223372036854775807",
            "Use smaller numbers.",
            "",
        ),
        (
            lambda: layer_output(
                image_of(1, 1, 1),
                image_of(1, 1, 2, 1),
                Geometry(padding=((1, 0), (0, 0)), padding_mode="constant", padding_value=-(2**62)),
            ),
            "sums could reach 9223372036854775808, and whole numbers end at 9223372036854775807",
            "Use smaller numbers.",
            "",
        ),
        (
            lambda: layer_output(image_of(2, 4, 4) * 2**61, image_of(2, 1, 1, 2), Geometry(transposed=True)),
            "sums could reach 9223372036854775808, and whole numbers end at 9223372036854775807",
            "Use smaller numbers.",
            "",
        ),
        (
            lambda: layer_output(image_of(1, 1, 1) * 2**62, image_of(1, 1, 1, 1), bias=image_of(1) * 2**62),
            "sums could reach 9223372036854775808, and whole numbers end at 9223372036854775807",
            "Use smaller numbers.",
            "",
        ),
    ],
)
def test_layers_that_cannot_be_are_refused(
    compute: Callable[[], object], message: str, hint: str, key: str
) -> None:
    """The fact has the received numbers, and the hint a way out."""
    with pytest.raises(InvalidValue) as caught:
        compute()

    assert (caught.value.message, caught.value.hint, caught.value.key) == (message, hint, key)


def test_the_reach_of_a_transposed_layer_is_that_of_one_output() -> None:
    """Weights add up over the channels that reach an output, and not over the outputs of a channel."""
    image, weights = np.full((2, 1, 1), 2**61), np.zeros((2, 3, 1, 1), int)
    weights[:, 0] = 2
    with pytest.raises(InvalidValue, match="sums could reach 9223372036854775808,"):
        layer_output(image, weights, Geometry(transposed=True))
    weights[1], weights[0, 1] = 0, 2

    assert layer_output(image, weights, Geometry(transposed=True)).ravel().tolist() == [2**62, 2**62, 0]
