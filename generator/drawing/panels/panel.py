"""What a panel of a stage is: marks that never change, marks that stay once drawn, and one frame's own."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from generator.drawing.marks import Mark, Photo, moved
from generator.scenes import Frame, Reel


class Lens(NamedTuple):
    """Outlines that lie over a grid and move with the frames as one, or a card that is shown in some."""

    x: float
    y: float
    marks: tuple[Mark, ...]
    """Their places are counted from (x, y)."""
    shown: bool = True
    size: tuple[float, float] | None = None
    """(width, height) of the outline where it changes with the frames."""

    def placed(self) -> Iterator[Mark]:
        """Yield the outlines where they lie; nothing where the lens is hidden."""
        for mark in self.marks if self.shown else ():
            yield moved(mark, self.x, self.y)


class Panel(Protocol):
    """A picture of a reel."""

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""

    def still(self) -> Iterator[Mark]:
        """Yield what is the same in every frame."""

    def lasting(self, frame: Frame) -> Iterator[Mark]:
        """Yield what this frame adds and every later one keeps, or writes over."""

    def moving(self, frame: Frame) -> Iterator[Mark]:
        """Yield what belongs to this frame alone, drawn over the rest."""

    def lenses(self, frame: Frame) -> tuple[Lens, ...]:
        """Return what lies over everything else: as many lenses in every frame."""


def drawn_over(panel: Panel, frame: Frame) -> Iterator[Mark]:
    """Yield all that belongs to one frame alone."""
    yield from panel.moving(frame)
    for lens in panel.lenses(frame):
        yield from lens.placed()


def marks_at(panel: Panel, reel: Reel, frame: Frame) -> Iterator[Mark]:
    """Yield all marks of the panel as it looks at one frame, in the order of drawing."""
    yield from marks_left(panel, reel.frames[: frame.number])
    yield from drawn_over(panel, frame)


def marks_left(panel: Panel, frames: Iterable[Frame]) -> Iterator[Mark]:
    """Yield the marks that stay on the panel once these frames have passed."""
    yield from panel.still()
    left: dict[tuple[object, ...], Mark] = {}
    for done in frames:
        left.update({_place(mark): mark for mark in panel.lasting(done)})
    yield from left.values()


def _place(mark: Mark) -> tuple[object, ...]:
    """Return what a later mark must share with a mark to replace it."""
    return (mark.x, mark.y, mark.cells) if isinstance(mark, Photo) else (mark.x, mark.y)
