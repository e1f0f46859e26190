"""Numbers as an author writes them in a scene block: rows, planes of rows, filters of planes."""

import re
from collections.abc import Sequence
from typing import Any, TypeGuard

import numpy as np

from generator.arithmetic import Array
from generator.errors import InvalidValue, counted
from generator.scenes.toml_block import kind_text

LARGEST_NUMBER = 1_000_000
"""A longer number would not fit a cell; and whole numbers up to here stay exact everywhere."""
FRACTION = re.compile(r"\s*[+-]?\d+\s*/\s*(?P<under>\d+)\s*")
PARTS = ("channel", "filter")
"""What planes, and lists of planes, are called."""
SHAPES = {
    "image": "rows of numbers, or a list of such grids, one for each channel",
    "kernel": "rows of numbers, a list of such grids, one for each channel, or a list of those, one for "
    "each filter",
}


def declared_array(declared: list[Any], key: str) -> Array:
    """Return numbers as an array, `int64` where all are whole: (H, W), or channels and filters of such grids.

    Raises:
        InvalidValue: no rows, ragged rows, or something that is not a usable number.

    """
    deepest = 3 if key == "image" else 4
    depth = _depth(declared)
    if depth > deepest:
        raise InvalidValue(f"the {key} is a list inside {depth - 1} lists", f"Write {SHAPES[key]}.")
    _check_part(declared, max(depth, 2), key, "", 0)
    whole = all(float(value).is_integer() for value in _numbers(declared))
    return np.array(declared, dtype=np.int64 if whole else np.float64)


def _check_part(part: list[Any], depth: int, key: str, place: str, line: int) -> tuple[int, ...]:
    """Return the shape of a grid, or of a list of them; `place` is what comes before "the image"."""
    if depth == 2:
        return _check_grid(part, f"{place}the {key}", key, line)
    noun = PARTS[depth - 3]
    first: tuple[int, ...] = ()
    for number, inner in enumerate(part, 1):
        here = f"{noun} {number} of {place}"
        if not isinstance(inner, list):
            fact = f"{here}the {key} is {kind_text(inner)}, not a list"
            raise InvalidValue(fact, f"Write {SHAPES[key]}.", row=number)
        shape = _check_part(inner, depth - 1, key, here, line or number)
        if first and shape != first:
            sizes = f" has the shape {_shape(shape)}, {noun} 1 of it {_shape(first)}"
            raise InvalidValue(
                f"{here}the {key}{sizes}", f"All {noun}s have the same shape.", row=line or number
            )
        first = shape
    return (len(part), *first)


def _check_grid(rows: list[Any], what: str, key: str, line: int) -> tuple[int, int]:
    """Return (height, width) of rows of numbers; `what` names the grid, `line` its place in a longer list."""
    example = f"{key} = [[1, 9], [1, 9]]"
    if not rows or rows[0] == []:
        raise InvalidValue(f"{what} is empty", f"Write rows of numbers: {example}.", row=line)
    if not any(isinstance(row, list) for row in rows):
        hint = f"Write each row in its own brackets: {example}."
        raise InvalidValue(f"{what} is a list of single values, not of rows", hint, row=line)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list):
            fact = f"row {number} of {what} is {kind_text(row)}, not a list"
            raise InvalidValue(fact, f"Write each row in its own brackets: {example}.", row=line or number)
        _check_row(row, f"row {number}", f" of {what}", len(rows[0]), line or number)
    return len(rows), len(rows[0])


def _check_row(row: list[Any], name: str, place: str, width: int, line: int) -> None:
    if len(row) != width:
        fact = f"{name}{place} has {counted(len(row), 'number')}, row 1 has {width}"
        raise InvalidValue(fact, "All rows have the same length.", row=line)
    for column, value in enumerate(row, 1):
        check_number(value, f"{name}, column {column}{place}", line, fractions="kernel" in place)


def check_number(value: object, what: str, line: int = 0, *, fractions: bool = False) -> None:
    """Refuse a value that is not a number that fits a cell; `fractions` become one by a scale.

    Raises:
        InvalidValue: it is something else, or too large.

    """
    if isinstance(value, list):
        raise InvalidValue(f"{what} is a list", "Write a number there.", row=line)
    if isinstance(value, bool) or not isinstance(value, int | float):
        fraction = FRACTION.fullmatch(str(value)) if fractions else None
        hint = f'Write whole numbers and scale = "1/{fraction["under"]}".' if fraction else ""
        raise InvalidValue(f"{what} is {kind_text(value)}, not a number", hint, row=line)
    if not abs(value) <= LARGEST_NUMBER:
        limit = f"Use numbers between −{LARGEST_NUMBER:,} and {LARGEST_NUMBER:,}."
        raise InvalidValue(f"{what} is {value}", limit, row=line)


def is_list_of_texts(declared: object) -> TypeGuard[list[str]]:
    """Tell whether an author wrote a list of names."""
    return isinstance(declared, list) and bool(declared) and all(isinstance(name, str) for name in declared)


def _depth(declared: list[Any]) -> int:
    """Return how many lists stand inside one another at the beginning.

    >>> _depth([1, 2]), _depth([[1], [2]]), _depth([[[1], [[2]]]])
    (1, 2, 3)
    """
    inner = declared[0] if declared else None
    return 1 + (_depth(inner) if isinstance(inner, list) else 0)


def _numbers(declared: Sequence[Any]) -> list[float]:
    return [number for item in declared for number in (_numbers(item) if isinstance(item, list) else [item])]


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
