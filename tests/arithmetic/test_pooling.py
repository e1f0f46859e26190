"""Pooling: agreement with exact loops, places of winners, and errors."""

from collections.abc import Callable
from contextlib import nullcontext
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest

from generator.arithmetic import (
    Geometry,
    Pair,
    average_divisors,
    average_pool,
    layer_output,
    max_pool,
    pooling_geometry_of,
)
from generator.errors import InvalidValue
from tests.arithmetic import oracle

Whole = npt.NDArray[np.int64]

CASES = 1000
TIMES = [CASES, pytest.param(10_000, marks=pytest.mark.long)]


def random_pooling(
    rng: np.random.Generator, *, dilated: bool = True
) -> tuple[Whole, Pair, Geometry, oracle.Options]:
    """Return an image and a pooling that fits it, with many equal pixels and one-sided padding."""
    while True:
        size, steps = rng.integers(1, 4, 2), rng.integers(1, 4, 2)
        apart = rng.integers(1, 5 if dilated else 2, 2)
        reach = (size - 1) * apart + 1
        padding = [[int(rng.integers(0, k // 2 + 1)) for _ in range(2)] for k in size]
        shape = rng.integers(1, 4), *rng.integers(1, 9, 2)
        image = rng.integers(-4, 5, shape) * int(rng.choice([1, 2**60]))
        ceil_mode = bool(rng.random() < 0.5)
        beyond = steps - 1 if ceil_mode else (0, 0)
        sizes = zip(shape[1:], padding, beyond, reach, strict=True)
        if all(s + sum(p) + more >= r for s, p, more, r in sizes):
            kernel, geometry = pooling_geometry_of(
                size.tolist(),
                stride=steps.tolist(),
                padding=padding,
                dilation=apart.tolist(),
                ceil_mode=ceil_mode,
            )
            options = oracle.Options(
                geometry.stride, geometry.padding, dilation=geometry.dilation, ceil_mode=ceil_mode
            )
            return image, kernel, geometry, options


@pytest.mark.parametrize("cases", TIMES)
def test_the_largest_and_their_places_are_those_of_loops(cases: int) -> None:
    """Of equals the first in reading order wins; a window without a pixel is refused, and only such."""
    rng = np.random.default_rng(1)
    for _ in range(cases):
        image, size, geometry, options = random_pooling(rng)
        values, places = oracle.largest(image.tolist(), size, options)
        if any(cell is None for plane in values for row in plane for cell in row):
            with pytest.raises(InvalidValue, match="holds no pixel of the image"):
                max_pool(image, size, geometry)
            continue

        for factor in (1, 0.5):
            pooled = max_pool(image * factor, size, geometry)

            assert pooled.values.dtype == (np.int64 if factor == 1 else np.float64)
            assert pooled.values.tolist() == (np.array(values) * factor).tolist()
            assert pooled.places.tolist() == places


@pytest.mark.parametrize("count_include_pad", [True, False])
@pytest.mark.parametrize("cases", TIMES)
def test_averages_are_those_of_loops(*, cases: int, count_include_pad: bool) -> None:
    """Exact fractions, each rounded once; whole if all of them are. The divisors are those of the loops."""
    rng = np.random.default_rng(2)
    whole = 0
    for _ in range(cases):
        image, size, geometry, options = random_pooling(rng, dilated=False)
        image %= 100
        exact = oracle.average(image.tolist(), size, options, count_include_pad)

        averages = average_pool(image, size, geometry, count_include_pad=count_include_pad)
        divisors = average_divisors(image.shape[1:], size, geometry, count_include_pad=count_include_pad)

        assert divisors.tolist() == oracle.divisors(image.tolist(), size, options, count_include_pad)
        assert averages.tolist() == [[[float(cell) for cell in row] for row in plane] for plane in exact]
        all_whole = all(Fraction(c).denominator == 1 for plane in exact for row in plane for c in row)
        assert averages.dtype == (np.int64 if all_whole else np.float64)
        whole += all_whole
    assert 0 < whole < cases


def test_padding_is_smaller_than_any_number() -> None:
    """Below zero, a zero of the padding would win; the smallest whole number wins over padding too."""
    least = -(2**63)
    for pixel in (-5, least):
        pooled = max_pool(np.full((1, 2, 2), pixel), *pooling_geometry_of(3, stride=2, padding=1))

        assert pooled.values.tolist() == [[[pixel]]]
        assert pooled.places.tolist() == [[[[0, 0]]]]


def test_what_is_no_number_wins() -> None:
    """Not-a-number is passed on, from the first place where it stands."""
    image = np.array([[[1, np.nan, np.inf, np.nan]]])

    pooled = max_pool(image, *pooling_geometry_of([1, 4]))

    assert np.isnan(pooled.values).all()
    assert pooled.places.tolist() == [[[[0, 1]]]]


def test_the_stride_is_the_size_unless_it_is_given() -> None:
    """A 2×2 pooling halves an image; with stride 1 its windows overlap."""
    image = np.arange(16).reshape(1, 4, 4)

    assert max_pool(image, *pooling_geometry_of(2)).values.tolist() == [[[5, 7], [13, 15]]]
    assert average_pool(image, *pooling_geometry_of(2, stride=1)).shape == (1, 3, 3)
    size, geometry = pooling_geometry_of(2, padding=1, line=True)
    assert (size, geometry.stride, geometry.padding) == ((1, 2), (1, 2), ((0, 0), (1, 1)))


def test_words_for_padding_may_pool_more_than_half_of_a_kernel() -> None:
    """Where each window still holds a pixel, a dilated kernel and a causal one pad as much as they need."""
    image = np.arange(1, 8).reshape(1, 1, 7)

    causal = pooling_geometry_of(3, stride=1, padding="causal", line=True)
    assert max_pool(image, *causal).values.tolist() == [[[1, 2, 3, 4, 5, 6, 7]]]
    upper = pooling_geometry_of([1, 3], stride=2, padding="same-upper", dilation=2, image_size=(1, 7))
    assert upper[1].padding == ((0, 0), (2, 2))
    assert max_pool(image, *upper).values.tolist() == [[[3, 5, 7, 7]]]
    lower = pooling_geometry_of([1, 2], padding="same-lower", image_size=(1, 7))
    assert max_pool(image, *lower).values.tolist() == [[[1, 3, 5, 7]]]


def test_a_global_pool_is_one_window_over_the_image() -> None:
    """Its kernel is as large as the image, which has a single answer."""
    image = np.array([[[1, 2, 3], [4, 5, 9]], [[0, 0, 0], [-6, 0, 0]]])
    size, geometry = pooling_geometry_of("global", image_size=(2, 3))

    assert size == (2, 3)
    assert average_pool(image, size, geometry).tolist() == [[[4]], [[-1]]]
    assert max_pool(image, size, geometry).values.tolist() == [[[9]], [[0]]]


def test_a_ceiling_lets_the_last_window_stick_out() -> None:
    """It begins in the image or before it, and what sticks out is not counted; padding is, if so wished."""
    image = np.arange(1, 6).reshape(1, 1, 5)

    size, geometry = pooling_geometry_of([1, 2], ceil_mode=True)
    assert max_pool(image, size, geometry).values.tolist() == [[[2, 4, 5]]]
    assert average_pool(image, size, geometry).tolist() == [[[1.5, 3.5, 5]]]
    assert geometry.overhang((1, 5), size) == (0, 1)
    assert geometry.margins((1, 5), size) == ((0, 0), (0, 1))
    size, geometry = pooling_geometry_of([1, 3], stride=2, padding=[0, 1], ceil_mode=True)
    assert average_pool(image[..., :4], size, geometry).tolist() == [[[1, 3, 2]]]
    assert average_pool(image[..., :4], size, geometry, count_include_pad=False).tolist() == [[[1.5, 3, 4]]]
    # A third window would begin in the padding after the image.
    size, geometry = pooling_geometry_of([1, 3], stride=3, padding=[0, 1], ceil_mode=True)
    assert average_pool(image, size, geometry).tolist() == [[[1, 4]]]
    # A kernel may be larger than the image, by less than a step.
    assert max_pool(image, *pooling_geometry_of([1, 6], ceil_mode=True)).values.tolist() == [[[5]]]


@pytest.mark.parametrize("word", ["same-upper", "same-lower"])
def test_words_for_padding_are_refused_where_a_window_holds_no_pixel(word: str) -> None:
    """Of random images and kernels just those are refused that loops find a window without a pixel in."""
    rng = np.random.default_rng(3)
    refused = 0
    for _ in range(CASES):
        shape, size, steps, apart = (
            (int(a), int(b)) for a, b in (rng.integers(1, most, 2) for most in (5, 4, 4, 5))
        )
        reach = [(k - 1) * a + 1 for k, a in zip(size, apart, strict=True)]
        margins = [oracle.fitted(*each, word) for each in zip(shape, reach, steps, strict=True)]
        options = oracle.Options(steps, (margins[0], margins[1]), dilation=apart)
        values, _ = oracle.largest(np.ones((1, *shape), int).tolist(), size, options)
        empty = any(cell is None for row in values[0] for cell in row)
        refused += empty

        expected = pytest.raises(InvalidValue, match="holds no pixel") if empty else nullcontext()
        with expected:
            _, geometry = pooling_geometry_of(
                size, stride=steps, padding=word, dilation=apart, image_size=shape
            )
            assert geometry.padding == tuple(margins)
    assert 0 < refused < CASES


@pytest.mark.parametrize(
    ("compute", "message", "hint", "key"),
    [
        (
            lambda: pooling_geometry_of(0),
            "the kernel_size is 0, not a whole number from 1",
            'Write kernel_size = 2, or rows first: kernel_size = [1, 2], or "global".',
            "kernel_size",
        ),
        (
            lambda: pooling_geometry_of(3, padding="causal", image_size=(5, 5)),
            'padding "causal" is for one row, and the image has 5 rows',
            "Write a number, at most half of the kernel, or another word.",
            "padding",
        ),
        (
            lambda: pooling_geometry_of("global", stride=2, image_size=(5, 5)),
            'kernel_size "global" is one window over the whole image, and stride is given',
            "Leave stride out, or give kernel_size a number, as in kernel_size = 2.",
            "stride",
        ),
        (
            lambda: pooling_geometry_of("global"),
            'kernel_size "global" goes by the size of the image, which is not known here',
            "Write a number, as in kernel_size = 2.",
            "kernel_size",
        ),
        (
            lambda: pooling_geometry_of([3, 2], padding=[1, 2]),
            "the padding is 2, and the kernel has 2 columns",
            "Half of that is the most that pooling pads: 1.",
            "padding",
        ),
        (
            lambda: max_pool(np.ones((4, 4)), (2, 2), Geometry()),
            "the image has the shape (4, 4), not channels, rows and columns",
            "",
            "image",
        ),
        (
            lambda: max_pool(np.ones((1, 4, 4)), (2, 2), Geometry(padding_mode="reflect")),
            "pooling has no padding_mode",
            "Leave it out.",
            "padding_mode",
        ),
        (
            lambda: average_pool(np.ones((1, 4, 4)), (2, 2), Geometry(groups=2)),
            "pooling has no groups",
            "Leave it out.",
            "groups",
        ),
        (
            lambda: average_pool(np.ones((1, 4, 4)), (2, 2), Geometry(transposed=True)),
            "pooling has no transposed",
            "Leave it out.",
            "transposed",
        ),
        (
            lambda: max_pool(np.ones((1, 3, 3)), *pooling_geometry_of(2, padding=1, dilation=4)),
            "the window at row 1, column 1 of the output holds no pixel of the image",
            "Use less padding, or a smaller dilation.",
            "padding",
        ),
        (
            lambda: average_pool(
                np.ones((1, 3, 3)),
                *pooling_geometry_of(2, padding=1, dilation=4),
                count_include_pad=False,
            ),
            "the window at row 1, column 1 of the output holds no pixel of the image",
            "Use less padding, or a smaller dilation.",
            "padding",
        ),
        (
            lambda: max_pool(np.ones((1, 2, 2)), *pooling_geometry_of(4, stride=2, ceil_mode=True)),
            "a 4×4 kernel spans 4 rows; the image has 2",
            "Use a smaller kernel, a larger image, or padding.",
            "kernel",
        ),
        (
            lambda: layer_output(np.ones((1, 2, 2)), np.ones((1, 1, 1, 1)), Geometry(ceil_mode=True)),
            "only pooling has ceil_mode",
            "Leave it out.",
            "ceil_mode",
        ),
        (
            lambda: Geometry(ceil_mode=True, padding_mode="reflect"),
            "only pooling has ceil_mode",
            "Leave it out.",
            "ceil_mode",
        ),
        (
            lambda: Geometry(ceil_mode=True, transposed=True),
            "only pooling has ceil_mode",
            "Leave it out.",
            "ceil_mode",
        ),
        (
            lambda: max_pool(np.ones((1, 2, 2)), *pooling_geometry_of(3)),
            "a 3×3 kernel spans 3 rows; the image has 2",
            "Use a smaller kernel, a larger image, or padding.",
            "kernel",
        ),
    ],
)
def test_poolings_that_cannot_be_are_refused(
    compute: Callable[[], object], message: str, hint: str, key: str
) -> None:
    """The fact has the received numbers, and the hint a way out."""
    with pytest.raises(InvalidValue) as caught:
        compute()

    assert (caught.value.message, caught.value.hint, caught.value.key) == (message, hint, key)
