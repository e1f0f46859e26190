"""What the script shows at each frame, as JSON.

Every number is here as the text to show, with the colour of its tile, the running sums too; and every place
as it is drawn: the script computes none. All of it is read off the marks, so page and film cannot disagree.
"""

import json
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.drawing import AnswersPanel, PhotoPanel, Stage, answer_colours, weight_ink
from generator.drawing.marks import Cell, Words
from generator.drawing.panels.field import FieldPanel
from generator.drawing.panels.grids import places
from generator.drawing.panels.pool import PoolPanel
from generator.drawing.panels.signs import PART as SIGN
from generator.drawing.panels.sum import SumPanel
from generator.scenes import Frame, Reel
from generator.site.wording import spoken

Place = tuple[int, int, int]
PARTS = ("factor", "product", "subtotal", "total", "answer")
"""The tiles of the arithmetic that each frame paints anew."""


def script_data(stage: Stage, name: str = "") -> Markup:
    """Return the stage's frames as JSON that is safe inside a script element.

    Of stages that are told one after the other, each sentence begins with its `name`.
    """
    order = {place: index for index, place in enumerate(filled_cells(stage.reel))}
    data = {
        "filters": _filters(stage),
        "frames": [_frame(stage, frame, order, name) for frame in stage.reel.frames],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no "<" is left


def filled_cells(reel: Reel) -> list[Place]:
    """Return the output's cells in the order in which the finished stage draws them: map by map."""
    cells = dict.fromkeys(cell for frame in reel.frames for cell in frame.changes)
    return sorted(cells, key=lambda cell: cell[0])


def _filters(stage: Stage) -> list[dict[str, str]]:
    """Return what the kernel's grids show for each filter, where there are several."""
    reel, work = stage.reel, stage.work
    if isinstance(work, PoolPanel | FieldPanel) or len({reel.filter_of(frame) for frame in reel.frames}) == 1:
        return []
    return [
        {
            "weights": " ".join(work.grids.weight_text(number, *place) for place in places(weights)),
            "inks": " ".join(weight_ink(weight) for weight in weights.ravel().tolist()),
            "bias": work.bias_text(number) if isinstance(work, SumPanel) and work.has_bias else "",
        }
        for number, weights in enumerate(reel.window_kernel)
    ]


def _frame(stage: Stage, frame: Frame, order: dict[Place, int], name: str) -> dict[str, object]:
    reel = stage.reel
    return {
        "filter": reel.filter_of(frame),
        "lenses": list(_lenses(stage, frame)),
        **_work(stage, frame),
        "cells": list(_cells(stage, frame, order)),
        "spoken": f"{name}: {spoken(reel, frame)}" if name else spoken(reel, frame),
    }


def _lenses(stage: Stage, frame: Frame) -> Iterator[list[float] | None]:
    """Yield where everything lies that moves, panel by panel; None where it is hidden.

    Over a photograph it is told by the cell, (column, row) counted from 1.
    """
    for panel in (*stage.grids, stage.work):
        if isinstance(panel, PhotoPanel | AnswersPanel):
            cell = panel.cell(frame)
            yield cell and [cell[1] + 1, cell[0] + 1]
            continue
        for lens in panel.lenses(frame):
            yield [lens.x, lens.y, *(lens.size or ())] if lens.shown else None


def _work(stage: Stage, frame: Frame) -> dict[str, str]:
    """Return the tiles of the arithmetic by their part, and what is reached on the way to the sum."""
    reel = stage.reel
    marks = list(stage.work.moving(frame))
    cells = [mark for mark in marks if isinstance(mark, Cell)]
    work = {part: _painted(cell for cell in cells if cell.part == part) for part in PARTS}
    work["signs"] = " ".join(mark.text for mark in marks if isinstance(mark, Words) and mark.part == SIGN)
    if work["total"] and not isinstance(stage.work, FieldPanel):
        running = list(map(reel.part_text, frame.running.tolist()))
        width = reel.kernel_size[1] if reel.scene.is_photo else 1
        work["running"] = " ".join(_row_by_row(running, width))
    return {part: tiles for part, tiles in work.items() if tiles}


def _row_by_row(running: list[str], width: int) -> list[str]:
    """Return for each term what is reached with the last whole row of so many.

    Photographs are counted so: chapters have many of them, and a page of every sum on the way weighs a lot.

    >>> _row_by_row(["1", "3", "6", "10"], 2)
    ['', '3', '3', '10']
    """
    rows = range(1, len(running) + 1)
    return [running[done - done % width - 1] if done >= width else "" for done in rows]


def _painted(cells: Iterable[Cell]) -> str:
    """Return tiles as words: the text on each and, behind a colon, the role of its colour."""
    return " ".join(f"{cell.text}:{cell.fill}" for cell in cells)


def _cells(stage: Stage, frame: Frame, order: dict[Place, int]) -> Iterator[tuple[int, str]]:
    """Yield which of the drawn cells the frame writes, and what; a photograph has none."""
    if stage.reel.scene.is_photo:
        return
    for place, value in frame.changes.items():
        yield order[place], f"{stage.reel.result_text(value)}:{_fill(stage, value)}"


def _fill(stage: Stage, value: float) -> str:
    """Return the role of the colour under an answer."""
    if isinstance(stage.work, FieldPanel):
        return stage.work.grid.colours(value)[0]
    return answer_colours(stage.reel, value)[0]
