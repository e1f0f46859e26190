"""The equations of one frame as they are printed, and which of them are true of the printed numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from generator.arithmetic import Activation, Array, exactly_activated
from generator.scenes.digits import Digits
from generator.scenes.numerals import ALMOST, exact_number, is_exact

EQUALS = "="


class Printed(NamedTuple):
    """What is computed, as it is printed."""

    text: str
    is_exact: bool
    """Whether the text is the number itself, and not a rounded one."""

    @classmethod
    def of(cls, value: float, text: str) -> "Printed":
        """Return a number under its text."""
        return cls(text, is_exact(text, value))


class Term(NamedTuple):
    """A pixel times a weight, as they are printed; of a pool every weight is 1."""

    pixel: str
    weight: str
    product: Printed

    @property
    def value(self) -> Fraction:
        """Return the product of the printed factors."""
        return exact_number(self.pixel) * exact_number(self.weight)

    @property
    def is_true(self) -> bool:
        """Tell whether the product is printed exactly, and is that of the printed factors."""
        return self.product.is_exact and self.value == exact_number(self.product.text)


@dataclass(frozen=True)
class Equations:
    """What is multiplied and added in one frame, in printed numbers."""

    planes: tuple[tuple[Term, ...], ...]
    """The terms under the window, channel by channel; of a patch, output by output."""
    channel_sums: tuple[Printed, ...]
    bias: str
    sum: Printed
    value: Printed
    """What stands in the cell that is filled."""
    activation: Activation | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms of all channels."""
        return tuple(chain.from_iterable(self.planes))

    @cached_property
    def multiply(self) -> tuple[bool, ...]:
        """Tell for each channel whether all its products are those of pixels and weights."""
        return tuple(all(term.is_true for term in terms) for terms in self.planes)

    @cached_property
    def channels_add_up(self) -> tuple[bool, ...]:
        """Tell for each channel whether its products make its sum."""
        pairs = zip(self.planes, self.channel_sums, strict=True)
        return tuple(_make([term.product for term in terms], total) for terms, total in pairs)

    @cached_property
    def products_add_up(self) -> bool:
        """Tell whether all products and the bias make the sum."""
        return _make([*(term.product for term in self.terms), self._added], self.sum)

    @cached_property
    def adds_up(self) -> bool:
        """Tell whether the sums of the channels, and all products, each with the bias, make the sum.

        It is one answer, so that the figure and what is written by hand agree.
        """
        return self.products_add_up and _make([*self.channel_sums, self._added], self.sum)

    @cached_property
    def weights_add_up(self) -> bool:
        """Tell whether pixels times weights and the bias make the sum too, whose products are not told."""
        weighted = sum(term.value for term in self.terms) + exact_number(self.bias)
        return self.adds_up and weighted == exact_number(self.sum.text)

    @cached_property
    def activates(self) -> bool:
        """Tell whether the activation makes the answer of the printed sum."""
        made = exactly_activated(exact_number(self.sum.text), self.activation)
        return self.value.is_exact and made == exact_number(self.value.text)

    @cached_property
    def shares(self) -> bool:
        """Tell whether the sum of a pool's pixels, shared among them, is its average."""
        return self.value.is_exact and exact_number(self.sum.text) == self._whole

    @cached_property
    def averages(self) -> bool:
        """Tell whether the pixels of a pool make its average too, whose sum is not told."""
        return self.shares and sum(term.value for term in self.terms) == self._whole

    @property
    def _whole(self) -> Fraction:
        return exact_number(self.value.text) * len(self.terms)

    @property
    def _added(self) -> Printed:
        return Printed(self.bias, is_exact=True)


def terms(
    digits: Digits, pixels: Array, weights: Sequence[Sequence[Sequence[str]]], products: Array
) -> tuple[tuple[Term, ...], ...]:
    """Return the printed terms of a frame plane by plane.

    Args:
        digits: how numbers are printed.
        pixels: what is multiplied, shape (channels, KH, KW), or one pixel for all.
        weights: printed, in the same shape.
        products: shape (channels, KH, KW).

    """
    count = products.shape[1] * products.shape[2]
    flat = np.broadcast_to(pixels, products.shape).reshape(len(products), count)
    printed = [[text for row in plane for text in row] for plane in weights]
    planes = zip(flat.tolist(), printed, products.reshape(len(products), count).tolist(), strict=True)
    return tuple(
        tuple(
            Term(digits.pixel(pixel), weight, _product(digits, product))
            for pixel, weight, product in zip(*plane, strict=True)
        )
        for plane in planes
    )


def _product(digits: Digits, value: float) -> Printed:
    text = digits.product(value)
    return Printed(text, digits.are_pixels_exact and is_exact(text, value))


def equals(is_true: bool) -> str:
    """Return the sign between two sides of a printed equation.

    >>> equals(True), equals(False)
    ('=', '≈')
    """
    return EQUALS if is_true else ALMOST


def _make(parts: Sequence[Printed], total: Printed) -> bool:
    """Tell whether a total is printed exactly, and is that of the printed parts."""
    return total.is_exact and sum(exact_number(part.text) for part in parts) == exact_number(total.text)
