"""The geometry of a stage: where the marks of every frame stand, and what they say."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

import pytest

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    CELL,
    EMPTY_INSET,
    LABEL,
    NUMBER_SIZE,
    Mark,
    Outline,
    Photo,
    Tile,
    Words,
    fitting,
)
from generator.drawing.numbers import tint
from generator.drawing.palette import LIGHT_INKED, PIXEL_SHADES, TINTS
from generator.drawing.panels.panel import Panel, drawn_over, marks_at
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel
from generator.scenes.numerals import number_text
from tests.drawing.samples import FLAGSHIP, LIGHT, WILD, grid, reel
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import CORNERS, OPTION_SCENES, PLANES, ROWS, pool, scene

LONG = "[[0.004, 1000.25, 3], [-7, 8, -123.456], [1, 2, 3]]"
"""Numbers of every length."""
PLAIN = {
    "flagship": FLAGSHIP,
    "wild": WILD,
    "one pixel": reel([[3]], [[2]]),
    "a row": reel(grid(1, 12), [[-1, 0, 1]]),
    "a column": reel(grid(12, 1), [[-1], [0], [1]]),
    "a wide kernel": reel(grid(6, 6), grid(5, 5)),
    "fractions": reel("dot", "gaussian"),
    "large": reel(grid(20, 20), "sobel-y"),
}
WITH_OPTIONS = {name: reel_from(text) for name, text in OPTION_SCENES.items()}
WITH_LONG_NUMBERS = {
    "a long bias": reel_from(scene(ROWS, CORNERS, bias="-1234.56")),
    "a long bias of one weight": reel_from(scene(LONG, "[[0.125]]", bias="1000000", activation='"relu"')),
    "a long bias of many channels": reel_from(
        scene(PLANES, "[[[1, -1]], [[0.25, 1000]]]", bias="-0.001", activation='"relu"')
    ),
    "long numbers, padded": reel_from(scene(LONG, CORNERS, padding="2", padding_mode='"reflect"')),
    "long numbers that spread": reel_from(
        scene(LONG, "[[0.125, -1000], [3, 4]]", bias="-123456.75", transposed="true")
    ),
    "patches that take a long bias away": reel_from(
        scene("[[1000, 1000]]", "[[1]]", bias="-1000", transposed="true")
    ),
    "long numbers in a pool": reel_from(pool("max", LONG, "2", stride="1", padding="1")),
    "long numbers in an average": reel_from(pool("average", LONG, "3")),
    "a pool of many pixels": reel_from(pool("average", f"{grid(12, 12)}", "12")),
}
REELS = {**PLAIN, **WITH_OPTIONS, **WITH_LONG_NUMBERS}
EVERY_REEL = pytest.mark.parametrize("reel", REELS.values(), ids=REELS)
EVERY_PLAIN_REEL = pytest.mark.parametrize("reel", PLAIN.values(), ids=PLAIN)


def panels_of(reel: Reel) -> tuple[Panel, ...]:
    """Return the panels of a stage, from left to right."""
    stage = stage_of(reel)
    return (*stage.inputs, stage.work, *stage.maps)


def panels(reel: Reel) -> Iterator[tuple[Panel, list[Mark]]]:
    """Yield each panel with its marks at the first, the middle and the last frame."""
    for panel in panels_of(reel):
        for frame in three_frames(reel):
            yield panel, list(marks_at(panel, reel, frame))


def three_frames(reel: Reel) -> tuple[Frame, ...]:
    return reel.frames[0], reel.frames[len(reel.frames) // 2], reel.frames[-1]


def boxes(marks: Iterable[Mark]) -> Iterator[tuple[float, float, float, float]]:
    """Yield (left, top, right, bottom) of each tile, and of the letters of each text."""
    yield from (edges(mark, below=0.2) for mark in marks if isinstance(mark, Words | Tile))


def edges(mark: Mark, below: float) -> tuple[float, float, float, float]:
    """Return (left, top, right, bottom) of a mark; letters reach `below` their line, over their size."""
    if isinstance(mark, Words):
        left, right = text_box(mark)
        return left, mark.y - mark.size * 0.8, right, mark.y + mark.size * below
    half = mark.thickness / 2 if isinstance(mark, Outline) else 0
    return mark.x - half, mark.y - half, mark.x + mark.width + half, mark.y + mark.height + half


def assert_inside(marks: Iterable[Mark], size: tuple[float, float], below: float) -> None:
    """Hold every mark inside a panel of a (width, height); letters reach `below` their line."""
    width, height = size
    for mark in marks:
        left, top, right, bottom = edges(mark, below)
        assert left >= 0, mark
        assert top >= 0, mark
        assert right <= width, mark
        assert bottom <= height, mark


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def cells(marks: Iterable[Mark], part: str) -> list[Tile]:
    return [mark for mark in marks if isinstance(mark, Tile) and mark.part == part]


def outlines(marks: Iterable[Mark]) -> list[Outline]:
    return [mark for mark in marks if isinstance(mark, Outline)]


def text_box(words: Words) -> tuple[float, float]:
    """Return where a text begins and ends."""
    length = len(words.text) * words.size * ADVANCE
    start = words.x - {"start": 0, "middle": 0.5, "end": 1}[words.anchor] * length
    return start, start + length


@EVERY_REEL
def test_every_mark_lies_inside_its_panel(reel: Reel) -> None:
    """No outline, tile or word sticks out of the size that a panel claims."""
    for panel, marks in panels(reel):
        assert_inside(marks, panel.size, below=0.2)


@EVERY_REEL
def test_no_number_leaves_its_tile(reel: Reel) -> None:
    """However long a number is, it is printed within the tile it belongs to."""
    for _, marks in panels(reel):
        for mark in marks:
            if isinstance(mark, Tile):
                assert len(mark.text) * mark.size * ADVANCE <= mark.width, mark


@EVERY_REEL
def test_labels_of_a_panel_keep_apart(reel: Reel) -> None:
    """Words on one line never run into each other."""
    for _, marks in panels(reel):
        words = [mark for mark in marks if isinstance(mark, Words)]
        for line in {word.y for word in words}:
            ends = sorted(text_box(word) for word in words if word.y == line)
            assert all(one[1] < other[0] for one, other in pairwise(ends))


@EVERY_REEL
def test_words_and_tiles_keep_apart(reel: Reel) -> None:
    """No word lies on another or on a tile, and no tile on another, so that all can be read."""
    for _, marks in panels(reel):
        drawn = [mark for mark in marks if not isinstance(mark, Photo) and mark.part != "begun-text"]
        for one, other in combinations(boxes(drawn), 2):
            assert not overlap(one, other)


@EVERY_REEL
def test_what_a_sum_begins_with_stands_inside_its_cell(reel: Reel) -> None:
    """It is hidden by the number that comes in its place, and no longer than the cell."""
    for panel in stage_of(reel).maps:
        begun = [mark for mark in panel.still() if isinstance(mark, Words) and mark.part == "begun-text"]
        empty = [outline for outline in outlines(panel.still()) if outline.part == "empty"]
        for words, cell in zip(begun, empty, strict=bool(begun)):
            left, right = text_box(words)
            assert cell.x <= left, words
            assert right <= cell.x + cell.width, words


@EVERY_REEL
def test_every_role_of_a_mark_has_a_colour(reel: Reel) -> None:
    """A mark names no role that the palette does not know."""
    for _, marks in panels(reel):
        for mark in marks:
            assert isinstance(mark, Photo) or mark.ink in LIGHT
            assert not isinstance(mark, Tile) or mark.fill in LIGHT


@EVERY_REEL
def test_outlines_over_a_panel_are_the_same_in_every_frame(reel: Reel) -> None:
    """A lens only moves, is shown, or is hidden: the page draws it once."""
    for panel in panels_of(reel):
        first = [lens.marks for lens in panel.lenses(reel.frames[0])]
        for frame in reel.frames:
            assert [lens.marks for lens in panel.lenses(frame)] == first


@EVERY_REEL
def test_every_outline_stays_on_its_panel(reel: Reel) -> None:
    """In no frame does a lens that is shown leave the panel."""
    for panel in panels_of(reel):
        width, height = panel.size
        lenses = {lens for frame in reel.frames for lens in panel.lenses(frame)}
        for mark in {mark for lens in lenses for mark in outlines(lens.placed())}:
            half = mark.thickness / 2
            assert mark.x - half >= 0, mark
            assert mark.y - half >= 0, mark
            assert mark.x + mark.width + half <= width, mark
            assert mark.y + mark.height + half <= height, mark


@EVERY_PLAIN_REEL
def test_the_input_shows_every_pixel_in_reading_order(reel: Reel) -> None:
    """The tiles say what the image holds, row by row."""
    shown = [cell.text for cell in cells(stage_of(reel).inputs[0].still(), "pixel")]
    assert shown == [number_text(pixel) for pixel in reel.image.ravel().tolist()]


@EVERY_PLAIN_REEL
def test_the_window_lies_on_the_pixels_it_is_computed_from(reel: Reel) -> None:
    """The pixels inside the outline are those whose products are shown."""
    stage = stage_of(reel)
    pixels = cells(stage.inputs[0].still(), "pixel")
    for frame in reel.frames:
        (window,) = outlines(drawn_over(stage.inputs[0], frame))
        inside = [
            cell.text
            for cell in pixels
            if window.x <= cell.x < window.x + window.width and window.y <= cell.y < window.y + window.height
        ]
        assert inside == [cell.text for cell in cells(stage.work.moving(frame), "factor")]


@EVERY_PLAIN_REEL
def test_the_map_fills_one_cell_with_each_frame(reel: Reel) -> None:
    """After frame n there are n numbers, each inside the cell that was empty before."""
    panel = stage_of(reel).maps[0]
    places = [(mark.x - EMPTY_INSET, mark.y - EMPTY_INSET) for mark in outlines(panel.still())]
    answers = [number_text(frame.value) for frame in reel.frames]
    for frame in reel.frames:
        filled = cells(marks_at(panel, reel, frame), "cell")
        assert [cell.text for cell in filled] == answers[: frame.number]
        assert [(cell.x, cell.y) for cell in filled] == places[: frame.number]


def test_the_marked_cell_is_the_one_being_filled() -> None:
    """The outline on the map stands around the newest number."""
    frame = FLAGSHIP.frames[11]
    (cell,) = cells(stage_of(FLAGSHIP).maps[0].lasting(frame), "cell")
    (target,) = outlines(drawn_over(stage_of(FLAGSHIP).maps[0], frame))
    assert (target.x + 1, target.y + 1) == (cell.x, cell.y)


def test_the_sum_shows_products_with_their_signs() -> None:
    """Every product is printed with its sign, and zero without."""
    products = cells(stage_of(FLAGSHIP).work.moving(FLAGSHIP.frames[1]), "product")
    assert [cell.text for cell in products] == ["−1", "0", "+9", "−2", "0", "+18", "−1", "0", "+9"]


def test_the_weights_shown_are_those_on_the_window() -> None:
    """The kernel stands between window and products, signs printed and coloured."""
    weights = cells(stage_of(FLAGSHIP).work.still(), "weight")
    assert [cell.text for cell in weights] == ["−1", "0", "+1", "−2", "0", "+2", "−1", "0", "+1"]
    assert [cell.ink for cell in weights[:3]] == ["minus", "muted", "plus"]


def test_the_sum_of_a_frame_stands_beside_its_products() -> None:
    """The total says what the products add up to."""
    (total,) = cells(stage_of(FLAGSHIP).work.moving(FLAGSHIP.frames[1]), "total")
    assert (total.text, total.fill) == ("32", f"plus-{TINTS}")


def test_the_grid_is_where_the_page_expects_it() -> None:
    """The first pixel lies at the border and the label, one pitch from the next."""
    first, second = cells(stage_of(FLAGSHIP).inputs[0].still(), "pixel")[:2]
    assert (first.x, first.y) == (BORDER + 1, LABEL + 1)
    assert second.x - first.x == CELL


def test_dark_pixels_carry_light_numbers_and_bright_ones_dark_numbers() -> None:
    """The ink changes where the contrast of the other one is higher."""
    pixels = cells(stage_of(reel([list(range(PIXEL_SHADES))], [[1]])).inputs[0].still(), "pixel")
    assert [cell.fill for cell in pixels] == [f"pixel-{step}" for step in range(PIXEL_SHADES)]
    light = [cell.ink == "on-dark" for cell in pixels]
    assert light == [step < LIGHT_INKED for step in range(PIXEL_SHADES)]


def test_a_flat_image_is_no_darker_than_its_number_says() -> None:
    """Black is 0, whatever an image holds: where all pixels are alike they are not the darkest."""
    flat = stage_of(reel([[4, 4, 4]], [[2]]))
    assert {cell.fill for cell in cells(flat.inputs[0].still(), "pixel")} == {"pixel-9"}
    assert {cell.fill for cell in cells(marks_at(flat.maps[0], flat.reel, flat.reel.frames[-1]), "cell")} == {
        "pixel-18"
    }


def test_a_tint_never_hides_that_a_number_is_not_zero() -> None:
    """The smallest number still has the weakest tint of its sign, and zero has none."""
    assert [tint(value, 1000) for value in (0.001, -0.001, 0)] == ["plus-1", "minus-1", "zero"]


def test_a_tint_follows_the_share_of_the_largest() -> None:
    """A quarter, a half and the whole have three of the four strengths."""
    assert [tint(value, 8) for value in (2, 4, 8)] == ["plus-1", "plus-2", "plus-4"]


def test_a_short_number_has_the_usual_size_and_a_long_one_shrinks() -> None:
    """Numbers of up to two characters look alike; a longer one is as large as its tile allows."""
    assert fitting(["9"]) == fitting(["32"]) == NUMBER_SIZE
    assert fitting(["−12345.67"]) < fitting(["−0.004"]) < NUMBER_SIZE
