"""`$formulas$` in a line and `$$displays$$` between paragraphs become MathML, wherever they stand in text.

In an attribute, such as a picture's alternative text, a formula stays as it was written: an attribute holds
text. So a formula is first kept as an element of its own, of which Python-Markdown takes the text alone for
an attribute, and becomes MathML only once all attributes are made.
"""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

from generator.course.dialect.reading import Reading
from generator.course.dialect.values import value_text
from generator.course.mathematics import mathml
from generator.course.text_parts import INDENT
from generator.errors import InvalidValue
from generator.scenes.numerals import ALMOST, MINUS, SCIENTIFIC, TIMES

KEPT = "formula"
"""The element in which a formula waits."""
SCROLLED = 'tabindex="0" role="group" aria-label="Formula"'
"""Of a box with a formula that may be wider than its column: then it is scrolled, by keyboard too."""
LONGEST = 8
"""Signs of a formula that fits every column, in large print on a phone too: a line is not broken in one."""
QUALIFIED = re.compile(r"\{([a-z][a-z0-9-]*(?:\[[^\]{}]*\])?\.[a-z][a-z.0-9]*)\}")

EQUALS_ABOUT = re.compile(r"=\s*\{\\approx ")
"""What a rounded value behind an equals sign makes of it: one sign is enough."""


class InlineFormulas(InlineProcessor):
    """`$...$` is kept as a formula; a lone dollar sign, as in a price, stays."""

    def __init__(self, reading: Reading) -> None:
        """Note what is wrong in a reading."""
        self.reading = reading
        super().__init__(r"(?<![\\$\w])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?![\w$])")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the formula as it was written, in an element of its own."""
        if STX in m[0]:  # the library has taken out the code, and left its place
            hint = "Write it without backticks, as in $x + y$."
            self.reading.note(InvalidValue("a formula holds code between backticks", hint), "$`")
        element = Element(KEPT)
        element.text = AtomicString(m[0])
        return element, m.start(0), m.end(0)


class DisplayFormulas(BlockProcessor):
    """A paragraph between `$$` and `$$` becomes a displayed formula."""

    def __init__(self, parser: BlockParser, reading: Reading) -> None:
        """Note what is wrong in a reading."""
        super().__init__(parser)
        self.reading = reading

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether a paragraph is a formula."""
        stripped = block.strip()
        if block.expandtabs(INDENT).startswith(" " * INDENT):  # code, or what belongs to a list's item
            return False
        return len(stripped) > 4 and stripped.startswith("$$") and stripped.endswith("$$")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Put the formula in the paragraph's place."""
        formula = _formula(blocks.pop(0).strip(), "$$", self.reading)
        html = f'<div class="formula" {SCROLLED}>{formula}</div>'
        SubElement(parent, "p").text = self.parser.md.htmlStash.store(html)


class FormulasInText(Treeprocessor):
    """Formulas that were kept, and stand in text, become MathML."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        """Note what is wrong in a reading."""
        super().__init__(md)
        self.reading = reading

    def run(self, root: Element) -> None:
        """Put MathML in the place of every formula below an element."""
        for parent in list(root.iter()):
            for formula in parent.findall(KEPT):
                html = _formula(formula.text or "", "$", self.reading)
                if len(unescape(re.sub("<[^>]*>", "", html))) > LONGEST:
                    html = f'<span class="long" {SCROLLED}>{html}</span>'
                _replace(parent, formula, self.md.htmlStash.store(html))


def _replace(parent: Element, child: Element, text: str) -> None:
    """Put text in the place of a child."""
    at = list(parent).index(child)
    text += child.tail or ""
    parent.remove(child)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _formula(source: str, marks: str, reading: Reading) -> str:
    latex = unescape(source[len(marks) : -len(marks)])
    filled = QUALIFIED.sub(lambda match: _math_value(match, reading), latex)
    filled = EQUALS_ABOUT.sub(r"\\approx{", filled)
    try:
        return mathml(filled, display=marks == "$$")
    except InvalidValue as fault:
        reading.note(fault, source)
        return escape(latex)


def _math_value(match: re.Match[str], reading: Reading) -> str:
    """Return a value as LaTeX reads it; an unknown one, which is noted, as a sign that it can read."""
    value = value_text(reading, match[1], match[0])
    if value == match[0]:
        return "?"
    signs = {MINUS: "-", TIMES: r"\times ", ALMOST: r"\approx "}
    spelled = SCIENTIFIC.sub(r"\\times 10^{\1\2}", value)
    return "{" + "".join(signs.get(sign, sign) for sign in spelled) + "}"
