"""Paper sizes, and the lengths that everything printed keeps to: pixels are those of 300 dpi throughout."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72
MILLIMETRES_PER_INCH = 25.4
MARGIN = 10
"""Millimetres at every edge that stay empty: few printers reach further out."""
SMALLEST_TEXT = 25
"""Pixels; 6 points. Nothing smaller is printed."""


class Room(NamedTuple):
    """A rectangle in pixels; right and bottom are the first pixels outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Return (width, height)."""
        return self.right - self.left, self.bottom - self.top


@dataclass(frozen=True)
class Paper:
    """A size of paper, upright."""

    name: str
    """As it stands in file names."""
    title: str
    width: float
    """Millimetres, like the height."""
    height: float

    @property
    def size(self) -> tuple[int, int]:
        """Return (width, height) in pixels."""
        return round(pixels(self.width)), round(pixels(self.height))

    @property
    def points(self) -> tuple[float, float]:
        """Return (width, height) in points."""
        return points(pixels(self.width)), points(pixels(self.height))

    @property
    def room(self) -> Room:
        """Return what lies inside the margins."""
        margin = ceil(pixels(MARGIN))
        width, height = self.size
        return Room(margin, margin, width - margin, height - margin)


A4 = Paper("a4", "A4", 210, 297)
LETTER = Paper("letter", "Letter", 215.9, 279.4)
PAPERS = (A4, LETTER)


def pixels(millimetres: float) -> float:
    """Return a length on paper in pixels.

    >>> round(pixels(25.4), 6)
    300.0
    """
    return millimetres / MILLIMETRES_PER_INCH * DOTS_PER_INCH


def points(length: float) -> float:
    """Return a length in pixels in points.

    >>> points(SMALLEST_TEXT)
    6.0
    """
    return length / DOTS_PER_INCH * POINTS_PER_INCH
