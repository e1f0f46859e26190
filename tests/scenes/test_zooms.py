"""Zooms: where windows lie and how large they are, against plain loops; what is told and written of them."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest

from generator.scenes import FrameRange, Reel, frames_json, reel_of, reel_value, scenes_from_toml
from generator.scenes.kinds.zoom import ZoomReel
from generator.site.words import scene_alt, spoken
from tests.scenes.making import narrowed, problems_of, reel_from
from tests.scenes.option_scenes import ZOOMS
from tests.scenes.photographs import planes, read_picture
from tests.scenes.test_frames_json import VALIDATOR

Pair = tuple[int, int]
GRID = "[[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]]"
CLOSER = f'id = "a"\nkind = "zoom"\nimage = {GRID}\nat = [2, 3]\nsizes = [[3, 4], 2, 1]\n'


def zoom_of(text: str) -> ZoomReel:
    """Return the reel of a scene that may name a picture of noise."""
    scene = scenes_from_toml(text, "zoom.md", 10, read_picture).scenes[0]
    return narrowed(ZoomReel, reel_of(scene))


def document_of(reel: Reel) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frames_json(reel))
    return document


def lines(at: int, length: int, whole: int) -> list[int]:
    """Return which of so many lines a window shows: the place in its middle, or as near as edges let it."""
    shown = [at]
    while len(shown) < length:
        below, above = shown[-1] + 1, shown[0] - 1
        goes_on = len(shown) % 2 == 1
        if (goes_on and below < whole) or above < 0:
            shown.append(below)
        else:
            shown.insert(0, above)
    return shown


def random_zoom(seed: int) -> tuple[list[list[int]], Pair, list[Pair]]:
    """Return a random picture, a place in it, and sizes that fall."""
    random = Random(seed)  # noqa: S311 - nothing is secret here
    height, width = random.randint(1, 12), random.randint(1, 12)
    image = [[random.randint(0, 255) for _ in range(width)] for _ in range(height)]
    sizes = [(random.randint(1, height), random.randint(1, width))]
    while random.random() < 0.8 and sizes[-1] != (1, 1):
        sizes.append((random.randint(1, sizes[-1][0]), random.randint(1, sizes[-1][1])))
    return image, (random.randrange(height), random.randrange(width)), list(dict.fromkeys(sizes))


@pytest.mark.parametrize("seed", range(200))
def test_windows_are_those_that_grow_line_by_line_from_the_place(seed: int) -> None:
    """Each shows the rows and columns of the picture that lie nearest to the place."""
    image, (row, column), sizes = random_zoom(seed)
    listed = [list(size) for size in sizes]
    reel = zoom_of(
        f'id = "a"\nkind = "zoom"\nimage = {image}\nat = [{row + 1}, {column + 1}]\nsizes = {listed}\n'
    )
    assert len(reel.frames) == len(sizes)
    for frame, (height, width) in zip(document_of(reel)["frames"], sizes, strict=True):
        rows, columns = lines(row, height, len(image)), lines(column, width, len(image[0]))
        assert frame == {"window": [rows[0], columns[0]], "size": [height, width]}
    shown = [[image[r][c] for c in columns] for r in rows]
    assert document_of(reel)["output"]["values"] == [shown]


def test_a_window_lies_inside_the_one_before() -> None:
    """So each can be shown as a part of it."""
    for seed in range(200):
        image, at, sizes = random_zoom(seed)
        place, listed = [at[0] + 1, at[1] + 1], [list(size) for size in sizes]
        reel = zoom_of(f'id = "a"\nkind = "zoom"\nimage = {image}\nat = {place}\nsizes = {listed}\n')
        for outer, inner in zip(reel.frames, reel.frames[1:], strict=False):
            for axis in range(2):
                assert outer.window[axis] <= inner.window[axis]
                assert inner.window[axis] + inner.size[axis] <= outer.window[axis] + outer.size[axis]


@pytest.mark.parametrize(
    ("image", "colour", "sizes"),
    [
        ("grey.png", "", [(70, 90), (35, 45), (18, 23), (9, 12), (5, 6)]),
        ("colour.png", "colour = true\n", [(80, 66), (40, 33), (20, 17), (10, 9), (5, 5), (3, 3)]),
        ("small.png", "", [(9, 8), (5, 4)]),
    ],
)
def test_sizes_are_halved_until_every_number_can_be_read(image: str, colour: str, sizes: list[Pair]) -> None:
    """Eight pixels along the longer side, of colours with three numbers each four."""
    reel = zoom_of(f'id = "a"\nkind = "zoom"\nimage = "{image}"\n{colour}')
    assert [frame.size for frame in reel.frames] == sizes
    assert [reel.has_numbers(number) for number in range(1, len(sizes) + 1)] == [False] * (len(sizes) - 1) + [
        True
    ]


def test_the_middle_is_looked_at_where_nothing_else_is_said() -> None:
    assert zoom_of('id = "a"\nkind = "zoom"\nimage = "grey.png"\n').scene.at == (34, 44)
    assert zoom_of('id = "a"\nkind = "zoom"\nimage = "step"\n').scene.at == (3, 3)


def values_of(reel: Reel, number: int) -> Iterator[str]:
    names = ("size", "size.count", "size.times", "rows", "columns", "window", "at", "at.pixel")
    for name in names:
        yield reel_value(reel, name, FrameRange(number, number))


def test_values_say_what_a_window_shows() -> None:
    reel = reel_from(CLOSER)
    assert list(values_of(reel, 1)) == [
        "3×4",
        "12",
        "1",
        "1 to 3",
        "1 to 4",
        "1 2 3 4 / 5 6 7 8 / 9 8 7 6",
        "row 2, column 3",
        "7",
    ]
    assert list(values_of(reel, 2))[:6] == ["2×2", "4", "2", "2 to 3", "3 to 4", "7 8 / 7 6"]
    assert list(values_of(reel, 3))[:6] == ["1×1", "1", "4", "2", "3", "7"]


def test_a_pixel_in_colour_has_three_numbers() -> None:
    reel = zoom_of('id = "a"\nkind = "zoom"\nimage = "colour.png"\ncolour = true\nat = [5, 50]\n')
    red, green, blue = (str(plane[4, 49]) for plane in planes("colour.png"))
    told = [reel_value(reel, f"at.{name}", None) for name in ("red", "green", "blue", "pixel")]
    assert told == [red, green, blue, f"{red}, {green}, {blue}"]
    assert spoken(reel, reel.frames[-1]) == (
        "Step 6: rows 4 to 6, columns 49 to 51: 3 by 3 pixels; "
        f"row 5, column 50 holds red {red}, green {green}, blue {blue}."
    )


def test_what_is_spoken_tells_the_place_and_a_number_that_can_be_read() -> None:
    reel = zoom_of('id = "a"\nkind = "zoom"\nimage = "grey.png"\nat = [70, 1]\nsizes = [40, 3]\n')
    pixel = planes("grey.png")[0, 69, 0]
    assert [spoken(reel, frame) for frame in reel.frames] == [
        "Step 1: rows 31 to 70, columns 1 to 40: 40 by 40 pixels.",
        f"Step 2: rows 68 to 70, columns 1 to 3: 3 by 3 pixels; row 70, column 1 holds {pixel}.",
    ]
    assert scene_alt(reel) == (
        "A 70×90 image; windows of it, 40×40, 3×3 pixels, around row 70, column 1, "
        "each shown as large as the whole."
    )


@pytest.mark.parametrize("text", ZOOMS.values(), ids=ZOOMS)
def test_the_file_is_as_the_schema_says(text: str) -> None:
    VALIDATOR.validate(document_of(reel_from(text)))


@pytest.mark.parametrize(
    "change",
    [
        {"kernel": {"name": None, "shape": [1, 1, 1, 1]}},
        {"operation": "max"},
        {"frames": [{"window": [-1, 0], "size": [1, 1]}]},
        {"frames": [{"window": [0, 0], "size": [0, 1]}]},
        {"frames": [{"window": [0, 0]}]},
        {"frames": [{"window": [0, 0], "size": [1, 1], "sum": 3}]},
        {"at": [0]},
    ],
)
def test_another_file_is_not_what_the_schema_says(change: dict[str, Any]) -> None:
    document = document_of(reel_from(CLOSER))
    assert not VALIDATOR.is_valid({**document, **change})


def test_a_photograph_stands_in_a_file_and_its_last_window_in_the_json() -> None:
    reel = zoom_of('id = "a"\nkind = "zoom"\nimage = "grey.png"\nsizes = [70, 2]\n')
    document = document_of(reel)
    assert document["input"] == {"shape": [1, 70, 90], "file": "input.npy"}
    assert np.array_equal(document["output"]["values"], planes("grey.png")[:, 34:36, 44:46])
    VALIDATOR.validate(document)


def test_a_zoom_of_several_images_has_a_version_for_each() -> None:
    """What a changed number does is seen by a switch."""
    text = f'id = "a"\nkind = "zoom"\nimages = [{GRID}, {GRID.replace("7", "0")}]\nsizes = [3, 1]\n'
    first, second = scenes_from_toml(text, "zoom.md", 10, read_picture).scenes
    assert [first.image[0, 1, 2], second.image[0, 1, 2]] == [7, 0]


def test_more_windows_than_can_be_looked_at_are_refused() -> None:
    (problem,) = problems_of(f"{CLOSER}".replace("[[3, 4], 2, 1]", str([1] * 13)))
    assert '"sizes" lists 13 windows' in problem
