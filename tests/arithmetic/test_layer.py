"""Layers with every option: agreement with exact loops and with SciPy, and physics."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import scipy

from generator.arithmetic import (
    Geometry,
    geometry_of,
    laid,
    layer_output,
    layer_patch,
    layer_products,
    outputs_of,
)
from generator.arithmetic.correlation import BAND_BYTES
from tests.arithmetic import oracle
from tests.arithmetic.one_channel import cross_correlate
from tests.arithmetic.random_layers import RandomLayer, numbers, random_layer

CASES = 1000
LONG_CASES = 10_000

CURVES = ("leaky-relu", "sigmoid", "tanh")
"""Activations that make fractions of whole numbers."""

Whole = npt.NDArray[np.int64]


def fractions_of(values: npt.NDArray[Any]) -> list[Any]:
    """Return nested lists of the exact values."""
    exact = [Fraction(x) if isinstance(x, float) else x for x in values.ravel().tolist()]
    nested: list[Any] = np.array(exact, object).reshape(values.shape).tolist()
    return nested


def compare_with_exact_loops(layer: RandomLayer) -> None:
    """Whole numbers are equal, fractions within a trillionth of the magnitudes that are added."""
    image, weights = fractions_of(layer.image), fractions_of(layer.weights)
    bias = None if layer.bias is None else fractions_of(layer.bias)
    exact = oracle.output(image, weights, layer.options, bias, layer.activation)

    found = layer_output(layer.image, layer.weights, layer.geometry, layer.bias, layer.activation)

    whole = layer.image.dtype.kind == "i"
    if whole and layer.activation not in CURVES:
        assert found.dtype == np.int64, layer
        assert found.tolist() == exact, layer
        return
    assert found.dtype == np.float64, layer
    assert found.shape == np.shape(exact), layer
    # A whole sum is exact, so that the activation alone is rounded.
    allowed = 1e-15 * np.abs(np.array(exact, float))
    if not whole:
        size = oracle.output(
            np.abs(layer.image).tolist(),
            np.abs(layer.weights).tolist(),
            replace(layer.options, padding_value=Fraction(abs(layer.geometry.padding_value))),
            None if layer.bias is None else np.abs(layer.bias).tolist(),
            activation=None,
        )
        allowed += 1e-12 * np.array(size, float)
    assert (np.abs(found - np.array(exact, float)) <= allowed).all(), layer


def compare_products_with_exact_loops(layer: RandomLayer) -> None:
    """All products are those of the loops, each rounded once at most."""
    exact = oracle.products(fractions_of(layer.image), fractions_of(layer.weights), layer.options)
    products = layer_products(layer.image, layer.weights, layer.geometry)
    whole = layer.image.dtype.kind == "i"

    assert products.shape == np.shape(exact), layer
    assert products.all().tolist() == (exact if whole else np.array(exact, float).tolist()), layer


@pytest.mark.parametrize("seed", range(4))
def test_random_layers_are_those_of_exact_loops(seed: int) -> None:
    """Every option at once, on small images with several channels and filters."""
    rng = np.random.default_rng(seed)
    for case in range(CASES // 4):
        compare_with_exact_loops(random_layer(rng, whole=case % 2 == 0))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_very_many_random_layers_are_those_of_exact_loops(seed: int) -> None:
    """The same, ten times as often."""
    rng = np.random.default_rng(seed)
    for case in range(LONG_CASES // 10):
        compare_with_exact_loops(random_layer(rng, whole=case % 2 == 0))


def test_products_are_those_of_exact_loops() -> None:
    """The products of every window stand in window order, filter by filter."""
    rng = np.random.default_rng(5)
    for case in range(300):
        layer = random_layer(rng, whole=case % 2 == 0)
        if not layer.geometry.transposed:
            compare_products_with_exact_loops(layer)


def test_products_can_be_asked_for_one_window_at_a_time() -> None:
    """One window's products are those of all windows at its place."""
    layer = layer_products(
        np.arange(60).reshape(4, 3, 5), np.arange(48).reshape(6, 2, 2, 2), Geometry(groups=2)
    )

    assert layer.at(4, 1, 2).tolist() == layer.all()[4, 1, 2].tolist() == layer.of_filter(4)[1, 2].tolist()


def test_patches_put_in_their_places_are_the_transposed_output() -> None:
    """What each pixel spreads, added at its corner and cropped, is what the layer gives."""
    rng = np.random.default_rng(6)
    for _ in range(200):
        layer = random_layer(rng, whole=True)
        geometry = layer.geometry
        if not geometry.transposed:
            continue
        output = layer_output(layer.image, layer.weights, geometry)
        added = np.zeros_like(output)
        for channel, row, column in np.ndindex(*layer.image.shape):
            patch = layer_patch(layer.image, layer.weights, geometry, (channel, row, column))
            top, left = geometry.window(row, column)
            for (part, j, k), value in np.ndenumerate(patch):
                place = top + j * geometry.dilation[0], left + k * geometry.dilation[1]
                if 0 <= place[0] < output.shape[1] and 0 <= place[1] < output.shape[2]:
                    added[outputs_of(channel, layer.weights, geometry)[part], *place] += value

        assert added.tolist() == output.tolist()


def test_transposed_is_the_adjoint() -> None:
    """⟨layer(x), y⟩ = ⟨x, transposed(y)⟩ with the same weights, in whole numbers exactly."""
    rng = np.random.default_rng(7)
    tried = 0
    while tried < 100:
        layer = random_layer(rng, whole=True)
        if layer.geometry.transposed or layer.geometry.padding_mode != "zeros":
            continue
        tried += 1
        g = layer.geometry
        forward = layer_output(layer.image % 9, layer.weights % 9, g)
        other = rng.integers(-9, 10, forward.shape)
        span = g.span((layer.weights.shape[2], layer.weights.shape[3]))
        sizes = layer.image.shape[1:]
        extra = [
            (size + sum(sides) - reach) % stride
            for size, sides, reach, stride in zip(sizes, g.padding, span, g.stride, strict=True)
        ]
        back = Geometry(g.stride, g.padding, "zeros", g.dilation, g.groups, True, (extra[0], extra[1]))

        backward = layer_output(other, layer.weights % 9, back)

        assert backward.shape == layer.image.shape
        assert (forward * other).sum() == (backward * (layer.image % 9)).sum()


@pytest.mark.parametrize(
    ("mode", "theirs"),
    [
        ("zeros", "constant"),
        ("constant", "constant"),
        ("reflect", "mirror"),
        ("symmetric", "reflect"),
        ("replicate", "nearest"),
        ("circular", "wrap"),
    ],
)
def test_same_padding_is_that_of_scipy(mode: str, theirs: str) -> None:
    """Odd kernels under "same", in every mode, equal SciPy's filters."""
    rng = np.random.default_rng(8)
    for _ in range(50):
        height, width = (int(n) for n in rng.integers(5, 20, 2))
        kernel = rng.integers(-9, 10, [2 * int(n) + 1 for n in rng.integers(0, 3, 2)])
        image = rng.integers(0, 256, (height, width))
        size, value = (kernel.shape[0], kernel.shape[1]), 9 if mode == "constant" else 0
        geometry = geometry_of(size, padding="same", padding_mode=mode, padding_value=value)

        ours = layer_output(image[np.newaxis], kernel[np.newaxis, np.newaxis], geometry)

        assert np.array_equal(ours[0], scipy.ndimage.correlate(image, kernel, mode=theirs, cval=value))


@pytest.mark.parametrize("word", ["valid", "same", "full"])
def test_padding_words_are_those_of_scipy(word: str) -> None:
    """Valid and full, and same for odd kernels, equal `correlate2d`."""
    rng = np.random.default_rng(9)
    image, kernel = rng.integers(0, 256, (9, 12)), rng.integers(-9, 10, (3, 5))

    ours = layer_output(image[np.newaxis], kernel[np.newaxis, np.newaxis], geometry_of((3, 5), padding=word))

    assert np.array_equal(ours[0], scipy.signal.correlate2d(image, kernel, word))


def test_steps_pick_from_all_positions() -> None:
    """Stride s gives every s-th answer, over several bands and however wide the kernel is."""
    rng = np.random.default_rng(10)
    for width in (300, BAND_BYTES // 4 + 70):
        image = rng.integers(0, 256, (40, width))
        for side in (1, 2, 3, 5, 12, 13):
            kernel = rng.integers(-9, 10, (3, side))
            everywhere = cross_correlate(image, kernel)
            for down, across in ((2, 2), (3, 1), (1, 4), (5, 7)):
                geometry = Geometry(stride=(down, across))

                ours = layer_output(image[np.newaxis], kernel[np.newaxis, np.newaxis], geometry)

                assert np.array_equal(ours[0], everywhere[::down, ::across])


def test_dilation_is_a_kernel_with_zeros_between() -> None:
    """A dilated kernel gives the answers of the one with zeros written into its gaps, in large images too."""
    rng = np.random.default_rng(11)
    image = rng.integers(0, 256, (190, 400))
    for side in (1, 2, 3, 5, 7):
        for apart, beside in ((2, 1), (1, 2), (3, 4), (30, 60)):
            kernel = rng.integers(-9, 10, (side, side))
            sparse = np.zeros((apart * (side - 1) + 1, beside * (side - 1) + 1), int)
            sparse[::apart, ::beside] = kernel
            everywhere = scipy.signal.correlate2d(image, sparse, "valid")
            for down, across in ((1, 1), (2, 3), (3, 2), (1, 10)):
                geometry = Geometry(stride=(down, across), dilation=(apart, beside))

                ours = layer_output(image[np.newaxis], kernel[np.newaxis, np.newaxis], geometry)

                assert np.array_equal(ours[0], everywhere[::down, ::across])


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_what_is_no_number_reaches_just_its_windows(stride: int, dilation: int, broken: float) -> None:
    """Infinity and not-a-number spoil the windows that hold them, also under a weight of 0, and no other."""
    geometry = Geometry(stride=(stride, stride), dilation=(dilation, dilation), padding=((1, 1), (1, 1)))
    image = np.ones((1, 12, 12))
    image[0, 5, 6] = broken
    weights = np.array([[[[1.0, 2, 3], [4, 0, 6], [7, 8, 9]]]])
    held = layer_products(np.isinf(image) | np.isnan(image), np.ones((1, 1, 3, 3), int), geometry)

    output = layer_output(image, weights, geometry)

    assert np.array_equal(~np.isfinite(output), held.all().any((3, 4, 5)))


def test_depthwise_filters_see_one_channel_each() -> None:
    """With as many groups as channels, each filter answers to its own channel alone."""
    image, weights = np.arange(24).reshape(2, 3, 4), np.array([[[[1, -1]]], [[[2, 0]]]])

    output = layer_output(image, weights, Geometry(groups=2))

    assert output.tolist() == [
        cross_correlate(image[0], weights[0, 0]).tolist(),
        cross_correlate(image[1], weights[1, 0]).tolist(),
    ]


def test_a_scale_comes_before_the_bias() -> None:
    """Nine ninths are one, and the bias is not divided."""
    image, weights = np.ones((1, 3, 3), int), np.ones((1, 1, 3, 3), int)

    output = layer_output(image, weights, bias=np.array([5]), scale=Fraction(1, 9))

    assert output.dtype == np.int64
    assert output.tolist() == [[[6]]]


def test_relu_cuts_off_what_is_below_zero_after_the_bias() -> None:
    """A sum of −3 with a bias of 2 becomes 0, one of −1 becomes 1."""
    image, weights = np.array([[[-3, -1]]]), np.array([[[[1]]]])

    assert layer_output(image, weights, bias=np.array([2]), activation="relu").tolist() == [[[0, 1]]]


def test_a_convolution_lays_the_kernel_turned() -> None:
    """Both axes of each channel are flipped; a cross-correlation's are not."""
    weights = np.arange(8).reshape(1, 2, 2, 2)

    assert laid(weights, "convolution").tolist() == [[[[3, 2], [1, 0]], [[7, 6], [5, 4]]]]
    assert laid(weights, "cross-correlation").tolist() == weights.tolist()


def test_small_number_types_are_widened() -> None:
    """Bytes and truth values count as whole numbers and do not wrap around."""
    image, weights = np.full((1, 2, 2), 255, np.uint8), np.full((1, 1, 2, 2), 100, np.int8)
    for geometry in (Geometry(), Geometry(transposed=True)):
        output = layer_output(image, weights, geometry, np.array([True]))

        assert output.dtype == np.int64
        assert output.max() == 4 * 255 * 100 + 1
    assert layer_products(image, weights).at(0, 0, 0).max() == 25500


def test_large_fractions_of_many_channels_keep_their_shape() -> None:
    """Several bands, channels and filters at once give the sum over channels of single correlations."""
    rng = np.random.default_rng(12)
    image, weights = numbers(rng, (3, 200, 300), whole=False), numbers(rng, (2, 3, 3, 3), whole=False)

    output = layer_output(image, weights)

    for number in range(2):
        alone = sum(scipy.signal.correlate2d(image[c], weights[number, c], "valid") for c in range(3))
        size = sum(
            scipy.signal.correlate2d(abs(image[c]), abs(weights[number, c]), "valid") for c in range(3)
        )
        assert (np.abs(output[number] - alone) <= 1e-12 * size).all()


@pytest.mark.parametrize("limits", [(255, 9), (2**40, 2**14), None], ids=["small", "large", "fractions"])
@pytest.mark.parametrize(("stride", "apart"), [((2, 3), (1, 2)), ((3, 2), (2, 4)), ((1, 6), (3, 4))])
def test_large_images_have_every_option_at_once(
    stride: tuple[int, int], apart: tuple[int, int], limits: tuple[int, int] | None
) -> None:
    """Bands, channels, filters, stride, padding and dilation together give what SciPy adds and picks."""
    rng = np.random.default_rng(13)
    image, weights = (
        rng.integers(-limits[n], limits[n], shape, endpoint=True) if limits else rng.normal(size=shape)
        for n, shape in enumerate(((2, 900, 480), (2, 2, 4, 5)))
    )
    sparse = np.zeros((2, 2, 3 * apart[0] + 1, 4 * apart[1] + 1), weights.dtype)
    sparse[..., :: apart[0], :: apart[1]] = weights
    margins = ((13, 2), (1, 14))
    around = np.pad(image, ((0, 0), *margins))

    output = layer_output(image, weights, Geometry(stride, margins, dilation=apart))

    for number in range(2):
        alone = sum(scipy.signal.correlate2d(around[c], sparse[number, c], "valid") for c in range(2))
        expected = alone[:: stride[0], :: stride[1]]
        assert output[number].shape == expected.shape
        # Of numbers below 10 in size, no sum of 40 products loses more than this.
        assert (np.abs(output[number] - expected) <= (0 if limits else 1e-10)).all()


@pytest.mark.parametrize("number_type", [np.int64, np.float64])
def test_margins_may_be_higher_than_bands(number_type: type[np.int64 | np.float64]) -> None:
    """Windows that lie in the padding wholly give zeros, even if these fill bands."""
    image = np.ones((2, 3, BAND_BYTES // 4), number_type)
    weights = np.ones((1, 2, 2, 3), number_type)

    [output] = layer_output(image, weights, Geometry(padding=((5, 4), (0, 0))))

    assert (output == np.array([0, 0, 0, 0, 6, 12, 12, 6, 0, 0, 0])[:, np.newaxis]).all()
