"""Two answers together: exact roots of whole numbers, near ones of others, and no overflow."""

from decimal import Decimal, localcontext
from math import inf, isqrt, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.arithmetic import KERNELS, PATTERNS, layer_output, magnitude
from generator.errors import InvalidValue


def root(first: float, second: float) -> Decimal:
    """Return the length to 60 digits."""
    with localcontext() as context:
        context.prec = 1400  # so that squares of all floats are exact, before the root is
        total = Decimal(first) * Decimal(first) + Decimal(second) * Decimal(second)
        context.prec = 60
        return total.sqrt()


whole_numbers = (
    st.integers(-300, 300)
    | st.integers(-(2**31) - 2, 2**31 + 2)
    | st.integers(-(2**63), 2**63 - 1)
    | st.sampled_from([2**31 - 1, 2**31, -(2**31), -(2**63), 2**63 - 1])
)


@given(st.lists(st.tuples(whole_numbers, whole_numbers), min_size=1, max_size=6))
def test_whole_numbers_have_exact_or_nearly_exact_roots(pairs: list[tuple[int, int]]) -> None:
    """All whole roots make int64; one that is broken, or past int64, makes all of them float64."""
    sums = [first**2 + second**2 for first, second in pairs]
    whole = all(isqrt(number) ** 2 == number and isqrt(number) < 2**63 for number in sums)
    first, second = (np.array(side) for side in zip(*pairs, strict=True))

    made = magnitude(first, second)

    assert made.dtype == (np.int64 if whole else np.float64)
    for length, pair in zip(made.tolist(), pairs, strict=True):
        exact = root(*pair)
        assert abs(Decimal(length) - exact) <= exact * Decimal("1.2e-16") * (0 if whole else 2)


@given(st.integers(1, 2**20), st.integers(1, 2**20), st.integers(1, 2**20))
def test_right_triangles_have_whole_sides(a: int, b: int, scale: int) -> None:
    """Euclid's triples come out whole, up to past the whole floats, whatever their signs."""
    sides = (abs(a * a - b * b) * scale, 2 * a * b * scale)
    length = (a * a + b * b) * scale
    if length < 2**63:
        made = magnitude(np.array([[sides[0], -sides[1]]]), np.array([[-sides[1], sides[0]]]))

        assert made.dtype == np.int64
        assert made.tolist() == [[length, length]]


fractions = st.floats(-1e154, 1e154) | st.floats(-10, 10)


@given(fractions, fractions)
def test_fractions_are_those_of_long_decimals(first: float, second: float) -> None:
    """To fifteen digits, also where a square alone would vanish or overflow."""
    [length] = magnitude(np.array([first]), np.array([second])).tolist()

    exact = root(first, second)
    assert abs(Decimal(length) - exact) <= exact * Decimal("5e-16") + Decimal("5e-324")


def test_a_whole_root_among_broken_ones_is_exact() -> None:
    """In float64 too, 3 and 4 make 5, also where the squares are past the whole floats."""
    far = 2**26 + 1
    assert magnitude(np.array([3, 1, 3 * far]), np.array([4, 1, 4 * far])).tolist() == [5, 2**0.5, 5 * far]


def test_neither_large_nor_broken_numbers_warn() -> None:
    """Large floats do not overflow on the way; infinity wins over all, as in `math.hypot`."""
    assert magnitude(np.array([3e300, 1.7e308]), np.array([4e300, 1.7e308])).tolist() == [5e300, inf]
    assert magnitude(np.array([inf, -inf, 1]), np.array([nan, 1, inf])).tolist() == [inf, inf, inf]
    assert np.isnan(magnitude(np.array([nan]), np.array([1]))).all()


@pytest.mark.parametrize("name", ["u1", "i1", "?", "u8", "f2", "f4"])
def test_numbers_of_any_width_are_taken(name: str) -> None:
    """Nothing wraps around in a narrow type, and nothing is lost in a short one."""
    number_type: np.dtype[Any] = np.dtype(name)
    values = np.array([1 if name == "?" else 120] * 2, number_type).reshape(2, 1)

    made = magnitude(values, np.zeros_like(values))

    assert made.dtype == (np.float64 if name.startswith("f") else np.int64)
    assert made.tolist() == values.astype(int).tolist()


def test_an_edge_is_as_strong_in_every_direction() -> None:
    """The strengths of an image and of the one turned by a quarter are turned by a quarter."""
    image = np.array([PATTERNS["corner"].pixels])
    weights = np.array([[KERNELS[name].weights] for name in ("sobel-x", "sobel-y")])

    upright, turned = (
        magnitude(*layer_output(picture, weights)) for picture in (image, np.rot90(image, axes=(1, 2)))
    )

    assert upright.any()
    assert np.array_equal(np.rot90(upright), turned)


def test_answers_of_two_sizes_are_refused() -> None:
    """They do not belong to the same pixels."""
    with pytest.raises(InvalidValue) as caught:
        magnitude(np.ones((2, 3)), np.ones((3, 2)))

    assert caught.value.message == "the first answer has the shape (2, 3), and the second (3, 2)"
    assert caught.value.hint == "Lay kernels of one size on one image."
