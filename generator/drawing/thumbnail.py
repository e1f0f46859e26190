"""The thumbnail: a scene at one of its frames, so small that tiles speak for their numbers.

It stands beside links to a chapter, and is light, for a page has several: tiles that look alike are one path.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.drawing.marks import Outline, Tile, painted
from generator.drawing.panels.panel import Panel, marks_at
from generator.drawing.pens.svg import box_path, decimal, text_svg
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel

ROOM = (560, 320)
"""Units (width, height) for which grids are arranged that can be arranged in several ways."""
BESIDE = 52
"""Units between input and map, where an arrow stands."""
BELOW = 24
"""Units between them where one stands below the other."""
FLAT = 4
"""How many times as wide as high both may be side by side."""
ARROW = "m14 0h24m-9-9 9 9-9 9"
"""From the middle of the input's right edge to the map."""

Seen = Tile | Outline
"""What of a panel is seen when it is small: no label, and no letters but numbers."""


class Box(NamedTuple):
    """Where marks lie, in units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide they are together."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high they are together."""
        return self.bottom - self.top


class Arrangement(NamedTuple):
    """Panels side by side, or one below the other."""

    moves: tuple[tuple[float, float], ...]
    """How far each is moved, (x, y)."""
    size: tuple[float, float]
    """The (width, height) of all."""
    arrow: str
    """The path of what stands between them, or ""."""


def thumbnail_svg(reel: Reel, frame: Frame, *, is_numbered: bool = False) -> str:
    """Return input and map of a reel at a frame as an `<svg>` element, hidden from listeners.

    Its colours are classes that the style sheet fills in. Only where it `is_numbered` do tiles have numbers.
    """
    stage = stage_of(reel)
    panels = stage.portrait(ROOM, stage.plane_of(frame)).panels
    seen = [_seen(panel, reel, frame) for panel in panels]
    arrangement = _arranged([_box(marks) for marks in seen])
    width, height = arrangement.size
    grids = ("".join(_drawn(marks, numbers=is_numbered)) for marks in seen)
    drawn = "".join(
        f'<g transform="translate({decimal(x)} {decimal(y)})">{grid}</g>'
        for grid, (x, y) in zip(grids, arrangement.moves, strict=True)
    )
    return (
        f'<svg viewBox="0 0 {decimal(width)} {decimal(height)}" width="{round(width)}" '
        f'height="{round(height)}" aria-hidden="true" focusable="false">{drawn}{arrangement.arrow}</svg>'
    )


def _seen(panel: Panel, reel: Reel, frame: Frame) -> list[Seen]:
    return [mark for mark in marks_at(panel, reel, frame) if isinstance(mark, Tile | Outline)]


def _box(marks: Iterable[Seen]) -> Box:
    """Return the box around all marks, with the lines of outlines."""
    edges = []
    for mark in marks:
        line = mark.thickness / 2 if isinstance(mark, Outline) else 0
        right, bottom = mark.x + mark.width, mark.y + mark.height
        edges.append((mark.x - line, mark.y - line, right + line, bottom + line))
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _arranged(boxes: Sequence[Box]) -> Arrangement:
    """Return boxes side by side, their middles in a line; very flat ones one below the other."""
    width = sum(box.width for box in boxes) + BESIDE * (len(boxes) - 1)
    height = max(box.height for box in boxes)
    if len(boxes) > 1 and width > FLAT * height:
        return _below(boxes)
    starts = accumulate((box.width + BESIDE for box in boxes[:-1]), initial=0.0)
    moves = (
        (x - box.left, (height - box.height) / 2 - box.top) for x, box in zip(starts, boxes, strict=True)
    )
    place = f"M{decimal(boxes[0].width)} {decimal(height / 2)}"
    arrow = f'<path class="line-muted" stroke-width="3" d="{place}{ARROW}"/>' if len(boxes) > 1 else ""
    return Arrangement(tuple(moves), (width, height), arrow)


def _below(boxes: Sequence[Box]) -> Arrangement:
    """Return boxes one below the other, their middles in a line."""
    width = max(box.width for box in boxes)
    tops = list(accumulate((box.height + BELOW for box in boxes), initial=0.0))
    moves = (((width - box.width) / 2 - box.left, y - box.top) for y, box in zip(tops, boxes, strict=False))
    return Arrangement(tuple(moves), (width, tops[-1] - BELOW), "")


def _drawn(marks: Sequence[Seen], *, numbers: bool) -> Iterator[str]:
    """Yield a path for all marks that look alike, in the order of drawing, and the numbers if asked for."""
    alike: dict[str, list[Seen]] = {}
    for mark in marks:
        alike.setdefault(_look(mark), []).append(mark)
    yield from (f'<path {look} d="{"".join(map(box_path, each))}"/>' for look, each in alike.items())
    for mark in marks:
        if numbers and isinstance(mark, Tile) and mark.text:
            yield text_svg(mark.words._replace(part=""))


def _look(mark: Seen) -> str:
    """Return the attributes that say how a mark looks."""
    if isinstance(mark, Outline):
        return f'class="line-{mark.ink}" stroke-width="{decimal(mark.thickness)}"'
    names = painted(mark.fill, is_framed=mark.is_framed, is_outside=mark.is_outside).replace("\t", " ")
    return f'class="fill-{names}"'
