"""The pen for PDFs: the same pages as lines and letters, sharp at any size, with text that can be selected.

What many frames share is stored once: the film's unchanging part, and the cells that are filled by every
`BLOCK` frames, are forms that each frame only refers to.
"""

from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import chain
from math import floor
from typing import TYPE_CHECKING

from generator.drawing.marks import (
    ADVANCE,
    HATCH,
    HATCH_STRENGTH,
    SHIFTS,
    Drawing,
    Line,
    Mark,
    Outline,
    Photo,
    Tile,
    Words,
)
from generator.drawing.palette import RGB, mixed
from generator.drawing.paper.page import FrameAt, Print
from generator.drawing.paper.papers import SMALLEST_TEXT, points
from generator.drawing.pictures.plates import Plate, developed

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BLOCK = 16
"""Frames whose cells are stored together."""
FACE = "LessonMono"
STILL = "still"


def print_pdf(printed: Print, roles: Mapping[str, RGB], font: bytes) -> bytes:
    """Return the pages as a PDF with their names as page labels; the same pages give the same bytes.

    Args:
        printed: the pages.
        roles: the colour of every role on paper.
        font: the monospace font's file, TrueType.

    """
    # Late, for it takes longer to import than a usual PDF takes to draw, and most builds draw none anew.
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont(FACE, BytesIO(font)))
    data = BytesIO()
    canvas = Canvas(
        data,
        pagesize=printed.paper.points,
        pageCompression=1,
        invariant=1,  # no time of day in the file
        initialFontName=FACE,  # type: ignore[arg-type]  # a name, whatever the stubs say
    )
    canvas.setTitle(printed.title)
    canvas.setAuthor(printed.author)
    canvas.setSubject(printed.title)
    _Pen(canvas, roles, printed).print_all()
    canvas.save()
    return data.getvalue()


class _Pen:
    """Draws marks on a canvas whose unit is a pixel of 300 dpi; there, as in all PDFs, y grows upwards."""

    def __init__(self, canvas: "Canvas", roles: Mapping[str, RGB], printed: Print) -> None:
        self.canvas = canvas
        self.roles = roles
        self.shares = {role: _share(colour) for role, colour in roles.items()}
        self.printed = printed
        self.height = printed.paper.size[1]
        self.photos: dict[Plate, str] = {}

    def print_all(self) -> None:
        self._store_forms()
        for index, page in enumerate(self.printed.pages):
            self.canvas.addPageLabel(index, prefix=page.name)
            self.canvas.saveState()
            self.canvas.scale(points(1), points(1))
            for placed in page.frames:
                self._frame(placed)
            self._lay(page.drawings, (0, 0))
            self.canvas.restoreState()
            self.canvas.showPage()

    def _store_forms(self) -> None:
        film = self.printed.film
        frames = film.reel.frames if any(page.frames for page in self.printed.pages) else ()
        self._store_photos(film.still())
        for frame in frames:
            self._store_photos(chain(film.lasting(frame), film.moving(frame)))
        self._store(STILL, film.still())
        for start in range(0, len(frames) - BLOCK + 1, BLOCK):
            block = (drawing for frame in frames[start : start + BLOCK] for drawing in film.lasting(frame))
            self._store(_block(start), block)

    def _store(self, name: str, drawings: Iterable[Drawing]) -> None:
        """Keep drawings as a form whose origin is the frame's upper left corner."""
        width, height = self.printed.film.size
        self.canvas.beginForm(name, 0, -height, width, 0)
        self._lay(drawings, (0, self.height))
        self.canvas.endForm()

    def _frame(self, placed: FrameAt) -> None:
        film, frame = self.printed.film, placed.frame
        self.canvas.saveState()
        self.canvas.translate(placed.x, self.height - placed.y)
        self.canvas.doForm(STILL)
        whole = frame.number // BLOCK * BLOCK
        for start in range(0, whole, BLOCK):
            self.canvas.doForm(_block(start))
        self.canvas.restoreState()
        for late in film.reel.frames[whole : frame.number]:
            self._lay(film.lasting(late), (placed.x, placed.y))
        self._lay(film.moving(frame), (placed.x, placed.y))

    def _lay(self, drawings: Iterable[Drawing], origin: tuple[int, int]) -> None:
        for drawing in drawings:
            x, y = origin[0] + drawing.x, self.height - origin[1] - drawing.y
            for mark in drawing.marks:
                self._draw(mark, x, y, drawing.scale)

    def _draw(self, mark: Mark, x: float, y: float, scale: float) -> None:
        """Draw a mark whose origin lies at (x, y), counted from the lower left corner of the page."""
        if isinstance(mark, Words):
            self._write(mark, x, y, scale)
        elif isinstance(mark, Photo):
            self._photo(mark, x, y, scale)
        elif isinstance(mark, Line):
            self._line(mark, x + mark.x * scale, y - mark.y * scale, scale)
        elif isinstance(mark, Outline):
            self.canvas.setStrokeColorRGB(*self.shares[mark.ink])
            self.canvas.setLineWidth(max(1, mark.thickness * scale))
            self.canvas.rect(*_box(mark, x, y, scale), stroke=1, fill=0)
        else:
            self.canvas.setFillColorRGB(*self.shares[mark.fill])
            self.canvas.rect(*_box(mark, x, y, scale), stroke=0, fill=1)
            if mark.is_outside:
                self._hatch(mark, x, y, scale)
            if mark.text:
                self._write(mark.words, x, y, scale)
            if mark.is_framed:
                self._draw(mark.frame, x, y, scale)

    def _line(self, line: Line, x: float, y: float, scale: float) -> None:
        self.canvas.setStrokeColorRGB(*self.shares[line.ink])
        self.canvas.setLineWidth(max(1, line.thickness * scale))
        self.canvas.setLineCap(1)  # round, so that lines that go on from another meet it
        self.canvas.line(x, y, x + line.width * scale, y - line.height * scale)

    def _hatch(self, tile: Tile, x: float, y: float, scale: float) -> None:
        colour = mixed(self.roles[tile.fill], self.roles[tile.ink], HATCH_STRENGTH)
        self.canvas.setStrokeColorRGB(*_share(colour))
        self.canvas.setLineWidth(max(1, HATCH * scale))
        for left, top, right, bottom in tile.hatching:
            self.canvas.line(x + left * scale, y - top * scale, x + right * scale, y - bottom * scale)

    def _photo(self, photo: Photo, x: float, y: float, scale: float) -> None:
        """Draw a picture, or what a clip leaves of it."""
        left, bottom, width, height = _box(photo, x, y, scale)
        self.canvas.saveState()
        self.canvas.translate(left, bottom)
        self.canvas.scale(width, height)
        if photo.cells:
            across, down = photo.plate.size
            near, top, far, low = photo.cells
            path = self.canvas.beginPath()
            path.rect(near / across, 1 - low / down, (far - near) / across, (low - top) / down)
            self.canvas.clipPath(path, stroke=0, fill=0)
        self.canvas.doForm(self.photos[photo.plate])
        self.canvas.restoreState()

    def _store_photos(self, drawings: Iterable[Drawing]) -> None:
        """Keep each picture once, as a form of the size 1×1."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - late, like all of it

        marks = (mark for drawing in drawings for mark in drawing.marks)
        for plate in (mark.plate for mark in marks if isinstance(mark, Photo)):
            if plate not in self.photos:
                self.photos[plate] = f"photo-{len(self.photos) + 1}"
                self.canvas.beginForm(self.photos[plate], 0, 0, 1, 1)
                picture = ImageReader(developed(plate, self.roles, plate.size))
                self.canvas.drawImage(picture, 0, 0, 1, 1)
                self.canvas.endForm()

    def _write(self, words: Words, x: float, y: float, scale: float) -> None:
        if round(words.size * scale) < SMALLEST_TEXT:
            return
        size = max(words.size * scale, SMALLEST_TEXT)
        start = x + words.x * scale - SHIFTS[words.anchor] * size * ADVANCE * len(words.text)
        self.canvas.setFillColorRGB(*self.shares[words.ink])
        self.canvas.setFont(FACE, size)
        self.canvas.drawString(start, y - words.y * scale, words.text)


def _block(start: int) -> str:
    return f"cells-{start}"


def _share(colour: RGB) -> tuple[float, float, float]:
    """Return a colour as PDF has it, 0 to 1."""
    red, green, blue = (floor(1000 * part / 255 + 0.5) / 1000 for part in colour)
    return red, green, blue


def _box(mark: Tile | Outline | Photo, x: float, y: float, scale: float) -> tuple[float, float, float, float]:
    """Return (left, bottom, width, height)."""
    width, height = mark.width * scale, mark.height * scale
    return x + mark.x * scale, y - mark.y * scale - height, width, height
