"""Sheets of several reels, made once a run, and how a printed picture is measured."""

from functools import cache
from io import BytesIO
from struct import unpack
from typing import NamedTuple

from PIL import Image, ImageChops

from generator.drawing.film.frame import FilmFrame
from generator.drawing.marks import ADVANCE
from generator.drawing.paper import PAPERS, Imprint, Paper, Print, page_pngs, print_pdf, sheets
from generator.drawing.paper.page import FrameAt
from generator.scenes import reel_of, scenes_from_toml
from tests.drawing.samples import FLAGSHIP, FONT, PRINTED, WILD, grid, no_picture, reel

IMPRINT = Imprint(
    "Convolution, scrolled",
    5,
    "Convolution & filters",
    "Figure 5.1 · sobel-edge",
    "A Sobel kernel finds the edge.",
    "https://example.org/course/05-convolution-and-filters/",
)
NINTHS = reel_of(
    scenes_from_toml(
        'id = "ninths"\noperation = "convolution"\nscale = "1/9"\n'
        "image = [[-8, 3, 5, -1], [2, 0, -7, 4], [6, -9, 10, 1], [3, 12, -5, 8]]\n"
        "kernel = [[1, -2, 1], [2, 4, -2], [1, -1, 3]]\n",
        "chapter.md",
        1,
        no_picture,
    ).scenes[0]
)
"""Negative pixels, weights that are ninths and thirds, turned by half a circle."""
HALVES = reel([[-8, 3.5, 5, -1], [2, 0.25, -7, 4], [6, -9, 10, 1.75]], [[0.5, -0.25], [1.5, -2]], "halves")
"""Negative pixels, decimals everywhere."""

REELS = {
    "flagship": FLAGSHIP,
    "ninths": NINTHS,
    "halves": HALVES,
    "one frame": reel([[3]], [[2]]),
    "two frames": reel(grid(3, 4), "sobel-x"),
    "all dark": reel([[0.0] * 6 + [9.0], *([0.0] * 7 for _ in range(6))], "sobel-x"),
    "all negative": reel([[-9] * 7] * 7, [[9] * 3] * 3),
    "5×5 kernel": reel(grid(9, 9), grid(5, 5)),
    "a row": reel(grid(1, 20), [[-1, 0, 1]]),
    "a column": reel(grid(20, 1), [[-1], [0], [1]]),
    "numbers of nine characters": WILD,
    "20×20": reel(grid(20, 20), "sobel-x"),
    "38×38, 1024 frames": reel(grid(38, 38), grid(7, 7)),
    "all dark and negative": reel([[-9.0] * 8 + [9.0], *([-9.0] * 9 for _ in range(8))], [[1]]),
}
LARGE = ("20×20", "38×38, 1024 frames")
"""Too many pages to be drawn on each paper."""
HEAVIEST = "all dark and negative"
CASES = [
    (name, paper) for name in REELS if name != HEAVIEST for paper in (PAPERS[:1] if name in LARGE else PAPERS)
]


@cache
def printed(name: str, paper: Paper) -> Print:
    """Return the sheets of a reel, laid out."""
    return sheets(REELS[name], paper, IMPRINT)


@cache
def pngs(name: str, paper: Paper) -> tuple[bytes, ...]:
    """Return the sheets of a reel as files."""
    return tuple(page_pngs(printed(name, paper), PRINTED, FONT))


@cache
def pdf(name: str, paper: Paper) -> bytes:
    """Return the sheets of a reel in one file."""
    return print_pdf(printed(name, paper), PRINTED, FONT)


def between_names(film: FilmFrame, placed: FrameAt) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) of what lies between a frame's number and its place, in pixels."""
    number, place = film.header(placed.frame)
    scale = film.cut.text
    left = number.x + (len(number.text) + 0.5) * number.size * ADVANCE
    right = place.x - (len(place.text) + 0.5) * place.size * ADVANCE
    top, bottom = number.y - 0.7 * number.size, number.y
    assert left < right
    return (
        placed.x + round(left * scale),
        placed.y + round(top * scale),
        placed.x + round(right * scale),
        placed.y + round(bottom * scale),
    )


def case_name(value: object) -> str:
    """Return how a test's case is called."""
    return value.name if isinstance(value, Paper) else str(value)


def grey(png: bytes) -> Image.Image:
    """Return a sheet as a grey printer prints it."""
    return Image.open(BytesIO(png)).convert("L")


def dots_per_millimetre(png: bytes) -> float:
    """Return the resolution that the file itself states, the same in both directions."""
    place = png.index(b"pHYs") + 4
    across, down, unit = unpack(">IIB", png[place : place + 9])
    assert (across, unit) == (down, 1), "not in dots a metre"
    return float(across) / 1000


def points(pixels: float, png: bytes) -> float:
    """Return a length on a sheet in points."""
    return pixels / dots_per_millimetre(png) / 25.4 * 72


class Looks(NamedTuple):
    """A sheet as it comes out of a grey printer."""

    size: tuple[int, int]
    """Width and height in pixels."""
    margins: tuple[float, float, float, float]
    """What stays white left, above, right and below, in millimetres."""
    ink: float
    """How much of it is ink, from 0 for white to 1 for black."""


@cache
def look(png: bytes) -> Looks:
    """Return what can be measured on a whole sheet."""
    picture = grey(png)
    box = ImageChops.invert(picture).getbbox()
    assert box is not None, "the sheet is empty"
    left, top, right, bottom = box
    white = (left, top, picture.width - right, picture.height - bottom)
    levels = picture.histogram()
    darkness = sum((255 - level) * count for level, count in enumerate(levels)) / 255 / sum(levels)
    dots = dots_per_millimetre(png)
    return Looks(picture.size, (white[0] / dots, white[1] / dots, white[2] / dots, white[3] / dots), darkness)
