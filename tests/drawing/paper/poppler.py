"""PDFs read by Poppler: their words with their places, and their pages as pictures."""

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from PIL import Image

PAGE = re.compile(r"<page .*?</page>", re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PICTURE = re.compile(rb"P5\n(\d+) (\d+)\n255\n")


class Word(NamedTuple):
    """A word of a page and where it stands, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def words_of(pdf: bytes, pdftoppm: Path) -> list[list[Word]]:
    """Return the words of each page, and where they stand."""
    said = _said_by(pdftoppm.with_name("pdftotext"), pdf, "-bbox", "-", "-").decode()
    return [list(_words(page)) for page in PAGE.findall(said)]


def _words(page: str) -> Iterator[Word]:
    for *box, text in WORD.findall(page):
        yield Word(unescape(text), *map(float, box))


def text_of(pdf: bytes, pdftoppm: Path) -> list[str]:
    """Return the text of each page, as one line in the order of drawing."""
    said = _said_by(pdftoppm.with_name("pdftotext"), pdf, "-raw", "-", "-").decode()
    return [" ".join(page.split()) for page in said.split("\f")[:-1]]


def pictures_of(pdf: bytes, pdftoppm: Path, dots: int, *more: str) -> list[Image.Image]:
    """Return each page in greys, at so many dots an inch."""
    data = _said_by(pdftoppm, pdf, "-r", str(dots), "-gray", *more, "-")
    return list(_pictures(data))


def _pictures(data: bytes) -> Iterator[Image.Image]:
    start = 0
    while match := PICTURE.match(data, start):
        width, height = int(match[1]), int(match[2])
        start = match.end() + width * height
        yield Image.frombytes("L", (width, height), data[match.end() : start])


def _said_by(program: Path, pdf: bytes, *words: str) -> bytes:
    command: list[str | Path] = [program, *words]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout  # noqa: S603 - found by us
