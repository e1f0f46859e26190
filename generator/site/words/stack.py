"""Layers one on another, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from generator.scenes.kinds.stack import FieldFrame, StackReel
from generator.scenes.layers.layer import LayerName
from generator.scenes.numerals import size_text
from generator.site.words.kind import Words
from generator.site.words.pooling import pool_words
from generator.site.words.telling import about, image_words, place_words, range_words, said
from generator.site.words.weights import filters_words, spread_layer_words

LAYERS: Mapping[LayerName, Callable[[Any], str]] = {
    "filters": filters_words,
    "pool": pool_words,
    "spread": spread_layer_words,
}
"""Tells what a layer lays on what reaches it."""


def _alt(reel: StackReel) -> str:
    made = "; ".join(map(_layer, range(1, len(reel.layers) + 1), [reel] * len(reel.layers)))
    most = "up to " if reel.fields_differ[0] else ""
    return (
        f"{image_words(reel)}; {made}, {range_words(reel)}. "
        f"One cell of layer {len(reel.layers)} sees {most}{size_text(*reel.field_size)} pixels."
    )


def _layer(number: int, reel: StackReel) -> str:
    layer, grid = reel.layers[number - 1], reel.grids[number]
    size = size_text(*grid.shape[1:])
    maps = f"{len(grid)} {size} feature maps" if len(grid) > 1 else f"a {size} feature map"
    return f"layer {number}, {LAYERS[layer.name](layer)}: {maps}"


def _sentence(reel: StackReel, frame: FieldFrame) -> str:
    cut = ", cut off" if frame.cut else ""
    return f"{_sees(frame)}; it holds {said(about(reel, frame.value))}{cut}"


def _sees(frame: FieldFrame) -> str:
    """Return which pixels of the image a cell sees."""
    seen = frame.sights[0].seen
    if seen is None:
        return "the cell sees no pixel of the image"
    rows, columns = _lines("row", seen.row, seen.height), _lines("column", seen.column, seen.width)
    size = f"{seen.height} by {seen.width} pixels" if seen.height * seen.width > 1 else "1 pixel"
    return f"the cell sees {size}, {rows}, {columns}"


def _lines(noun: str, first: int, count: int) -> str:
    """Return some lines, of which the first is counted from 0, as people count them.

    >>> _lines("row", 0, 3), _lines("column", 4, 1)
    ('rows 1 to 3', 'column 5')
    """
    return f"{noun}s {first + 1} to {first + count}" if count > 1 else f"{noun} {first + 1}"


def _rule(_reel: StackReel) -> str:
    return "Marked is what one cell of the last layer comes from, layer by layer."


def _place(reel: StackReel, number: int) -> str:
    plane, row, column = reel.frames[number - 1].place
    named = reel.map_name(plane)
    return f"{named}, row {row + 1}, column {column + 1}" if named else place_words(reel, number)


STACK = Words(
    _alt,
    _sentence,
    _rule,
    frames="cells of the last layer in order, each with what it sees of every grid",
    place=_place,
)
