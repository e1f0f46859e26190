"""How a number is written: the one place that page, film, table and prose take their digits from.

Two places that round for themselves will disagree one day; here a number is rounded once, to the
nearest, and the same text stands wherever it is shown.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from generator.arithmetic import Margins, Pair

MINUS = "−"
TIMES = "×"
ALMOST = "≈"
LONGEST_FRACTION = 4
"""A longer one, such as 99/32, is written as a decimal: it would fill its tile."""
LONGEST_WEIGHT = 9
"""A weight may be longer: it stands still and can be read at leisure."""


def plain_number(value: float) -> int | float:
    """Return a whole number as `int` and any other as `float`.

    >>> plain_number(3.0), plain_number(0.5)
    (3, 0.5)
    """
    number = float(value)
    return int(value) if number.is_integer() else number


def number_text(value: float, places: int = 2) -> str:
    """Return the number with at most so many decimals and a true minus; small ones keep a significant digit.

    >>> number_text(-4.0), number_text(11 / 3), number_text(0.125), number_text(-0.004)
    ('−4', '3.67', '0.13', '−0.004')
    """
    number = plain_number(value)
    if isinstance(number, int):
        digits = str(abs(number))
    elif abs(number) < 10**-places:
        digits = format(Decimal(f"{abs(number):.0e}"), "f")
    else:
        rounded = Decimal(repr(abs(number))).quantize(Decimal(10) ** -places, ROUND_HALF_UP)
        digits = format(rounded, "f").rstrip("0").rstrip(".")
    return MINUS + digits if number < 0 else digits


def share_text(value: float, denominator: int) -> str:
    """Return a number that is so many parts of a whole as a fraction, if that is short, or else as a decimal.

    >>> share_text(1 / 9, 9), share_text(-10 / 9, 9), share_text(1.0, 9), share_text(-198 / 64, 64)
    ('1/9', '−10/9', '1', '−3.09')
    """
    exact = Fraction(round(value * denominator), denominator)
    is_share = abs(exact - Fraction(value)) < 1e-9
    return fraction_text(exact, LONGEST_FRACTION) if is_share else number_text(value)


def weight_text(weight: float, scale: Fraction) -> str:
    """Return a scaled weight the way a textbook prints it: whole, or a fraction, or as it was declared.

    >>> weight_text(1, Fraction(1, 9)), weight_text(-6, Fraction(1, 256)), weight_text(0.125, Fraction(1))
    ('1/9', '−3/128', '0.125')
    """
    if scale.denominator == 1:
        return number_text(weight * scale.numerator, places=4)
    return fraction_text(Fraction(repr(weight)) * scale, LONGEST_WEIGHT)


def fraction_text(exact: Fraction, longest: int) -> str:
    """Return a fraction in lowest terms, whole where it is whole, a decimal where it has too many signs.

    >>> fraction_text(Fraction(-6, 8), longest=4), fraction_text(Fraction(99, 32), longest=4)
    ('−3/4', '3.09')
    """
    text = f"{abs(exact.numerator)}/{exact.denominator}"
    if exact.denominator == 1 or len(text) > longest:
        return number_text(float(exact))
    return MINUS + text if exact < 0 else text


def exact_number(text: str) -> Fraction:
    """Return the number that a text says.

    >>> exact_number("−1/4")
    Fraction(-1, 4)
    """
    return Fraction(text.replace(MINUS, "-"))


def size_text(height: int, width: int) -> str:
    """Return a size, rows first.

    >>> size_text(5, 7)
    '5×7'
    """
    return f"{height}{TIMES}{width}"


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


def sum_text(terms: list[str]) -> str:
    """Return the printed terms of a sum with each sign between them.

    >>> sum_text(["−1", "0", "1/9", "−2.5"])
    '−1 + 0 + 1/9 − 2.5'
    """
    first, *rest = terms
    signed = [f"{MINUS} {term[1:]}" if term.startswith(MINUS) else f"+ {term}" for term in rest]
    return " ".join([first, *signed])
