"""The pen for PDFs: the same pages as lines and letters, sharp at any size, with text that can be selected.

What many frames share is stored once: the film's unchanging part, and the cells that are filled by every
`BLOCK` frames, are forms that each frame only refers to. Tiles and texts that come again are put into words
once, with their own corner for origin; as forms, which are objects of the file, they would take more bytes.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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
from generator.scenes import Frame

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont
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
    from reportlab import rl_config  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    rl_config.useA85 = 0  # streams are bytes, as in most files; as letters they take a quarter more
    pdfmetrics.registerFont(_face(font))
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


@lru_cache(maxsize=4)
def _face(font: bytes) -> "TTFont":
    """Return a font, read once; what each file uses of it is kept apart."""
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - late, like all of it

    return TTFont(FACE, BytesIO(font))


class _Pen:
    """Draws marks on a canvas whose unit is a pixel of 300 dpi; there, as in all PDFs, y grows upwards."""

    def __init__(self, canvas: "Canvas", roles: Mapping[str, RGB], printed: Print) -> None:
        self.canvas = canvas
        self.roles = roles
        self.fills = {role: f"{_share(colour)} rg" for role, colour in roles.items()}
        self.strokes = {role: f"{_share(colour)} RG" for role, colour in roles.items()}
        self.printed = printed
        self.height = printed.paper.size[1]
        self.photos: dict[Plate, str] = {}
        self.tiles: dict[tuple[object, ...], str] = {}
        self.texts: dict[tuple[str, float], str] = {}
        self.added: dict[int, list[Drawing]] = {}

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
        if not film.reel.scene.showing.has_every_number:
            for frame in frames:
                self._store_photos(chain(film.lasting(frame), film.moving(frame)))
        self._store(STILL, film.still())
        for start in range(0, len(frames) - BLOCK + 1, BLOCK):
            block = (drawing for frame in frames[start : start + BLOCK] for drawing in self._lasting(frame))
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
        for late in film.reel.frames[whole : frame.number]:
            self._lay(self._lasting(late), (0, self.height))
        self._lay(film.moving(frame), (0, self.height))
        self.canvas.restoreState()

    def _lasting(self, frame: Frame) -> list[Drawing]:
        """Return what a frame adds to all later ones, which ask for it again and again."""
        if frame.number not in self.added:
            drawings = self.printed.film.lasting(frame)
            self.added[frame.number] = [each._replace(marks=tuple(each.marks)) for each in drawings]
        return self.added[frame.number]

    def _lay(self, drawings: Iterable[Drawing], origin: tuple[int, int]) -> None:
        for drawing in drawings:
            x, y = origin[0] + drawing.x, self.height - origin[1] - drawing.y
            for mark in drawing.marks:
                self._draw(mark, x, y, drawing.scale)

    def _draw(self, mark: Mark, x: float, y: float, scale: float) -> None:
        """Draw a mark whose origin lies at (x, y), counted from the lower left corner of the page."""
        if isinstance(mark, Words):
            self.canvas.addLiteral(self._text(mark, x, y, scale))
        elif isinstance(mark, Photo):
            self._photo(mark, x, y, scale)
        elif isinstance(mark, Tile):
            key = (scale, *mark[2:])
            code = self.tiles.get(key) or self.tiles.setdefault(key, self._tile(mark, scale))
            place = f"{_short(x + mark.x * scale)} {_short(y - mark.y * scale)}"
            self.canvas.addLiteral(f"q 1 0 0 1 {place} cm {code} Q")
        elif isinstance(mark, Line):
            self.canvas.addLiteral(self._line(mark, x + mark.x * scale, y - mark.y * scale, scale))
        else:
            self.canvas.addLiteral(self._outline(mark, x, y, scale))

    def _tile(self, tile: Tile, scale: float) -> str:
        """Return the operators that draw a tile, its upper left corner in the origin."""
        tile = tile._replace(x=0, y=0)
        parts = [f"{self.fills[tile.fill]} {_box(tile, 0, 0, scale)} re f"]
        if tile.is_outside:
            parts += self._hatch(tile, scale)
        if tile.text:
            parts.append(self._text(tile.words, 0, 0, scale))
        if tile.is_framed:
            parts.append(self._outline(tile.frame, 0, 0, scale))
        return " ".join(filter(None, parts))

    def _outline(self, outline: Outline, x: float, y: float, scale: float) -> str:
        width = _short(max(1, outline.thickness * scale))
        return f"{self.strokes[outline.ink]} {width} w {_box(outline, x, y, scale)} re S"

    def _line(self, line: Line, x: float, y: float, scale: float) -> str:
        """Return the operators that draw a line; its ends are round, so that lines that go on meet."""
        ends = (x, y, x + line.width * scale, y - line.height * scale)
        left, top, right, bottom = map(_short, ends)
        width = _short(max(1, line.thickness * scale))
        return f"q {self.strokes[line.ink]} {width} w 1 J {left} {top} m {right} {bottom} l S Q"

    def _hatch(self, tile: Tile, scale: float) -> Iterator[str]:
        colour = mixed(self.roles[tile.fill], self.roles[tile.ink], HATCH_STRENGTH)
        yield f"{_share(colour)} RG {_short(max(1, HATCH * scale))} w"
        for left, top, right, bottom in tile.hatching:
            ends = (left * scale, -top * scale, right * scale, -bottom * scale)
            yield "{} {} m {} {} l S".format(*map(_short, ends))

    def _photo(self, photo: Photo, x: float, y: float, scale: float) -> None:
        """Draw a picture, or what a clip leaves of it."""
        left, bottom, width, height = _measures(photo, x, y, scale)
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

    def _text(self, words: Words, x: float, y: float, scale: float) -> str:
        """Return the operators that write words; none where they would be too small to be read."""
        if round(words.size * scale) < SMALLEST_TEXT:
            return ""
        size = max(words.size * scale, SMALLEST_TEXT)
        start = x + words.x * scale - SHIFTS[words.anchor] * size * ADVANCE * len(words.text)
        place = f"{_short(start)} {_short(y - words.y * scale)}"
        return f"{self.fills[words.ink]} BT 1 0 0 1 {place} Tm {self._letters(words.text, size)}"

    def _letters(self, text: str, size: float) -> str:
        """Return what follows the place in the operators that write a text."""
        key = (text, size)
        if key not in self.texts:
            written = self.canvas.beginText(0, 0)
            written.setFont(FACE, round(size, 1))
            written.textOut(text)
            self.texts[key] = written.getCode().partition(" Tm ")[2]
        return self.texts[key]


def _block(start: int) -> str:
    return f"cells-{start}"


def _share(colour: RGB) -> str:
    """Return a colour as PDF has it, 0 to 1.

    >>> _share((255, 51, 0))
    '1 .2 0'
    """
    shares = (floor(1000 * part / 255 + 0.5) / 1000 for part in colour)
    return " ".join(f"{share:.3f}".strip("0").rstrip(".") or "0" for share in shares)


def _short(length: float) -> str:
    """Return a length to a tenth of a dot of 300 dpi, which nobody sees.

    >>> _short(2.0), _short(1 / 3), _short(-0.01)
    ('2', '0.3', '0')
    """
    tenths = round(length * 10)
    return str(tenths // 10) if tenths % 10 == 0 else str(tenths / 10)


def _measures(
    mark: Tile | Outline | Photo, x: float, y: float, scale: float
) -> tuple[float, float, float, float]:
    """Return (left, bottom, width, height)."""
    width, height = mark.width * scale, mark.height * scale
    return x + mark.x * scale, y - mark.y * scale - height, width, height


def _box(mark: Tile | Outline, x: float, y: float, scale: float) -> str:
    """Return the same as PDF has it."""
    return " ".join(map(_short, _measures(mark, x, y, scale)))
