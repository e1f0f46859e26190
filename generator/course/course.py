"""`course.toml` and the chapters it lists become a `Course`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import msgspec

from generator.course.chapter import ChapterPlace, read_chapter
from generator.course.folder import ContentFolder, Publisher
from generator.course.glossary import term_problems, with_terms_linked
from generator.course.language import check_language
from generator.course.networks import Readers
from generator.course.records import Chapter, Course, Part, PlannedChapter
from generator.course.references import dead
from generator.course.taken_along import PAPER_NAMES, Also, PaperName, also_of
from generator.course.text_file import decoded
from generator.errors import AuthorError, InvalidValue, Problem, gathering, suggestion
from generator.scenes.toml_block import TomlBlock, kind_text

CHAPTER_NAME = re.compile(r"(?P<number>[0-9]{1,4})-[a-z0-9]+(-[a-z0-9]+)*")


class PlannedTable(msgspec.Struct, frozen=True):
    """A chapter that is promised."""

    planned: Annotated[str, msgspec.Meta(examples=['planned = "A picture is a grid"'])]


class PartTable(msgspec.Struct, frozen=True):
    """One part in `course.toml`."""

    title: Annotated[str, msgspec.Meta(examples=['title = "Asking the grid"'])]
    chapters: Annotated[
        list[Any], msgspec.Meta(description="a list of chapters", examples=['chapters = ["01-edges"]'])
    ]


class CourseTable(msgspec.Struct, frozen=True):
    """The keys of `course.toml`."""

    title: Annotated[str, msgspec.Meta(pattern=r"\S", examples=['title = "How machines see"'])]
    parts: Annotated[
        list[dict[str, Any]], msgspec.Meta(description="one or more blocks [[parts]]", examples=["[[parts]]"])
    ]
    summary: str = ""
    language: str = "en"
    start: Annotated[str, msgspec.Meta(examples=['start = "01-edges"'])] = ""
    paper: Annotated[str, msgspec.Meta(examples=['paper = "letter"'])] = PAPER_NAMES[0]
    also: Annotated[
        list[str], msgspec.Meta(description='a list of words, such as also = ["letter", "gif"]')
    ] = msgspec.field(default_factory=list)


def read_course(content: Path, readers: Readers, publish: Publisher) -> Course:
    """Return the course in that folder, with everything in it computed.

    Args:
        content: the folder.
        readers: read pictures that scenes name, and train networks.
        publish: makes of a picture the file that pages show.

    Raises:
        AuthorError: every problem of every chapter.

    """
    folder = ContentFolder(content, publish)
    file = folder.shown(folder.course_file)
    try:
        text = decoded(folder.file(folder.course_file.name).read_bytes(), file)
    except InvalidValue as fault:
        hint = "A course folder holds course.toml and chapters/."
        raise AuthorError([Problem(file, 0, fault.message, hint)]) from None
    return _Reader(folder, TomlBlock(text, file, 0, "course"), readers).course()


@dataclass(frozen=True)
class _Entry:
    """One chapter as a part lists it."""

    number: int
    name: str | None
    """None where the chapter is planned, or its name is wrong."""
    planned: str
    line: int


class _Reader:
    """Reads the course while it gathers problems."""

    def __init__(self, folder: ContentFolder, block: TomlBlock, readers: Readers) -> None:
        self.folder = folder
        self.block = block
        self.readers = readers
        self.problems: list[Problem] = []

    def course(self) -> Course:
        right, problems = self.block.checked(CourseTable, self.block.values())
        self.problems += problems
        self._check_language(right.get("language", "en"))
        numbers = count(1)
        listed = [self._listed(*part, numbers) for part in self._part_blocks(right.get("parts", []))]
        names = {entry.number: entry.name for _, entries in listed for entry in entries}
        parts = [
            Part(number, title, tuple(self._chapters(entries, number, names)))
            for number, (title, entries) in enumerate(listed, 1)
        ]
        written = {chapter.name: chapter for part in parts for chapter in part.written}
        places = {name: chapter.places for name, chapter in written.items()}
        for chapter in written.values():
            self.problems += dead(chapter.references, places)
        is_whole = len(written) == sum(name is not None for name in names.values())
        self.problems += term_problems(tuple(written.values()), is_whole=is_whole)
        start = self._start(right.get("start", ""), {name for name in names.values() if name})
        paper, also = self._paper(right.get("paper", PAPER_NAMES[0])), self._also(right.get("also", []))
        notes: list[Problem] = []
        with gathering(self.problems):
            notes += self.folder.kept_back()
        if self.problems:
            raise AuthorError(self.problems)
        declared = CourseTable(**right)
        parts = list(with_terms_linked(parts))
        written = {chapter.name: chapter for part in parts for chapter in part.written}
        return Course(
            title=declared.title,
            summary=declared.summary,
            language=declared.language,
            parts=tuple(parts),
            start=written.get(start),
            paper=paper,
            also=also,
            warnings=(*self._unlisted(set(names.values())), *_doubtful(parts), *notes),
        )

    def _check_language(self, tag: str) -> None:
        try:
            check_language(tag)
        except InvalidValue as fault:
            self.problems.append(self.block.problem(fault))

    def _paper(self, declared: str) -> PaperName:
        """Return the paper on which everything is printed; note that there is none of that name."""
        for known in PAPER_NAMES:
            if known == declared:
                return known
        hint = suggestion(declared, PAPER_NAMES)
        self.problems.append(self.block.problem(InvalidValue(f'no paper is "{declared}"', hint, "paper")))
        return PAPER_NAMES[0]

    def _also(self, declared: list[str]) -> frozenset[Also]:
        """Return what scenes have beside the usual; note a word that asks for nothing."""
        try:
            return also_of(declared)
        except InvalidValue as fault:
            fault.key = "also"
            self.problems.append(self.block.problem(fault))
            return frozenset()

    def _start(self, declared: str, names: set[str]) -> str:
        """Return the name of the chapter where a newcomer begins; note that it is none of the course."""
        name = declared.removesuffix(".md")
        if declared and name not in names:
            fact, hint = f'no part lists the chapter "{declared}"', suggestion(name, sorted(names))
            self.problems.append(self.block.problem(InvalidValue(fact, hint, "start")))
        return name

    def _part_blocks(self, parts: list[dict[str, Any]]) -> Iterator[tuple[TomlBlock, dict[str, Any]]]:
        """Yield each part with its place; parts written on one line are placed where `parts` stands."""
        blocks = self.block.sections("parts", "part")
        if len(blocks) != len(parts):
            whole = replace(self.block, text="", line=self.block.line_of("parts"), what="part")
            blocks = [whole] * len(parts)
        return zip(blocks, parts, strict=True)

    def _listed(
        self, block: TomlBlock, part: dict[str, Any], numbers: Iterator[int]
    ) -> tuple[str, list[_Entry]]:
        """Return a part's title and its chapters as they are listed."""
        right, problems = block.checked(PartTable, part)
        self.problems += problems
        entries = right.get("chapters", [])
        _, *lines = block.lines_of("chapters", len(entries))
        listed = [self._entry(entry, next(numbers), line) for entry, line in zip(entries, lines, strict=True)]
        return right.get("title", ""), listed

    def _entry(self, declared: object, number: int, line: int) -> _Entry:
        if isinstance(declared, str):
            return _Entry(number, self._name(declared, number, line), "", line)
        if isinstance(declared, dict):
            place = replace(self.block, text="", line=line, what="planned chapter")
            right, problems = place.checked(PlannedTable, declared)
            self.problems += problems
            return _Entry(number, None, right.get("planned", ""), line)
        hint = 'Write its name in quotes, or { planned = "Its title" }.'
        self._note(line, f"chapter {number} is {kind_text(declared)}", hint)
        return _Entry(number, None, "", line)

    def _name(self, declared: str, number: int, line: int) -> str | None:
        """Return the name of a chapter that is written; note what is wrong with it."""
        name = declared.removesuffix(".md")
        match = CHAPTER_NAME.fullmatch(name)
        if not match:
            hint = "Name its file by number and words, as in 05-edges.md, in small letters."
            self._note(line, f'"{declared}" cannot be the name of a chapter', hint)
            return None
        if int(match["number"]) != number:
            hint = f"Count the chapters of all parts, planned ones too, or begin its name with {number:02}-."
            self._note(line, f'"{declared}" stands as chapter {number} of the course', hint)
        return name

    def _chapters(
        self, entries: list[_Entry], part: int, names: dict[int, str | None]
    ) -> Iterator[Chapter | PlannedChapter]:
        for entry in entries:
            if entry.name is None:
                yield PlannedChapter(entry.number, entry.planned)
                continue
            place = ChapterPlace(entry.number, part, entry.name)
            try:
                path = self.folder.file(f"chapters/{entry.name}.md")
            except InvalidValue as fault:
                self._note(entry.line, fault.message, fault.hint)
                continue
            with gathering(self.problems):
                yield read_chapter(place, path, self.folder, names, self.readers)

    def _unlisted(self, listed: set[str | None]) -> list[Problem]:
        return [
            Problem(
                self.folder.shown(self.folder.chapter(name)),
                0,
                "the chapter is not listed in course.toml, so it is not built",
                f'Add "{name}" to a part.',
            )
            for name in self.folder.chapter_names()
            if name not in listed
        ]

    def _note(self, line: int, fact: str, hint: str) -> None:
        self.problems.append(Problem(self.block.file, line, fact, hint))


def _doubtful(parts: Iterable[Part]) -> Iterator[Problem]:
    """Yield what texts and scenes lose without being wrong, such as an unused column, and notes."""
    for chapter in (chapter for part in parts for chapter in part.written):
        yield from chapter.warnings
        for block in chapter.scenes:
            yield from _noted_once(warning for reel in block.reels for warning in reel.scene.warnings)


def _noted_once(warnings: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the warnings of a scene, without the notes that were told of another version of it."""
    noted = set()
    for warning in warnings:
        if warning.message not in noted:
            yield warning
        if warning.is_note:
            noted.add(warning.message)
