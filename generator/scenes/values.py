"""Values that prose may quote, such as `{sum}`: each is read off the reel, so text cannot contradict it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np

from generator.arithmetic import Array
from generator.errors import InvalidValue, suggestion
from generator.scenes.narration import FrameRange
from generator.scenes.numerals import (
    ALMOST,
    TIMES,
    exact_number,
    margins_text,
    number_text,
    pair_text,
    size_text,
    sum_text,
)
from generator.scenes.reel import Frame, Reel
from generator.scenes.scene import Scene

SCENE_VALUES: Mapping[str, Callable[[Reel], str]] = MappingProxyType(
    {
        "frames": lambda reel: str(len(reel.frames)),
        "input.height": lambda reel: str(reel.image.shape[1]),
        "input.width": lambda reel: str(reel.image.shape[2]),
        "input.size": lambda reel: size_text(*reel.image.shape[1:]),
        "input.channels": lambda reel: str(len(reel.image)),
        "input.min": lambda reel: number_text(reel.image.min()),
        "input.max": lambda reel: number_text(reel.image.max()),
        "kernel.name": lambda reel: reel.scene.kernel.name or "a kernel of our own",
        "kernel.height": lambda reel: str(reel.kernel_size[0]),
        "kernel.width": lambda reel: str(reel.kernel_size[1]),
        "kernel.size": lambda reel: size_text(*reel.kernel_size),
        "kernel.count": lambda reel: str(reel.kernel.size),
        "kernel.centre": lambda reel: _centre(reel.weight_texts[0][0]),
        "kernel.first": lambda reel: reel.scene.kernel.laid_texts("cross-correlation")[0][0][0][0],
        "kernel.filters": lambda reel: str(len(reel.kernel)),
        "kernel.sum": lambda reel: number_text(reel.kernel.sum()),
        "span": lambda reel: size_text(*reel.scene.geometry.span(reel.kernel_size)),
        "stride": lambda reel: pair_text(reel.scene.geometry.stride),
        "dilation": lambda reel: pair_text(reel.scene.geometry.dilation),
        "padding": lambda reel: margins_text(reel.scene.geometry.padding),
        "output_padding": lambda reel: pair_text(reel.scene.geometry.output_padding),
        "padded.height": lambda reel: str(reel.padded.shape[1]),
        "padded.width": lambda reel: str(reel.padded.shape[2]),
        "padded.size": lambda reel: size_text(*reel.padded.shape[1:]),
        "output.channels": lambda reel: str(len(reel.output)),
        "output.height": lambda reel: str(reel.output_size[0]),
        "output.width": lambda reel: str(reel.output_size[1]),
        "output.size": lambda reel: size_text(*reel.output_size),
        "output.count": lambda reel: str(reel.output.size),
        "output.min": lambda reel: number_text(reel.output.min()),
        "output.max": lambda reel: number_text(reel.output.max()),
    }
)
"""Values of a scene as a whole; of a stack those of the kernel are about its last layer."""

STACK_VALUES: Mapping[str, Callable[[Reel], str]] = MappingProxyType(
    {
        "layers": lambda reel: str(len(reel.scene.layers)),
        "field.height": lambda reel: str(reel.frames[0].sights[0].field.height),
        "field.width": lambda reel: str(reel.frames[0].sights[0].field.width),
        "field.size": lambda reel: size_text(*reel.frames[0].sights[0].field[2:]),
    }
)
"""Values of a stack alone: the field is what one cell of the last layer sees of the image."""

LAYER_VALUES: Mapping[str, Callable[[Scene], str]] = MappingProxyType(
    {
        "height": lambda layer: str(layer.output_size[0]),
        "width": lambda layer: str(layer.output_size[1]),
        "size": lambda layer: size_text(*layer.output_size),
        "channels": lambda layer: str(layer.filters),
        "kernel.size": lambda layer: size_text(*layer.kernel.size),
    }
)
"""Values of one layer of a stack, such as `layer.2.size`, the size of its maps."""

FRAME_VALUES: Mapping[str, Callable[[Reel, FrameRange], str]] = MappingProxyType(
    {
        "frame": lambda reel, frames: str(frames.last),
        "sum": lambda reel, frames: number_text(_frame(reel, frames).sum),
        "answer": lambda reel, frames: number_text(_frame(reel, frames).value),
        "sums": lambda reel, frames: _listed(frame.sum for frame in _frames(reel, frames)),
        "answers": lambda reel, frames: _listed(frame.value for frame in _frames(reel, frames)),
        "bias": lambda reel, frames: number_text(reel.scene.bias[_frame(reel, frames).place[0]].item()),
        "products": lambda reel, frames: sum_text(list(map(reel.part_text, _products(reel, frames)))),
        "products.plus": lambda reel, frames: _side(reel, frames, 1),
        "products.minus": lambda reel, frames: _side(reel, frames, -1),
        "window": lambda reel, frames: _rows_text(reel.window_pixels(_frame(reel, frames))),
        "pixel": lambda reel, frames: number_text(reel.window_pixels(_frame(reel, frames)).flat[0].item()),
        "out": lambda reel, frames: _place_text(_frame(reel, frames)),
        "out.row": lambda reel, frames: str(_frame(reel, frames).place[1] + 1),
        "out.column": lambda reel, frames: str(_frame(reel, frames).place[2] + 1),
    }
)
"""Values of one frame; where a beat spans several, of its last (`sums` and `answers` list them all)."""

WEIGHTED = frozenset(
    {name for name in SCENE_VALUES if name.startswith("kernel.")}
    - {"kernel.height", "kernel.width", "kernel.size"}
    | {name for name in FRAME_VALUES if name.startswith("products")}
    | {"bias"}
)
"""Values that pooling lacks, which has no weights."""

EVERY_VALUE = frozenset({*SCENE_VALUES, *STACK_VALUES, *FRAME_VALUES, "in", "in.row", "in.column", "terms.1"})
"""The values that some kind of scene has."""
VALUE_FAMILIES = frozenset({"layer", *(name.partition(".")[0] for name in EVERY_VALUE if "." in name)})
"""The first words of values with a dot: `{output.size}` is one, and never a scene called "output"."""


def reel_value(reel: Reel, name: str, frames: FrameRange | None, written: str = "") -> str:
    """Return the text of one value; `frames` is None where the prose is tied to no frame.

    `written` is the value as the author wrote it, for messages, if that is more than its name.

    `terms.2` spells out the second row of the window, product by product.

    Raises:
        InvalidValue: no value has that name, or it needs a frame and there is none.

    """
    of_scene, of_frame = _scene_values(reel), _frame_values(reel)
    if name in of_scene:
        return of_scene[name](reel)
    if name not in of_frame:
        told = f'value "{{{written or name}}}"'
        fact = f"a scene of this kind has no {told}" if name in EVERY_VALUE else f"unknown {told}"
        raise InvalidValue(fact, suggestion(name, [*of_scene, *of_frame]))
    if frames is None:
        raise InvalidValue(
            f'the value "{{{written or name}}}" belongs to a frame',
            f"Name one: {{{reel.scene.id}[peak].{name}}} or {{{reel.scene.id}[12].{name}}}.",
        )
    return of_frame[name](reel, frames)


def _frame_values(reel: Reel) -> Mapping[str, Callable[[Reel, FrameRange], str]]:
    """Return the values of one frame: pooling has no products, and a transposed layer's frame a pixel."""
    if reel.scene.pooling:
        return {name: value for name, value in FRAME_VALUES.items() if name not in WEIGHTED}
    terms = {f"terms.{row + 1}": partial(_terms, row=row) for row in range(_rows_in(reel))}
    if reel.scene.geometry.transposed:
        return {_of_the_input(name): value for name, value in FRAME_VALUES.items() if name != "bias"} | terms
    return {**FRAME_VALUES, **terms}


def _of_the_input(name: str) -> str:
    """Return what the value of a place is called where frames belong to pixels.

    >>> _of_the_input("out.row"), _of_the_input("sum")
    ('in.row', 'sum')
    """
    return "in" + name.removeprefix("out") if name.partition(".")[0] == "out" else name


def _scene_values(reel: Reel) -> Mapping[str, Callable[[Reel], str]]:
    """Return the values of a scene as a whole; pooling has fewer, a stack more of them."""
    lacking = WEIGHTED if reel.scene.pooling else frozenset()
    usual = {name: value for name, value in SCENE_VALUES.items() if name not in lacking}
    if not reel.scene.below:
        return usual
    of_layers = {
        f"layer.{number}.{name}": partial(_of_layer, value, layer)
        for number, layer in enumerate(reel.scene.layers, 1)
        for name, value in LAYER_VALUES.items()
    }
    return {**usual, **STACK_VALUES, **of_layers}


def _of_layer(value: Callable[[Scene], str], layer: Scene, _: Reel) -> str:
    return value(layer)


def _frame(reel: Reel, frames: FrameRange) -> Frame:
    return reel.frames[frames.last - 1]


def _frames(reel: Reel, frames: FrameRange) -> tuple[Frame, ...]:
    return reel.frames[frames.first - 1 : frames.last]


def _place_text(frame: Frame) -> str:
    return f"row {frame.place[1] + 1}, column {frame.place[2] + 1}"


def _products(reel: Reel, frames: FrameRange) -> list[float]:
    products: list[float] = _frame(reel, frames).products.ravel().tolist()
    return products


def _side(reel: Reel, frames: FrameRange, sign: int) -> str:
    """Return what the products of one sign add up to."""
    return reel.part_text(sum(value for value in _products(reel, frames) if value * sign > 0))


def _rows_in(reel: Reel) -> int:
    """Return how many rows of weights a frame has, those of all channels together."""
    return len(reel.frames[0].planes) * reel.kernel_size[0]


def _terms(reel: Reel, frames: FrameRange, row: int) -> str:
    frame = _frame(reel, frames)
    shape = _rows_in(reel), reel.kernel_size[1]
    pixels = np.broadcast_to(reel.window_pixels(frame), frame.products.shape).reshape(shape)[row].tolist()
    products = frame.products.reshape(shape)[row].tolist()
    weights = [texts for plane in reel.weight_texts[reel.filter_of(frame)] for texts in plane][row]
    return ", ".join(
        f"{number_text(pixel)} {TIMES} {weight} {_equals(reel, product)} {reel.part_text(product)}"
        for pixel, weight, product in zip(pixels, weights, products, strict=True)
    )


def _equals(reel: Reel, product: float) -> str:
    """Return the sign before a printed product: it says so where the product had to be rounded."""
    rounded = abs(float(exact_number(reel.part_text(product))) - product) > 1e-12
    return ALMOST if rounded else "="


def _listed(numbers: Iterable[float]) -> str:
    return ", ".join(map(number_text, numbers))


def _rows_text(planes: Array) -> str:
    return " | ".join(
        " / ".join(" ".join(map(number_text, row)) for row in plane) for plane in planes.tolist()
    )


def _centre(texts: list[list[str]]) -> str:
    middle = texts[len(texts) // 2]
    return middle[len(middle) // 2]
