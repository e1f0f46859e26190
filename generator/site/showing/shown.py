"""What a page shows of a stage, and what a scene has because of the way in which it is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.arithmetic import Pair
from generator.drawing import RGB
from generator.drawing.marks import NUMBER_SIZE

Extreme = tuple[str, str, str]
"""What, where, answer."""
Size = tuple[float, float]
"""(width, height)."""
BETWEEN = 12
"""Units between two panels."""


@dataclass(frozen=True)
class Table:
    """Numbers row by row, ready to be read."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    corner: Pair = (0, 0)
    """The row and the column, from 0, of the first number."""


class Drawn(NamedTuple):
    """A panel as it looks after the last frame."""

    html: Markup
    size: Size
    """(width, height) in the units that it is drawn in."""
    smallest: float = NUMBER_SIZE
    """The size of its smallest text, in the same."""


@dataclass(frozen=True)
class Panels:
    """The panels of the input, and those of the output, as they look at one frame."""

    inputs: tuple[Drawn, ...]
    maps: tuple[Drawn, ...]
    are_apart: bool = False
    """Whether there are so many that inputs and maps have a row each."""

    def measures(self, work: Drawn) -> dict[str, float]:
        """Return how many units all panels take, the one with the arithmetic below the others.

        A style sheet finds with them the one measure at which all fit and can be read: the widest row, the
        height of all, that of the rows `alone`, of the `tall` one, the widths of the `first` input and the
        `second` panel, a map, and the size of the `small` text.
        """
        rows = (self.inputs, self.maps) if self.are_apart else ((*self.inputs, *self.maps),)
        high = [max((panel.size[1] for panel in row), default=0) for row in rows]
        alone = _in_line(high)
        return {
            "wide": max(_in_line([panel.size[0] for panel in row]) for row in rows),
            "high": alone + BETWEEN + work.size[1],
            "alone": alone,
            "tall": max(high),
            "first": self.inputs[0].size[0] if self.inputs else 0,
            "second": self.maps[0].size[0] if self.maps else 0,
            "small": min(panel.smallest for panel in (*self.inputs, *self.maps, work)),
        }


def _in_line(lengths: Sequence[float]) -> float:
    return sum(lengths) + BETWEEN * (len(lengths) - 1)


@dataclass(frozen=True)
class Thumbnail:
    """What is asked for where a picture of a scene is to stand for its chapter."""

    frame: Any
    """The frame that it shows."""
    root: str
    """The way from the page to the site's own folder."""
    folder: str
    """And that to the folder of the scene."""
    files: Mapping[str, bytes]
    """All files of the scene."""
    is_large: bool
    """Whether there is room for numbers."""


@dataclass(frozen=True)
class Showing:
    """A way to show a scene in a site."""

    class_name: str
    """As style sheets know it."""
    panels: Callable[[Any, str, Mapping[str, bytes], Any], Panels]
    """Draws a stage, given the way from the page to its files, all files of the scene, and a frame."""
    thumbnail: Callable[[Any, Thumbnail], Markup]
    """Draws a stage as small as it stands beside a link."""
    tables: Callable[[Any], tuple[Table, ...]]
    """The finished feature maps of a reel, where they can be read."""
    extremes: Callable[[Any], tuple[Extreme, ...]]
    """In their place the smallest and the largest answers."""
    shared_files: Callable[[Any], Mapping[str, bytes]]
    """What a reel has in common with others, by its path in the site."""
    own_files: Callable[[Any, Mapping[str, RGB], Mapping[str, RGB]], Mapping[str, bytes]]
    """What a reel has besides films and prints, by name in the scene's folder, in light and dark colours."""
    whole_files: Callable[[Any, Mapping[str, RGB]], Mapping[str, bytes]]
    """What there is of the same to take along, whole, where it is asked for."""
    has_own_files: bool
    """Whether there is any."""
    has_flipbook: bool
    """Whether a book of its frames is worth the paper."""
    is_heavy: bool
    """Whether it has little more than a film where nobody asks for more."""
