"""A magnitude, in words."""

from generator.scenes.equations import Printed
from generator.scenes.kinds.magnitude import MagnitudeFrame, MagnitudeReel
from generator.scenes.numerals import size_text
from generator.scenes.titles import readable
from generator.site.words.kind import Words
from generator.site.words.telling import answers_words, image_words, said
from generator.site.words.weights import filter_options_words
from generator.site.words.window import WindowTable, window_table


def _alt(reel: MagnitudeReel) -> str:
    layer = reel.scene.layer
    kernels = f"two {size_text(*layer.size)} kernels{filter_options_words(layer)}"
    first, second = (
        readable(layer.kernel.name).split(", ") if layer.kernel.name else ("the first", "the second")
    )
    made = f"the magnitude of what {kernels} make, gx from {first}, gy from {second}"
    return f"{image_words(reel)}; {made}; {answers_words(reel)}."


def _sentence(reel: MagnitudeReel, frame: MagnitudeFrame) -> str:
    equations = reel.equations_of(frame.number)
    first, second = map(_is, equations.channel_sums)
    root = f"the square root of gx squared plus gy squared {_is(equations.value)}"
    return f"gx {first}, gy {second}, and {root}"


def _is(printed: Printed) -> str:
    return f"is {'' if printed.is_exact else 'about '}{said(printed.text)}"


def _rule(_reel: MagnitudeReel) -> str:
    return "Two kernels make two sums; both are squared and added, and the root of that is the answer."


def _window(reel: MagnitudeReel) -> WindowTable:
    return window_table(
        reel.layer.size,
        2,
        [("gx", "{subtotal 0}"), ("gy", "{subtotal 1}"), ("magnitude", "{total 0}")],
        name="kernel",
    )


MAGNITUDE = Words(
    _alt,
    _sentence,
    _rule,
    _window,
    frames="positions of the window in order, each with what two kernels make, and the feature map so far",
)
