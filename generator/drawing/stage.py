"""The geometry of a stage: where everything of one frame stands, in units of which a cell has 40.

A stage is three panels, each drawn by itself: the input with the window on it, the sum being made, and
the feature map. The page arranges them with CSS, the film in a frame; the marks are the same.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil
from types import MappingProxyType
from typing import NamedTuple, Protocol

from generator.drawing.palette import LIGHT_INKED, PIXEL_SHADES, TINTS
from generator.scenes import Array, Frame, Reel, number_text
from generator.scenes.numerals import MINUS, size_text

CELL = 40
"""The pitch of the grid."""
GAP = 2
"""Between two tiles."""
BORDER = 4
"""Room for the window's outline to stand over the grid's edge."""
LABEL = 30
"""The band above a grid that holds its name."""
LABEL_SIZE = 20
NUMBER_SIZE = 20
EMPTY_INSET = 1
"""By which the line around an empty cell lies inside its tile."""
SIGN_SIZE = 24
TOTAL_SIZE = 28
TOTAL_WIDTH = 84
TOTAL_HEIGHT = 56
SIGN_WIDTH = 34
ADVANCE = 0.6
"""The width of a character over its size, in the shipped monospace font."""
MIDDLE = 0.36
"""From a number's middle down to its baseline, over its size: half the font's height of capitals."""
SHIFTS = MappingProxyType({"start": 0.0, "middle": 0.5, "end": 1.0})
"""How much of its own length a text stands left of its place, by its anchor."""


class Cell(NamedTuple):
    """A tile with a number in its middle. `fill` and `ink` are roles; `part` names it for the script."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    text: str = ""
    ink: str = "ink"
    size: float = NUMBER_SIZE
    part: str = ""

    @property
    def words(self) -> "Words":
        """Return the number as words in the tile's middle."""
        x, y = self.x + self.width / 2, self.y + self.height / 2 + MIDDLE * self.size
        return Words(x, y, self.text, self.ink, self.size, "middle", f"{self.part}-text")


class Words(NamedTuple):
    """Text on the panel's ground; `y` is its baseline."""

    x: float
    y: float
    text: str
    ink: str = "muted"
    size: float = LABEL_SIZE
    anchor: str = "start"
    """`start`, `middle` or `end`."""
    part: str = ""


class Outline(NamedTuple):
    """An empty rectangle, its line centred on the edge."""

    x: float
    y: float
    width: float
    height: float
    ink: str = "window"
    thickness: float = 4
    part: str = ""


Mark = Cell | Words | Outline


class Drawing(NamedTuple):
    """Marks and where they are laid on a picture; `x` and `y` are in the picture's pixels."""

    marks: Iterable[Mark]
    x: int = 0
    y: int = 0
    scale: float = 1
    """Pixels a unit."""


class Panel(Protocol):
    """A picture of a reel: some marks never change, some stay once they are drawn, some are one frame's."""

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""

    def still(self) -> Iterator[Mark]:
        """Yield what is the same in every frame."""

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield what this frame adds and every later one keeps."""

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield what belongs to this frame alone, drawn over the rest."""


def marks_at(panel: Panel, reel: Reel, frame: Frame) -> Iterator[Mark]:
    """Yield all marks of the panel as it looks at one frame, in the order of drawing."""
    yield from marks_left(panel, reel.frames[: frame.number])
    yield from panel.moving(frame)


def marks_left(panel: Panel, frames: Iterable[Frame]) -> Iterator[Mark]:
    """Yield the marks that stay on the panel once these frames have passed."""
    yield from panel.still()
    for done in frames:
        yield from panel.lasting(done)


@dataclass(frozen=True, eq=False)
class InputPanel:
    """The input as numbers on shaded pixels, with the window at the frame's place."""

    reel: Reel

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return f"input {size_text(*self.reel.input_size)}"

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return _grid_size(*self.reel.input_size, self.name)

    def still(self) -> Iterator[Mark]:
        """Yield the label and every pixel."""
        yield _label(BORDER, self.name)
        for row, column, pixel in _entries(self.reel.input[0].tolist()):
            yield _pixel(self.reel, pixel, _tile_box(BORDER, row, column), self.number_size, "pixel")

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every pixel's number fits its tile."""
        return fitting(map(number_text, values_in([self.reel.input])))

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield nothing: an input does not change."""
        yield from ()

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield the window."""
        row, column = frame.window
        height, width = self.reel.kernel_size
        x, y = BORDER + column * CELL, LABEL + row * CELL
        yield Outline(x, y, width * CELL, height * CELL, part="window")


@dataclass(frozen=True, eq=False)
class MapPanel:
    """The feature map as far as the frames have filled it."""

    reel: Reel
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose cell stays empty, to be written in by hand."""

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return f"feature map {size_text(*self.reel.output_size)}"

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return _grid_size(*self.reel.output_size, self.name)

    def still(self) -> Iterator[Mark]:
        """Yield the label and the empty cells."""
        yield _label(BORDER, self.name)
        height, width = self.reel.output_size
        for row, column in product(range(height), range(width)):
            # Drawn inside its edge, so that the tile which fills the cell covers all of the line.
            x, y, wide, high = _tile_box(BORDER, row, column)
            box = x + EMPTY_INSET, y + EMPTY_INSET, wide - 2 * EMPTY_INSET, high - 2 * EMPTY_INSET
            yield Outline(*box, "hairline", 1, part="empty")

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield the cell that the frame fills."""
        box = _tile_box(BORDER, *frame.out[1:])
        if frame.number in self.blanks:
            yield Outline(*box, "ink", 2, part="blank")
            return
        text = number_text(frame.sum)
        fill = tint(frame.sum, self.reel.largest_output)
        yield Cell(*box, fill, text, "ink", self.number_size, "cell")

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every answer fits its cell."""
        return fitting(map(number_text, values_in([self.reel.output])))

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield the mark around the cell that is being filled."""
        _, row, column = frame.out
        yield Outline(BORDER + column * CELL, LABEL + row * CELL, CELL, CELL, part="target")


@dataclass(frozen=True, eq=False)
class SumPanel:
    """The sum of one frame: pixels times weights, the products, and what they add up to."""

    reel: Reel
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose sum is an empty box, to be written in by hand."""

    @property
    def starts(self) -> tuple[float, ...]:
        """Return where the window, the kernel, the products and the sum begin."""
        slot = max(self.reel.kernel_size[1] * CELL, _text_width("products", LABEL_SIZE))
        return tuple(BORDER + place * (slot + SIGN_WIDTH) for place in range(4))

    @property
    def middle(self) -> float:
        """Return the height of the middle row."""
        return LABEL + self.reel.kernel_size[0] * CELL / 2

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        height = LABEL + self.reel.kernel_size[0] * CELL + BORDER
        return self.starts[3] + TOTAL_WIDTH + BORDER, height

    def still(self) -> Iterator[Mark]:
        """Yield the labels, the signs between the grids, and the weights."""
        for start, name in zip(self.starts, ("window", "kernel", "products", "sum"), strict=True):
            yield _label(start, name)
        y = self.middle + SIGN_SIZE * 0.36
        for start, sign in zip(self.starts[1:], ("×", "=", "Σ"), strict=True):
            yield Words(start - SIGN_WIDTH / 2, y, sign, "muted", SIGN_SIZE, "middle")
        for row, column, weight in _entries(self.reel.window_kernel[0].tolist()):
            yield self._weight(row, column, weight)

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield nothing: every sum begins anew."""
        yield from ()

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield the pixels under the window, their products, and the sum."""
        pixels, _, products, total = self.starts
        for row, column, pixel in _entries(self.reel.window_pixels(frame).tolist()):
            yield _pixel(self.reel, pixel, _tile_box(pixels, row, column), self.pixel_size, "factor")
        for row, column, value in _entries(frame.products[0].tolist()):
            text = product_text(self.reel, value)
            fill = tint(value, self.reel.largest_product)
            yield Cell(*_tile_box(products, row, column), fill, text, "ink", self.product_size, "product")
        height = min(TOTAL_HEIGHT, self.reel.kernel_size[0] * CELL - GAP)
        box = total, self.middle - height / 2, TOTAL_WIDTH, height
        if frame.number in self.blanks:
            yield Outline(*box, "ink", 2, part="blank")
        else:
            text, fill = number_text(frame.sum), tint(frame.sum, self.reel.largest_output)
            yield Cell(*box, fill, text, "ink", self.total_size, "total")

    @cached_property
    def pixel_size(self) -> float:
        """Return the size of the numbers under the window, the same as in the input."""
        return InputPanel(self.reel).number_size

    @cached_property
    def weight_size(self) -> float:
        """Return the size at which every weight fits its tile."""
        return fitting(self._weight_text(*place) for place in product(*map(range, self.reel.kernel_size)))

    @cached_property
    def product_size(self) -> float:
        """Return the size at which every product of every frame fits its tile."""
        values = values_in(frame.products for frame in self.reel.frames)
        return fitting(product_text(self.reel, value) for value in values)

    @cached_property
    def total_size(self) -> float:
        """Return the size at which every sum fits its tile, those on the way too."""
        numbers = values_in(frame.running for frame in self.reel.frames)
        longest = max(max(len(number_text(n)), len(self.reel.part_text(n))) for n in numbers)
        return min(TOTAL_SIZE, (TOTAL_WIDTH - 8) / (ADVANCE * longest))

    def _weight_text(self, row: int, column: int) -> str:
        return signed(self.reel.weight_texts[row][column], self.reel.window_kernel.min())

    def _weight(self, row: int, column: int, weight: float) -> Cell:
        text = self._weight_text(row, column)
        ink = "plus" if weight > 0 else "minus" if weight < 0 else "muted"
        box = _tile_box(self.starts[1], row, column)
        return Cell(*box, "paper", text, ink, self.weight_size, "weight")


def tint(value: float, largest: float) -> str:
    """Return the role that colours a signed number: its sign and how much of the largest it is.

    >>> tint(-32, 32), tint(4, 32), tint(0, 32)
    ('minus-3', 'plus-1', 'zero')
    """
    if not value or not largest:
        return "zero"
    step = min(TINTS, max(1, ceil(TINTS * abs(value) / largest - 1e-9)))
    return f"{'plus' if value > 0 else 'minus'}-{step}"


def signed(text: str, against: float) -> str:
    """Return a printed number, its plus too where some number that it stands with is negative.

    >>> signed("18", against=-9), signed("0", against=-9), signed("−1", against=-9), signed("1/9", against=0)
    ('+18', '0', '−1', '1/9')
    """
    return f"+{text}" if against < 0 and text != "0" and not text.startswith(MINUS) else text


def product_text(reel: Reel, value: float) -> str:
    """Return a product as it stands on its tile."""
    return signed(reel.part_text(value), reel.smallest_product)


def values_in(arrays: Iterable[Array]) -> set[float]:
    """Return the different numbers that occur in some arrays."""
    return {value for array in arrays for value in array.ravel().tolist()}


def _pixel(reel: Reel, value: float, box: tuple[float, float, float, float], size: float, part: str) -> Cell:
    low, high = reel.input_range
    share = (value - low) / (high - low) if high > low else 0.5
    step = round(share * (PIXEL_SHADES - 1))
    ink = "on-dark" if step < LIGHT_INKED else "on-bright"
    return Cell(*box, f"pixel-{step}", number_text(value), ink, size, part)


def _entries(rows: list[list[float]]) -> Iterator[tuple[int, int, float]]:
    """Yield (row, column, value) in reading order."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            yield row, column, value


def _label(x: float, name: str) -> Words:
    return Words(x, LABEL - 11, name)


def _tile_box(x: float, row: int, column: int) -> tuple[float, float, float, float]:
    """Return (x, y, width, height) of a tile in a grid that starts at x."""
    return x + column * CELL + GAP / 2, LABEL + row * CELL + GAP / 2, CELL - GAP, CELL - GAP


def _grid_size(height: int, width: int, name: str) -> tuple[float, float]:
    inner = max(width * CELL, _text_width(name, LABEL_SIZE))
    return inner + 2 * BORDER, LABEL + height * CELL + BORDER


def _text_width(text: str, size: float) -> float:
    return len(text) * size * ADVANCE


def fitting(texts: Iterable[str]) -> float:
    """Return the largest size, up to the usual, at which each of the texts fits a tile."""
    longest = max(map(len, texts))
    return min(NUMBER_SIZE, (CELL - GAP - 3) / (ADVANCE * longest))
