"""Frames for paper: those that a printed chapter sets beside its text, side by side in few pictures.

A frame is much like the one before it. Beside it in the same picture it takes little more than what differs,
and the page shows each frame as a piece of the whole.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from math import floor
from typing import NamedTuple

from PIL import Image

from generator.drawing.film.exposure import exposures
from generator.drawing.film.frame import FilmFrame
from generator.drawing.marks import CELL, Drawing
from generator.drawing.palette import RGB
from generator.drawing.paper.film import LINE, films, outline
from generator.drawing.paper.papers import A4, SMALLEST_TEXT, Room
from generator.drawing.paper.papers import DOTS_PER_INCH as SHEET_DOTS
from generator.drawing.pens.png import indexed_png, with_few_colours
from generator.drawing.pens.raster import Inks, Pen, new_picture
from generator.scenes import Reel

MOST_FRAMES = 120
"""A longer reel is printed in other ways: nobody reads so many frames beside a text."""
DOTS_PER_INCH = 200
"""Fewer than a sheet has, for a frame stands small beside a text; 6 points are 17 of them."""
SHARE = DOTS_PER_INCH / SHEET_DOTS
NEARLY_ALL = 0.99
"""Of a frame's size, to which it may shrink so that cells are of whole bytes, which repeat themselves."""
LEVEL = 7
"""zlib's, for pictures of few colours: over 6 it takes a tenth less for a tenth more of the time."""
ALIKE = 14
"""Colours whose channels differ by no more may become one: paper tells few greys apart."""
WIDEST = 16_000
"""Pixels; browsers draw no wider picture everywhere."""
LARGEST = 16_000_000
"""Pixels of one picture, as for all others of a site."""


class Piece(NamedTuple):
    """A frame as a part of a picture, in pixels."""

    picture: int
    """Its number, from 1."""
    x: int
    y: int
    width: int
    height: int

    @property
    def printed(self) -> tuple[int, int]:
        """Return (width, height) in dots of a sheet, by which a page decides how many stand side by side."""
        return round(self.width / SHARE), round(self.height / SHARE)


def frame_pieces(reel: Reel, numbers: Sequence[int]) -> dict[int, Piece]:
    """Return where each of these frames of a reel, counted from 1, stands; none of a long reel."""
    if len(reel.frames) > MOST_FRAMES or not numbers:
        return {}
    width, height = _film(reel).size
    across, down = _rows(width, height, len(numbers))
    pieces = {}
    for place, number in enumerate(numbers):
        picture, inside = divmod(place, across * down)
        row, column = divmod(inside, across)
        pieces[number] = Piece(picture + 1, column * width, row * height, width, height)
    return pieces


def frame_pictures(
    reel: Reel, numbers: Sequence[int], roles: Mapping[str, RGB], font: bytes
) -> Iterator[bytes]:
    """Yield the pictures in which these frames stand, as PNGs; no number on them has less than 6 points.

    Args:
        reel: whose frames they are.
        numbers: of the frames, in order.
        roles: the colour of every role on paper.
        font: the monospace font's file.

    """
    pieces = frame_pieces(reel, numbers)
    if not pieces:
        return
    film, inks = _film(reel), Inks(roles, has_clear=False)
    pen = Pen(inks, font, floor(SMALLEST_TEXT * SHARE))
    exposed = exposures(pen, film)
    last = max(piece.picture for piece in pieces.values())
    for picture in range(1, last + 1):
        own = {number: piece for number, piece in pieces.items() if piece.picture == picture}
        whole = _empty(own.values(), inks)
        for number, piece in own.items():
            frame, base = next((frame, base) for frame, base in exposed if frame.number == number)
            whole.im.paste(base.im, (piece.x, piece.y, piece.x + piece.width, piece.y + piece.height))
            pen.lay(whole, (*film.moving(frame), _edge(film)), (piece.x, piece.y))
        level = pen.level if pen.photos else LEVEL
        yield indexed_png(*with_few_colours(whole, inks.colours, ALIKE), None, DOTS_PER_INCH, level)


def _film(reel: Reel) -> FilmFrame:
    """Return the film at the size at which it is printed beside a text."""
    film = next(film for film in films(reel) if film.size[0] <= A4.room.size[0])
    cut = film.cut.scaled(SHARE)
    even = CELL * cut.grids // 2 * 2 / (CELL * cut.grids)
    return replace(film, cut=cut.scaled(even) if even > NEARLY_ALL else cut)


def _rows(width: int, height: int, frames: int) -> tuple[int, int]:
    """Return how many frames of so many pixels stand across and down in a picture, so many of them in all.

    >>> _rows(732, 635, 25), _rows(732, 635, 4), _rows(2000, 1000, 25)
    ((13, 2), (4, 1), (7, 1))
    """
    capacity = max(1, LARGEST // (width * height))
    for pictures in count(1):
        each = -(-frames // pictures)
        down = -(-each // max(1, WIDEST // width))
        across = -(-each // down)
        if across * down <= capacity or each == 1:
            break
    return across, down


def _empty(pieces: Collection[Piece], inks: Inks) -> Image.Image:
    """Return a picture without its frames."""
    size = (max(piece.x + piece.width for piece in pieces), max(piece.y + piece.height for piece in pieces))
    return new_picture(size, inks.role("paper"))


def _edge(film: FilmFrame) -> Drawing:
    """Return the outline of a frame."""
    width, height = film.size
    inside = Room(LINE // 2, LINE // 2, width - LINE // 2, height - LINE // 2)
    return Drawing((outline(inside),))
