"""What the script shows at each frame.

Every number is here as the text to show, with the colour of its tile, the running sums too; and every place
as it is drawn: the script computes none. All of it is read off the marks, so page and film cannot disagree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from generator.arithmetic import GREYS
from generator.drawing import Stage
from generator.drawing.marks import Tile, Words, painted
from generator.drawing.numbers import shade, values_in
from generator.drawing.panels.signs import PART as SIGN
from generator.scenes import Frame, Reel
from generator.site.words import spoken

Place = tuple[int, int, int]
Steps = Mapping[str, int]
"""The grey step of numbers, as they are printed."""
NO_STEPS: Steps = MappingProxyType({})
PARTS = ("factor", "product", "subtotal", "total", "answer")
"""The tiles of the arithmetic that each frame paints anew."""


def by_key(frames: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Return frames as lists, one for each key: like stands beside like, and packs much smaller.

    >>> by_key([{"total": "1"}, {"total": "2", "again": True}])
    {'total': ['1', '2'], 'again': [None, True]}
    """
    keys = dict.fromkeys(key for frame in frames for key in frame)
    return {key: [frame.get(key) for frame in frames] for key in keys}


def shared_steps(reels: Iterable[Reel]) -> Steps:
    """Return the grey step of every pixel of some reels that have their greys in common.

    A page has this table once, and each frame leaves out what stands there.
    """
    steps: dict[str, int] = {}
    for reel in reels:
        for value in sorted(pixel_values(reel)):
            steps.setdefault(reel.number_text(value), shade(value, reel.greys))
    return steps


def pixel_values(reel: Reel) -> set[float]:
    """Return the pixels of a reel; of a photograph all that there may be."""
    if reel.scene.showing.has_every_number:
        return values_in([reel.image])
    return set(map(float, range(GREYS[0], GREYS[1] + 1)))


def script_data(
    stage: Stage,
    name: str = "",
    steps: Steps = NO_STEPS,
    opening: int | None = None,
) -> dict[str, Any]:
    """Return the stage's frames as the script sees them.

    Args:
        stage: what is shown.
        name: with which each sentence begins, where stages are told one after the other.
        steps: the greys of numbers that the page has already.
        opening: the frame at which the window lies before the first one.

    """
    known = {f"{text}:pixel-{step}": text for text, step in steps.items()}
    works = [_without(known, work) for work in _works(stage)]
    again = _repeated(works)
    order = {place: index for index, place in enumerate(filled_cells(stage))}
    return {
        **({"opening": opening} if opening else {}),
        "rows": list(_rows(stage)),
        "turned": stage.work.turned,
        "filters": [
            {"weights": " ".join(weights.texts), "inks": " ".join(weights.inks), "bias": weights.bias}
            for weights in stage.work.weights
        ],
        "frames": [
            {**_frame(stage, frame, work, order, name), **({"again": True} if number in again else {})}
            for number, (frame, work) in enumerate(zip(stage.reel.frames, works, strict=True), 1)
        ],
    }


def words_of(stage: Stage, data: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return all that a frame, counted from 1, shows; of one filter the weights that no frame changes."""
    frame = data["frames"][number - 1]
    still = (mark for mark in stage.work.still() if isinstance(mark, Tile) and mark.part == "weight")
    filters = data["filters"][frame["filter"]] if data["filters"] else {}
    return {"weights": " ".join(tile.text for tile in still), **frame, **filters}


def _without(known: Mapping[str, str], work: Mapping[str, object]) -> dict[str, object]:
    """Return what a frame computes, the pixels under its window without greys that are known."""
    factors = str(work.get("factor", "")).split(" ")
    return {**work, "factor": " ".join(known.get(word, word) for word in factors)} if factors[0] else {**work}


def repeated(data: Mapping[str, Any]) -> frozenset[int]:
    """Return the numbers of the frames that compute nothing but what a frame before has computed."""
    return frozenset(number for number, frame in enumerate(data["frames"], 1) if "again" in frame)


def _works(stage: Stage) -> list[dict[str, object]]:
    """Return what each frame computes: its filter, and the arithmetic."""
    return [{"filter": stage.plane_of(frame), **_work(stage, frame)} for frame in stage.reel.frames]


def _repeated(works: Sequence[Mapping[str, object]]) -> frozenset[int]:
    seen: set[tuple[object, ...]] = set()
    again = []
    for number, work in enumerate(works, 1):
        computed = tuple(work.values())
        if computed in seen:
            again.append(number)
        seen.add(computed)
    return frozenset(again)


def filled_cells(stage: Stage) -> list[Place]:
    """Return the output's cells in the order in which the finished stage draws them: map by map."""
    cells = dict.fromkeys(cell for frame in stage.reel.frames for cell, _, _ in stage.written(frame))
    return sorted(cells, key=lambda cell: cell[0])


def _frame(
    stage: Stage, frame: Frame, work: Mapping[str, object], order: dict[Place, int], name: str
) -> dict[str, object]:
    told = spoken(stage.reel, frame)
    return {
        "filter": work["filter"],
        "lenses": list(_lenses(stage, frame)),
        **work,
        **({"whole": True} if frame.number > stage.reel.own_count else {}),
        "cells": [(order[cell], f"{text}:{fill}") for cell, text, fill in stage.written(frame)],
        "spoken": f"{name}: {told}" if name else told,
    }


def _lenses(stage: Stage, frame: Frame) -> Iterator[object]:
    """Yield where everything lies that moves, panel by panel; None where it is hidden."""
    for panel in (*stage.grids, *stage.magnified, stage.work):
        yield from panel.lens_places(frame)


def _work(stage: Stage, frame: Frame) -> dict[str, str]:
    """Return the tiles of the arithmetic by their part, and what is reached on the way to the sum."""
    marks = list(stage.work.moving(frame))
    tiles = [mark for mark in marks if isinstance(mark, Tile)]
    work = {part: _painted(tile for tile in tiles if tile.part == part) for part in PARTS}
    work["signs"] = " ".join(mark.text for mark in marks if isinstance(mark, Words) and mark.part == SIGN)
    if running := stage.work.running(frame):
        reached = [running[end - 1] for end in _row_ends(_terms(tiles))]
        if work["total"].partition(":")[0] == reached[-1]:
            reached.pop()  # the last is the total
        work["running"] = " ".join(reached)
    return {part: words for part, words in work.items() if words}


def _rows(stage: Stage) -> Iterator[tuple[int, int, float]]:
    """Yield of each row that runs into a sum its first term, the first one after it, and how far it runs."""
    tiles = [mark for mark in stage.work.moving(stage.reel.frames[0]) if isinstance(mark, Tile)]
    terms = _terms(tiles)
    total = [tile for tile in tiles if tile.part == "total"]
    sums = [tile for tile in tiles if tile.part == "subtotal"] or total
    for first, end in pairwise([0, *_row_ends(terms)]) if total else ():
        last, goal = terms[end - 1], sums[(end - 1) * len(sums) // len(terms)]
        yield first, end, round(goal.x - last.x - last.width, 2)


def _terms(tiles: Sequence[Tile]) -> list[Tile]:
    """Return what runs into a sum: products, or pixels where there are none."""
    return [tile for tile in tiles if tile.part == "product"] or [t for t in tiles if t.part == "factor"]


def _row_ends(terms: Sequence[Tile]) -> Iterator[int]:
    """Yield how many terms have passed at the end of each row."""
    for number, (tile, after) in enumerate(pairwise([*terms, None]), 1):
        if tile and (after is None or after.y != tile.y):
            yield number


def _painted(tiles: Iterable[Tile]) -> str:
    """Return tiles as words: the text on each and, behind a colon, how it is painted."""
    return " ".join(f"{tile.text}:{_classes(tile)}" for tile in tiles)


def _classes(tile: Tile) -> str:
    return painted(tile.fill, is_framed=tile.is_framed, is_outside=tile.is_outside)
