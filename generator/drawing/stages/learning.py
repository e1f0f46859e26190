"""The stage of a kernel that learns: the image, what is wanted and made, the error, and the weights."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.legibility import too_wide
from generator.drawing.marks import painted
from generator.drawing.panels.learning import LearningPanel
from generator.drawing.panels.learning_maps import (
    ErrorMap,
    LearningInput,
    LearningMap,
    PredictionMap,
    WantedMap,
)
from generator.drawing.panels.panel import Panel
from generator.drawing.stages.stage import Portrait, Stage, Written
from generator.errors import InvalidValue
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_scene import LearningFrame
from generator.scenes.numerals import size_text


@dataclass(frozen=True, eq=False)
class LearningStage(Stage):
    """Every number of a reel."""

    reel: LearningReel
    blanks: Set[int] = frozenset()

    @cached_property
    def inputs(self) -> tuple[Panel, ...]:
        """Return a panel for each channel, and one for each map that is wanted."""
        channels = (LearningInput(self.reel, plane) for plane in range(len(self.reel.image)))
        return (*channels, *(WantedMap(self.reel, plane, self.colours) for plane in self._planes))

    @cached_property
    def work(self) -> LearningPanel:
        """Return the weights, their moves, and the loss."""
        return LearningPanel(self.reel)

    @cached_property
    def maps(self) -> tuple[LearningMap, ...]:
        """Return a panel for each map that is made, and one for its error."""
        predictions = (PredictionMap(self.reel, plane, self.colours) for plane in self._planes)
        return (*predictions, *(ErrorMap(self.reel, plane, self.colours) for plane in self._planes))

    @property
    def _planes(self) -> range:
        return range(len(self.reel.output))

    def colours(self, value: float) -> tuple[str, str]:
        """Return the roles of a number's tile and of the number on it: what is printed as 0 looks like it."""
        return super().colours(0 if self.reel.answer_text(value) == "0" else value)

    @property
    def between(self) -> str:
        """Return the kernel's size."""
        return size_text(*self.reel.layer.size)

    def plane_of(self, frame: LearningFrame) -> int:
        """Return which of the kernels is shown: each step has its own."""
        return frame.number - 1

    def header(self, frame: LearningFrame) -> str:
        """Return the step."""
        return f"step {frame.step}"

    def written(self, frame: LearningFrame) -> Iterator[Written]:
        """Yield what the step writes into the maps, and into those of the errors, which follow them."""
        yield from super().written(frame)
        for (plane, row, column), error in frame.errors.items():
            text = self.reel.answer_text(error)
            yield (plane + len(self.reel.output), row, column), text, painted(self.colours(error)[0])

    def portrait(self, _room: tuple[float, float], _plane: int = 0) -> Portrait:
        """Return the image, what is made of it, and the weights."""
        return Portrait((self.inputs[0], self.maps[0]), self.work)

    def phone_fault(self) -> InvalidValue | None:
        """Return that grids side by side are too wide for a phone."""
        ground, output = self.reel.ground, self.reel.output_size
        return too_wide(self.reel.scene.id, ground.size[1], ground.padded_size[1], output[1])
