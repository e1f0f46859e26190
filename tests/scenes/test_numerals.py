"""Numbers as people read them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.scenes.numerals import (
    MINUS,
    is_exact,
    number_text,
    plain_number,
    size_text,
    sum_text,
    weight_text,
)

MODERATE = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (32, "32"),
        (-4.0, "−4"),
        (0.5, "0.5"),
        (0.125, "0.13"),
        (11 / 3, "3.67"),
        (0.999, "1"),
        (-0.999, "−1"),
        (0.01, "0.01"),
        (0.004, "0.004"),
        (-0.00046, "−0.0005"),
        (1_000_000, "1000000"),
        (123456.789, "123456.79"),
        (0.000001, "0.000001"),
        (9.6e-7, "0.000001"),
        (-0.0000003, "−3e−7"),
        (1e-300, "1e−300"),
        (-5e-324, "−5e−324"),
        (10**15 - 1, "999999999999999"),
        (10**15, "1e15"),
        (-1.234e17, "−1.23e17"),
    ],
)
def test_a_number_has_two_decimals_at_most(number: float, text: str) -> None:
    """Whole numbers have none, zeros at the end are left out, small ones keep a digit, tiny ones a power."""
    assert number_text(number) == text


@given(MODERATE)
def test_a_number_says_what_it_is_up_to_half_its_last_digit(number: float) -> None:
    """Read back, the text is the nearest number that it can say."""
    tolerance = 0.005 if abs(number) >= 0.01 else abs(number) / 2

    assert abs(float(number_text(number).replace(MINUS, "-")) - number) <= tolerance * (1 + 1e-9)


@given(MODERATE)
def test_the_opposite_differs_by_its_sign_alone(number: float) -> None:
    """A true minus in front, and the same digits behind it."""
    assert number_text(-abs(number)).removeprefix(MINUS) == number_text(abs(number))


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(2, 3))
def test_every_number_is_short_and_can_be_read_back(number: float, places: int) -> None:
    """Whatever an operation makes: 23 signs at most, and nothing is so far off that it is another number."""
    text = number_text(number, places)

    assert len(text) <= 23
    error = abs(Fraction(text.replace(MINUS, "-")) - Fraction(number))
    assert error <= abs(Fraction(number)) / 2
    assert is_exact(text, number) or error > 0


@given(st.integers(-(10**6), 10**6))
def test_a_whole_float_is_written_as_a_whole_number(number: int) -> None:
    """2.0 and 2 are one number and have one text."""
    assert number_text(float(number)) == number_text(number)
    assert type(plain_number(float(number))) is int


@pytest.mark.parametrize(
    ("weight", "scale", "text"),
    [
        (2, Fraction(1), "2"),
        (-2, Fraction(1, 16), "−1/8"),
        (9, Fraction(1, 9), "1"),
        (0, Fraction(1, 9), "0"),
        (0.5, Fraction(1, 9), "1/18"),
        (1, Fraction(1, 273), "1/273"),
        (0.1, Fraction(1), "0.1"),
    ],
)
def test_a_weight_is_a_fraction_as_in_a_textbook(weight: float, scale: Fraction, text: str) -> None:
    """Whole where it can be, in lowest terms, and a decimal where the terms would be long."""
    assert weight_text(weight, scale) == text


def test_a_size_has_its_rows_first() -> None:
    """Height, then width."""
    assert size_text(5, 7) == "5×7"


def test_a_sum_has_its_signs_between_the_terms() -> None:
    """A negative term is subtracted; only the first keeps its own sign."""
    assert sum_text(["−1", "0", "9.5", "−2"]) == "−1 + 0 + 9.5 − 2"
    assert sum_text(["3"]) == "3"
