"""What pooling makes of the pixels under its window: the largest, or the average."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    SIGN_SIZE,
    SIGN_WIDTH,
    TOTAL_HEIGHT,
    TOTAL_SIZE,
    TOTAL_WIDTH,
    Mark,
    Outline,
    Tile,
    Words,
    label,
    text_width,
)
from generator.drawing.panels.grids import FactorGrids
from generator.drawing.panels.input import InputPanel, single_cell
from generator.drawing.panels.map import Colours
from generator.drawing.panels.panel import Lens, WorkPanel
from generator.drawing.panels.signs import Signs, makes, sign_before
from generator.scenes.kinds.pooling import PoolFrame, PoolingReel


@dataclass(frozen=True, eq=False)
class PoolPanel(WorkPanel):
    """The pixels under the window, and what becomes of them."""

    reel: PoolingReel
    inputs: Sequence[InputPanel]
    """The channels of the image."""
    colours: Colours
    """Of pixels, and of what is kept of them."""
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose answer is an empty box, to be written in by hand."""

    @cached_property
    def factors(self) -> FactorGrids:
        """Return the grid of the window."""
        return FactorGrids(self.inputs)

    @property
    def starts(self) -> tuple[float, ...]:
        """Return where the columns begin: the window, of an average the pixels' sum, and the answer."""
        slot = max(self.reel.kernel_size[1] * CELL, text_width("window", LABEL_SIZE)) + SIGN_WIDTH
        second = BORDER + slot
        return (BORDER, second, second + TOTAL_WIDTH + SIGN_WIDTH) if self.averages else (BORDER, second)

    @property
    def averages(self) -> bool:
        """Tell whether the sum of the pixels comes before the answer."""
        return self.reel.operation == "average"

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return self.starts[-1] + TOTAL_WIDTH + BORDER, LABEL + self._height + BORDER

    @property
    def _height(self) -> float:
        return self.reel.kernel_size[0] * CELL

    def _box(self, start: float) -> tuple[float, float, float, float]:
        height = min(TOTAL_HEIGHT, self._height - GAP)
        return start, LABEL + (self._height - height) / 2, TOTAL_WIDTH, height

    def still(self) -> Iterator[Mark]:
        """Yield the labels and the signs between the columns."""
        names = ("window", "sum", "average") if self.averages else ("window", "largest")
        for start, name in zip(self.starts, names, strict=True):
            yield label(start, name)
        yield from self.signs.still()

    @cached_property
    def signs(self) -> Signs:
        """Return the signs between the columns, each at the size at which it fits in every frame."""
        frames = [self._sign_texts(frame) for frame in self.reel.frames]
        longest = [max(map(len, texts)) for texts in zip(*frames, strict=True)]
        sizes = [min(SIGN_SIZE, SIGN_WIDTH / (length * ADVANCE)) for length in longest]
        return Signs(tuple(tuple(self._signs(texts, sizes)) for texts in frames))

    def _signs(self, texts: Sequence[str], sizes: Sequence[float]) -> Iterator[Words]:
        for start, text, size in zip(self.starts[1:], texts, sizes, strict=True):
            yield sign_before(start, LABEL + self._height / 2, text, size)

    def _sign_texts(self, frame: PoolFrame) -> tuple[str, ...]:
        if not self.averages:
            return ("→",)
        equations = self.reel.equations_of(frame.number)
        share = makes(f"÷{len(equations.terms)}", equations.shares)
        return makes("Σ", equations.adds_up), share

    def running(self, frame: PoolFrame) -> Sequence[str]:
        """Return the sum, or the largest, pixel by pixel."""
        return list(map(self.reel.part_text, frame.running.tolist()))

    def moving(self, frame: PoolFrame) -> Iterator[Mark]:
        """Yield the pixels under the window, and what becomes of them."""
        yield from self.factors.tiles(frame, BORDER, lambda _: LABEL)
        yield from self.signs.moving(frame)
        ends = [(frame.sum, "total")] + ([(frame.value, "answer")] if self.averages else [])
        for start, (number, part) in zip(self.starts[1:], ends, strict=True):
            if frame.number in self.blanks:
                yield Outline(*self._box(start), "ink", 2, part="blank")
                continue
            plain = self.averages and part == "total"  # a sum of pixels is no pixel
            fill, ink = ("zero", "ink") if plain else self.colours(number)
            yield Tile(*self._box(start), fill, self.reel.result_text(number), ink, self.total_size, part)

    def lenses(self, frame: PoolFrame) -> tuple[Lens, ...]:
        """Return the mark around the winner of max pooling."""
        if frame.winner is None:
            return ()
        sides = zip(frame.winner, frame.window, self.reel.layer.geometry.dilation, strict=True)
        row, column = ((place - start) // apart for place, start, apart in sides)
        return (Lens(BORDER + column * CELL, LABEL + row * CELL, single_cell("winner", "ink")),)

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""
        return min(self.factors.number_size, self.total_size)

    @cached_property
    def total_size(self) -> float:
        """Return the size at which every answer fits its tile, and all that is reached on the way."""
        numbers = {n for frame in self.reel.frames for n in (*frame.running.tolist(), frame.value)}
        longest = max(len(self.reel.result_text(number)) for number in numbers)
        return min(TOTAL_SIZE, (TOTAL_WIDTH - 8) / (ADVANCE * longest))
