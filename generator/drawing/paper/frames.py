"""Single frames for paper: each a small picture that a printed chapter sets beside its text."""

from collections.abc import Iterator, Mapping

from generator.drawing.film.exposure import exposures
from generator.drawing.marks import Drawing
from generator.drawing.palette import RGB
from generator.drawing.paper.film import LINE, films, outline
from generator.drawing.paper.papers import A4, DOTS_PER_INCH, SMALLEST_TEXT, Room
from generator.drawing.pens.png import indexed_png
from generator.drawing.pens.raster import CLEAR, Inks, Pen
from generator.scenes import Reel

MOST_FRAMES = 120
"""A longer reel is printed in other ways: nobody reads so many frames beside a text."""


def frame_pngs(reel: Reel, roles: Mapping[str, RGB], font: bytes) -> Iterator[bytes]:
    """Yield every frame in order as a PNG in which no number has less than 6 points; none of a long reel."""
    if len(reel.frames) > MOST_FRAMES:
        return
    film = next(film for film in films(reel) if film.size[0] <= A4.room.size[0])
    inks = Inks(roles)
    pen = Pen(inks, font, SMALLEST_TEXT)
    width, height = film.size
    inside = Room(LINE // 2, LINE // 2, width - LINE // 2, height - LINE // 2)
    for frame, base in exposures(pen, film):
        picture = base.copy()
        pen.lay(picture, (*film.moving(frame), Drawing((outline(inside),))))
        yield indexed_png(picture, inks.colours, CLEAR, DOTS_PER_INCH, pen.level)
