"""The stage of a zoom: the window on the whole picture, and cards of which a frame shows its own."""

import re
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generator.drawing import Stage, cards_svg, stage_of
from generator.drawing.marks import Mark, Outline, Photo, Tile, Words
from generator.drawing.panels.panel import drawn_over
from generator.drawing.stages.zoom import ZoomPhotographStage
from generator.scenes import Frame, Reel, reel_of, scenes_from_toml
from tests.scenes.making import narrowed, reel_from
from tests.scenes.option_scenes import ZOOMS
from tests.scenes.photographs import planes, read_picture

GREY = 'id = "a"\nkind = "zoom"\nimage = "grey.png"\nat = [60, 50]\nsizes = [[70, 90], 35, 8]\n'
COLOUR = (
    'id = "a"\nkind = "zoom"\nimage = "colour.png"\ncolour = true\nat = [5, 50]\nsizes = [[80, 66], 20, 3]\n'
)


def reel_of_photograph(text: str) -> Reel:
    return reel_of(scenes_from_toml(text, "zoom.md", 10, read_picture).scenes[0])


def photograph(text: str) -> ZoomPhotographStage:
    return narrowed(ZoomPhotographStage, stage_of(reel_of_photograph(text)))


def drawn(stage: Stage, frame: Frame, plane: int = 0) -> list[Mark]:
    """Return what a film draws of a window at a frame."""
    return list(drawn_over(stage.maps[plane], frame))


def numbers(marks: list[Mark]) -> list[str]:
    """Return the numbers on tiles, row by row."""
    tiles = [mark for mark in marks if isinstance(mark, Tile) and mark.text]
    return [tile.text for tile in sorted(tiles, key=lambda tile: (round(tile.y), tile.x))]


@pytest.mark.parametrize("text", ZOOMS.values(), ids=ZOOMS)
def test_every_number_of_the_window_stands_on_its_tile(text: str) -> None:
    """And none of another window, in every channel."""
    reel = reel_from(text)
    for frame, document in zip(reel.frames, reel.frame_documents(), strict=True):
        (row, column), (height, width) = document["window"], document["size"]
        for plane, pixels in enumerate(reel.image):
            shown = pixels[row : row + height, column : column + width].ravel().tolist()
            assert numbers(drawn(stage_of(reel), frame, plane)) == [reel.number_text(n) for n in shown]


@pytest.mark.parametrize("text", ZOOMS.values(), ids=ZOOMS)
def test_windows_are_as_large_as_the_whole_picture(text: str) -> None:
    """Along the longer side; so a pixel is shown the larger, the fewer there are."""
    stage = stage_of(reel_from(text))
    for frame in stage.reel.frames:
        tiles = [mark for mark in drawn(stage, frame) if isinstance(mark, Tile) and mark.text]
        across = max(tile.x + tile.width for tile in tiles) - min(tile.x for tile in tiles)
        down = max(tile.y + tile.height for tile in tiles) - min(tile.y for tile in tiles)
        assert max(across, down) == pytest.approx(max(stage.reel.input_size) * 40, abs=3)


@pytest.mark.parametrize("text", [*ZOOMS.values(), GREY, COLOUR])
def test_the_outline_lies_around_the_pixels_that_are_shown(text: str) -> None:
    """Where the window of `frames.json` is."""
    reel = reel_of_photograph(text)
    stage = stage_of(reel)
    whole = stage.inputs[0]
    left, top, across, down = _picture(stage)
    for frame, document in zip(reel.frames, reel.frame_documents(), strict=True):
        (outline,) = (mark for mark in drawn_over(whole, frame) if isinstance(mark, Outline))
        (row, column), (height, width) = document["window"], document["size"]
        assert outline.x == pytest.approx(left + column * across)
        assert outline.y == pytest.approx(top + row * down)
        assert (outline.width, outline.height) == pytest.approx((width * across, height * down))


def _picture(stage: Stage) -> tuple[float, float, float, float]:
    """Return where the whole picture begins, and how far one pixel lies from the next."""
    marks = list(stage.inputs[0].still())
    height, width = stage.reel.input_size
    for photo in (mark for mark in marks if isinstance(mark, Photo)):
        return photo.x, photo.y, photo.width / width, photo.height / height
    tile = next(mark for mark in marks if isinstance(mark, Tile))
    return tile.x - 1, tile.y - 1, 40, 40


def test_few_pixels_of_a_photograph_have_lines_and_fewest_have_numbers() -> None:
    stage = photograph(GREY)
    whole, lined, tiled = (drawn(stage, frame) for frame in stage.reel.frames)
    lines = [mark for mark in lined if isinstance(mark, Tile) and min(mark.width, mark.height) == 1]
    assert [len([mark for mark in marks if isinstance(mark, Photo)]) for marks in (whole, lined, tiled)] == [
        1,
        1,
        0,
    ]
    assert (len(lines), numbers(whole), numbers(lined)) == (34 * 2, [], [])
    shown = planes("grey.png")[0, 56:64, 46:54].ravel()
    assert numbers(tiled) == list(map(str, shown))


def test_a_part_of_a_photograph_is_that_part() -> None:
    """In the film, and in the file for the page; where each pixel is seen, without loss."""
    stage = photograph(COLOUR)
    files = dict(stage.files({}, {}))
    assert list(files) == ["window-1.webp", "window-2.webp", "window-3.webp"]
    for frame, document in zip(stage.reel.frames, stage.reel.frame_documents(), strict=True):
        (row, column), (height, width) = document["window"], document["size"]
        shown = planes("colour.png")[:, row : row + height, column : column + width].transpose(1, 2, 0)
        (photo,) = (mark for mark in drawn(stage, frame) if isinstance(mark, Photo))
        assert np.array_equal(np.asarray(photo.plate.picture), shown)
        with Image.open(BytesIO(files[f"window-{frame.number}.webp"])) as stored:
            assert stored.size == (width, height)
            assert frame.number == 1 or np.array_equal(np.asarray(stored.convert("RGB")), shown)


def test_a_coloured_pixel_has_its_red_its_green_and_its_blue_on_it() -> None:
    stage = photograph(COLOUR)
    words = [mark for mark in drawn(stage, stage.reel.frames[-1]) if isinstance(mark, Words)]
    pixels = planes("colour.png")[:, 3:6, 48:51].transpose(1, 2, 0).reshape(-1, 3)
    told = [f"{name} {value}" for pixel in pixels for name, value in zip("RGB", pixel, strict=True)]
    assert [mark.text for mark in words] == told


@pytest.mark.parametrize("text", [*ZOOMS.values(), GREY, COLOUR])
def test_a_card_grows_out_of_its_place_on_the_one_before(text: str) -> None:
    """The point that stays is as far across the window before as it is across the new one."""
    reel = reel_of_photograph(text)
    panel: Any = stage_of(reel).maps[0]
    for before, after in zip(panel.reel.frames, panel.reel.frames[1:], strict=False):
        point, corner, unit = panel.grows_from(after), panel.corner(before), panel.unit(before)
        for axis in range(2):
            pixel = before.window[axis] + (point[1 - axis] - corner[1 - axis]) / unit
            shares = [(pixel - frame.window[axis]) / frame.size[axis] for frame in (before, after)]
            assert shares[0] == pytest.approx(shares[1]) or before.size[axis] == after.size[axis]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_shows_the_card_of_a_frame_and_has_a_picture_for_each(number: int) -> None:
    """All are there, the others hidden; their files are those that are written."""
    stage = photograph(COLOUR)
    drawn_cards = re.findall(r'<g class="lens card"[^>]*>', cards_svg(stage.maps[0], number, "a/"))
    assert ["visibility" in card for card in drawn_cards] == [at != number for at in (1, 2, 3)]
    sources = re.findall(r'src="a/([^"]+)"', cards_svg(stage.maps[0], number, "a/"))
    assert sources == [name for name, _ in stage.files({}, {})]


def test_on_a_page_cards_before_stay_under_the_new_one() -> None:
    """So nothing blinks while it grows; those to come are hidden."""
    stage = photograph(GREY)
    places = [list(stage.maps[0].lens_places(frame)) for frame in stage.reel.frames]
    assert places == [[[0, 0], None, None], [[0, 0], [0, 0], None], [[0, 0], [0, 0], [0, 0]]]
