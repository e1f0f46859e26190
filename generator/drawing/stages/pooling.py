"""The stage of pools: every channel, what the window keeps, and a map of pixels again."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.panels.input import InputPanel, single_cell, window_marks
from generator.drawing.panels.map import FilledMap
from generator.drawing.panels.panel import Lens
from generator.drawing.panels.pool import PoolPanel
from generator.drawing.stages.one_layer import LayerStage
from generator.scenes import NO_MARGINS
from generator.scenes.kinds.pooling import PoolFrame, PoolingReel


@dataclass(frozen=True, eq=False)
class PoolInput(InputPanel):
    """A channel, with the window over it, and the winner of max pooling."""

    reel: PoolingReel

    def shows_zero(self, row: int, column: int) -> bool:
        """Tell whether a zero around the image is counted: the largest does not see it."""
        return self.reel.counted[row][column]

    @property
    def padding_name(self) -> str:
        """Return what lies around the image, in a few letters."""
        layer, told = self.reel.layer, []
        if layer.geometry.padding != NO_MARGINS:
            told.append(super().padding_name if layer.counts_padding else "padding")
        if self.ground.margins != layer.geometry.padding:
            told.append("overhang")
        return ", ".join(told)

    def lenses(self, frame: PoolFrame) -> tuple[Lens, ...]:
        """Return the window, and the winner."""
        marks = window_marks(self.ground.kernel_size, self.ground.geometry)
        shown = self.plane in frame.planes
        window = self.lens(frame.window, marks, shown=shown)
        if frame.winner is None:
            return (window,)
        return (window, self.lens(frame.winner, single_cell("winner", "ink"), shown=shown))


@dataclass(frozen=True, eq=False)
class PoolingStage(LayerStage):
    """Every number of a reel."""

    reel: PoolingReel
    blanks: Set[int] = frozenset()

    @cached_property
    def inputs(self) -> tuple[PoolInput, ...]:
        """Return a panel for each channel."""
        return tuple(PoolInput(self.reel, plane) for plane in range(len(self.reel.image)))

    @cached_property
    def work(self) -> PoolPanel:
        """Return what the window keeps."""
        return PoolPanel(self.reel, self.inputs, self.colours, self.blanks)

    @cached_property
    def maps(self) -> tuple[FilledMap, ...]:
        """Return a map for each channel."""
        maps = range(len(self.reel.output))
        return tuple(FilledMap(self.reel, plane, self.colours, self.blanks) for plane in maps)
