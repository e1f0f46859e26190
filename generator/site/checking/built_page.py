"""What a built page says of itself: the few of its elements that a check asks about, with their lines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.course.markup import MarkupReader

ASKED_TAGS = {"html", "title", "h1", "main", "base", "meta", "link", "script", "style", "img", "input"}
ADDRESSES = ("href", "xlink:href", "src", "poster", "action", "formaction")
ID_LISTS = ("aria-controls", "aria-describedby", "aria-labelledby", "aria-owns", "for", "headers")
"""Attributes that name elements of the same page by their ids."""
ASKED_ATTRIBUTES = {*ADDRESSES, *ID_LISTS, "id", "srcset", "data", "data-scene", "style"}

LEADING_RELATIONS = {"alternate", "author", "canonical", "help", "license", "me", "next", "prev", "search"}
"""What a `<link>` may be without being loaded."""
LEADING_TAGS = {"a", "area", "form", "button"}
CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s[^,]*)?,?")
"""One picture of a `srcset`: an address and, after a space, when it is meant."""
SCRIPT_TYPES = {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"}
"""Types of a `<script>` that a browser runs; anything else is data."""


@dataclass(frozen=True)
class Element:
    """A start tag; the text inside is kept where it is a title, a style sheet or a program."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    text: str = ""

    def named(self, name: str) -> str:
        """Return an attribute, "" where the element has none of that name."""
        return self.attributes.get(name, "")

    @property
    def is_program(self) -> bool:
        """Tell whether this is a script that stands in the page and would run."""
        return self.tag == "script" and "src" not in self.attributes and _runs(self.attributes)

    @property
    def relations(self) -> set[str]:
        """Return what a `<link>` is to its page."""
        return set(self.named("rel").lower().split())

    @property
    def is_canonical(self) -> bool:
        """Tell whether this is the link that says at which address the page is at home."""
        return self.tag == "link" and "canonical" in self.relations

    @property
    def leads(self) -> bool:
        """Tell whether a reader follows the addresses of this element; those of others are loaded."""
        if self.tag == "link":
            return bool(self.relations) and self.relations <= LEADING_RELATIONS
        return self.tag in LEADING_TAGS

    def addresses(self) -> Iterator[str]:
        """Yield every address that the element holds."""
        for name in ADDRESSES:
            if name in self.attributes:
                yield self.attributes[name].strip()
        if self.tag == "object" and "data" in self.attributes:
            yield self.attributes["data"].strip()
        yield from CANDIDATE.findall(self.named("srcset"))


@dataclass(frozen=True)
class Figure:
    """A scene's figure in a page: how many frames its slider has, and the line in which it begins."""

    frames: int
    line: int


@dataclass(frozen=True)
class BuiltPage:
    """A page by its path in the site."""

    path: str
    elements: tuple[Element, ...]

    def tagged(self, tag: str) -> list[Element]:
        """Return the elements of one kind."""
        return [element for element in self.elements if element.tag == tag]

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Return the line in which each id first stands."""
        lines: dict[str, int] = {}
        for element in self.elements:
            if element.named("id"):
                lines.setdefault(element.named("id"), element.line)
        return lines

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Return the figures of scenes by the scene's id; without a slider there are 0 frames."""
        found: dict[str, Figure] = {}
        name = ""
        for element in self.elements:
            if "data-scene" in element.attributes:
                name = element.named("id")
                found[name] = Figure(0, element.line)
            elif name and "slider" in element.named("class").split() and element.named("max").isdecimal():
                found[name] = Figure(int(element.named("max")), found[name].line)
        return found

    @cached_property
    def policy(self) -> Mapping[str, frozenset[str]] | None:
        """Return what each directive of the page's Content-Security-Policy allows; None without one."""
        for element in self.tagged("meta"):
            if element.named("http-equiv").lower() == "content-security-policy":
                rules = [rule.split() for rule in element.named("content").split(";")]
                return {rule[0].lower(): frozenset(rule[1:]) for rule in rules if rule}
        return None

    @property
    def canonical(self) -> str:
        """Return the address at which the page says it is at home, or ""."""
        return next((each.named("href") for each in self.elements if each.is_canonical), "")


def read_page(path: str, html: str) -> BuiltPage:
    """Return what a page says of itself."""
    reader = _Reader()
    reader.read(html)
    return BuiltPage(path, tuple(reader.found))


class _Reader(MarkupReader):
    """Keeps what is asked about; most elements of a page are cells of figures, which nobody asks about."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ASKED_TAGS and not any(_is_asked(name) for name, _ in attrs):
            return
        attributes = {name: value or "" for name, value in reversed(attrs)}  # the first of a name counts
        self.found.append(Element(tag, attributes, self.line))
        if tag in {"title", "style"} or (tag == "script" and _runs(attributes)):
            self.text = []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self.text is not None and tag in {"title", "style", "script"}:
            last = self.found[-1]
            if last.tag == tag:
                self.found[-1] = Element(tag, last.attributes, last.line, "".join(self.text))
            self.text = None


def _is_asked(name: str) -> bool:
    return name in ASKED_ATTRIBUTES or name.startswith("on")


def _runs(attributes: Mapping[str, str]) -> bool:
    return attributes.get("type", "").strip().lower() in SCRIPT_TYPES
