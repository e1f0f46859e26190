"""The frames of a film one after another, each with what it and all before it have left on it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from PIL import Image

from generator.drawing.film.frame import Cut, FilmFrame
from generator.drawing.palette import RGB
from generator.drawing.pens.raster import Inks, Pen, new_picture
from generator.scenes import Frame, Reel


class Exposed(NamedTuple):
    """Every frame of a reel as a picture of palette indices, and the inks that they are drawn with.

    Film and animation share it: copy what you change.
    """

    pictures: tuple[Image.Image, ...]
    inks: Inks


@lru_cache(maxsize=1)  # a reel's film and its animation are made one after the other
def exposed_frames(reel: Reel, cut: Cut, roles: tuple[tuple[str, RGB], ...], font: bytes) -> Exposed:
    """Return every frame in order at a cut, with all that is on it."""
    film = FilmFrame(reel, cut)
    inks = Inks(dict(roles))
    pen = Pen(inks, font)
    pictures: list[Image.Image] = []
    for frame, base in exposures(pen, film):
        picture = base.copy()
        pen.lay(picture, film.moving(frame))
        pictures.append(picture)
    return Exposed(tuple(pictures), inks)


def exposures(pen: Pen, film: FilmFrame) -> Iterator[tuple[Frame, Image.Image]]:
    """Yield every frame in order with its picture in palette indices, without what belongs to it alone.

    The picture goes on to the next frame: copy it to keep it.
    """
    base = new_picture(film.size, pen.inks.role("paper"))
    pen.lay(base, film.still())
    for frame in film.reel.frames:
        pen.lay(base, film.lasting(frame))
        yield frame, base
