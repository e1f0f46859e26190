"""One chapter's converter: it is made once, and turns every piece of the chapter's Markdown into HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.blockprocessors import ReferenceProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from generator.course.comments import without_dropped
from generator.course.dialect.addresses import Addresses
from generator.course.dialect.blocks import CodeBlocks, Columns, Headings, Notes, Quotations
from generator.course.dialect.formulas import DisplayFormulas, FormulasInText, InlineFormulas
from generator.course.dialect.made import made_faults
from generator.course.dialect.reading import Reading, Surroundings
from generator.course.dialect.terms import Terms
from generator.course.dialect.values import OpenValue, Value, remark_false_claims, with_values
from generator.course.references import Reference, Section
from generator.course.scene_links import SceneLink
from generator.course.sentences import explanation
from generator.course.source_lines import SourceLines
from generator.course.terms import Term, TermLink, term_anchor
from generator.course.text_parts import without_code
from generator.errors import InvalidValue, Problem
from generator.scenes.ids import PAGE_IDS

if TYPE_CHECKING:
    from generator.scenes import FrameRange, LearnedNetwork, Reel

PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
BEGINNING = "[{$"
"""What begins something whose end is looked for to the end of its paragraph."""
MOST_BEGUN = 1000


class Dialect:
    """Converts the pieces of one chapter; problems gather in `problems`."""

    def __init__(self, surroundings: Surroundings, problems: list[Problem]) -> None:
        """Make the converter once; it is used for every piece of the chapter."""
        captions = {f"{scene_id}_caption" for scene_id in surroundings.reels}
        self.anchors = {*PAGE_IDS, *surroundings.reels, *captions}
        """Anchors taken so far in the page."""
        self.reading = Reading(surroundings, problems)
        self.markdown = Markdown(
            extensions=[
                TableExtension(use_align_attribute=True),
                SaneListExtension(),
                _Additions(self.reading, self.anchors),
            ],
            output_format="html",
        )
        self.addresses: dict[str, tuple[str, str]] = {}
        self.address_lines: dict[str, int] = {}
        self.terms: list[Term] = []
        """What the pieces so far explain."""

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what looks wrong in the pieces so far and still builds, each once."""
        return tuple(dict.fromkeys(self.reading.warnings))

    @property
    def references(self) -> tuple[Reference, ...]:
        """Return the links to places in chapters that stand in the pieces so far."""
        return tuple(self.reading.references)

    @property
    def asked(self) -> Mapping[str, str | None]:
        """Return what links in the pieces so far call chapters, with the names of those."""
        return dict(self.reading.asked)

    @property
    def scene_links(self) -> tuple[SceneLink, ...]:
        """Return the links to files of scenes that stand in the pieces so far."""
        return tuple(self.reading.scene_links)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections that the pieces so far have begun."""
        return tuple(self.reading.sections)

    @property
    def term_links(self) -> tuple[TermLink, ...]:
        """Return the links to terms that stand in the pieces so far."""
        return tuple(self.reading.term_links)

    def define(self, text: str, line: int) -> None:
        """Take the addresses that a piece gives names to, as in `[a]: https://…`, for all other pieces."""
        for match in ReferenceProcessor.RE.finditer(without_code(without_dropped(text))):
            address = match[2].lstrip("<").rstrip(">")
            self.addresses.setdefault(match[1].strip().lower(), (address, match[5] or match[6] or ""))
            self.address_lines.setdefault(address, line + text.count("\n", 0, match.start(2)))

    def stand_below(self, reel: Reel | None) -> None:
        """Let links to places be about a scene from here on; None is one with problems of its own."""
        self.reading.above, self.reading.above_is_broken = reel, reel is None

    def html(self, text: str, line: int, reel: Reel | None = None, frames: FrameRange | None = None) -> str:
        """Return the piece as HTML; inside a beat, `reel` and `frames` are what bare values mean."""
        known = len(self.reading.problems)
        self._check_crowds(text, line)
        if len(self.reading.problems) > known:
            return ""
        self.reading.begin(SourceLines(text, line, self.address_lines), reel, frames)
        self.markdown.reset()
        self.markdown.references.update(self.addresses)
        try:
            html = self.markdown.convert(without_dropped(text))
        except RecursionError:
            hint = "Take lists, quotations or brackets out of one another."
            self.reading.note(
                InvalidValue("the text is nested too deeply to be read", hint), text.strip()[:1]
            )
            return ""
        if len(self.reading.problems) == known:
            for fault in made_faults(html):
                self.reading.note(fault, text.strip()[:1])
        if len(self.reading.problems) == known:
            self._explain(html)
        remark_false_claims(self.reading, text)
        return html

    def _explain(self, html: str) -> None:
        """Keep the terms that a piece explains, with their sentences."""
        for mark in self.reading.marks:
            words, sentence = explanation(html, term_anchor(mark.term))
            self.terms.append(Term(mark, words, escape(mark.told) or sentence))
            self.anchors.add(term_anchor(mark.term))

    def _check_crowds(self, text: str, line: int) -> None:
        """Note paragraphs in which so much is begun that looking for every end would take minutes."""
        for paragraph in PARAGRAPH.finditer(without_code(text)):
            begun = {sign: paragraph[0].count(sign) for sign in BEGINNING}
            sign = max(begun, key=lambda sign: begun[sign])
            if begun[sign] > MOST_BEGUN:
                fact = f'{begun[sign]:,} times "{sign}" stands in one paragraph'
                hint = f"Put it into code, or into paragraphs with at most {MOST_BEGUN:,} each."
                place = line + text.count("\n", 0, paragraph.start())
                self.reading.problems.append(Problem(self.reading.surroundings.file, place, fact, hint))

    def check_without_values(self, text: str, line: int) -> None:
        """Note what is wrong with a beat that belongs to no frame, apart from its values."""
        self.reading.silent = True
        self.html(text, line)
        self.reading.silent = False

    @property
    def networks(self) -> Mapping[str, LearnedNetwork]:
        """Return the chapter's networks by id."""
        return self.reading.surroundings.networks

    def plain(self, text: str, line: int, reel: Reel | None = None) -> str:
        """Return text without markup, such as a caption, with its values filled in."""
        self.reading.begin(SourceLines(text, line), reel)
        remark_false_claims(self.reading, text)
        return with_values(self.reading, text)


class _Additions(Extension):
    """Registers our parts with Python-Markdown."""

    def __init__(self, reading: Reading, anchors: set[str]) -> None:
        super().__init__()
        self.reading = reading
        self.anchors = anchors

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take raw HTML out and put our parts in, at priorities relative to the library's own."""
        reading = self.reading
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$", "<"]
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(CodeBlocks(md, reading), "code_blocks", 25)
        md.parser.blockprocessors.register(DisplayFormulas(md.parser, reading), "display_formulas", 95)
        md.parser.blockprocessors.register(Quotations(md.parser), "quote", 20)
        md.inlinePatterns.register(InlineFormulas(reading), "formula", 185)
        md.inlinePatterns.register(Value(reading), "value", 175)
        md.inlinePatterns.register(OpenValue(reading), "open_value", 174)
        # The library puts the parts of lines in their places at 20, and makes HTML lie neatly at 10.
        md.treeprocessors.register(FormulasInText(md, reading), "formulas", 16)
        md.treeprocessors.register(Headings(md, reading, self.anchors), "headings", 15)
        md.treeprocessors.register(Columns(md), "columns", 13)
        md.treeprocessors.register(Addresses(md, reading), "addresses", 12)
        md.treeprocessors.register(Terms(md, reading), "terms", 11)
        md.treeprocessors.register(Notes(md, reading), "notes", 10)
