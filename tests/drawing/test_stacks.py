"""A stack's stage: cards with numbers, what is seen of each grid, and rows that a phone can show."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from generator.drawing import card_png, filmstrip_png
from generator.drawing.marks import ADVANCE, CELL, GAP, Mark, Outline, Photo, Tile, Words
from generator.drawing.panels.field import FieldPanel
from generator.drawing.panels.panel import Lens, marks_at
from generator.drawing.panels.stack_grid import StackGrid
from generator.drawing.panels.stack_grids import Place, StackPanel
from generator.drawing.stages import stage_of
from generator.scenes import Array, FrameRange, reel_value
from generator.scenes.kinds.stack import FieldFrame, StackReel
from generator.scenes.numerals import number_text
from tests.drawing.samples import FONT, LIGHT, PRINTED
from tests.drawing.test_stage import assert_inside, text_box
from tests.scenes.making import stack_from
from tests.scenes.stacks import Declared, stack_text

SOBEL = {"kernel": ["sobel-x", "sobel-y"], "padding": "same"}
POOL = {"kind": "pooling", "operation": "max", "kernel_size": 2}
BLUR = {"kernel": "blur", "padding": 1}
DOWN = {"kernel": [[1, 1], [1, 1]], "stride": 2}
UP = {"kernel": "gaussian", "scale": 16, "stride": 2, "transposed": True}


def stack(*layers: Declared, image: object = "ring") -> StackReel:
    return stack_from(stack_text({"id": "stack", "kind": "stack", "image": image, "layers": layers}))


def planes(count: int, size: int = 6) -> list[list[list[int]]]:
    return [
        [[(row * column + row + plane) % 10 for column in range(size)] for row in range(size)]
        for plane in range(count)
    ]


def filters(count: int, channels: int) -> list[object]:
    """Return so many filters, of few small weights."""
    return [
        [
            [[0, 0, 0], [0, int(channel == number % channels), 0], [0, 0, -int(channel == 0)]]
            for channel in range(channels)
        ]
        for number in range(count)
    ]


FIVE = stack(
    {"kernel": filters(4, 3), "padding": 1, "activation": "relu"},
    {"kernel": filters(4, 4), "padding": 1, "activation": "relu"},
    {**POOL, "kernel_size": 3, "stride": 1, "padding": 1},
    {"kernel": [[0, 1, 0], [0, 0, 0], [0, 0, 0]], "padding": 1, "groups": 4},
    {"kernel": filters(1, 4), "padding": 1, "bias": 1, "activation": "relu"},
    image=planes(3),
)
"""Three channels, four filters, five layers of 6×6 cells."""
REELS = {
    "two layers": stack({"kernel": "sobel-x", "activation": "relu"}, POOL),
    "maps at the end": stack(SOBEL, {**POOL, "stride": 1}),
    "five layers": FIVE,
    "pixels to the end": stack(POOL, {**POOL, "operation": "average"}),
    "fractions": stack(BLUR, BLUR, {"kernel": [[0.004, -12345.67]]}),
    "a line": stack({"kernel": [[1, 1]]}, {"kernel": [[1, -1]], "padding": 1}, image=[[1, 2, 3, 4, 5, 6]]),
    "cells that see nothing": stack({"kernel": [[1]], "padding": 2}, POOL, image=[[5]]),
    "down and up": stack(DOWN, UP),
    "pooled and up, cropped": stack(
        POOL, {**UP, "padding": 1, "output_padding": 1, "bias": -3, "activation": "relu"}
    ),
    "between patches": stack(
        {"kernel": [[2]]}, {"kernel": [[1, 2]], "stride": 3, "transposed": True}, image=[[1, 2], [3, 4]]
    ),
    "one pixel": stack({"kernel": [[1]]}, {"kernel": [[1]]}, image=[[5]]),
}
REELS["pools and their edges"] = stack(
    {"kernel": "sobel-x", "padding": "same-upper", "stride": 2},
    {**POOL, "operation": "average", "padding": 1, "ceil_mode": True, "count_include_pad": False},
    {**POOL, "kernel_size": "global"},
)
EVERY_REEL = pytest.mark.parametrize("reel", REELS.values(), ids=REELS)


def marks_of(reel: StackReel, frame: FieldFrame) -> list[Mark]:
    return list(marks_at(StackPanel(reel), reel, frame))


def place_of(reel: StackReel, at: int) -> Place:
    return StackPanel(reel).places[at]


def box_of(place: Place, row: int, column: int) -> tuple[float, float]:
    """Return where the tile of a front card's cell begins."""
    return place.x + 4 + column * CELL + GAP / 2, place.y + place.head + row * CELL + GAP / 2


def shown_on(place: Place, marks: list[Mark]) -> dict[tuple[int, int], Tile]:
    """Return the numbers on the front card of a grid, by row and column."""
    tiles = {
        (round(mark.x, 3), round(mark.y, 3)): mark for mark in marks if isinstance(mark, Tile) and mark.text
    }
    rows, columns = place.grid.cells
    boxes = {
        (row, column): tuple(round(side, 3) for side in box_of(place, row, column))
        for row in range(rows)
        for column in range(columns)
    }
    return {cell: tiles[box] for cell, box in boxes.items() if box in tiles}


def grids(reel: StackReel) -> Iterator[tuple[int, Array]]:
    """Yield the numbers of each grid, the image first."""
    yield from enumerate(reel.grids)


@EVERY_REEL
def test_every_mark_lies_inside_the_panel(reel: StackReel) -> None:
    """In every frame, for all that moves."""
    for panel in (StackPanel(reel), FieldPanel(reel)):
        for frame in reel.frames:
            assert_inside(marks_at(panel, reel, frame), panel.size, below=0.25)


@EVERY_REEL
def test_the_grids_show_all_numbers_from_the_start_but_the_last(reel: StackReel) -> None:
    """The front cards hold what the layers make; the last one fills cell by cell, map by map."""
    for frame in reel.frames:
        marks = marks_of(reel, frame)
        for at, maps in grids(reel):
            place = place_of(reel, at)
            last = at == len(reel.scene.layers)
            plane = frame.place[0] if last else frame.sights[at].planes[0]
            done = frame.place[1] * maps.shape[2] + frame.place[2] + 1
            expected = [number_text(number) for number in maps[plane].ravel().tolist()][
                : done if last else None
            ]
            assert [tile.text for tile in shown_on(place, marks).values()] == expected


@EVERY_REEL
def test_an_outline_holds_just_what_is_seen(reel: StackReel) -> None:
    """On each grid the tiles within the window are those that the cell sees; none where it sees none."""
    for frame in reel.frames:
        marks = marks_of(reel, frame)
        windows = [mark for mark in marks if isinstance(mark, Outline) and mark.part == "window"]
        assert len(windows) == sum(sight.seen is not None for sight in frame.sights)
        for at, sight in enumerate(frame.sights):
            place = place_of(reel, at)
            inside = {
                cell
                for cell in np.ndindex(place.grid.cells)
                for window in windows
                if window.x <= box_of(place, *cell)[0] < window.x + window.width
                and window.y <= box_of(place, *cell)[1] < window.y + window.height
            }
            if sight.seen is None:
                assert inside == set()
                continue
            row, column, height, width = sight.seen
            assert inside == {(row + down, column + across) for down, across in np.ndindex(height, width)}


@EVERY_REEL
def test_the_cell_being_filled_is_marked(reel: StackReel) -> None:
    for frame in reel.frames:
        place = place_of(reel, len(reel.scene.layers))
        (target,) = [m for m in marks_of(reel, frame) if isinstance(m, Outline) and m.part == "target"]
        assert (target.x + 1, target.y + 1) == pytest.approx(box_of(place, *frame.place[1:]))


@EVERY_REEL
def test_the_cells_of_the_last_grid_are_there_before_they_are_filled(reel: StackReel) -> None:
    """Each has its line, on the card that stands in front."""
    place = place_of(reel, len(reel.scene.layers))
    boxes = {box_of(place, *cell) for cell in np.ndindex(place.grid.cells)}
    for frame in reel.frames:
        marks = marks_of(reel, frame)
        lines = [mark for mark in marks if isinstance(mark, Outline) and mark.part == "empty"]
        assert {(line.x - 1, line.y - 1) for line in lines} == boxes


@EVERY_REEL
def test_lenses_are_as_many_in_every_frame(reel: StackReel) -> None:
    """The page has one element for each of them; a size that changes is told."""
    counted = {len(StackPanel(reel).lenses(frame)) for frame in reel.frames}
    sizes: dict[int, set[tuple[float, float]]] = {}
    for frame in reel.frames:
        for number, lens in enumerate(StackPanel(reel).lenses(frame)):
            if (
                lens.shown
                and lens.size is None
                and isinstance(lens.marks[0], Outline)
                and len(lens.marks) == 1
            ):
                sizes.setdefault(number, set()).add((lens.marks[0].width, lens.marks[0].height))
    assert len(counted) == 1
    assert all(len(found) == 1 for found in sizes.values())


@EVERY_REEL
def test_no_number_leaves_its_tile_and_every_role_has_a_colour(reel: StackReel) -> None:
    for panel in (StackPanel(reel), FieldPanel(reel)):
        for mark in marks_at(panel, reel, reel.frames[0]):
            assert isinstance(mark, Photo) or mark.ink in LIGHT
            if isinstance(mark, Tile):
                assert mark.fill in LIGHT
                assert len(mark.text) * mark.size * ADVANCE <= mark.width


@EVERY_REEL
def test_words_of_a_grid_keep_apart(reel: StackReel) -> None:
    """No two on one line run into each other, also of neighbouring grids."""
    for frame in (reel.frames[0], reel.frames[-1]):
        words = [mark for mark in marks_of(reel, frame) if isinstance(mark, Words)]
        for line in {word.y for word in words}:
            boxes = sorted(text_box(word) for word in words if word.y == line)
            assert all(one[1] < other[0] for one, other in pairwise(boxes))


def names(reel: StackReel, frame: FieldFrame) -> list[str]:
    return [mark.text for mark in marks_of(reel, frame) if isinstance(mark, Words)]


def test_grids_say_what_they_are() -> None:
    """Name and size, how the layer makes its maps, and how large the field is on each."""
    assert names(REELS["two layers"], REELS["two layers"].frames[0]) == [
        *("input 7×7", "field 4×4"),
        *("layer 1 5×5", "Sobel x, 3×3,", "ReLU", "field 2×2"),
        *("layer 2 2×2", "max 2×2,", "stride 2"),
    ]
    edges = REELS["pools and their edges"]
    assert names(edges, edges.frames[0]) == [
        *("input 7×7", "field 13×13"),
        *("layer 1 4×4", "Sobel x, 3×3,", "stride 2,", "padding 1", "field 6×6"),
        *("layer 2 3×3", "average 2×2,", "stride 2,", "padding 1,", "not counted,", "ceil mode", "field 3×3"),
        *("layer 3 1×1", "max 3×3,", "global"),
    ]


def test_a_transposed_layer_says_so() -> None:
    """Where neighbours see more or less of a grid, its field is told as the largest."""
    two, cropped = REELS["down and up"], REELS["pooled and up, cropped"]

    assert names(two, two.frames[0]) == [
        *("input 7×7", "field up to 4×4"),
        *("layer 1 3×3", "2×2, stride 2", "field up to 2×2"),
        *("layer 2 7×7", "transposed, Gaussian,", "3×3, stride 2"),
    ]
    assert " ".join(names(cropped, cropped.frames[0])).endswith(
        "layer 2 6×6 transposed, Gaussian, 3×3, stride 2, padding 1, output padding 1, ReLU"
    )


def test_a_cell_between_patches_has_no_outline() -> None:
    """The number that stands there is the bias, and no grid below has anything to show."""
    reel = REELS["between patches"]
    windows = [
        sum(isinstance(mark, Outline) and mark.part == "window" for mark in marks_of(reel, frame))
        for frame in reel.frames[:5]
    ]

    assert windows == [2, 2, 0, 2, 2]
    assert names(reel, reel.frames[2])[1] == "field up to 1×1"


def test_cards_are_counted() -> None:
    """Beside the name; where they take turns, it says which one is in front."""
    reel = REELS["maps at the end"]
    ends = [
        [name for name in names(reel, frame) if " of " in name] for frame in (reel.frames[0], reel.frames[-1])
    ]

    assert "×3" in names(FIVE, FIVE.frames[0])
    assert ends == [["1 of 2", "1 of 2"], ["2 of 2", "2 of 2"]]


@pytest.mark.parametrize(("channels", "edges"), [(1, 0), (2, 1), (4, 3), (8, 3)])
def test_at_most_three_cards_stand_out_behind_the_front(channels: int, edges: int) -> None:
    """Each shows a part of its first row and of its last column, in its own colours."""
    reel = stack({"kernel": filters(1, channels)}, {"kernel": [[1]]}, image=planes(channels))
    grid = StackGrid(reel, 0)
    shown = [mark for mark in grid.still(grid.head) if isinstance(mark, Tile) and not mark.text]

    assert len(shown) == edges * 12
    if edges:
        values = reel.image[1][0].tolist()
        first_row = shown[(edges - 1) * 12 :][:6]
        assert [mark.fill for mark in first_row] == [grid.colours(value)[0] for value in values]


def test_what_only_pools_has_made_are_pixels_still() -> None:
    """They are grey as in the image; every other map is coloured by signs."""

    def fills(reel: StackReel, at: int) -> set[str]:
        tiles = shown_on(place_of(reel, at), marks_of(reel, reel.frames[-1])).values()
        return {tile.fill.partition("-")[0] for tile in tiles}

    assert [fills(REELS["pixels to the end"], at) for at in range(3)] == [{"pixel"}] * 3
    assert fills(REELS["two layers"], 2) <= {"plus", "minus", "zero"}


def test_a_stack_of_five_layers_can_be_read_on_a_phone() -> None:
    """Three channels, four filters, 6×6 cells: numbers of nine pixels, on a screen 390 wide."""
    panel = StackPanel(FIVE)

    assert [len(row) for row in panel.rows] == [3, 3]
    assert panel.phone_number_size >= 9
    assert [place.x for place in panel.places[:3]] == [place.x for place in panel.places[3:]]


@pytest.mark.parametrize(
    ("reel", "rows"),
    [
        (REELS["a line"], [1, 1, 1]),
        (stack(BLUR, BLUR, image=[[1] * 4] * 30), [3]),
    ],
)
def test_rows_follow_from_the_grids(reel: StackReel, rows: list[int]) -> None:
    """Wide grids stand below one another, high ones beside one another, in their order."""
    panel = StackPanel(reel)

    assert [len(row) for row in panel.rows] == rows
    assert [place.grid.at for place in panel.places] == list(range(len(panel.grids)))


def test_the_line_below_says_what_one_cell_sees() -> None:
    """Near an edge it sees less; the sum stands beside, and what the activation leaves of it."""
    two, five, up = (FieldPanel(reel) for reel in (REELS["two layers"], FIVE, REELS["down and up"]))
    tiles = {mark.part: mark.text for mark in five.moving(FIVE.frames[0]) if isinstance(mark, Tile)}

    assert two.words == "one cell sees 4×4 pixels"
    assert five.words == "one cell sees up to 11×11 pixels"
    assert up.words == "one cell sees up to 4×4 pixels"
    assert tiles == {"total": number_text(FIVE.frames[0].sum), "answer": number_text(FIVE.frames[0].value)}
    assert [mark.part for mark in two.moving(REELS["two layers"].frames[0]) if isinstance(mark, Tile)] == [
        "total"
    ]


@EVERY_REEL
def test_a_stack_is_filmed_and_shared(reel: StackReel) -> None:
    """Its strip and its card are pictures like those of any scene."""
    for made in (filmstrip_png(reel, LIGHT, FONT), card_png(reel, "Stacks", "A course", PRINTED, FONT)):
        assert made.startswith(b"\x89PNG")


def test_a_stage_has_one_panel_of_grids() -> None:
    stage = stage_of(FIVE)

    assert (stage.inputs, len(stage.maps), [len(row) for row in stage.rows()]) == ((), 1, [1])


def test_a_card_that_is_not_in_front_is_hidden() -> None:
    """It is there, complete, for a script to show."""
    reel = REELS["maps at the end"]
    cards = [lens for lens in StackPanel(reel).lenses(reel.frames[-1]) if is_card(lens)]

    assert [lens.shown for lens in cards] == [False, True, False, True]
    assert {sum(isinstance(mark, Tile) for mark in lens.marks) for lens in cards} == {49, 36}


def is_card(lens: Lens) -> bool:
    return any(isinstance(mark, Tile) for mark in lens.marks)


def card_of(reel: StackReel, at: int) -> list[str]:
    """Return the numbers on the front card of a grid after the last frame."""
    return [tile.text for tile in shown_on(place_of(reel, at), marks_of(reel, reel.frames[-1])).values()]


def totals_of(reel: StackReel) -> list[str]:
    panel = FieldPanel(reel)
    drawn = (mark for frame in reel.frames for mark in panel.moving(frame) if isinstance(mark, Tile))
    return [tile.text for tile in drawn if tile.part == "total"]


def quoted(reel: StackReel, *names: str) -> list[str]:
    return [reel_value(reel, name, FrameRange(1, 1)) for name in names]


CURVE = {"kernel": "sobel-x", "activation": "sigmoid"}
NEAR_THE_ENDS = [[10, 20, 30], [20, 40, 10], [30, 20, 10]]


@pytest.mark.parametrize(
    ("layers", "below", "total"),
    [
        ([{"kernel": [[0.001]]}, {"kernel": [[1]], "activation": "sigmoid"}], "0.003", "0.003"),
        ([{"kernel": [[1]]}, {"kernel": [[0.001]], "activation": "tanh"}], "3", "0.003"),
    ],
)
def test_what_is_below_a_curve_is_exact(layers: list[Declared], below: str, total: str) -> None:
    """The grid below it, and its sums, are those that prose quotes."""
    reel = stack(*layers, image=[[3]])

    assert (card_of(reel, 1), totals_of(reel)) == ([below], [total])
    assert quoted(reel, "window", "sum") == [below, total]


def test_what_a_curve_has_made_is_rounded_wherever_it_stands() -> None:
    """In its grid, and under the window of the layer above; the bias there was declared."""
    reel = stack({**CURVE, "padding": 1}, {"kernel": "box-blur", "bias": 0.001}, image=NEAR_THE_ENDS)

    assert (card_of(reel, 1), totals_of(reel)) == (list("110100100"), ["0.45"])
    assert quoted(reel, "window", "pixel", "products", "products.plus", "terms.3", "bias", "sum") == [
        "≈ 1 1 0 / 1 0 0 / 1 0 0",
        "≈ 1",
        "≈ 0.11 + 0.11 + 0 + 0.11 + 0 + 0 + 0.11 + 0 + 0",
        "≈ 0.44",
        "1 × 1/9 ≈ 0.11, 0 × 1/9 ≈ 0, 0 × 1/9 ≈ 0",
        "0.001",
        "≈ 0.45",
    ]


ABOVE = {
    "a convolution": {"kernel": "box-blur"},
    "a pool": {**POOL, "kernel_size": 3},
    "a transposed convolution": {"kernel": [[1]], "transposed": True},
}


@pytest.mark.parametrize("layer", ABOVE.values(), ids=ABOVE)
def test_a_curve_so_near_its_end_that_no_float_tells_is_not_exact(layer: Declared) -> None:
    """The sigmoid of 32 is less than 1."""
    reel = stack(CURVE, layer, image="step")

    (window,) = quoted(reel, "window")
    assert window in ("≈ 0.5 1 1 / 0.5 1 1 / 0.5 1 1", "≈ 0.5")
    assert quoted(reel, "sum")[0].startswith("≈ ")


def test_small_numbers_that_tanh_makes_are_no_end() -> None:
    """It goes through 0, and what it makes there has a sign, and a colour."""
    reel = stack({"kernel": [[0.001]], "activation": "tanh"}, {"kernel": [[1]]}, image=[[-3, 3]])

    assert card_of(reel, 1) == card_of(reel, 2) == ["−0.003", "0.003"]
    assert quoted(reel, "window", "sum") == ["≈ −0.003"] * 2
