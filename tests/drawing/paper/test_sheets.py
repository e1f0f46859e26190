"""Sheets, measured on their pictures: paper, margins, the size of the print, ink, and what stands where."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import NamedTuple

import pytest
from PIL import Image

from generator.drawing.marks import ADVANCE, Drawing, Mark, Tile, Words
from generator.drawing.palette import TINTS
from generator.drawing.paper import A4, LETTER, PAPERS, Imprint, Paper, Print, sheets
from generator.drawing.paper.film import films
from generator.drawing.paper.page import FrameAt
from tests.drawing.paper.frames_alone import frames_alone
from tests.drawing.paper.numbers import Texts, numbers_on
from tests.drawing.paper.prints import (
    CASES,
    HEAVIEST,
    IMPRINT,
    REELS,
    between_names,
    case_name,
    dots_per_millimetre,
    grey,
    look,
    pngs,
    points,
    printed,
)
from tests.drawing.samples import FLAGSHIP, PRINTED

EVERY_CASE = pytest.mark.parametrize(("name", "paper"), CASES, ids=case_name)
MEASURED = ("flagship", "all dark", "all negative", "5×5 kernel", "a column", "numbers of nine characters")
DIGIT = 0.73
"""The height of digits, capitals and tall letters over the size, in the shipped font."""
LOW = 0.55
"""The height of a letter such as x."""
TALL = set("bdfhiklt0123456789") | set(map(chr, range(ord("A"), ord("Z") + 1)))
SMALLEST = 6.0
"""Points."""
MOST_INK = 0.15
MARGIN = 10.0
"""Millimetres."""
HEADER = 72
"""Pixels that the two lines at the top of a sheet may take: 6.1 mm."""
OUTLINE = 2
"""Pixels of the line between two frames, which they share."""


# --- Paper, margins, ink -------------------------------------------------------------------------------


@EVERY_CASE
def test_a_sheet_is_as_large_as_its_paper_at_300_dpi(name: str, paper: Paper) -> None:
    """The picture has the paper's pixels, and its resolution stands in the file."""
    for png in pngs(name, paper):
        size = {"a4": (2480, 3508), "letter": (2550, 3300)}[paper.name]
        millimetres = {"a4": (210, 297), "letter": (215.9, 279.4)}[paper.name]
        assert look(png).size == size
        # A whole number of pixels cannot be nearer than half a pixel, and pHYs counts whole dots a metre.
        for pixels, length in zip(size, millimetres, strict=True):
            assert abs(pixels / dots_per_millimetre(png) - length) < 0.5 * 25.4 / 300


@EVERY_CASE
def test_nothing_stands_in_the_margins(name: str, paper: Paper) -> None:
    """Every pixel that is not white lies at least 10.0 mm inside the paper."""
    for png in pngs(name, paper):
        assert min(look(png).margins) >= MARGIN, look(png).margins


@EVERY_CASE
def test_a_sheet_takes_little_ink(name: str, paper: Paper) -> None:
    """The grey page is at most 15 per cent dark, everything on it taken together."""
    for png in pngs(name, paper):
        assert look(png).ink <= MOST_INK


def test_the_heaviest_scene_takes_little_ink() -> None:
    """Dark pixels in the input, and in the window, with the strongest tint on all products and answers."""
    assert max(look(png).ink for png in pngs(HEAVIEST, A4)) <= MOST_INK


# --- The size of the print -----------------------------------------------------------------------------


class Measured(NamedTuple):
    """One text on a sheet."""

    kind: str
    says: str
    height: int
    """Of its ink, in pixels."""
    share: float
    """What the height is of the font's size."""


def size_at_most(found: Measured, png: bytes) -> float:
    """Return the largest size in points that a text may have, by its height.

    The pen puts whole rows of pixels on paper: a row is inked where the letter covers half of it. So a
    height is known to half a pixel at either end of the letter, together to less than one; and as the
    lower end stands on the baseline, which is a whole row, half a pixel is left.
    """
    return points((found.height + 0.5) / found.share, png)


@pytest.mark.parametrize("paper", PAPERS, ids=case_name)
@pytest.mark.parametrize("name", MEASURED)
def test_nothing_is_printed_in_less_than_six_points(name: str, paper: Paper) -> None:
    """Of every kind of number and text, each is high enough on the picture for 6 points or more."""
    made = printed(name, paper)
    for page, png in enumerate(pngs(name, paper)):
        for found in measured(made, page, grey(png)):
            assert size_at_most(found, png) >= SMALLEST, found


def test_every_kind_of_number_is_measured() -> None:
    """The measurement meets pixels, weights, products, sums, answers, labels, and the lines at the top."""
    found = {each.kind for each in measured(printed("flagship", A4), 0, grey(pngs("flagship", A4)[0]))}
    assert found == {"pixel", "factor", "weight", "product", "total", "cell", "words", "header"}


def measured(made: Print, page: int, picture: Image.Image) -> Iterator[Measured]:
    """Yield every text of a page that can be measured, with the height of its ink."""
    shown = made.pages[page]
    for drawing in shown.drawings:
        yield from _heights(drawing, (0, 0), "header", picture)
    for placed in shown.frames:
        film, frame = made.film, placed.frame
        own = (*film.still(), *film.moving(frame), *film.lasting(frame))
        for drawing in own:
            yield from _heights(drawing, (placed.x, placed.y), "words", picture)


def _heights(
    drawing: Drawing, corner: tuple[int, int], kind: str, picture: Image.Image
) -> Iterator[Measured]:
    for mark in drawing.marks:
        text = mark.text if isinstance(mark, (Tile, Words)) else ""
        share = _share_over_baseline(text)
        if not share:
            continue
        box = _text_box(mark, drawing, corner)
        height = ink_height(picture.crop(box))
        if height:
            yield Measured(mark.part or kind if isinstance(mark, Tile) else kind, text, height, share)


def _share_over_baseline(text: str) -> float:
    """Return how high a text stands over its baseline, of its size; 0 where it is not measured.

    A slash is higher than a digit, and a sign between two grids stands anywhere.
    """
    if not text or "/" in text or not any(map(str.isalnum, text)) or text == "Σ":
        return 0
    return DIGIT if TALL & set(text) else LOW


def _text_box(mark: Mark, drawing: Drawing, corner: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return where on a sheet a text stands: of a tile the inside, of words what is over the baseline."""
    x, y, scale = corner[0] + drawing.x, corner[1] + drawing.y, drawing.scale
    if isinstance(mark, Words):
        length = len(mark.text) * mark.size * ADVANCE
        left = mark.x - {"start": 0.0, "middle": length / 2, "end": length}[mark.anchor]
        box = (left, mark.y - mark.size * 0.85, left + length, mark.y)
    else:
        box = (mark.x + 2, mark.y + 2, mark.x + mark.width - 2, mark.y + mark.height - 2)
    left, top, right, bottom = (
        round(origin + edge * scale) for origin, edge in zip((x, y) * 2, box, strict=True)
    )
    return left, top, right, bottom


def ink_height(part: Image.Image) -> int:
    """Return the height of what differs by half or more from the ground; 0 where nothing does."""
    levels = part.histogram()
    ground = levels.index(max(levels))
    darkest, _ = part.getextrema()
    assert isinstance(darkest, int)
    if ground - darkest < 40:
        return 0
    half = (ground + darkest) / 2
    box = part.point([255 * (level <= half) for level in range(256)]).getbbox()
    assert box is not None
    return box[3] - box[1]


def test_long_numbers_are_printed_large_enough_or_not_at_all() -> None:
    """A product of twelve characters does not fit the paper: the sum then stands alone, and can be read."""
    made = printed("numbers of nine characters", A4)
    kinds = {each.kind for each in measured(made, 0, grey(pngs("numbers of nine characters", A4)[0]))}
    assert kinds == {"words", "header"}
    answers = [made.film.header(placed.frame)[1].text for placed in made.pages[0].frames]
    assert answers == ["≈ −12348747.72", "≈ −36908.75", "≈ −98763.23", "≈ −1524143.8"]


# --- Frames --------------------------------------------------------------------------------------------


@EVERY_CASE
def test_every_frame_is_printed_once_and_in_order(name: str, paper: Paper) -> None:
    """From sheet to sheet the frames go on where the sheet before ended, and none is left out."""
    made = printed(name, paper)
    numbers = [placed.frame.number for page in made.pages for placed in page.frames]
    assert numbers == list(range(1, len(REELS[name].frames) + 1))
    assert [page.name for page in made.pages] == [str(n) for n in range(1, len(made.pages) + 1)]
    assert len(pngs(name, paper)) == len(made.pages)


@EVERY_CASE
def test_frames_stand_apart_as_one_reads(name: str, paper: Paper) -> None:
    """A frame stands right of the one before it, or begins the next row; no two overlap."""
    made = printed(name, paper)
    width, height = made.film.size
    for page in made.pages:
        assert all(placed.y >= page.frames[0].y for placed in page.frames)
        for one, next_one in pairwise(page.frames):
            beside = next_one.y == one.y and next_one.x >= one.x + width
            below = next_one.x == page.frames[0].x and next_one.y >= one.y + height
            assert beside or below


@EVERY_CASE
def test_another_row_or_column_of_frames_would_not_fit(name: str, paper: Paper) -> None:
    """On a full sheet stand as many frames as there can be with their smallest print at 6 points."""
    made = printed(name, paper)
    if len(made.pages) == 1:
        pytest.skip("one sheet holds them all, larger than they must be")
    smallest = min(text_sizes(made))
    across, down = (ceil(length * 25 / smallest) for length in made.film.size)
    width, height = (length - 2 * 10 / 25.4 * 300 for length in look(pngs(name, paper)[0]).size)
    columns = len({placed.x for placed in made.pages[0].frames})
    rows = len({placed.y for placed in made.pages[0].frames})
    assert columns * rows == len(made.pages[0].frames)
    assert (columns + 1) * (across + OUTLINE) > width
    assert (rows + 1) * (down + OUTLINE) > height - HEADER


def text_sizes(made: Print) -> Iterator[float]:
    """Yield the size in pixels of every text in the first frame that is printed, which 25 pixels allow."""
    film, frame = made.film, made.pages[0].frames[-1].frame
    for drawing in (*film.still(), *film.moving(frame), *film.lasting(frame)):
        for mark in drawing.marks:
            size = mark.size * drawing.scale if isinstance(mark, (Tile, Words)) and mark.text else 0
            if size > 24.9:
                yield size


@pytest.mark.parametrize("paper", PAPERS, ids=case_name)
@pytest.mark.parametrize(("name", "count"), [("one frame", 1), ("two frames", 2)])
def test_a_short_reel_stands_on_one_sheet(name: str, count: int, paper: Paper) -> None:
    """One frame, or two, are printed large, on a single sheet: every number in 12 points or more."""
    made, (png,) = printed(name, paper), pngs(name, paper)
    assert len(made.pages[0].frames) == count
    within = [each for each in measured(made, 0, grey(png)) if each.kind != "header"]
    assert min(size_at_most(each, png) for each in within) >= 2 * SMALLEST


def test_a_very_long_reel_takes_few_sheets() -> None:
    """A thousand frames come without the arithmetic, on at most 24 sheets, each with its number and sum."""
    made = printed("38×38, 1024 frames", A4)
    assert len(made.pages) <= 24
    number, answer = made.film.header(made.pages[-1].frames[-1].frame)
    assert number.text == "1024"
    assert answer.text.startswith("= ")


def test_the_frames_are_really_there() -> None:
    """In each place of the flagship's sheets stands a picture that differs from all others."""
    for paper in PAPERS:
        made = printed("flagship", paper)
        width, height = made.film.size
        printouts = map(grey, pngs("flagship", paper))
        seen = {
            sheet.crop((x, y, x + width, y + height)).tobytes()
            for page, sheet in zip(made.pages, printouts, strict=True)
            for _, x, y in page.frames
        }
        assert len(seen) == 25


def holes_in(name_line: Image.Image) -> int:
    """Return how many boxes stand side by side: half of the lines that cross the middle of a picture."""
    middle = name_line.height // 2
    row = name_line.crop((0, middle, name_line.width, middle + 1)).tobytes()
    return sum(one == 255 > next_one for one, next_one in pairwise(row)) // 2


@pytest.mark.parametrize("paper", PAPERS, ids=case_name)
def test_a_sheet_looks_like_film(paper: Paper) -> None:
    """Between a frame's number and its place are the holes of the film."""
    made = printed("flagship", paper)
    for page, sheet in zip(made.pages, map(grey, pngs("flagship", paper)), strict=True):
        for placed in page.frames:
            assert holes_in(sheet.crop(between_names(made.film, placed)))


def test_a_single_frame_has_no_holes() -> None:
    """A frame that stands beside text is not a piece of film: between its number and its place is nothing."""
    film = next(films(FLAGSHIP))
    pictures = [picture.convert("L") for picture in frames_alone(FLAGSHIP, range(1, 26))]
    assert len(pictures) == 25
    for frame, picture in zip(FLAGSHIP.frames, pictures, strict=True):
        gap = picture.resize(film.size).crop(between_names(film, FrameAt(frame, 0, 0)))
        assert gap.getextrema() == (255, 255)


# --- Header --------------------------------------------------------------------------------------------


def words(made: Print, page: int) -> list[str]:
    """Return what the header of a page says."""
    return [mark.text for mark in made.pages[page].drawings[0].marks if isinstance(mark, Words)]


@pytest.mark.parametrize("paper", PAPERS, ids=case_name)
def test_the_header_names_chapter_scene_sheet_and_address(paper: Paper) -> None:
    """Above the frames stand the chapter, which sheet of how many, scene and caption, and the address."""
    made = printed("flagship", paper)
    count = len(made.pages)
    for page in range(count):
        assert words(made, page) == [
            IMPRINT.chapter,
            f"sheet {page + 1} of {count}",
            f"{IMPRINT.scene}: {IMPRINT.caption}",
            IMPRINT.address,
        ]


def test_no_address_is_printed_where_none_is_known() -> None:
    """Without an address the header says the others."""
    made = sheets(FLAGSHIP, A4, IMPRINT_WITHOUT_ADDRESS)
    assert words(made, 0) == [IMPRINT.chapter, "sheet 1 of 2", f"{IMPRINT.scene}: {IMPRINT.caption}"]


IMPRINT_WITHOUT_ADDRESS = replace(IMPRINT, address="")


def test_a_scene_without_a_caption_stands_alone() -> None:
    """No colon follows the scene where nothing comes after it."""
    made = sheets(FLAGSHIP, A4, replace(IMPRINT, caption=""))
    assert words(made, 0)[2] == IMPRINT.scene


LONG_NAME = replace(IMPRINT, chapter_title="words and " * 30, scene="Figure 5.1 · " + "scene-" * 30)
LONG_CAPTION = replace(IMPRINT, chapter_title="words and " * 30, caption="one edge and " * 30)


@pytest.mark.parametrize("long", [LONG_NAME, LONG_CAPTION], ids=["scene", "caption"])
def test_long_names_are_cut_and_do_not_run_into_each_other(long: Imprint) -> None:
    """Of a name that is too long stands the beginning, with dots; the rest of its line stays whole."""
    made = sheets(FLAGSHIP, LETTER, long)
    chapter, sheet, scene, address = words(made, 0)
    assert chapter.endswith("…")
    assert scene.endswith("…")
    assert f"{long.scene}: {long.caption}".startswith(scene[:-1])
    assert len(scene) > len(IMPRINT.scene) + 10
    assert (sheet, address) == ("sheet 1 of 3", IMPRINT.address)
    left, right = 10 / 25.4 * 300, LETTER.size[0] - 10 / 25.4 * 300
    marks = [mark for mark in made.pages[0].drawings[0].marks if isinstance(mark, Words)]
    for one, other in (marks[:2], marks[2:]):
        assert left <= one.x
        assert one.x + len(one.text) * one.size * ADVANCE < other.x - len(other.text) * other.size * ADVANCE
        assert other.x <= right


# --- Grey prints ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("strength", range(1, TINTS + 1))
def test_plus_and_minus_differ_in_grey(strength: int) -> None:
    """Tints of the same strength have other greys, minus the darker one."""
    assert grey_of(f"plus-{strength}") - grey_of(f"minus-{strength}") >= 4 * strength


@pytest.mark.parametrize("paper", PAPERS, ids=case_name)
def test_equal_products_of_either_sign_differ_in_a_grey_print(paper: Paper) -> None:
    """On the printed sheet −18 and +18 stand on different greys, each with its sign; so do −1 and +1."""
    made, texts = printed("flagship", paper), Texts(FLAGSHIP, 1)
    grounds: dict[str, int] = {}
    for page, png in enumerate(pngs("flagship", paper)):
        picture = grey(png)
        for number in numbers_on(made, page, texts):
            if number.kind == "product":
                left, top, right, bottom = map(round, number.box)
                levels = picture.crop((left, top, right, bottom)).histogram()
                grounds[number.says] = levels.index(max(levels))
    assert grounds["+18"] - grounds["−18"] >= 12
    assert grounds["+1"] - grounds["−1"] >= 4


def grey_of(role: str) -> int:
    level = Image.new("RGB", (1, 1), PRINTED[role]).convert("L").getpixel((0, 0))
    assert isinstance(level, int)
    return level
