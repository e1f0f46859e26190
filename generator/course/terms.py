"""The terms of a course: where each is explained, and links that lead there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.course.references import Section
from generator.errors import Problem, suggestion

TERM_SCHEME = "term:"
LINK_CLASS = "term"
LINK = re.compile(f'<a class="{LINK_CLASS}" href="#term_([a-z0-9-]+)"')


@dataclass(frozen=True)
class TermMark:
    """Where a term is explained."""

    term: str
    """What links call it."""
    told: str
    """What its author says of it, in plain text; "" where the sentence around it says enough."""
    section: Section | None
    """The section in which it is explained; None before the first."""
    file: str
    line: int


@dataclass(frozen=True)
class Term:
    """A term that is explained."""

    mark: TermMark
    words: str
    """The term as it is written there."""
    sentence: str
    """What explains it, as HTML without links."""

    @property
    def anchor(self) -> str:
        """Return what the page calls the place where it is explained."""
        return term_anchor(self.mark.term)


@dataclass(frozen=True)
class TermLink:
    """A link to where a term is explained."""

    term: str
    file: str
    line: int


def term_anchor(name: str) -> str:
    """Return what a page calls the place where a term is explained: no heading is called so.

    >>> term_anchor("feature-map")
    'term_feature-map'
    """
    return f"term_{name}"


def told_twice(terms: Iterable[Term]) -> Iterator[Problem]:
    """Yield a problem for each term of a course that has been explained before."""
    first: dict[str, TermMark] = {}
    for mark in (term.mark for term in terms):
        known = first.setdefault(mark.term, mark)
        if known is not mark:
            fact = f'the term "{mark.term}" is explained in {known.file}:{known.line} already'
            hint = f"Mark it there or here; elsewhere link to it, without bold, as in [it](term:{mark.term})."
            yield Problem(mark.file, mark.line, fact, hint)


def never_told(links: Iterable[TermLink], terms: Iterable[Term]) -> Iterator[Problem]:
    """Yield a problem for each link to a term that no chapter explains."""
    known = {term.mark.term for term in terms}
    for link in links:
        if link.term not in known:
            hint = suggestion(link.term, known) or f"Mark it there, as in **[it](term:{link.term})**."
            yield Problem(link.file, link.line, f'no chapter explains the term "{link.term}"', hint)


def with_term_links(html: str, homes: Mapping[str, str]) -> str:
    """Return HTML in which links to terms lead to the pages, by the terms' names, where these are explained.

    >>> with_term_links('<a class="term" href="#term_x">x</a>', {"x": "../01-edges/index.html"})
    '<a class="term" href="../01-edges/index.html#term_x">x</a>'
    """

    def led(link: re.Match[str]) -> str:
        return f'<a class="{LINK_CLASS}" href="{homes.get(link[1], "")}#{term_anchor(link[1])}"'

    return LINK.sub(led, html)
