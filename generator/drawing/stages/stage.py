"""The stage: which panels show a reel, and in what order.

A stage is the input, one panel for each channel; the arithmetic of one frame; and the output, one panel
for each filter. The page arranges them with CSS, the film in a frame; the marks are the same.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.panels.field import FieldPanel
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.map import MapPanel
from generator.drawing.panels.panel import Panel
from generator.drawing.panels.photo import AnswersPanel, PhotoPanel
from generator.drawing.panels.pool import PoolPanel
from generator.drawing.panels.spread import SpreadPanel
from generator.drawing.panels.stack import StackPanel
from generator.drawing.panels.sum import SumPanel
from generator.scenes import Reel

GridPanel = InputPanel | MapPanel | StackPanel | PhotoPanel | AnswersPanel
WorkPanel = SumPanel | PoolPanel | SpreadPanel | FieldPanel


@dataclass(frozen=True, eq=False)
class Stage:
    """The panels of one reel."""

    reel: Reel
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose sum and cell stay empty."""

    @cached_property
    def inputs(self) -> tuple[InputPanel | PhotoPanel, ...]:
        """Return a panel for each channel of the input; a photograph shows all in one, a stack has none."""
        if self.reel.scene.is_photo:
            return (PhotoPanel(self.reel),)
        if self.reel.scene.below:
            return ()
        return tuple(InputPanel(self.reel, plane) for plane in range(len(self.reel.input)))

    @cached_property
    def work(self) -> WorkPanel:
        """Return the panel with the arithmetic of a frame."""
        if self.reel.scene.below:
            return FieldPanel(self.reel)
        if self.reel.scene.pooling:
            return PoolPanel(self.reel, self.blanks)
        if self.reel.scene.geometry.transposed:
            return SpreadPanel(self.reel)
        return SumPanel(self.reel, self.blanks)

    @cached_property
    def maps(self) -> tuple[MapPanel | AnswersPanel | StackPanel, ...]:
        """Return a panel for each filter's output; of a stack the one that has all its grids."""
        if self.reel.scene.is_photo:
            return tuple(AnswersPanel(self.reel, plane) for plane in range(len(self.reel.output)))
        if self.reel.scene.below:
            return (StackPanel(self.reel),)
        return tuple(MapPanel(self.reel, plane, self.blanks) for plane in range(len(self.reel.output)))

    @property
    def grids(self) -> tuple[GridPanel, ...]:
        """Return the panels of the input and of the output."""
        return (*self.inputs, *self.maps)

    def rows(self) -> Iterator[tuple[Panel, ...]]:
        """Yield the grids in rows as the film shows them: input and map side by side, or one row of each.

        A photograph and its maps stand two in a row.
        """
        if self.reel.scene.is_photo:
            yield from (self.grids[place : place + 2] for place in range(0, len(self.grids), 2))
        elif len(self.grids) <= 2:
            yield self.grids
        else:
            yield self.inputs
            yield self.maps

    @property
    def grid_size(self) -> float:
        """Return the size of the smallest number in the grids."""
        return min(panel.number_size for panel in (*self.inputs[:1], *self.maps))

    @property
    def work_size(self) -> float:
        """Return the size of the smallest number in the arithmetic."""
        return self.work.smallest_number
