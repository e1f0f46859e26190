"""The equations of one frame as they are printed, and which of them are true of the printed numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from generator.scenes.numerals import ALMOST, exact_number, is_exact

if TYPE_CHECKING:
    from generator.scenes.reel import Frame, Reel

EQUALS = "="


class Printed(NamedTuple):
    """What is computed, as it is printed."""

    text: str
    is_exact: bool
    """Whether the text is the number itself, and not a rounded one."""


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
        """Tell whether products, channels, and pixels times weights, each with the bias, make the sum.

        It is one answer, so that what is seen, said and written by hand agrees.
        """
        weighted = sum(term.value for term in self.terms) + exact_number(self.bias)
        through_channels = _make([*self.channel_sums, self._added], self.sum)
        return self.products_add_up and through_channels and weighted == exact_number(self.sum.text)

    @cached_property
    def averages(self) -> bool:
        """Tell whether the sum of a pool's pixels, and the pixels themselves, make its average."""
        whole = exact_number(self.value.text) * len(self.terms)
        pixels = sum(term.value for term in self.terms)
        return self.value.is_exact and whole == pixels == exact_number(self.sum.text)

    @property
    def _added(self) -> Printed:
        return Printed(self.bias, is_exact=True)


def equations_of(reel: "Reel", frame: "Frame") -> Equations:
    """Return the equations of a frame as they are printed; stacks have none."""
    products = frame.products.tolist()
    pixels = np.broadcast_to(reel.window_pixels(frame), frame.products.shape).tolist()
    pooled = [[["1"] * len(row) for row in plane] for plane in products]
    weights = pooled if reel.scene.pooling else reel.weight_texts[reel.filter_of(frame)]
    transposed = reel.scene.geometry.transposed
    bias = 0 if transposed else reel.scene.bias[frame.place[0]].item()
    made = reel.number_text if transposed else reel.part_text
    return Equations(
        tuple(
            tuple(
                Term(reel.number_text(pixel), weight, _printed(reel.part_text, product))
                for pixel, weight, product in zip(*map(chain.from_iterable, plane), strict=True)
            )
            for plane in zip(pixels, weights, products, strict=True)
        ),
        tuple(_printed(reel.part_text, value) for value in frame.channel_sums.tolist()),
        reel.number_text(bias),
        _printed(made, frame.sum),
        _printed(made, frame.value),
    )


def _printed(as_text: Callable[[float], str], value: float) -> Printed:
    text = as_text(value)
    return Printed(text, is_exact(text, value))


def equals(is_true: bool) -> str:
    """Return the sign between two sides of a printed equation.

    >>> equals(True), equals(False)
    ('=', '≈')
    """
    return EQUALS if is_true else ALMOST


def _make(parts: Sequence[Printed], total: Printed) -> bool:
    """Tell whether a total is printed exactly, and is that of the printed parts."""
    return total.is_exact and sum(exact_number(part.text) for part in parts) == exact_number(total.text)
