"""The PDF of a scene's sheets: the same pages as the pictures, with text that can be selected."""

import os
import re
import subprocess
import sys
import zlib
from base64 import a85decode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from generator.drawing.marks import Words
from generator.drawing.paper import A4, PAPERS, Paper
from generator.drawing.stages import stage_of
from tests.drawing.paper.numbers import Texts
from tests.drawing.paper.prints import CASES, IMPRINT, REELS, case_name, grey, pdf, pngs, printed
from tests.drawing.paper.reading import one_minus

BOXES = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Points."""
DRAWN = ("flagship", "ninths", "one frame", "5×5 kernel", "a column")
"""Scenes whose pages are drawn."""
READ = {"flagship": 1, "ninths": 9, "halves": 1}
"""Scenes whose text is read, with the denominator of the declared scale."""
EVERY_PAPER = pytest.mark.parametrize("paper", PAPERS, ids=case_name)
EVERY_CASE = pytest.mark.parametrize(("name", "paper"), CASES, ids=case_name)
MOST_BYTES = 60_000
STEPS = ((3, 0), (-3, 0), (0, 3), (0, -3))
"""Dots to the right and downwards."""
ROOT = Path(__file__).parents[3]
DIGEST = """
from hashlib import sha256
from generator.drawing.paper import A4
from tests.drawing.paper.prints import pdf
print(sha256(pdf("ninths", A4)).hexdigest())
"""


# --- As drawn ------------------------------------------------------------------------------------------


@EVERY_PAPER
@pytest.mark.parametrize("name", DRAWN)
def test_a_page_of_the_pdf_looks_like_the_picture(
    pdftoppm: Path, tmp_path: Path, name: str, paper: Paper
) -> None:
    """Drawn at 150 dpi, each page shows what the sheet shows at that size.

    Two renderers smooth the edges of letters and lines in their own ways. That must come to much less
    than if the page stood aside by three dots, which is half a millimetre. And on no square of 8 dots may
    it come to a fifth of black: smooth edges make up to 37 levels there, a single frame that stands
    aside by three quarters of a millimetre makes 76 and more.
    """
    pages = drawn(pdf(name, paper), pdftoppm, tmp_path)
    assert len(pages) == len(pngs(name, paper))
    for shown, png in zip(pages, pngs(name, paper), strict=True):
        page, sheet = shown, grey(png).reduce(2)
        assert all(abs(a - b) <= 1 for a, b in zip(page.size, sheet.size, strict=True))
        width, height = (min(lengths) for lengths in zip(page.size, sheet.size, strict=True))
        page, sheet = page.crop((0, 0, width, height)), sheet.crop((0, 0, width, height))
        aside = min(difference(ImageChops.offset(page, *step), sheet) for step in STEPS)
        assert difference(page, sheet) <= 0.65 * aside
        assert most(ImageChops.difference(page.reduce(8), sheet.reduce(8))) <= 50


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of grey levels."""
    (mean,) = ImageStat.Stat(ImageChops.difference(one, other)).mean
    return float(mean)


def most(levels: Image.Image) -> int:
    """Return the highest level of a picture."""
    _, highest = levels.getextrema()
    assert isinstance(highest, int)
    return highest


def drawn(data: bytes, pdftoppm: Path, folder: Path) -> list[Image.Image]:
    """Return every page at 150 dpi, in grey."""
    said(pdftoppm, "-r", "150", "-gray", kept(data, folder), folder / "page")
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.pgm"))]


def kept(data: bytes, folder: Path) -> Path:
    """Return a file with the data in it."""
    path = folder / "sheets.pdf"
    path.write_bytes(data)
    return path


def said(program: Path, *words: str | Path) -> str:
    """Run a program and return what it says; it must end well and complain of nothing."""
    done = subprocess.run(  # noqa: S603 (a program of the machine, with words of our own)
        [program, *words], check=True, capture_output=True, encoding="utf-8", timeout=120
    )
    assert not done.stderr
    return done.stdout


# --- As a file -----------------------------------------------------------------------------------------


@EVERY_PAPER
def test_pages_are_as_large_as_the_paper(pdftoppm: Path, tmp_path: Path, paper: Paper) -> None:
    """Every page's box, also the one a printer crops to, is A4 or Letter to a hundredth of a point."""
    file = kept(pdf("flagship", paper), tmp_path)
    count = len(pngs("flagship", paper))
    told = said(pdftoppm.with_name("pdfinfo"), "-box", "-l", str(count), file)
    for box in ("MediaBox", "CropBox"):
        found = re.findall(rf"Page +\d+ {box}: +(\S+) +(\S+) +(\S+) +(\S+)", told)
        assert len(found) == count
        for left, bottom, right, top in found:
            assert (float(left), float(bottom)) == (0, 0)
            assert (float(right), float(top)) == pytest.approx(BOXES[paper.name], abs=0.01)


@EVERY_PAPER
def test_the_file_says_what_it_is(pdftoppm: Path, tmp_path: Path, paper: Paper) -> None:
    """Title and author stand in the metadata; each page has its number as its label."""
    file = kept(pdf("flagship", paper), tmp_path)
    told = said(pdftoppm.with_name("pdfinfo"), "-enc", "UTF-8", file)
    about = dict(re.findall(r"^(\w+): +(.*)$", told, re.MULTILINE))
    assert about["Title"] == "Figure 5.1 · sobel-edge · Chapter 5 · Convolution & filters"
    assert about["Author"] == IMPRINT.course
    assert int(about["Pages"]) == len(pngs("flagship", paper))
    assert labels(pdf("flagship", paper)) == [str(n) for n in range(1, int(about["Pages"]) + 1)]


def labels(data: bytes) -> list[str]:
    """Return what a reader shows in place of page numbers: each page's prefix, in the order of the pages."""
    (numbered,) = re.findall(rb"/Nums \[(.*?)\]", data, re.DOTALL)
    places = re.findall(rb"(\d+) (\d+) 0 R", numbered)
    assert [int(page) for page, _ in places] == list(range(len(places)))
    return [_prefix(data, int(number)) for _, number in places]


def _prefix(data: bytes, number: int) -> str:
    found = re.search(rb"\n%d 0 obj\s*<<[^>]*/P \((.*?)\)" % number, data)
    assert found
    return found[1].decode("latin-1")


@EVERY_PAPER
@pytest.mark.parametrize("name", READ)
def test_every_number_can_be_selected(pdftoppm: Path, tmp_path: Path, name: str, paper: Paper) -> None:
    """The words on a page are those of its header, and of each frame the labels and all its numbers."""
    file = kept(pdf(name, paper), tmp_path)
    for page, shown in enumerate(printed(name, paper).pages):
        number = str(page + 1)
        text = said(pdftoppm.with_name("pdftotext"), "-f", number, "-l", number, "-raw", file, "-")
        found = Counter(one_minus(word) for word in text.split())
        scene = f"{IMPRINT.scene}: {IMPRINT.caption}"
        heading = f"{IMPRINT.chapter} {scene} {IMPRINT.address} sheet {number} of {len(pngs(name, paper))}"
        want = Counter(map(one_minus, heading.split()))
        for placed in shown.frames:
            want.update(map(one_minus, words_of(name, placed.frame.number)))
        assert found == want


def words_of(name: str, frame: int) -> Iterator[str]:
    """Yield every word of a frame, in any order."""
    of = REELS[name]
    (height, width), (rows, columns) = of.input_size, of.output_size
    row, column = divmod(frame - 1, columns)
    yield from f"{frame} of {rows * columns} row {row + 1}, column {column + 1}".split()
    yield from f"input {height}×{width} feature map {rows}×{columns}".split()
    texts = Texts(of, READ[name])
    yield from ("window", "×", "kernel", "products", "sum", *texts.signs(frame))
    yield from (mark.text for mark in stage_of(of).maps[0].legend() if isinstance(mark, Words))
    for numbers in texts.of(frame).values():
        yield from filter(None, numbers)


@EVERY_CASE
def test_no_text_is_smaller_than_six_points(name: str, paper: Paper) -> None:
    """Every size that the file sets, on the scale that it sets, is 6 points or more."""
    sizes = [size for stream in streams(pdf(name, paper)) for size in font_sizes(stream)]
    assert len(sizes) >= 5
    assert min(sizes) >= 6 - 1e-3


def streams(data: bytes) -> Iterator[bytes]:
    """Yield everything in the file that draws, unpacked."""
    for head, packed in re.findall(rb" 0 obj\s*(<<.*?)stream\r?\n(.*?)endstream", data, re.DOTALL):
        if b"/Length1" in head or b"FlateDecode" not in head:
            continue  # a font, which is no drawing
        raw = a85decode(packed.strip().removesuffix(b"~>")) if b"ASCII85" in head else packed
        yield zlib.decompress(raw)


def font_sizes(stream: bytes) -> Iterator[float]:
    """Yield each font size of a drawing in points; the unit of all drawings is a dot of 300 dpi."""
    for size in re.findall(rb"/\S+ (\S+) Tf", stream):
        yield float(size) * 72 / 300


def test_the_only_font_is_embedded(pdftoppm: Path, tmp_path: Path) -> None:
    """A machine without the font shows the same letters."""
    told = said(pdftoppm.with_name("pdffonts"), kept(pdf("flagship", A4), tmp_path))
    (line,) = told.splitlines()[2:]
    assert "JetBrains" in line
    embedded, subset, has_unicode = line.split()[-5:-2]
    assert (embedded, subset, has_unicode) == ("yes", "yes", "yes")


@EVERY_PAPER
def test_the_file_of_the_flagship_is_small(paper: Paper) -> None:
    """It goes into a letter without a thought."""
    assert len(pdf("flagship", paper)) < MOST_BYTES


def test_the_same_sheets_give_the_same_bytes() -> None:
    """In another process, with other hashes, in another time zone and language, the file is the same."""
    here = sha256(pdf("ninths", A4)).hexdigest()
    for seed, zone, language in (("1", "Asia/Tokyo", "C"), ("77", "America/Lima", "de_DE.UTF-8")):
        away = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        done = subprocess.run(  # noqa: S603 (this Python, with words of our own)
            [sys.executable, "-c", DIGEST],
            check=True,
            capture_output=True,
            cwd=ROOT,
            encoding="utf-8",
            env={**os.environ, **away},
            timeout=120,
        )
        assert done.stdout.strip() == here
