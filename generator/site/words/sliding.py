"""A window that slides, in words."""

from generator.scenes.kinds.sliding import SlidingReel, WindowFrame
from generator.site.words.activations import ACTIVATIONS
from generator.site.words.kind import Words
from generator.site.words.telling import answers_words, image_words, said
from generator.site.words.weights import filters_words
from generator.site.words.window import WindowTable, window_table

MOST_TERMS = 12
"""A longer sum, or one in a photograph, is told by its channels, or by its result alone."""


def _alt(reel: SlidingReel) -> str:
    return f"{image_words(reel)}; {filters_words(reel.layer)}; {answers_words(reel)}."


def _sentence(reel: SlidingReel, frame: WindowFrame) -> str:
    equations = reel.equations_of(frame.number)
    added = f", plus the bias {said(equations.bias)}" if reel.bias_of(frame.number) else ""
    equals = "equals" if equations.weights_add_up else "is about"
    result = f"{_terms(reel, frame)}{added} {equals} {said(equations.sum.text)}"
    if reel.layer.activation:
        answer = said(equations.value.text)
        if reel.makes_fractions and not equations.activates:
            answer = f"about {answer}"
        result += f"; {ACTIVATIONS[reel.layer.activation].told(answer, is_cut=bool(frame.cut))}"
    return result


def _terms(reel: SlidingReel, frame: WindowFrame) -> str:
    """Return the sum's terms: each product, or what each channel adds where there are too many."""
    equations = reel.equations_of(frame.number)
    if frame.products.size <= MOST_TERMS and reel.scene.showing.has_every_number:
        told = [f"{said(term.pixel)} times {said(term.weight)}" for term in equations.terms]
        width = frame.products.shape[2]
        rows = (", plus ".join(told[start : start + width]) for start in range(0, len(told), width))
        return "; plus ".join(rows)
    if len(frame.planes) == 1:
        return "the sum"
    parts = zip(frame.planes, equations.channel_sums, strict=True)
    return ", plus ".join(f"channel {n + 1}: {said(part.text)}" for n, part in parts)


def _rule(reel: SlidingReel) -> str:
    added = ", and the bias" if reel.layer.bias.any() else ""
    return f"Each pixel times the weight that lies on it; then all of that added{added}."


def _window(reel: SlidingReel) -> WindowTable:
    planes = len(reel.frames[0].planes)
    ends = [(f"channel {plane + 1}", f"{{subtotal {plane}}}") for plane in range(planes) if planes > 1]
    if reel.layer.bias.any():
        several = len(reel.output) > 1
        bias = "{bias 1}" if several else said(reel.number_text(reel.layer.bias[0].item()))
        ends.append(("bias", bias))
    ends.append(("sum", "{total 0}"))
    if reel.layer.activation:
        ends.append((ACTIVATIONS[reel.layer.activation].told("", is_cut=False).strip(), "{answer 0}"))
    return window_table(
        reel.layer.size,
        planes,
        ends,
        so_far="sum so far",
    )


SLIDING = Words(_alt, _sentence, _rule, _window)
