"""The film on paper: drawn in outline, its numbers never smaller than can be printed well."""

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import product

from generator.drawing.film.frame import Cut, FilmFrame, Spacing
from generator.drawing.marks import ADVANCE, CELL, LABEL_SIZE, NUMBER_SIZE, Drawing, Outline
from generator.drawing.paper.page import FrameAt
from generator.drawing.paper.papers import SMALLEST_TEXT, Room, pixels
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel

SPACING = Spacing(beside=8, above=0, between=0)
"""Little, for the frames share their outlines."""
WRITABLE = pixels(6)
"""The least height of a box for a number that is written by hand."""
LARGEST_SCALE = 3.0
"""Pixels a unit; larger numbers look like a poster."""
SHADES = (24, 18, 14, 11, 8, 6, 4, 2, 1, 0.5, 0.25)
"""Pixels of a cell without a number, the largest first."""
HOLE = (11, 9)
"""Width and height of a sprocket hole, in units; it stands on the line that names the frame."""
HOLE_PITCH = 22
HOLE_TOP = 8
LINE = 2
"""Pixels; the thickness of the film's outline."""


def films(reel: Reel, blanks: Set[int] = frozenset()) -> Iterator[FilmFrame]:
    """Yield ways to draw the film on paper, the one with most numbers first, each as small as it can be.

    Where a reel is too large, the input and the map give up their numbers and stand as plain shades; in
    the largest the sum gives up its arithmetic.
    """
    for cut in _cuts(reel, blanks):
        yield FilmFrame(reel, cut, SPACING, blanks)


def _cuts(reel: Reel, blanks: Set[int]) -> Iterator[Cut]:
    stage = stage_of(reel)
    sums = (LABEL_SIZE, NUMBER_SIZE, stage.work.number_size)
    sizes = ((*sums, stage.grid_size), sums, (20,))
    everything, arithmetic, words = (SMALLEST_TEXT / min(them) for them in sizes)
    box = next(_boxes(reel, blanks), None)
    writable = WRITABLE / box.height if box else 0
    everything, arithmetic = max(everything, writable), max(arithmetic, writable)
    yield Cut(everything, everything)
    for scale, cell in product((arithmetic, 0), SHADES):
        yield Cut(cell / CELL, scale, words=words)


def _boxes(reel: Reel, blanks: Set[int]) -> Iterator[Outline]:
    """Yield the empty boxes for sums."""
    for number in sorted(blanks):
        marks = stage_of(reel, blanks).work.moving(reel.frames[number - 1])
        yield from (mark for mark in marks if isinstance(mark, Outline))


def enlarged(film: FilmFrame, width: float, height: float) -> FilmFrame:
    """Return the film as large as fits into (width, height) in pixels; it only ever grows."""
    growth = min(width / film.size[0], height / film.size[1], LARGEST_SCALE / film.cut.text)
    while growth > 1:
        cut = film.cut.scaled(growth)
        across, down = film.size_at(cut)
        if across <= width and down <= height:
            return replace(film, cut=cut)
        growth -= 0.002
    return film


def outline(box: Room) -> Outline:
    """Return the film's outline around a frame."""
    width, height = box.size
    return Outline(box.left, box.top, width, height, "hairline", LINE)


def holes(film: FilmFrame, placed: FrameAt) -> Drawing:
    """Return the sprocket holes above a frame."""
    return Drawing(tuple(_holes(film, placed.frame)), placed.x, placed.y, film.cut.text)


def _holes(film: FilmFrame, frame: Frame) -> Iterator[Outline]:
    """Yield the sprocket holes in what a frame's number and place leave free of their line."""
    left, right = film.header(frame)
    start = left.x + len(left.text) * left.size * ADVANCE + HOLE_PITCH / 2
    end = right.x - len(right.text) * right.size * ADVANCE - HOLE_PITCH / 2
    holes = int((end - start) / HOLE_PITCH)
    pitch = (end - start) / holes if holes else 0
    for hole in range(holes):
        x = start + (hole + 0.5) * pitch - HOLE[0] / 2
        yield Outline(x, film.spacing.above + HOLE_TOP, *HOLE, "hairline", 1)
