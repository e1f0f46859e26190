"""The worksheet: what it leaves empty and where, and the answers on pages of their own."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.drawing.paper import A4, LETTER, PAPERS, Imprint, Paper, Print, print_pdf, worksheet
from generator.drawing.stage import Drawing, Mark, Outline
from generator.scenes import Frame, Reel, frames_json
from tests.drawing.paper.poppler import Word, pictures_of, text_of, words_of
from tests.drawing.samples import FLAGSHIP, PRINT_FONT, PRINTED, WILD, grid, reel

IMPRINT = Imprint("A course", "Chapter 5 · Edges", "Figure 5.1 · sobel-edge", "")
BLANKS = (2, 7, 11, 25)
INCH = 25.4
"""Millimetres."""
MARGIN = 10 / INCH * 72
"""Points."""
LINE = re.compile(r"Frame (\d+), row (\d+), column (\d+): (.+?) ([=≈]) (\S+)")
"""A missing sum as it is printed: where it belongs, what it adds up, and what to."""

ALL = tuple(range(1, 26))
FOUR_HUNDRED = reel(grid(22, 22), "sobel-x")
THOUSAND = reel(grid(34, 34), "sobel-x")
LONG_ROW = reel(grid(1, 600), [[-1, 0, 1]])
LONGEST_ROW = reel(grid(1, 4096), grid(1, 4090))


@cache
def made(of: Reel = FLAGSHIP, blanks: Sequence[int] = BLANKS, paper: Paper = A4) -> Print:
    return worksheet(of, blanks, paper, IMPRINT)


@cache
def pdf(of: Reel = FLAGSHIP, blanks: Sequence[int] = BLANKS, paper: Paper = A4) -> bytes:
    return print_pdf(made(of, blanks, paper), PRINTED, PRINT_FONT)


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
    [page] = pictures_of(pdf(of, (1,), paper), pdftoppm, 300, "-l", "1")
    placed = printed.pages[0].frames[0]
    [box] = middles(list(printed.film.moving(placed.frame)), "blank", placed.x, placed.y)

    assert empty_height(page, *box) >= 6 - 2 / 300 * INCH  # what is left between two lines of two pixels
    assert page.getpixel(box) == 255


@pytest.mark.parametrize("of", [FLAGSHIP, FOUR_HUNDRED], ids=["25", "400"])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_one_can_write_into_the_map(of: Reel, paper: Paper, pdftoppm: Path) -> None:
    """The map on the last page of the worksheet has empty cells of at least six millimetres."""
    printed = made(of, BLANKS, paper)
    at = next(number for number, page in enumerate(printed.pages) if page.name == "key")
    [page] = pictures_of(pdf(of, BLANKS, paper), pdftoppm, 300, "-f", str(at), "-l", str(at))
    cells = middles(printed.pages[at - 1].drawings, "empty")

    empty = [cell for number, cell in enumerate(cells, 1) if number in BLANKS]
    assert len(cells) == len(of.frames)
    assert min(empty_height(page, *cell) for cell in empty) >= 6


def test_the_map_to_fill_in_shows_all_other_answers(pdftoppm: Path) -> None:
    """The last page before the key has every answer in the map but the missing ones, and says what to do."""
    page = text_of(pdf(), pdftoppm)[-2]

    numbers = Counter(re.findall(r"(?<!\S)−?\d+(?!\S)", page.partition("column. ")[2]))
    assert numbers == Counter(plain(sums()[frame - 1]) for frame in ALL if frame not in BLANKS)
    assert "write the sum into the box" in page


def test_the_key_has_pages_of_its_own(pdftoppm: Path) -> None:
    """The worksheet's pages are numbered, and the one with the answers is labelled as the key."""
    assert [page.name for page in made().pages] == ["1", "2", "3", "key"]
    *worksheets, key = text_of(pdf(), pdftoppm)
    assert "answer key" in key
    for number, page in enumerate(worksheets, 1):
        assert f"worksheet {number} of 3" in page
        assert "Name ____" in page
        assert not LINE.search(page)


def terms(text: str) -> list[float]:
    """Return the numbers that a printed sum adds up."""
    joined = text.replace(" + ", " ").replace(" − ", " −")
    return [float(term.replace("−", "-")) for term in joined.split()]


def answers(of: Reel, blanks: Sequence[int], pdftoppm: Path) -> list[tuple[str, ...]]:
    """Return the answers of the key, as they are printed."""
    pages = after_sheets(of, blanks, pdftoppm)
    return LINE.findall(" ".join(text for name, text in pages if name.startswith("key")))


def after_sheets(of: Reel, blanks: Sequence[int], pdftoppm: Path) -> list[tuple[str, str]]:
    """Return name and text of each page behind the sheets."""
    first = sheet_count(of, blanks)
    names = [page.name for page in made(of, blanks).pages[first:]]
    return list(zip(names, text_of(pdf(of, blanks), pdftoppm, first + 1), strict=True))


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
    key = text_of(pdf(), pdftoppm)[-1]
    above = key.partition("comes about. ")[2].partition(" Frame 2,")[0]
    marked = middles(made().pages[-1].drawings, "target")

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
    for page in words_of(pdf(of, blanks, paper), pdftoppm, first):
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
    pages = after_sheets(of, blanks, pdftoppm)
    listed = LINE.findall(" ".join(text for name, text in pages if not name.startswith("key")))

    assert [int(number) for number, *_ in listed] == list(blanks)
    assert {answer for *_, answer in listed} == {"__________"}
    assert [line[:5] for line in listed] == [line[:5] for line in answers(of, blanks, pdftoppm)]
    assert not any("empty box" in text for _, text in pages)


def test_rounded_numbers_only_nearly_add_up(pdftoppm: Path) -> None:
    """A sum of products that were rounded for print is not said to be equal to its answer."""
    assert [sign for *_, sign, _ in answers(WILD, (1, 4), pdftoppm)] == ["≈", "≈"]
    thirds = reel([[1, 1, 1]], [[1 / 3, 1 / 3, 1 / 3]])
    assert [sign for *_, sign, _ in answers(thirds, (1,), pdftoppm)] == ["≈"]


def test_the_key_is_large_enough_for_long_numbers(pdftoppm: Path) -> None:
    """Where answers have many signs, the map grows until they can be printed."""
    key = text_of(pdf(WILD, (1, 4)), pdftoppm)[-1]

    assert len(key.partition("comes about. ")[2].partition(" Frame 1,")[0].split()) == 4


def test_letter_differs_from_a4() -> None:
    """Each paper has a worksheet that fits it."""
    assert pdf(paper=A4) != pdf(paper=LETTER)
