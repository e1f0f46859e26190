"""Where the frames of a reel are: in which plane, row and column of a grid, as anchors name them."""

from dataclasses import dataclass
from typing import Literal

from generator.scenes.scene import Cell


@dataclass(frozen=True, eq=False)
class Positions:
    """A grid with a position for each frame."""

    planes: tuple[str, ...]
    """What one of its planes is called, the usual word first."""
    side: Literal["in", "out"]
    """Whether it is the image or the output."""
    shape: Cell
    """(planes, rows, columns)."""
    of_frames: tuple[Cell, ...]
    """The cell of each frame in order, counted from 0."""
    chosen: str = ""
    """In the author's words which cells have a frame, where not all of them have one."""

    @property
    def plane(self) -> str:
        """Return what a plane is called."""
        return self.planes[0]

    @property
    def grid(self) -> str:
        """Return what the grid is called."""
        return "image" if self.side == "in" else "feature map"
