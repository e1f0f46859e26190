"""One frame of a magnitude: what each of two kernels makes, and the root of their squares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.drawing.marks import BORDER, LABEL, LABEL_SIZE, TOTAL_WIDTH, Words, text_width
from generator.drawing.panels.signs import sign_before
from generator.drawing.panels.sum import SumPanel
from generator.scenes.kinds.magnitude import MagnitudeReel
from generator.scenes.kinds.sliding import WindowFrame

NAME = "magnitude"
BELOW = 34
"""The height of the line that spells the root out."""
UNBROKEN = "\u00a0"
"""A space that does not part one sign from the next."""


@dataclass(frozen=True, eq=False)
class MagnitudePanel(SumPanel):
    """A row for each kernel, the root at their end, and below how it comes about."""

    reel: MagnitudeReel

    @property
    def column_names(self) -> Sequence[str]:
        """Return what stands over the columns."""
        return "window", "kernel", "products", "gx, gy", NAME

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        last = max(TOTAL_WIDTH, text_width(NAME, LABEL_SIZE))
        return self.starts[-1] + last + BORDER, LABEL + self._height + BELOW + BORDER

    def _signs(self, frame: WindowFrame) -> Iterator[Words]:
        *before, last = super()._signs(frame)
        yield from before
        yield last._replace(text="→", size=sign_before(0, 0, "→").size)
        baseline, text = LABEL + self._height + BELOW - 10, self._root(frame)
        yield Words(BORDER, baseline, text.replace(" ", UNBROKEN), "ink", self._root_size)

    def _root(self, frame: WindowFrame) -> str:
        return self.reel.root_text(frame.number)

    @property
    def _root_size(self) -> float:
        """Return the size at which the longest line is no wider than the panel."""
        longest = max(len(self._root(frame)) for frame in self.reel.frames)
        return min(LABEL_SIZE, (self.size[0] - 2 * BORDER) / text_width("m" * longest, 1))

    def running(self, _frame: WindowFrame) -> Sequence[str]:
        """Return nothing: no root is reached term by term."""
        return ()
