"""Reading small pictures of numbers with tesseract, many at once, each different one only once."""

import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, product, starmap
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tests.drawing.paper.numbers import Box

OPTIONS = (
    *("--psm", "7"),  # one line of text
    # The signs that a sheet's numbers are made of: whoever reads a sheet knows that these are numbers.
    *("-c", "tessedit_char_whitelist=0123456789+-−./"),
)
FAINT = 40
"""Grey levels; a picture in which nothing differs more from its ground is empty."""
INKED = 0.2
"""Where the ink of a number begins, over the whole difference between its ground and its ink."""
LOWEST = 4
"""Pixels; nothing that is read is lower. A number always holds a digit."""


class Look(NamedTuple):
    """How a number is brought before the reader's eye. It uses nothing but the picture itself."""

    height: int
    """In pixels, to which the number is enlarged; tesseract was taught letters of about this height."""
    ground: int
    """Pixels of ground that are left around the number, before it is enlarged."""
    lift: float
    """What is lighter than so much of the difference between ink and ground counts as ground."""


FIRST_LOOKS = (Look(30, 7, 0.6), Look(33, 3, 0.8), Look(36, 5, 0.6))
MORE_LOOKS = tuple(starmap(Look, product((27, 30, 33, 36, 40), (3, 5, 7), (0.6, 0.8))))
"""Tesseract stumbles over a letter that stands alone, now in one enlargement and now in another: of a
hundred numbers it misreads about one in any of them. So it looks three times, and where it does not read
the same, in every enlargement, as one does who is not sure; what it reads most often is what it has read.
What the number should be is not known here."""


def scanned(sheet: Image.Image, box: Box) -> Image.Image:
    """Return a part of a grey sheet that was reduced from 300 to 150 dpi; the box is in pixels of 300 dpi."""
    left, top, right, bottom = (round(edge / 2) for edge in box)
    return sheet.crop((left, top, right, bottom))


def number_alone(scan: Image.Image) -> Image.Image | None:
    """Return the number without the empty ground around it, black on white; nothing where there is none."""
    levels = scan.histogram()
    ground = levels.index(max(levels))
    ink, _ = scan.getextrema()
    assert isinstance(ink, int)
    if ground - ink < FAINT:
        return None
    stretched = scan.point([_stretched(level, ink, ground) for level in range(256)])
    inked = stretched.point([255 * (level < 255 * (1 - INKED)) for level in range(256)])
    return stretched.crop(inked.getbbox())


def _stretched(level: int, ink: int, ground: int) -> int:
    return max(0, min(255, round(255 * (level - ink) / (ground - ink))))


def seen(number: Image.Image, look: Look) -> Image.Image:
    """Return what the reader gets to see in one look."""
    width, height = (length + 2 * look.ground for length in number.size)
    around = Image.new("L", (width, height), 255)
    around.paste(number, (look.ground, look.ground))
    scale = look.height / max(LOWEST, number.height)
    larger = around.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    return larger.point([min(255, round(level / look.lift)) for level in range(256)])


def texts_read(scans: Iterable[Image.Image], tesseract: Path, folder: Path) -> dict[bytes, str]:
    """Return what tesseract reads, by the `key` of each scan; "" where there is nothing to read.

    The folder is for the pictures that tesseract is given.
    """
    numbers = {key(scan): number_alone(scan) for scan in scans}
    alone = {key(number): number for number in numbers.values() if number}
    read = _readings(alone, FIRST_LOOKS, tesseract, folder)
    doubtful = {name: alone[name] for name, texts in read.items() if len(set(texts)) > 1 or "" in texts}
    more = _readings(doubtful, MORE_LOOKS, tesseract, folder)
    texts = {name: most_read([*texts, *more.get(name, ())]) for name, texts in read.items()}
    return {scan: texts[key(number)] if number else "" for scan, number in numbers.items()}


def _readings(
    numbers: Mapping[bytes, Image.Image], looks: Sequence[Look], tesseract: Path, folder: Path
) -> dict[bytes, tuple[str, ...]]:
    """Return what is read in each look at each number."""
    with ThreadPoolExecutor(os.cpu_count()) as several:
        columns = several.map(partial(_read, list(numbers.values()), tesseract, folder), looks)
        return dict(zip(numbers, zip(*columns, strict=True), strict=True))


def key(picture: Image.Image) -> bytes:
    """Return what is the same for pictures that look the same."""
    return b"%d %d " % picture.size + picture.tobytes()


def most_read(texts: Sequence[str]) -> str:
    """Return the text that was read most often, looks at which nothing was read left aside.

    >>> most_read(["0", "8", "", "0", ""])
    '0'
    """
    counts = Counter(text for text in texts if text)
    return counts.most_common(1)[0][0] if counts else "unreadable"


def _read(numbers: list[Image.Image], tesseract: Path, folder: Path, look: Look) -> list[str]:
    """Return what tesseract reads in one look at each number."""
    name = "-".join(map(str, look))
    paths = [folder / f"{name}-{index}.png" for index in range(len(numbers))]
    for number, path in zip(numbers, paths, strict=True):
        seen(number, look).save(path, dpi=(300, 300))
    listed = folder / f"{name}.txt"
    listed.write_text("".join(f"{path}\n" for path in paths))
    done = subprocess.run(  # noqa: S603 (a program of the machine, with words of our own)
        [tesseract, listed, "stdout", *OPTIONS],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        timeout=300,
    )
    texts = done.stdout.split("\f")
    assert len(paths) <= len(texts), done.stderr
    assert not any(map(str.strip, texts[len(paths) :]))  # some versions end with a form feed, too
    return [one_minus(text) for text in texts[: len(paths)]]


def one_minus(text: str) -> str:
    """Return a text without spaces in which every kind of dash is a minus.

    >>> one_minus(" -1 "), one_minus("—1/9")
    ('−1', '−1/9')
    """
    return "".join("−" if letter in "-–—" else letter for letter in chain(*text.split()))
