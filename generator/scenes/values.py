"""Values that prose may quote, such as `{sum}`: each is read off the reel, so text cannot contradict it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np

from generator.arithmetic import Array, Operation, Pair, is_whole, laid, without_noise
from generator.errors import InvalidValue, suggestion
from generator.scenes.digits import about
from generator.scenes.equations import Term, equals
from generator.scenes.narration import FrameRange
from generator.scenes.numerals import (
    ALMOST,
    TIMES,
    is_exact,
    margins_text,
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
        "input.min": lambda reel: _number(reel, reel.image.min()),
        "input.max": lambda reel: _number(reel, reel.image.max()),
        "kernel.name": lambda reel: reel.scene.kernel.name or "a kernel of our own",
        "kernel.height": lambda reel: str(reel.kernel_size[0]),
        "kernel.width": lambda reel: str(reel.kernel_size[1]),
        "kernel.size": lambda reel: size_text(*reel.kernel_size),
        "kernel.count": lambda reel: str(reel.kernel.size),
        "kernel.centre": lambda reel: _weight(
            reel, reel.scene.operation, (reel.kernel_size[0] // 2, reel.kernel_size[1] // 2)
        ),
        "kernel.first": lambda reel: _weight(reel, "cross-correlation", (0, 0)),
        "kernel.filters": lambda reel: str(len(reel.kernel)),
        "kernel.sum": lambda reel: _part(reel, _weights_together(reel)),
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
        "output.min": lambda reel: _part(reel, reel.output.min()),
        "output.max": lambda reel: _part(reel, reel.output.max()),
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
        "sum": lambda reel, frames: _made(reel, _frame(reel, frames).sum),
        "answer": lambda reel, frames: _made(reel, _frame(reel, frames).value),
        "sums": lambda reel, frames: _listed(reel, (frame.sum for frame in _frames(reel, frames))),
        "answers": lambda reel, frames: _listed(reel, (frame.value for frame in _frames(reel, frames))),
        "bias": lambda reel, frames: _number(reel, reel.scene.bias[_frame(reel, frames).place[0]].item()),
        "products": lambda reel, frames: _products_text(reel, _frame(reel, frames)),
        "products.plus": lambda reel, frames: _side(reel, frames, 1),
        "products.minus": lambda reel, frames: _side(reel, frames, -1),
        "window": lambda reel, frames: _rows_text(reel, reel.window_pixels(_frame(reel, frames))),
        "pixel": lambda reel, frames: _number(reel, reel.window_pixels(_frame(reel, frames)).flat[0].item()),
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


def _number(reel: Reel, value: float) -> str:
    """Return a pixel or a bias, and that it is rounded where it is."""
    return about(reel.number_text(value), value)


def _part(reel: Reel, value: float) -> str:
    """Return a sum or an answer, and that it is rounded where it is."""
    return about(reel.result_text(value), value)


def _made(reel: Reel, value: float) -> str:
    """Return the sum or the answer of a frame; of one that spreads a pixel, that pixel."""
    return (_number if reel.scene.geometry.transposed else _part)(reel, value)


def _products_text(reel: Reel, frame: Frame) -> str:
    """Return the products between their signs, and that they are rounded where they do not make the sum."""
    equations = reel.equations(frame)
    terms = sum_text([term.product.text for term in equations.terms])
    if reel.scene.geometry.transposed or equations.products_add_up:
        return terms
    exact = all(term.product.is_exact for term in equations.terms)
    is_told = exact and not equations.sum.is_exact  # by the sum itself
    return terms if is_told else f"{ALMOST} {terms}"


def _side(reel: Reel, frames: FrameRange, sign: int) -> str:
    """Return what the products of one sign add up to."""
    products = _frame(reel, frames).products
    return _part(reel, products[products * sign > 0].sum().item())


def _weights_together(reel: Reel) -> float:
    """Return what all weights add up to; fractions that cancel each other leave nothing."""
    together = reel.kernel.sum()
    if is_whole(reel.kernel):
        return int(together)
    return without_noise(together, np.abs(reel.kernel).sum(), reel.kernel.size).item()


def _rows_in(reel: Reel) -> int:
    """Return how many rows of weights a frame has, those of all channels together."""
    return len(reel.frames[0].planes) * reel.kernel_size[0]


def _terms(reel: Reel, frames: FrameRange, row: int) -> str:
    width = reel.kernel_size[1]
    terms = reel.equations(_frame(reel, frames)).terms[row * width : (row + 1) * width]
    return ", ".join(map(_term, terms))


def _term(term: Term) -> str:
    return f"{term.pixel} {TIMES} {term.weight} {equals(term.is_true)} {term.product.text}"


def _listed(reel: Reel, numbers: Iterable[float]) -> str:
    return ", ".join(_made(reel, number) for number in numbers)


def _rows_text(reel: Reel, planes: Array) -> str:
    """Return pixels row by row, and in front that some of them are rounded where they are."""
    rows = [[[reel.number_text(pixel) for pixel in row] for row in plane] for plane in planes.tolist()]
    exact = all(is_exact(reel.number_text(pixel), pixel) for pixel in planes.ravel().tolist())
    text = " | ".join(" / ".join(map(" ".join, plane)) for plane in rows)
    return text if exact else f"{ALMOST} {text}"


def _weight(reel: Reel, operation: Operation, place: Pair) -> str:
    """Return the weight at (row, column) of the first filter as an operation lays it on the window."""
    row, column = place
    text = reel.scene.kernel.laid_texts(operation)[0][0][row][column]
    return about(text, laid(reel.kernel, operation)[0, 0, row, column].item())
