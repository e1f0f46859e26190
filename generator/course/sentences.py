"""Finds, in a text of HTML, the sentence in which something stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from generator.course.dialect.made import VOID
from generator.course.markup import MarkupReader

BLOCKS = frozenset({"p", "li", "td", "th", "h2", "h3", "h4", "h5", "h6", "div", "blockquote", "aside"})
"""Elements that hold whole sentences."""
END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[^\sa-z\d])|[。！？]+[”’」』）]*")
"""The end of a sentence before another one: behind an abbreviation stands a small letter or a number."""


class Explanation(NamedTuple):
    """A term, and the sentence in which it stands."""

    words: str
    sentence: str
    """HTML with no link and no id in it."""


def explanation(html: str, place: str) -> Explanation:
    """Return the words of the first element with an id, which a chapter's HTML has, and its sentence.

    >>> explanation('<p>So. The <em>long</em> <dfn id="x">X</dfn> is <a href="y">it</a>. Now.</p>', "x")
    Explanation(words='X', sentence='The <em>long</em> <span>X</span> is <span>it</span>.')
    """
    root = _parsed(html)
    term = next(element for element in root.iter() if element.get("id") == place)
    return Explanation(" ".join("".join(term.itertext()).split()), _sentence(root, place))


def _sentence(root: Element, place: str) -> str:
    """Return the sentence around the element with an id."""
    block, at = _block_of(root, place)
    text = "".join(block.itertext())
    if block.tag == "li":  # it says one thing, however many sentences that takes
        return _inside(_Clip(0, len(text)).element(block)).strip()
    ends = [match.end() for match in END.finditer(text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    spaces = len(text[start:end]) - len(text[start:end].lstrip())
    return _inside(_Clip(start + spaces, end).element(block)).strip()


def _parsed(html: str) -> Element:
    reader = _Reader()
    reader.read(f"<div>{html}</div>")
    return reader.builder.close()


class _Reader(MarkupReader):
    """Builds a tree of HTML in which every element ends, as it does in what a chapter makes."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def _block_of(root: Element, place: str) -> tuple[Element, int]:
    """Return the innermost block that holds an element with an id, and how much of its text stands before."""
    holding = [block for block in root.iter() if block.tag in BLOCKS and _before(block, place) is not None]
    return holding[-1], _before(holding[-1], place) or 0


def _before(block: Element, place: str) -> int | None:
    """Return how many letters of a block stand before an element with an id; None where it is not in it."""
    passed = 0
    for part in _parts(block):
        if isinstance(part, str):
            passed += len(part)
        elif part.get("id") == place:
            return passed
    return None


def _parts(element: Element) -> Iterator[Element | str]:
    """Yield an element, and all elements and texts in it, in the order in which they begin."""
    yield element
    yield element.text or ""
    for child in element:
        yield from _parts(child)
        yield child.tail or ""


class _Clip:
    """Copies of elements, with the letters from one to before another alone."""

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.at = 0

    def text(self, text: str | None) -> str:
        """Return what of the next letters is kept."""
        letters = text or ""
        first, self.at = self.at, self.at + len(letters)
        return letters[max(0, self.start - first) : max(0, self.end - first)]

    def element(self, element: Element) -> Element:
        """Return what of the next element is kept, without links and names of places."""
        copy = Element("span" if element.tag in {"a", "dfn"} else element.tag)
        if copy.tag == element.tag:
            copy.attrib.update((name, value) for name, value in element.items() if name != "id")
        copy.text = self.text(element.text)
        for child in element:
            kept, tail = self.element(child), self.text(child.tail)
            if child.tag in VOID or len(kept) or kept.text:
                kept.tail = tail
                copy.append(kept)
            elif len(copy):
                copy[-1].tail = (copy[-1].tail or "") + tail
            else:
                copy.text += tail
        return copy


def _inside(element: Element) -> str:
    """Return what stands in an element, as HTML."""
    element.tag, element.attrib, element.tail = "div", {}, ""
    return tostring(element, "unicode", "html").removeprefix("<div>").removesuffix("</div>")
