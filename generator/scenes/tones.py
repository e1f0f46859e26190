"""What the colour under a number says: how bright it is, or on which side of zero and how far.

Which numbers are brightnesses the reels know. The grammar of colours is told in `docs/colours.md`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from generator.arithmetic import Array

FEWEST_GREYS = 8
"""Numbers that have less than this part of the greys look alike."""


@dataclass(frozen=True)
class Greys:
    """Brightness: from the number that is darkest to the brightest; what lies beyond looks like that end."""

    dark: float
    bright: float

    def look_flat_on(self, others: "Greys") -> bool:
        """Return whether numbers that run so far look alike where greys are to tell apart those others.

        >>> Greys(0, 9).look_flat_on(Greys(0, 255)), Greys(0, 9).look_flat_on(Greys(0, 72))
        (True, False)
        """
        return (self.bright - self.dark) * FEWEST_GREYS < others.bright - others.dark


@dataclass(frozen=True)
class Signs:
    """One colour for plus and one for minus, the deeper the larger; zero has none."""

    largest: float
    """The absolute value that has its full colour."""


Tone = Greys | Signs
Meaning = Literal["brightness", "strength", "sign"]
"""What a number is: as bright as pixels are; a size without a sign, as a magnitude; or one with a sign."""


def greys_of(brightnesses: Iterable[Array]) -> Greys:
    """Return the greys on which all of some numbers are told apart: 0 is among them, for padding has it.

    >>> import numpy as np
    >>> greys_of([np.array([3, 9])]), greys_of([np.array([-2])]), greys_of([])
    (Greys(dark=0, bright=9), Greys(dark=-2, bright=0), Greys(dark=0, bright=1))
    """
    ends = [end.item() for numbers in brightnesses if numbers.size for end in (numbers.min(), numbers.max())]
    dark, bright = min([0, *ends]), max([0, *ends])
    return Greys(dark, bright if bright > dark else dark + 1)


def shared_greys(all_greys: Iterable[Greys]) -> Greys:
    """Return the greys on which the numbers of several scenes are told apart.

    >>> shared_greys([Greys(0, 9), Greys(-1, 4)])
    Greys(dark=-1, bright=9)
    """
    known = list(all_greys)
    return Greys(min(greys.dark for greys in known), max(greys.bright for greys in known))
