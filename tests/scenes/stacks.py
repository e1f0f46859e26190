"""Stacks for tests: random ones as an author would declare them, and what they are by plain loops.

The loops start from the TOML alone and share no code with the project.
"""

import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, TypeAlias

from tests.scenes import oracle
from tests.scenes.oracle import Cube, Layer, Pair, Pooling
from tests.scenes.random_scenes import ACTIVATIONS, MODES, is_possible

Declared: TypeAlias = dict[str, Any]
Places: TypeAlias = list[list[frozenset[Pair]]]
"""For each cell of a grid the places of another grid that it comes from."""
Box: TypeAlias = list[int]
"""Row, column, height and width."""

STAYING_WHOLE = ("relu", "abs", "clamp")
OF_ALL = ("stride", "padding", "dilation", "kernel_size")


def stack_text(declared: Declared) -> str:
    """Return a declaration as an author would write it.

    >>> print(stack_text({"image": [[1]], "layers": [{"kernel": [[2]]}]}), end="")
    image = [[1]]
    [[layers]]
    kernel = [[2]]
    """
    head = "".join(f"{key} = {json.dumps(declared[key])}\n" for key in declared if key != "layers")
    return head + "".join(
        "[[layers]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in layer.items())
        for layer in declared["layers"]
    )


@cache
def random_stack(seed: int, *, whole: bool = True) -> Declared:
    """Return the random stack of that number; its numbers are whole ones if `whole`."""
    random = Random(seed)  # noqa: S311 - nothing is secret here
    channels = random.randint(1, 3)
    image = _numbers(random, (channels, random.randint(3, 9), random.randint(3, 9)), 0, 9)
    declared: Declared = {"id": "random", "kind": "stack", "image": image, "layers": []}
    reached = image
    while len(declared["layers"]) < 2 + seed % 4:
        layer = _layer(random, len(reached), whole=whole)
        if is_possible(_paired({**layer, "image": reached})):
            declared["layers"].append(layer)
            reached = outputs(declared)[-1]
    return declared


def _layer(random: Random, channels: int, *, whole: bool) -> Declared:
    if random.random() < 0.3:
        side = random.randint(1, 3)
        return {
            "kind": "pooling",
            "operation": "max" if whole else random.choice(("max", "average")),
            "kernel_size": side,
            **_some(random, {"stride": random.randint(1, 3), "padding": random.randint(0, side // 2)}),
        }
    groups = random.choice([number for number in (1, 2, 3, 4) if channels % number == 0])
    filters = groups * random.randint(1, 2)
    size = random.randint(1, 3), random.randint(1, 3)
    return {
        "kernel": _numbers(random, (filters, channels // groups, *size), -2, 2),
        **({"groups": groups} if groups > 1 else {}),
        **({} if whole else {"scale": random.choice(("1/9", "-1/3", 0.5))}),
        **_some(
            random,
            {
                "stride": [random.randint(1, 2), random.randint(1, 3)],
                "padding": random.choice((0, 1, [2, 1], [[0, 1], [2, 0]])),
                "dilation": random.randint(1, 2),
                "padding_mode": random.choice(MODES),
                "bias": random.randint(-3, 3),
                "activation": random.choice(STAYING_WHOLE if whole else ACTIVATIONS),
                "operation": random.choice(("cross-correlation", "convolution")),
            },
        ),
    }


def _some(random: Random, options: Declared) -> Declared:
    return {key: value for key, value in options.items() if random.random() < 0.5}


def _numbers(random: Random, shape: tuple[int, ...], low: int, high: int) -> Any:  # noqa: ANN401
    if not shape:
        return random.randint(low, high)
    return [_numbers(random, shape[1:], low, high) for _ in range(shape[0])]


def _paired(layer: Declared) -> Declared:
    """Return a layer whose single numbers are pairs: a grid of one row in a stack is no line."""
    pairs = {key: [layer[key]] * 2 for key in OF_ALL if isinstance(layer.get(key), int)}
    return {**layer, **pairs}


def layers_of(declared: Declared) -> list[Layer | Pooling]:
    """Return the layers with their numbers exact, each laid on what reaches it."""
    reached = [declared["image"], *outputs(declared)]
    return [
        oracle.read(_paired({**layer, "image": image}))
        for layer, image in zip(declared["layers"], reached, strict=False)
    ]


def outputs(declared: Declared) -> list[Cube]:
    """Return what each layer makes, in exact numbers."""
    made: list[Cube] = []
    for layer in declared["layers"]:
        image = made[-1] if made else declared["image"]
        document = oracle.document_of(oracle.read(_paired({**layer, "image": image})))
        made.append(document["output"]["values"])
    return made


def seen_boxes(declared: Declared) -> list[dict[tuple[int, int, int], Box | None]]:
    """Return for each grid below the last what each cell of the last layer comes from, by cell."""
    layers = layers_of(declared)
    return [dict(_boxes(layers[grid:])) for grid in range(len(layers))]


def _boxes(layers: list[Layer | Pooling]) -> Iterator[tuple[tuple[int, int, int], Box | None]]:
    """Yield each cell of the last layer with the box around all that it comes from in the first's image."""
    planes = [
        [[frozenset({(row, column)}) for column in range(len(plane[0]))] for row in range(len(plane))]
        for plane in layers[0].image
    ]
    for layer in layers:
        planes = _gathered(layer, planes)
    for number, plane in enumerate(planes):
        for row, line in enumerate(plane):
            for column, places in enumerate(line):
                yield (number, row, column), _box(places)


def _gathered(layer: Layer | Pooling, planes: list[Places]) -> list[Places]:
    """Return for each cell of a layer's maps all that lies under its window."""
    pools = isinstance(layer, Pooling)
    size = layer.kernel_size if isinstance(layer, Pooling) else oracle.kernel_size(layer.weights)
    mode = "zeros" if isinstance(layer, Pooling) else layer.padding_mode
    around = [oracle.padded(plane, layer.padding, mode, frozenset()) for plane in planes]
    filters = len(planes) if isinstance(layer, Pooling) else len(layer.weights)
    groups = len(planes) if isinstance(layer, Pooling) else layer.groups
    each = len(planes) // groups
    made: list[Places] = []
    for number in range(filters):
        first = (number if pools else number // (filters // groups)) * each
        made.append([])
        for (row, _), corner in oracle.corners(around[0], size, layer.dilation, layer.stride):
            under = [
                places
                for plane in around[first : first + each]
                for line in oracle.window(plane, corner, size, layer.dilation)
                for places in line
            ]
            if row == len(made[-1]):
                made[-1].append([])
            made[-1][row].append(frozenset().union(*under))
    return made


def _box(places: frozenset[Pair]) -> Box | None:
    if not places:
        return None
    rows, columns = zip(*places, strict=True)
    return [min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1]


def field_boxes(declared: Declared, cell: Pair) -> list[Box]:
    """Return the box around everything that a cell would come from if each grid went on without an end."""
    lines = [{cell[0]}, {cell[1]}]
    boxes = []
    for layer in reversed(layers_of(declared)):
        size = layer.kernel_size if isinstance(layer, Pooling) else oracle.kernel_size(layer.weights)
        lines = [
            {
                line * layer.stride[axis] - layer.padding[axis][0] + weight * layer.dilation[axis]
                for line in lines[axis]
                for weight in range(size[axis])
            }
            for axis in (0, 1)
        ]
        starts, ends = [min(line) for line in lines], [max(line) for line in lines]
        boxes.append([*starts, *(end - start + 1 for start, end in zip(starts, ends, strict=True))])
    return boxes[::-1]
