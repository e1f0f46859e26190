"""The panels of a zoom: the whole picture with the window on it, that window as large, and where it lies.

What the window shows are cards, one for each frame, of which the frame's own is seen.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    MIDDLE,
    NUMBER_SIZE,
    TOTAL_SIZE,
    Mark,
    Outline,
    Photo,
    Tile,
    Words,
    label,
    text_width,
)
from generator.drawing.numbers import tile_colours, values_in
from generator.drawing.panels.input import InputPanel
from generator.drawing.panels.panel import Lens, Panel, WorkPanel
from generator.drawing.panels.photo import LONGER_SIDE, Area, Form, PicturePanel
from generator.drawing.pictures.plates import Plate, photo_plate
from generator.scenes import Frame
from generator.scenes.kinds.zoom import COLOURS, ZoomFrame, ZoomReel, lines_of
from generator.scenes.numerals import size_text

WHOLE, ENLARGED = "the picture", "the window, enlarged"
FINEST = 7
"""Units of a pixel that has lines around it; those of smaller ones would be all that is seen."""
LINE = 1
"""The thickness of such a line, in units."""
PLATE = 0.86
"""How much of a coloured pixel its three numbers take, along either side; its colour is seen around them."""
LETTERS = 5.5
"""Of a colour and its number, as in R 181, and a little room beside them."""
HEIGHT = 40
WIDTHS = (104, 104, 104)
"""Of the tiles that say where the window lies, and how large it is."""
BESIDE = 10
BESIDE_NUMBER = 5
"""Units that the longest number leaves free on its tile."""


@dataclass(frozen=True, eq=False)
class WholeInput(InputPanel):
    """A channel as numbers, with the window on it."""

    reel: ZoomReel

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return f"{self.reel.plane_name(self.plane) or WHOLE} {size_text(*self.reel.input_size)}"

    def lenses(self, frame: ZoomFrame) -> tuple[Lens, ...]:
        """Return the window, as large as it is in the frame."""
        row, column = frame.window
        size = frame.size[1] * CELL, frame.size[0] * CELL
        marks = (Outline(0, 0, *size, part="window"),)
        return (Lens(BORDER + column * CELL, LABEL + row * CELL, marks, size=size),)


@dataclass(frozen=True, eq=False)
class WholePicture(PicturePanel):
    """A photograph with the window on it."""

    reel: ZoomReel

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return f"{WHOLE} {size_text(*self.reel.input_size)}"

    def marked(self, frame: ZoomFrame) -> tuple[Outline, ...]:
        """Return the window, counted in pixels from its corner."""
        height, width = frame.size
        return (Outline(0, 0, width, height, thickness=3, part="window"),)

    def cell(self, frame: ZoomFrame) -> tuple[int, int]:
        """Return the (row, column) of the window's corner."""
        return frame.window

    def lens_places(self, frame: Frame) -> Iterator[Sequence[float]]:
        """Yield where the window lies, told by its corner (column, row) from 1, and its (width, height)."""
        shown = self.reel.frames[frame.number - 1]
        (row, column), (height, width) = shown.window, shown.size
        yield [column + 1, row + 1, width, height]

    def lenses(self, frame: ZoomFrame) -> tuple[Lens, ...]:
        """Return the window."""
        return (self.picture.lens(frame.window, self.marked(frame)),)


@dataclass(frozen=True, eq=False)
class CardsPanel(Panel):
    """The window, enlarged to the size of the whole picture: a card for each frame."""

    reel: ZoomReel
    form: ClassVar[Form] = "cards"

    @property
    @abstractmethod
    def longer_side(self) -> float:
        """Return how long the longer side of a card is."""

    @abstractmethod
    def card(self, frame: ZoomFrame) -> Iterator[Mark]:
        """Yield what a frame's window shows."""

    def unit(self, frame: ZoomFrame) -> float:
        """Return the side of a pixel in a frame."""
        return self.longer_side / max(frame.size)

    @cached_property
    def room(self) -> tuple[float, float]:
        """Return the (width, height) that has room for every card."""
        sizes = [(frame, self.unit(frame)) for frame in self.reel.frames]
        return max(f.size[1] * unit for f, unit in sizes), max(f.size[0] * unit for f, unit in sizes)

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        width, height = self.room
        return max(width, text_width(self.name, LABEL_SIZE)) + 2 * BORDER, LABEL + height + BORDER

    def still(self) -> Iterator[Mark]:
        """Yield the label."""
        yield label(BORDER, self.name)

    def corner(self, frame: ZoomFrame) -> tuple[float, float]:
        """Return where a frame's card begins, in the middle of the room."""
        unit, (width, height) = self.unit(frame), self.room
        return BORDER + (width - frame.size[1] * unit) / 2, LABEL + (height - frame.size[0] * unit) / 2

    def box(self, frame: ZoomFrame, row: int, column: int) -> tuple[float, float, float, float]:
        """Return the (x, y, width, height) of a pixel of a frame's card, counted from 0."""
        (x, y), unit = self.corner(frame), self.unit(frame)
        gap = min(GAP, unit / 8)
        return x + column * unit + gap / 2, y + row * unit + gap / 2, unit - gap, unit - gap

    def tiles(self, frame: ZoomFrame, plane: int) -> Iterator[Tile]:
        """Yield the pixels of a frame in one channel, each a tile with its number."""
        pixels = self.reel.pixels_of(frame.number)[plane]
        size = self.tile_size(frame, plane)
        for row, numbers in enumerate(pixels.tolist()):
            for column, number in enumerate(numbers):
                fill, ink = tile_colours(number, self.reel.greys)
                box = self.box(frame, row, column)
                yield Tile(*box, fill, self.reel.number_text(number), ink, size, "pixel")

    def tile_size(self, frame: ZoomFrame, plane: int) -> float:
        """Return the size at which every number of a frame fits its tile."""
        numbers = values_in([self.reel.pixels_of(frame.number)[plane]])
        longest, unit = max(len(self.reel.number_text(number)) for number in numbers), self.unit(frame)
        return min(unit * NUMBER_SIZE / CELL, (unit - BESIDE_NUMBER) / (ADVANCE * longest))

    def lenses(self, frame: ZoomFrame) -> tuple[Lens, ...]:
        """Return the cards, of which the frame's own is shown."""
        return tuple(
            lens._replace(shown=number == frame.number) for number, lens in enumerate(self._cards, 1)
        )

    @cached_property
    def _cards(self) -> tuple[Lens, ...]:
        return tuple(
            Lens(0, 0, tuple(self._whole(frame)), grows_from=self.grows_from(frame))
            for frame in self.reel.frames
        )

    def lens_places(self, frame: Frame) -> Iterator[Sequence[float] | None]:
        """Yield where the cards lie: on a page each on top of those before, which are left as they are."""
        for each in self.reel.frames:
            yield [0, 0] if each.number <= frame.number else None

    def _whole(self, frame: ZoomFrame) -> Iterator[Mark]:
        """Yield a frame's card, and under it what hides the one before, between its tiles and beside it."""
        yield Tile(BORDER, LABEL, *self.room, "paper")
        yield from self.card(frame)

    def grows_from(self, frame: ZoomFrame) -> tuple[float, float]:
        """Return the point that stays where it is while the window before grows to this one."""
        before = self.reel.frames[max(0, frame.number - 2)]
        shares = [
            (start - outer) / (length - inner) if length > inner else 0.5
            for start, outer, length, inner in zip(
                frame.window, before.window, before.size, frame.size, strict=True
            )
        ]
        (x, y), unit = self.corner(before), self.unit(before)
        return x + shares[1] * before.size[1] * unit, y + shares[0] * before.size[0] * unit


@dataclass(frozen=True, eq=False)
class NumberCards(CardsPanel):
    """One channel of the window, every pixel a tile with its number."""

    plane: int = 0

    @property
    def name(self) -> str:
        """Return the panel's label."""
        plane = self.reel.plane_name(self.plane)
        return f"{plane}, enlarged" if plane else ENLARGED

    @property
    def longer_side(self) -> float:
        """Return how long the longer side is: that of the whole picture beside it."""
        return max(self.reel.input_size) * CELL

    @cached_property
    def number_size(self) -> float:
        """Return the size of the smallest number."""
        return min(self.tile_size(frame, self.plane) for frame in self.reel.frames)

    def card(self, frame: ZoomFrame) -> Iterator[Mark]:
        """Yield a tile for each pixel."""
        yield from self.tiles(frame, self.plane)


@dataclass(frozen=True, eq=False)
class PictureCards(CardsPanel):
    """A part of a photograph: with lines between its pixels where there are few, numbers where fewest."""

    @property
    def name(self) -> str:
        """Return the panel's label."""
        return ENLARGED

    @property
    def longer_side(self) -> float:
        """Return how long the longer side is: that of the whole picture beside it."""
        return LONGER_SIDE

    @cached_property
    def picture(self) -> Area:
        """Return where the whole picture lies, which is as large."""
        return Area(*self.reel.input_size)

    @cached_property
    def _plates(self) -> tuple[Plate, ...]:
        whole = photo_plate(self.reel)
        boxes = ((*frame.window[::-1], *frame.size[::-1]) for frame in self.reel.frames)
        return tuple(whole.part(*box) for box in boxes)

    def plate(self, frame: ZoomFrame) -> Plate:
        """Return a frame's part of the picture."""
        return self._plates[frame.number - 1]

    def file_name(self, frame: ZoomFrame) -> str:
        """Return the name of the file with a frame's part of the picture.

        It stands in the scene's folder.
        """
        return f"window-{frame.number}.webp"

    def is_tiled(self, frame: ZoomFrame) -> bool:
        """Tell whether a frame shows greys as tiles with their numbers, and no picture."""
        return self.reel.has_numbers(frame.number) and len(self.reel.image) == 1

    def picture_box(self, frame: ZoomFrame) -> tuple[float, float, float, float]:
        """Return (x, y, width, height) of a frame's card."""
        unit = self.unit(frame)
        return *self.corner(frame), frame.size[1] * unit, frame.size[0] * unit

    def card(self, frame: ZoomFrame) -> Iterator[Mark]:
        """Yield a frame's part of the picture, and what stands on it."""
        if self.is_tiled(frame):
            yield from self.tiles(frame, 0)
            return
        yield Photo(*self.picture_box(frame), self.plate(frame))
        if self.unit(frame) >= FINEST:
            yield from self._lines(frame)
        if self.reel.has_numbers(frame.number):
            yield from self._colours(frame)

    def _lines(self, frame: ZoomFrame) -> Iterator[Tile]:
        """Yield the lines between pixels, rows before columns."""
        x, y, width, height = self.picture_box(frame)
        unit = self.unit(frame)
        for row in range(1, frame.size[0]):
            yield Tile(x, y + row * unit - LINE / 2, width, LINE, "paper")
        for column in range(1, frame.size[1]):
            yield Tile(x + column * unit - LINE / 2, y, LINE, height, "paper")

    def _colours(self, frame: ZoomFrame) -> Iterator[Mark]:
        """Yield on each pixel a plate with its red, green and blue."""
        pixels = self.reel.pixels_of(frame.number)
        size = self._colour_size(frame)
        for row in range(frame.size[0]):
            for column in range(frame.size[1]):
                x, y, width, height = self.box(frame, row, column)
                inner = width * PLATE, height * PLATE
                left, top = x + (width - inner[0]) / 2, y + (height - inner[1]) / 2
                yield Tile(left, top, *inner, "paper")
                for channel, value in enumerate(pixels[:, row, column].tolist()):
                    middle = top + inner[1] * (channel + 0.5) / len(pixels)
                    text = f"{COLOURS[channel][0].upper()} {self.reel.number_text(value)}"
                    yield Words(left + inner[0] / 2, middle + MIDDLE * size, text, "ink", size, "middle")

    def _colour_size(self, frame: ZoomFrame) -> float:
        """Return the size at which a colour and its number fit the plate on a pixel."""
        inner = self.unit(frame) * PLATE
        return min(inner / LETTERS / ADVANCE, inner / len(COLOURS) * 0.9)

    @cached_property
    def number_size(self) -> float:
        """Return the size of the smallest number, or of the label where there is none."""
        is_grey = len(self.reel.image) == 1
        sizes = (
            self.tile_size(frame, 0) if is_grey else self._colour_size(frame)
            for frame in self.reel.frames
            if self.reel.has_numbers(frame.number)
        )
        return min(sizes, default=LABEL_SIZE)


@dataclass(frozen=True, eq=False)
class ZoomPanel(WorkPanel):
    """Which rows and columns the window has, and how many pixels that are."""

    reel: ZoomReel

    @cached_property
    def _places(self) -> tuple[tuple[float, str, float], ...]:
        """Return for each tile where its words begin, these, and where it begins itself."""
        places, x = [], float(BORDER)
        for words, width in zip(("rows", "columns", "pixels"), WIDTHS, strict=True):
            start = x + text_width(words, LABEL_SIZE) + BESIDE
            places.append((x, words, start))
            x = start + width + 2 * BESIDE
        return tuple(places)

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        return self._places[-1][2] + WIDTHS[-1] + BORDER, HEIGHT + 2 * BORDER

    @cached_property
    def number_size(self) -> float:
        """Return the size at which everything fits its tile."""
        longest = max(len(text) for frame in self.reel.frames for text in self._texts(frame))
        return min(TOTAL_SIZE, LABEL_SIZE, (min(WIDTHS) - 8) / (ADVANCE * longest))

    def still(self) -> Iterator[Mark]:
        """Yield the words."""
        baseline = BORDER + HEIGHT / 2 + LABEL_SIZE * MIDDLE
        for x, words, _ in self._places:
            yield Words(x, baseline, words)

    def moving(self, frame: ZoomFrame) -> Iterator[Mark]:
        """Yield the window's rows, its columns, and its size."""
        texts = self._texts(frame)
        for (_, _, x), width, text, part in zip(
            self._places, WIDTHS, texts, ("subtotal", "subtotal", "total"), strict=True
        ):
            yield Tile(x, BORDER, width, HEIGHT, "zero", text, "ink", self.number_size, part)

    def _texts(self, frame: ZoomFrame) -> tuple[str, str, str]:
        rows, columns = (_lines_text(*lines_of(frame, axis)) for axis in range(2))
        return rows, columns, size_text(*frame.size)


def _lines_text(first: int, last: int) -> str:
    """Return rows or columns as they stand on a tile.

    >>> _lines_text(97, 128), _lines_text(3, 3)
    ('97–128', '3')
    """
    return f"{first}–{last}" if last > first else str(first)
