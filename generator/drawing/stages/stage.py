"""The stage: which panels show a reel, and in what order.

A stage is the input, one panel for each channel; the arithmetic of one frame; and the output, one panel
for each filter. The page arranges them with CSS, the film in a frame; the marks are the same.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.drawing.marks import painted
from generator.drawing.numbers import tile_colours
from generator.drawing.palette import RGB
from generator.drawing.panels.panel import Panel, WorkPanel
from generator.errors import InvalidValue
from generator.scenes import Frame, Positions, Reel
from generator.scenes.numerals import size_text

Written = tuple[tuple[int, int, int], str, str]
"""An output cell (map, row, column), the text in it, and how the tile under it is painted."""

FLAT = 4
"""How many times as wide as high input and map are, side by side, that are better off one below the other."""


class Portrait(NamedTuple):
    """What of a stage stands on a cover or a card."""

    panels: tuple[Panel, ...]
    """One, or the input and a map."""
    work: WorkPanel | None
    """The arithmetic between them; None where a panel says it all."""


class Stage(ABC):
    """The panels of one reel."""

    reel: Reel
    """What the stage shows."""

    @property
    @abstractmethod
    def inputs(self) -> Sequence[Panel]:
        """Return the panels of the input."""

    @property
    @abstractmethod
    def work(self) -> WorkPanel:
        """Return the panel with the arithmetic of a frame."""

    @property
    @abstractmethod
    def maps(self) -> Sequence[Panel]:
        """Return the panels of the output."""

    def colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of an answer, and of the number on it."""
        return tile_colours(value, self.reel.answer_tone)

    @property
    def grids(self) -> tuple[Panel, ...]:
        """Return the panels of the input and of the output."""
        return (*self.inputs, *self.maps)

    @property
    def magnified(self) -> tuple[Panel, ...]:
        """Return the panels that a page shows once more, enlarged around what moves over them."""
        return ()

    def files(self, _light: Mapping[str, RGB], _dark: Mapping[str, RGB]) -> Iterator[tuple[str, bytes]]:
        """Yield the pictures that a page shows of it, by name, in light and in dark colours."""
        yield from ()

    def whole_files(self, _light: Mapping[str, RGB]) -> Iterator[tuple[str, bytes]]:
        """Yield larger ones to take along, by name."""
        yield from ()

    def rows(self) -> Iterator[Sequence[Panel]]:
        """Yield the grids in rows as the film shows them: input and map side by side, or one row of each."""
        if len(self.grids) <= 2:
            yield self.grids
        else:
            yield self.inputs
            yield self.maps

    @property
    def grid_size(self) -> float:
        """Return the size of the smallest number in the grids."""
        return min(panel.number_size for panel in (*self.inputs[:1], *self.maps))

    @property
    def row_length(self) -> int:
        """Return how many frames make a row of the film, if there is room: those of a row of the output."""
        return self.reel.output_size[1]

    @property
    def moving_scale(self) -> float | None:
        """Return at how many pixels a unit the stage moves in slides; None where any will do."""
        return None

    @property
    def layout(self) -> str:
        """Return how a page lays the panels out; "" is the usual way."""
        return ""

    @property
    def is_flat(self) -> bool:
        """Tell whether input and map are so low that they stand larger one below the other."""
        (first, *more) = self.rows()
        width, height = sum(panel.size[0] for panel in first), max(panel.size[1] for panel in first)
        return not more and width > FLAT * height

    @property
    def between(self) -> str:
        """Return what lies between input and output, in a few letters."""
        return ""

    @property
    def sizes(self) -> str:
        """Return how large everything is, in one line."""
        return f"{size_text(*self.reel.input_size)} · {self.between} → {size_text(*self.reel.output_size)}"

    def plane_of(self, frame: Any) -> int:  # noqa: ANN401 - of the stage's own kind
        """Return in which plane of a grid a frame is, counted from 0."""
        positions = self.reel.positions
        return positions.of_frames[frame.number - 1][0] if positions else 0

    def header(self, frame: Any) -> str:  # noqa: ANN401 - of the stage's own kind
        """Return where a frame is, as it stands over it."""
        positions = self.reel.positions
        return _place(positions, frame) if positions else ""

    def written(self, frame: Any) -> Iterator[Written]:  # noqa: ANN401 - of the stage's own kind
        """Yield what a frame writes into the cells of the output."""
        for cell, value in frame.changes.items():
            colour = painted(self.colours(value)[0], is_framed=cell in frame.cut)
            yield cell, self.reel.answer_text(value), colour

    def portrait(self, _room: tuple[float, float], plane: int = 0) -> Portrait:
        """Return what stands on a cover or a card of that (width, height): input and map of one plane."""
        image, answers = (panels[min(plane, len(panels) - 1)] for panels in (self.inputs, self.maps))
        return Portrait((image, answers), self.work)

    def phone_fault(self) -> InvalidValue | None:
        """Return that the numbers of the stage cannot be read on a phone, and the way out."""
        return None


def _place(positions: Positions, frame: Frame) -> str:
    plane, row, column = positions.of_frames[frame.number - 1]
    first = ""
    if positions.of_frames[-1][0]:
        first = f"{'channel' if positions.side == 'in' else 'map'} {plane + 1}, "
    return f"{first}row {row + 1}, column {column + 1}"
