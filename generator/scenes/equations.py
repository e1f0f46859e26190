"""The equations of one frame as they are printed, and which of them are true of the printed numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from generator.scenes.numerals import ALMOST, exact_number

if TYPE_CHECKING:
    from generator.scenes.reel import Frame, Reel

EQUALS = "="


class Term(NamedTuple):
    """A pixel times a weight, as they are printed; of a pool every weight is 1."""

    pixel: str
    weight: str
    product: str

    @property
    def is_true(self) -> bool:
        """Tell whether the printed product is that of the printed factors."""
        return exact_number(self.pixel) * exact_number(self.weight) == exact_number(self.product)


@dataclass(frozen=True)
class Equations:
    """What is multiplied and added in one frame, in printed numbers."""

    planes: tuple[tuple[Term, ...], ...]
    """The terms under the window, channel by channel; of a patch, output by output."""
    channel_sums: tuple[str, ...]
    bias: str
    sum: str
    value: str
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
        return tuple(_add_up((term.product for term in terms), total) for terms, total in pairs)

    @cached_property
    def adds_up(self) -> bool:
        """Tell whether what stands before the sum in the figure makes it: products, or channels, and bias."""
        parts = self.channel_sums if len(self.planes) > 1 else [term.product for term in self.terms]
        return _add_up((*parts, self.bias), self.sum)

    @cached_property
    def products_add_up(self) -> bool:
        """Tell whether all products and the bias make the sum."""
        return _add_up((*(term.product for term in self.terms), self.bias), self.sum)

    @cached_property
    def weighted_add_up(self) -> bool:
        """Tell whether pixels times weights and the bias make the sum, whatever their products look like."""
        weighted = sum(exact_number(term.pixel) * exact_number(term.weight) for term in self.terms)
        return weighted + exact_number(self.bias) == exact_number(self.sum)

    @cached_property
    def divides(self) -> bool:
        """Tell whether the sum of a pool's pixels, shared among them, is its average."""
        return exact_number(self.sum) == exact_number(self.value) * len(self.terms)

    @cached_property
    def averages(self) -> bool:
        """Tell whether a pool's average is that of its pixels."""
        total = sum(exact_number(term.pixel) for term in self.terms)
        return total == exact_number(self.value) * len(self.terms)


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
                Term(reel.number_text(pixel), weight, reel.part_text(product))
                for pixel, weight, product in zip(*map(chain.from_iterable, plane), strict=True)
            )
            for plane in zip(pixels, weights, products, strict=True)
        ),
        tuple(map(reel.part_text, frame.channel_sums.tolist())),
        reel.number_text(bias),
        made(frame.sum),
        made(frame.value),
    )


def equals(is_true: bool) -> str:
    """Return the sign between two sides of a printed equation.

    >>> equals(True), equals(False)
    ('=', '≈')
    """
    return EQUALS if is_true else ALMOST


def _add_up(terms: Iterable[str], total: str) -> bool:
    return sum(map(exact_number, terms)) == exact_number(total)
