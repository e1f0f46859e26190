"""Activations: exact where they can be, as near as floats are elsewhere, and no sign before a zero."""

from fractions import Fraction
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.arithmetic import ACTIVATIONS, Activation, Array, activated
from generator.errors import InvalidValue
from tests.arithmetic import oracle

STAYING_WHOLE: tuple[Activation, ...] = ("relu", "abs", "clamp")

whole_numbers = st.integers(-(2**63) + 1, 2**63 - 1)


@given(st.lists(whole_numbers, min_size=1), st.sampled_from(STAYING_WHOLE))
def test_whole_numbers_stay_whole(values: list[int], activation: Activation) -> None:
    """Relu, abs and clamp are exact for everything that int64 holds."""
    made = activated(np.array(values), activation)

    assert made.dtype == np.int64
    assert made.tolist() == [oracle.activated(value, activation) for value in values]


@given(st.integers(-(2**53), 2**53))
def test_a_leak_is_rounded_once(value: int) -> None:
    """A hundredth of a whole number is the float64 nearest to it."""
    exact = oracle.activated(value, "leaky-relu")

    assert activated(np.array([value]), "leaky-relu").tolist() == [float(exact)]


@given(
    st.floats(-1e300, 1e300) | st.floats(-50, 50) | st.integers(-1000, 1000),
    st.sampled_from(ACTIVATIONS),
)
def test_fractions_are_those_of_long_decimals(value: float, activation: Activation) -> None:
    """Every activation is right to fifteen digits, from the smallest numbers to the largest, unwarned."""
    exact = Fraction(oracle.activated(Fraction(value), activation))
    allowed = max(exact, -exact) * Fraction(1, 10**15) + Fraction(5e-324)

    [made] = activated(np.array([value]), activation).tolist()

    assert -allowed <= Fraction(made) - exact <= allowed


@pytest.mark.parametrize(
    ("activation", "of_inf", "of_minus_inf"),
    [
        ("relu", inf, 0),
        ("leaky-relu", inf, -inf),
        ("sigmoid", 1, 0),
        ("tanh", 1, -1),
        ("abs", inf, inf),
        ("clamp", 255, 0),
    ],
)
def test_what_is_no_number_goes_where_it_tends(
    activation: Activation, of_inf: float, of_minus_inf: float
) -> None:
    """Infinity becomes what large numbers come near to; not-a-number stays what it is."""
    made = activated(np.array([inf, -inf, nan]), activation)

    assert made[:2].tolist() == [of_inf, of_minus_inf]
    assert np.isnan(made[2])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_zero_has_no_sign(activation: Activation) -> None:
    """Neither of −0 nor of what is too small below zero anything is left that prints as "-0"."""
    made = activated(np.array([-0.0, -5e-324, -1e5, 0.0]), activation)

    assert not np.signbit(made[made == 0]).any()
    assert made.shape == (4,)


@given(st.lists(st.integers(-9, 9), min_size=1), st.sampled_from([np.int64, np.float64]))
def test_no_activation_changes_nothing(values: list[int], number_type: type[np.int64 | np.float64]) -> None:
    """Without activation values stay as they are; relu twice is relu once, in the same type."""
    array: Array = np.array(values, number_type)

    assert activated(array, None).tolist() == array.tolist()
    once = activated(array, "relu")
    assert once.dtype == array.dtype
    assert activated(once, "relu").tolist() == once.tolist() == [max(value, 0) for value in values]


def test_a_magnitude_past_int64_is_refused() -> None:
    """The lowest number of int64 has no magnitude there."""
    with pytest.raises(InvalidValue, match="sums could reach 9223372036854775808,"):
        activated(np.array([-(2**63)]), "abs")


def test_a_name_that_is_nearly_known_is_suggested() -> None:
    """PyTorch writes it with an underscore."""
    with pytest.raises(InvalidValue) as caught:
        activated(np.array([1]), "leaky_relu")  # type: ignore[arg-type]

    assert (caught.value.message, caught.value.hint) == (
        'unknown activation "leaky_relu"',
        'Did you mean "leaky-relu"?',
    )
