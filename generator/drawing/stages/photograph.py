"""What stages of photographs share: the picture with the window on it, and a picture of the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.palette import RGB
from generator.drawing.panels.panel import Panel
from generator.drawing.panels.photo import AnswersPanel, PhotoPanel
from generator.drawing.pictures.photographs import answer_files, whole_answer_files
from generator.drawing.stages.one_layer import LayerStage
from generator.drawing.stages.stage import Written
from generator.scenes import Frame
from generator.scenes.kinds.windows import WindowReel

MOVING_SCALE = 0.75
"""Smaller than others, for photographs weigh more than tiles."""


@dataclass(frozen=True, eq=False)
class PhotographStage(LayerStage):
    """A photograph, and pictures of the answers; each kind has its own arithmetic between them."""

    reel: WindowReel

    @cached_property
    def inputs(self) -> tuple[PhotoPanel, ...]:
        """Return the photograph, all channels in one."""
        return (PhotoPanel(self.reel),)

    @cached_property
    def maps(self) -> tuple[AnswersPanel, ...]:
        """Return a picture for each filter."""
        return tuple(AnswersPanel(self.reel, plane) for plane in range(len(self.reel.output)))

    @property
    def magnified(self) -> tuple[PhotoPanel, ...]:
        """Return the photograph, where a magnifier shows more of it than is seen already."""
        return tuple(panel for panel in self.inputs if panel.is_magnified)

    def files(self, light: Mapping[str, RGB], dark: Mapping[str, RGB]) -> Iterator[tuple[str, bytes]]:
        """Yield the pictures of the answers, by name, in light and in dark colours."""
        yield from answer_files(self.reel, light, dark)

    def whole_files(self, light: Mapping[str, RGB]) -> Iterator[tuple[str, bytes]]:
        """Yield the whole answers, by name, in light colours."""
        yield from whole_answer_files(self.reel, light)

    def rows(self) -> Iterator[Sequence[Panel]]:
        """Yield the pictures, two in a row."""
        yield from (self.grids[place : place + 2] for place in range(0, len(self.grids), 2))

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
