"""The weights as they lie on an image: on each pixel under the window the one that multiplies it."""

from itertools import product

import pytest

from generator.drawing import stage_of, svg
from generator.drawing.marks import CELL, Tile
from generator.drawing.numbers import weight_ink
from generator.drawing.panels.laid import WeighedInput
from generator.drawing.panels.panel import marks_at
from generator.scenes.kinds.sliding import SlidingReel
from tests.scenes.making import narrowed, reel_from

SCENES = {
    "plain": 'image = "step"\nkernel = "sobel-x"\n',
    "turned": 'image = "step"\nkernel = "sobel-x"\noperation = "convolution"\n',
    "padded": 'image = "corner"\nkernel = "laplacian"\npadding = 1\n',
    "dilated": 'image = "step"\nkernel = [[1, 2], [3, -4]]\ndilation = [2, 3]\nstride = [1, 2]\n',
    "grouped": "image = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]\n"
    "kernel = [[[[1, -1]]], [[[2, 10]]]]\ngroups = 2\n",
    "channels": "image = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]\nkernel = [[[[1, -1]], [[2, 3]]]]\n",
    "ninths": 'image = "step"\nkernel = "box-blur"\n',
}


def reel_of(keys: str) -> SlidingReel:
    return narrowed(SlidingReel, reel_from(f'id = "laid"\n{keys}'))


@pytest.mark.parametrize("keys", SCENES.values(), ids=SCENES)
def test_each_weight_lies_on_the_pixel_that_it_multiplies(keys: str) -> None:
    """In every frame, of every channel that a filter sees: its number, its sign's colour, and its place."""
    reel = reel_of(keys)
    stage = stage_of(reel)
    down, across = reel.layer.geometry.dilation
    for frame, panel in product(reel.frames, stage.inputs):
        assert isinstance(panel, WeighedInput)
        (lens,) = panel.lenses(frame)
        if panel.plane not in frame.planes:
            assert not lens.shown
            continue
        channel = frame.planes.index(panel.plane)
        weights = reel.layer.laid[frame.place[0]][channel]
        texts = reel.layer.texts[frame.place[0]][channel]
        pixels = list(marks_at(panel, reel, frame))
        assert len(lens.laid) == weights.size
        for tile, (row, column) in zip(lens.laid, product(*map(range, weights.shape)), strict=True):
            middle = lens.x + tile.x + tile.width / 2, lens.y + tile.y + tile.height / 2
            under = next(mark for mark in pixels if isinstance(mark, Tile) and holds(mark, *middle))
            corner = lens.x + column * across * CELL, lens.y + row * down * CELL
            assert (under.x, under.y) == pytest.approx((corner[0] + 1, corner[1] + 1))
            assert tile.text.lstrip("+") == texts[row][column]
            ink = weight_ink(weights[row, column].item())
            assert tile.fill == ("hairline" if ink == "muted" else ink)


def holds(tile: Tile, x: float, y: float) -> bool:
    """Return whether a place lies on a tile of the input."""
    return tile.part == "pixel" and 0 < x - tile.x < tile.width and 0 < y - tile.y < tile.height


@pytest.mark.parametrize("keys", SCENES.values(), ids=SCENES)
def test_a_weight_is_smaller_than_its_pixel_and_its_number_fits(keys: str) -> None:
    reel = reel_of(keys)
    for panel in stage_of(reel).inputs:
        for tile in panel.lenses(reel.frames[0])[0].laid:
            assert tile.height < CELL / 3
            assert len(tile.text) * tile.size * 0.6 <= tile.width <= CELL - 2


def test_weights_too_long_for_a_pixel_lie_there_as_colours_alone() -> None:
    reel = reel_of('image = "step"\nkernel = [[0.0625, -0.0625, 0]]\n')
    laid = stage_of(reel).inputs[0].lenses(reel.frames[0])[0].laid
    assert [tile.text for tile in laid] == ["", "", ""]
    assert [tile.fill for tile in laid] == ["plus", "minus", "hairline"]


def test_a_page_has_them_and_a_film_does_not() -> None:
    """In a film they would be too small to be read."""
    reel = reel_of(SCENES["plain"])
    panel = stage_of(reel).inputs[0]
    page = svg(panel.size, panel.still(), "input", panel.lenses(reel.frames[0]))
    assert page.count('class="laid ') == 9
    assert [
        mark for lens in panel.lenses(reel.frames[0]) for mark in lens.placed() if isinstance(mark, Tile)
    ] == []
