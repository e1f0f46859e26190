"""The stage of a zoom: the whole picture with the window on it, and beside it that window as large."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.legibility import too_wide
from generator.drawing.palette import RGB
from generator.drawing.panels.zoom import NumberCards, PictureCards, WholeInput, WholePicture, ZoomPanel
from generator.drawing.pictures.photographs import part_picture
from generator.drawing.stages.stage import Stage
from generator.errors import InvalidValue, counted
from generator.scenes.kinds.zoom import ZoomReel

MOVING_SCALE = 0.75
"""Smaller than others, for photographs weigh more than tiles."""


class WindowsStage(Stage):
    """What both ways to show a zoom have in common."""

    reel: ZoomReel

    @cached_property
    def work(self) -> ZoomPanel:
        """Return where the window lies."""
        return ZoomPanel(self.reel)

    @property
    def between(self) -> str:
        """Return how many windows there are."""
        return counted(len(self.reel.frames), "window")

    @property
    def row_length(self) -> int:
        """Return how many frames make a row of the film, if there is room: all."""
        return len(self.reel.frames)


@dataclass(frozen=True, eq=False)
class ZoomStage(WindowsStage):
    """Every number of a reel."""

    reel: ZoomReel

    @cached_property
    def inputs(self) -> tuple[WholeInput, ...]:
        """Return a panel for each channel."""
        return tuple(WholeInput(self.reel, plane) for plane in range(len(self.reel.image)))

    @cached_property
    def maps(self) -> tuple[NumberCards, ...]:
        """Return the window in each channel."""
        return tuple(NumberCards(self.reel, plane) for plane in range(len(self.reel.image)))

    def phone_fault(self) -> InvalidValue | None:
        """Return that the picture and the window beside it are too wide for a phone."""
        width = self.reel.input_size[1]
        return too_wide(self.reel.scene.id, width, width, width)


@dataclass(frozen=True, eq=False)
class ZoomPhotographStage(WindowsStage):
    """A photograph, and parts of it."""

    reel: ZoomReel

    @cached_property
    def inputs(self) -> tuple[WholePicture, ...]:
        """Return the photograph, all channels in one."""
        return (WholePicture(self.reel),)

    @cached_property
    def maps(self) -> tuple[PictureCards, ...]:
        """Return the window."""
        return (PictureCards(self.reel),)

    def files(self, _light: Mapping[str, RGB], _dark: Mapping[str, RGB]) -> Iterator[tuple[str, bytes]]:
        """Yield the parts of the photograph that the windows show, by name."""
        panel = self.maps[0]
        for frame in self.reel.frames:
            if not panel.is_tiled(frame):
                yield panel.file_name(frame), part_picture(panel.plate(frame))

    @property
    def moving_scale(self) -> float:
        """Return at how many pixels a unit the stage moves in slides."""
        return MOVING_SCALE


def zoom_stage(reel: ZoomReel, _blanks: Set[int]) -> Stage:
    """Return the stage of a reel: with every number on it, or as a photograph."""
    return SHOWN[reel.scene.showing.name](reel)


SHOWN = {"numbers": ZoomStage, "photograph": ZoomPhotographStage}
"""The stages of the two ways to show a scene."""
