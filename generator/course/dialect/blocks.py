"""Headings with GitHub's anchors, highlighted code, quotations, and asides."""

import re
import unicodedata
from collections import Counter
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from generator.course.code import code_html, plain_fault
from generator.course.dialect.addresses import unescaped
from generator.course.dialect.exercises import EXERCISE, hide_answer
from generator.course.dialect.reading import Reading
from generator.course.references import Section
from generator.course.source import SourceFence, fences, kind_of
from generator.errors import InvalidValue, shortened, suggestion

TITLE = r"(?m:^(?=(?:> ?)*#(?!#)|.*\S.*\n=+ *$))"
"""What stands in front of a heading of level 1."""
TITLE_HINT = "The chapter's title stands in its front matter; begin a heading with ##."
OPENING = r"(?m:^) {0,3}(?:`{3,}|~{3,})[ \t]*"
"""What stands in front of a fence's language."""
NOTES = {"note": "Aside", "tip": "Try it", "warning": "Take care", EXERCISE: "Exercise"}


class CodeBlocks(Preprocessor):
    """Fenced code becomes highlighted code."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        """Take the code out of the text of a reading."""
        super().__init__(md)
        self.reading = reading

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a place for each block of code."""
        out: list[str] = []
        for part in fences("\n".join(lines), 1, self.reading.surroundings.file):
            if isinstance(part, SourceFence):
                out += ["", self.md.htmlStash.store(self._html(part)), ""]
            else:
                out += part.text.split("\n")
        return out

    def _html(self, fence: SourceFence) -> str:
        language = kind_of(fence.info)
        if fault := plain_fault(fence.text, language):
            self.reading.warn(fault, fence.info, OPENING)
        return f'<pre tabindex="0"><code>{code_html(fence.text + chr(10), language)}</code></pre>'


class Quotations(BlockQuoteProcessor):
    """Quotations with an empty line between them stay apart, as on GitHub."""

    def lastChild(self, parent: Element) -> None:  # noqa: N802 - Python-Markdown's name
        """Find no quotation to go on with."""


class Headings(Treeprocessor):
    """Headings get the anchors that GitHub gives them, each once in the page."""

    def __init__(self, md: Markdown, reading: Reading, taken: set[str]) -> None:
        """Add the anchors to those that are taken."""
        super().__init__(md)
        self.reading = reading
        self.taken = taken
        self.repeated: Counter[str] = Counter()

    def run(self, root: Element) -> None:
        """Give every heading below an element its anchor."""
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                words = self._words(element)
                if element.tag == "h1":
                    fault = InvalidValue(f'the heading "{shortened(words)}" is of level 1', TITLE_HINT)
                    self.reading.note(fault, "", TITLE)
                element.set("id", self._anchor(github_slug(words)))
                if element.tag == "h2":
                    self.reading.sections.append(Section(element.get("id", ""), " ".join(words.split())))

    def _words(self, element: Element) -> str:
        """Return a heading's text; Python-Markdown keeps a place in it for each formula and escaped sign."""
        stash = self.md.htmlStash.rawHtmlBlocks
        text = unescape("".join(element.itertext()))
        text = HTML_PLACEHOLDER_RE.sub(lambda match: re.sub("<[^>]*>", "", str(stash[int(match[1])])), text)
        return unescaped(text)

    def _anchor(self, slug: str) -> str:
        anchor = slug
        while anchor in self.taken:
            self.repeated[slug] += 1
            anchor = f"{slug}-{self.repeated[slug]}"
        self.taken.add(anchor)
        return anchor


def github_slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading; accents are put together, as links are typed.

    >>> github_slug("Größe: what's the size?"), github_slug("क्षत्रिय!")
    ('größe-whats-the-size', 'क्षत्रिय')
    """
    letters = unicodedata.normalize("NFC", heading.strip().lower())
    kept = (sign for sign in letters if re.match(r"[\w\- ]", sign) or unicodedata.category(sign)[0] == "M")
    return "".join(kept).replace(" ", "-")


class Notes(Treeprocessor):
    """A quotation that begins with `[!NOTE]`, as on GitHub, becomes an aside."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        """Note what is wrong in a reading."""
        super().__init__(md)
        self.reading = reading

    def run(self, root: Element) -> None:
        """Turn every such quotation below an element."""
        for quote in root.iter("blockquote"):
            first = quote.find("p")
            match = re.match(r"\[!(\w+)\]\s*", first.text or "") if first is not None else None
            if first is None or match is None:
                continue
            kind = match[1].lower()
            if kind not in NOTES:
                fault = InvalidValue(f'unknown kind of note "[!{match[1]}]"', suggestion(kind, NOTES))
                self.reading.note(fault, match[0].strip())
                continue
            first.text = (first.text or "")[match.end() :]
            title = Element("p", {"class": "note-title"})
            title.text = NOTES[kind]
            quote.insert(0, title)
            quote.tag = "aside"
            quote.set("class", f"note {kind}")
            quote.set("role", "note")
            if kind == EXERCISE:
                try:
                    hide_answer(quote)
                except InvalidValue as fault:
                    self.reading.note(fault, match[0].strip())


class Columns(Treeprocessor):
    """Cells say in a class how they are aligned; too wide tables and code scroll, by keyboard too."""

    def run(self, root: Element) -> None:
        """Rename the alignment of every cell below an element, and let keys reach its tables and code."""
        for parent in list(root.iter()):
            for at, child in enumerate(parent):
                if child.tag == "table":
                    parent[at] = _scrolling(child)
        for element in root.iter():
            if element.tag in {"td", "th"} and (side := element.attrib.pop("align", "")):
                element.set("class", f"align-{side}")
            elif element.tag == "pre":
                element.set("tabindex", "0")


def _scrolling(table: Element) -> Element:
    """Return a table in a box of its own."""
    box = Element("div", {"class": "table", "tabindex": "0", "role": "group", "aria-label": "Table"})
    box.tail, table.tail = table.tail, None
    box.append(table)
    return box
