"""Transposed layers in a stack: what they make, what each cell comes from, and how that is told."""

import json
from collections import defaultdict
from fractions import Fraction
from functools import cache, partial
from itertools import count
from math import isclose
from typing import Any

import numpy as np
import pytest

from generator.scenes import FrameRange, frames_json, reel_value
from generator.scenes.kinds.gathering import Gathering
from generator.scenes.kinds.stack import StackReel
from tests.scenes import oracle
from tests.scenes.making import narrowed, problems_of, reel_from, scene_of, stack_from
from tests.scenes.stacks import (
    Cell,
    Declared,
    computed,
    fields_under,
    landings,
    outputs,
    seen_boxes,
    stack_text,
)
from tests.scenes.test_frames_json import VALIDATOR
from tests.scenes.transposed_stacks import transposed_stack

BATCH = 100
CASES = range(0, 1000, BATCH)
LONG_CASES = range(10_000, 20_000, BATCH)
SCHEMA_CASES = range(100)
NEARLY = 1e-11

DOWN = {"kernel": [[1, 1], [1, 1]], "stride": 2}
UP = {"kernel": [[1, 2], [3, 4]], "stride": 2, "transposed": True}
POOL = {"kind": "pooling", "operation": "max", "kernel_size": 2}
WIDE = {"kernel": [[1, 2, 1], [2, 4, 2], [1, 2, 1]], "stride": 2, "transposed": True}
GAPS = {"kernel": [[1, 2]], "stride": 3, "transposed": True, "output_padding": 1}
SQUARE = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2]]


def stack(*layers: Declared, image: object = SQUARE) -> str:
    return stack_text({"id": "stack", "kind": "stack", "image": image, "layers": layers})


def document_of(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frames_json(reel_from(text)))
    return document


def gathering_of(reel: StackReel) -> Gathering:
    return narrowed(Gathering, reel.last)


# Random stacks, against exact loops.


def check(seed: int) -> None:
    """Compare all that is written about one random stack, and what its last layer gathers."""
    declared = transposed_stack(seed)
    text = stack_text(declared)
    reel = stack_from(text)
    document = json.loads(frames_json(reel))
    told = f"random stack {seed}:\n{text}"

    layers, made = zip(*computed(declared), strict=True)
    assert [layer["output"]["values"] for layer in document["layers"]] == list(made), told
    boxes, fields = seen_boxes(layers), cache(partial(fields_under, layers))
    for frame in document["frames"]:
        assert frame["seen"] == [grid[tuple(frame["out"])] for grid in boxes], told
        assert frame["fields"] == fields((frame["out"][1], frame["out"][2])), told
    if declared["layers"][-1].get("transposed"):
        assert gathered(reel) == landed(narrowed(oracle.Layer, layers[-1])), told


def gathered(reel: StackReel) -> dict[Cell, list[tuple[Any, ...]]]:
    """Return for each cell the pixels, weights and products that it is told with, and its bias and sum."""
    last = gathering_of(reel)
    return {
        frame.place: [
            *(
                (pixel, Fraction(weight.replace("−", "-")), product)
                for pixel, weight, product in zip(
                    frame.pixels.ravel().tolist(),
                    (text for plane in frame.weights for row in plane for text in row),
                    frame.products.ravel().tolist(),
                    strict=True,
                )
            ),
            (last.bias_of(frame.number), frame.sum),
        ]
        for frame in last.frames
    }


def landed(layer: oracle.Layer) -> dict[Cell, list[tuple[Any, ...]]]:
    """Return the same from what each pixel spreads, in the order of the pixels."""
    found: dict[Cell, list[tuple[Any, ...]]] = defaultdict(list)
    for cell, (channel, row, column), weight in landings(layer):
        pixel = layer.image[channel][row][column]
        found[cell].append((pixel, weight, pixel * weight))
    height, width = oracle.spread_size(layer)
    cells = np.ndindex(len(layer.bias), height, width)
    return {
        cell: [*found[cell], (layer.bias[cell[0]], sum(p for *_, p in found[cell]) + layer.bias[cell[0]])]
        for cell in cells
    }


@pytest.mark.parametrize("first", CASES)
def test_random_stacks_are_those_of_exact_loops(first: int) -> None:
    """What each layer makes, what each cell sees, its field, and the pixels and weights of its sum."""
    for seed in range(first, first + BATCH):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("first", LONG_CASES)
def test_very_many_random_stacks_are_those_of_exact_loops(first: int) -> None:
    """The same, ten times as often."""
    for seed in range(first, first + BATCH):
        check(seed)


def test_fractions_are_kept_from_layer_to_layer() -> None:
    """A scale or an average is rounded once in each layer; products and sums are as near."""
    for seed in range(200):
        declared = transposed_stack(seed, whole=False)
        exact = outputs(declared)[-1]
        reel = stack_from(stack_text(declared))
        size = max(1, np.abs(np.array(exact, float)).max())

        assert np.allclose(reel.output, np.array(exact, float), rtol=0, atol=NEARLY * size)
        if declared["layers"][-1].get("transposed"):
            last = gathering_of(reel)
            for frame in last.frames:
                total = frame.products.sum() + last.bias_of(frame.number)
                assert isclose(total, frame.sum, rel_tol=0, abs_tol=NEARLY * size * 100)
                assert np.allclose(frame.channel_sums, frame.products.sum(axis=(1, 2)))


def test_files_of_random_stacks_keep_to_the_schema() -> None:
    for seed in SCHEMA_CASES:
        fault = next(VALIDATOR.iter_errors(document_of(stack_text(transposed_stack(seed)))), None)

        assert fault is None, f"{seed}: {fault.json_path} {fault.message}"


def test_random_stacks_show_what_they_should() -> None:
    """Transposed layers at every place, cells that nothing spreads to, fields that differ, every option."""
    stacks = [transposed_stack(seed) for seed in range(1000)]
    reels = [stack_from(stack_text(declared)) for declared in stacks[:200]]
    fields = [field for reel in reels for frame in reel.frames for field in frame.fields]
    layers = [layer for declared in stacks for layer in declared["layers"] if layer.get("transposed")]

    for place in (0, 1, -1):
        assert sum(bool(declared["layers"][place].get("transposed")) for declared in stacks) > 200
    for option in ("stride", "padding", "dilation", "output_padding", "groups", "bias", "activation"):
        assert sum(option in layer for layer in layers) > 50, option
    assert sum(field is None for field in fields) > 100
    assert sum(any(reel.fields_differ) for reel in reels) > 50
    before = [declared["layers"][:-1] for declared in stacks if declared["layers"][-1].get("transposed")]
    assert sum(layers[-1].get("kind") == "pooling" for layers in before) > 30


# What changes, changes what it should.

PERTURBED: dict[str, list[Declared]] = {
    "down and up": [DOWN, UP],
    "pooled and up": [POOL, UP],
    "patches that overlap": [DOWN, WIDE],
    "up and down": [UP, POOL],
    "gaps": [{"kernel": [[1]]}, GAPS],
    "gaps under a window": [GAPS, {"kernel": [[1, 1]], "stride": 2}],
    "dilated": [{"kernel": [[1]]}, {**WIDE, "dilation": 3}],
    "cropped": [{"kernel": [[1]]}, {**WIDE, "padding": [[1, 2], [0, 1]]}],
    "twice": [UP, {**WIDE, "padding": 3, "output_padding": 1}, POOL],
    "groups": [{"kernel": [[[[1]]], [[[1]]]]}, {**UP, "kernel": [[[[1, 1]]], [[[2, 3]]]], "groups": 2}],
}


@pytest.mark.parametrize("layers", PERTURBED.values(), ids=PERTURBED)
def test_a_cell_changes_with_the_pixels_that_it_sees(layers: list[Declared]) -> None:
    """A pixel that is made much larger changes the cells in whose box it lies, and each side of a box."""
    image = np.arange(1, 13).reshape(3, 4)
    reel = stack_from(stack(*layers, image=image.tolist()))
    changed = pixels_that_change(image, layers, reel)

    for frame in reel.frames:
        seen = frame.sights[0].seen
        pixels = np.array(changed[frame.place]).reshape(-1, 2)
        assert (seen is None) == (not len(pixels))
        if seen:
            top, left = pixels.min(axis=0)
            assert tuple(seen) == (top, left, *(pixels.max(axis=0) - (top, left) + 1))


def pixels_that_change(
    image: np.ndarray[Any, Any], layers: list[Declared], reel: StackReel
) -> dict[tuple[int, ...], list[tuple[int, int]]]:
    """Return for each cell of the last layer where the image can be changed so that it changes too."""
    changed: dict[tuple[int, ...], list[tuple[int, int]]] = {frame.place: [] for frame in reel.frames}
    for row, column in np.ndindex(*image.shape):
        other = image.copy()
        other[row, column] += 10_000
        output = reel_from(stack(*layers, image=other.tolist())).output
        for place in np.argwhere(output != reel.output).tolist():
            changed[tuple(place)].append((row, column))
    return changed


@pytest.mark.parametrize("name", ["gaps", "dilated", "cropped"])
def test_the_pixels_that_a_cell_gathers_are_all_that_change_it(name: str) -> None:
    """One by one, where the layer below hands on each pixel as it is."""
    image = np.arange(1, 13).reshape(3, 4)
    reel = stack_from(stack(*PERTURBED[name], image=image.tolist()))
    changed = pixels_that_change(image, PERTURBED[name], reel)

    for frame in gathering_of(reel).frames:
        assert frame.pixels.ravel().tolist() == [image[place].item() for place in changed[frame.place]]
    assert {len(pixels) for pixels in changed.values()} >= {1, 2} - ({2} if name == "gaps" else set())


# How it is told.


def test_values_of_a_cell_are_of_what_spreads_to_it() -> None:
    """One, two or four pixels, each with the weight through which it reaches the cell."""
    reel = stack_from(stack(DOWN, {**WIDE, "bias": 5}))
    found = {
        number: tuple(
            reel_value(reel, name, FrameRange(number, number))
            for name in ("out", "window", "products", "terms.1", "terms.2", "bias", "sum")
        )
        for number in (1, 3, 13)
    }

    assert found == {
        1: ("row 1, column 1", "14", "14", "14 × 1 = 14", "nothing", "5", "19"),
        3: ("row 1, column 3", "14 22", "14 + 22", "14 × 1 = 14, 22 × 1 = 22", "nothing", "5", "41"),
        13: (
            *("row 3, column 3", "14 22 / 26 18", "14 + 22 + 26 + 18"),
            *("14 × 1 = 14, 22 × 1 = 22", "26 × 1 = 26, 18 × 1 = 18", "5", "85"),
        ),
    }


def test_a_cell_without_pixels_is_told_as_nothing() -> None:
    """Its sum is the bias alone."""
    reel = stack_from(stack(DOWN, {**GAPS, "bias": 3}))
    number = next(frame.number for frame in reel.frames if frame.sights[-1].seen is None)
    at = FrameRange(number, number)

    for name in ("window", "pixel", "products", "products.plus", "products.minus", "terms.1"):
        assert reel_value(reel, name, at) == "nothing"
    assert (reel_value(reel, "sum", at), reel_value(reel, "bias", at)) == ("3", "3")


def test_a_rounded_sum_says_so() -> None:
    """Weights that are ninths stay ninths."""
    reel = stack_from(stack(DOWN, {**WIDE, "scale": "1/9"}))

    assert reel_value(reel, "terms.1", FrameRange(1, 1)) == "14 × 1/9 ≈ 1.56"
    assert reel_value(reel, "products", FrameRange(7, 7)) == "≈ 6.22"


def test_values_of_the_scene_are_those_of_the_layer() -> None:
    reel = stack_from(stack(DOWN, {**WIDE, "padding": 1, "output_padding": 1}))
    told = {
        "kernel.size": "3×3",
        "kernel.sum": "16",
        "stride": "2",
        "padding": "1",
        "output_padding": "1",
        "input.size": "4×4",
        "output.size": "4×4",
        "layer.1.size": "2×2",
        "layer.2.size": "4×4",
        "layer.2.kernel.size": "3×3",
        "field.size": "4×4",
    }

    assert {name: reel_value(reel, name, None) for name in told} == told


def test_a_turned_kernel_is_told_as_it_lies() -> None:
    reel = stack_from(stack(DOWN, {**UP, "operation": "convolution"}))

    assert reel_value(reel, "terms.1", FrameRange(1, 1)) == "14 × 4 = 56"


def test_a_file_says_that_a_layer_is_transposed() -> None:
    """After its operation, and its output padding after its groups; other layers are told as ever."""
    document = document_of(stack(DOWN, {**UP, "output_padding": [1, 0]}))
    first, second = document["layers"]

    assert " ".join(first) == (
        "operation kernel bias activation stride padding padding_mode dilation groups output"
    )
    assert " ".join(second) == (
        "operation transposed kernel bias activation stride padding padding_mode dilation groups "
        "output_padding output"
    )
    assert (second["transposed"], second["output_padding"]) == (True, [1, 0])
    assert second["kernel"]["shape"] == [1, 1, 2, 2]


BROKEN = {
    "a transposed layer without output padding": lambda layer: layer.pop("output_padding"),
    "output padding without being transposed": lambda layer: layer.pop("transposed"),
    "a layer that is said not to be transposed": lambda layer: layer.update(transposed=False),
    "a padding mode": lambda layer: layer.update(padding_mode="reflect"),
    "an output padding of one number": lambda layer: layer.update(output_padding=[1]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_not_valid(name: str) -> None:
    document = document_of(stack(DOWN, UP))
    assert VALIDATOR.is_valid(document)

    BROKEN[name](document["layers"][1])

    assert not VALIDATOR.is_valid(document)


def test_fields_differ_where_patches_overlap() -> None:
    """On a line, every second cell sees two pixels of what is spread, and its neighbours one."""
    reel = stack_from(stack({"kernel": [[1, 1]]}, {**WIDE, "kernel": [[1, 2, 1]]}, image=[[1, 2, 3, 4]]))

    assert [frame.fields[1] for frame in reel.frames[:4]] == [
        (0, -1, 1, 2),
        (0, 0, 1, 1),
        (0, 0, 1, 2),
        (0, 1, 1, 1),
    ]
    assert (reel.field_sizes, reel.fields_differ) == (((1, 3), (1, 2)), (True, True))


def test_frames_of_a_transposed_layer_are_its_cells() -> None:
    """In reading order, map by map; the pixels that spread are none."""
    reel = stack_from(stack(DOWN, {**UP, "kernel": [[[[1]], [[2]]]], "stride": 1}))

    assert [frame.place for frame in reel.frames] == list(np.ndindex(2, 2, 2))
    assert [frame.number for frame in reel.frames] == list(range(1, 9))
    assert [frame.value for frame in reel.frames] == reel.output.ravel().tolist()


def test_losses_of_a_transposed_layer_are_told_where_it_stands() -> None:
    scene = scene_of(stack(DOWN, {"kernel": [[1]], "stride": 2, "transposed": True}))

    assert [str(warning) for warning in scene.warnings] == [
        "edges.md:19: layer 2, whose image is what layer 1 makes: "
        f"stride 2 leaves 1 {line} of the output that no pixel reaches. "
        "Use a larger kernel or a smaller stride."
        for line in ("row", "column")
    ]


@pytest.mark.parametrize(
    ("stride", "dilation", "products"), [(8, 1, 1), (4, 2, 4), (1, 1, 8), (1, 3, 8), (6, 4, 3), (3, 1, 3)]
)
def test_as_many_products_are_counted_as_a_sum_has(stride: int, dilation: int, products: int) -> None:
    """Of eight weights in a row those that meet in one cell."""
    row = {"kernel": [[1] * 8], "transposed": True, "stride": stride, "dilation": dilation}
    reel = stack_from(stack({"kernel": [[1]]}, row, image=[list(range(24))]))

    assert reel.layers[1].numbers_under == products
    assert max(frame.products.size for frame in gathering_of(reel).frames) == products


def test_too_many_products_are_told_as_those_of_cells() -> None:
    """A 16×16 kernel at stride 1 has 256 in each sum."""
    up = {"kernel": [[1] * 16] * 16, "transposed": True}

    assert problems_of(stack({"kernel": [[1]]}, up, image=[[1] * 8] * 8)) == [
        "edges.md:17: layer 2, whose image is what layer 1 makes: the scene has 529 cells of the output "
        "of 256 products each. Use a smaller kernel or image, so that there are at most 64,000 products."
    ]


@pytest.mark.parametrize("seed", range(30))
def test_a_stack_makes_what_its_layers_make_one_by_one(seed: int) -> None:
    """A transposed scene of its own, on what reaches the layer, has the same output."""
    declared = transposed_stack(seed)
    reel = stack_from(stack_text(declared))

    for number, layer, image in zip(count(1), declared["layers"], reel.scene.images, strict=False):
        if layer.get("transposed") and image.shape[1] > 1:
            keys = {"id": "alone", "image": image.tolist(), **layer}
            alone = reel_from("".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items()))
            assert alone.output.tolist() == reel.grids[number].tolist()
