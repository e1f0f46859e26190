"""The window of a frame as a table: for those who listen, what others see between input and map.

Its texts have places for what changes with the frames: `{product 4}` is the fifth of a frame's products, as
the script shows it. So the script fills the table as it fills the stage.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.scenes import Pair

PLACE = re.compile(r"\{(\w+) (\d+)\}")
TERM = "{factor *} times {weights *}: {product *}"
"""A pixel, the weight that lies on it, and what they make; `*` is the number of the term."""


class WindowTable(NamedTuple):
    """A head for each column after the first, and rows of a head and its texts."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


NO_WINDOW = WindowTable((), ())
"""For scenes whose frames compute nothing that a table could tell better than a sentence."""


def window_table(  # noqa: PLR0913 - all of a window
    size: Pair,
    planes: int,
    ends: Sequence[tuple[str, str]] = (),
    *,
    term: str = TERM,
    name: str = "channel",
    so_far: str = "",
) -> WindowTable:
    """Return a table with a row for each of a window, plane by plane.

    Args:
        size: (height, width) of the window.
        planes: how many channels or kernels are told, one below the other.
        ends: what all of it comes to, each as (what, text).
        term: what stands for each of the terms.
        name: what a plane is called where there are several.
        so_far: the head of the column with the running sum, or "" where there is none.

    """
    height, width = size
    rows = []
    for row in range(planes * height):
        head = f"{name} {row // height + 1}, row {row % height + 1}" if planes > 1 else f"row {row + 1}"
        terms = tuple(term.replace("*", str(row * width + column)) for column in range(width))
        rows.append((head, (*terms, *([f"{{running {row}}}"] if so_far else ()))))
    heads = (*(f"column {column + 1}" for column in range(width)), *([so_far] if so_far else ()))
    return WindowTable(heads, (*rows, *((what, (text,)) for what, text in ends)))


def filled_rows(table: WindowTable, words: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the rows of a table with what stands in its places for one frame."""
    return [(head, [filled(text, words) for text in texts]) for head, texts in table.rows]


def filled(text: str, words: Mapping[str, Any]) -> str:
    """Return a text with what stands in its places for one frame; after the end of a list, the total.

    >>> filled("{factor 1} times 2", {"factor": "9:pixel-4 7:pixel-3"})
    '7 times 2'
    """

    def word(place: re.Match[str]) -> str:
        listed = str(words.get(place[1], ""))
        parts = listed.split(" ") if listed else []
        return (parts[int(place[2]) :] or [str(words.get("total", ""))])[0].partition(":")[0]

    return PLACE.sub(word, text)
