"""The first chapter keeps its promises: its numbers are those of its pictures, and its code runs."""

import re
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.course import Chapter, Listing
from generator.scenes import Array
from generator.scenes.kinds.zoom import ZoomReel
from generator.site.reading_time import reading_minutes
from tests.built import shipped_course
from tests.course.test_exercises import asked
from tests.scenes.making import narrowed

CONTENT = Path(__file__).parents[2] / "content"
NAME = "01-a-picture-is-a-grid-of-numbers"
SOURCE = (CONTENT / "chapters" / f"{NAME}.md").read_text("utf-8")
CODE = CONTENT / "code" / "picture.py"


@pytest.fixture(scope="module")
def chapter() -> Chapter:
    return next(chapter for chapter in shipped_course().chapters if chapter.name == NAME)


def reels(chapter: Chapter, scene_id: str) -> list[ZoomReel]:
    """Return all versions of a scene."""
    block = next(block for block in chapter.scenes if block.reel.scene.id == scene_id)
    return [narrowed(ZoomReel, reel) for reel in block.reels]


def picture(name: str) -> Array:
    """Return a photograph of the course, shape (C, H, W)."""
    with Image.open(CONTENT / "images" / name) as opened:
        pixels = np.asarray(opened)
    return pixels[np.newaxis] if pixels.ndim == 2 else np.moveaxis(pixels, -1, 0)


def words(chapter: Chapter, scene_id: str, beat: int) -> str:
    """Return the text of a beat, counted from 0, without marks."""
    block = next(block for block in chapter.scenes if block.reel.scene.id == scene_id)
    return " ".join(re.sub(r"<[^>]+>", "", str(block.beats[beat].html)).split())


def test_it_is_the_first_chapter_of_the_first_part(chapter: Chapter) -> None:
    assert (chapter.number, chapter.part) == (1, 1)


def test_the_nostril_is_dark_and_the_gap_beside_it_bright(chapter: Chapter) -> None:
    """As the last beat says, of the numbers that stand there."""
    (nose,) = reels(chapter, "nose")
    pixels = picture("camera.png")[0]
    window = pixels[82:90, 118:126]
    assert np.array_equal(nose.output[0], window)
    assert nose.pixel == (str(pixels[85, 121]),)
    told = words(chapter, "nose", -1)
    assert f"has small numbers, such as {pixels[85, 121]}" in told
    assert f"up to {window.max()}" in told
    assert pixels[85, 121] < 60
    assert window[-1, -3:].min() > 200


def test_the_code_holds_the_picture_of_the_figure(
    chapter: Chapter, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the listing shows is the file; it prints the size, and the pixel that the window ends on."""
    (listing,) = [block for block in chapter.blocks if isinstance(block, Listing)]
    assert listing.text == CODE.read_text("utf-8")
    (seven,) = reels(chapter, "seven")
    names = runpy.run_path(str(CODE), run_name="__main__")
    assert names["PICTURE"] == seven.image[0].tolist()
    row, column = seven.scene.at
    assert names["pixel"](row + 1, column + 1) == seven.image[0, row, column]
    assert capsys.readouterr().out.splitlines() == ["5 rows, 5 columns, 25 numbers", seven.pixel[0]]


def test_programs_count_from_0(chapter: Chapter) -> None:
    """The text says what row and column of the seven are to a program."""
    (seven,) = reels(chapter, "seven")
    row, column = seven.scene.at
    assert f"is row {row}, column {column} for them" in " ".join(SOURCE.split())


def test_turned_around_the_seven_has_another_pixel(chapter: Chapter) -> None:
    (seven,) = reels(chapter, "seven")
    row, column = seven.scene.at
    assert (seven.image[0, row, column], seven.image[0, column, row]) == (128, 255)
    assert "column 2 it is white" in words(chapter, "seven", 2)


def test_one_number_is_changed(chapter: Chapter) -> None:
    """That at the place where the window ends, from white to black; so the seven gets a bar."""
    before, after = reels(chapter, "one-number")
    (seven,) = reels(chapter, "seven")
    assert np.array_equal(before.image, seven.image)
    assert np.argwhere(before.image != after.image).tolist() == [[0, *before.scene.at]]
    assert (before.pixel, after.pixel) == (("255",), ("0",))
    assert "it holds {at.pixel}, and in the other version 0" in SOURCE


def test_the_rim_is_the_window_of_the_cup_taken_apart(chapter: Chapter) -> None:
    """The same pixels, and the same one of them in the middle."""
    (coffee,), (rim,) = reels(chapter, "coffee"), reels(chapter, "rim")
    row, column = coffee.frames[-1].window
    assert np.array_equal(coffee.output, picture("coffee.png")[:, row : row + 4, column : column + 4])
    assert np.array_equal(rim.image, coffee.output)
    assert rim.pixel == coffee.pixel
    assert [rim.plane_name(plane) for plane in range(3)] == ["red", "green", "blue"]


def test_the_saucer_is_red_and_the_rim_nearly_white(chapter: Chapter) -> None:
    """Red is strong everywhere; green and blue are weak on the left, and all are large on the right."""
    (rim,) = reels(chapter, "rim")
    red, green, blue = rim.image
    assert red.min() > 150
    assert max(green[:, :2].max(), blue[:, :2].max()) < 50
    assert min(red[:, 3].min(), green[:, 3].min(), blue[:, 3].min()) > 200


def test_the_exercises_are_answered_by_the_picture(chapter: Chapter) -> None:
    """Row before column, counted from 1 and from 0; the negative; and how many numbers a picture holds."""
    (seven,) = reels(chapter, "seven")
    rows = seven.image[0].tolist()
    assert asked(NAME, "Which number stands").startswith(f"{rows[1][4]}, for")
    assert f"and {rows[4][1]}, which is white" in asked(NAME, "Which number stands")
    assert asked(NAME, "In code").startswith("That in row 5, column 3:")
    assert f"It holds {rows[4][2]}," in asked(NAME, "In code")
    negative = ", ".join(str(255 - number) for number in rows[1])
    assert asked(NAME, "In a negative").startswith(f"{negative}: ")
    assert asked(NAME, "A picture is 480 pixels high") == (
        f"480 × 640 = {480 * 640:,}; in colour three times as many, {3 * 480 * 640:,}."
    )


def test_it_takes_six_to_nine_minutes(chapter: Chapter) -> None:
    assert 6 <= reading_minutes(chapter) <= 9
