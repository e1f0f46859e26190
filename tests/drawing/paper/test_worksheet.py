"""The worksheet: what it leaves empty and where, and the answers in a print of their own."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.drawing.marks import Drawing, Mark, Outline
from generator.drawing.paper import (
    A4,
    LETTER,
    PAPERS,
    Imprint,
    Paper,
    Print,
    answer_key,
    print_pdf,
    worksheet,
)
from generator.scenes import Frame, Reel, frames_json
from tests.drawing.paper.poppler import Word, pictures_of, text_of, words_of
from tests.drawing.paper.prints import between_names
from tests.drawing.samples import FLAGSHIP, FONT, PRINTED, WILD, grid, reel

IMPRINT = Imprint("A course", 5, "Edges", "Figure 5.1 · sobel-edge", "An edge is found.", "")
BLANKS = (2, 7, 11, 25)
INCH = 25.4
"""Millimetres."""
MARGIN = 10 / INCH * 72
"""Points."""
LINE = re.compile(r"Frame (\d+), row (\d+), column (\d+): (.+?) ([=≈]) (\S+)")
"""A missing sum as it is printed: where it belongs, what it adds up, and what to."""
IN_BOXES = "Add up the products before each thick box, and write the sum into the box."
IN_THE_MAP = "The numbers in the map are the sums of the other frames. "
NAME = "Name " + 32 * "_"
THICK = 0.9
"""What the lines of a box into which one writes leave of a cell of the map."""

ALL = tuple(range(1, 26))
FOUR_HUNDRED = reel(grid(22, 22), "sobel-x")
TIGHT = reel(grid(16, 16), "sobel-x")
"""Of its map, the room below the last frames would hold cells of seven millimetres on A4."""
THOUSAND = reel(grid(34, 34), "sobel-x")
LONG_ROW = reel(grid(1, 600), [[-1, 0, 1]])
LONGEST_ROW = reel(grid(1, 4096), grid(1, 4090))


@cache
def made(of: Reel = FLAGSHIP, blanks: Sequence[int] = BLANKS, paper: Paper = A4) -> Print:
    return worksheet(of, blanks, paper, IMPRINT)


@cache
def pdf(of: Reel = FLAGSHIP, blanks: Sequence[int] = BLANKS, paper: Paper = A4) -> bytes:
    return print_pdf(made(of, blanks, paper), PRINTED, FONT)


@cache
def pages_pdf(of: Reel, blanks: Sequence[int], paper: Paper, first: int, last: int | None = None) -> bytes:
    """Return some pages of a worksheet, counted from 1; all of a long one take long to print."""
    printed = made(of, blanks, paper)
    return print_pdf(replace(printed, pages=printed.pages[first - 1 : last]), PRINTED, FONT)


@cache
def key(of: Reel = FLAGSHIP, blanks: Sequence[int] = BLANKS, paper: Paper = A4) -> Print:
    return answer_key(of, blanks, paper, IMPRINT)


@cache
def key_pdf(of: Reel = FLAGSHIP, blanks: Sequence[int] = BLANKS, paper: Paper = A4) -> bytes:
    return print_pdf(key(of, blanks, paper), PRINTED, FONT)


@cache
def truth(of: Reel) -> Any:  # noqa: ANN401 - JSON
    """Return what the scene's JSON says, which is checked elsewhere against SciPy."""
    return json.loads(frames_json(of))


def sums(of: Reel = FLAGSHIP) -> list[float]:
    return [frame["sum"] for frame in truth(of)["frames"]]


def plain(number: float) -> str:
    return str(number).replace("-", "−")


def with_sign(number: int) -> str:
    return f"+{number}" if number > 0 else plain(number)


def seen_in_frame(number: int, blanks: Sequence[int]) -> Counter[str]:
    """Return the words that the flagship's frame should show, by the scene's JSON."""
    scene = truth(FLAGSHIP)
    frame = scene["frames"][number - 1]
    _, row, column = frame["out"]
    pixels = scene["input"]["values"][0]
    words = f"{number} of 25 row {row + 1}, column {column + 1} input 7×7 feature map 5×5 "
    words += "window × kernel = products Σ sum "
    words += " ".join(plain(pixel) for line in pixels for pixel in line) + " "
    words += (
        " ".join(plain(pixel) for line in pixels[row : row + 3] for pixel in line[column : column + 3]) + " "
    )
    weights = scene["kernel"]["values"][0][0]
    numbers = [number for grid in (weights, frame["products"][0]) for line in grid for number in line]
    words += " ".join(map(with_sign, numbers)) + " "
    filled = [plain(sums()[done - 1]) for done in range(1, number + 1) if done not in blanks]
    total = [] if number in blanks else [plain(frame["sum"])]
    return Counter([*words.split(), *filled, *total])


def words_in_frames(printed: Print, pages: list[list[Word]]) -> Iterator[tuple[Frame, Counter[str]]]:
    """Yield each frame of the sheets with the words inside it."""
    width, height = (length / 300 * 72 for length in printed.film.size)
    for page, words in zip(printed.pages, pages, strict=True):
        for frame, x, y in page.frames:
            left, top = x / 300 * 72, y / 300 * 72
            inside = [
                word.text
                for word in words
                if left < word.middle[0] < left + width and top < word.middle[1] < top + height
            ]
            yield frame, Counter(inside)


@pytest.mark.parametrize("blanks", [(2,), BLANKS, ALL], ids=lambda blanks: str(len(blanks)))
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_sheet_shows_everything_but_the_missing_sums(
    blanks: tuple[int, ...], paper: Paper, pdftoppm: Path
) -> None:
    """A blank frame keeps its products and shows no sum; its cell is empty there and in all later frames."""
    pages = words_of(pdf(FLAGSHIP, blanks, paper), pdftoppm)
    seen = dict(words_in_frames(made(FLAGSHIP, blanks, paper), pages))

    assert [frame.number for frame in seen] == list(range(1, 26))
    for frame, words in seen.items():
        assert words == seen_in_frame(frame.number, blanks), frame.number


def pieces(drawings: Sequence[Drawing], x: int = 0, y: int = 0) -> Iterator[tuple[Mark, float, float, float]]:
    """Yield every mark with the pixel at which its own corner lies, and its scale."""
    for drawing in drawings:
        for mark in drawing.marks:
            left, top = x + drawing.x + mark.x * drawing.scale, y + drawing.y + mark.y * drawing.scale
            yield mark, left, top, drawing.scale


def middles(drawings: Sequence[Drawing], part: str, x: int = 0, y: int = 0) -> list[tuple[int, int]]:
    """Return the middle pixels of all outlines of a kind."""
    return [
        (round(left + mark.width * scale / 2), round(top + mark.height * scale / 2))
        for mark, left, top, scale in pieces(drawings, x, y)
        if isinstance(mark, Outline) and mark.part == part
    ]


def empty_height(page: Image.Image, x: int, y: int) -> float:
    """Return how high the white around a pixel is, up to the lines above and below it, in millimetres."""
    column = [page.getpixel((x, row)) for row in range(page.height)]
    top = next(row for row in range(y, 0, -1) if column[row] != 255)
    bottom = next(row for row in range(y, page.height) if column[row] != 255)
    return (bottom - top) / 300 * INCH


ROOMY = {
    "flagship": FLAGSHIP,
    "a kernel of one row": reel(grid(1, 20), [[-1, 0, 1]]),
    "a kernel of one": reel(grid(5, 5), [[2]]),
    "a wide kernel": reel(grid(13, 13), grid(11, 11)),
    "four hundred frames": FOUR_HUNDRED,
}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
@pytest.mark.parametrize("of", ROOMY.values(), ids=ROOMY)
def test_one_can_write_into_the_boxes(of: Reel, paper: Paper, pdftoppm: Path) -> None:
    """The box of a missing sum is at least six millimetres high, measured on the page."""
    printed = made(of, (1,), paper)
    [page] = pictures_of(pages_pdf(of, (1,), paper, 1, 1), pdftoppm, 300)
    placed = printed.pages[0].frames[0]
    [box] = middles(list(printed.film.moving(placed.frame)), "blank", placed.x, placed.y)

    assert empty_height(page, *box) >= 6 - 2 / 300 * INCH  # what is left between two lines of two pixels
    assert page.getpixel(box) == 255


@pytest.mark.parametrize("of", [FLAGSHIP, TIGHT, FOUR_HUNDRED], ids=["25", "196", "400"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_one_can_write_into_the_map(of: Reel, paper: Paper, pdftoppm: Path) -> None:
    """On the last page stands a map: below frames its cells are 8 millimetres high, else what fits, but 6."""
    *others, last = made(of, BLANKS, paper).pages
    [page] = pictures_of(pages_pdf(of, BLANKS, paper, int(last.name)), pdftoppm, 300)
    cells = middles(last.drawings, "empty")

    empty = [cell for number, cell in enumerate(cells, 1) if number in BLANKS]
    assert len(cells) == len(of.frames)
    assert not any(middles(page.drawings, "empty") for page in others)
    least = 8 * THICK if last.frames else 6
    assert min(empty_height(page, *cell) for cell in empty) >= least - 2 / 300 * INCH


@pytest.mark.parametrize(
    ("of", "paper", "sheets", "pages"),
    [
        (FLAGSHIP, A4, 2, 2),
        (FLAGSHIP, LETTER, 3, 3),
        (FOUR_HUNDRED, A4, 23, 23),
        (FOUR_HUNDRED, LETTER, 23, 24),
        (TIGHT, A4, 20, 21),
        (reel(grid(5, 5), "sobel-x"), A4, 1, 2),
    ],
    ids=["25, a4", "25, letter", "400, a4", "400, letter", "196, a4", "9, a4"],
)
def test_the_map_stands_below_the_last_frames_where_it_has_room(
    of: Reel, paper: Paper, sheets: int, pages: int
) -> None:
    """No paper is spent on a map that fits below the frames; one that does not has a page of its own."""
    assert sheet_count(of, (2, 7), paper) == sheets
    assert [page.name for page in made(of, (2, 7), paper).pages] == [str(n) for n in range(1, pages + 1)]


@pytest.mark.parametrize("of", [FLAGSHIP, FOUR_HUNDRED, WILD], ids=["25", "400", "wild"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_map_stands_on_no_frame(of: Reel, paper: Paper) -> None:
    """The cells of the map to fill in lie below the frames of its page, and inside the margins."""
    printed = made(of, (1, 4), paper)
    last = printed.pages[-1]
    frames_end = max((placed.y + printed.film.size[1] for placed in last.frames), default=0)
    map_boxes = [piece for piece in pieces(last.drawings) if isinstance(piece[0], Outline) and piece[0].part]

    assert min(top for _, _, top, _ in map_boxes) > frames_end
    for mark, left, top, scale in map_boxes:
        assert isinstance(mark, Outline)
        assert left + mark.width * scale <= paper.size[0] - 10 / INCH * 300
        assert top + mark.height * scale <= paper.size[1] - 10 / INCH * 300


def test_the_map_to_fill_in_shows_all_other_answers(pdftoppm: Path) -> None:
    """Below the last frames stands every answer but the missing ones, and what to do with these."""
    page = text_of(pdf(), pdftoppm)[-1]

    numbers = Counter(page.partition(IN_THE_MAP)[2].split())
    assert numbers == Counter(plain(sums()[frame - 1]) for frame in ALL if frame not in BLANKS)
    assert "Write your sums into this map too" in page


@pytest.mark.parametrize("of", [FLAGSHIP, FOUR_HUNDRED], ids=["25", "400"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_page_says_what_to_do(of: Reel, paper: Paper, pdftoppm: Path) -> None:
    """Where frames show their products, each page has the task in full at its top, and room for a name."""
    pages = text_of(pdf(of, BLANKS, paper), pdftoppm)
    for number, page in enumerate(pages, 1):
        head = f"Chapter 5 · Edges worksheet {number} of {len(pages)} {IN_BOXES} {NAME}"
        assert page.count(head) == 1
        assert IMPRINT.scene not in page


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_there_is_no_box_but_those_to_fill_in(paper: Paper, pdftoppm: Path) -> None:
    """Between a frame's number and its place the paper is white: holes of a film look like boxes to fill."""
    printed = made(FLAGSHIP, BLANKS, paper)
    pictures = pictures_of(pdf(FLAGSHIP, BLANKS, paper), pdftoppm, 300)
    boxes = [
        (picture, between_names(printed.film, placed))
        for page, picture in zip(printed.pages, pictures, strict=True)
        for placed in page.frames
    ]

    assert len(boxes) == 25
    assert all(picture.crop(box).getextrema() == (255, 255) for picture, box in boxes)


def line_beside(page: Image.Image, x: int, y: int) -> tuple[int, int]:
    """Return how many pixels wide the line left of a pixel on empty ground is, and its darkest grey."""
    row = page.crop((0, y, x + 1, y + 1)).tobytes()[::-1]
    start = next(at for at, grey in enumerate(row) if grey < 250)
    end = next(at for at, grey in enumerate(row[start:], start) if grey >= 250)
    return end - start, min(row[start:end])


def test_a_missing_answer_is_a_thick_box_from_its_own_frame_on(pdftoppm: Path) -> None:
    """In the frame's map, the cell of a missing sum has a thin grey line before, and a thick black one after.

    In the frame itself the mark of the cell that is being filled lies over the box.
    """
    of = reel(grid(7, 7), "sobel-x")
    blank = 8  # row 2, column 3: the cell beside it is empty, too
    printed = made(of, (7, blank), A4)
    pictures = pictures_of(pdf(of, (7, blank), A4), pdftoppm, 300)
    seen = {}
    for page, picture in zip(printed.pages, pictures, strict=True):
        for frame, x, y in page.frames:
            cell = middles(list(printed.film.still()), "empty", x, y)[blank - 1]
            seen[frame.number] = line_beside(picture, *cell)

    before = [seen[number] for number in range(1, blank - 1)]
    after = [seen[number] for number in range(blank + 1, 26)]
    assert max(width for width, _ in before) < min(width for width, _ in after)
    assert max(grey for _, grey in after) < 60
    assert min(grey for _, grey in before) > 120
    assert seen[blank][0] > max(width for width, _ in before)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_worksheet_holds_no_answer(paper: Paper, pdftoppm: Path) -> None:
    """Whoever is handed the whole file finds no missing sum in it, and no page of the key."""
    for page in text_of(pdf(FLAGSHIP, BLANKS, paper), pdftoppm):
        assert "answer key" not in page
        assert not LINE.search(page)
    assert made(FLAGSHIP, BLANKS, paper).title == "Worksheet · Figure 5.1 · sobel-edge · Chapter 5 · Edges"


@pytest.mark.parametrize(
    ("of", "blanks", "count"),
    [(FLAGSHIP, BLANKS, 1), (FOUR_HUNDRED, tuple(range(1, 401)), 7)],
    ids=["some", "all of 400"],
)
def test_the_key_is_a_print_of_its_own(of: Reel, blanks: tuple[int, ...], count: int, pdftoppm: Path) -> None:
    """Its pages are numbered and labelled from 1, name the scene, and have neither frames nor a task."""
    printed, pages = key(of, blanks), text_of(key_pdf(of, blanks), pdftoppm)

    assert printed.title == "Answer key · Figure 5.1 · sobel-edge · Chapter 5 · Edges"
    assert [page.name for page in printed.pages] == [str(n) for n in range(1, count + 1)]
    assert not any(page.frames for page in printed.pages)
    assert len(pages) == count
    for number, page in enumerate(pages, 1):
        head = f"Chapter 5 · Edges answer key {number} of {count} {IMPRINT.scene}: {IMPRINT.caption} "
        assert page.startswith(head)
        assert "Name" not in page
        assert IN_BOXES not in page


def terms(text: str) -> list[float]:
    """Return the numbers that a printed sum adds up."""
    joined = text.replace(" + ", " ").replace(" − ", " −")
    return [float(term.replace("−", "-")) for term in joined.split()]


def answers(of: Reel, blanks: Sequence[int], pdftoppm: Path) -> list[tuple[str, ...]]:
    """Return the answers of the key, as they are printed."""
    return LINE.findall(" ".join(text_of(key_pdf(of, blanks), pdftoppm)))


def sheet_count(of: Reel, blanks: Sequence[int], paper: Paper = A4) -> int:
    return sum(bool(page.frames) for page in made(of, blanks, paper).pages)


@pytest.mark.parametrize(
    ("of", "blanks"),
    [(FLAGSHIP, BLANKS), (FLAGSHIP, ALL), (FOUR_HUNDRED, tuple(range(1, 401)))],
    ids=["some", "all", "all of 400"],
)
def test_the_key_has_every_missing_sum(of: Reel, blanks: tuple[int, ...], pdftoppm: Path) -> None:
    """Each answer names its place, and adds up the products of the scene's JSON to its sum."""
    told = answers(of, blanks, pdftoppm)

    assert [int(number) for number, *_ in told] == list(blanks)
    for number, row, column, products, sign, answer in told:
        frame = truth(of)["frames"][int(number) - 1]
        assert [0, int(row) - 1, int(column) - 1] == frame["out"]
        assert terms(products) == [value for line in frame["products"][0] for value in line]
        assert (sign, answer) == ("=", plain(frame["sum"]))


def test_the_key_shows_the_finished_map(pdftoppm: Path) -> None:
    """All answers stand in the key's map, those that were missing marked."""
    [page] = text_of(key_pdf(), pdftoppm)
    above = page.partition("comes about. ")[2].partition(" Frame 2,")[0]
    marked = middles(key().pages[0].drawings, "target")

    assert above.split() == list(map(plain, sums()))
    assert len(marked) == len(set(marked)) == len(BLANKS)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
@pytest.mark.parametrize(
    ("of", "blanks"),
    [
        (FLAGSHIP, ALL),
        (FOUR_HUNDRED, tuple(range(1, 401))),
        (THOUSAND, tuple(range(1, 1025, 5))),
        (WILD, (1, 4)),
        (LONG_ROW, (1, 598)),
        (LONGEST_ROW, (1, 7)),
    ],
    ids=["all of 25", "all of 400", "a fifth of 1024", "wild", "a long row", "the longest row"],
)
def test_nothing_runs_off_the_page(of: Reel, blanks: tuple[int, ...], paper: Paper, pdftoppm: Path) -> None:
    """Whatever is left out, all words keep inside the margins, and no line stands on another."""
    first = sheet_count(of, blanks, paper)  # the first sheets are like the last
    files = pages_pdf(of, blanks, paper, first), key_pdf(of, blanks, paper)
    for page in (page for file in files for page in words_of(file, pdftoppm)):
        assert min(word.left for word in page) >= MARGIN - 0.5
        assert max(word.right for word in page) <= paper.points[0] - MARGIN + 0.5
        assert min(word.top for word in page) >= MARGIN - 3  # the room over a letter
        assert max(word.bottom for word in page) <= paper.points[1] - MARGIN + 3


@pytest.mark.parametrize(
    ("of", "blanks"), [(THOUSAND, tuple(range(1, 1025, 5))), (WILD, (1, 4))], ids=["1024", "wild"]
)
def test_frames_without_arithmetic_give_their_sums_as_lines(
    of: Reel, blanks: tuple[int, ...], pdftoppm: Path
) -> None:
    """Where the frames are too small for products, each missing sum is a line with a gap at its end."""
    pages = text_of(pages_pdf(of, blanks, A4, sheet_count(of, blanks)), pdftoppm)
    listed = LINE.findall(" ".join(pages))

    assert [int(number) for number, *_ in listed] == list(blanks)
    assert {answer for *_, answer in listed} == {"__________"}
    assert [line[:5] for line in listed] == [line[:5] for line in answers(of, blanks, pdftoppm)]
    assert not any("box" in page for page in pages)
    assert all(f"{IMPRINT.scene}: {IMPRINT.caption} {NAME}" in page for page in pages)


def test_rounded_numbers_only_nearly_add_up(pdftoppm: Path) -> None:
    """A sum of products that were rounded for print is not said to be equal to its answer."""
    assert [sign for *_, sign, _ in answers(WILD, (1, 4), pdftoppm)] == ["≈", "≈"]
    thirds = reel([[1, 1, 1]], [[1 / 3, 1 / 3, 1 / 3]])
    assert [sign for *_, sign, _ in answers(thirds, (1,), pdftoppm)] == ["≈"]


def test_the_key_is_large_enough_for_long_numbers(pdftoppm: Path) -> None:
    """Where answers have many signs, the map grows until they can be printed."""
    [page] = text_of(key_pdf(WILD, (1, 4)), pdftoppm)

    assert len(page.partition("comes about. ")[2].partition(" Frame 1,")[0].split()) == 4


def test_letter_differs_from_a4() -> None:
    """Each paper has a worksheet and a key that fit it."""
    assert pdf(paper=A4) != pdf(paper=LETTER)
    assert key_pdf(paper=A4) != key_pdf(paper=LETTER)
