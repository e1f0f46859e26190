"""The pen for pictures of pages: every page in palette indices at 300 dpi."""

from collections.abc import Iterator, Mapping

from generator.drawing.film.exposure import exposures
from generator.drawing.palette import RGB
from generator.drawing.paper.page import Print
from generator.drawing.paper.papers import DOTS_PER_INCH, SMALLEST_TEXT
from generator.drawing.pens.png import indexed_png
from generator.drawing.pens.raster import Inks, Pen, new_picture


def page_pngs(printed: Print, roles: Mapping[str, RGB], font: bytes) -> Iterator[bytes]:
    """Yield each page as a PNG that knows its resolution; the frames on it are in the order of the reel.

    Args:
        printed: the pages.
        roles: the colour of every role on paper.
        font: the monospace font's file.

    """
    inks = Inks(roles, has_clear=False)
    pen = Pen(inks, font, SMALLEST_TEXT)
    for page in printed.pages:
        exposed = exposures(pen, printed.film)
        picture = new_picture(printed.paper.size, inks.role("paper"))
        for frame, x, y in page.frames:
            base = next(base for reached, base in exposed if reached is frame)
            picture.im.paste(base.im, (x, y, x + base.width, y + base.height))
            pen.lay(picture, printed.film.moving(frame), (x, y))
        pen.lay(picture, page.drawings)
        yield indexed_png(picture, inks.colours, None, DOTS_PER_INCH, pen.level)
