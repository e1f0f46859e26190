"""The thumbnail: input and map of a frame, tile by tile, whatever kind of scene it is."""

import re
from xml.etree import ElementTree as ET

import pytest

from generator.drawing.thumbnail import thumbnail_svg
from generator.scenes import Reel
from tests.drawing.samples import FLAGSHIP, WILD, grid, reel
from tests.drawing.test_card import REELS
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import MAGNITUDES, OPTION_SCENES

STACK = """id = "stack"
kind = "stack"
image = "step"
[[layers]]
kernel = "sobel-x"
[[layers]]
kind = "pooling"
operation = "max"
kernel_size = 2
"""
SCENES = {
    "stack": reel_from(STACK),
    **{name: reel_from(text) for name, text in {**OPTION_SCENES, **MAGNITUDES}.items()},
    **REELS,
}
RECTANGLE = re.compile(r"M(-?[\d.]+) (-?[\d.]+)h([\d.]+)v([\d.]+)h-\3z")
ROUNDED = 0.02
"""By which places may be off that have two decimals."""


def drawn(reel: Reel, number: int, *, is_numbered: bool = False) -> ET.Element:
    text = thumbnail_svg(reel, reel.frames[number - 1], is_numbered=is_numbered)
    return ET.fromstring(text)  # noqa: S314 - our own


def tiles(picture: ET.Element, class_name: str) -> int:
    """Return how many rectangles have a class."""
    return sum(
        len(RECTANGLE.findall(path.attrib["d"]))
        for path in picture.iter("path")
        if class_name in path.attrib["class"].split()
    )


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
@pytest.mark.parametrize("end", ["first", "last"])
def test_everything_lies_inside_the_picture(scene: Reel, end: str) -> None:
    """Tiles and outlines are rectangles, and none is cut by the picture's edge."""
    picture = drawn(scene, 1 if end == "first" else len(scene.frames))
    width, height = map(float, picture.attrib["viewBox"].split()[2:])
    for group in picture.iter("g"):
        dx, dy = map(float, re.findall(r"-?[\d.]+", group.attrib["transform"]))
        for path in group.iter("path"):
            boxes = RECTANGLE.findall(path.attrib["d"])
            assert path.attrib["d"] == "".join("M{} {}h{}v{}h-{}z".format(*box, box[2]) for box in boxes)
            for x, y, across, down in (map(float, box) for box in boxes):
                assert -ROUNDED <= dx + x <= dx + x + across <= width + ROUNDED
                assert -ROUNDED <= dy + y <= dy + y + down <= height + ROUNDED


def test_each_pixel_has_a_tile_and_each_frame_fills_a_cell() -> None:
    for number in (1, 12, 25):
        picture = drawn(FLAGSHIP, number)
        assert (tiles(picture, "fill-pixel-2"), tiles(picture, "fill-pixel-18")) == (21, 28)
        assert tiles(picture, "fill-zero") + tiles(picture, "fill-plus-4") == number
        assert tiles(picture, "line-window") == 2


def test_only_the_numbers_tell_a_numbered_one_apart() -> None:
    """Those of the frame, pixel by pixel and answer by answer."""
    plain, numbered = drawn(FLAGSHIP, 3), drawn(FLAGSHIP, 3, is_numbered=True)
    assert [text.text for text in numbered.iter("text")] == [*"1119999" * 7, "0", "32", "32"]
    for group in numbered.iter("g"):
        for text in group.findall("text"):
            group.remove(text)
    assert ET.tostring(plain) == ET.tostring(numbered)


def test_flat_ones_stand_one_below_the_other() -> None:
    """Side by side they would be too small beside a title."""
    width, height = map(float, drawn(reel(grid(1, 12), [[-1, 0, 1]]), 1).attrib["viewBox"].split()[2:])
    assert width < 12.5 * 40
    assert height > 2 * 40
    assert float(drawn(WILD, 1).attrib["height"]) < 3.2 * 40
