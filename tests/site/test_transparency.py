"""What other programs make of our PNGs: as pictures of colours they look as they did."""

import re
from io import BytesIO

from PIL import Image

from generator.cli import PROJECT
from generator.course import Course
from generator.site import read_theme
from generator.site.cards import chapter_card


def kept_in_colours(picture: Image.Image) -> bool:
    """Tell whether a picture is the same once it was made one of red, green and blue, and saved."""
    data = BytesIO()
    picture.convert("RGB").save(data, "PNG", compress_level=0)
    return Image.open(data).convert("RGBA").tobytes() == picture.convert("RGBA").tobytes()


def with_each_colour_once(picture: Image.Image) -> Image.Image:
    """Return a row of all colours that a picture of one byte a pixel may have; it need not be decoded."""
    count = len(picture.palette.palette) // 3 if picture.palette else 256
    row = Image.frombytes(picture.mode, (count, 1), bytes(range(count)))
    if picture.palette:
        row.putpalette(picture.palette.palette)
    row.info = picture.info
    return row


def pngs(files: dict[str, bytes]) -> dict[str, Image.Image]:
    return {path: Image.open(BytesIO(data)) for path, data in files.items() if path.endswith(".png")}


def test_no_colour_of_a_png_vanishes(files: dict[str, bytes]) -> None:
    """Not the black of the ink either, when somebody converts any PNG of the course to RGB and saves it."""
    pictures = pngs({path: data for path, data in files.items() if not path.startswith("images/")})

    assert len(pictures) > 900
    assert [path for path, each in pictures.items() if not kept_in_colours(with_each_colour_once(each))] == []


def test_a_whole_png_of_every_kind_is_kept_in_colours(files: dict[str, bytes]) -> None:
    """Film, sheets, worksheets, keys, frames, whole answers, and pictures of the text."""
    kinds = {re.sub(r"\d+", "1", path.rpartition("/")[2]): path for path in files}
    pictures = {path: each for path, each in pngs(files).items() if path in kinds.values()}

    assert len(pictures) > 8
    assert [path for path, each in pictures.items() if not kept_in_colours(each)] == []


def test_cards_are_kept_in_colours(course: Course) -> None:
    """They are there where a site knows its address."""
    theme = read_theme(PROJECT / "themes" / "lesson")
    cards = {
        f"{chapter.name}.png": chapter_card(chapter, theme, (chapter.title, course.title))
        for chapter in course.chapters
    }

    assert [path for path, each in pngs(cards).items() if not kept_in_colours(each)] == []
