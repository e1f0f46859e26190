"""The stage of a stack: all its grids in one panel, and a line that says what one cell sees."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.legibility import too_small
from generator.drawing.panels.field import FieldPanel
from generator.drawing.panels.panel import Panel
from generator.drawing.panels.stack_grids import StackPanel
from generator.drawing.stages.stage import Portrait, Stage
from generator.errors import InvalidValue
from generator.scenes.kinds.stack import StackReel


@dataclass(frozen=True, eq=False)
class StackStage(Stage):
    """Every grid of a reel."""

    reel: StackReel
    blanks: Set[int] = frozenset()

    @property
    def inputs(self) -> tuple[Panel, ...]:
        """Return no panel: the image is the first grid of the stack."""
        return ()

    @cached_property
    def work(self) -> FieldPanel:
        """Return what one cell sees."""
        return FieldPanel(self.reel)

    @cached_property
    def maps(self) -> tuple[StackPanel, ...]:
        """Return the panel that has all grids."""
        return (StackPanel(self.reel),)

    @property
    def layout(self) -> str:
        """Return "stack": all grids in one panel, and a line below."""
        return "stack"

    @property
    def between(self) -> str:
        """Return how many layers there are."""
        return f"{len(self.reel.layers)} layers"

    def portrait(self, room: tuple[float, float], _plane: int = 0) -> Portrait:
        """Return the stack, its grids arranged for a cover or a card of that (width, height)."""
        return Portrait((StackPanel(self.reel, room),), None)

    def phone_fault(self) -> InvalidValue | None:
        """Return that the grids share a phone's screen with numbers too small to read."""
        panel = self.maps[0]
        return too_small(self.reel.scene.id, panel.phone_number_size, len(panel.grids))
