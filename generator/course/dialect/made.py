"""The list of everything that a chapter's Markdown can make, and what a text of HTML holds beyond it.

Escaping, and judging addresses one by one, keep harm out where it would come in. This is the last word: what
comes out is parsed as a browser parses it, entities resolved, and whatever is not on the list is refused,
by whichever way it came.
"""

import re
from collections.abc import Iterator, Mapping

from generator.course.dialect.addresses import SAFE_SCHEMES, SCHEME
from generator.course.markup import MarkupReader
from generator.errors import CONTROL, InvalidValue, shortened

VOID = frozenset({"br", "hr", "img"})
"""Elements without an end."""

MATH_ATTRIBUTES = frozenset(
    {
        *(
            "accent",
            "accentunder",
            "class",
            "columnspan",
            "depth",
            "display",
            "displaystyle",
            "form",
            "height",
        ),
        *("linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "notation"),
        *("rowspan", "rspace", "scriptlevel", "stretchy", "symmetric", "voffset", "width"),
    }
)
MATH = (
    *("math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom"),
    *("mprescripts", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable"),
    *("mtd", "mtext", "mtr", "munder", "munderover"),
)
PLAIN = (
    *("blockquote", "br", "code", "em", "hr", "li", "strong"),
    *("summary", "table", "tbody", "thead", "tr", "ul"),
)
ELEMENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(PLAIN, frozenset[str]()),
    **{f"h{level}": frozenset({"id"}) for level in range(2, 7)},
    **{name: frozenset({"class"}) for name in ("p", "td", "th")},
    "dfn": frozenset({"id"}),
    "aside": frozenset({"class", "role"}),
    "details": frozenset({"class"}),
    **dict.fromkeys(("div", "span"), frozenset({"aria-label", "class", "role", "tabindex"})),
    "pre": frozenset({"tabindex"}),
    "ol": frozenset({"start"}),
    "a": frozenset({"class", "href", "title"}),
    "img": frozenset({"alt", "height", "loading", "src", "title", "width"}),
    **dict.fromkeys(MATH, MATH_ATTRIBUTES),
}
"""Every element that a chapter's text can make, with its attributes."""

TANGLED = (
    "emphasis around code, a link or a formula cannot be told apart",
    r"Write a space beside its stars or underscores, or \* for a star that is meant as one.",
)
"""Said where Python-Markdown has lost a piece of a text, and its place, between control signs, is left."""

PICTURE = re.compile(r"\.\./images/[^\\]+")
"""Where the pictures of a text lie, seen from its page."""
UNSEEN = re.compile("[\0-\x20]")
"""What browsers pass over at the ends of an address, and some of it in the middle."""


def made_faults(html: str) -> list[InvalidValue]:
    """Return what a text of HTML holds that no chapter can make, and elements that it leaves open.

    >>> [fault.message for fault in made_faults('<p>Fine.</p><p onclick="x">')]
    ['the text would hold the attribute onclick of <p>', 'the text would leave <p> open']
    """
    made = Made()
    made.read(html)
    left = [_fault(f"leave <{name}> open") for name in made.open]
    left += [InvalidValue(*TANGLED)] if CONTROL.search(html) else []
    return [*made.faults, *left]


class Made(MarkupReader):
    """Reads HTML and notes what is not on the list."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        super().__init__()
        self.open: list[str] = []
        self.faults: list[InvalidValue] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hold an element against the list."""
        if tag not in VOID:
            self.open.append(tag)
        self.faults += element_faults(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hold an element against the list; outside formulas the slash at its end means nothing."""
        self.handle_starttag(tag, attrs)
        if tag in MATH:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(_fault(f"end <{tag}> where it was not begun"))

    def handle_comment(self, data: str) -> None:
        """Refuse what a browser does not show."""
        self.faults.append(_fault(f'hide "{shortened(data)}"'))

    def handle_decl(self, decl: str) -> None:
        """Refuse a declaration."""
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        """Refuse an instruction."""
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        """Refuse a declaration that nobody knows."""
        self.handle_comment(data)


def element_faults(tag: str, attributes: list[tuple[str, str | None]]) -> Iterator[InvalidValue]:
    """Yield what of an element no chapter can make: itself, an attribute, or where its address leads."""
    if tag not in ELEMENTS:
        yield _fault(f"hold the element <{tag}>")
        return
    for name, value in attributes:
        address = UNSEEN.sub("", value or "")
        if name not in ELEMENTS[tag]:
            yield _fault(f"hold the attribute {name} of <{tag}>")
        elif name == "href" and not _is_safe_link(address):
            yield _fault(f'lead to "{shortened(address)}"')
        elif name == "src" and not PICTURE.fullmatch(address):
            yield _fault(f'load "{shortened(address)}"')


def _is_safe_link(address: str) -> bool:
    """Tell whether a browser would stay in the course, go to another site, or write a mail."""
    if scheme := SCHEME.match(address):
        return scheme[1].lower() in SAFE_SCHEMES
    return not address.startswith(("/", "\\"))


def _fault(what: str) -> InvalidValue:
    return InvalidValue(f"the text would {what}", "Write it as plain text.")
