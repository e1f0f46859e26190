"""Stacks for tests: random ones as an author would declare them, and what they are by plain loops.

The loops start from the TOML alone and share no code with the project.
"""

import json
from collections.abc import Iterator, Sequence
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
Cell: TypeAlias = tuple[int, int, int]
"""Map or channel, row and column."""

SIZED = ("same-upper", "same-lower")
STAYING_WHOLE = ("relu", "abs", "clamp")
OF_ALL = ("stride", "padding", "dilation", "kernel_size", "output_padding")


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
        if is_possible(paired({**layer, "image": reached})):
            declared["layers"].append(layer)
            reached = outputs(declared)[-1]
    return declared


def _layer(random: Random, channels: int, *, whole: bool) -> Declared:
    if random.random() < 0.3:
        return _pooling(random, "max" if whole else random.choice(("max", "average")))
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
                "padding": random.choice((0, 1, [2, 1], [[0, 1], [2, 0]], *SIZED)),
                "dilation": random.randint(1, 2),
                "padding_mode": random.choice(MODES),
                "bias": random.randint(-3, 3),
                "activation": random.choice(STAYING_WHOLE if whole else ACTIVATIONS),
                "operation": random.choice(("cross-correlation", "convolution")),
            },
        ),
    }


def _pooling(random: Random, operation: str) -> Declared:
    declared: Declared = {"kind": "pooling", "operation": operation}
    if random.random() < 0.1:
        return {**declared, "kernel_size": "global"}
    side = random.randint(1, 3)
    options: Declared = {
        "stride": random.randint(1, 3),
        "padding": random.choice((*range(side // 2 + 1), *SIZED)),
        "ceil_mode": True,
        **({"count_include_pad": False} if operation == "average" else {}),
    }
    return {**declared, "kernel_size": side, **_some(random, options)}


def _some(random: Random, options: Declared) -> Declared:
    return {key: value for key, value in options.items() if random.random() < 0.5}


def _numbers(random: Random, shape: tuple[int, ...], low: int, high: int) -> Any:  # noqa: ANN401
    if not shape:
        return random.randint(low, high)
    return [_numbers(random, shape[1:], low, high) for _ in range(shape[0])]


def paired(layer: Declared) -> Declared:
    """Return a layer whose single numbers are pairs: a grid of one row in a stack is no line."""
    pairs = {key: [layer[key]] * 2 for key in OF_ALL if isinstance(layer.get(key), int)}
    return {**layer, **pairs}


def layers_of(declared: Declared) -> list[Layer | Pooling]:
    """Return the layers with their numbers exact, each laid on what reaches it."""
    return [layer for layer, _ in computed(declared)]


def outputs(declared: Declared) -> list[Cube]:
    """Return what each layer makes, in exact numbers."""
    return [output for _, output in computed(declared)]


def computed(declared: Declared) -> list[tuple[Layer | Pooling, Cube]]:
    """Return each layer with what it makes."""
    image, made = declared["image"], []
    for keys in declared["layers"]:
        layer = oracle.read(paired({**keys, "image": image}))
        image = oracle.output_of(layer)
        made.append((layer, image))
    return made


def seen_boxes(layers: Sequence[Layer | Pooling]) -> list[dict[tuple[int, int, int], Box | None]]:
    """Return for each grid below the last what each cell of the last layer comes from, by cell."""
    return [dict(_boxes(layers[grid:])) for grid in range(len(layers))]


def _boxes(layers: Sequence[Layer | Pooling]) -> Iterator[tuple[tuple[int, int, int], Box | None]]:
    """Yield each cell of the last layer with the box around all that it comes from in the first's image."""
    planes = [
        [[frozenset({(row, column)}) for column in range(len(plane[0]))] for row in range(len(plane))]
        for plane in layers[0].image
    ]
    for layer in layers:
        if isinstance(layer, Layer) and layer.transposed:
            planes = _spread(layer, planes)
        else:
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
    if isinstance(layer, Pooling):
        around = [oracle.overhung(plane, layer, frozenset()) for plane in around]
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


def _spread(layer: Layer, planes: list[Places]) -> list[Places]:
    """Return for each cell of a transposed layer's maps all that spreads to it, pixel by pixel."""
    height, width = oracle.spread_size(layer)
    maps = len(layer.weights[0]) * layer.groups
    made: list[Places] = [[[frozenset()] * width for _ in range(height)] for _ in range(maps)]
    for (plane, row, column), (channel, *pixel), _ in landings(layer):
        made[plane][row][column] |= planes[channel][pixel[0]][pixel[1]]
    return made


def landings(layer: Layer) -> Iterator[tuple[Cell, Cell, oracle.Number]]:
    """Yield each cell to which a pixel of a transposed layer spreads, the pixel, and its weight."""
    height, width = oracle.spread_size(layer)
    each, group = len(layer.weights[0]), len(layer.image) // layer.groups
    for channel, plane in enumerate(layer.image):
        for row, line in enumerate(plane):
            for column, _ in enumerate(line):
                for number, weights in enumerate(layer.laid[channel]):
                    for down, across, weight in _entries(weights):
                        y = row * layer.stride[0] + down * layer.dilation[0] - layer.padding[0][0]
                        x = column * layer.stride[1] + across * layer.dilation[1] - layer.padding[1][0]
                        if 0 <= y < height and 0 <= x < width:
                            yield (channel // group * each + number, y, x), (channel, row, column), weight


def _entries(weights: oracle.Plane) -> Iterator[tuple[int, int, oracle.Number]]:
    for down, line in enumerate(weights):
        for across, weight in enumerate(line):
            yield down, across, weight


def _box(places: frozenset[Pair]) -> Box | None:
    if not places:
        return None
    rows, columns = zip(*places, strict=True)
    return [min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1]


def fields_under(layers: Sequence[Layer | Pooling], cell: Pair) -> list[Box | None]:
    """Return the box around everything that a cell would come from if each grid went on without an end.

    Below a transposed layer it is the box around all that spreads into the box above it; None is around
    nothing.
    """
    lines = [{cell[0]}, {cell[1]}]
    boxes: list[Box | None] = []
    for layer in reversed(layers):
        lines = [_lines_under(layer, axis, lines[axis]) for axis in (0, 1)]
        if not all(lines):
            boxes.append(None)
            continue
        starts, ends = [min(line) for line in lines], [max(line) for line in lines]
        boxes.append([*starts, *(end - start + 1 for start, end in zip(starts, ends, strict=True))])
    return boxes[::-1]


def _lines_under(layer: Layer | Pooling, axis: int, lines: set[int]) -> set[int]:
    """Return the lines of an endless image from which some lines of a map come."""
    size = layer.kernel_size if isinstance(layer, Pooling) else oracle.kernel_size(layer.weights)
    step, before, apart = layer.stride[axis], layer.padding[axis][0], layer.dilation[axis]
    offsets = [weight * apart - before for weight in range(size[axis])]
    if not lines or not (isinstance(layer, Layer) and layer.transposed):
        return {line * step + offset for line in lines for offset in offsets}
    reached = range(min(lines), max(lines) + 1)
    spread = (line - offset for line in reached for offset in offsets)
    return {steps // step for steps in spread if steps % step == 0}
