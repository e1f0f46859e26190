"""How many rows an output has, for every choice of a few sizes: what the size explorer looks up."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

from generator.arithmetic import Geometry


class Choice(NamedTuple):
    """One of the sizes that a reader can choose."""

    letter: str
    """As in formulas."""
    means: str
    lowest: int
    highest: int
    start: int

    @property
    def name(self) -> str:
        """Return the letter as names in style sheets are written."""
        return self.letter.lower()

    @property
    def values(self) -> range:
        """Return what can be chosen."""
        return range(self.lowest, self.highest + 1)


CHOICES = (
    Choice("N", "rows of the image", 4, 12, 7),
    Choice("K", "rows of the kernel", 1, 5, 3),
    Choice("p", "padding on each side", 0, 3, 0),
    Choice("s", "stride", 1, 3, 1),
    Choice("d", "dilation", 1, 3, 1),
)
"""In the order in which they are looked up."""
MOST = CHOICES[0].highest + 2 * CHOICES[2].highest
"""Rows of the largest padded image, which are more than places."""


class Sizes(NamedTuple):
    """What follows from a choice."""

    padded: int
    """Rows of the image with its padding."""
    span: int
    """Rows from the first weight of the kernel to the last, both included."""
    output: int
    """Rows of the output, and places where the kernel stops; 0 where it does not fit."""


def sizes_of(image: int, kernel: int, padding: int, stride: int, dilation: int) -> Sizes:
    """Return what follows from a choice, as the layers of a course have it.

    >>> sizes_of(7, 3, 0, 1, 1), sizes_of(7, 3, 1, 2, 1).output, sizes_of(4, 5, 0, 1, 1)
    (Sizes(padded=7, span=3, output=5), 4, Sizes(padded=4, span=5, output=0))
    """
    margin = padding, padding
    geometry = Geometry((stride, stride), (margin, margin), dilation=(dilation, dilation))
    padded, span = geometry.padded_size((image, image))[0], geometry.span((kernel, kernel))[0]
    output = geometry.output_size((image, image), (kernel, kernel))[0] if span <= padded else 0
    return Sizes(padded, span, output)


Nested: TypeAlias = list["Nested"] | str


def looked_up(chosen: tuple[int, ...] = ()) -> Nested:
    """Return the sizes of every choice, blanks between: lists in lists, of which each size is an index."""
    if len(chosen) == len(CHOICES):
        return " ".join(map(str, sizes_of(*chosen)))
    choice = CHOICES[len(chosen)]
    return [*[""] * choice.lowest, *(looked_up((*chosen, value)) for value in choice.values)]


def table() -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield for each choice of all but the first what it is, and the outputs for each size of the image."""
    first, *others = CHOICES
    for chosen in product(*(choice.values for choice in others)):
        yield chosen, tuple(sizes_of(image, *chosen).output for image in first.values)
