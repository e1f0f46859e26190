"""The worksheet: sheets with empty sums and a map to fill in; and its answers, on paper of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.drawing.marks import ADVANCE, CELL, LABEL, Drawing, Words
from generator.drawing.panels.panel import Panel, drawn_over, marks_left
from generator.drawing.paper.page import Imprint, Page, Print, below_header, header, wrapped
from generator.drawing.paper.papers import SMALLEST_TEXT, Paper, Room, pixels
from generator.drawing.paper.sheets import SheetPlan, sheet_page, sheet_plan
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel
from generator.scenes.equations import equals
from generator.scenes.numerals import sum_text

MAP_CELL = 14
"""Millimetres; a cell into which a child can write."""
SMALLEST_CELL = 8
"""Millimetres, for a map that stands below frames."""
MAP_SHARE = 0.6
"""Of a page's height, at most so much for a map with sums below it."""
NAME_LINE = f"Name {'_' * 32}"
IN_BOXES = "Add up the products before each thick box, and write the sum into the box."
TASK = (
    "Write your sums into this map too; the line above a frame says in which row and column. The numbers in "
    "the map are the sums of the other frames."
)
LISTED_TASK = "Add up every line, write the sum at its end, and write it into this map too."
ANSWERS = "The answers: the finished map, and how each missing sum comes about."
GAP = "_" * 10
"""Room for a number at the end of a line."""
TEXT_SIZE = 30
LEADING = 46
WIDE_LEADING = 92
"""Between lines on which somebody writes by hand."""


def worksheet(reel: Reel, blanks: Sequence[int], paper: Paper, imprint: Imprint) -> Print:
    """Return the worksheet: all frames, some of their sums empty, and the map to fill in.

    Where the frames are too small to show their products, these stand as lines to be added up below the map.

    Args:
        reel: what the worksheet is about.
        blanks: numbers of the frames whose sum and cell are left empty.
        paper: the size of paper.
        imprint: what the header says.

    """
    plan = sheet_plan(reel, paper, frozenset(blanks))
    named = replace(imprint, address=NAME_LINE)
    if plan.film.cut.total:
        named = replace(named, scene=IN_BOXES, caption="")
    drawn = list(_pages_to_fill(plan, _frames(reel, blanks), below_header(paper)))
    heads = _heads(named, paper, "worksheet", len(drawn))
    pages = tuple(
        replace(page, drawings=(head, *page.drawings)) for head, page in zip(heads, drawn, strict=True)
    )
    return Print(f"Worksheet · {imprint.title}", imprint.course, paper, plan.grown, pages)


def answer_key(reel: Reel, blanks: Sequence[int], paper: Paper, imprint: Imprint) -> Print:
    """Return the answers to the worksheet of the same arguments: the finished map, and every missing sum."""
    frames = _frames(reel, blanks)
    lines = tuple(_sum_of(reel, frame, reel.result_text(reel.sums[frame.number - 1])) for frame in frames)
    key = _MapPages(reel, frozenset(), below_header(paper), ANSWERS, lines, marked=frames)
    heads = _heads(imprint, paper, "answer key", key.count)
    drawn = enumerate(zip(heads, key.drawings(), strict=True), 1)
    pages = tuple(Page(str(number), (head, *drawings)) for number, (head, drawings) in drawn)
    film = sheet_plan(reel, paper).grown
    return Print(f"Answer key · {imprint.title}", imprint.course, paper, film, pages)


def _heads(imprint: Imprint, paper: Paper, what: str, count: int) -> list[Drawing]:
    """Return the header of each of so many pages."""
    return [header(imprint, paper.room, f"{what} {page + 1} of {count}") for page in range(count)]


def _frames(reel: Reel, numbers: Sequence[int]) -> tuple[Frame, ...]:
    return tuple(reel.frames[number - 1] for number in numbers)


def _pages_to_fill(plan: SheetPlan, frames: Sequence[Frame], room: Room) -> Iterator[Page]:
    """Yield the sheets with the empty boxes, and the map to fill in, below the last frames if it fits."""
    *pages, last = (sheet_page(plan, sheet) for sheet in range(plan.sheets))
    yield from pages
    task = _task(plan, frames, plan.room_below(room))
    if task.is_writable:
        yield replace(last, drawings=(*last.drawings, *next(task.drawings())))
        return
    yield last
    for number, drawn in enumerate(_task(plan, frames, room).drawings(), plan.sheets + 1):
        yield Page(str(number), tuple(drawn))


def _task(plan: SheetPlan, frames: Sequence[Frame], room: Room) -> "_MapPages":
    """Return the map to fill in, and below it the sums where the sheets leave them out."""
    reel = plan.film.reel
    blanks = frozenset(frame.number for frame in frames)
    if plan.film.cut.total:
        return _MapPages(reel, blanks, room, TASK)
    lines = tuple(_sum_of(reel, frame, GAP) for frame in frames)
    return _MapPages(reel, blanks, room, LISTED_TASK, lines, WIDE_LEADING)


def _sum_of(reel: Reel, frame: Frame, answer: str) -> str:
    """Return a frame's place and its sum, product by product; rounded numbers nearly add up."""
    parts, adds_up = reel.sum_of(frame.number)
    place = f"Frame {frame.number}, {stage_of(reel).header(frame)}"
    return f"{place}: {sum_text(parts)} {equals(adds_up)} {answer}"


@dataclass(frozen=True, eq=False)
class _MapPages:
    """The feature map, large, under a few lines of text and above many; these go on over further pages."""

    reel: Reel
    blanks: frozenset[int]
    room: Room
    """Without the header."""
    text: str
    below: tuple[str, ...] = ()
    leading: int = LEADING
    """Of the lines below."""
    marked: tuple[Frame, ...] = ()

    @property
    def is_writable(self) -> bool:
        """Return whether one page holds all of it, with cells into which one can write."""
        fits = self._top < self.room.bottom and self.count == 1
        return fits and self._scale * CELL >= pixels(SMALLEST_CELL)

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return len(self._pieces)

    def drawings(self) -> Iterator[Sequence[Drawing]]:
        """Yield what stands on each page below its header."""
        above = _lines(self.room, self.room.top + LEADING, self._wrapped(self.text), LEADING)
        for page, piece in enumerate(self._pieces):
            top = self.room.top if page else self._bottom
            lines = Drawing(tuple(_lines(self.room, top + self.leading, piece, self.leading)))
            yield (lines,) if page else (Drawing(tuple(above)), self._map, lines)

    @property
    def _pieces(self) -> list[list[str]]:
        """Return the lines below the map, page by page."""
        lines = [line for text in self.below for line in self._wrapped(text)]
        tops = self._bottom, self.room.top
        first, later = (int((self.room.bottom - top - LEADING / 2) / self.leading) for top in tops)
        return [lines[:first], *(lines[at : at + later] for at in range(first, len(lines), later))]

    @property
    def _panel(self) -> Panel:
        return stage_of(self.reel, self.blanks).maps[0]

    @property
    def _map(self) -> Drawing:
        """Return the map without its label, some of its cells marked."""
        panel, reel = self._panel, self.reel
        _, *cells = marks_left(panel, reel.frames)
        cells += (mark for frame in self.marked for mark in drawn_over(panel, frame))
        return Drawing(tuple(cells), self.room.left, round(self._top - LABEL * self._scale), self._scale)

    @property
    def _scale(self) -> float:
        """Return the map's pixels a unit: cells to write in and numbers to read, as far as there is room."""
        panel = self._panel
        width, height = panel.size
        down = (self.room.bottom - self._top) * (MAP_SHARE if self.below else 1)
        wanted = max(pixels(MAP_CELL) / CELL, SMALLEST_TEXT / panel.number_size)
        return min(wanted, self.room.size[0] / width, down / (height - LABEL))

    @property
    def _top(self) -> float:
        """Return where the map begins."""
        return self.room.top + LEADING * (len(self._wrapped(self.text)) + 0.5)

    @property
    def _bottom(self) -> int:
        """Return where the map ends."""
        return round(self._top + (self._panel.size[1] - LABEL) * self._scale)

    def _wrapped(self, text: str) -> list[str]:
        return wrapped(text, int(self.room.size[0] / (TEXT_SIZE * ADVANCE)))


def _lines(room: Room, top: int, lines: Sequence[str], leading: int) -> Iterator[Words]:
    for number, line in enumerate(lines):
        yield Words(room.left, top + number * leading, line, "ink", TEXT_SIZE)
