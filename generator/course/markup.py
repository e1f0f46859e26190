"""HTML told part by part, as the parser of the standard library tells it.

That parser expects anything, letter by letter. What templates and chapters make is plain: every `<` in it
begins a tag, whose attributes stand in quotes. Plain HTML is taken apart here, several times as fast; the
library has all other.
"""

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]

NAME = "[a-zA-Z][a-zA-Z0-9:-]*"
ATTRIBUTE = r"""[ \t\n\r\f]+[a-zA-Z_:][a-zA-Z0-9_:.-]*(?:="[^"<]*"|='[^'<]*')?"""
TAG = re.compile(rf"<(?:/({NAME})|({NAME})((?:{ATTRIBUTE})*) *(/?)|!(doctype html))>", re.ASCII)
PARTS = TAG.groups + 1
"""Of a text that is split at its tags: what stands between, and what a tag is made of."""
NAME_AND_VALUE = re.compile(r"""([^\s="']+)(?:="([^"]*)"|='([^']*)')?""")

RAW = ("script", "style")
"""Elements in which nothing is a tag but their end."""
RAW_BEGINNING = re.compile(rf"<(?:{'|'.join(RAW)})", re.IGNORECASE)
RAW_ELEMENT = re.compile(rf"<({'|'.join(RAW)})(?:{ATTRIBUTE})* *>[^<]*</\1>", re.ASCII)


class MarkupReader(HTMLParser):
    """Tells of the parts of a text of HTML, in order, through the methods that `HTMLParser` has for it."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._passed: list[str | None] = []
        self._told = self._counted = 0

    def read(self, html: str) -> None:
        """Read a whole text."""
        parts = TAG.split(html)
        if _is_plain(html, parts):
            self._tell(parts)
        else:
            self.feed(html)
            self.close()

    @property
    def line(self) -> int:
        """Return the line, counted from 1, in which the tag begins that is told of."""
        between = self._passed[self._counted : self._told]
        self.lineno += sum(part.count("\n") for part in between if part)
        self._counted = self._told
        return self.lineno

    def _tell(self, parts: list[str | None]) -> None:
        self._passed = parts
        for start in range(0, len(parts) - 1, PARTS):
            text, ended, begun, attributes, slash, declaration = parts[start : start + PARTS]
            self._told = start + 1
            if text:
                self._tell_text(text)
            if ended:
                self.cdata_elem = None
                self.handle_endtag(ended.lower())
            elif begun:
                self._tell_beginning(begun.lower(), _attributes(attributes or ""), is_whole=bool(slash))
            elif declaration:
                self.handle_decl(declaration)
        if parts[-1]:
            self._tell_text(parts[-1])

    def _tell_text(self, text: str) -> None:
        self.handle_data(unescape(text) if "&" in text and self.cdata_elem is None else text)

    def _tell_beginning(self, name: str, attributes: Attributes, *, is_whole: bool) -> None:
        if is_whole:
            self.handle_startendtag(name, attributes)
            return
        self.handle_starttag(name, attributes)
        if name in RAW:
            self.cdata_elem = name


def _is_plain(html: str, parts: list[str | None]) -> bool:
    """Tell whether every `<` begins a tag as our own templates write it, and no program or style has one."""
    if any(text and "<" in text for text in parts[::PARTS]):
        return False
    return len(RAW_BEGINNING.findall(html)) == len(RAW_ELEMENT.findall(html))


@lru_cache(maxsize=4096)
def _attributes(text: str) -> Attributes:
    """Return the attributes of a tag; the cells of figures have the same by the thousand."""
    found = (match.groups() for match in NAME_AND_VALUE.finditer(text))
    return [(name.lower(), _value(quoted if quoted is not None else other)) for name, quoted, other in found]


def _value(written: str | None) -> str | None:
    return unescape(written) if written and "&" in written else written
