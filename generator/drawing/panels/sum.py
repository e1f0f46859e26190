"""The sum of one frame: pixels times weights, their products, and what these and the bias add up to."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from math import prod

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    CELL,
    LABEL,
    LABEL_SIZE,
    SIGN_WIDTH,
    TOTAL_SIZE,
    TOTAL_WIDTH,
    Mark,
    Outline,
    Tile,
    Words,
    label,
    moved,
    text_width,
)
from generator.drawing.numbers import signed, values_in
from generator.drawing.panels.activations import LABELS
from generator.drawing.panels.grids import WeightGrids
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.map import Colours
from generator.drawing.panels.panel import Weights, WorkPanel
from generator.drawing.panels.signs import Signs, makes, sign_before
from generator.drawing.panels.term_rows import TermRows
from generator.scenes.equations import equals
from generator.scenes.kinds.sliding import SlidingReel, WindowFrame

LINE = 28
"""The height of a line of words between two tiles, for the bias and the activation."""
FURTHER_LINE = 22
"""That of the second one."""
LEFT_FREE = SIGN_WIDTH - 8
"""How far words between two tiles may begin before these."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class SumPanel(WorkPanel):
    """The sum of one frame: a row for each channel under the window, and at the end what they make."""

    reel: SlidingReel
    inputs: Sequence[InputPanel]
    """The channels of the image."""
    colours: Colours
    """Of answers."""
    sum_colours: Colours
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose sum is an empty box, to be written in by hand."""
    folds: bool = False
    """Whether the products stand below what makes them, in a narrow room."""

    @cached_property
    def rows(self) -> TermRows:
        """Return a row for each channel that is summed, with a sum of its own where there are several."""
        return TermRows(self.reel, self.inputs, self.channels, self.channels > 1, self.folds)

    @property
    def grids(self) -> WeightGrids:
        """Return the grids of weights and products."""
        return self.rows.grids

    @property
    def channels(self) -> int:
        """Return how many channels are summed."""
        return len(self.reel.frames[0].planes)

    @property
    def starts(self) -> tuple[float, ...]:
        """Return where the columns begin: window, kernel, products, sums of the channels if several, sum."""
        return self.rows.starts

    @property
    def column_names(self) -> Sequence[str]:
        """Return what stands over the columns."""
        return *self.rows.names, *(("channels",) if self.channels > 1 else ()), "sum"

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        kernel = self.starts[1] + self.reel.kernel_size[1] * CELL
        width = max(self.starts[-1] + TOTAL_WIDTH, kernel) + BORDER
        return width, self._last_line + LABEL + self._height + BORDER

    @property
    def _last_line(self) -> float:
        """Return how far down the line begins that ends in the sum."""
        return self.rows.down(len(self.starts) - 1, self._height)

    @cached_property
    def _height(self) -> float:
        ends = self._total_height + LINE * self.has_bias + self._below_total
        return max(self.rows.height, ends)

    @property
    def _total_height(self) -> float:
        return self.rows.end_height

    @cached_property
    def has_bias(self) -> bool:
        """Tell whether something is added to the products."""
        return bool(self.reel.layer.bias.any())

    @property
    def has_activation(self) -> bool:
        """Tell whether the sum is changed on its way to the map."""
        return self.reel.layer.activation is not None

    @property
    def _between(self) -> float:
        """Return how much room the words about the activation have between the sum and the answer."""
        return LINE + FURTHER_LINE * (len(self._activation_lines) - 1)

    @property
    def _activation_lines(self) -> Sequence[str]:
        activation = self.reel.layer.activation
        return tuple(LABELS[activation].lines()) if activation else ()

    @property
    def _below_total(self) -> float:
        """Return how much stands below the sum: what the activation leaves of it."""
        return self._between + self._total_height if self.has_activation else 0

    def _top(self, channel: int, column: int) -> float:
        """Return the height at which a channel's row begins in a column."""
        return self.rows.top(channel, column, self._height)

    @cached_property
    def _total_box(self) -> Box:
        """Return the sum's box: in the middle, unless an activation follows below."""
        height = self._total_height
        ends = LINE * self.has_bias + height + self._below_total
        lowest = LABEL + self._height - height - self._below_total
        y = LABEL + (self._height - ends) / 2 + LINE * self.has_bias
        middle = LABEL + (self._height - height) / 2
        fits = not self.has_activation and middle - LABEL >= LINE * self.has_bias
        down = self._last_line + (middle if fits else min(y, lowest))
        return self.starts[-1], down, TOTAL_WIDTH, height

    @cached_property
    def _value_box(self) -> Box:
        """Return the box of what the activation leaves."""
        x, y, width, height = self._total_box
        return x, y + height + self._between, width, height

    def still(self) -> Iterator[Mark]:
        """Yield the labels and the signs between the grids; the weights too where no frame changes them."""
        for column, (start, name) in enumerate(zip(self.starts, self.column_names, strict=True)):
            yield moved(label(start, name), 0, self.rows.down(column, self._height))
        yield from self.signs.still()
        yield from self._activation_words()
        if len(self.reel.output) == 1:
            yield from self._filter(self.reel.frames[0])

    def _activation_words(self) -> Iterator[Words]:
        """Yield how the activation is called: over the middle of the answer, or up to its end where long."""
        lines = self._activation_lines
        x, y, width, _ = self._value_box
        size = min([LABEL_SIZE, *((width + LEFT_FREE) / (ADVANCE * len(line)) for line in lines)])
        fits = all(text_width(line, size) <= width for line in lines)
        place, anchor = (x + width / 2, "middle") if fits else (x + width, "end")
        for above, line in enumerate(reversed(lines)):
            yield Words(place, y - 9 - above * FURTHER_LINE, line, "muted", size, anchor)

    @cached_property
    def signs(self) -> Signs:
        """Return the signs before the columns."""
        return Signs(tuple(tuple(self._signs(frame)) for frame in self.reel.frames))

    def _signs(self, frame: WindowFrame) -> Iterator[Words]:
        equations = self.reel.equations_of(frame.number)
        yield from self.rows.signs(equations, self._top)
        _, y, _, height = self._total_box
        yield sign_before(self.starts[-1], y + height / 2, makes("Σ", equations.adds_up))
        if self.reel.makes_fractions:
            _, y, _, height = self._value_box
            yield sign_before(self.starts[-1], y + height / 2, equals(equations.activates))

    def _filter(self, frame: WindowFrame) -> Iterator[Mark]:
        """Yield the weights of the frame's filter, and its bias."""
        number = self.reel.filter_of(frame)
        yield from self.rows.weights(number, self._top)
        if self.has_bias:
            x, y, width, _ = self._total_box
            text = self.bias_text(number)
            yield Words(x + width / 2, y - 9, text, "muted", self.bias_size, "middle", "bias")

    def bias_text(self, number: int) -> str:
        """Return the bias of a filter as it stands over the sum."""
        return f"bias {signed(self.reel.number_text(self.reel.layer.bias[number].item()), -1)}"

    @cached_property
    def bias_size(self) -> float:
        """Return the size at which the longest bias is no wider than the sum below it."""
        longest = max(len(self.bias_text(number)) for number in range(len(self.reel.output)))
        return min(LABEL_SIZE, TOTAL_WIDTH / (ADVANCE * longest))

    @property
    def weights(self) -> Sequence[Weights]:
        """Return what is shown for each filter, where there are several."""
        several = len({self.reel.filter_of(frame) for frame in self.reel.frames}) > 1
        return self.grids.told(self.bias_text if self.has_bias else lambda _: "") if several else ()

    @property
    def turned(self) -> int:
        """Return how many weights one plane has, where it is laid turned by half a circle; else 0."""
        return prod(self.reel.kernel_size) if self.reel.layer.operation == "convolution" else 0

    def running(self, frame: WindowFrame) -> Sequence[str]:
        """Return the sum so far, term by term."""
        return list(map(self.reel.part_text, frame.running.tolist()))

    def moving(self, frame: WindowFrame) -> Iterator[Mark]:
        """Yield the pixels under the window, their products, and what they add up to."""
        if len(self.reel.output) > 1:
            yield from self._filter(frame)
        yield from self.rows.tiles(frame, self._top)
        if self.channels > 1:
            yield from self.rows.ends(frame.channel_sums.tolist(), self.total_size, self._top)
        yield from self.signs.moving(frame)
        yield from self._ends(frame)

    def _ends(self, frame: WindowFrame) -> Iterator[Mark]:
        """Yield the sum, and what the activation leaves of it, or empty boxes."""
        boxes = [(self._total_box, frame.sum, "total", self.sum_colours)]
        boxes += [(self._value_box, frame.value, "answer", self.colours)] if self.has_activation else []
        for box, number, part, colours in boxes:
            if frame.number in self.blanks:
                yield Outline(*box, "ink", 2, part="blank")
                continue
            (fill, ink), is_cut = colours(number), bool(frame.cut) and part == "answer"
            text = self.reel.answer_text(number) if part == "answer" else self.reel.result_text(number)
            yield Tile(*box, fill, text, ink, self.total_size, part, is_framed=is_cut)

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""
        return min(self.rows.factors.number_size, self.grids.number_size, self.total_size)

    @cached_property
    def total_size(self) -> float:
        """Return the size at which every sum fits its tile, those on the way too."""
        numbers = values_in(frame.running for frame in self.reel.frames)
        sums = {frame.sum for frame in self.reel.frames}
        answers = {frame.value for frame in self.reel.frames}
        texts = (
            *map(self.reel.part_text, numbers),
            *map(self.reel.result_text, sums),
            *map(self.reel.answer_text, answers),
        )
        longest = max(map(len, texts))
        return min(TOTAL_SIZE, (TOTAL_WIDTH - 8) / (ADVANCE * longest))
