"""Stacks: what each layer makes, what one cell sees of every grid below, and how both are told."""

import json
from functools import cache
from math import isclose
from typing import Any

import numpy as np
import pytest

from generator.errors import InvalidValue
from generator.scenes import FrameRange, frame_range, frames_json, reel_value
from generator.scenes.kinds import stack as stacks
from tests.scenes.making import reel_from, scene_of, stack_from
from tests.scenes.random_scenes import MODES
from tests.scenes.stacks import (
    Declared,
    fields_under,
    layers_of,
    outputs,
    random_stack,
    seen_boxes,
    stack_text,
)
from tests.scenes.test_frames_json import VALIDATOR

SEEDS = range(100)
EDGE = {"kernel": "sobel-x", "activation": "relu"}
POOL = {"kind": "pooling", "operation": "max", "kernel_size": 2, "stride": 1}


def stack(*layers: Declared, image: object = "step") -> str:
    return stack_text({"id": "stack", "kind": "stack", "image": image, "layers": layers})


@cache
def document_of(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frames_json(reel_from(text)))
    return document


TWO = document_of(stack(EDGE, POOL))
"""7×7 pixels, 5×5 answers, 4×4 of the largest; a cell sees 4×4 pixels."""


@pytest.mark.parametrize("seed", SEEDS)
def test_each_layer_makes_what_exact_loops_make(seed: int) -> None:
    """Whole numbers exactly, through layers of every kind with every option."""
    declared = random_stack(seed)

    document = document_of(stack_text(declared))

    assert [layer["output"]["values"] for layer in document["layers"]] == outputs(declared)
    assert document["output"] == document["layers"][-1]["output"]


@pytest.mark.parametrize("seed", SEEDS)
def test_fractions_are_kept_from_layer_to_layer(seed: int) -> None:
    """A scale or an average is rounded once in each layer, and no number in between."""
    declared = random_stack(seed, whole=False)
    exact = np.array(outputs(declared)[-1], dtype=object).ravel()

    found = np.array(document_of(stack_text(declared))["output"]["values"]).ravel()

    size = max(1, *(abs(number) for number in exact))
    assert all(
        isclose(one, other, rel_tol=0, abs_tol=1e-11 * size) for one, other in zip(found, exact, strict=True)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cell_sees_what_it_comes_from(seed: int) -> None:
    """On every grid the box around all places that reach the cell, by loops over sets of places."""
    declared = random_stack(seed)
    boxes = seen_boxes(layers_of(declared))

    for frame in document_of(stack_text(declared))["frames"]:
        assert frame["seen"] == [grid[tuple(frame["out"])] for grid in boxes]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_field_is_what_a_cell_would_see_without_edges(seed: int) -> None:
    """As large for every cell, and where nothing of it lies beyond a grid, exactly what is seen."""
    declared = random_stack(seed)
    layers = layers_of(declared)
    sizes = [(len(layer.image[0]), len(layer.image[0][0])) for layer in layers]

    for frame in document_of(stack_text(declared))["frames"]:
        assert frame["fields"] == fields_under(layers, (frame["out"][1], frame["out"][2]))
        inside = all(
            top >= 0 and left >= 0 and top + height <= rows and left + width <= columns
            for (top, left, height, width), (rows, columns) in zip(frame["fields"], sizes, strict=True)
        )
        assert not inside or frame["seen"] == frame["fields"]


PERTURBED = [
    [{"kernel": [[1, 1, 1]] * 3}, {"kernel": [[1, 1], [1, 1]], "stride": 2, "padding": 1}],
    [{"kernel": [[1, 1, 1]] * 3, "dilation": 2, "padding": 2}, POOL, {"kernel": [[1, 1]], "stride": [1, 2]}],
    [{"kernel": [[1, 1], [1, 1]], "padding": 2, "padding_mode": "reflect"}, {**POOL, "stride": 2}],
    [{"kernel": [[1, 1]], "stride": 3}, {"kernel": [[1, 1]], "padding": [0, 3], "dilation": 2}],
]


@pytest.mark.parametrize("layers", PERTURBED)
def test_a_cell_changes_with_the_pixels_that_it_sees(layers: list[Declared]) -> None:
    """A pixel that is made much larger changes the cells in whose box it lies, and each side of a box."""
    image = np.arange(42).reshape(6, 7)
    reel = stack_from(stack(*layers, image=image.tolist()))
    changed: dict[tuple[int, ...], list[tuple[int, int]]] = {frame.place: [] for frame in reel.frames}
    for row, column in np.ndindex(*image.shape):
        other = image.copy()
        other[row, column] += 100_000
        output = reel_from(stack(*layers, image=other.tolist())).output
        for place in np.argwhere(output != reel.output).tolist():
            changed[tuple(place)].append((row, column))
    for frame in reel.frames:
        seen = frame.sights[0].seen
        pixels = np.array(changed[frame.place]).reshape(-1, 2)
        assert (seen is None) == (not len(pixels))
        if seen:
            top, left = pixels.min(axis=0)
            assert tuple(seen) == (top, left, *(pixels.max(axis=0) - (top, left) + 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_files_of_random_stacks_keep_to_the_schema(seed: int) -> None:
    fault = next(VALIDATOR.iter_errors(document_of(stack_text(random_stack(seed)))), None)

    assert fault is None, f"{fault.json_path} {fault.message}"


def test_random_stacks_show_what_they_should() -> None:
    """Fields beyond the edge and inside it, cells that see padding alone, every kind of layer."""
    documents = [document_of(stack_text(random_stack(seed))) for seed in SEEDS]
    frames = [frame for document in documents for frame in document["frames"]]
    layers = [layer for document in documents for layer in document["layers"]]

    assert {len(document["layers"]) for document in documents} == {2, 3, 4, 5}
    assert {layer["operation"] for layer in layers} == {"cross-correlation", "convolution", "max"}
    assert {layer["padding_mode"] for layer in layers} == set(MODES)
    assert sum(frame["fields"] == frame["seen"] for frame in frames) > 100
    assert sum(frame["seen"][0] is None for frame in frames) > 10
    assert sum(layer["groups"] > 1 and layer["operation"] != "max" for layer in layers) > 10


def test_keys_stand_in_order() -> None:
    """What is said of a single layer elsewhere is said of each layer here."""
    assert " ".join(TWO) == "format version id kind input layers output frames"
    assert {" ".join(layer) for layer in TWO["layers"]} == {
        "operation kernel bias activation stride padding padding_mode dilation groups output"
    }
    assert {" ".join(frame) for frame in TWO["frames"]} == {"out fields seen value"}
    assert (TWO["kind"], TWO["input"]["shape"]) == ("stack", [1, 7, 7])
    assert TWO["layers"][0]["kernel"]["name"] == "sobel-x"
    assert TWO["layers"][1]["kernel"] == {"name": None, "shape": [1, 1, 2, 2]}


def test_a_frame_is_a_cell_of_the_last_layer() -> None:
    """Its fields run from the image to what reaches the last layer."""
    assert len(TWO["frames"]) == 16
    assert TWO["frames"][6] == {
        "out": [0, 1, 2],
        "fields": [[1, 2, 4, 4], [1, 2, 2, 2]],
        "seen": [[1, 2, 4, 4], [1, 2, 2, 2]],
        "value": 32,
    }


BROKEN = {
    "no layers": lambda document: document.pop("layers"),
    "one layer": lambda document: document["layers"].pop(),
    "a layer without output": lambda document: document["layers"][0].pop("output"),
    "a pool with weights": lambda document: document["layers"][1]["kernel"].update(values=[[[[1]]]]),
    "a layer without weights": lambda document: document["layers"][0]["kernel"].pop("values"),
    "an unknown operation": lambda document: document["layers"][0].update(operation="min"),
    "a frame without fields": lambda document: document["frames"][0].pop("fields"),
    "a frame without value": lambda document: document["frames"][0].pop("value"),
    "a field of three": lambda document: document["frames"][0]["fields"][0].pop(),
    "a field without height": lambda document: document["frames"][0]["fields"].__setitem__(0, [0, 0, 0, 1]),
    "a cell before the first": lambda document: document["frames"][0]["seen"].__setitem__(0, [-1, 0, 1, 1]),
    "no output": lambda document: document.pop("output"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_not_valid(name: str) -> None:
    document = json.loads(json.dumps(TWO))
    assert VALIDATOR.is_valid(document)

    BROKEN[name](document)

    assert not VALIDATOR.is_valid(document)


DEEP = stack_from(
    stack(
        {"kernel": [[1, 1, 1]] * 3, "padding": 1},
        {"kernel": ["sobel-x", "sobel-y"], "stride": 2},
        {"kernel": [[1, 1], [1, 1]], "groups": 2, "activation": "relu", "bias": [1, -9]},
    )
)
OF_STACKS = {
    "layers": "3",
    "field.height": "7",
    "field.width": "7",
    "field.size": "7×7",
    "layer.1.size": "7×7",
    "layer.1.channels": "1",
    "layer.1.kernel.size": "3×3",
    "layer.2.size": "3×3",
    "layer.2.channels": "2",
    "layer.3.height": "2",
    "layer.3.width": "2",
    "input.size": "7×7",
    "input.max": "9",
    "output.size": "2×2",
    "output.channels": "2",
    "kernel.size": "2×2",
    "frames": "8",
}


@pytest.mark.parametrize("name", OF_STACKS)
def test_prose_can_quote_a_stack(name: str) -> None:
    """The input is the image, the output that of the last layer, and each layer has a number."""
    assert reel_value(DEEP, name, None) == OF_STACKS[name]


def test_no_value_of_a_stack_is_untested() -> None:
    parts = {name.split(".", 2)[2] for name in OF_STACKS if name.startswith("layer.")}
    assert set(stacks.OF_STACKS) <= set(OF_STACKS)
    assert set(stacks.OF_LAYERS) == parts


@pytest.mark.parametrize("name", ["layer.4.size", "layer.0.size", "field", "layers.1"])
def test_an_unknown_value_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue, match="unknown value"):
        reel_value(DEEP, name, None)


def test_values_of_stacks_belong_to_stacks() -> None:
    with pytest.raises(InvalidValue, match=r'has no value "\{field.size\}"'):
        reel_value(reel_from(), "field.size", None)


def test_anchors_name_cells_of_the_last_layer() -> None:
    assert frame_range("filter 2", DEEP) == FrameRange(5, 8)
    assert frame_range("filter 2 out 1,2", DEEP) == FrameRange(6, 6)
    assert frame_range("row 2", DEEP) == FrameRange(3, 4)
    with pytest.raises(InvalidValue, match="lies outside the feature map"):
        frame_range("out 3,1", DEEP)


def test_the_sum_of_a_cell_is_that_before_the_activation() -> None:
    first = DEEP.frames[4]
    assert first.value == max(first.sum, 0)
    assert reel_value(DEEP, "sum", FrameRange(5, 5)) == f"{first.sum}".replace("-", "−")
    assert min(frame.sum for frame in DEEP.frames) < 0 <= DEEP.output.min()


def test_the_sum_of_a_pool_is_its_answer() -> None:
    """A stack spells out no sum of pixels, so an average has none of its own."""
    reel = stack_from(stack(EDGE, {**POOL, "operation": "average"}))

    assert [frame.sum for frame in reel.frames] == [frame.value for frame in reel.frames]
    assert reel_value(reel, "sum", FrameRange(1, 1)) == "16"


def test_a_layer_reaches_the_channels_of_its_group() -> None:
    """Of a depthwise layer on two maps, the second sees the second; through that, all of the image."""
    assert [sight.planes for sight in DEEP.frames[-1].sights] == [range(1), range(1), range(1, 2)]


def test_a_stack_on_a_line_counts_columns_alone() -> None:
    """An image of one row makes all of its layers lines; maps that have become so narrow do not."""
    ones = [[1, 1]]
    line = document_of(
        stack({"kernel": ones, "padding": 1}, {"kernel": ones, "stride": 2}, image=[[1, 2, 3, 4]])
    )
    narrow = document_of(
        stack({"kernel": [[1], [1]]}, {"kernel": [[1, 1, 1]] * 3, "padding": 1}, image=[[1, 2], [3, 4]])
    )

    assert line["output"]["values"] == [[[4, 12]]]
    assert narrow["output"]["values"] == [[[10, 10]]]


def test_losses_of_each_layer_are_told_where_it_stands() -> None:
    scene = scene_of(stack(EDGE, {**POOL, "stride": 2}))

    assert [str(warning) for warning in scene.warnings] == [
        "edges.md:21: layer 2, whose image is what layer 1 makes: "
        f"stride 2 leaves 1 {line} of the image unused. "
        "Use other steps, another image, or padding."
        for line in ("row", "column")
    ]


def test_only_the_last_layer_has_frames() -> None:
    """A lower one may be larger than what could all be looked at."""
    reel = reel_from(stack({"kernel": [[1]]}, {"kernel": [[1]], "stride": 2}, image=[[1] * 40] * 40))

    assert len(reel.frames) == 400


def test_a_stack_is_the_scene_of_its_last_layer() -> None:
    """With its own place and words, and all layers below it."""
    scene = stack_from('caption = "Words"\n' + stack(EDGE, POOL)).scene

    assert (scene.kind, scene.id, scene.caption, scene.line) == ("stack", "stack", "Words", 10)
    assert [layer.name for layer in scene.layers] == ["filters", "pool"]
    assert scene.images[1].tolist() == TWO["layers"][0]["output"]["values"]
