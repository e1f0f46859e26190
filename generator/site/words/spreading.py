"""Pixels that spread, in words."""

from generator.errors import counted
from generator.scenes.kinds.spreading import PatchFrame, SpreadingReel
from generator.site.words.kind import Words
from generator.site.words.telling import answers_words, image_words, said
from generator.site.words.weights import spread_words
from generator.site.words.window import WindowTable, window_table


def _alt(reel: SpreadingReel) -> str:
    return f"{image_words(reel)}; {spread_words(reel.layer)}; {answers_words(reel)}."


def _sentence(reel: SpreadingReel, frame: PatchFrame) -> str:
    pixel, cells = said(reel.number_text(frame.value)), counted(len(frame.changes), "cell")
    return f"the pixel {pixel} times the kernel is added to {cells} of the output"


def _rule(_reel: SpreadingReel) -> str:
    return "The pixel times each weight is its patch, which is added to the output."


def _window(reel: SpreadingReel) -> WindowTable:
    return window_table(
        reel.kernel_size,
        len(reel.frames[0].planes),
        term="{factor 0} times {weights *}: {product *}",
        name="map",
    )


SPREADING = Words(_alt, _sentence, _rule, _window)
