"""The chapters of a course with their links to terms, once it is known where each is explained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.course.records import Block, Chapter, Part, PlannedChapter, Prose, SceneBlock
from generator.course.terms import never_told, told_twice, with_term_links
from generator.errors import Problem


def term_problems(chapters: Sequence[Chapter], *, is_whole: bool) -> Iterator[Problem]:
    """Yield a problem for each term that is explained twice or, of a course that is whole, never."""
    terms = [term for chapter in chapters for term in chapter.terms]
    yield from told_twice(terms)
    if is_whole:
        yield from never_told((link for chapter in chapters for link in chapter.term_links), terms)


def with_terms_linked(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts in whose chapters links to terms lead to the pages where these are explained."""
    parts = tuple(parts)
    homes = {
        term.mark.term: chapter.name for part in parts for chapter in part.written for term in chapter.terms
    }
    return tuple(
        replace(part, chapters=tuple(_linked(chapter, homes) for chapter in part.chapters)) for part in parts
    )


def _linked(chapter: Chapter | PlannedChapter, homes: Mapping[str, str]) -> Chapter | PlannedChapter:
    if isinstance(chapter, PlannedChapter) or not chapter.term_links:
        return chapter
    pages = {term: "" if name == chapter.name else f"../{name}/index.html" for term, name in homes.items()}
    return replace(chapter, blocks=tuple(_block(block, pages) for block in chapter.blocks))


def _block(block: Block, pages: Mapping[str, str]) -> Block:
    if isinstance(block, Prose):
        return Prose(with_term_links(block.html, pages))
    if isinstance(block, SceneBlock):
        beats = (replace(beat, html=with_term_links(beat.html, pages)) for beat in block.beats)
        return replace(block, beats=tuple(beats))
    return block
