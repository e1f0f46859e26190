"""A page as it will be printed: film frames and drawings at their places, for either pen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from generator.drawing.film.frame import FilmFrame
from generator.drawing.marks import ADVANCE, Drawing, Mark, Tile, Words
from generator.drawing.paper.papers import Paper, Room
from generator.scenes import Frame

HEADER = 72
"""Pixels at the top of every page for the lines that say what it is."""
FIRST_LINE, SECOND_LINE = 24, 55
"""Their baselines."""
TITLE_SIZE = 30
LINE_SIZE = 26
LONGEST_RIGHT = 0.6
"""Of a line; a longer address would be of no use to anybody who has to type it."""


@dataclass(frozen=True)
class Imprint:
    """What a page says of where it comes from."""

    course: str
    chapter_number: int
    chapter_title: str
    scene: str
    """With its number, as in "Figure 5.1 · sobel-edge"."""
    caption: str
    """What the scene shows."""
    address: str
    """Of the scene's page in the web, or "" where it is not known."""

    @property
    def chapter(self) -> str:
        """Return the chapter's title with its number."""
        return f"Chapter {self.chapter_number} · {self.chapter_title}"

    @property
    def title(self) -> str:
        """Return the title of what is printed."""
        return f"{self.scene} · {self.chapter}"


class FrameAt(NamedTuple):
    """A frame and where its corner lies on a page, in pixels."""

    frame: Frame
    x: int
    y: int


@dataclass(frozen=True, eq=False)
class Page:
    """One page."""

    name: str
    """What a reader of the PDF sees in place of a page number; also part of a picture's file name."""
    drawings: tuple[Drawing, ...]
    frames: tuple[FrameAt, ...] = ()


@dataclass(frozen=True, eq=False)
class Print:
    """Pages that belong together, in order."""

    title: str
    author: str
    """Whose it is: the course."""
    paper: Paper
    film: FilmFrame
    """What the frames on the pages look like."""
    pages: tuple[Page, ...]


def below_header(paper: Paper) -> Room:
    """Return what a page has room for below its header."""
    return paper.room._replace(top=paper.room.top + HEADER)


def one_line(text: str) -> str:
    r"""Return a text as it can be printed on a line: letters whole, white space as single spaces.

    >>> one_line("Gro\u0308ße\tund  Maß")
    'Größe und Maß'
    """
    return normalize("NFC", " ".join(text.split()))


def header(imprint: Imprint, room: Room, what: str) -> Drawing:
    """Return the two lines at the top of a page: chapter and what the page is, scene and address."""
    scene = f"{imprint.scene}: {imprint.caption}" if imprint.caption else imprint.scene
    first = Words(room.left, room.top + FIRST_LINE, imprint.chapter, "ink", TITLE_SIZE)
    second = Words(room.left, room.top + SECOND_LINE, scene, "muted", LINE_SIZE)
    return Drawing((*_line(first, what, room), *_line(second, imprint.address, room)))


def _line(left: Words, right: str, room: Room) -> Iterator[Words]:
    """Yield words at the left and at the right of a line, shortened so that they keep apart."""
    letters = int(room.size[0] / (left.size * ADVANCE))
    right = "" if len(right) > letters * LONGEST_RIGHT else right
    yield left._replace(text=shortened(left.text, letters - len(right) - 2))
    if right:
        yield left._replace(x=room.right, text=right, anchor="end")


def shortened(text: str, letters: int) -> str:
    """Return a text that is no longer than so many letters.

    >>> shortened("Convolution & filters", 12), shortened("Edges", 12)
    ('Convolution…', 'Edges')
    """
    return text if len(text) <= letters else f"{text[: max(0, letters - 1)]}…"


def wrapped(text: str, letters: int) -> list[str]:
    """Return a text in lines of at most so many letters, broken between words where it can be.

    >>> wrapped("Cut along the lines, then stack.", 14)
    ['Cut along the', 'lines, then', 'stack.']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(shortened(word, letters))
    return lines


def rule(left: int, top: int, right: int, bottom: int, ink: str = "hairline") -> Mark:
    """Return a straight line as a thin filled box."""
    return Tile(left, top, right - left, bottom - top, ink)
