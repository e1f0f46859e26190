"""What one cell of a stack's last layer sees, in a line of words, and the number that stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    LABEL_SIZE,
    MIDDLE,
    TOTAL_SIZE,
    TOTAL_WIDTH,
    Mark,
    Tile,
    Words,
    text_width,
)
from generator.drawing.panels.activations import LABELS
from generator.drawing.panels.panel import WorkPanel
from generator.drawing.panels.stack_grid import StackGrid
from generator.scenes.kinds.stack import FieldFrame, StackReel
from generator.scenes.numerals import ALMOST, size_text

HEIGHT = 44
BESIDE = 14
"""Between the words and the tile, and around the words between two tiles."""


@dataclass(frozen=True, eq=False)
class FieldPanel(WorkPanel):
    """How many pixels a cell sees, its sum, and what the activation leaves of it."""

    reel: StackReel

    @property
    def words(self) -> str:
        """Return how many pixels of the image one cell sees; near the edges they are fewer."""
        sights = [frame.sights[0] for frame in self.reel.frames]
        whole = not self.reel.fields_differ[0] and all(sight.seen == sight.field for sight in sights)
        return f"one cell sees {'' if whole else 'up to '}{size_text(*self.reel.field_size)} pixels"

    @property
    def has_activation(self) -> bool:
        """Tell whether the sum is changed on its way to the map."""
        return self.reel.activation is not None

    @property
    def starts(self) -> tuple[float, ...]:
        """Return where the tiles begin."""
        first = BORDER + text_width(self.words, LABEL_SIZE) + BESIDE
        second = first + TOTAL_WIDTH + text_width(self.activation_words, LABEL_SIZE) + 2 * BESIDE
        return (first, second) if self.has_activation else (first,)

    @property
    def activation_words(self) -> str:
        """Return what stands between the sum and what the activation leaves of it; "" where there is none."""
        activation = self.reel.activation
        end = ALMOST if self.reel.makes_fractions else "→"
        return f"→ {LABELS[activation].name} {end}" if activation else ""

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return self.starts[-1] + TOTAL_WIDTH + BORDER, HEIGHT + 2 * BORDER

    def still(self) -> Iterator[Mark]:
        """Yield the words."""
        baseline = BORDER + HEIGHT / 2 + LABEL_SIZE * MIDDLE
        yield Words(BORDER, baseline, self.words)
        if self.has_activation:
            yield Words(self.starts[0] + TOTAL_WIDTH + BESIDE, baseline, self.activation_words)

    def moving(self, frame: FieldFrame) -> Iterator[Mark]:
        """Yield the sum, and what the activation leaves of it."""
        numbers = ((frame.sum, "total"), (frame.value, "answer"))
        for start, (number, part) in zip(self.starts, numbers, strict=False):
            colours = self.grid.sum_colours if part == "total" else self.grid.colours
            (fill, ink), is_cut = colours(number), bool(frame.cut) and part == "answer"
            text = self.reel.sum_text(number) if part == "total" else self.reel.answer_text(number)
            box = start, BORDER, TOTAL_WIDTH, HEIGHT
            yield Tile(*box, fill, text, ink, self.total_size, part, is_framed=is_cut)

    @cached_property
    def grid(self) -> StackGrid:
        """Return the grid of the cells, whose colours the numbers have."""
        return StackGrid(self.reel, len(self.reel.layers))

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""
        return min(LABEL_SIZE, self.total_size)

    @cached_property
    def total_size(self) -> float:
        """Return the size at which every number fits its tile."""
        sums = (self.reel.sum_text(frame.sum) for frame in self.reel.frames)
        answers = (self.reel.answer_text(frame.value) for frame in self.reel.frames)
        longest = max(map(len, chain(sums, answers)))
        return min(TOTAL_SIZE, (TOTAL_WIDTH - 8) / (ADVANCE * longest))
