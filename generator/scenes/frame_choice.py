"""Which positions of the window a reel holds, where an author chose some of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Any, Literal, TypeVar

from generator.arithmetic import Array
from generator.errors import InvalidValue, counted, shortened
from generator.scenes.scene import Cell, Spot

MOST_SAMPLED = 120
"""Frames that somebody may step through; a longer reel is never printed either."""
MOST_IN_LINE = 60
"""Frames of a row or path: neighbours look alike, and a longer way is thinned."""
FORMS = 'Write "sample 40", "row 120" or "path 10,20 40,60 90,61"'

NUMBER = r"[0-9]{1,9}"
POINT = rf"({NUMBER}) ?, ?({NUMBER})"
SAMPLE = re.compile(rf"sample ({NUMBER})")
ROW = re.compile(rf"row ({NUMBER})")
PATH = re.compile(rf"path((?: {NUMBER} ?, ?{NUMBER})+)")

Form = Literal["sample", "row", "path"]
Item = TypeVar("Item")


@dataclass(frozen=True)
class FrameChoice:
    """The positions that a reel holds, where it does not hold all."""

    form: Form
    words: str
    """As the author wrote it, such as `sample 40`."""
    places: tuple[Cell, ...]
    """The output cells in the order of the frames."""
    shape: Cell
    """The output's (filters, height, width)."""
    linked: tuple[Cell, ...] = ()
    """Cells that links in the text point at besides, whose frames come after all others."""

    @property
    def count(self) -> int:
        """Return how many frames there are."""
        return len(self.places) + len(self.linked)

    def with_linked(self, spots: Iterable[Spot]) -> "FrameChoice":
        """Return the same with frames for more places of the first filter, or the nearest inside."""
        _, height, width = self.shape
        cells = ((0, min(max(0, row), height - 1), min(max(0, column), width - 1)) for row, column in spots)
        added = dict.fromkeys(cell for cell in cells if cell not in self.places)
        return replace(self, linked=tuple(added))


def choice_of(given: Mapping[str, Any], shape: tuple[int, int, int]) -> FrameChoice | None:
    """Return which of a (filters, height, width) of positions the declared values choose; None means all.

    Raises:
        InvalidValue: as `chosen_frames`.

    """
    return chosen_frames(given["frames"], shape) if "frames" in given else None


def places_of(choice: FrameChoice | None, output: Array) -> Iterable[Cell]:
    """Return the cells of an output, shape (O, OH, OW), that have a frame, in order."""
    if choice:
        return (*choice.places, *choice.linked)
    channels, height, width = output.shape
    return product(range(channels), range(height), range(width))


def chosen_frames(declared: str, shape: tuple[int, int, int]) -> FrameChoice:
    """Return the output cells that `sample 40`, `row 120` or `path 10,20 40,60` chooses, in order.

    Args:
        declared: what the author wrote; there, rows and columns count from 1.
        shape: the output's (filters, height, width); a row, or a path, is walked in every filter.

    Raises:
        InvalidValue: it has no known form, lies outside the output, or chooses too many frames or none.

    """
    words = " ".join(declared.lower().split())
    if match := SAMPLE.fullmatch(words):
        return FrameChoice("sample", words, tuple(_sample(int(match[1]), words, shape)), shape)
    if match := ROW.fullmatch(words):
        row = _inside(int(match[1]), 1, words, shape)[0]
        spots = [(row, column) for column in range(shape[2])]
        return FrameChoice("row", words, _in_all_filters(spots, shape), shape)
    if match := PATH.fullmatch(words):
        points = [_inside(int(row), int(column), words, shape) for row, column in re.findall(POINT, match[1])]
        return FrameChoice("path", words, _in_all_filters(list(_walk(points)), shape), shape)
    shown = f'frames = "{shortened(declared)}" cannot be read' if words else '"frames" is empty'
    raise InvalidValue(shown, f"{FORMS}.", "frames")


def _sample(wanted: int, words: str, shape: tuple[int, int, int]) -> Iterator[Cell]:
    """Yield cells spread evenly over all in reading order, the first and the last among them."""
    filters, height, width = shape
    positions = filters * height * width
    if not 1 <= wanted <= min(positions, MOST_SAMPLED):
        fact = f'frames = "{words}" asks for {counted(wanted, "frame")}'
        if wanted > positions:
            fact += f" of {counted(positions, 'position')}"
        raise InvalidValue(fact, f"Ask for 1 to {min(positions, MOST_SAMPLED)}.", "frames")
    for place in _thinned(range(positions), wanted):
        plane, cell = divmod(place, height * width)
        yield plane, *divmod(cell, width)


def _inside(row: int, column: int, words: str, shape: tuple[int, int, int]) -> Spot:
    """Return a place that people count from 1 as programs count it."""
    _, height, width = shape
    if not (1 <= row <= height and 1 <= column <= width):
        on_path = words.startswith("path")
        where = f'{row},{column} in frames = "{shortened(words)}"' if on_path else f'frames = "{words}"'
        columns = f" and columns 1 to {width}" if on_path else ""
        turned = on_path and 1 <= column <= height and 1 <= row <= width
        hint = f"Rows come first: {column},{row}." if turned else f"It has rows 1 to {height}{columns}."
        raise InvalidValue(f"{where} lies outside the feature map", hint, "frames")
    return row - 1, column - 1


def _walk(points: list[Spot]) -> Iterator[Spot]:
    """Yield the cells along straight lines from point to point, each once."""
    walked = dict.fromkeys(points[:1])
    for start, end in pairwise(points):
        walked |= dict.fromkeys(_line(start, end))
    yield from walked


def _line(start: Spot, end: Spot) -> Iterator[Spot]:
    """Yield the cells nearest to the straight line between two, both included.

    >>> list(_line((0, 0), (1, 3)))
    [(0, 0), (0, 1), (1, 2), (1, 3)]
    """
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    for step in range(steps + 1):
        row, column = (
            (2 * (a * (steps - step) + b * step) + steps) // (2 * steps) if steps else a
            for a, b in zip(start, end, strict=True)
        )
        yield row, column


def _in_all_filters(spots: list[Spot], shape: tuple[int, int, int]) -> tuple[Cell, ...]:
    """Return the spots in one filter after the other, thinned so that all together are not too many."""
    kept = list(_thinned(spots, min(len(spots), max(1, MOST_IN_LINE // shape[0]))))
    return tuple((plane, row, column) for plane in range(shape[0]) for row, column in kept)


def _thinned(items: Sequence[Item], count: int) -> Iterator[Item]:
    """Yield so many of the items, spread evenly, the first and the last among them.

    >>> list(_thinned(range(10), 4)), list(_thinned(range(10), 1))
    ([0, 3, 6, 9], [0])
    """
    gaps = max(1, count - 1)
    for place in range(count):
        yield items[(2 * place * (len(items) - 1) + gaps) // (2 * gaps)]
