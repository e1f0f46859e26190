"""What a stage shows of every option: a reader who looks, and calculates, finds what was declared.

Numbers are read off the marks, and held against exact loops that share no code with the project.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from generator.drawing import Stage, stage_of, svg
from generator.drawing.marks import (
    BORDER,
    CELL,
    FRAME,
    LABEL,
    SIGN_WIDTH,
    Mark,
    Outline,
    Tile,
    Words,
    text_width,
)
from generator.drawing.numbers import tile_colours
from generator.drawing.panels.panel import Lens, Panel, drawn_over, marks_at, marks_left
from generator.scenes import Frame, Reel
from generator.scenes.kinds.pooling import PoolingReel
from generator.scenes.kinds.sliding import SlidingReel
from generator.scenes.kinds.spreading import SpreadingReel
from generator.site.script_data import script_data
from tests.scenes import oracle
from tests.scenes.making import pooling_from, reel_from, spreading_from
from tests.scenes.option_scenes import (
    CORNERS,
    OPTION_SCENES,
    PLANES,
    POOLS,
    ROWS,
    SLIDING,
    SPREADING,
    pool,
    scene,
)

NEARLY = 0.0051
"""What may be lost where a number is printed with two decimals."""
Place = tuple[int, int]
Reading = tuple[str, str, str]
"""What a tile says, its colour, and that of its number."""

UNREACHED = scene(
    CORNERS, CORNERS, stride="3", output_padding="1", bias="-2", activation='"relu"', transposed="true"
)
"""A transposed scene with cells that no pixel reaches, and an activation that takes its bias away."""
SCENES = {**OPTION_SCENES, "cells that no pixel reaches": UNREACHED}
WINDOWS = {**SLIDING, **POOLS}
NUMPYS_MODES: Mapping[str, Any] = {
    "zeros": "constant",
    "constant": "constant",
    "symmetric": "symmetric",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


def each(scenes: Mapping[str, str]) -> pytest.MarkDecorator:
    """Return what runs a test with the TOML of each of the scenes."""
    return pytest.mark.parametrize("text", scenes.values(), ids=scenes)


def cells(marks: Iterable[Mark], part: str) -> list[Tile]:
    return [mark for mark in marks if isinstance(mark, Tile) and mark.part == part]


def texts(marks: Iterable[Mark], part: str) -> list[str]:
    return [cell.text for cell in cells(marks, part)]


def readings(drawn: Iterable[Tile]) -> list[Reading]:
    return [(cell.text, cell.fill, cell.ink) for cell in drawn]


def outlined(marks: Iterable[Mark], part: str) -> list[Outline]:
    return [mark for mark in marks if isinstance(mark, Outline) and mark.part == part]


def number(text: str) -> Fraction:
    """Return the number that a printed text says."""
    return Fraction(text.replace("−", "-"))


def printed(value: oracle.Number, *, signed: bool = False) -> str:
    """Return a whole number, or a fraction, as it is printed; `signed` is one above zero too."""
    plus = "+" if signed and value > 0 else ""
    return plus + str(value).replace("-", "−")


def place_of(mark: Tile | Outline) -> Place:
    """Return the row and column of the grid in which the middle of a mark lies."""
    x, y = mark.x + mark.width / 2, mark.y + mark.height / 2
    return int((y - LABEL) // CELL), int((x - BORDER) // CELL)


def lies_in(cell: Tile, outlines: Iterable[Outline]) -> bool:
    """Return whether the middle of a tile lies inside one of the outlines."""
    x, y = cell.x + cell.width / 2, cell.y + cell.height / 2
    return any(
        outline.x < x < outline.x + outline.width and outline.y < y < outline.y + outline.height
        for outline in outlines
    )


def windowed_from(text: str) -> SlidingReel | PoolingReel:
    reel = reel_from(text)
    assert isinstance(reel, SlidingReel | PoolingReel)
    return reel


def shown(lenses: Iterable[Lens]) -> list[Lens]:
    return [lens for lens in lenses if lens.shown]


def declared(text: str) -> oracle.Layer | oracle.Pooling:
    return oracle.read(tomllib.loads(text))


def layer_of(text: str) -> oracle.Layer:
    layer = declared(text)
    assert isinstance(layer, oracle.Layer)
    return layer


def expected_frames(text: str) -> list[dict[str, Any]]:
    frames: list[dict[str, Any]] = oracle.expected(tomllib.loads(text))["frames"]
    return frames


# The input: what is under the window.


@each(WINDOWS)
def test_what_lies_under_the_window_is_what_is_multiplied(text: str) -> None:
    """Tile by tile, channel after channel, as they look on the input; and there is one for each weight."""
    reel = windowed_from(text)
    stage = stage_of(reel)
    for frame in reel.frames:
        under = [
            cell
            for panel in stage.inputs
            for cell in cells(panel.still(), "pixel")
            if lies_in(cell, outlined(drawn_over(panel, frame), "window"))
        ]
        factors = cells(marks_at(stage.work, reel, frame), "factor")

        assert readings(factors) == readings(under)
        assert len(factors) == len(frame.planes) * reel.kernel_size[0] * reel.kernel_size[1]


@each(WINDOWS)
def test_the_window_moves_as_it_was_declared(text: str) -> None:
    """Its corner is where the definition puts it, counted from the first pixel of the image."""
    reel = reel_from(text)
    stage, layer = stage_of(reel), declared(text)
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        row, column = expected["window"]
        for panel in stage.inputs:
            for lens in shown(panel.lenses(frame)[:1]):
                (top, _), (left, _) = layer.padding
                assert (lens.x, lens.y) == (BORDER + (column + left) * CELL, LABEL + (row + top) * CELL)


@each(SLIDING)
def test_a_window_lies_on_the_channels_of_its_filter_alone(text: str) -> None:
    """On the others it is hidden; and of the maps, only the filter's own is being filled."""
    reel, layer = reel_from(text), layer_of(text)
    stage = stage_of(reel)
    per_filter, per_group = len(layer.weights[0]), len(layer.weights) // layer.groups
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        chosen = expected["out"][0]
        first = chosen // per_group * per_filter
        seen = [plane for plane, panel in enumerate(stage.inputs) if shown(panel.lenses(frame))]
        filled = [plane for plane, panel in enumerate(stage.maps) if shown(panel.lenses(frame))]

        assert seen == list(range(first, first + per_filter))
        assert filled == [chosen]


@each(POOLS)
def test_a_pool_looks_at_one_channel(text: str) -> None:
    """The window is shown on it alone, and its own map is being filled."""
    reel = reel_from(text)
    stage = stage_of(reel)
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        for grids in (stage.inputs, stage.maps):
            seen = [plane for plane in range(len(grids)) if shown(grids[plane].lenses(frame))]
            assert seen == [expected["out"][0]]


def test_a_dilated_window_is_many_cells_in_a_thin_line() -> None:
    """A pixel that is passed over lies inside the thin line, and in none of the cells."""
    reel = reel_from(scene("[[1, 2, 3, 4, 5]]", "[[1, 1]]", dilation="3"))
    panel = stage_of(reel).inputs[0]
    marks = list(drawn_over(panel, reel.frames[0]))
    (span,) = outlined(marks, "span")
    windows = outlined(marks, "window")
    pixels = cells(panel.still(), "pixel")

    assert [cell.text for cell in pixels if lies_in(cell, windows)] == ["1", "4"]
    assert [cell.text for cell in pixels if lies_in(cell, [span])] == ["1", "2", "3", "4"]
    assert span.thickness < windows[0].thickness


# The input: padding.


@each(SLIDING)
def test_every_padded_pixel_looks_like_what_it_is(text: str) -> None:
    """A copy or a number has the grey of any pixel of that number, and hatched corners."""
    reel, layer = reel_from(text), layer_of(text)
    around = tuple(tuple(sides) for sides in layer.padding)
    for plane, panel in zip(layer.image, stage_of(reel).inputs, strict=True):
        height, width = len(plane), len(plane[0])
        numbers = np.arange(height * width).reshape(height, width)
        mode = NUMPYS_MODES[layer.padding_mode]
        sources = np.pad(numbers + 1, around, mode) - 1
        own = np.pad(np.ones((height, width), bool), around)
        tiles = cells(panel.still(), "pixel")
        pixels = [cell for cell, is_own in zip(tiles, own.ravel(), strict=True) if is_own]
        for cell, source, is_own in zip(tiles, sources.ravel(), own.ravel(), strict=True):
            if source < 0:
                colours = tile_colours(float(layer.padding_value), reel.greys)
                assert readings([cell]) == [(printed(layer.padding_value), *colours)]
                assert cell.is_outside
                continue
            row, column = divmod(int(source), width)
            assert cell.text == printed(plane[row][column])
            assert (cell.fill, cell.ink) == (pixels[source].fill, pixels[source].ink)
            assert bool(cell.is_outside) is not is_own

        assert not outlined(panel.still(), "empty")


@each({name: text for name, text in OPTION_SCENES.items() if "transposed" not in text})
def test_a_line_shows_where_a_padded_image_ends(text: str) -> None:
    """It lies around the image's own pixels; without padding there is none."""
    reel, layer = reel_from(text), declared(text)
    (top, bottom), (left, right) = layer.padding
    hanging = isinstance(layer, oracle.Pooling) and oracle.overhang(layer) != (0, 0)
    for panel in stage_of(reel).inputs:
        edges = outlined(panel.still(), "edge")
        height, width = reel.input_size
        box = (BORDER + left * CELL, LABEL + top * CELL, width * CELL, height * CELL)
        assert [(e.x, e.y, e.width, e.height) for e in edges] == (
            [box] if top + bottom + left + right or hanging else []
        )


@each(POOLS)
def test_a_number_stands_where_it_is_counted(text: str) -> None:
    """Pixels, and zeros that an average counts; what else lies under a window is an empty cell in a line."""
    stage, frames = stage_of(reel_from(text)), expected_frames(text)
    (top, _), (left, _) = declared(text).padding
    down, across = declared(text).dilation
    for frame in frames:
        panel = stage.inputs[frame["out"][0]]
        tiles = {place_of(cell): cell for cell in cells(panel.still(), "pixel")}
        lines = [place_of(line) for line in outlined(panel.still(), "empty")]
        for (j, k), value in np.ndenumerate(np.array(frame["values"], dtype=object)):
            place = frame["window"][0] + top + j * down, frame["window"][1] + left + k * across
            assert tiles[place].text == ("" if value is None else printed(value))
            assert value is not None or (tiles[place].fill == "paper" and place in lines)


def test_padding_of_max_pooling_has_no_number() -> None:
    """What pads is smaller than any number; a zero there would be read as larger than minus one."""
    tiles = cells(stage_of(reel_from(POOLS["the largest, padded"])).inputs[0].still(), "pixel")

    assert [cell.text for cell in tiles] == [*[""] * 5, "−1", "−2", "", "", "−3", "−4", *[""] * 5]
    assert {cell.fill for cell in tiles if not cell.text} == {"paper"}


def test_padding_of_an_average_is_counted_as_zeros() -> None:
    """They stand there, and under the window."""
    reel = reel_from(pool("average", "[[8, 4]]", "[1, 2]", padding="[0, 1]"))
    stage = stage_of(reel)

    assert texts(stage.inputs[0].still(), "pixel") == ["0", "8", "4", "0"]
    assert texts(marks_at(stage.work, reel, reel.frames[0]), "factor") == ["0", "8"]


def test_a_zero_of_padding_is_as_dark_as_one_of_the_image() -> None:
    """Only the hatching of its corners says that it is no pixel: in the input, and under the window."""
    reel = reel_from(scene("[[0, 9, 0]]", "[[2]]", padding="1"))
    stage = stage_of(reel)
    tiles = {place_of(cell): cell for cell in cells(stage.inputs[0].still(), "pixel")}
    outside, inside = tiles[0, 0], tiles[0, 1]
    under = cells(marks_at(stage.work, reel, reel.frames[0]), "factor")

    assert (outside.text, outside.fill) == (inside.text, inside.fill) == ("0", "pixel-0")
    assert (outside.is_outside, inside.is_outside) == (True, None)
    assert [bool(cell.is_outside) for cell in under] == [True]


# The arithmetic.


@each(SLIDING)
def test_the_weights_beside_a_window_are_those_of_its_filter(text: str) -> None:
    """As they lie on the window, with their signs, in every frame."""
    reel, layer = reel_from(text), layer_of(text)
    stage = stage_of(reel)
    everything = [weight for cube in layer.laid for plane in cube for row in plane for weight in row]
    has_negative = min(everything) < 0
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        weights = [w for plane in layer.laid[expected["out"][0]] for row in plane for w in row]
        drawn = cells(marks_at(stage.work, reel, frame), "weight")

        assert [cell.text for cell in drawn] == [printed(w, signed=has_negative) for w in weights]
        signs = {1: "plus", 0: "muted", -1: "minus"}
        assert [cell.ink for cell in drawn] == [signs[(w > 0) - (w < 0)] for w in weights]


@each(SLIDING)
def test_a_reader_who_calculates_finds_the_same(text: str) -> None:
    """Pixel times weight is the product, the products and the bias are the sum, and then the activation."""
    reel = reel_from(text)
    work = stage_of(reel).work
    for frame in reel.frames:
        marks = list(marks_at(work, reel, frame))
        columns = (map(number, texts(marks, part)) for part in ("factor", "weight", "product"))
        products = []
        for pixel, weight, product in zip(*columns, strict=True):
            assert abs(pixel * weight - product) <= NEARLY
            products.append(pixel * weight)
        biases = [
            number(mark.text.split()[1]) for mark in marks if isinstance(mark, Words) and mark.part == "bias"
        ]
        (total,) = map(number, texts(marks, "total"))
        answers = list(map(number, texts(marks, "answer")))

        assert abs(sum(products) + sum(biases) - total) <= NEARLY
        activation = layer_of(text).activation
        of_sum = [oracle.activated(total, activation)] if activation else []
        assert len(answers) == len(of_sum)
        assert all(abs(one - other) <= NEARLY for one, other in zip(answers, of_sum, strict=True))
        check_channels(layer_of(text), products, texts(marks, "subtotal"))


def check_channels(layer: oracle.Layer, products: list[Fraction], subtotals: list[str]) -> None:
    """Check that each channel's products make its own sum; a single channel has none."""
    size = len(layer.weights[0][0]) * len(layer.weights[0][0][0])
    sums = [sum(products[at : at + size]) for at in range(0, len(products), size)]
    if len(sums) == 1:
        assert subtotals == []
        return
    for exact, text in zip(sums, subtotals, strict=True):
        assert abs(exact - number(text)) <= NEARLY


def test_the_bias_is_told_over_the_sum() -> None:
    """That of the frame's own filter, with its sign; where all are zero, nothing is told."""
    reel = reel_from(scene("[[1]]", "[[[[1]]], [[[2]]], [[[3]]]]", bias="[-2, 0, 0.5]"))
    work = stage_of(reel).work
    told = [
        [mark.text for mark in marks_at(work, reel, frame) if isinstance(mark, Words) and mark.part == "bias"]
        for frame in reel.frames
    ]

    assert told == [["bias −2"], ["bias 0"], ["bias +0.5"]]
    plain = reel_from(scene("[[1]]", "[[1]]"))
    assert not any("bias" in words for words in words_of(stage_of(plain).work, plain.frames[0]))


def words_of(panel: Panel, frame: Frame) -> Iterator[str]:
    """Yield all words of a panel at a frame."""
    for mark in (*panel.still(), *panel.moving(frame)):
        if isinstance(mark, Words):
            yield mark.text


@pytest.mark.parametrize(
    ("activation", "lines", "leaves"),
    [
        ("relu", ["↓ ReLU"], "0"),
        ("leaky-relu", ["÷100 below 0", "↓ leaky ReLU"], "= −0.05"),
        ("sigmoid", ["1/(1+e^−x)", "↓ sigmoid"], "≈ 0.01"),
        ("tanh", ["↓ tanh"], "≈ −1"),
        ("abs", ["|x|", "↓ abs"], "5"),
        ("clamp", ["0 to 255", "↓ clamp"], "0"),
    ],
)
def test_an_activation_is_named_between_the_sum_and_what_it_leaves(
    activation: str, lines: list[str], leaves: str
) -> None:
    """The sum stands above the words, the answer below them; fractions say whether they are rounded."""
    reel = reel_from(scene("[[1]]", "[[-5]]", activation=f'"{activation}"'))
    panel = stage_of(reel).work
    marks = list(marks_at(panel, reel, reel.frames[0]))
    (total,), (answer,) = cells(marks, "total"), cells(marks, "answer")
    words = [mark for mark in marks if isinstance(mark, Words) and mark.x > total.x - SIGN_WIDTH]
    below = [mark for mark in words if mark.y > total.y + total.height]
    named = [mark for mark in below if mark.y <= answer.y]
    signs = [mark.text for mark in below if answer.y < mark.y < answer.y + answer.height]

    assert [mark.text for mark in named] == lines
    assert (total.text, " ".join([*signs, answer.text])) == ("−5", leaves)
    for mark in named:
        middle = text_width(mark.text, mark.size) / 2
        left, right = (mark.x - middle, mark.x + middle) if mark.anchor == "middle" else (0, mark.x)
        assert right <= answer.x + answer.width
        assert left >= 0


def test_an_answer_of_a_curve_has_the_colour_of_its_own_size() -> None:
    """Sums of thousands and answers below 1 are not measured by one another."""
    stage = stage_of(reel_from(scene("[[-2000, 1000, 0]]", "[[1]]", activation='"sigmoid"')))
    marks = [list(stage.work.moving(frame)) for frame in stage.reel.frames]

    assert [cells(each, "total")[0].fill for each in marks] == ["minus-4", "plus-2", "zero"]
    assert [cells(each, "answer")[0].fill for each in marks] == ["pixel-0", "pixel-18", "pixel-9"]


FRAMED = [
    (scene("[[-1, 0, 255, 256]]", "[[1]]", activation='"clamp"'), [[True, False, False, True]]),
    (scene("[[-1, 0, 255, 256]]", "[[1]]", activation='"relu"'), [[False] * 4]),
    (
        scene("[[100, 200], [0, 1]]", "[[1]]", bias="56", activation='"clamp"'),
        [[False, True], [False, False]],
    ),
]


@pytest.mark.parametrize(("text", "framed"), FRAMED)
def test_what_is_cut_off_has_a_frame_in_the_map_and_the_sum(text: str, framed: list[list[bool]]) -> None:
    """In every way to draw it: as SVG, for the script, and as pixels in the film."""
    stage = stage_of(reel_from(text))
    wanted = [cut for row in framed for cut in row]

    drawn = marks_left(stage.maps[0], stage.reel.frames)
    assert [cell.is_framed for cell in cells(drawn, "cell")] == wanted
    assert [cells(stage.work.moving(f), "answer")[0].is_framed for f in stage.reel.frames] == wanted
    classes = re.findall(r'<rect class="(cell [^"]*)"', svg((1, 1), drawn_map(stage), "map"))
    assert [name.endswith(" framed") for name in classes] == wanted
    frames = script_data(stage)["frames"]
    for key in ("answer", "cells"):
        painted = [frame[key] if key == "answer" else frame[key][0][1] for frame in frames]
        assert [word.split(":")[1].split()[1:] == ["framed"] for word in painted] == wanted
        assert not any(" " in word for word in painted)


def drawn_map(stage: Stage) -> list[Mark]:
    return list(marks_left(stage.maps[0], stage.reel.frames))


def test_a_cell_of_many_patches_is_framed_as_long_as_it_is_cut_off() -> None:
    """A later patch brings a sum back into the range."""
    stage = stage_of(reel_from(scene("[[3, 1]]", "[[-100, 100]]", activation='"clamp"', transposed="true")))
    cut = [[fill for _, _, fill in stage.written(frame)] for frame in stage.reel.frames]
    last = cells(marks_left(stage.maps[0], stage.reel.frames), "cell")

    assert [["framed" in fill for fill in fills] for fills in cut] == [[True, True], [False, False]]
    assert [(cell.text, cell.is_framed) for cell in last] == [("0", True), ("200", False), ("100", False)]


@pytest.mark.parametrize(("bias", "framed"), [("-3", 16), ("0", 0)])
def test_a_cell_that_no_patch_reaches_is_framed_where_its_bias_is_cut_off(bias: str, framed: int) -> None:
    """Before anything is added to it, and in the end, so that frames are as many as are said to be."""
    options = {"stride": "3", "bias": bias, "activation": '"clamp"', "transposed": "true"}
    reel = spreading_from(scene("[[1, 2], [3, 4]]", "[[1]]", **options))
    (panel,) = stage_of(reel).maps
    boxes = {tile.frame[:4]: tile.is_framed for tile in cells(marks_left(panel, reel.frames), "cell")}
    frames = [mark[:4] for mark in panel.still() if isinstance(mark, Outline) and mark.thickness == FRAME]

    assert len(set(frames)) == framed
    assert sum(boxes.get(box, True) for box in frames) == reel.cut_cells.sum() == (14 if framed else 0)


def test_small_answers_of_tanh_are_printed() -> None:
    """0 is the middle of that curve, and no end of it; the sigmoid has one there."""
    for activation, told in (("tanh", ["−0.003", "−0.004"]), ("sigmoid", ["0", "0"])):
        scaled, sums = ("1", "[[0.01, 0.02, 0.03]]") if activation == "tanh" else ("1000", "[[1, 2, 3]]")
        reel = reel_from(scene(sums, "[[0.1, -0.2]]", scale=scaled, activation=f'"{activation}"'))
        drawn = marks_left(stage_of(reel).maps[0], reel.frames)

        assert texts(drawn, "cell") == told


def test_an_output_of_patches_names_what_its_numbers_have_gone_through() -> None:
    """No line between two numbers could; what relu lets pass are the sums themselves."""
    names = [
        stage_of(reel_from(scene("[[1]]", "[[1]]", activation=f'"{name}"', transposed="true"))).maps[0].name
        for name in ("relu", "leaky-relu", "sigmoid", "tanh", "abs", "clamp")
    ]
    told = ["", ", leaky ReLU", ", sigmoid", ", tanh", ", abs", ", clamp"]
    assert names == [f"output 1×1{name}" for name in told]


@each(SLIDING)
def test_the_products_are_added_up_for_the_eye(text: str) -> None:
    """Several channels have a column of their own, and signs between all columns."""
    reel = reel_from(text)
    words = list(words_of(stage_of(reel).work, reel.frames[0]))
    channels = len(layer_of(text).weights[0])

    labels = ["window", "kernel", "products", *(["channels"] if channels > 1 else []), "sum"]
    assert [word for word in words if word in ("channels", *labels)] == labels
    at_answer = layer_of(text).activation == "leaky-relu"
    assert [words.count(sign) for sign in ("×", "=")] == [channels, channels + at_answer]
    assert words.count("Σ") == (channels + 1 if channels > 1 else 1)


# The arithmetic: pools and patches.


@each(POOLS)
def test_a_pool_shows_what_becomes_of_its_pixels(text: str) -> None:
    """The largest, or the sum and the average, as a reader finds them who looks at the pixels."""
    reel = pooling_from(text)
    work = stage_of(reel).work
    for frame in reel.frames:
        marks = list(marks_at(work, reel, frame))
        pixels = [number(told) for told in texts(marks, "factor") if told]
        (total,) = map(number, texts(marks, "total"))
        answers = list(map(number, texts(marks, "answer")))
        if reel.operation == "max":
            assert (total, answers) == (max(pixels), [])
        else:
            assert total == sum(pixels)
            (average,) = answers
            assert abs(average - total / len(pixels)) <= NEARLY


@each({name: text for name, text in POOLS.items() if '"max"' in text})
def test_the_winner_is_marked_where_it_stands(text: str) -> None:
    """On the input and in the window, around a tile with the number that is the answer."""
    reel = reel_from(text)
    stage = stage_of(reel)
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        panel = stage.inputs[expected["out"][0]]
        (on_input,) = outlined(drawn_over(panel, frame), "winner")
        (in_window,) = outlined(drawn_over(stage.work, frame), "winner")
        (winner,) = (cell for cell in cells(panel.still(), "pixel") if lies_in(cell, [on_input]))
        (factor,) = (c for c in cells(stage.work.moving(frame), "factor") if lies_in(c, [in_window]))
        (top, _), (left, _) = declared(text).padding

        assert place_of(winner) == (expected["winner"][0] + top, expected["winner"][1] + left)
        assert readings([winner]) == readings([factor])
        assert winner.text == printed(expected["value"]) == texts(stage.work.moving(frame), "total")[0]


def test_pooling_has_words_of_its_own() -> None:
    """What is taken of how many pixels can be read above and between the columns."""
    largest, average = (reel_from(POOLS[name]) for name in ("the largest", "the average"))

    assert list(words_of(stage_of(largest).work, largest.frames[0])) == ["window", "largest", "→"]
    assert list(words_of(stage_of(average).work, average.frames[0])) == [
        "window",
        "sum",
        "average",
        "Σ",
        "÷6≈",
    ]


def test_an_average_is_shared_by_what_is_counted() -> None:
    """The sign before it says by how many, in each frame."""
    hanging = reel_from(pool("average", "[[2, 4, 5]]", "2", ceil_mode="true"))
    uncounted = reel_from(pool("average", "[[2, 4, 5]]", "2", padding="[0, 1]", count_include_pad="false"))
    padded = reel_from(pool("average", "[[2, 4, 5]]", "2", padding="[0, 1]"))
    shares = [
        [list(words_of(stage_of(reel).work, frame))[-1] for frame in reel.frames]
        for reel in (hanging, uncounted, padded)
    ]

    assert shares == [["÷2", "÷1"], ["÷1", "÷2"], ["÷2", "÷2"]]


@each(SPREADING)
def test_a_pixel_times_the_kernel_is_the_patch(text: str) -> None:
    """One pixel, the weights of its channel, and their products, a row of grids for each output."""
    reel, layer = reel_from(text), layer_of(text)
    work = stage_of(reel).work
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        marks = list(marks_at(work, reel, frame))
        channel, row, column = expected["in"]
        patch = [n for plane in expected["patch"] for line in plane for n in line]
        weights = [w for plane in layer.laid[channel] for line in plane for w in line]

        assert texts(marks, "factor") == [printed(layer.image[channel][row][column])]
        assert list(map(number, texts(marks, "weight"))) == weights
        for told, exact in zip(texts(marks, "product"), patch, strict=True):
            assert abs(number(told) - exact) <= NEARLY


@each(SPREADING)
def test_the_pixel_that_spreads_is_marked_on_its_channel(text: str) -> None:
    """And on no other."""
    reel = reel_from(text)
    stage = stage_of(reel)
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        channel, *place = expected["in"]
        marked = {
            plane: [place_of(outline) for outline in outlined(drawn_over(panel, frame), "window")]
            for plane, panel in enumerate(stage.inputs)
        }
        assert marked == {plane: [tuple(place)] * (plane == channel) for plane in range(len(stage.inputs))}


@each(SPREADING)
def test_a_patch_lies_where_its_numbers_land(text: str) -> None:
    """Outlines lie on the cells of the outputs that it reaches, and beyond the edge where it is cropped."""
    reel, layer = spreading_from(text), layer_of(text)
    stage = stage_of(reel)
    outputs = len(layer.weights[0])
    (top, bottom), (left, right) = layer.padding
    height, width = reel.output_size
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        first = expected["in"][0] // (len(layer.image) // layer.groups) * outputs
        reached = {
            (
                expected["window"][0] + j * layer.dilation[0] + top,
                expected["window"][1] + k * layer.dilation[1] + left,
            )
            for j, k in np.ndindex(*reel.kernel_size)
        }
        for plane, panel in enumerate(stage.maps):
            windows = outlined(drawn_over(panel, frame), "window")
            grid = [
                grid_cell(row, column)
                for row in range(top + height + bottom)
                for column in range(left + width + right)
            ]
            under = {place_of(cell) for cell in grid if lies_in(cell, windows)}
            assert under == (reached if first <= plane < first + outputs else set())


def grid_cell(row: int, column: int) -> Tile:
    """Return a tile at a row and column of a grid."""
    return Tile(BORDER + column * CELL + 1, LABEL + row * CELL + 1, CELL - 2, CELL - 2, "paper")


# The output.


@each(SCENES)
def test_the_map_after_each_frame_says_what_is_there_by_then(text: str) -> None:
    """Tile by cell, in every output: what is filled, or of a transposed scene what has been added up."""
    reel = reel_from(text)
    stage = stage_of(reel)
    for frame, state in zip(reel.frames, states(text), strict=True):
        for plane, panel in enumerate(stage.maps):
            told = map_of(reel, panel, frame)
            assert told.keys() == state[plane].keys()
            for place, exact in state[plane].items():
                assert abs(number(told[place]) - exact) <= NEARLY, (frame.number, plane, place)


def states(text: str) -> Iterator[list[dict[Place, oracle.Number]]]:
    """Yield what stands in the cells of each output after each frame."""
    document = oracle.expected(tomllib.loads(text))
    filled: list[dict[Place, oracle.Number]] = [{} for _ in document["output"]["values"]]
    for frame in document["frames"]:
        if "output" in frame:
            filled = [
                {(r, c): value for r, row in enumerate(plane) for c, value in enumerate(row)}
                for plane in frame["output"]
            ]
        else:
            plane, row, column = frame["out"]
            filled[plane][row, column] = document["output"]["values"][plane][row][column]
        yield [dict(cells) for cells in filled]


def map_of(reel: Reel, panel: Panel, frame: Frame) -> dict[Place, str]:
    """Return what can be read in the cells of a map: a tile hides the words below it."""
    top = left = 0
    if isinstance(reel, SpreadingReel):
        top, left = (sides[0] for sides in reel.layer.geometry.padding)
    told = {}
    for mark in marks_left(panel, reel.frames[: frame.number]):
        words = mark.words if isinstance(mark, Tile) else mark
        if isinstance(words, Words) and words.part in ("begun-text", "cell-text"):
            row, column = int((words.y - LABEL) // CELL), int((words.x - BORDER) // CELL)
            told[row - top, column - left] = words.text
    return told


@each(WINDOWS)
def test_the_marked_cell_is_the_one_the_frame_fills(text: str) -> None:
    """The outline on the map stands around the newest number."""
    reel = reel_from(text)
    for frame, expected in zip(reel.frames, expected_frames(text), strict=True):
        plane, row, column = expected["out"]
        panel = stage_of(reel).maps[plane]
        (target,) = outlined(drawn_over(panel, frame), "target")
        (cell,) = cells(panel.lasting(frame), "cell")

        assert place_of(target) == place_of(cell) == (row, column)


def test_a_pools_answers_look_like_pixels() -> None:
    """A largest pixel has the same tile in the input, over its window, and in the map."""
    reel = reel_from(POOLS["the largest"])
    stage = stage_of(reel)
    pixels = {cell.text: (cell.fill, cell.ink) for cell in cells(stage.inputs[0].still(), "pixel")}
    for frame in reel.frames:
        (total,) = cells(stage.work.moving(frame), "total")
        (cell,) = cells(stage.maps[0].lasting(frame), "cell")
        assert (total.fill, total.ink) == (cell.fill, cell.ink) == pixels[cell.text]


# The stage as a whole.


@pytest.mark.parametrize(
    ("text", "inputs", "maps"),
    [
        (scene(ROWS, CORNERS), ["input 4×5"], ["feature map 3×4"]),
        (scene(ROWS, CORNERS, padding="1"), ["input 4×5 + zeros"], ["feature map 5×6"]),
        (SLIDING["padded with a mirror"], ["input 4×5 + mirrored"], ["feature map 7×6"]),
        (SLIDING["padded with a number"], ["input 4×5 + all −7"], ["feature map 5×8"]),
        (SLIDING["padded with the edge"], ["input 4×5 + edge repeated"], ["feature map 6×7"]),
        (SLIDING["padded all around"], ["input 4×5 + wrapped"], ["feature map 7×10"]),
        (SLIDING["channels"], ["channel 1 3×3", "channel 2 3×3"], ["feature map 2×2"]),
        (SLIDING["filters"], ["input 7×7"], ["map 1 5×5", "map 2 5×5"]),
        (
            SLIDING["filters, turned"],
            ["channel 1 3×3 + zeros", "channel 2 3×3 + zeros"],
            ["map 1 5×4", "map 2 5×4"],
        ),
        (SPREADING["patches side by side"], ["input 2×2"], ["output 4×4"]),
        (SPREADING["patches, cropped"], ["input 2×2"], ["output 2×2"]),
        (
            SPREADING["patches of channels, dilated"],
            ["channel 1 3×3", "channel 2 3×3"],
            ["output 1 3×3", "output 2 3×3"],
        ),
        (SLIDING["a map for each step"], ["input 4×5 + zeros"], ["feature map 2×3"]),
        (SLIDING["a line that sees nothing to come"], ["input 1×6 + zeros"], ["feature map 1×6"]),
        (POOLS["the largest, padded"], ["input 2×2 + padding"], ["feature map 2×2"]),
        (POOLS["the largest, hanging over"], ["input 4×5 + overhang"], ["feature map 2×3"]),
        (
            POOLS["the largest, padded and hanging over"],
            ["input 4×5 + padding, overhang"],
            ["feature map 2×3"],
        ),
        (POOLS["the average, hanging over"], ["input 4×5 + zeros, overhang"], ["feature map 2×3"]),
        (
            POOLS["the average of pixels alone"],
            ["channel 1 3×3 + padding", "channel 2 3×3 + padding"],
            ["map 1 2×2", "map 2 2×2"],
        ),
        (POOLS["the average of all"], ["input 4×5"], ["feature map 1×1"]),
        (
            pool("average", PLANES, "3", padding="1"),
            ["channel 1 3×3 + zeros", "channel 2 3×3 + zeros"],
            ["map 1 1×1", "map 2 1×1"],
        ),
    ],
)
def test_every_panel_has_a_name(text: str, inputs: list[str], maps: list[str]) -> None:
    """It says which channel or output it is, how large, and what lies around it."""
    stage = stage_of(reel_from(text))

    assert [panel.name for panel in stage.inputs] == inputs
    assert [panel.name for panel in stage.maps] == maps
    for panel in stage.grids:
        label = next(mark for mark in panel.still() if isinstance(mark, Words))
        assert label.text in (*inputs, *maps)


@each(SCENES)
def test_a_stage_has_all_its_panels_in_rows(text: str) -> None:
    """One input and one map stand side by side; more stand in a row of each."""
    stage = stage_of(reel_from(text))
    rows = list(stage.rows())

    assert [panel for row in rows for panel in row] == [*stage.inputs, *stage.maps]
    assert len(rows) == (1 if len(stage.inputs) == len(stage.maps) == 1 else 2)
