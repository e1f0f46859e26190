"""The card: the picture that stands beside a link to a chapter where people share it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, product
from textwrap import wrap
from typing import NamedTuple

from generator.drawing.marks import (
    ADVANCE,
    BORDER,
    LABEL,
    LABEL_SIZE,
    TOTAL_HEIGHT,
    TOTAL_WIDTH,
    Drawing,
    Mark,
    Outline,
    Tile,
    Words,
)
from generator.drawing.palette import RGB
from generator.drawing.panels.panel import Panel, WorkPanel, marks_at
from generator.drawing.pens.png import indexed_png
from generator.drawing.pens.raster import CLEAR, Inks, Pen, new_picture
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel

CARD_SIZE = (1200, 630)
"""Pixels; what every place that shows such cards asks for."""
MARGIN = 64
WIDTH = CARD_SIZE[0] - 2 * MARGIN
DOTS_PER_INCH = 72
SUBTITLE_SIZE = 28
ONE_LINE = (72, 64, 56)
"""The sizes in pixels of a title that fits one line, the best first."""
TWO_LINES = 48
LEADING = 1.2
"""The distance from line to line over their size."""
BELOW_TITLE = 34
BETWEEN = (40, 20)
"""Pixels between two parts side by side, and between two one above the other."""
SCALES = tuple(1.6 * 0.97**step for step in range(240))
"""Pixels a unit, the best first."""
SHARES = tuple(0.9**step for step in range(40))
"""How large the grids may be drawn over the sum, the best first."""
READABLE_SCALE = 0.7
"""At which a sum can be read where the card is shown small; the grids give way to it."""
SMALLEST_SCALE = 0.45
"""Below it a sum is named without its arithmetic."""
SMALLEST_NUMBER = 9
"""Pixels; grids with smaller numbers stand as plain shades."""
SMALLEST_LABEL = 17
THINNEST_OUTLINE = 3

Rows = tuple[tuple[int, ...], ...]
ARRANGEMENTS: tuple[Rows, ...] = (((0, 1, 2),), ((0, 2), (1,)), ((0,), (2,), (1,)))
"""Rows of parts; 0 is the input, 1 the sum, 2 the map."""


def card_png(reel: Reel, title: str, subtitle: str, roles: Mapping[str, RGB], font: bytes) -> bytes:
    """Return a PNG, 1200 pixels wide and 630 high: a title, and a reel at its last peak.

    Args:
        reel: what to show.
        title: what the picture stands for; more than two lines of it are cut short.
        subtitle: what that belongs to, on one line.
        roles: the colour of every role.
        font: the monospace font's file.

    """
    inks = Inks(roles)
    picture = new_picture(CARD_SIZE, inks.role("paper"))
    Pen(inks, font).lay(picture, card_drawings(reel, title, subtitle))
    return indexed_png(picture, inks.colours, CLEAR, DOTS_PER_INCH)


def card_drawings(reel: Reel, title: str, subtitle: str) -> Iterator[Drawing]:
    """Yield everything on a card, with its place in pixels."""
    heading = _heading(title, subtitle)
    yield Drawing(heading)
    top = round(heading[-1].y) + BELOW_TITLE
    layout = _layout(reel, CARD_SIZE[1] - MARGIN - top)
    for part, x, y in layout.places():
        yield from part.drawings(MARGIN + x, top + y)


def _heading(title: str, subtitle: str) -> list[Words]:
    """Return the line that names the course and, below it, the title."""
    size, lines = _title_lines(title)
    above = "".join(_lines(subtitle, SUBTITLE_SIZE, 1))
    baseline = MARGIN + SUBTITLE_SIZE
    heading = [Words(MARGIN, baseline, above, "muted", SUBTITLE_SIZE)]
    for line in lines:
        baseline += round(size * LEADING)
        heading.append(Words(MARGIN, baseline, line, "ink", size))
    return heading


def _title_lines(title: str) -> tuple[int, list[str]]:
    """Return the size of a title, and its lines."""
    for size in ONE_LINE:
        if len(title) * size * ADVANCE <= WIDTH:
            return size, [title]
    return TWO_LINES, _lines(title, TWO_LINES, 2)


def _lines(text: str, size: int, most: int) -> list[str]:
    """Return a text in lines as long as the card is wide, with dots where some had to be left out."""
    letters = int(WIDTH / (size * ADVANCE))
    lines = wrap(text, letters)
    if len(lines) > most:
        last = lines[most - 1]
        kept = last if len(last) < letters else last.rpartition(" ")[0] or last[:-1]
        lines[most - 1 :] = [f"{kept}…"]
    return lines


@dataclass(frozen=True)
class _Part:
    """A panel at the peak frame, in a size of its own."""

    marks: tuple[Mark, ...]
    units: tuple[float, float]
    """Its (width, height), the band with the labels counted."""
    scale: float
    """Pixels a unit."""
    label: str = ""
    """Printed in letters that can be read, whatever the scale; "" where the marks bring theirs."""

    @property
    def label_size(self) -> float:
        return max(LABEL_SIZE * self.scale, SMALLEST_LABEL if self.label else 0)

    @property
    def head(self) -> float:
        """Return the height in pixels of the band that holds the label."""
        return self.label_size * LABEL / LABEL_SIZE

    @cached_property
    def size(self) -> tuple[int, int]:
        """Return (width, height) in pixels."""
        width, height = self.units
        named = len(self.label) * self.label_size * ADVANCE + 2 * BORDER * self.scale
        return round(max(width * self.scale, named)), round((height - LABEL) * self.scale + self.head)

    def drawings(self, x: int, y: int) -> Iterator[Drawing]:
        """Yield the panel, its corner at a place on the card."""
        if self.label:
            words = Words(BORDER * self.scale, self.label_size, self.label, size=self.label_size)
            yield Drawing((words,), x, y)
        marks = [self._visible(mark) for mark in self.marks]
        yield Drawing(marks, x, y + round(self.head - LABEL * self.scale), self.scale)

    def _visible(self, mark: Mark) -> Mark:
        """Return the mark as it is worth drawing: an outline that is seen, no number that is a smudge."""
        if isinstance(mark, Outline) and mark.ink == "window":
            return mark._replace(thickness=max(mark.thickness, THINNEST_OUTLINE / self.scale))
        if self.label and isinstance(mark, Tile) and mark.size * self.scale < SMALLEST_NUMBER:
            return mark._replace(text="")
        return mark


class _Layout(NamedTuple):
    """The parts in rows, spread over the card's width and centred in the height that the title leaves."""

    parts: tuple[_Part, ...]
    rows: Rows
    room: int
    """The height in pixels."""

    @property
    def heights(self) -> list[int]:
        return [max(self.parts[at].size[1] for at in row) for row in self.rows]

    @property
    def fits(self) -> bool:
        """Tell whether no row is too wide, and all together are not too high."""
        beside, above = BETWEEN
        widths = (sum(self.parts[at].size[0] + beside for at in row) - beside for row in self.rows)
        return max(widths) <= WIDTH and sum(self.heights) + (len(self.rows) - 1) * above <= self.room

    def places(self) -> Iterator[tuple[_Part, int, int]]:
        """Yield every part with its place (x, y) in the room."""
        above = BETWEEN[1]
        rest = self.room - sum(self.heights) - (len(self.rows) - 1) * above
        tops = accumulate(self.heights, lambda top, height: top + height + above, initial=rest // 2)
        for row, top, height in zip(self.rows, tops, self.heights, strict=False):
            parts = [self.parts[at] for at in row]
            free = WIDTH - sum(part.size[0] for part in parts)
            gap = free // (len(parts) - 1) if len(parts) > 1 else 0
            x = 0
            for part in parts:
                yield part, x, top + (height - part.size[1]) // 2
                x += part.size[0] + gap


def _layout(reel: Reel, room: int) -> _Layout:
    """Return the parts as large as they fit into the room."""
    panels, total = stage_of(reel).portrait((WIDTH, room), _plane(reel))
    if total is None:
        lone = _part(panels[0], reel)
        return _first_fitting(_Layout((replace(lone, scale=scale),), ((0,),), room) for scale in SCALES)
    left, right = (_part(panel, reel, panel.name) for panel in panels)
    whole, short = _part(total, reel), _value(total, reel)
    sized = (
        (replace(left, scale=grids), replace(middle, scale=size), replace(right, scale=grids))
        for grids, middle, size in _scales(whole, short)
    )
    return _first_fitting(_Layout(parts, rows, room) for parts in sized for rows in ARRANGEMENTS)


def _first_fitting(choices: Iterable[_Layout]) -> _Layout:
    return next(choice for choice in choices if choice.fits)


def _scales(whole: _Part, short: _Part) -> Iterator[tuple[float, _Part, float]]:
    """Yield the grids' scale, the sum with or without its arithmetic, and its scale; the best first."""
    for least in (READABLE_SCALE, SMALLEST_SCALE):
        usable = [scale for scale in SCALES if scale >= least and whole.units[0] * scale <= WIDTH]
        yield from ((scale * share, whole, scale) for share, scale in product(SHARES, usable))
    yield from ((scale, short, 1) for scale in SCALES)


def last_peak(reel: Reel) -> Frame:
    """Return the last of the frames with the largest output: more of the map is there than at the first."""
    return max(reel.frames, key=lambda frame: (abs(frame.value), frame.number))


def _part(panel: Panel, reel: Reel, label: str = "") -> _Part:
    """Return a panel at the peak frame; its own label is left out where another one is given."""
    marks = marks_at(panel, reel, last_peak(reel))
    kept = tuple(mark for mark in marks if not (isinstance(mark, Words) and mark.text == label))
    return _Part(kept, panel.size, 1, label)


def _plane(reel: Reel) -> int:
    """Return in which plane the last peak is."""
    return stage_of(reel).plane_of(last_peak(reel))


def _value(total: WorkPanel, reel: Reel) -> _Part:
    """Return the sum's value alone, or of a spread the pixel."""
    value = total.result(last_peak(reel))
    size = TOTAL_WIDTH + 2 * BORDER, LABEL + TOTAL_HEIGHT + BORDER
    return _Part((value._replace(x=BORDER, y=LABEL, height=TOTAL_HEIGHT),), size, 1, "sum")
