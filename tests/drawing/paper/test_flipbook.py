"""The flipbook: printed, cut along its lines and stacked as its cover says, it runs in order."""

import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import islice, pairwise, product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from generator.drawing.paper import A4, LETTER, PAPERS, Imprint, Paper, flipbook, page_pngs, print_pdf
from tests.drawing.paper.poppler import Word, pictures_of, text_of, words_of
from tests.drawing.paper.prints import between_names
from tests.drawing.samples import FLAGSHIP, FONT, PRINTED, grid, reel

TITLE = "Edges, and where an image changes"
IMPRINT = Imprint("A course", 5, TITLE, "Figure 5.1 · sobel-edge", "Found.", "https://example.org/edges")
DOTS = 100
"""An inch, in the pictures of the pages."""
MARGIN = 10 / 25.4 * DOTS
BINDING = 12 / 25.4 * DOTS
"""What a staple and the hand that holds the book need."""
DARK = 200
"""A line is darker than this all along, a letter is not."""
LENGTHS = (2, 7, 8, 9, 25, 81, 120)

Grey = npt.NDArray[np.uint8]


class Piece(NamedTuple):
    """What is cut out of a page: (left, top, right, bottom) in pixels between the lines."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, word: Word) -> bool:
        """Tell whether a word stands inside."""
        x, y = (place / 72 * DOTS for place in word.middle)
        return self.left < x < self.right and self.top < y < self.bottom

    def of(self, page: Grey) -> Grey:
        """Return what stands on the piece, its very edges left out."""
        return page[self.top + 2 : self.bottom - 2, self.left + 2 : self.right - 2]


@cache
def pdf(frames: int, paper: Paper = A4) -> bytes:
    """Return the flipbook of a reel of so many frames."""
    made = flipbook(reel(grid(frames, 1), [[1]]), paper, IMPRINT)
    assert made
    return print_pdf(made, PRINTED, FONT)


@cache
def pages(frames: int, paper: Paper, pdftoppm: Path) -> list[Grey]:
    return [np.asarray(page) for page in pictures_of(pdf(frames, paper), pdftoppm, DOTS)]


def long_lines(dark: npt.NDArray[np.bool_]) -> list[int]:
    """Return where the columns of a picture are dark over a long way, each line once."""
    dense = np.flatnonzero(dark.sum(axis=0) > 2 * DOTS).tolist()  # the others are dark over no long way
    runs = {x: longest_run(dark[:, x]) for x in dense}
    at = [x for x, run in runs.items() if run > max(runs.values()) * 0.9 and run > 2 * DOTS]
    return [x for before, x in pairwise([-2, *at]) if x > before + 1]


def longest_run(cells: npt.NDArray[np.bool_]) -> int:
    """Return the length of the longest unbroken row of true cells."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], cells.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def cut(page: Grey) -> list[Piece]:
    """Return the pieces between the long lines of a page, as one reads."""
    across, down = long_lines(page.T < DARK), long_lines(page < DARK)
    return [
        Piece(left, top, right, bottom)
        for (top, bottom), (left, right) in product(pairwise(across), pairwise(down))
    ]


def number_on(piece: Piece, words: Sequence[Word]) -> int | None:
    """Return the number at the left of a leaf; none where the leaf is blank."""
    inside = sorted((word for word in words if piece.holds(word)), key=lambda word: word.left)
    return int(inside[0].text) if inside else None


def stacked(frames: int, paper: Paper, pdftoppm: Path) -> list[int | None]:
    """Return the leaves' numbers once the pages are stacked, cut, and the piles laid onto one another."""
    _, *leaves = pages(frames, paper, pdftoppm)
    _, *words = words_of(pdf(frames, paper), pdftoppm)
    cuttings = [
        [number_on(piece, said) for piece in cut(page)] for page, said in zip(leaves, words, strict=True)
    ]
    piles = zip(*cuttings, strict=True)  # page 1 on top
    return [number for pile in piles for number in pile]


@pytest.mark.parametrize("frames", LENGTHS)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_cut_and_stacked_it_runs_in_order(frames: int, paper: Paper, pdftoppm: Path) -> None:
    """Pile by pile the leaves are numbered 1 to n, and what is left over at the end is blank."""
    leaves = stacked(frames, paper, pdftoppm)

    assert leaves[:frames] == list(range(1, frames + 1))
    assert set(leaves[frames:]) <= {None}
    assert len(leaves) - frames < 8 * len(pages(frames, paper, pdftoppm))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_all_pages_are_cut_at_the_same_places(paper: Paper, pdftoppm: Path) -> None:
    """Eight leaves of one size lie in the same places of each page: the whole stack can be cut in one go."""
    _, *leaves = pages(25, paper, pdftoppm)
    places = {tuple(cut(page)) for page in leaves}
    [first] = places
    widths, heights = ([piece[at + 2] - piece[at] for piece in first] for at in (0, 1))

    assert len(first) == 8
    assert max(widths) - min(widths) <= 1
    assert max(heights) - min(heights) <= 1


def test_a_leaf_has_the_number_of_its_frame(pdftoppm: Path) -> None:
    """The number at the binding edge is the one that stands over the frame, and each leaf has one frame."""
    _, *leaves = pages(25, A4, pdftoppm)
    _, *words = words_of(pdf(25), pdftoppm)
    for page, said in zip(leaves, words, strict=True):
        for piece in cut(page):
            inside = sorted(
                (word for word in said if piece.holds(word)), key=lambda word: (round(word.top), word.left)
            )
            names = re.findall(r"(\d+) of 25", " ".join(word.text for word in inside))
            number = number_on(piece, said)
            assert names == ([str(number)] if number else [])


def test_numbers_as_a_reader_sees_them(pdftoppm: Path, tesseract: Path, tmp_path: Path) -> None:
    """The numbers at the left of the first page's leaves can be read off its picture."""
    _, page, *_ = pictures_of(pdf(25), pdftoppm, 3 * DOTS, "-l", "2")
    seen = []
    for piece in cut(pages(25, A4, pdftoppm)[1]):
        box = (
            3 * piece.left + 10,
            3 * piece.top + 10,
            3 * piece.left + 3 * int(BINDING),
            3 * piece.bottom - 10,
        )
        seen.append(read(page.crop(box), tesseract, tmp_path))

    assert seen == ["1", "5", "9", "13", "17", "21", "25", ""]


def read(picture: Image.Image, tesseract: Path, folder: Path) -> str:
    """Return the number in a picture; the marks above and below it are left out."""
    third = picture.height // 3
    picture.crop((0, third, picture.width, picture.height - third)).save(folder / "number.png")
    words = ("stdout", "--psm", "6", "-c", "tessedit_char_whitelist=0123456789")
    command = [str(tesseract), str(folder / "number.png"), *words]
    said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - found by us
    return said.stdout.strip()


@pytest.mark.parametrize("frames", [1, 121])
def test_too_few_and_too_many_frames_make_no_book(frames: int) -> None:
    """One frame cannot be flipped, and a hundred and twenty-one cannot be stapled."""
    assert flipbook(reel(grid(frames, 1), [[1]]), A4, IMPRINT) is None


def test_frames_too_large_for_a_leaf_make_no_book() -> None:
    """An image of four thousand pixels in one row has no room on a leaf, whatever is left out."""
    assert flipbook(reel(grid(1, 4096), grid(1, 4090)), A4, IMPRINT) is None


def ink(page: Grey) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) of everything that is printed."""
    rows, columns = np.nonzero(page < 255)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@pytest.mark.parametrize("frames", [25, 120])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_printers_reach_everything(frames: int, paper: Paper, pdftoppm: Path) -> None:
    """Ten millimetres at every edge of every page stay empty."""
    for page in pages(frames, paper, pdftoppm):
        left, top, right, bottom = ink(page)
        height, width = page.shape
        assert min(left, top, width - right, height - bottom) >= MARGIN - 1


@pytest.mark.parametrize("frames", [8, 81])
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_frame_keeps_clear_of_knife_and_staples(frames: int, paper: Paper, pdftoppm: Path) -> None:
    """On each leaf a frame stands off the lines, and the binding edge holds only the number and two marks."""
    page = pages(frames, paper, pdftoppm)[1]
    for piece in cut(page):
        leaf = piece.of(page)
        frame = leaf[:, int(BINDING) :]
        left, top, right, bottom = ink(frame)
        assert top >= 3
        assert left >= 1
        assert right <= frame.shape[1] - 3
        assert bottom <= frame.shape[0] - 3
        gaps = rows_of_ink(leaf[:, : int(BINDING)])
        assert len(gaps) == 3, "a mark, the number, a mark"


def rows_of_ink(picture: Grey) -> list[tuple[int, int]]:
    """Return the (top, bottom) of each band of a picture in which something is printed."""
    inked = np.concatenate(([0], (picture < 255).any(axis=1).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(inked)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_cover_folds_around_the_leaves(paper: Paper, pdftoppm: Path) -> None:
    """The cover is one piece, as high as a leaf and twice as wide, and folded where the front begins."""
    cover, page, *_ = pages(25, paper, pdftoppm)
    [piece] = cut(cover)
    leaf = cut(page)[0]
    fold = piece.left + dashed_line(piece.of(cover))

    assert abs((piece.right - piece.left) - 2 * (leaf.right - leaf.left)) <= 2
    assert abs((piece.bottom - piece.top) - (leaf.bottom - leaf.top)) <= 1
    assert abs(2 * fold - piece.left - piece.right) <= 6


def dashed_line(picture: Grey) -> int:
    """Return the column with most gaps between pieces of ink: that of a dashed line."""
    return max(range(picture.shape[1]), key=lambda x: len(rows_of_ink(picture[:, x : x + 1])))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_cover_says_where_the_staples_go(paper: Paper, pdftoppm: Path) -> None:
    """The two marks on the cover's front lie over those of the leaves, which it hides."""
    cover, page, *_ = pages(25, paper, pdftoppm)
    [piece], leaf = cut(cover), cut(page)[0].of(page)
    whole = piece.of(cover)
    front = whole[:, whole.shape[1] // 2 + 5 : whole.shape[1] // 2 + int(BINDING)]
    above, _, below = rows_of_ink(leaf[:, : int(BINDING)])

    assert np.abs(np.array(rows_of_ink(front)) - [above, below]).max() <= 2


@pytest.mark.parametrize("frames", LENGTHS)
def test_the_cover_says_what_and_how(frames: int, pdftoppm: Path) -> None:
    """It names title, course and address, and the steps in order, for as many pages as there are."""
    cover = text_of(pdf(frames), pdftoppm)[0]

    assert TITLE in cover.replace("\N{HORIZONTAL ELLIPSIS}", "")
    assert f"A flipbook of {frames} frames" in cover
    assert "https://example.org/edges" in cover
    assert "fold here" in cover
    assert re.findall(r"(?<=\s)(\d)\. [A-Z]", cover.partition("How to make the book")[2]) == list("123456")
    assert f"from 1 to {frames};" in cover
    count = -(-frames // 8)
    assert (f"Stack the other {count} pages" if count > 1 else "Cut the next page") in cover


def test_a_long_title_ends_in_dots(pdftoppm: Path) -> None:
    """What has no room on the cover is cut, and one sees that it is."""
    made = flipbook(reel(grid(3, 1), [[1]]), LETTER, replace(IMPRINT, chapter_title=f"{TITLE}, and {TITLE}"))
    assert made
    [cover, *_] = text_of(print_pdf(made, PRINTED, FONT), pdftoppm)

    assert re.search(r"Edges, and where an.*… A flipbook", cover)


@pytest.mark.parametrize("title", [TITLE, "Blur", "Blur · and sharpen"])
def test_the_front_has_the_chapters_own_title(title: str, pdftoppm: Path) -> None:
    """A book begins with its title, whatever is in it, and not with a chapter's number."""
    front, _ = cover_words(replace(IMPRINT, chapter_title=title), A4, pdftoppm)

    assert " ".join(front).startswith(f"{title} A flipbook of 25 frames")


BACKS = {
    "short": IMPRINT,
    "long": replace(
        IMPRINT,
        course="Convolution, scrolled patiently through chapters about photographs, neighbourhoods and edges",
        scene="Figure 12.10 · brightness-differences-between-neighbouring-pixels · with explanations",
        address=f"https://example.org/{'convolution-scrolled/' * 6}05-convolution-and-filters/#sobel-edge",
    ),
}


@pytest.mark.parametrize("imprint", BACKS.values(), ids=BACKS)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_no_word_on_the_back_is_torn(imprint: Imprint, paper: Paper, pdftoppm: Path) -> None:
    """Course and scene go on in a new line between words; only the address is broken anywhere."""
    _, back = cover_words(imprint, paper, pdftoppm)
    names = [*imprint.course.split(), *imprint.scene.split()]

    assert back[: len(names)] == names
    assert "".join(back[len(names) :]) == imprint.address


def test_the_longest_address_leaves_the_names_on_the_back(pdftoppm: Path) -> None:
    """What is too long for the cover's back is cut at its end; course and scene stay where they are seen."""
    _, back = cover_words(replace(IMPRINT, address=f"https://example.org/{'edges/' * 500}"), A4, pdftoppm)

    assert " ".join(back).startswith(f"{IMPRINT.course} {IMPRINT.scene} https://example.org/edges/")


def cover_words(imprint: Imprint, paper: Paper, pdftoppm: Path) -> tuple[list[str], list[str]]:
    """Return the words of the flagship's cover, line by line: on its front and on its back."""
    made = flipbook(FLAGSHIP, paper, imprint)
    assert made
    data = print_pdf(made, PRINTED, FONT)
    [page] = pictures_of(data, pdftoppm, DOTS, "-l", "1")
    [piece] = cut(np.asarray(page))
    inside = [word for word in words_of(data, pdftoppm)[0] if piece.holds(word)]
    fold = (piece.left + piece.right) / 2 / DOTS * 72
    inside.sort(key=lambda word: (round(word.bottom), word.left))
    return [word.text for word in inside if word.left > fold], [
        word.text for word in inside if word.left < fold
    ]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_the_cover_shows_image_and_finished_map(paper: Paper, pdftoppm: Path) -> None:
    """On the front stand all pixels and all answers, and nothing amber: no window, no cell being filled."""
    front, _ = cover_words(IMPRINT, paper, pdftoppm)
    made = flipbook(FLAGSHIP, paper, IMPRINT)
    assert made
    cover, leaves = map(amber_in, islice(page_pngs(made, PRINTED, FONT), 2))

    assert Counter(word for word in front if word in ("0", "1", "9", "32")) == PIXELS + ANSWERS
    assert leaves
    assert not cover


PIXELS = Counter({"1": 3 * 7, "9": 4 * 7})
ANSWERS = Counter({"0": 3 * 5, "32": 2 * 5})
"""The flagship's numbers: a step of an image, and its edge, two columns wide."""


def amber_in(png: bytes) -> int:
    """Return how many pixels of a page have the window's colour."""
    with Image.open(BytesIO(png)) as page:
        counts = page.convert("RGB").getcolors(page.width * page.height) or ()
    return sum(count for count, colour in counts if colour == PRINTED["window"])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_leaf_has_no_holes(paper: Paper, pdftoppm: Path) -> None:
    """Between a frame's number and its place there is nothing, on any leaf."""
    made = flipbook(FLAGSHIP, paper, IMPRINT)
    assert made
    pictures = pictures_of(print_pdf(made, PRINTED, FONT), pdftoppm, 300)
    boxes = [
        (picture, between_names(made.film, placed))
        for page, picture in zip(made.pages, pictures, strict=True)
        for placed in page.frames
    ]

    assert len(boxes) == 25
    assert all(picture.crop(box).getextrema() == (255, 255) for picture, box in boxes)
