"""Every number on a sheet, cut out, made grey, reduced to 150 dpi and read by a machine, is the frame's."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from generator.drawing.paper import PAPERS, Paper
from tests.drawing.paper.numbers import Number, Texts, numbers_on
from tests.drawing.paper.prints import REELS, case_name, grey, pngs, printed
from tests.drawing.paper.reading import key, scanned, texts_read

DENOMINATORS = {"flagship": 1, "ninths": 9, "halves": 1}
"""The scenes that are read, with the denominator of the scale that each declares."""
CASES = [(name, paper) for name in DENOMINATORS for paper in PAPERS]
EVERY_CASE = pytest.mark.parametrize(("name", "paper"), CASES, ids=case_name)
KINDS = {"pixel", "factor", "weight", "product", "total", "empty"}


@cache
def scans(name: str, paper: Paper) -> list[tuple[Number, Image.Image]]:
    """Return every number of a scene on one paper, with its picture at 150 dpi."""
    texts = Texts(REELS[name], DENOMINATORS[name])
    found: list[tuple[Number, Image.Image]] = []
    for page, png in enumerate(pngs(name, paper)):
        sheet = grey(png).reduce(2)
        found += (
            (number, scanned(sheet, number.box)) for number in numbers_on(printed(name, paper), page, texts)
        )
    return found


@pytest.fixture(scope="module")
def read(tesseract: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[bytes, str]:
    """Read every picture of a number on all the sheets."""
    pictures = (picture for case in CASES for _, picture in scans(*case))
    return texts_read(pictures, tesseract, tmp_path_factory.mktemp("numbers"))


@EVERY_CASE
def test_every_number_reads_as_the_frames_say(read: dict[bytes, str], name: str, paper: Paper) -> None:
    """Pixels, weights, products, sums and answers of every frame, signs and fractions with them."""
    wrong = [
        f"frame {number.frame}, {number.kind} {number.place}: {number.says!r} reads {read[key(picture)]!r}"
        for number, picture in scans(name, paper)
        if read[key(picture)] != number.says
    ]
    assert not wrong, f"{len(wrong)} of {len(scans(name, paper))}:\n" + "\n".join(wrong[:40])


@EVERY_CASE
def test_no_number_is_left_out(name: str, paper: Paper) -> None:
    """Each frame has its pixels, its window, weights and products, its sum, and all cells of the map."""
    of = REELS[name]
    (height, width), (rows, columns), (down, across) = of.input_size, of.windows.kernel_size, of.output_size
    each = rows * columns
    want = {"pixel": height * width, "factor": each, "weight": each, "product": each, "total": 1}
    want["empty"] = down * across
    found = Counter((number.frame, number.kind) for number, _ in scans(name, paper))
    assert found == {(n, kind): want[kind] for n in range(1, down * across + 1) for kind in KINDS}


def test_the_scenes_hold_what_is_hard_to_print() -> None:
    """Among the numbers read are negative ones, decimals, ninths and thirds, in every kind that has them."""
    said = {number.says for case in CASES for number in numbers(*case)}
    hard = {"−18", "+18", "32", "0", "−1/9", "+4/9", "+1/3", "−14/9", "−0.25", "3.5", "11.22"}
    assert hard <= said
    for sign in ("+", "−", "/", ".", *"0123456789"):
        assert any(sign in text for text in said), sign


def numbers(name: str, paper: Paper) -> Iterator[Number]:
    return (number for number, _ in scans(name, paper))
