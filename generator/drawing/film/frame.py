"""One frame of the film: its number and place, input and map side by side, the sum below."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from generator.drawing.marks import ADVANCE, BORDER, LABEL_SIZE, NUMBER_SIZE, Drawing, Mark, Words
from generator.drawing.panels.panel import Panel, drawn_over
from generator.drawing.stages import LATEST, Stage, stage_of
from generator.scenes import Frame, Reel
from generator.scenes.equations import equals

SMALLEST_SCALE = 0.5
"""Pixels a unit at which a number can still be read on a screen."""
HEADER = 26
"""The line that names a frame, in units."""
MOST_KEPT = 128
"""Panels at a frame whose marks are kept: those of a usual reel."""
BASELINE = 20
"""Of that line, below its upper edge."""


class Spacing(NamedTuple):
    """The empty room inside a frame, in units."""

    beside: float = 14
    above: float = 14
    """Below the panels as well."""
    between: float = 6
    """Between the grids and the sum."""


ON_SCREEN = Spacing()


class Cut(NamedTuple):
    """How large the parts of a frame are drawn, in pixels a unit."""

    grids: float
    """The input and the map; where their numbers get too small to read, they stand as plain shades."""
    total: float
    """The sum; 0 leaves its arithmetic out and names only its value."""
    gauge: float = 1
    """The film around the frame: 1 is 35 mm film."""
    words: float = SMALLEST_SCALE
    """What is written around the panels, where there is no sum to share its scale with."""

    @property
    def text(self) -> float:
        """Return the scale of what is written around the panels."""
        return self.total or self.words

    def scaled(self, factor: float) -> "Cut":
        """Return the same parts on the same film, all drawn larger or smaller."""
        return self._replace(grids=self.grids * factor, total=self.total * factor, words=self.words * factor)


class Part(NamedTuple):
    """A panel and where it stands in a frame, in pixels."""

    panel: Panel
    x: int
    y: int
    scale: float


@dataclass(frozen=True, eq=False)
class FilmFrame:
    """What every frame of a reel looks like at one cut."""

    reel: Reel
    cut: Cut
    spacing: Spacing = ON_SCREEN
    blanks: Set[int] = frozenset()
    """Numbers of the frames whose sum and cell stay empty."""

    @cached_property
    def size(self) -> tuple[int, int]:
        """Return (width, height) in pixels."""
        return self.size_at(self.cut)

    def size_at(self, cut: Cut) -> tuple[int, int]:
        """Return (width, height) in pixels at another cut of the same parts."""
        grids, total, text = cut.grids, cut.total, cut.text
        letters = _longest_header(self.stage, self.blanks, bool(total))
        header = letters * ADVANCE * NUMBER_SIZE * text
        beside, above, between = self.spacing
        width = max(max(map(_row_width, self._rows)) * grids, self.stage.work.size[0] * total, header)
        height = sum(map(_row_height, self._rows)) * grids + (between + self.stage.work.size[1]) * total
        return int(width + 2 * beside * text), int(height + (2 * above + HEADER) * text)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Return the panels with where each stands."""
        grids, total, text = self.cut.grids, self.cut.total, self.cut.text
        beside, above, between = self.spacing
        left, top = beside * text, (above + HEADER) * text
        parts: list[tuple[Panel, float, float, float]] = []
        for row in self._rows:
            free = self.size[0] - 2 * left - _row_width(row) * grids
            places = accumulate(
                (panel.size[0] * grids + BORDER * grids + free / max(1, len(row) - 1) for panel in row),
                initial=left,
            )
            parts += [(panel, x, top, grids) for panel, x in zip(row, places, strict=False)]
            top += _row_height(row) * grids
        parts += [(self.stage.work, left, top + between * total, total)] if total else []
        return tuple(Part(panel, round(x), round(y), scale) for panel, x, y, scale in parts)

    def still(self) -> Iterator[Drawing]:
        """Yield what is the same in every frame."""
        for part in self.parts:
            yield Drawing((*part.panel.still(), *part.panel.legend()), part.x, part.y, part.scale)

    def lasting(self, frame: Frame) -> Iterator[Drawing]:
        """Yield what this frame adds and every later one keeps."""
        for part in self.parts:
            yield Drawing(part.panel.lasting(frame), part.x, part.y, part.scale)

    def moving(self, frame: Frame) -> Iterator[Drawing]:
        """Yield what belongs to this frame alone."""
        yield Drawing(self.header(frame), scale=self.cut.text)
        for part in self.parts:
            yield Drawing(_over(part.panel, frame), part.x, part.y, part.scale)

    def header(self, frame: Frame) -> tuple[Words, Words]:
        """Return the line above the panels, which names the frame: its number and its place, at the edges."""
        baseline, left = self.spacing.above + BASELINE, self.spacing.beside + BORDER
        number, place = _header_texts(self.stage, self.blanks, bool(self.cut.total), frame)
        right = self.size[0] / self.cut.text - left
        return (
            Words(left, baseline, number, "ink", NUMBER_SIZE),
            Words(right, baseline, place, "muted", LABEL_SIZE, "end"),
        )

    @cached_property
    def stage(self) -> Stage:
        """Return the panels."""
        return stage_of(self.reel, self.blanks)

    @cached_property
    def _rows(self) -> tuple[Sequence[Panel], ...]:
        """Return the grids in rows."""
        return tuple(self.stage.rows())


@lru_cache(maxsize=MOST_KEPT)
def _over(panel: Panel, frame: Frame) -> tuple[Mark, ...]:
    """Return what belongs to one frame alone; film, frames for paper and prints ask for it in turn."""
    return tuple(drawn_over(panel, frame))


@lru_cache(maxsize=LATEST)
def _longest_header(stage: Stage, blanks: Set[int], has_sum: bool) -> int:
    """Return its length in letters, with two for the gap in the middle; it is asked for at every cut."""
    texts = (_header_texts(stage, blanks, has_sum, frame) for frame in stage.reel.frames)
    return max(len(number) + len(place) for number, place in texts) + 2


def _header_texts(stage: Stage, blanks: Set[int], has_sum: bool, frame: Frame) -> tuple[str, str]:
    """Return a frame's number and its place, or without a sum in the frame what that would come to."""
    reel = stage.reel
    if has_sum:
        return f"{frame.number} of {len(reel.frames)}", stage.header(frame)
    sign = equals(reel.is_value_exact(frame.value))
    return str(frame.number), f"{sign} {'' if frame.number in blanks else reel.answer_text(frame.value)}"


def _row_width(row: Sequence[Panel]) -> float:
    return sum(panel.size[0] for panel in row) + BORDER * (len(row) - 1)


def _row_height(row: Sequence[Panel]) -> float:
    return max(panel.size[1] for panel in row)
