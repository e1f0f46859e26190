"""The stage of a transposed scene: every channel, a pixel's patch, and outputs in which patches add up."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.marks import Mark, Tile
from generator.drawing.panels.activations import LABELS
from generator.drawing.panels.input import InputPanel, single_cell, window_marks
from generator.drawing.panels.map import MapPanel
from generator.drawing.panels.panel import Lens
from generator.drawing.panels.spread import SpreadPanel
from generator.drawing.stages.one_layer import LayerStage
from generator.scenes import Margins
from generator.scenes.kinds.spreading import PatchFrame, SpreadingReel


@dataclass(frozen=True, eq=False)
class PixelInput(InputPanel):
    """A channel, with a mark on the pixel that spreads."""

    def lenses(self, frame: PatchFrame) -> tuple[Lens, ...]:
        """Return the mark around the pixel."""
        plane, *cell = frame.place
        return (self.lens(cell, single_cell("window"), shown=self.plane == plane),)


@dataclass(frozen=True, eq=False)
class OutputPanel(MapPanel):
    """An output in which patches add up; they reach beyond it by as much as it is cropped."""

    reel: SpreadingReel
    alone = numbered = "output"

    @property
    def beyond(self) -> Margins:
        """Return by how much the output is cropped."""
        return self.reel.layer.geometry.padding

    def begun(self, row: int, column: int) -> Iterable[Mark]:
        """Return what the sum in a cell begins with, and the line around it where that was cut off."""
        begun = self.reel.answer_text(self.reel.begun[self.plane])
        tile = Tile(*self.box(row, column), "paper", begun, "muted", self.number_size, "begun")
        frame = tile.frame._replace(ink="muted")
        return (tile.words, frame) if self.reel.begun_cut[self.plane] else (tile.words,)

    @property
    def further_numbers(self) -> Iterable[float]:
        """Return what the sums begin with."""
        return self.reel.begun

    def lenses(self, frame: PatchFrame) -> tuple[Lens, ...]:
        """Return the mark around the patch that is being added."""
        marks = window_marks(self.reel.layer.size, self.reel.layer.geometry)
        return (self.lens(frame.window, marks, shown=self.plane in frame.planes),)

    @property
    def name(self) -> str:
        """Return the panel's label, and what its numbers have gone through where they are no sums."""
        told = LABELS[self.reel.activation] if self.reel.activation else None
        return f"{super().name}, {told.name}" if told and told.is_told_of_outputs else super().name


@dataclass(frozen=True, eq=False)
class SpreadingStage(LayerStage):
    """Every number of a reel."""

    reel: SpreadingReel
    blanks: Set[int] = frozenset()

    @cached_property
    def inputs(self) -> tuple[PixelInput, ...]:
        """Return a panel for each channel."""
        return tuple(PixelInput(self.reel, plane) for plane in range(len(self.reel.image)))

    @cached_property
    def work(self) -> SpreadPanel:
        """Return the pixel and its patch."""
        return SpreadPanel(self.reel, self.inputs)

    @cached_property
    def maps(self) -> tuple[OutputPanel, ...]:
        """Return a panel for each output."""
        return tuple(OutputPanel(self.reel, plane, self.colours) for plane in range(len(self.reel.output)))
