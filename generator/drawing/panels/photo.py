"""The panels of a photograph: the picture with the window on it, and the picture that the answers make.

A window of three pixels in 256 is a speck. It is drawn at its true place and in its true size, and a loupe
around it shows where to look; the numbers under it stand in the sum.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, NamedTuple

from generator.drawing.marks import (
    BORDER,
    LABEL,
    LABEL_SIZE,
    Mark,
    Outline,
    Photo,
    Words,
    label,
    text_width,
)
from generator.drawing.panels.legend import ends
from generator.drawing.panels.panel import Lens, Panel
from generator.drawing.pictures.photographs import page_size
from generator.drawing.pictures.plates import Plate, answer_plate, legend_plate, photo_plate
from generator.scenes import Frame, Reel, Signs
from generator.scenes.kinds.windows import PositionFrame, WindowReel
from generator.scenes.numerals import percent_text, size_text

COLOURS = ("red", "green", "blue")
"""The channels of a colour photograph."""
LONGER_SIDE = 280
"""Units; as wide as seven cells."""
LOUPE = 26
"""The side of the loupe, and of the mark on the map, in units; more where the window needs it."""
TARGET = 14
AROUND = 8
"""Units that a loupe leaves free around the window."""
NOTE = 24
"""The height of the line below a picture that says how to read it."""
NOTE_SIZE = 16
SCALE = (60, 11)
"""The (width, height) of a row of all colours."""
LARGEST_MAGNIFIED = 13
"""Pixels of a window along either side; a larger one is seen well enough."""
LIT = 6
"""Cells before and behind a path's cell that light up with it, in a map of 254; a cell alone is a speck."""
LIT_IN = 254


Form = Literal["photo", "answers", "cards"]


class Cells(NamedTuple):
    """A box of a picture's cells; right and bottom are the first outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, eq=False)
class Area:
    """Where a picture lies in its panel, and how large its pixels are there."""

    height: int
    width: int

    @property
    def unit(self) -> float:
        """Return the side of one pixel in units."""
        return LONGER_SIDE / max(self.height, self.width)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return (x, y, width, height) in units."""
        return BORDER, LABEL, self.width * self.unit, self.height * self.unit

    def lens(self, cell: tuple[int, int], marks: tuple[Outline, ...]) -> Lens:
        """Return marks, counted in cells from a cell (row, column), as they lie on the panel."""
        x, y, _, _ = self.box
        return Lens(x + cell[1] * self.unit, y + cell[0] * self.unit, tuple(map(self._in_units, marks)))

    def _in_units(self, mark: Outline) -> Outline:
        x, y, width, height = (length * self.unit for length in mark[:4])
        return mark._replace(x=x, y=y, width=width, height=height)


class PlatePanel(Panel):
    """A picture that the page shows from a file, with what moves over it."""

    form: ClassVar[Form]
    """How a page shows it."""

    @property
    @abstractmethod
    def picture(self) -> Area:
        """Return where the picture lies."""

    @property
    @abstractmethod
    def plate(self) -> Plate:
        """Return the picture."""

    @property
    def marker(self) -> tuple[Outline, ...]:
        """Return what moves over it, counted in its cells from the cell that it marks."""
        return ()

    def marked(self, _frame: Any) -> tuple[Outline, ...]:  # noqa: ANN401 - one of a window
        """Return the same for one frame, where its size changes with the frames."""
        return self.marker

    @abstractmethod
    def cell(self, frame: Any) -> tuple[int, int] | None:  # noqa: ANN401 - one of a window
        """Return the (row, column) from which the marker counts; None where it is hidden."""

    def lens_places(self, frame: Frame) -> Iterator[Sequence[float] | None]:
        """Yield where the marker lies: over a picture it is told by the cell, (column, row) from 1."""
        cell = self.cell(frame)
        yield [cell[1] + 1, cell[0] + 1] if cell else None


@dataclass(frozen=True, eq=False)
class PicturePanel(PlatePanel):
    """The photograph, all channels in one; each kind lays over it what moves."""

    reel: Reel
    form = "photo"

    @property
    def number_size(self) -> float:
        """Return the size of the label; no number stands on it."""
        return LABEL_SIZE

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return f"input {size_text(*self.reel.input_size)}"

    @cached_property
    def picture(self) -> Area:
        """Return where the photograph lies."""
        return Area(*self.reel.input_size)

    @cached_property
    def plate(self) -> Plate:
        """Return the photograph."""
        return photo_plate(self.reel)

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        x, y, width, height = self.picture.box
        return max(width, text_width(self.name, LABEL_SIZE)) + 2 * x, y + height + BORDER

    def still(self) -> Iterator[Mark]:
        """Yield the label and the photograph."""
        yield label(BORDER, self.name)
        yield Photo(*self.picture.box, self.plate)


@dataclass(frozen=True, eq=False)
class PhotoPanel(PicturePanel):
    """The photograph with the window at the frame's place."""

    reel: WindowReel

    @cached_property
    def marker(self) -> tuple[Outline, ...]:
        """Return the window and the loupe around it, counted in cells from the window's corner."""
        rows, columns = self.reel.ground.span
        side = max(LOUPE / self.picture.unit, max(rows, columns) + 2 * AROUND / self.picture.unit)
        return (
            Outline(0, 0, columns, rows, thickness=1, part="spot"),
            Outline((columns - side) / 2, (rows - side) / 2, side, side, thickness=3, part="window"),
        )

    @property
    def is_magnified(self) -> bool:
        """Tell whether a magnifier shows more: its window is small, and the page's file has every pixel."""
        stored, _ = page_size(self.plate.size)
        return stored >= self.picture.width and max(self.reel.ground.span) <= LARGEST_MAGNIFIED

    def cell(self, frame: PositionFrame) -> tuple[int, int] | None:
        """Return the (row, column) from which the marker counts."""
        return frame.window

    def lenses(self, frame: PositionFrame) -> tuple[Lens, ...]:
        """Return the window, and the loupe around it."""
        return (self.picture.lens(frame.window, self.marker),)


@dataclass(frozen=True, eq=False)
class AnswersPanel(PlatePanel):
    """One filter's answers as a picture, as far as the frames have come."""

    reel: WindowReel
    plane: int = 0
    form = "answers"

    @property
    def number_size(self) -> float:
        """Return the size of the smallest print on the panel."""
        return NOTE_SIZE

    @property
    def name(self) -> str:
        """Return the panel's label."""
        what = f"map {self.plane + 1}" if len(self.reel.output) > 1 else "feature map"
        if len(self.reel.image) == len(self.reel.output) == self.reel.layer.geometry.groups == len(COLOURS):
            what = COLOURS[self.plane]
        return f"{what} {size_text(*self.reel.output_size)}"

    @property
    def note(self) -> str:
        """Return how to read the picture, beside the legend of its colours."""
        if share := self.reel.cut_cells[self.plane].mean():
            return f"{percent_text(share)} cut off"
        tone = self.reel.answer_tone
        beyond = isinstance(tone, Signs) and abs(self.reel.output).max() > tone.largest
        return "or more" if beyond else ""

    @property
    def ends(self) -> tuple[str, str]:
        """Return the numbers that have the first and the last of the picture's colours."""
        return ends(self.reel.answer_tone, self.reel.answer_text)

    def legend(self) -> Iterator[Mark]:
        """Yield the colours between their numbers, and what else there is to say."""
        first, last = self.ends
        x, y = BORDER, LABEL + self.picture.box[3] + BORDER + NOTE_SIZE
        bar = x + text_width(f"{first} ", NOTE_SIZE)
        after = bar + SCALE[0] + text_width(" ", NOTE_SIZE)
        words = " ".join(filter(None, (last, self.note)))
        yield Words(x, y, first, "muted", NOTE_SIZE)
        yield Photo(bar, y - SCALE[1], *SCALE, legend_plate(self.plate.kind))
        yield Words(after, y, words, "muted", NOTE_SIZE)

    @property
    def _legend_width(self) -> float:
        return text_width("".join((*self.ends, self.note, "     ")), NOTE_SIZE) + SCALE[0]

    @cached_property
    def picture(self) -> Area:
        """Return where the picture lies."""
        return Area(*self.reel.output_size)

    @cached_property
    def plate(self) -> Plate:
        """Return the answers."""
        return answer_plate(self.reel, self.plane)

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        x, y, width, height = self.picture.box
        named = max(text_width(self.name, LABEL_SIZE), self._legend_width)
        return max(width, named) + 2 * x, y + height + BORDER + NOTE

    @property
    def is_growing(self) -> bool:
        """Tell whether the frames uncover the picture; along a row or path they light it up."""
        choice = self.reel.choice
        return choice is None or choice.form == "sample"

    def still(self) -> Iterator[Mark]:
        """Yield the label, how to read the picture, and its place; or the picture, pale."""
        x, y, width, height = self.picture.box
        yield label(BORDER, self.name)
        if not self.is_growing:
            yield Photo(*self.picture.box, self.plate.pale)
        # Outside the picture, which would lie on it.
        yield Outline(x - 1, y - 1, width + 2, height + 2, "hairline", 1, part="empty")

    def lasting(self, frame: PositionFrame) -> Iterator[Mark]:
        """Yield the parts of the picture that the frame uncovers or lights up."""
        for cells in self.fresh(frame):
            yield Photo(*self.picture.box, self.plate, cells)

    def fresh(self, frame: PositionFrame) -> Iterator[Cells]:
        """Yield the boxes of cells that a frame adds."""
        if not self.is_growing:
            yield from (self._lit(frame),) if frame.place[0] == self.plane else ()
            return
        first = self._reached(self.reel.frames[frame.number - 2]) if frame.number > 1 else 0
        yield from run_boxes(first, self._reached(frame), self.picture.width)

    def _reached(self, frame: PositionFrame) -> int:
        """Return how many of this filter's cells lie at or before a frame's, in the order of reading."""
        plane, row, column = frame.place
        cells = self.picture.height * self.picture.width
        if is_linked(self.reel, frame):
            return cells
        return min(max(0, (plane - self.plane) * cells + row * self.picture.width + column + 1), cells)

    def _lit(self, frame: PositionFrame) -> Cells:
        _, row, column = frame.place
        height, width = self.picture.height, self.picture.width
        reach = max(1, round(LIT * max(height, width) / LIT_IN))
        left, top = max(0, column - reach), max(0, row - reach)
        return Cells(left, top, min(width, column + reach + 1), min(height, row + reach + 1))

    @cached_property
    def marker(self) -> tuple[Outline, ...]:
        """Return the mark around the cell that is being filled, counted in cells from its corner."""
        side = TARGET / self.picture.unit
        return (Outline((1 - side) / 2, (1 - side) / 2, side, side, thickness=3, part="target"),)

    def cell(self, frame: PositionFrame) -> tuple[int, int] | None:
        """Return the (row, column) that is being filled; None where it lies on another map."""
        plane, row, column = frame.place
        return (row, column) if plane == self.plane else None

    def lenses(self, frame: PositionFrame) -> tuple[Lens, ...]:
        """Return the mark around the cell that is being filled."""
        lens = self.picture.lens(frame.place[1:], self.marker)
        return (lens._replace(shown=self.cell(frame) is not None),)


def is_linked(reel: WindowReel, frame: PositionFrame) -> bool:
    """Tell whether a frame is there for a link alone: by then all answers are seen."""
    return frame.number > reel.own_count


def run_boxes(first: int, end: int, width: int) -> Iterator[Cells]:
    """Yield at most three boxes that hold the cells from one to before another in reading order.

    >>> list(run_boxes(3, 9, 4))
    [Cells(left=3, top=0, right=4, bottom=1), Cells(left=0, top=1, right=4, bottom=2), \
Cells(left=0, top=2, right=1, bottom=3)]
    """
    (top, left), (bottom, right) = divmod(first, width), divmod(end, width)
    if top == bottom:
        boxes = [Cells(left, top, right, top + 1)]
    else:
        boxes = [Cells(left, top, width, top + 1)] if left else []
        boxes += [Cells(0, top + bool(left), width, bottom), Cells(0, bottom, right, bottom + 1)]
    yield from (box for box in boxes if box.right > box.left and box.bottom > box.top)
