"""Equations as readers meet them: read off the drawn figure, off spoken sentences, prose and answer keys.

It shares no code with the project: every number is read from a text, as an exact fraction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import unescape

from tests.scenes import oracle

TEXT = re.compile(r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>')
WITH_SIGN = {"↓ leaky ReLU": "leaky-relu", "↓ sigmoid": "sigmoid", "↓ tanh": "tanh"}
"""Words over an answer that says whether it is rounded."""
SPOKEN = {
    "after ReLU": "relu",
    "after leaky ReLU": "leaky-relu",
    "after the sigmoid": "sigmoid",
    "after tanh": "tanh",
    "its absolute value is": "abs",
    "after the clamp": "clamp",
    "the clamp cuts it off at": "clamp",
}
SPOKEN_ACTIVATION = re.compile(rf"; ({'|'.join(SPOKEN)}) (about )?(\S+)$")
NUMBER = r"[+−]?\d[\d./]*(?:e−?\d+)?"
POWER = re.compile(r" times 10 to the (minus )?(\d+)")
SPOKEN_TERM = re.compile(r"([^ ,;]+) times ([^ ,;]+)")
BIAS = re.compile(r"(.*), plus the bias (\S+)")
KEY_LINE = re.compile(r"Frame (\d+), row \d+, column \d+: (.+?) ([=≈]) (\S+)")
PROSE_TERM = re.compile(rf"({NUMBER}) × ({NUMBER}) ([=≈]) ({NUMBER})")


def number(text: str) -> Fraction:
    """Return the number that a text says.

    >>> number("−1/4"), number("+0.5"), number("3e−2")
    (Fraction(-1, 4), Fraction(1, 2), Fraction(3, 100))
    """
    return Fraction(text.replace("−", "-").removeprefix("+"))


@dataclass(frozen=True)
class Equation:
    """What is said to be equal, or nearly so, and where."""

    where: str
    left: Fraction
    sign: str
    right: Fraction

    @property
    def is_right(self) -> bool:
        """Return whether it is true, or does not claim to be."""
        return self.sign == "≈" or self.left == self.right


@dataclass(frozen=True)
class Figure:
    """The arithmetic of one frame as it is drawn."""

    tiles: dict[str, list[str]]
    """The texts by the name of their part, in reading order."""
    between: list[str]
    """The signs of operation, column by column and from top to bottom."""

    def of(self, part: str) -> list[str]:
        """Return the texts of a part, if there are any."""
        return self.tiles.get(part, [])

    @property
    def equal(self) -> list[str]:
        """Return the signs before the products, from top to bottom."""
        signs = [sign for sign in self.between if sign in ("=", "≈")]
        return signs[:-1] if self.activation else signs

    @property
    def activation(self) -> str:
        """Return what is told to make the answer, if the answer says whether it is rounded."""
        return next((WITH_SIGN[text] for text in self.between if text in WITH_SIGN), "")

    @property
    def sums(self) -> list[str]:
        """Return the signs before what is added up, the last sum at the end."""
        return [sign for sign in self.between if sign[0] == "Σ"]

    @property
    def shared(self) -> str:
        """Return, of an average, the sign before it, with the number of pixels."""
        return "".join(sign for sign in self.between if sign[0] == "÷" and " " not in sign)

    def equations(self) -> Iterator[Equation]:
        """Yield all that the figure says."""
        if self.shared:
            yield from self._average()
            return
        if self.of("weight"):
            yield from self._products()
        if self.of("weight") and self.of("total"):
            yield from self._sums()
        if self.activation:
            sign = [sign for sign in self.between if sign in ("=", "≈")][-1]
            made = Fraction(oracle.activated(self._total, self.activation))
            yield Equation("activation", made, sign, number(self.of("answer")[0]))

    def _products(self) -> Iterator[Equation]:
        weights, products, signs = self.of("weight"), self.of("product"), self.equal
        pixels = self.of("factor") * (len(products) // len(self.of("factor")))
        for place, (pixel, weight, product) in enumerate(zip(pixels, weights, products, strict=True)):
            sign = signs[place * len(signs) // len(products)]
            yield Equation("product", number(pixel) * number(weight), sign, number(product))

    def _sums(self) -> Iterator[Equation]:
        *between, last = self.sums
        products = list(map(number, self.of("product")))
        each = len(products) // max(1, len(between))
        channels = list(map(number, self.of("subtotal")))
        for place, (sign, total) in enumerate(zip(between, channels, strict=True)):
            yield Equation("channel", sum(products[place * each :][:each], Fraction()), _after(sign), total)
        bias = "".join(self.of("bias")).removeprefix("bias ") or "0"
        yield Equation("sum", sum(channels or products, number(bias)), _after(last), self._total)

    def _average(self) -> Iterator[Equation]:
        counted = map(number, filter(None, self.of("factor")))
        yield Equation("sum", sum(counted, Fraction()), _after(self.sums[0]), self._total)
        share = self._total / number(self.shared[1:].rstrip("≈"))
        yield Equation("average", share, _after(self.shared), number(self.of("answer")[0]))

    @property
    def _total(self) -> Fraction:
        return number(self.of("total")[0])


def figure(svg: str) -> Figure:
    """Return what a drawn panel shows."""
    texts = [
        (names.split()[0], float(x), float(y), unescape(text)) for names, x, y, text in TEXT.findall(svg)
    ]
    tiles: dict[str, list[str]] = {}
    for name, _, _, text in texts:
        tiles.setdefault(name.removesuffix("-text"), []).append(text)
    signs = sorted((x, y, text) for name, x, y, text in texts if name in ("sign", "ink-muted"))
    return Figure(tiles, [text for _, _, text in signs])


def _after(sign: str) -> str:
    """Return whether a sign of operation says that its result is rounded.

    >>> _after("Σ"), _after("Σ≈")
    ('=', '≈')
    """
    return "≈" if sign.endswith("≈") else "="


def spoken(sentence: str, shown: Figure) -> Iterator[Equation]:
    """Yield what a sentence says of a frame; "the sum" is that of the figure's pixels and weights."""
    said = POWER.sub(lambda match: f"e{'−' if match[1] else ''}{match[2]}", sentence.removesuffix("."))
    said = said.replace("minus ", "−").replace(" over ", "/")
    said = re.sub(r"^(?:\w+ \d+, )?[Rr]ow \d+, column \d+: ", "", said)
    if active := SPOKEN_ACTIVATION.search(said):
        said = said[: active.start()]
        made = Fraction(oracle.activated(number(said.split()[-1]), SPOKEN[active[1]]))
        yield Equation("spoken answer", made, "≈" if active[2] else "=", number(active[3]))
    average = re.fullmatch(r"the average of (.+) is (about )?(\S+)", said)
    if average:
        told = shown.of("factor") if average[1].startswith("all ") else average[1].split(", ")
        numbers = [number(text) for text in told]
        total = sum(numbers, Fraction()) / len(numbers)
        yield Equation("spoken", total, "≈" if average[2] else "=", number(average[3]))
    told = re.fullmatch(r"(.+) (equals|is about) (\S+)", said)
    if not told:
        return
    bias = BIAS.fullmatch(told[1])
    terms = bias[1] if bias else told[1]
    left = _added(terms, shown) + number(bias[2] if bias else "0")
    yield Equation("spoken", left, "=" if told[2] == "equals" else "≈", number(told[3]))


def _added(terms: str, shown: Figure) -> Fraction:
    if terms == "the sum":
        pairs = list(zip(shown.of("factor"), shown.of("weight"), strict=True))
    elif terms.startswith("channel "):
        return sum((number(part.partition(": ")[2]) for part in terms.split(", plus ")), Fraction())
    else:
        pairs = SPOKEN_TERM.findall(terms)
    return sum((number(pixel) * number(weight) for pixel, weight in pairs), Fraction())


def told_terms(text: str) -> Iterator[Equation]:
    """Yield the equations of a row of the window as prose spells them out."""
    for pixel, weight, sign, product in PROSE_TERM.findall(text):
        yield Equation("prose", number(pixel) * number(weight), sign, number(product))


def added(text: str) -> Fraction:
    """Return what printed terms with signs between them make.

    >>> added("−1 + 0 + 1/2 − 2.5")
    Fraction(-3, 1)
    """
    first, *rest = re.split(r" (?=[+−] )", text)
    return number(first) + sum((number(term.replace(" ", "")) for term in rest), Fraction())


def told_sum(products: str, bias: str, total: str) -> Equation:
    """Return what prose says that writes that products (and bias) add up to a sum."""
    sign = "≈" if "≈" in products + bias + total else "="
    terms, more, right = (text.removeprefix("≈ ") for text in (products, bias, total))
    return Equation("prose", added(terms) + number(more), sign, number(right))


def key_sums(lines: str) -> Iterator[tuple[int, Equation]]:
    """Yield the missing sums of an answer key by the number of their frame."""
    for frame, terms, sign, answer in KEY_LINE.findall(lines):
        yield int(frame), Equation("key", added(terms), sign, number(answer))
