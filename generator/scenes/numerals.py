"""How a number is written: the one place that page, film, table and prose take their digits from.

Two places that round for themselves will disagree one day; here a number is rounded once, to the
nearest, and the same text stands wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor, log10, prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.arithmetic import Margins, Pair

MINUS = "−"
TIMES = "×"
ALMOST = "≈"
LONGEST_FRACTION = 4
"""A longer one, such as 99/32, is written as a decimal: it would fill its tile."""
LONGEST_WEIGHT = 9
"""A weight may be longer: it stands still and can be read at leisure."""
WEIGHT_PLACES = 4
"""Decimals that a weight may have."""
TINY = Decimal("1e-6")
"""What is nearer to zero is printed with a power of ten, such as 3e−7, for the zeros would fill a tile."""
HUGE = 10**15
"""So is what is farther from zero."""
LONG = 10**5
"""From here on a number on a tile is printed with a power of ten."""
SMALL = 1e-4
"""So is a number below that of which some digits count."""
NOISE = 1e-10
"""By so much of itself a number may differ from its text: floats round, and people do not see it."""
SCIENTIFIC = re.compile(rf"(?<=\d)e({MINUS}?)(\d+)")
"""The power of ten in a printed number: its sign, and its digits."""
NUMBER = rf"{MINUS}?\d+(?:\.\d+)?(?:e{MINUS}?\d+|/\d+)?"
SUM = re.compile(rf"{NUMBER}(?: [+{MINUS}{TIMES}] {NUMBER})*")
"""Printed numbers with signs between them."""


def plain_number(value: float) -> int | float:
    """Return a whole number as `int` and any other as `float`.

    >>> plain_number(3.0), plain_number(0.5)
    (3, 0.5)
    """
    number = float(value)
    return int(value) if number.is_integer() else number


@lru_cache(maxsize=2**14)
def number_text(value: float, places: int = 2) -> str:
    """Return the number with at most so many decimals and a true minus; small ones keep a significant digit.

    >>> number_text(-4.0), number_text(11 / 3), number_text(0.125), number_text(-0.004)
    ('−4', '3.67', '0.13', '−0.004')
    >>> number_text(3e-7), number_text(-1e-300), number_text(1.5e17), number_text(399.5, places=0)
    ('3e−7', '−1e−300', '1.5e17', '400')
    """
    number = plain_number(value)
    return MINUS + _digits(-number, places) if number < 0 else _digits(number, places)


def rounded_text(value: float, places: int = 2) -> str:
    """Return the number with at most so many decimals, a small one too.

    >>> rounded_text(0.0051), rounded_text(-3e-7), rounded_text(0.9999)
    ('0.01', '0', '1')
    """
    rounded = Decimal(repr(float(value))).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
    return number_text(float(rounded), places)


def tile_text(value: float, places: int = 2) -> str:
    """Return the number with at most so many decimals, a small one too, and a long one with a power of ten.

    >>> tile_text(-0.0051), tile_text(31.97, 1), tile_text(-123456.7), tile_text(4e-9)
    ('−0.01', '32', '−1.2e5', '0')
    """
    if abs(value) < LONG:
        return rounded_text(value, places)
    return (MINUS if value < 0 else "") + _scientific(f"{abs(value):.1e}")


def significant_text(value: float, digits: int = 3) -> str:
    """Return the number with so many digits that count, a very small or long one with a power of ten.

    >>> significant_text(348.6), significant_text(0.012345), significant_text(1e6 / 3)
    ('349', '0.0123', '3.33e5')
    """
    size = abs(value)
    if size and not SMALL <= size < LONG:
        return (MINUS if value < 0 else "") + _scientific(f"{size:.{digits - 1}e}")
    whole = floor(log10(size)) + 1 if size else 0
    return number_text(value, max(0, digits - whole))


def _digits(number: int | float, places: int) -> str:
    """Return the digits of a number that is not negative."""
    if number >= HUGE:
        return _scientific(format(number, f".{places}e"))
    if isinstance(number, int):
        return str(number)
    if number >= 10**-places:
        rounded = Decimal(repr(number)).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
        return format(rounded, "f").rstrip("0").rstrip(".") if places else format(rounded, "f")
    significant = Decimal(f"{number:.0e}")
    return format(significant, "f") if significant >= TINY else _scientific(f"{number:.0e}")


def _scientific(text: str) -> str:
    """Return a number with a power of ten as it is printed.

    >>> _scientific("1.20e+17"), _scientific("3e-07")
    ('1.2e17', '3e−7')
    """
    digits, _, power = text.partition("e")
    mantissa = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{mantissa}e{int(power)}".replace("-", MINUS)


def is_exact(text: str, value: float) -> bool:
    """Tell whether a printed text is the number itself, and not a rounded one.

    >>> is_exact("0.3", 0.1 + 0.2), is_exact("1/3", 1 / 3), is_exact("0.33", 1 / 3), is_exact("0", 5e-324)
    (True, True, False, False)
    """
    over, _, under = text.replace(MINUS, "-").partition("/")
    return abs(float(over) / float(under or 1) - value) <= NOISE * abs(value)


def share_text(value: float, denominator: int, places: int = 2) -> str:
    """Return a number that is so many parts of a whole as a fraction, if that is short, or else as a decimal.

    >>> share_text(1 / 9, 9), share_text(-10 / 9, 9), share_text(1.0, 9), share_text(-198 / 64, 64)
    ('1/9', '−10/9', '1', '−3.09')
    """
    exact = Fraction(round(value * denominator), denominator)
    is_share = abs(float(exact) - value) <= NOISE * abs(value)
    return fraction_text(exact, LONGEST_FRACTION, places) if is_share else number_text(value, places)


def weight_text(weight: float, scale: Fraction) -> str:
    """Return a scaled weight the way a textbook prints it: whole, or a fraction, or as it was declared.

    >>> weight_text(1, Fraction(1, 9)), weight_text(-6, Fraction(1, 256)), weight_text(0.125, Fraction(1))
    ('1/9', '−3/128', '0.125')
    """
    if scale.denominator == 1:
        return number_text(weight * scale.numerator, WEIGHT_PLACES)
    return fraction_text(Fraction(repr(weight)) * scale, LONGEST_WEIGHT, WEIGHT_PLACES)


def fraction_text(exact: Fraction, longest: int, places: int = 2) -> str:
    """Return a fraction in lowest terms, whole where it is whole, a decimal where it has too many signs.

    >>> fraction_text(Fraction(-6, 8), longest=4), fraction_text(Fraction(99, 32), longest=4)
    ('−3/4', '3.09')
    """
    text = f"{abs(exact.numerator)}/{exact.denominator}"
    if exact.denominator == 1 or len(text) > longest:
        return number_text(float(exact), places)
    return MINUS + text if exact < 0 else text


@lru_cache(maxsize=2**14)
def exact_number(text: str) -> Fraction:
    """Return the number that a text says.

    >>> exact_number("−1/4"), exact_number("−3e−2")
    (Fraction(-1, 4), Fraction(-3, 100))
    """
    return Fraction(text.replace(MINUS, "-"))


def worth_of(text: str) -> Fraction | None:
    """Return what a printed sum of numbers and products comes to; None where the text is anything else.

    >>> worth_of("−1 × 2 + 0 − 1/2"), worth_of("2 = 2"), worth_of("5×5")
    (Fraction(-5, 2), None, None)
    """
    if not SUM.fullmatch(text):
        return None
    terms = re.split(" (?=[+−] )", text.replace(f" {MINUS} ", f" {MINUS} 1 {TIMES} "))
    factors = (re.split(f" {TIMES} ", re.sub(r"^\+ |(?<=^−) ", "", term)) for term in terms)
    return sum((prod(map(exact_number, each), start=Fraction(1)) for each in factors), Fraction(0))


def size_text(height: int, width: int) -> str:
    """Return a size, rows first.

    >>> size_text(5, 7)
    '5×7'
    """
    return f"{height}{TIMES}{width}"


def percent_text(share: float) -> str:
    """Return a share of a whole, more than nothing, in whole percents.

    >>> percent_text(0.127), percent_text(1e-9), percent_text(0.999)
    ('13 %', 'under 1 %', 'over 99 %')
    """
    percent = round(share * 100)
    if percent == 0:
        return "under 1 %"
    return f"{percent} %" if percent < 100 or share == 1 else "over 99 %"


def pair_text(pair: Pair) -> str:
    """Return (rows, columns) as one number where both are the same.

    >>> pair_text((2, 2)), pair_text((1, 2))
    ('2', '1 down and 2 across')
    """
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} down and {pair[1]} across"


def margins_text(margins: Margins) -> str:
    """Return ((top, bottom), (left, right)) as one number where all are the same.

    >>> margins_text(((1, 1), (1, 1))), margins_text(((1, 2), (0, 0)))
    ('1', '1 above, 2 below, 0 left and 0 right')
    """
    (top, bottom), (left, right) = margins
    if len({top, bottom, left, right}) == 1:
        return str(top)
    return f"{top} above, {bottom} below, {left} left and {right} right"


def sum_text(terms: Sequence[str]) -> str:
    """Return the printed terms of a sum with each sign between them.

    >>> sum_text(["−1", "0", "1/9", "−2.5"])
    '−1 + 0 + 1/9 − 2.5'
    """
    first, *rest = terms
    signed = [f"{MINUS} {term[1:]}" if term.startswith(MINUS) else f"+ {term}" for term in rest]
    return " ".join([first, *signed])
