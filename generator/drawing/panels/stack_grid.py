"""One grid of a stack: the maps of a layer as cards one behind the other, and what is seen of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    Mark,
    Outline,
    Tile,
    Words,
    empty_tile,
    fitting,
    moved,
    text_width,
    tile_box,
)
from generator.drawing.numbers import tile_colours, values_in
from generator.drawing.panels.input import single_cell
from generator.drawing.panels.layer_steps import layer_steps
from generator.drawing.panels.legend import HEIGHT, legend, legend_width
from generator.drawing.panels.panel import Lens
from generator.scenes import Array, Tone
from generator.scenes.kinds.stack import FieldFrame, StackReel
from generator.scenes.layers.layer import Layer
from generator.scenes.numerals import size_text

PEEP = 7
"""By how much a card stands out behind the one before it."""
MOST_BEHIND = 3
"""Cards that are drawn behind the front one, however many there are."""
LINE = 24
"""From one line of words to the next."""
ABOVE = 8
"""Between the words and the cards."""
NARROWEST = 4
"""Columns of cells that the words over a grid may take at least."""

UNBROKEN = "\u00a0"
"""A space at which no line ends."""


@dataclass(frozen=True, eq=False)
class StackGrid:
    """The image or one layer's maps: the front card has numbers, the others show their edges."""

    reel: StackReel
    at: int
    """Which grid: 0 is the image, 1 what the first layer makes."""

    @cached_property
    def is_last(self) -> bool:
        """Tell whether this is the grid that the frames fill."""
        return self.at == len(self._layers)

    @property
    def _layers(self) -> tuple[Layer, ...]:
        return self.reel.layers

    @cached_property
    def planes(self) -> Array:
        """Return the numbers, shape (C, H, W)."""
        return self.reel.grids[self.at]

    @cached_property
    def cells(self) -> tuple[int, int]:
        """Return how many (rows, columns) of cells there are."""
        return self.planes.shape[1], self.planes.shape[2]

    @cached_property
    def name(self) -> str:
        """Return the label, without the count of cards."""
        return f"{f'layer {self.at}' if self.at else 'input'} {size_text(*self.cells)}"

    @property
    def count(self) -> str:
        """Return how many cards there are, as it stands beside the name; "" of a single one."""
        return f"×{len(self.planes)}" if len(self.planes) > 1 else ""

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Return lines that say how the layer makes its maps."""
        if not self.at:
            return ()
        letters = int(max(self.cells[1], NARROWEST) * CELL / (LABEL_SIZE * ADVANCE))
        told = layer_steps(self._layers[self.at - 1], len(self.reel.grids[self.at - 1]))
        steps = ", ".join(step.replace(" ", UNBROKEN) for step in told)
        return tuple(line.replace(UNBROKEN, " ") for line in wrap(steps, letters))

    @cached_property
    def foot(self) -> str:
        """Return the line below the cards: how much of the grid one cell of the last layer sees."""
        if self.is_last:
            return ""
        most = "up to " if self.reel.fields_differ[self.at] else ""
        return f"field {most}{size_text(*self.reel.field_sizes[self.at])}"

    @property
    def behind(self) -> int:
        """Return how many cards show their edges."""
        return min(len(self.planes) - 1, MOST_BEHIND)

    @cached_property
    def _most_behind(self) -> int:
        """Return how many cards show their edges in any grid: all leave room for as many, and so line up."""
        return min(max(map(len, self.reel.grids)) - 1, MOST_BEHIND)

    @cached_property
    def fronts(self) -> tuple[int, ...]:
        """Return the planes that stand in front in some frame: those that the frames' cells see first."""
        return tuple(sorted({self.front(frame) for frame in self.reel.frames}))

    def front(self, frame: FieldFrame) -> int:
        """Return which plane stands in front."""
        return frame.place[0] if self.is_last else frame.sights[self.at].planes[0]

    def size(self, head: float) -> tuple[float, float]:
        """Return (width, height) under a head of that height."""
        words = max(len(f"{self.name} {self._longest_count}"), len(self.foot), *map(len, self.notes), 0)
        legend = legend_width(*self._scale) if self.is_last else 0
        cards = self.cells[1] * CELL + self._most_behind * PEEP
        width = max(cards, text_width("m" * words, LABEL_SIZE), legend)
        below = HEIGHT if self.is_last else LINE if self.foot else 0
        return width + 2 * BORDER, head + self.cells[0] * CELL + below + BORDER

    @cached_property
    def _scale(self) -> tuple[Tone, Callable[[float], str], float]:
        """Return what the legend is about, and how its numbers are printed, and how large."""
        return self.reel.answer_tone, self._text, self.number_size

    @cached_property
    def _longest_count(self) -> str:
        return max(map(self._count_of, self.fronts), key=len) if self._takes_turns else self.count

    def _count_of(self, plane: int) -> str:
        """Return which of the cards is in front, in its own words where it has some."""
        named = self.reel.map_name(plane) if self.is_last else ""
        return named or f"{plane + 1} of {len(self.planes)}"

    @property
    def head(self) -> float:
        """Return the height that the words and the edges of the cards need over the front one."""
        return LINE * (1 + len(self.notes)) + ABOVE + self.behind * PEEP

    def still(self, head: float) -> Iterator[Mark]:
        """Yield the words, the edges of the cards behind, and the front card if it is always the same."""
        yield Words(BORDER, LABEL_SIZE, self.name, "ink")
        if self.count and not self._takes_turns:
            yield self._count_words(self.count)
        for number, note in enumerate(self.notes, 1):
            yield Words(BORDER, LABEL_SIZE + number * LINE, note)
        if self.foot:
            yield Words(BORDER, head + self.cells[0] * CELL + LABEL_SIZE, self.foot)
        for card in range(self.behind, 0, -1):
            yield from self._edges(card, head)
        if not self._takes_turns:
            front = self._empty if self.is_last else self._cards[self.fronts[0]]
            yield from (moved(mark, BORDER, head) for mark in front)

    def legend(self, head: float) -> Iterator[Mark]:
        """Yield the colours of the last grid, between the numbers that they stand for."""
        if self.is_last:
            yield from legend(*self._scale, BORDER, head + self.cells[0] * CELL)

    def lasting(self, frame: FieldFrame, head: float) -> Iterator[Mark]:
        """Yield the cell that the frame fills on a card that stays in front."""
        if self.is_last and not self._takes_turns:
            yield moved(self._cards[self.fronts[0]][frame.number - 1], BORDER, head)

    @property
    def _takes_turns(self) -> bool:
        """Tell whether different cards stand in front."""
        return len(self.fronts) > 1

    def _count_words(self, count: str) -> Words:
        return Words(BORDER + text_width(f"{self.name} ", LABEL_SIZE), LABEL_SIZE, count)

    def _edges(self, card: int, head: float) -> Iterator[Mark]:
        """Yield what is seen of a card behind the front one: parts of its first row and its last column."""
        rows, columns = self.cells
        left, top = BORDER + card * PEEP, head - card * PEEP
        right = left + columns * CELL - PEEP
        boxes = [
            ((0, column), (left + column * CELL + GAP / 2, top, CELL - GAP, PEEP - GAP))
            for column in range(columns)
        ]
        boxes += [
            ((row, columns - 1), (right + GAP, top + row * CELL + GAP / 2, PEEP - GAP, CELL - GAP))
            for row in range(rows)
        ]
        plane = self.planes[(self.fronts[0] + card) % len(self.planes)]
        for place, box in boxes:
            fill = "zero" if self.is_last else self.colours(plane[place].item())[0]
            yield Tile(*box, fill)

    @cached_property
    def _cards(self) -> Mapping[int, tuple[Tile, ...]]:
        """Return the numbers of each plane that stands in front, from the card's corner on."""
        return {plane: tuple(self._tiles(plane)) for plane in self.fronts}

    def _tiles(self, plane: int) -> Iterator[Tile]:
        part = "cell" if self.is_last else "value" if self.at else "pixel"
        cut = self.reel.cut_grids[self.at][plane]
        for row, numbers in enumerate(self.planes[plane].tolist()):
            for column, number in enumerate(numbers):
                fill, ink = self.colours(number)
                box = tile_box(0, row, column, 0)
                text, is_cut = self._text(number), bool(cut[row, column])
                yield Tile(*box, fill, text, ink, self.number_size, part, is_framed=is_cut)

    @cached_property
    def _empty(self) -> tuple[Mark, ...]:
        """Return the cells of the last grid before they are filled, from the card's corner on."""
        rows, columns = self.cells if self.is_last else (0, 0)
        return tuple(
            moved(empty_tile(0, row, column), 0, -LABEL) for row in range(rows) for column in range(columns)
        )

    def lenses(self, frame: FieldFrame, head: float) -> Iterator[Lens]:
        """Yield the cards of which one is in front, and the rectangle of what is seen, or the cell itself."""
        if self._takes_turns:
            for plane in self.fronts:
                yield Lens(BORDER, head, self._card(plane, frame, head), plane == self.front(frame))
        if self.is_last:
            _, row, column = frame.place
            yield Lens(BORDER + column * CELL, head + row * CELL, single_cell("target"))
            return
        seen = frame.sights[self.at].seen
        row, column, height, width = seen or (0, 0, 1, 1)
        size = width * CELL, height * CELL
        marks = (Outline(0, 0, *size, part="window"),)
        yield Lens(BORDER + column * CELL, head + row * CELL, marks, seen is not None, size)

    def _card(self, plane: int, frame: FieldFrame, head: float) -> tuple[Mark, ...]:
        """Return a card as far as it is filled, and its number among the others, from its corner on."""
        cells = self._cards[plane]
        filled = frame.number - plane * len(cells) if self.is_last else len(cells)
        number = moved(self._count_words(self._count_of(plane)), -BORDER, -head)
        return (*self._empty, *cells[: max(filled, 0)], number)

    def _text(self, value: float) -> str:
        """Return a pixel, or what a layer has made, as it is printed."""
        return self.reel.grid_text(self.at, value)

    def colours(self, value: float) -> tuple[str, str]:
        """Return the roles of a tile and of the number on it."""
        return tile_colours(value, self.reel.grid_tones[self.at])

    def sum_colours(self, value: float) -> tuple[str, str]:
        """Return the roles of the tile of a sum, and of the number on it."""
        return tile_colours(value, self.reel.sum_tone)

    @cached_property
    def number_size(self) -> float:
        """Return the size at which every number on a front card fits its tile."""
        return fitting(map(self._text, values_in(self.planes[plane] for plane in self.fronts)))
