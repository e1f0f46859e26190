"""The stage of a photograph: the picture with the window on it, the sum, and a picture of the answers."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.numbers import shade_colours, tint
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.panel import Panel
from generator.drawing.panels.photo import AnswersPanel, PhotoPanel
from generator.drawing.panels.sum import SumPanel
from generator.drawing.stages.one_layer import LayerStage
from generator.drawing.stages.stage import Written
from generator.scenes import Frame
from generator.scenes.kinds.sliding import WHITE, SlidingReel, WindowFrame

MOVING_SCALE = 0.75
"""Smaller than others, for photographs weigh more than tiles."""


@dataclass(frozen=True, eq=False)
class PhotoSum(SumPanel):
    """A sum that is counted row by row.

    Chapters have many of them, and a page of every sum on the way weighs a lot.
    """

    def running(self, frame: WindowFrame) -> Sequence[str]:
        """Return the sum so far, after each whole row of the window."""
        return row_by_row([*super().running(frame)], self.reel.kernel_size[1])


@dataclass(frozen=True, eq=False)
class PhotographStage(LayerStage):
    """A photograph, and pictures of the answers."""

    reel: SlidingReel
    blanks: Set[int] = frozenset()

    @cached_property
    def inputs(self) -> tuple[PhotoPanel, ...]:
        """Return the photograph, all channels in one."""
        return (PhotoPanel(self.reel),)

    @cached_property
    def work(self) -> PhotoSum:
        """Return the sum."""
        inputs = tuple(InputPanel(self.reel, plane) for plane in range(len(self.reel.image)))
        return PhotoSum(self.reel, inputs, self.colours, self.sum_colours, self.blanks)

    @cached_property
    def maps(self) -> tuple[AnswersPanel, ...]:
        """Return a picture for each filter."""
        return tuple(AnswersPanel(self.reel, plane) for plane in range(len(self.reel.output)))

    def rows(self) -> Iterator[Sequence[Panel]]:
        """Yield the pictures, two in a row."""
        yield from (self.grids[place : place + 2] for place in range(0, len(self.grids), 2))

    def colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of an answer, and of the number on it; a blur makes pixels again."""
        if self.reel.is_signed:
            return tint(value, self.reel.largest_output), "ink"
        return shade_colours(value / self.reel.full_answer * WHITE, *self.reel.ground.pixel_range)

    def sum_colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of a sum, which may have a sign where the answers have none."""
        if self.reel.has_signed_sums:
            return tint(value, self.reel.largest_sum), "ink"
        return shade_colours(value / self.reel.largest_sum * WHITE, *self.reel.ground.pixel_range)

    @property
    def moving_scale(self) -> float:
        """Return at how many pixels a unit the stage moves in slides."""
        return MOVING_SCALE

    def phone_fault(self) -> None:
        """Return nothing: pictures shrink, and stay what they are."""
        return

    def written(self, _frame: Frame) -> Iterator[Written]:
        """Yield nothing: answers are uncovered, not written."""
        yield from ()


def row_by_row(running: list[str], width: int) -> list[str]:
    """Return for each term what is reached with the last whole row of so many.

    >>> row_by_row(["1", "3", "6", "10"], 2)
    ['', '3', '3', '10']
    """
    rows = range(1, len(running) + 1)
    return [running[done - done % width - 1] if done >= width else "" for done in rows]
