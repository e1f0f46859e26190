"""Marks: what every pen can draw, in units of which a cell of a grid has 40, and the measures of a stage."""

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import NamedTuple

from generator.drawing.pictures.plates import Plate

CELL = 40
"""The pitch of the grid."""
GAP = 2
"""Between two tiles."""
BORDER = 4
"""Room for the window's outline to stand over the grid's edge."""
LABEL = 30
"""The band above a grid that holds its name."""
LABEL_SIZE = 20
NUMBER_SIZE = 20
EMPTY_INSET = 1
"""By which the line around an empty cell lies inside its tile."""
FRAME = 2.5
"""The thickness of the line around a tile whose number was cut off."""
HATCHES = (6, 12, 18)
"""How far from a corner the lines across it begin, where a tile is no part of the image."""
HATCH = 1.25
"""The thickness of such a line."""
HATCH_STRENGTH = 0.5
"""How much of the ink of the number on the tile it holds."""
SIGN_SIZE = 24
TOTAL_SIZE = 28
TOTAL_WIDTH = 84
TOTAL_HEIGHT = 56
SIGN_WIDTH = 34
ADVANCE = 0.6
"""The width of a character over its size, in the shipped monospace font."""
MIDDLE = 0.36
"""From a number's middle down to its baseline, over its size: half the font's height of capitals."""
SHIFTS = MappingProxyType({"start": 0.0, "middle": 0.5, "end": 1.0})
"""How much of its own length a text stands left of its place, by its anchor."""


class Tile(NamedTuple):
    """A tile with a number in its middle. `fill` and `ink` are roles; `part` names it for the script."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    text: str = ""
    ink: str = "ink"
    size: float = NUMBER_SIZE
    part: str = ""
    is_framed: bool = False
    """Whether a line around it says that its number was cut off."""
    is_outside: bool | None = None
    """Whether hatched corners say that it is no part of the image; None where it never can be."""

    @property
    def hatching(self) -> Iterator[tuple[float, float, float, float]]:
        """Yield the lines (x, y, x, y) in two of its corners, beside its number."""
        right, bottom = self.x + self.width, self.y + self.height
        for far in HATCHES:
            yield self.x, self.y + far, self.x + far, self.y
            yield right, bottom - far, right - far, bottom

    @property
    def frame(self) -> "Outline":
        """Return the line around it, inside its edge."""
        inset = FRAME / 2
        box = self.x + inset, self.y + inset, self.width - FRAME, self.height - FRAME
        return Outline(*box, "ink", FRAME)

    @property
    def words(self) -> "Words":
        """Return the number as words in the tile's middle."""
        x, y = self.x + self.width / 2, self.y + self.height / 2 + MIDDLE * self.size
        return Words(x, y, self.text, self.ink, self.size, "middle", f"{self.part}-text")


class Words(NamedTuple):
    """Text on the panel's ground; `y` is its baseline."""

    x: float
    y: float
    text: str
    ink: str = "muted"
    size: float = LABEL_SIZE
    anchor: str = "start"
    """`start`, `middle` or `end`."""
    part: str = ""


class Outline(NamedTuple):
    """An empty rectangle, its line centred on the edge."""

    x: float
    y: float
    width: float
    height: float
    ink: str = "window"
    thickness: float = 4
    part: str = ""


class Photo(NamedTuple):
    """A picture, or a part of it; its box is that of the whole."""

    x: float
    y: float
    width: float
    height: float
    plate: Plate
    cells: tuple[int, int, int, int] | None = None
    """(left, top, right, bottom) in the picture's own pixels of what is drawn; None means all."""


class Line(NamedTuple):
    """A straight line from a point; its width and height, which may be negative, lead to its other end."""

    x: float
    y: float
    width: float
    height: float
    ink: str = "hairline"
    thickness: float = 1
    part: str = ""
    frame: int = 0
    """The number of the frame that draws it, of what is drawn bit by bit; 0 where it is always there."""


Mark = Tile | Words | Outline | Photo | Line


class Drawing(NamedTuple):
    """Marks and where they are laid on a picture; `x` and `y` are in the picture's pixels."""

    marks: Iterable[Mark]
    x: int = 0
    y: int = 0
    scale: float = 1
    """Pixels a unit."""


def painted(fill: str, *, is_framed: bool = False, is_outside: bool | None = None) -> str:
    r"""Return the classes of a tile as a page has them, with no blank between them, for blanks part tiles.

    >>> painted("plus-3"), painted("plus-3", is_framed=True), painted("pixel-0", is_outside=True)
    ('plus-3', 'plus-3\tframed', 'pixel-0\toutside')
    """
    return "\t".join((fill, *["framed"] * is_framed, *["outside"] * bool(is_outside)))


def moved(mark: Mark, x: float, y: float) -> Mark:
    """Return a mark that lies so much further right and down."""
    return mark._replace(x=mark.x + x, y=mark.y + y)


def label(x: float, name: str) -> Words:
    """Return the name of a grid that begins at x."""
    return Words(x, LABEL - 11, name)


def tile_box(x: float, row: int, column: int, top: float = LABEL) -> tuple[float, float, float, float]:
    """Return (x, y, width, height) of a tile in a grid that starts at (x, top)."""
    return x + column * CELL + GAP / 2, top + row * CELL + GAP / 2, CELL - GAP, CELL - GAP


def empty_tile(x: float, row: int, column: int) -> Outline:
    """Return the line of an empty cell, inside its edge: the tile that fills the cell covers all of it."""
    left, top, width, height = tile_box(x, row, column)
    inset = EMPTY_INSET
    box = left + inset, top + inset, width - 2 * inset, height - 2 * inset
    return Outline(*box, "hairline", 1, part="empty")


def grid_size(height: int, width: int, name: str) -> tuple[float, float]:
    """Return (width, height) of a grid of so many cells with its name above."""
    inner = max(width * CELL, text_width(name, LABEL_SIZE))
    return inner + 2 * BORDER, LABEL + height * CELL + BORDER


def text_width(text: str, size: float) -> float:
    """Return how wide a text is."""
    return len(text) * size * ADVANCE


def fitting(texts: Iterable[str], pitch: float = CELL) -> float:
    """Return the largest size, up to the usual, at which each of the texts fits a tile in a grid."""
    longest = max(1, *map(len, texts), 0)
    return min(NUMBER_SIZE, (pitch - GAP - 3) / (ADVANCE * longest))
