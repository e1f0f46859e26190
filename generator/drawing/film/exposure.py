"""The frames of a film one after another, each with what it and all before it have left on it."""

from collections.abc import Iterator

from PIL import Image

from generator.drawing.film.frame import FilmFrame
from generator.drawing.pens.raster import Pen, new_picture
from generator.scenes import Frame


def exposures(pen: Pen, film: FilmFrame) -> Iterator[tuple[Frame, Image.Image]]:
    """Yield every frame in order with its picture in palette indices, without what belongs to it alone.

    The picture goes on to the next frame: copy it to keep it.
    """
    base = new_picture(film.size, pen.inks.role("paper"))
    pen.lay(base, film.still())
    for frame in film.reel.frames:
        pen.lay(base, film.lasting(frame))
        yield frame, base
