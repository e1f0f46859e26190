"""The pen for the film: panels drawn straight into palette indices.

A finished RGB picture would have to be reduced to a palette, which costs more than drawing it. Here every
tile, with its number, is drawn once as indices and pasted wherever it occurs again. The smooth edge of a
letter is a shade half-way between its ink and its ground, taken from the colours that are there already
where one is near enough: so a usual scene needs some twenty colours.

Tiles are pasted with Pillow's core, at a tenth of the cost of the checked method; how much of each pixel a
letter covers is the same in every film and is kept from one to the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from generator.drawing.marks import (
    ADVANCE,
    HATCH,
    HATCH_STRENGTH,
    MIDDLE,
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
from generator.drawing.pens.png import LEVEL, PHOTO_LEVEL
from generator.drawing.pictures.plates import Plate

if TYPE_CHECKING:
    from PIL._imaging import ImagingCore

ALIKE = 8
"""Colours whose channels differ by no more share an index: nobody can tell them apart."""
NEAR_SHADE = 72
"""How far a letter's edge may be from the shade it should have, in any channel."""
NEAR_HATCH = 24
"""How far the colour of a hatched line may be from the one it should have, in any channel."""
ASCENT, DESCENT = 0.78, 0.2
"""What the letters of the shipped font need above and below the baseline, over their size."""
SMALLEST_PRINT = 5
"""Pixels; a smaller number would be a smudge, and its tile stays empty."""
NO_LETTER = "\uffff"
"""A sign that no font draws."""
MEASURED = 40
"""Pixels; the size at which letters are compared."""
CLEAR = 0
"""The index of what shows the page behind the film."""
COMMON = ("paper", "ink", "muted", "hairline", "plus", "minus", "plus-3")
"""Roles that every film has; letters' edges find their shades among them."""


def _distance(one: RGB, other: RGB) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


class Inks:
    """The palette while it is being found: every colour that was asked for, in that order."""

    def __init__(self, roles: Mapping[str, RGB], *, has_clear: bool = True) -> None:
        """Begin with the clear index alone, or with none; `roles` says what each role's colour is."""
        self.roles = roles
        self.colours: list[RGB] = [(0, 0, 0)] if has_clear else []
        self.first = len(self.colours)
        self.places: dict[tuple[RGB, int], int] = {}
        for role in COMMON:
            self.role(role)

    def copy(self) -> "Inks":
        """Return the same palette, to which other colours are added."""
        copied = Inks({role: self.roles[role] for role in COMMON}, has_clear=self.first > 0)
        copied.roles, copied.colours, copied.places = self.roles, [*self.colours], {**self.places}
        return copied

    def index(self, colour: RGB, tolerance: int = ALIKE) -> int:
        """Return the palette index of the nearest colour within the tolerance, a new one if there is none."""
        if (colour, tolerance) not in self.places:
            self.places[colour, tolerance] = self._nearest(colour, tolerance)
        return self.places[colour, tolerance]

    def _nearest(self, colour: RGB, tolerance: int) -> int:
        distances = [_distance(colour, known) for known in self.colours[self.first :]]
        if distances and min(distances) <= tolerance:
            return distances.index(min(distances)) + self.first
        self.colours.append(colour)
        return len(self.colours) - 1

    def role(self, name: str) -> int:
        """Return the palette index of a role."""
        return self.index(self.roles[name])

    def hatch(self, ground: str, ink: str) -> int:
        """Return the index of a line that lies on a ground and is paler than an ink."""
        return self.index(mixed(self.roles[ground], self.roles[ink], HATCH_STRENGTH), NEAR_HATCH)

    def ramp(self, ground: str, ink: str) -> tuple[int, int, int]:
        """Return the indices of a ground, of an ink, and between them of the edge of a letter."""
        between = mixed(self.roles[ground], self.roles[ink], 0.5)
        return self.role(ground), self.index(between, NEAR_SHADE), self.role(ink)


@dataclass(frozen=True)
class Canvas:
    """A picture in palette indices, and how marks are laid on it."""

    image: Image.Image
    ground: str
    """The role under text that stands on no tile."""
    scale: float = 1
    """Pixels a unit."""
    x: int = 0
    y: int = 0
    """Where the marks' own origin lies, in pixels."""

    def box(self, x: float, y: float, width: int, height: int) -> tuple[int, int, int, int]:
        """Return (left, top, right, bottom) in pixels of what stands at a point in units."""
        left, top = self.x + round(x * self.scale), self.y + round(y * self.scale)
        return left, top, left + width, top + height


class Face(NamedTuple):
    """How letters look."""

    size: int
    """In pixels."""
    ground: str
    ink: str

    def length(self, text: str) -> float:
        """Return how long a text is in pixels."""
        return self.size * ADVANCE * len(text)


class Pen:
    """Draws marks on canvases; tiles and letters are kept and pasted when they come again."""

    def __init__(self, inks: Inks, font: bytes, smallest: int = SMALLEST_PRINT) -> None:
        """Draw with these inks and this font file; text smaller than `smallest` pixels is left out."""
        self.inks = inks
        self.font = font
        self.smallest = smallest
        self.tiles: dict[tuple[object, ...], ImagingCore] = {}
        self.letters: dict[tuple[str, Face], ImagingCore] = {}
        self.ramps: dict[tuple[str, str], list[int]] = {}
        self.photos: dict[tuple[Plate, tuple[int, int]], Image.Image] = {}

    @property
    def level(self) -> int:
        """Return how hard a PNG of what was drawn is worth compressing."""
        return PHOTO_LEVEL if self.photos else LEVEL

    def lay(self, image: Image.Image, drawings: Iterable[Drawing], place: tuple[int, int] = (0, 0)) -> None:
        """Lay drawings on the paper of a picture, their common origin at a place in it."""
        for drawing in drawings:
            x, y = place[0] + drawing.x, place[1] + drawing.y
            self.draw(Canvas(image, "paper", drawing.scale, x, y), drawing.marks)

    def draw(self, canvas: Canvas, marks: Iterable[Mark]) -> None:
        """Draw marks, one over the other."""
        for mark in marks:
            if isinstance(mark, Tile):
                self._cell(canvas, mark)
            elif isinstance(mark, Words):
                self._words(canvas, mark)
            elif isinstance(mark, Photo):
                self._photo(canvas, mark)
            elif isinstance(mark, Line):
                self._line(canvas, mark)
            else:
                self._outline(canvas, mark)

    def _cell(self, canvas: Canvas, cell: Tile) -> None:
        key = (canvas.scale, *cell[2:])
        tile = self.tiles.get(key) or self.tiles.setdefault(key, self._tile(cell, canvas.scale))
        canvas.image.im.paste(tile, canvas.box(cell.x, cell.y, *tile.size))

    def _tile(self, cell: Tile, scale: float) -> "ImagingCore":
        width, height = max(1, round(cell.width * scale)), max(1, round(cell.height * scale))
        tile = new_picture((width, height), self.inks.role(cell.fill))
        if cell.is_outside:
            self._hatch(tile, cell._replace(x=0, y=0), scale)
        size = cell.size * scale
        face = Face(round(size), cell.fill, cell.ink)
        start = width // 2 - SHIFTS["middle"] * face.length(cell.text)
        self._print(tile, (start, round(height / 2 + MIDDLE * size)), cell.text, face)
        if cell.is_framed:
            self._outline(Canvas(tile, cell.fill, scale), cell._replace(x=0, y=0).frame)
        return tile.im

    def _hatch(self, tile: Image.Image, cell: Tile, scale: float) -> None:
        ink = self.inks.hatch(cell.fill, cell.ink)
        draw = ImageDraw.Draw(tile)
        for line in cell.hatching:
            draw.line([round(place * scale) for place in line], ink, max(1, round(HATCH * scale)))

    def _words(self, canvas: Canvas, words: Words) -> None:
        x, y, _, _ = canvas.box(words.x, words.y, 0, 0)
        face = Face(round(words.size * canvas.scale), canvas.ground, words.ink)
        start = x - SHIFTS[words.anchor] * face.length(words.text)
        self._print(canvas.image, (start, y), words.text, face)

    def _outline(self, canvas: Canvas, outline: Outline) -> None:
        line = max(1, round(outline.thickness * canvas.scale))
        left, top, _, _ = canvas.box(outline.x, outline.y, 0, 0)
        right, bottom, _, _ = canvas.box(outline.x + outline.width, outline.y + outline.height, 0, 0)
        half = line // 2
        left, top, right, bottom = left - half, top - half, right + half + 1, bottom + half + 1
        ink = self.inks.role(outline.ink)
        for box in (
            (left, top, right, top + line),
            (left, bottom - line, right, bottom),
            (left, top, left + line, bottom),
            (right - line, top, right, bottom),
        ):
            canvas.image.im.paste(ink, box)

    def _line(self, canvas: Canvas, line: Line) -> None:
        ends = ((line.x, line.y), (line.x + line.width, line.y + line.height))
        points = [canvas.box(*end, 0, 0)[:2] for end in ends]
        wide = max(1, round(line.thickness * canvas.scale))
        ImageDraw.Draw(canvas.image).line(points, self.inks.role(line.ink), wide)

    def _photo(self, canvas: Canvas, photo: Photo) -> None:
        width, height = max(1, round(photo.width * canvas.scale)), max(1, round(photo.height * canvas.scale))
        left, top, _, _ = canvas.box(photo.x, photo.y, 0, 0)
        picture = self._developed(photo.plate, (width, height))
        across, down = width / photo.plate.size[0], height / photo.plate.size[1]
        cells = photo.cells or (0, 0, *photo.plate.size)
        box = tuple(round(edge * by) for edge, by in zip(cells, (across, down) * 2, strict=True))
        part = picture.im.crop(box) if photo.cells else picture.im
        place = left + box[0], top + box[1]
        canvas.image.im.paste(part, (*place, place[0] + part.size[0], place[1] + part.size[1]))

    def _developed(self, plate: Plate, size: tuple[int, int]) -> Image.Image:
        """Return a plate at a size, in palette indices."""
        if (plate, size) not in self.photos:
            indices = [self.inks.index(colour, 0) for colour in plate.colours(self.inks.roles)]
            table = indices + [CLEAR] * (256 - len(indices))
            self.photos[plate, size] = plate.levels(size).point(table)
        return self.photos[plate, size]

    def _print(self, image: Image.Image, place: tuple[float, int], text: str, face: Face) -> None:
        """Print text letter by letter, from a place on its baseline."""
        if face.size < self.smallest:
            return
        start, top = place[0], place[1] - round(face.size * ASCENT)
        for index, letter in enumerate(text):
            if letter != " ":
                x = round(start + index * face.size * ADVANCE)
                tile = self._letter(letter, face)
                width, height = tile.size
                image.im.paste(tile, (x, top, x + width, top + height))

    def _letter(self, letter: str, face: Face) -> "ImagingCore":
        if (letter, face) not in self.letters:
            shades = self._shades(face.ground, face.ink)
            self.letters[letter, face] = _coverage(self.font, face.size, letter).point(shades, "P")
        return self.letters[letter, face]

    def _shades(self, ground: str, ink: str) -> list[int]:
        """Return the palette index for each of 256 degrees of coverage between ground and ink."""
        if (ground, ink) not in self.ramps:
            ramp = self.inks.ramp(ground, ink)
            self.ramps[ground, ink] = [ramp[(level * 2 + 127) // 255] for level in range(256)]
        return self.ramps[ground, ink]


def new_picture(size: tuple[int, int], index: int) -> Image.Image:
    """Return a picture of palette indices, all the same."""
    return Image.new("P", size, index)


def missing_letters(font: bytes, text: str) -> str:
    """Return the letters of a text for which a font has no drawing but its empty box, each once, sorted."""
    letters = sorted(letter for letter in set(text) if letter.isprintable())
    return "".join(letter for letter in letters if _is_missing(font, letter))


@lru_cache(maxsize=1024)
def _is_missing(font: bytes, letter: str) -> bool:
    covered, box = (_coverage(font, MEASURED, each) for each in (letter, NO_LETTER))
    return bytes(covered) == bytes(box)


def is_font(data: bytes) -> bool:
    """Tell whether bytes are a font that pictures can be drawn with."""
    try:
        _font(data, MEASURED)
    except OSError:
        return False
    return True


@lru_cache(maxsize=64)
def _font(data: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _coverage(font: bytes, size: int, letter: str) -> "ImagingCore":
    """Return how much of each pixel a letter covers, in a picture whose baseline is at `ASCENT`."""
    picture = Image.new("L", (ceil(size * ADVANCE), round(size * (ASCENT + DESCENT))))
    place = (0, round(size * ASCENT))
    ImageDraw.Draw(picture).text(place, letter, fill=255, font=_font(font, size), anchor="ls")
    return picture.im
