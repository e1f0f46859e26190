"""Values that prose may quote, such as `{sum}`: each is read off the reel, so text cannot contradict it.

They stand in tables, by what they are about; each kind of scene has those of some tables.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import Protocol, TypeVar

import numpy as np

from generator.arithmetic import Array, Geometry, Operation, Pair, is_whole, laid, without_noise
from generator.scenes.digits import Digits, about
from generator.scenes.equations import Equations, Term, equals
from generator.scenes.ground import Ground
from generator.scenes.layers.weighted import WeightedLayer
from generator.scenes.numerals import (
    ALMOST,
    TIMES,
    is_exact,
    margins_text,
    pair_text,
    size_text,
    sum_text,
)
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import FrameValues, Reel

Of = TypeVar("Of")
SceneTable = Mapping[str, Callable[[Of], str]]
FrameTable = Mapping[str, Callable[[Of, FrameRange], str]]


class Laid(Protocol):
    """Something of a size and a geometry."""

    @property
    def geometry(self) -> Geometry:
        """Return how it is laid."""

    @property
    def size(self) -> Pair:
        """Return its (height, width)."""


class HasWindows(Protocol):
    """A reel with a kernel of some size, laid on a ground."""

    @property
    def layer(self) -> Laid:
        """Return what is laid."""

    @property
    def ground(self) -> Ground:
        """Return on what it is laid."""


class HasPixels(Protocol):
    """A reel whose frames see pixels of its image."""

    @property
    def digits(self) -> Digits:
        """Return how they are printed."""

    def pixels_of(self, number: int) -> Array:
        """Return the pixels that a frame, counted from 1, sees."""


class HasWeights(Protocol):
    """A reel whose frames multiply pixels by weights."""

    @property
    def layer(self) -> WeightedLayer:
        """Return the weights."""

    @property
    def digits(self) -> Digits:
        """Return how pixels and products are printed."""

    @property
    def products_add_up_to_sums(self) -> bool:
        """Tell whether what a frame multiplies is added up."""

    def result_text(self, value: float) -> str:
        """Return a sum as it is printed."""

    def equations_of(self, number: int) -> Equations:
        """Return the printed equations of a frame, counted from 1."""

    def products_of(self, number: int) -> Array:
        """Return the products of a frame, counted from 1, shape (planes, KH, KW)."""


class HasBias(Protocol):
    """A reel whose sums begin with a bias."""

    def number_text(self, value: float) -> str:
        """Return a bias as it is printed."""

    def bias_of(self, number: int) -> float:
        """Return the bias of a frame, counted from 1."""


OF_EVERY_SCENE: SceneTable[Reel] = MappingProxyType(
    {
        "frames": lambda reel: str(len(reel.frames)),
        "input.height": lambda reel: str(reel.image.shape[1]),
        "input.width": lambda reel: str(reel.image.shape[2]),
        "input.size": lambda reel: size_text(*reel.image.shape[1:]),
        "input.channels": lambda reel: str(len(reel.image)),
        "input.min": lambda reel: _number(reel, reel.image.min()),
        "input.max": lambda reel: _number(reel, reel.image.max()),
        "output.channels": lambda reel: str(len(reel.output)),
        "output.height": lambda reel: str(reel.output_size[0]),
        "output.width": lambda reel: str(reel.output_size[1]),
        "output.size": lambda reel: size_text(*reel.output_size),
        "output.count": lambda reel: str(reel.output.size),
        "output.min": lambda reel: reel.output_text(reel.output.min()),
        "output.max": lambda reel: reel.output_text(reel.output.max()),
    }
)
"""Of the scene as a whole."""

OF_WINDOWS: SceneTable[HasWindows] = MappingProxyType(
    {
        "kernel.height": lambda reel: str(reel.layer.size[0]),
        "kernel.width": lambda reel: str(reel.layer.size[1]),
        "kernel.size": lambda reel: size_text(*reel.layer.size),
        "span": lambda reel: size_text(*reel.layer.geometry.span(reel.layer.size)),
        "stride": lambda reel: pair_text(reel.layer.geometry.stride),
        "dilation": lambda reel: pair_text(reel.layer.geometry.dilation),
        "padding": lambda reel: margins_text(reel.layer.geometry.padding),
        "output_padding": lambda reel: pair_text(reel.layer.geometry.output_padding),
        "padded.height": lambda reel: str(_padded_size(reel)[0]),
        "padded.width": lambda reel: str(_padded_size(reel)[1]),
        "padded.size": lambda reel: size_text(*_padded_size(reel)),
    }
)
"""Of a kernel's size, and how it is laid."""

OF_WEIGHTS: SceneTable[HasWeights] = MappingProxyType(
    {
        "kernel.name": lambda reel: reel.layer.kernel.name or "a kernel of our own",
        "kernel.count": lambda reel: str(reel.layer.values.size),
        "kernel.each": lambda reel: str(reel.layer.values[0].size),
        "kernel.centre": lambda reel: _weight(
            reel.layer, reel.layer.operation, (reel.layer.size[0] // 2, reel.layer.size[1] // 2)
        ),
        "kernel.first": lambda reel: _weight(reel.layer, "cross-correlation", (0, 0)),
        "kernel.filters": lambda reel: str(len(reel.layer.values)),
        "kernel.sum": lambda reel: _result(reel, _weights_together(reel.layer)),
    }
)
"""Of a kernel's weights."""

OF_STEPS: FrameTable[Reel] = MappingProxyType(
    {
        "frame": lambda reel, frames: str(frames.last),
        "sum": lambda reel, frames: reel.made_text(reel.sums[frames.last - 1]),
        "answer": lambda reel, frames: reel.value_text(reel.frames[frames.last - 1].value),
        "sums": lambda reel, frames: _listed(map(reel.made_text, reel.sums), frames),
        "answers": lambda reel, frames: _listed(
            (reel.value_text(frame.value) for frame in reel.frames), frames
        ),
    }
)
"""Of one frame; where a beat spans several, of its last (`sums` and `answers` list them all)."""

OF_ANSWERS: FrameTable[Reel] = MappingProxyType(
    {name: OF_STEPS[name] for name in ("frame", "answer", "answers")}
)
"""The same of a frame that comes to its answer by more than one sum."""

OF_PIXELS: FrameTable[HasPixels] = MappingProxyType(
    {
        "window": lambda reel, frames: rows_text(reel.digits, reel.pixels_of(frames.last)),
        "pixel": lambda reel, frames: _pixel(reel.digits, reel.pixels_of(frames.last).flat[0].item()),
    }
)
"""Of what a frame sees of the image."""

OF_PRODUCTS: FrameTable[HasWeights] = MappingProxyType(
    {
        "products": lambda reel, frames: _products_text(reel, frames.last),
        "products.plus": lambda reel, frames: _side(reel, frames.last, 1),
        "products.minus": lambda reel, frames: _side(reel, frames.last, -1),
    }
)
"""Of what a frame multiplies; `terms.2` besides spells out the second row of the window."""

OF_BIAS: FrameTable[HasBias] = MappingProxyType(
    {"bias": lambda reel, frames: _number(reel, reel.bias_of(frames.last))}
)
"""Of what a sum begins with."""

PLACES: FrameTable[Reel] = MappingProxyType(
    {
        "": lambda reel, frames: "row {}, column {}".format(*_place(reel, frames)),
        ".row": lambda reel, frames: str(_place(reel, frames)[0]),
        ".column": lambda reel, frames: str(_place(reel, frames)[1]),
    }
)
"""Of where a frame is; before each stands "out", or "in" where frames belong to pixels."""

OF_OUTPUT_CELLS: FrameTable[Reel] = MappingProxyType({f"out{end}": value for end, value in PLACES.items()})
OF_INPUT_CELLS: FrameTable[Reel] = MappingProxyType({f"in{end}": value for end, value in PLACES.items()})

TERMS = "terms"
UNCOUNTED = "·"
FIRST_TERMS = f"{TERMS}.1"


def bound(reel: object, *tables: Mapping[str, Callable[..., str]]) -> dict[str, Callable[..., str]]:
    """Return the values of some tables as those of one reel."""
    return {name: partial(value, reel) for table in tables for name, value in table.items()}


def names(*tables: Iterable[str]) -> frozenset[str]:
    """Return the names of the values in some tables."""
    return frozenset(name for table in tables for name in table)


def term_values(reel: HasWeights, fullest: int = 1) -> FrameValues:
    """Return a value for each row of products, such as `terms.2`, that spells it out product by product.

    Args:
        reel: of which they are told.
        fullest: the number of a frame of which no other has more rows.

    """
    planes, height, _ = reel.products_of(fullest).shape
    return {f"{TERMS}.{row + 1}": partial(_terms, reel, row=row) for row in range(planes * height)}


def _padded_size(reel: HasWindows) -> Pair:
    """Return the (height, width) of the padded image, without what a last window hangs over."""
    return reel.ground.geometry.padded_size(reel.ground.size)


def _place(reel: Reel, frames: FrameRange) -> Pair:
    """Return the (row, column) of a frame, counted from 1."""
    cells = reel.positions.of_frames if reel.positions else ()
    _, row, column = cells[frames.last - 1]
    return row + 1, column + 1


class _Printing(Protocol):
    def number_text(self, value: float) -> str: ...


class _PrintingResults(Protocol):
    def result_text(self, value: float) -> str: ...


def _pixel(digits: Digits, value: float) -> str:
    """Return what lies under a window, and that it is rounded where it is, or made of rounded numbers."""
    return about(digits.pixel(value), value if digits.are_pixels_exact else None)


def _number(reel: _Printing, value: float) -> str:
    """Return a pixel or a bias, and that it is rounded where it is."""
    return about(reel.number_text(value), value)


def _result(reel: _PrintingResults, value: float) -> str:
    """Return a sum or an answer, and that it is rounded where it is."""
    return about(reel.result_text(value), value)


def _listed(texts: Iterable[str], frames: FrameRange) -> str:
    return ", ".join(islice(texts, frames.first - 1, frames.last))


def _products_text(reel: HasWeights, number: int) -> str:
    """Return the products between their signs, and that they are rounded where they do not make the sum."""
    equations = reel.equations_of(number)
    terms = sum_text([term.product.text for term in equations.terms])
    if not reel.digits.are_pixels_exact:
        return f"{ALMOST} {terms}"
    if not reel.products_add_up_to_sums or equations.products_add_up:
        return terms
    exact = all(term.product.is_exact for term in equations.terms)
    is_told = exact and not equations.sum.is_exact  # by the sum itself
    return terms if is_told else f"{ALMOST} {terms}"


def _side(reel: HasWeights, number: int, sign: int) -> str:
    """Return what the products of one sign add up to."""
    products = reel.products_of(number)
    side = products[products * sign > 0].sum().item()
    if not reel.digits.are_pixels_exact:
        return about(reel.digits.part(side), None)
    return _result(reel, side)


def _weights_together(layer: WeightedLayer) -> float:
    """Return what all weights add up to; fractions that cancel each other leave nothing."""
    together = layer.values.sum()
    if is_whole(layer.values):
        return int(together)
    return without_noise(together, np.abs(layer.values).sum(), layer.values.size).item()


def _terms(reel: HasWeights, frames: FrameRange, row: int) -> str:
    width = reel.products_of(frames.last).shape[2]
    terms = reel.equations_of(frames.last).terms[row * width : (row + 1) * width]
    return ", ".join(map(_term, terms))


def _term(term: Term) -> str:
    return f"{term.pixel} {TIMES} {term.weight} {equals(term.is_true)} {term.product.text}"


def rows_text(digits: Digits, planes: Array, counted: Array | None = None) -> str:
    """Return pixels row by row, and in front that some of them are rounded where they are.

    In place of those that are not `counted`, booleans of their shape, stands a dot.
    """
    shown = np.ones(planes.shape, bool) if counted is None else counted
    texts = np.array([digits.pixel(pixel) for pixel in planes.ravel().tolist()]).reshape(planes.shape)
    rows = np.where(shown, texts, UNCOUNTED).tolist()
    text = " | ".join(" / ".join(map(" ".join, plane)) for plane in rows)
    seen = zip(texts[shown].tolist(), planes[shown].tolist(), strict=True)
    exact = digits.are_pixels_exact and all(is_exact(*each) for each in seen)
    return text if exact else f"{ALMOST} {text}"


def _weight(layer: WeightedLayer, operation: Operation, place: Pair) -> str:
    """Return the weight at (row, column) of the first filter as an operation lays it on the window."""
    row, column = place
    text = layer.kernel.laid_texts(operation)[0][0][row][column]
    return about(text, laid(layer.values, operation)[0, 0, row, column].item())
