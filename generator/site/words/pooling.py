"""Pools, in words."""

from itertools import chain

from generator.scenes.kinds.pooling import PoolFrame, PoolingReel
from generator.scenes.layers.pool import PoolLayer
from generator.scenes.numerals import size_text
from generator.site.words.kind import Words
from generator.site.words.telling import (
    answers_words,
    geometry_words,
    image_words,
    said,
    with_options,
)
from generator.site.words.window import WindowTable, window_table

KEPT = {"max": "largest", "average": "average"}


def _alt(reel: PoolingReel) -> str:
    whole = " of the whole image" * reel.layer.is_global
    window = f"a {size_text(*reel.kernel_size)} window that takes the {KEPT[reel.operation]} pixel{whole}"
    return f"{image_words(reel)}; {window}{_options(reel.layer)}; {answers_words(reel)}."


def _options(layer: PoolLayer) -> str:
    told = geometry_words(layer.geometry, "" if layer.count_include_pad else " that is not counted")
    if layer.geometry.ceil_mode:
        told.append("last windows that may hang over the edge")
    return with_options(told)


def pool_words(layer: PoolLayer) -> str:
    """Return a layer of pools with all options."""
    which = f"the {'global ' * layer.is_global}{layer.operation}"
    return f"{which} of {size_text(*layer.size)}{_options(layer)}"


def _sentence(reel: PoolingReel, frame: PoolFrame) -> str:
    is_true = frame.winner is not None or reel.equations_of(frame.number).averages
    result = f"{'is' if is_true else 'is about'} {said(reel.result_text(frame.value))}"
    return f"the {KEPT[reel.operation]} of {_seen(reel, frame)} {result}"


def _seen(reel: PoolingReel, frame: PoolFrame) -> str:
    """Return the numbers that count under the window; those of a whole image are too many to be heard."""
    if reel.layer.is_global:
        return f"all {frame.pixels.size} pixels"
    pixels = zip(frame.pixels.ravel().tolist(), chain.from_iterable(reel.counts(frame)), strict=True)
    return ", ".join(said(reel.number_text(pixel)) for pixel, counts in pixels if counts)


def _rule(reel: PoolingReel) -> str:
    if reel.operation == "max":
        return "Of the pixels under the window the largest is kept."
    return "The pixels under the window are added, and that is divided by how many they are."


def _window(reel: PoolingReel) -> WindowTable:
    averages = reel.operation == "average"
    ends = [("sum", "{total 0}"), ("average", "{answer 0}")] if averages else [("largest", "{total 0}")]
    so_far = "sum so far" if averages else "largest so far"
    return window_table(reel.kernel_size, 1, ends, term="{factor *}", so_far=so_far)


POOLING = Words(_alt, _sentence, _rule, _window)
