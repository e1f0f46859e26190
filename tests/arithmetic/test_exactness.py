"""Magnitudes of whole numbers of every type, and scales that are applied without a detour."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from generator.arithmetic.exactness import largest, scaled
from generator.errors import InvalidValue


@pytest.mark.parametrize("name", ["?", "u1", "i1", "<u2", ">u2", "<i4", ">i4", "<u8", ">u8", "<i8", ">i8"])
def test_the_largest_magnitude_is_that_of_exact_numbers(name: str) -> None:
    """All types, in both orders of bytes, up to the ends of their range, contiguous or not."""
    number_type: np.dtype[Any] = np.dtype(name)
    ends = (0, 1) if name == "?" else (np.iinfo(number_type).min, np.iinfo(number_type).max)
    for values in ([ends[0]], [ends[1]], [0, *ends], [ends[0] + 1, 0, 1], [0, 1, 0], []):
        array = np.array(values, number_type)

        assert largest(array) == max(map(abs, map(int, values)), default=0)
        assert largest(np.array([array, array]).T[::-1]) == largest(array)


def test_whole_results_stay_whole() -> None:
    """A ninth of nines is ones, as int64."""
    results = scaled(np.array([[9, 18], [-27, 0]]), Fraction(1, 9))

    assert results.dtype == np.int64
    assert results.tolist() == [[1, 2], [-3, 0]]


def test_one_broken_result_makes_all_of_them_float() -> None:
    """An array has one number type: a single third makes it float64."""
    results = scaled(np.array([3, 1]), Fraction(1, 3))

    assert results.dtype == np.float64
    assert results.tolist() == [1.0, 1 / 3]


@pytest.mark.parametrize("scale", [Fraction(1, 3), Fraction(1, 9), Fraction(2, 3), Fraction(-7, 10)])
def test_whole_values_are_rounded_once(scale: Fraction) -> None:
    """Each result is the float64 nearest to the true fraction."""
    values = np.arange(-500, 501)

    assert scaled(values, scale).tolist() == [float(int(value) * scale) for value in values]


@pytest.mark.parametrize("scale", [Fraction(1), Fraction(3), Fraction(0)])
def test_a_whole_scale_keeps_large_whole_numbers_exact(scale: Fraction) -> None:
    """No whole number takes a detour through float64 when the scale is whole."""
    assert scaled(np.array([2**53 + 1]), scale).tolist() == [(2**53 + 1) * scale]


def test_floats_are_multiplied_before_they_are_divided() -> None:
    """Floats stay floats, whatever the scale."""
    results = scaled(np.array([49.0, 0.5]), Fraction(1, 49))

    assert results.dtype == np.float64
    assert results.tolist() == [1.0, 0.5 / 49]


@pytest.mark.parametrize("number_type", [np.int64, np.float64])
def test_scaling_leaves_its_input_alone(number_type: type[np.int64 | np.float64]) -> None:
    """A scale of one gives equal numbers in new memory, in any shape."""
    values = np.ones((2, 0, 3), number_type)
    single = np.ones((1, 1, 1), number_type)

    assert scaled(values, Fraction(1)).shape == (2, 0, 3)
    assert not np.shares_memory(scaled(single, Fraction(1)), single)


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (Fraction(1, 2**63), "the scale 1/9223372036854775808 has a term past 9223372036854775807"),
        (Fraction(-(2**63)), "the scale -9223372036854775808 has a term past 9223372036854775807"),
        (
            Fraction(2**61, 3),
            "the scale 2305843009213693952/3 makes 9223372036854775808 on the way, "
            "and whole numbers end at 9223372036854775807",
        ),
    ],
)
def test_scales_that_might_wrap_around_are_refused(scale: Fraction, message: str) -> None:
    """A scale that int64 cannot apply is an error and never a wrong number."""
    with pytest.raises(InvalidValue) as caught:
        scaled(np.array([-4, 3]), scale)

    assert caught.value.message == message
    assert caught.value.key == "scale"
