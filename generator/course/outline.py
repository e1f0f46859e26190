"""What a chapter is to the rest of its course: what others show of it, and where in it they can lead."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.course.references import Places, Reference, dead
from generator.course.terms import Term, TermLink, never_told, told_twice
from generator.errors import Problem


@dataclass(frozen=True)
class Outline:
    """A chapter without its text and its figures."""

    number: int
    part: int
    name: str
    title: str
    summary: str
    before: str
    """What its reader should know already, in the author's words; "" where they do not say."""
    places: Places
    """Where in it a link can lead."""
    references: tuple[Reference, ...]
    """Its links to such places, in its own page and in others."""
    asked: Mapping[str, str | None]
    """What its links call chapters, with the names of those; None for one that is planned."""
    terms: tuple[Term, ...]
    """What it explains, in order."""
    term_links: tuple[TermLink, ...]
    """Its links to where terms are explained."""
    warnings: tuple[Problem, ...]
    """What looks wrong in its text and its scenes, and still builds."""


def problems_between(outlines: Iterable[Outline], *, is_whole: bool) -> Iterator[Problem]:
    """Yield what is wrong between the chapters of a course; `is_whole` says whether all of them are there."""
    outlines = tuple(outlines)
    places = {outline.name: outline.places for outline in outlines}
    for outline in outlines:
        yield from dead(outline.references, places)
    terms = [term for outline in outlines for term in outline.terms]
    yield from told_twice(terms)
    if is_whole:
        yield from never_told((link for outline in outlines for link in outline.term_links), terms)
