"""One frame of a magnitude: what each of two kernels makes, and the root of their squares."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    LABEL,
    LABEL_SIZE,
    TOTAL_SIZE,
    TOTAL_WIDTH,
    Mark,
    Tile,
    Words,
    label,
    text_width,
)
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.map import Colours
from generator.drawing.panels.panel import WorkPanel
from generator.drawing.panels.signs import Signs, sign_before
from generator.drawing.panels.term_rows import TermRows
from generator.scenes import Frame
from generator.scenes.kinds.magnitude import MagnitudeFrame, MagnitudeReel

NAME = "magnitude"
BELOW = 34
"""The height of the line that spells the root out."""
UNBROKEN = "\u00a0"
"""A space that does not part one sign from the next."""


@dataclass(frozen=True, eq=False)
class MagnitudePanel(WorkPanel):
    """A row for each kernel, the root at their end, and below how it comes about."""

    reel: MagnitudeReel
    image: InputPanel
    colours: Colours
    """Of roots."""

    @cached_property
    def rows(self) -> TermRows:
        """Return a row for each kernel, which both see the image."""
        return TermRows(self.reel, (self.image,), 2, has_ends=True)

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        last = max(TOTAL_WIDTH, text_width(NAME, LABEL_SIZE))
        return self.rows.starts[-1] + last + BORDER, LABEL + self.rows.height + BELOW + BORDER

    def _top(self, row: int, column: int, above: int = 0) -> float:
        return self.rows.top(above + row, column, self.rows.height)

    @property
    def _root_box(self) -> tuple[float, float, float, float]:
        height = self.rows.end_height
        return self.rows.starts[-1], LABEL + (self.rows.height - height) / 2, TOTAL_WIDTH, height

    def still(self) -> Iterator[Mark]:
        """Yield the labels, the signs between the grids that stay, and the weights."""
        for start, name in zip(self.rows.starts, (*self.rows.names, "gx, gy", NAME), strict=True):
            yield label(start, name)
        yield from self.signs.still()
        for kernel in range(self.rows.count):
            yield from self.rows.weights(kernel, partial(self._top, above=kernel))

    @cached_property
    def signs(self) -> Signs:
        """Return the signs before the columns, and the line below them."""
        return Signs(tuple(tuple(self._signs(frame)) for frame in self.reel.frames))

    def _signs(self, frame: Frame) -> Iterator[Words]:
        yield from self.rows.signs(self.reel.equations_of(frame.number), self._top)
        x, y, _, height = self._root_box
        yield sign_before(x, y + height / 2, "→")
        baseline, text = LABEL + self.rows.height + BELOW - 10, self.reel.root_text(frame.number)
        yield Words(BORDER, baseline, text.replace(" ", UNBROKEN), "ink", self._line_size)

    @property
    def _line_size(self) -> float:
        """Return the size at which the longest line is no wider than the panel."""
        longest = max(len(self.reel.root_text(frame.number)) for frame in self.reel.frames)
        return min(LABEL_SIZE, (self.size[0] - 2 * BORDER) / text_width("m" * longest, 1))

    def moving(self, frame: MagnitudeFrame) -> Iterator[Mark]:
        """Yield the pixels under the window, their products, what each kernel makes, and the root."""
        yield from self.rows.tiles(frame, self._top)
        yield from self.rows.ends(self.reel.sides_of(frame.number), self.total_size, self._top)
        yield from self.signs.moving(frame)
        fill, ink = self.colours(frame.value)
        text = self.reel.answer_text(frame.value)
        yield Tile(*self._root_box, fill, text, ink, self.total_size, "total")

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number in the tiles."""
        return min(self.rows.factors.number_size, self.rows.grids.number_size, self.total_size)

    @cached_property
    def total_size(self) -> float:
        """Return the size at which every root, and all that the kernels make, fit their tiles."""
        sides = {side for frame in self.reel.frames for side in self.reel.sides_of(frame.number)}
        roots = {frame.value for frame in self.reel.frames}
        longest = max(map(len, (*map(self.reel.part_text, sides), *map(self.reel.answer_text, roots))))
        return min(TOTAL_SIZE, (TOTAL_WIDTH - 8) / (ADVANCE * longest))
