"""The digits of a reel, decided once for all its numbers, so that equations are true as they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from generator.arithmetic import Array, is_whole
from generator.scenes.numerals import ALMOST, is_exact, number_text, rounded_text, share_text

FEWEST_PLACES = 2
SIGNIFICANT = 3
"""Digits of a product that is rounded anyway, unless its whole part has more."""
LARGE = 10**4
"""From here on the whole part alone fills a tile, and nothing is gained without decimals."""
ONE = Fraction(1)
MOST_PLACES = 3
"""More decimals would make the numbers on tiles too small to be read on a phone."""


@dataclass(frozen=True)
class Digits:
    """How the numbers of one reel are printed."""

    places: int = FEWEST_PLACES
    """Decimals that a number may have."""
    shares: int = 1
    """As parts of how many what is made of products is printed: ninths stay ninths where the scale is one."""
    rounds_small: bool = False
    """Whether pixels may be small only because a curve comes near its end at 0, and are printed as 0 then."""
    are_products_short: bool = False
    """Whether products are rounded anyway, and then to few digits: they stand on small tiles."""
    are_pixels_exact: bool = True
    """Whether pixels can be what is printed; those that a curve has made are not."""

    def number(self, value: float) -> str:
        """Return a number that was declared, such as a pixel, as it is printed."""
        return number_text(value, self.places)

    def pixel(self, value: float) -> str:
        """Return what lies under a window as it is printed."""
        return self.rounded(value) if self.rounds_small else self.number(value)

    def product(self, value: float) -> str:
        """Return a product as it is printed.

        >>> [Digits(are_products_short=True).product(value) for value in (0.777, -24.75, 399.5, 4080)]
        ['0.78', '−24.8', '400', '4080']
        """
        if not self.are_products_short or self.rounds_small or abs(value) >= LARGE:
            return self.part(value)
        return number_text(value, min(self.places, max(0, SIGNIFICANT - len(str(int(abs(value)))))))

    def part(self, value: float) -> str:
        """Return what some products make on the way to a sum as it is printed."""
        if self.rounds_small:
            return self.rounded(value)
        return share_text(value, self.shares, self.places) if self.shares > 1 else self.number(value)

    def rounded(self, value: float) -> str:
        """Return a number as it is printed with no more decimals than others, however small it is."""
        return rounded_text(value, self.places)

    def result(self, value: float) -> str:
        """Return a sum or an answer as it is printed: as a fraction where no decimal is exact."""
        text = self.number(value)
        return text if self.shares == 1 or is_exact(text, value) else self.part(value)


def enough_digits(
    declared: Iterable[Array],
    made: Iterable[Array],
    products: Array,
    scale: Fraction = ONE,
    activated: Iterable[Array] = (),
) -> Digits:
    """Return the fewest digits that print every number exactly, or the usual ones where none do.

    Args:
        declared: pixels and biases, of any shape.
        made: what is made of products and biases, of any shape.
        products: all of them, of any shape.
        scale: what every weight was multiplied by.
        activated: further fractions that an activation makes; where no digits print these, others decide.

    """
    shares = _shares(products, scale.denominator)
    given, results, further = _fractions(declared), _fractions(made), _fractions(activated)
    for wanted in [results | further, results]:
        for places in range(FEWEST_PLACES, MOST_PLACES + 1):
            digits = Digits(places, shares)
            if _print_exactly(digits, given, wanted):
                return digits
    return Digits(FEWEST_PLACES, shares, are_products_short=shares == 1)


def _print_exactly(digits: Digits, given: Iterable[float], results: Iterable[float]) -> bool:
    return all(is_exact(digits.number(value), value) for value in given) and all(
        is_exact(digits.part(value), value) for value in results
    )


def _shares(products: Array, denominator: int) -> int:
    """Return as parts of how many products are printed: as decimals where not all are short fractions."""
    if denominator == 1:
        return 1
    texts = (share_text(value, denominator) for value in set(products.ravel().tolist()))
    return denominator if all(text.replace("/", "").lstrip("−").isdigit() for text in texts) else 1


def _fractions(arrays: Iterable[Array]) -> set[float]:
    """Return the different numbers in some arrays, without those that are whole anyway."""
    return {value for array in arrays if not is_whole(array) for value in array.ravel().tolist()}


def about(text: str, value: float | None) -> str:
    """Return a printed number with a sign before it that says so where it is rounded, or no digits say it.

    >>> about("0.5", 0.5), about("0.33", 1 / 3)
    ('0.5', '≈ 0.33')
    """
    return text if value is not None and is_exact(text, value) else f"{ALMOST} {text}"
