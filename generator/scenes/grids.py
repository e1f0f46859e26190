"""Grids of numbers that a figure shows side by side: kernels, patterns, and what a network has learned."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from generator.arithmetic import KERNELS, PATTERNS, Array
from generator.errors import InvalidValue, suggestion
from generator.scenes.networks import LearnedNetwork, named_array
from generator.scenes.numerals import rounded_text, size_text
from generator.scenes.titles import readable
from generator.scenes.tones import Greys, Signs, Tone

MOST_NUMBERED = 5
"""Rows or columns of a grid whose numbers can be read; a larger one shows its colours alone."""
PICTURES = frozenset({"image", "wrong"})
"""Arrays of a network whose numbers are pixels."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Numbers in rows and columns, and how they are shown."""

    name: str
    """What it is called where nobody says otherwise."""
    values: Array
    """Shape (H, W)."""
    tone: Tone

    @property
    def has_numbers(self) -> bool:
        """Tell whether its numbers stand on its tiles."""
        return all(side <= MOST_NUMBERED for side in self.values.shape)

    def text(self, value: float) -> str:
        """Return a number as it is printed."""
        return rounded_text(value)

    @property
    def told(self) -> str:
        """Return its numbers row by row, or how large it is where they are too many to be told."""
        if not self.has_numbers:
            return f"{size_text(*self.values.shape)} numbers"
        return " / ".join(" ".join(map(self.text, row)) for row in self.values.tolist())


def grid_named(words: str, networks: Mapping[str, LearnedNetwork]) -> Grid:
    """Return the grid of a name: of a kernel, of a pattern, or of an array of a network.

    Raises:
        InvalidValue: there is none, or it is no single grid.

    """
    if words in KERNELS:
        kernel = KERNELS[words]
        return _signed(readable(words), np.array(kernel.weights) * float(kernel.scale))
    if words in PATTERNS:
        return _bright(readable(words), np.array(PATTERNS[words].pixels))
    named = named_array(words, networks)
    if named is None:
        raise InvalidValue(f'unknown grid "{words}"', suggestion(words, (*KERNELS, *PATTERNS)), "grids")
    if named.values.ndim != 2:
        raise InvalidValue(f'"{words}" is no single grid', f'Number one, as in "{words}-1".', "grids")
    shown = _bright if named.part in PICTURES else _signed
    return shown(f"{named.part.replace('-', ' ')} {named.number}", named.values)


def _signed(name: str, values: Array) -> Grid:
    return Grid(name, values, Signs(float(np.abs(values).max()) or 1))


def _bright(name: str, values: Array) -> Grid:
    return Grid(name, values, Greys(0, float(values.max()) or 1))
