"""Random scene declarations over all options at once, drawn so that every one can be computed."""

import json
from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

from tests.scenes.oracle import (
    NAMED,
    PATTERNS,
    Layer,
    Pair,
    Pooling,
    kernel_size,
    layer_of,
    reach,
    read,
    spread_size,
)

Declared: TypeAlias = dict[str, Any]

WORDS = ("valid", "same", "full", "same-upper", "same-lower", "causal")
OF_IMAGES = ("same-upper", "same-lower", "causal")
MODES = ("zeros", "constant", "reflect", "symmetric", "replicate", "circular")
ACTIVATIONS = ("relu", "leaky-relu", "sigmoid", "tanh", "abs", "clamp")
SCALES = (2, -1, 0.5, "1/9", "-3/7", "2/3", "1 / 256", 0.1)
MOST_FRAMES = 400
MOST_NUMBERS = 5000
"""Of all frames of a scene together; larger scenes take long, and show nothing that smaller ones do not."""


def scene_text(seed: int) -> str:
    """Return the TOML of the random scene of that number, the same whenever it is asked for."""
    return random_scene(Random(seed))  # noqa: S311 - nothing is secret here


def impossible_text(seed: int) -> str:
    """Return likewise the TOML of a scene that cannot be computed, though each value by itself could be."""
    random = Random(seed)  # noqa: S311 - nothing is secret here
    draw = _kind(random)
    while is_possible(declared := draw(random)):
        pass
    return toml_text(declared)


def random_scene(random: Random) -> str:
    """Return the TOML of a scene that can be computed: what cannot be is drawn anew."""
    draw = _kind(random)
    while not (is_possible(declared := draw(random)) and is_small(declared)):
        pass
    return toml_text(declared)


def toml_text(declared: Declared) -> str:
    """Return a declaration as an author would write it; what JSON has of values, TOML has too.

    >>> print(toml_text({"id": "a", "image": [[1, 0.5]], "transposed": True}), end="")
    id = "a"
    image = [[1, 0.5]]
    transposed = true
    """
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in declared.items())


# What can be computed.


def is_possible(declared: Declared) -> bool:
    """Return whether a declaration has an output."""
    scene = read(declared)
    if not _takes_word(scene, declared.get("padding")):
        return False
    if isinstance(scene, Pooling):
        return _can_be_pooled(scene, declared.get("padding"))
    if scene.transposed:
        return min(spread_size(scene)) >= 1 and _has_room(scene)
    narrow = all(_is_paddable(scene.padding_mode, size, sides) for size, sides in _directions(scene))
    return narrow and _fits(scene, kernel_size(scene.weights))


def _takes_word(scene: Layer | Pooling, padding: object) -> bool:
    """Return whether a word for padding can be said of a scene."""
    rows = scene.kernel_size[0] if isinstance(scene, Pooling) else kernel_size(scene.weights)[0]
    if padding == "causal":
        return len(scene.image[0]) == rows == 1
    return padding != "same" or scene.stride == (1, 1)


def is_small(declared: Declared) -> bool:
    """Return whether a declaration that can be computed can be checked soon; all pools are small."""
    scene = read(declared)
    if isinstance(scene, Pooling):
        return True
    size = kernel_size(scene.weights)
    if scene.transposed:
        height, width = spread_size(scene)
        frames, written = _pixels(scene), len(scene.bias) * height * width
    else:
        frames, written = len(scene.weights) * _windows(scene, size), 1
    products = frames * len(scene.weights[0]) * size[0] * size[1]
    return frames <= MOST_FRAMES and max(products, frames * written) <= MOST_NUMBERS


def _directions(scene: Layer | Pooling) -> tuple[tuple[int, Pair], tuple[int, Pair]]:
    """Return the size of the image and its padding, for rows and for columns."""
    height, width = len(scene.image[0]), len(scene.image[0][0])
    return (height, scene.padding[0]), (width, scene.padding[1])


def _is_paddable(mode: str, size: int, sides: Pair) -> bool:
    """Return whether a line is long enough to be mirrored or repeated so far."""
    return max(sides) <= {"reflect": size - 1, "circular": size, "symmetric": size}.get(mode, max(sides))


def _fits(scene: Layer | Pooling, size: Pair) -> bool:
    reaches = reach(size, scene.dilation)
    over = [step - 1 for step in scene.stride] if isinstance(scene, Pooling) and scene.ceil_mode else [0, 0]
    lines = zip(_directions(scene), reaches, over, strict=True)
    return all(n + sum(sides) + more >= r for (n, sides), r, more in lines)


def _has_room(layer: Layer) -> bool:
    """Return whether an output padding is smaller than a step of the stride or of the dilation."""
    steps = zip(layer.output_padding, layer.stride, layer.dilation, strict=True)
    return all(extra < max(stride, dilation) for extra, stride, dilation in steps)


def _pixels(layer: Layer) -> int:
    return len(layer.image) * len(layer.image[0]) * len(layer.image[0][0])


def _windows(layer: Layer, size: Pair) -> int:
    rows, columns = (
        (lines + sum(sides) - span) // step + 1
        for (lines, sides), span, step in zip(
            _directions(layer), reach(size, layer.dilation), layer.stride, strict=True
        )
    )
    return rows * columns


def _can_be_pooled(pooling: Pooling, padding: object) -> bool:
    """Return whether each window holds a pixel, and padding is half of it at most, unless an image says."""
    half = all(max(sides) <= k // 2 for sides, k in zip(pooling.padding, pooling.kernel_size, strict=True))
    return (
        (half or padding in OF_IMAGES)
        and _fits(pooling, pooling.kernel_size)
        and all(_hold_pixels(pooling, a) for a in (0, 1))
    )


def _hold_pixels(pooling: Pooling, axis: int) -> bool:
    """Return whether all windows hold a line of the image in one direction."""
    size, (before, after) = _directions(pooling)[axis]
    dilation, step, count = pooling.dilation[axis], pooling.stride[axis], pooling.kernel_size[axis]
    last = size + after - dilation * (count - 1) - 1
    starts = list(range(-before, last + 1, step))
    following = -before + len(starts) * step
    if pooling.ceil_mode and following < size and following - last < step:
        starts.append(following)
    return all(any(0 <= start + dilation * k < size for k in range(count)) for start in starts)


# Drawing.


def _kind(random: Random) -> Callable[[Random], Declared]:
    return random.choices([_layer, _transposed, _pooling], [5, 2, 3])[0]


def _layer(random: Random) -> Declared:
    channels, image = _image(random)
    groups = random.choice(_divisors(channels))
    filters = groups * random.randint(1, 2)
    kernel = _kernel(random, (filters, channels // groups), depthwise=groups == channels)
    declared = {"id": "random", "image": image, "kernel": kernel, **_groups(random, groups)}
    options = {
        **_shared_options(random, len(layer_of(declared).weights)),
        "padding": lambda: _padding(random, 3, 3),
        "padding_mode": lambda: random.choice(MODES),
    }
    chosen = _some(random, options)
    if chosen.get("padding_mode") == "constant":
        chosen["padding_value"] = random.choice([0, 3, -7, 2.5])
    return _of_lines(random, {**declared, **chosen})


def _transposed(random: Random) -> Declared:
    channels, image = _image(random)
    groups, each = random.choice(_divisors(channels)), random.randint(1, 2)
    kernel = _kernel(random, (channels, each), depthwise=groups == channels and each == 1)
    options = {
        **_shared_options(random, each * groups),
        "padding": lambda: _margins(random, 3, 3),
        "output_padding": lambda: _steps(random, 0, 2),
    }
    declared = {"id": "random", "image": image, "kernel": kernel, **_groups(random, groups)}
    return {**declared, "transposed": True, **_some(random, options)}


def _shared_options(random: Random, filters: int) -> dict[str, Callable[[], object]]:
    """Return how each option is drawn that plain and transposed layers both have."""
    return {
        "scale": lambda: random.choice(SCALES),
        "stride": lambda: _steps(random, 1, 3),
        "dilation": lambda: _steps(random, 1, 3),
        "bias": lambda: _bias(random, filters),
        "activation": lambda: random.choice(ACTIVATIONS),
        "operation": lambda: random.choice(["cross-correlation", "convolution"]),
    }


def _pooling(random: Random) -> Declared:
    _, image = _image(random)
    operation, size = random.choice(["max", "average"]), _steps(random, 1, 4)
    halves = [n // 2 for n in (size if isinstance(size, list) else [size, size])]
    options: dict[str, Callable[[], object]] = {
        "stride": lambda: _steps(random, 1, 3),
        "padding": lambda: _padding(random, *halves),
    }
    options["ceil_mode"] = lambda: random.random() < 0.7
    if operation == "max":
        options["dilation"] = lambda: _steps(random, 1, 3)
    else:
        options["count_include_pad"] = lambda: random.random() < 0.3
    declared = {"id": "random", "kind": "pooling", "operation": operation, "image": image}
    if random.random() < 0.1:
        return {**declared, "kernel_size": "global"}
    return _of_lines(random, {**declared, "kernel_size": size, **_some(random, options)})


def _of_lines(random: Random, declared: Declared) -> Declared:
    """Return a declaration that pads, now and then, as an image of one row alone can be padded."""
    is_causal = _takes_word(read({**declared, "padding": 0}), "causal") and random.random() < 0.3
    return {**declared, "padding": "causal"} if is_causal else declared


def _divisors(number: int) -> list[int]:
    return [divisor for divisor in range(1, number + 1) if number % divisor == 0]


def _some(random: Random, options: dict[str, Callable[[], object]]) -> Declared:
    """Return most of the options, so that defaults have their turn."""
    return {key: draw() for key, draw in options.items() if random.random() < 0.6}


def _groups(random: Random, groups: int) -> Declared:
    return {"groups": groups} if groups > 1 or random.random() < 0.2 else {}


def _image(random: Random) -> tuple[int, str | list[Any]]:
    """Return how many channels an image has, and the image."""
    if random.random() < 0.03:
        return 1, random.choice(list(PATTERNS))
    channels = random.choice([1, 1, 1, 2, 2, 3, 4])
    height = 1 if random.random() < 0.15 else random.randint(1, 7)
    planes = _numbers(random, (channels, height, random.randint(1, 7)))
    return channels, planes[0] if channels == 1 and random.random() < 0.7 else planes


def _kernel(random: Random, shape: Pair, *, depthwise: bool) -> str | list[Any]:
    """Return a kernel of that shape before its height and width, in one of the forms that say the same.

    With `depthwise` it may be told by one plane, which makes as many filters as there are groups.
    """
    filters, channels = shape
    form = random.choice(_kernel_forms(filters, channels, depthwise=depthwise))
    if form == "a name":
        return random.choice(list(NAMED))
    if form == "names":
        return random.choices(list(NAMED), k=filters)
    kernels: list[Any] = _numbers(random, (filters, channels, random.randint(1, 4), random.randint(1, 4)))
    planes: list[Any] = {"one plane": kernels[0][0], "one filter": kernels[0], "filters": kernels}[form]
    return planes


def _kernel_forms(filters: int, channels: int, *, depthwise: bool) -> list[str]:
    forms = {"filters": True, "names": channels == 1, "one filter": filters == 1}
    return [form for form, fits in {**forms, "one plane": depthwise, "a name": depthwise}.items() if fits]


def _bias(random: Random, filters: int) -> Any:  # noqa: ANN401 - a number or a list
    return _numbers(random, (filters,) if random.random() < 0.5 else ())


def _steps(random: Random, least: int, most: int) -> int | list[int]:
    """Return one number, or rows before columns."""
    rows, columns = random.randint(least, most), random.randint(least, most)
    return rows if random.random() < 0.5 else [rows, columns]


def _padding(random: Random, down: int, across: int) -> object:
    """Return one of the words, or numbers."""
    if random.random() < 0.4:
        return random.choices(WORDS, [1, 3, 1, 1, 1, 1])[0]
    return _margins(random, down, across)


def _margins(random: Random, down: int, across: int) -> object:
    """Return a number, a pair, or a pair of pairs, up to so much for rows and for columns."""
    rows, columns = ([random.randint(0, most) for _ in range(2)] for most in (down, across))
    return random.choice([min(rows[0], columns[0]), [rows[0], columns[0]], [rows, columns]])


def _numbers(random: Random, shape: tuple[int, ...]) -> Any:  # noqa: ANN401 - nested as the shape says
    """Return nested lists: small or large whole numbers, or now and then decimals."""
    limit = random.choice([2, 9, 255, 1000])
    digits = random.choice([0, 0, 0, 0, 1, 3])
    return _nested(shape, lambda: _number(random, limit, digits))


def _number(random: Random, limit: int, digits: int) -> float:
    return round(random.uniform(-limit, limit), digits) if digits else random.randint(-limit, limit)


def _nested(shape: tuple[int, ...], draw: Callable[[], float]) -> Any:  # noqa: ANN401 - nested as the shape says
    return [_nested(shape[1:], draw) for _ in range(shape[0])] if shape else draw()
