"""A reader of built pages: what elements there are, where links lead, what text is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

SEVERAL = 16
"""Pages that are read once, for the tests ask many questions of each."""


@dataclass
class Element:
    """A start tag with its attributes, and the text directly inside."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    is_hidden: bool = False
    """Whether it, or what it stands in, is kept from those who listen."""


@dataclass
class _Reader(HTMLParser):
    found: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        around = any(element.is_hidden for element in self.open[-1:])
        element = Element(tag, attributes, is_hidden=around or attributes.get("aria-hidden") == "true")
        self.found.append(element)
        self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open[-1:]:
            element.text += data


def elements(html: str) -> list[Element]:
    """Return every element of a page in order."""
    return list(_elements(html))


@lru_cache(SEVERAL)
def _elements(html: str) -> tuple[Element, ...]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


def shown_text(html: str) -> str:
    """Return all text of a page, that of scripts left out."""
    return "".join(_Text(html).pieces)


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self.pieces.append(data)


def addresses(html: str) -> list[tuple[Element, str]]:
    """Return every address in a page with the element that holds it."""
    return [
        (element, element.attributes[name])
        for element in elements(html)
        for name in ("href", "src", "srcset", "poster", "data", "action")
        if name in element.attributes
    ]


def is_outward(element: Element, address: str) -> bool:
    """Tell whether this is an ordinary link to another site."""
    return element.tag == "a" and urlsplit(address).scheme in {"http", "https", "mailto"}


def place_of(page: str, address: str) -> tuple[str, str]:
    """Return the file in the site and the fragment to which an address in a page leads."""
    parts = urlsplit(address)
    path = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    return path, unquote(parts.fragment)


def identifiers(html: str) -> list[str]:
    """Return every id of a page."""
    return [element.attributes["id"] for element in elements(html) if "id" in element.attributes]


def html_pages(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the pages of a site by their path."""
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}
