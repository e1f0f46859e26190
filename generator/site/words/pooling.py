"""Pools, in words."""

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

KEPT = {"max": "largest", "average": "average"}


def _alt(reel: PoolingReel) -> str:
    window = f"a {size_text(*reel.kernel_size)} window that takes the {KEPT[reel.operation]} pixel"
    return f"{image_words(reel)}; {window}{_options(reel.layer)}; {answers_words(reel)}."


def _options(layer: PoolLayer) -> str:
    return with_options(geometry_words(layer.geometry, ""))


def pool_words(layer: PoolLayer) -> str:
    """Return a layer of pools with all options."""
    return f"the {layer.operation} of {size_text(*layer.size)}{_options(layer)}"


def _sentence(reel: PoolingReel, frame: PoolFrame) -> str:
    counted = [own or not frame.winner for line in reel.seen(frame) for own in line]
    pixels = zip(frame.pixels.ravel().tolist(), counted, strict=True)
    numbers = ", ".join(said(reel.number_text(pixel)) for pixel, counts in pixels if counts)
    is_true = frame.winner is not None or reel.equations_of(frame.number).averages
    result = f"{'is' if is_true else 'is about'} {said(reel.result_text(frame.value))}"
    return f"the {KEPT[reel.operation]} of {numbers} {result}"


POOLING = Words(_alt, _sentence)
