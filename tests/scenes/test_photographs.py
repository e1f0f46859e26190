"""Photographs: which positions have a frame, and that every number is the one that scipy finds."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import scipy
from PIL import Image

from generator.arithmetic import Array, luma
from generator.drawing.panels.photo import AnswersPanel
from generator.errors import InvalidValue
from generator.scenes import array_files, blank_frames, frame_range, frames_json, reel_value
from generator.scenes.documents import MOST_NUMBERS
from generator.scenes.kinds.sliding import sliding_reel
from tests.scenes.making import pooling_from
from tests.scenes.option_scenes import pool
from tests.scenes.photographs import photo_problems, photo_reel, photo_scene, planes
from tests.scenes.test_frames_json import VALIDATOR, parsed
from tests.scenes.test_oracle import SCIPYS_ACTIVATIONS

OPTIONS: dict[str, dict[str, str]] = {
    "plain": {},
    "a path, with a stride": {"stride": "[2, 3]", "frames": '"path 1,1 30,20 5,29"'},
    "padding": {"padding": '"same"', "padding_mode": '"reflect"', "frames": '"row 1"'},
    "zeros, dilated": {"padding": "3", "dilation": "[3, 2]"},
    "turned": {"operation": '"convolution"', "kernel": "[[1, 2], [3, -4]]"},
    "scaled": {"kernel": "[[1, 2], [3, 4]]", "scale": '"1/7"'},
    "biased, and the minus half away": {"bias": "-9", "activation": '"relu"'},
    "leaking": {"activation": '"leaky-relu"'},
    "on a curve from 0 to 1": {"activation": '"sigmoid"', "scale": '"1/64"'},
    "on a curve from -1 to 1": {"activation": '"tanh"', "scale": '"1/64"'},
    "without signs": {"activation": '"abs"'},
    "cut off": {"activation": '"clamp"'},
    "two filters": {"kernel": '["sobel-x", "emboss"]', "frames": '"sample 9"'},
    "colours added": {"image": '"colour.png"', "colour": "true", "kernel": "[[[0.5]], [[-2]], [[3]]]"},
    "each colour by itself": {
        "image": '"colour.png"',
        "colour": "true",
        "groups": "3",
        "kernel": '"outline"',
    },
}


def around(pixels: Array, keys: dict[str, str]) -> Array:
    if keys.get("padding") == "3":
        return np.pad(pixels, ((0, 0), (3, 3), (3, 3)))
    return np.pad(pixels, ((0, 0), (1, 1), (1, 1)), "reflect") if "padding" in keys else pixels


def holed(weights: Array, apart: tuple[int, int]) -> Array:
    """Return weights with zeros between them, as far apart as dilation puts them."""
    height = (weights.shape[0] - 1) * apart[0] + 1
    width = (weights.shape[1] - 1) * apart[1] + 1
    spread = np.zeros((height, width))
    spread[:: apart[0], :: apart[1]] = weights
    return spread


def expected(name: str) -> Array:
    """Return the output as scipy finds it, one plane after the other, from the declaration alone."""
    keys = OPTIONS[name]
    in_colour = keys.get("image") == '"colour.png"'
    pixels = around(planes("colour.png" if in_colour else "grey.png"), keys)
    scene = photo_scene(**keys)
    weights = scene.layer.kernel.weights * float(scene.layer.kernel.scale)
    weights = weights[:, :, ::-1, ::-1] if keys.get("operation") == '"convolution"' else weights
    stride, apart = (2, 3) if "stride" in keys else (1, 1), (3, 2) if "dilation" in keys else (1, 1)
    made = []
    for number, filters in enumerate(weights):
        seen = pixels[number : number + 1] if "groups" in keys else pixels
        parts = [
            scipy.signal.correlate2d(plane, holed(each, apart), "valid")
            for plane, each in zip(seen, filters, strict=True)
        ]
        made.append(sum(parts)[:: stride[0], :: stride[1]] + float(keys.get("bias", 0)))
    output = np.stack(made)
    answers: Array = SCIPYS_ACTIVATIONS[json.loads(keys.get("activation", "null"))](output)
    return answers


@pytest.mark.parametrize("name", OPTIONS)
def test_all_of_the_output_is_what_scipy_finds(name: str) -> None:
    """Not only at the positions that have a frame; and whole numbers to the last digit."""
    keys, wanted = OPTIONS[name], expected(name)
    output = photo_reel(**keys).output

    assert output.shape == wanted.shape
    if output.dtype == np.int64:
        assert (output == wanted).all()
    np.testing.assert_allclose(output, wanted, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("name", OPTIONS)
def test_the_file_beside_the_json_holds_the_output(name: str) -> None:
    """A program that reads it with NumPy has every number, in the shape that the JSON states."""
    reel = photo_reel(**OPTIONS[name])
    document, files = parsed(frames_json(reel)), array_files(reel)
    VALIDATOR.validate(document)

    for key, array in (("input", reel.image), ("output", reel.output)):
        if array.size <= MOST_NUMBERS:
            assert np.array_equal(document[key]["values"], array)
            continue
        assert document[key] == {"shape": list(array.shape), "file": f"{key}.npy"}
        read = np.load(BytesIO(files[f"{key}.npy"]), allow_pickle=False)
        assert np.array_equal(read, array)
        is_exact_in_32 = np.array_equal(array.astype("float32"), array)
        wanted = "iu" if array.dtype != np.float64 else "f"
        assert read.dtype.kind in wanted
        assert wanted == "iu" or read.dtype.itemsize == (4 if is_exact_in_32 else 8)
    assert array_files(photo_reel(**OPTIONS[name])) == files


def test_a_photograph_takes_a_byte_a_pixel_in_its_file() -> None:
    """The numbers of a picture fit into eight bits, and answers with a sign into sixteen."""
    files = array_files(photo_reel())

    assert np.load(BytesIO(files["input.npy"])).dtype == np.uint8
    assert np.load(BytesIO(files["output.npy"])).dtype == np.int16


@pytest.mark.parametrize("name", OPTIONS)
def test_every_frame_is_what_lies_under_its_window(name: str) -> None:
    """Its products are the pixels there times the weights, and it fills the cell that it names."""
    reel = photo_reel(**OPTIONS[name])
    pixels = around(planes("colour.png" if len(reel.image) == 3 else "grey.png"), OPTIONS[name])
    down, across = reel.layer.geometry.dilation
    height, width = reel.kernel_size
    for frame in reel.frames:
        (row, column), (top, left) = frame.window, reel.ground.corner
        rows = slice(row + top, row + top + (height - 1) * down + 1, down)
        columns = slice(column + left, column + left + (width - 1) * across + 1, across)
        under = pixels[frame.planes.start : frame.planes.stop, rows, columns]
        np.testing.assert_allclose(frame.products, under * reel.layer.laid[frame.place[0]], rtol=1e-12)
        assert frame.value == reel.output[frame.place]
        assert frame.changes == {frame.place: frame.value}


def test_a_sample_is_spread_evenly() -> None:
    """The first and the last position are in it, and no gap is wider than another by more than one."""
    reel = photo_reel(frames='"sample 40"')
    filters, height, width = reel.output.shape
    places = [
        (plane * height + row) * width + column for plane, row, column in (f.place for f in reel.frames)
    ]
    gaps = {after - before for before, after in pairwise(places)}

    assert len(places) == 40
    assert (places[0], places[-1]) == (0, filters * height * width - 1)
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize(("words", "count"), [("sample 1", 1), ("sample 2", 2), ("Sample  120", 120)])
def test_a_sample_has_as_many_frames_as_are_asked_for(words: str, count: int) -> None:
    """From one up to the most."""
    assert len(photo_reel(frames=f'"{words}"').frames) == count


def test_a_row_is_thinned_to_sixty() -> None:
    """Its both ends stay."""
    cells = [frame.place for frame in photo_reel(frames='"row 7"').frames]

    assert len(cells) == 60
    assert (cells[0], cells[-1]) == ((0, 6, 0), (0, 6, 87))
    assert {row for _, row, _ in cells} == {6}
    assert {after[2] - before[2] for before, after in pairwise(cells)} == {1, 2}


def test_a_short_row_is_whole() -> None:
    """Every position of a small scene's row, in order."""
    reel = photo_reel(image='"step"', frames='"row 2"')

    assert [frame.place for frame in reel.frames] == [(0, 1, column) for column in range(5)]


def test_a_path_goes_straight_from_point_to_point() -> None:
    """From each cell to a neighbour, no farther than half a cell from the line, and to every corner."""
    cells = [frame.place[1:] for frame in photo_reel(frames='"path 3,4 9,20 20,18"').frames]

    assert [cells[0], cells[-1]] == [(2, 3), (19, 17)]
    assert (8, 19) in cells
    assert all(max(abs(a - b) for a, b in zip(*pair, strict=True)) == 1 for pair in pairwise(cells))
    first = cells[: cells.index((8, 19)) + 1]
    assert all(abs((row - 2) - (column - 3) * 6 / 16) <= 0.5 for row, column in first)


def test_a_path_meets_each_cell_once() -> None:
    """One that comes back over itself passes on without a frame."""
    cells = [frame.place for frame in photo_reel(frames='"path 5,5 5,9 5,5 8,5"').frames]

    assert cells == [*((0, 4, column) for column in range(4, 9)), *((0, row, 4) for row in range(5, 8))]


def test_a_long_path_is_thinned_and_several_maps_share_it() -> None:
    """Sixty frames together, the same cells on each map, one map after the other."""
    two = photo_reel(kernel='["sobel-x", "sobel-y"]', frames='"path 1,1 68,1 68,80"')
    cells = [frame.place for frame in two.frames]

    assert len(cells) == 60
    assert [plane for plane, *_ in cells] == [0] * 30 + [1] * 30
    assert [place[1:] for place in cells[:30]] == [place[1:] for place in cells[30:]]
    assert (cells[0][1:], cells[29][1:]) == ((0, 0), (67, 79))


@pytest.mark.parametrize("operation", ["max", "average"])
def test_pools_of_small_images_have_chosen_frames_too(operation: str) -> None:
    """What a chosen frame says is what it says among all."""
    ramp = pool(operation, '"ramp"', "2", stride="1")
    all_frames = pooling_from(ramp).frames
    chosen = pooling_from(f'{ramp}frames = "path 1,1 3,3"\n').frames

    by_place = {frame.place: (frame.value, frame.winner, frame.pixels.tolist()) for frame in all_frames}
    assert [frame.place for frame in chosen] == [(0, at, at) for at in range(3)]
    assert all(by_place[f.place] == (f.value, f.winner, f.pixels.tolist()) for f in chosen)


def test_a_worksheet_of_chosen_frames_leaves_some_of_them_empty() -> None:
    """In a small scene, where there is room for numbers."""
    reel = photo_reel(image='"step"', frames='"row 2"', blank='"2 of 5"')

    assert len(blank_frames(reel)) == 2


def greys() -> Iterator[tuple[int, int, int]]:
    levels = (0, 1, 17, 100, 101, 128, 200, 254, 255)
    yield from ((red, green, blue) for red in levels for green in levels for blue in levels)


def test_greys_are_those_of_every_photo_editor() -> None:
    """Rec. 601 luma of the stored values, rounded as Pillow rounds it."""
    colours = np.array(list(greys())).T.reshape(3, 27, 27)
    picture = Image.fromarray(np.moveaxis(colours, 0, -1).astype(np.uint8))

    assert np.array_equal(luma(colours)[0], np.asarray(picture.convert("L")))


def test_a_picture_in_colours_is_one_grey_plane_or_three() -> None:
    """As the author asks; also a small one."""
    for name in ("colour.png", "small.png"):
        stored = planes(name)
        frames = {"frames": "" if name == "small.png" else '"sample 5"'}
        assert np.array_equal(photo_reel(image=f'"{name}"', **frames).image, luma(stored))
        keys: dict[str, Any] = {"colour": "true", "kernel": "[[[1]], [[1]], [[1]]]", **frames}
        assert np.array_equal(photo_reel(image=f'"{name}"', **keys).image, stored)


def test_only_an_image_of_more_than_64_by_64_is_a_photograph() -> None:
    """Smaller ones show every number, whether or not their frames are chosen."""
    assert photo_scene().showing.name == "photograph"
    assert photo_scene(image='"step"').showing.name == "numbers"


def test_a_place_without_a_frame_is_no_anchor() -> None:
    """The nearest that has one is named, on the map that is meant."""
    reel = photo_reel(kernel='["sobel-x", "sobel-y"]', frames='"path 10,10 10,14"')

    assert frame_range("out 10,12", reel).first == 3
    assert frame_range("filter 2 out 10,12", reel).first == 8
    with pytest.raises(InvalidValue, match="not among the frames") as raised:
        frame_range("filter 2 out 40,13", reel)
    assert (
        raised.value.hint == 'frames = "path 10,10 10,14" holds 10 frames; the nearest is filter 2 out 10,13.'
    )


def test_a_row_that_a_path_comes_back_to_means_its_first_visit() -> None:
    """A range has no gaps."""
    reel = photo_reel(frames='"path 5,5 5,7 7,9 5,11 5,14"')
    frames = frame_range("row 5", reel)

    assert [reel.frames[n - 1].place[1:] for n in range(frames.first, frames.last + 1)] == [
        (4, 4),
        (4, 5),
        (4, 6),
    ]


def test_values_speak_of_the_whole_photograph() -> None:
    """Sizes and extremes are those of all answers, not of the frames."""
    reel = photo_reel()
    wanted = expected("plain")

    assert reel_value(reel, "input.size", None) == "70×90"
    assert reel_value(reel, "frames", None) == "12"
    assert reel_value(reel, "output.max", None) == str(int(wanted.max()))
    assert reel_value(reel, "output.min", None) == f"−{int(-wanted.min())}"


def test_full_colour_begins_where_one_answer_in_a_hundred_goes_on() -> None:
    """Of all answers, their signs left out; and where nothing answers, at something."""
    reel = photo_reel()
    sizes = np.sort(np.abs(expected("plain")).ravel())

    assert reel.answer_scale.is_signed
    assert (
        (sizes > reel.answer_scale.full_answer).mean()
        <= 0.01
        < (sizes >= reel.answer_scale.full_answer).mean() + 1 / sizes.size
    )
    assert reel.answer_scale.full_answer in sizes
    assert photo_reel(image='"black.png"').answer_scale.full_answer == 1


def test_answers_without_negative_weights_are_brightnesses() -> None:
    """White is 255, or the largest answer where that is more; one negative weight makes them signed."""
    blur, total = photo_reel(kernel='"box-blur"'), photo_reel(kernel="[[1, 1]]")

    assert not blur.answer_scale.is_signed
    assert blur.answer_scale.full_answer == 255
    assert total.answer_scale.full_answer == total.output.max() > 255
    assert photo_reel(kernel="[[9, -1]]").answer_scale.is_signed
    assert photo_reel(kernel='"identity"', bias="-200").answer_scale.is_signed
    assert photo_reel(activation='"relu"').answer_scale.is_signed


@pytest.mark.parametrize(
    ("activation", "signed", "full", "ends"),
    [
        ("sigmoid", False, 1, ("0", "1")),
        ("tanh", True, 1, ("−1", "+1")),
        ("abs", False, None, ("0", "788")),
        ("clamp", False, 255, ("0", "255")),
    ],
)
def test_a_picture_of_answers_has_the_range_of_its_activation(
    activation: str, signed: bool, full: int | None, ends: tuple[str, str]
) -> None:
    """Strengths without a sign are greys up to the largest that there may be; what is cut off is counted."""
    reel = photo_reel(activation=f'"{activation}"')
    cut = (photo_reel().output < 0) | (photo_reel().output > 255)

    assert reel.answer_scale.is_signed is signed
    assert reel.answer_scale.full_answer == (full or reel.output.max())
    told = f"{round(100 * cut.mean())} % cut off" if activation == "clamp" else ""
    assert (AnswersPanel(reel, 0).ends, AnswersPanel(reel, 0).note) == (ends, told)


def test_the_largest_of_faint_strengths_is_white() -> None:
    """They are no brightnesses, of which 255 would be white; the panel says so."""
    reel = photo_reel(activation='"abs"', scale='"1/10"')

    assert reel.answer_scale.full_answer == reel.output.max() < 255
    assert AnswersPanel(reel, 0).ends == ("0", reel.answer_text(reel.output.max()))
    assert photo_reel(activation='"abs"', image='"black.png"').answer_scale.full_answer == 255


def test_a_photograph_of_the_declared_limit_is_taken() -> None:
    """Frames of pictures, not of numbers: a list of numbers has its limit still."""
    assert photo_problems() == []
    (problem,) = photo_problems(image=str([[1] * 65] * 64))
    assert "at most 4,096" in problem


def test_places_that_links_point_at_come_last() -> None:
    """The frames that were chosen keep their numbers, and are what anchors mean."""
    plain = photo_reel()
    reel = sliding_reel(photo_scene().pointed_at([(30, 40), (0, 0), (30, 40)]))
    assert [frame.place for frame in reel.frames] == [*(frame.place for frame in plain.frames), (0, 30, 40)]
    assert (reel.linked, reel.peak.number) == (1, plain.peak.number)
    for anchor in ("last", "all", "peak"):
        assert frame_range(anchor, reel) == frame_range(anchor, plain)
    assert frame_range("out 31,41", reel).first == len(plain.frames) + 1
    assert VALIDATOR.is_valid(json.loads(frames_json(reel)))
    assert list(AnswersPanel(reel).fresh(reel.frames[-1])) == []
