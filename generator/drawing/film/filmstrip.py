"""The filmstrip: every frame of a reel in order, as 35 mm film cut into strips."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count

from PIL import Image, ImageDraw

from generator.drawing.film.exposure import exposed_frames
from generator.drawing.film.frame import SMALLEST_SCALE, Cut, FilmFrame
from generator.drawing.marks import ADVANCE, CELL, Words
from generator.drawing.palette import RGB
from generator.drawing.pens.png import indexed_png
from generator.drawing.pens.raster import CLEAR, Canvas, Pen, new_picture
from generator.drawing.stages import LATEST, stage_of
from generator.scenes import Frame, Reel

FILM_WIDTH = 1860
"""Pixels; the width of A4 at 225 dpi, which on a wall looks like 300 and takes half of the bytes."""
WIDE_FILM = 2480
"""The same at 300 dpi, for frames that can be no smaller: many side by side take less than few."""
A4_INCHES = 210 / 25.4
"""The width of the paper."""
LARGEST_SCALE = 1.0
"""Pixels a unit; above it, usual numbers only grow."""
SMALLEST_NUMBER = 8
"""Pixels; frames with long numbers are drawn larger, where there is room."""
LARGEST_FILM = 16_000_000
MOST_COLUMNS = 8
"""Frames on a strip whose numbers can all be read."""
USUAL_COLUMNS = 5
"""A narrower map puts several of its rows on a strip."""
UNNUMBERED = (9, 2, -1)
"""The sizes in pixels, largest first, of cells that have no room for a number."""
NARROW_GAUGE = 0.6
"""For films of very many frames, as amateurs used it to save film."""

BETWEEN = 14
"""Pixels between two frames, and at the ends of a strip; this and the sizes below are those of 35 mm film."""
EDGE = 44
"""Film above and below the frames."""
HOLE = (15, 21)
HOLE_INSET = 4
HOLE_PITCH = 47
"""About; a whole number of holes goes with every frame, eight with the usual one, as on real film."""
HOLE_ROUNDING = 4
STRIP_GAP = 20
PRINT_SIZE = 13
PRINT_INSET = 5
"""Between the edge print's baseline and the frame below it."""
ARROW = 0.66
"""The height of the arrow before the frame number, over the print's size."""
FEWEST_LETTERS = 6
"""A scene's name that must be cut shorter is left out."""


@dataclass(frozen=True)
class _Layout:
    """How a reel's frames lie on strips, in pixels."""

    reel: Reel
    cut: Cut

    @cached_property
    def frame(self) -> FilmFrame:
        return FilmFrame(self.reel, self.cut)

    @cached_property
    def width(self) -> int:
        """Return how wide the film may be."""
        return _film_width(self.reel)

    @cached_property
    def columns(self) -> int:
        """Return how many frames go on a strip: a row of the map where it fits, or several short ones."""
        fitting = max(1, (self.width - self.scaled(BETWEEN)) // self.pitch)
        row = self.frame.stage.row_length
        rows = fitting // row if row < USUAL_COLUMNS else 1
        return min(row * rows or fitting, fitting, len(self.reel.frames))

    @property
    def rows(self) -> int:
        return -(-len(self.reel.frames) // self.columns)

    @cached_property
    def pitch(self) -> int:
        """Return the distance from one frame to the next."""
        return self.frame.size[0] + self.scaled(BETWEEN)

    @cached_property
    def strip_size(self) -> tuple[int, int]:
        width = self.columns * self.pitch + self.scaled(BETWEEN)
        return width, self.frame.size[1] + 2 * self.scaled(EDGE)

    @cached_property
    def size(self) -> tuple[int, int]:
        width, height = self.strip_size
        return width, self.rows * (height + self.scaled(STRIP_GAP)) - self.scaled(STRIP_GAP)

    def scaled(self, length: float) -> int:
        """Return a length of 35 mm film on this film."""
        return round(length * self.cut.gauge)

    def strip_top(self, row: int) -> int:
        return row * (self.strip_size[1] + self.scaled(STRIP_GAP))

    def place(self, frame: Frame) -> tuple[int, int]:
        """Return where a frame's corner lies."""
        row, column = divmod(frame.number - 1, self.columns)
        return self.scaled(BETWEEN) + column * self.pitch, self.strip_top(row) + self.scaled(EDGE)


def filmstrip_png(reel: Reel, roles: Mapping[str, RGB], font: bytes) -> bytes:
    """Return the whole reel as a PNG of palette indices, at most 16 megapixels, strips one below another.

    Args:
        reel: what to show.
        roles: the colour of every role.
        font: the monospace font's file.

    """
    film, colours = exposed_film(reel, roles, font)
    return indexed_png(film, colours, CLEAR, round(_film_width(reel) / A4_INCHES))


def exposed_film(reel: Reel, roles: Mapping[str, RGB], font: bytes) -> tuple[Image.Image, list[RGB]]:
    """Return the film as a picture of palette indices, and the palette."""
    layout = _layout(reel)
    exposed = exposed_frames(reel, layout.cut, tuple(roles.items()), font)
    pen = Pen(exposed.inks.copy(), font)
    film = new_picture(layout.size, CLEAR)
    strip = _strip(pen, layout)
    for row in range(layout.rows):
        film.im.paste(strip.im, (0, layout.strip_top(row), film.width, layout.strip_top(row) + strip.height))
    _develop(pen, film, layout, exposed.pictures)
    return film, pen.inks.colours


def film_cut(reel: Reel) -> Cut:
    """Return how large the parts of a frame are on the filmstrip."""
    return _layout(reel).cut


def _layout(reel: Reel) -> _Layout:
    """Return the largest frames of which the whole reel fits into the pixels there are."""
    layouts = (_Layout(reel, cut) for cut in _cuts(reel))
    return next(layout for layout in layouts if layout.size[0] * layout.size[1] <= LARGEST_FILM)


def _cuts(reel: Reel) -> Iterator[Cut]:
    """Yield ways to cut the film, the best first.

    Numbers shrink as far as they can be read. Then the input and the map give up theirs and stand as plain
    shades; then the film gets narrower; and in the longest reels the sum is named without its arithmetic.
    """
    scale = _widest_scale(reel)
    while scale > SMALLEST_SCALE:
        yield Cut(scale, scale)
        scale *= 0.95
    yield Cut(SMALLEST_SCALE, SMALLEST_SCALE)
    for total, gauge in ((SMALLEST_SCALE, 1), (SMALLEST_SCALE, NARROW_GAUGE), (0, NARROW_GAUGE)):
        yield from (Cut(pixels / CELL, total, gauge) for pixels in range(*UNNUMBERED))
    yield from (Cut(0.5**step / CELL, 0, NARROW_GAUGE * 0.9**step) for step in count())


def _widest_scale(reel: Reel) -> float:
    """Return the scale at which the map's row fills the film's width, or the part of it that can be read.

    Photographs are as small as their numbers allow, for what they weigh grows with every pixel.
    """
    readable, columns = _readable_scale(reel), _wished_columns(reel)
    if not reel.scene.showing.has_every_number:
        return readable
    width = FilmFrame(reel, Cut(1, 1)).size[0]
    scales = (((_film_width(reel) - BETWEEN) / frames - BETWEEN) / width for frames in range(columns, 0, -1))
    widest = next((scale for scale in scales if scale >= readable), readable)
    return min(widest, max(readable, LARGEST_SCALE))


@lru_cache(maxsize=LATEST)
def _film_width(reel: Reel) -> int:
    """Return how wide a film may be: wide only where its smallest readable frames do not fit into less."""
    scale = _readable_scale(reel)
    smallest = FilmFrame(reel, Cut(scale, scale)).size[0] + BETWEEN
    return FILM_WIDTH if _wished_columns(reel) * smallest + BETWEEN <= FILM_WIDTH else WIDE_FILM


def _wished_columns(reel: Reel) -> int:
    """Return how many frames go on a strip where there is room: a row of the map, if it can be read."""
    return min(len(reel.frames), max(stage_of(reel).row_length, USUAL_COLUMNS), MOST_COLUMNS)


def _readable_scale(reel: Reel) -> float:
    """Return the scale at which the longest number can be read: long ones are printed small."""
    stage = stage_of(reel)
    return max(SMALLEST_SCALE, SMALLEST_NUMBER / min(stage.grid_size, stage.work.number_size))


def _strip(pen: Pen, layout: _Layout) -> Image.Image:
    """Return an empty strip: the dark band with its holes, and what is printed beside every frame."""
    strip = new_picture(layout.strip_size, pen.inks.role("film"))
    tile = _band(pen, layout)
    half = layout.scaled(BETWEEN) // 2
    for column in range(layout.columns):
        x = half + column * layout.pitch
        strip.im.paste(tile.im, (x, 0, x + tile.width, tile.height))
    return strip


def _band(pen: Pen, layout: _Layout) -> Image.Image:
    """Return the strip's part around one frame: holes, and what is printed between them and the frame."""
    band = new_picture((layout.pitch, layout.strip_size[1]), pen.inks.role("film"))
    draw = ImageDraw.Draw(band)
    for box in _holes(layout):
        draw.rounded_rectangle(box, layout.scaled(HOLE_ROUNDING), CLEAR)
    left, above, below = layout.scaled(BETWEEN) // 2, *_baselines(layout)
    size = layout.scaled(PRINT_SIZE)
    tip = (left + ARROW * size, above - ARROW * size / 2)
    draw.polygon(((left, above - ARROW * size), tip, (left, above)), pen.inks.role("film-print"))
    name, sizes = _edge_texts(layout)
    right = left + layout.frame.size[0]
    marks = (
        Words(right, above, name, "film-print", size, "end"),
        Words(left, below, sizes, "film-print", size),
    )
    pen.draw(Canvas(band, "film"), marks)
    return band


def _holes(layout: _Layout) -> Iterator[tuple[int, int, int, int]]:
    """Yield the sprocket holes beside one frame as (left, top, right, bottom), evenly spaced."""
    width, height, inset = (layout.scaled(length) for length in (*HOLE, HOLE_INSET))
    holes = max(1, round(layout.pitch / layout.scaled(HOLE_PITCH)))
    for hole in range(holes):
        x = round((hole + 0.5) * layout.pitch / holes - width / 2)
        for y in (inset, layout.strip_size[1] - inset - height):
            yield x, y, x + width - 1, y + height - 1


def _baselines(layout: _Layout) -> tuple[int, int]:
    """Return where the edge print stands above and below the frame, from the strip's top."""
    edge, inset = layout.scaled(EDGE), layout.scaled(PRINT_INSET)
    return edge - inset, layout.strip_size[1] - edge + inset + round(ARROW * layout.scaled(PRINT_SIZE))


def _edge_texts(layout: _Layout) -> tuple[str, str]:
    """Return the scene's name, cut to what the frame number leaves free, and the sizes if they fit."""
    reel = layout.reel
    letters = int(layout.frame.size[0] / (layout.scaled(PRINT_SIZE) * ADVANCE))
    room = letters - len(str(len(reel.frames))) - 3
    name = reel.scene.id.upper()
    if len(name) > room:
        name = f"{name[: room - 1]}…" if room >= FEWEST_LETTERS else ""
    sizes = layout.frame.stage.sizes
    return name, sizes if len(sizes) <= letters else ""


def _develop(pen: Pen, film: Image.Image, layout: _Layout, pictures: Sequence[Image.Image]) -> None:
    """Put every frame on the film, with its number on the edge."""
    size = layout.scaled(PRINT_SIZE)
    for frame, picture in zip(layout.reel.frames, pictures, strict=True):
        x, y = layout.place(frame)
        film.im.paste(picture.im, (x, y, x + picture.width, y + picture.height))
        number = Words(size, -layout.scaled(PRINT_INSET), str(frame.number), "film-print", size)
        pen.draw(Canvas(film, "film", 1, x, y), (number,))
