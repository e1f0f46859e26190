"""The checked, frozen record of what an author declared: what every kind of scene has."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from generator.arithmetic import Array, Pair
from generator.errors import Problem
from generator.scenes.showing import Showing, showing_of

Cell = tuple[int, int, int]
"""(channel or filter, row, column)."""
Spot = tuple[int, int]
"""(row, column), counted from 0."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """One declared computation with its figure; each kind adds what it declares."""

    id: str
    kind: str
    """The name of its kind, under which every room has what it needs."""
    image_name: str
    """The pattern's or file's name, or "" where the author wrote rows of numbers."""
    image: Array
    """Shape (C, H, W)."""
    shows: str
    """What the image shows, as a clause for listeners; "" where nobody said."""
    caption: str
    alt: str
    """The author's own description of the figure, or ""."""
    worksheet: bool
    """Whether a worksheet is asked for."""
    blank: tuple[str, ...]
    """What it leaves empty, in the author's words; none of them means a sensible choice."""
    file: str
    line: int
    """Where the block's opening fence stands."""
    title: str = ""
    """What this version of the scene is called; "" where there is one only."""
    version: str = ""
    """The same as a name for files."""
    warnings: tuple[Problem, ...] = ()
    """What is lost without being wrong, such as a column that no window reaches, and what is noted."""

    @property
    def image_size(self) -> Pair:
        """Return the image's (height, width)."""
        return self.image.shape[1], self.image.shape[2]

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """Return what decides how it looks beside its numbers, as a `repr` says it."""
        return ()

    def pointed_at(self, _spots: Iterable[Spot]) -> Self:
        """Return the scene with a frame for each place that its text points at; as a rule it has."""
        return self

    @property
    def showing(self) -> Showing:
        """Return whether it is shown as numbers, or as a photograph."""
        return showing_of(self.image)
