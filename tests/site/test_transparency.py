"""What other programs make of our PNGs: as pictures of colours they look as they did."""

import re
from io import BytesIO

import pytest
from PIL import Image

from generator.cli import PROJECT
from generator.course import Course
from generator.site import Wanted, read_theme
from generator.site.artifacts import look_of
from generator.site.cards import chapter_card
from generator.site.scene_files import reel_files
from tests.drawing.paper.prints import IMPRINT


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


@pytest.fixture(scope="module")
def asked_for(course: Course) -> dict[str, bytes]:
    """Return the pages of a scene's prints as pictures, and a photograph's whole answer."""
    scenes = [block for chapter in course.chapters for block in chapter.scenes]
    block = next(block for block in scenes if block.reel.scene.id == "sobel-edge")
    look = look_of(read_theme(PROJECT / "themes" / "lesson"))
    wanted = Wanted(["sheets", "worksheet"], also=frozenset({"pages"}))
    [version] = reel_files(block, IMPRINT, look, wanted)
    pages = {name: data for artifact in version.artifacts for name, data in artifact.make()}
    photograph = next(block for block in scenes if block.reel.scene.id == "first-look")
    [first, *_] = reel_files(photograph, IMPRINT, look, Wanted(["answers"], also=frozenset({"photographs"})))
    return pages | {name: data for artifact in first.artifacts for name, data in artifact.make()}


def test_no_colour_of_a_png_vanishes(files: dict[str, bytes], asked_for: dict[str, bytes]) -> None:
    """Not the black of the ink either, when somebody converts any PNG of the course to RGB and saves it."""
    every = {**files, **asked_for}
    pictures = pngs({path: data for path, data in every.items() if not path.startswith("images/")})

    assert len(pictures) > 100
    assert [path for path, each in pictures.items() if not kept_in_colours(with_each_colour_once(each))] == []


def test_a_whole_png_of_every_kind_is_kept_in_colours(
    files: dict[str, bytes], asked_for: dict[str, bytes]
) -> None:
    """Film, sheets, worksheets, keys, frames, whole answers, and pictures of the text."""
    every = {**files, **asked_for}
    kinds = {re.sub(r"\d+", "1", path.rpartition("/")[2]): path for path in every}
    pictures = {path: each for path, each in pngs(every).items() if path in kinds.values()}

    assert len(pictures) >= 8
    assert [path for path, each in pictures.items() if not kept_in_colours(each)] == []


def test_cards_are_kept_in_colours(course: Course) -> None:
    """They are there where a site knows its address."""
    theme = read_theme(PROJECT / "themes" / "lesson")
    cards = {
        f"{chapter.name}.png": chapter_card(chapter, theme, (chapter.title, course.title))
        for chapter in course.chapters
    }

    assert [path for path, each in pngs(cards).items() if not kept_in_colours(each)] == []
