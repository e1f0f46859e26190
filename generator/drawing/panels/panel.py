"""What a panel of a stage is: marks that never change, marks that stay once drawn, and one frame's own."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from generator.drawing.marks import Mark, Photo, Tile, moved
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
    grows_from: tuple[float, float] | None = None
    """Of a card that a page lets grow out of what it shows a part of: the (x, y) that stays in its place."""
    laid: tuple[Tile, ...] = ()
    """Weights that lie on the pixels. A page draws them; in a film they would be too small to read."""

    def placed(self) -> Iterator[Mark]:
        """Yield the outlines where they lie; nothing where the lens is hidden."""
        for mark in self.marks if self.shown else ():
            yield moved(mark, self.x, self.y)


class Panel(ABC):
    """A picture of a reel. Those of one kind of scene see frames of that kind."""

    @property
    def name(self) -> str:
        """Return the panel's label; "" where it has none."""
        return ""

    @property
    @abstractmethod
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""

    @property
    @abstractmethod
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""

    @abstractmethod
    def still(self) -> Iterator[Mark]:
        """Yield what is the same in every frame."""

    def legend(self) -> Iterable[Mark]:
        """Return what says between which numbers its colours lie, where a stage shows it."""
        return ()

    def lasting(self, frame: Any) -> Iterable[Mark]:  # noqa: ANN401 - of the panel's own kind
        """Return what a frame adds and every later one keeps, or writes over."""
        return ()

    def moving(self, frame: Any) -> Iterable[Mark]:  # noqa: ANN401 - of the panel's own kind
        """Return what belongs to a frame alone, drawn over the rest."""
        return ()

    def lenses(self, frame: Any) -> tuple[Lens, ...]:  # noqa: ANN401 - of the panel's own kind
        """Return what lies over everything else: as many lenses in every frame."""
        return ()

    def lens_places(self, frame: Frame) -> Iterator[Sequence[float] | None]:
        """Yield where each lens lies, with its size where that changes; None where it is hidden."""
        for lens in self.lenses(frame):
            yield [lens.x, lens.y, *(lens.size or ())] if lens.shown else None


class Weights(NamedTuple):
    """What the kernel's grids show for one filter."""

    texts: Sequence[str]
    inks: Sequence[str]
    bias: str
    """As it stands over the sum, or ""."""


class WorkPanel(Panel):
    """The panel with the arithmetic of a frame."""

    @property
    def weights(self) -> Sequence[Weights]:
        """Return what is shown for each filter, where frames have different ones."""
        return ()

    @property
    def turned(self) -> int:
        """Return how many weights one plane has, where it is laid turned by half a circle; else 0."""
        return 0

    def running(self, frame: Any) -> Sequence[str]:  # noqa: ANN401 - of the panel's own kind
        """Return what is reached on the way to the sum, term by term; nothing where there is no way."""
        return ()

    def result(self, frame: Frame) -> Tile:
        """Return the tile of what a frame comes to."""
        tiles = {mark.part: mark for mark in self.moving(frame) if isinstance(mark, Tile)}
        return next(tiles[part] for part in ("answer", "total", "factor") if part in tiles)


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
