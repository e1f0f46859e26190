"""`course.toml` becomes the plan of a course: its parts, and which chapter stands where in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Annotated, Any

import msgspec

from generator.course.folder import ContentFolder
from generator.course.language import check_language
from generator.course.records import PlannedChapter
from generator.course.taken_along import PAPER_NAMES, Also, PaperName, also_of
from generator.course.text_file import decoded
from generator.errors import AuthorError, InvalidValue, Problem, suggestion
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


@dataclass(frozen=True)
class ChapterPlace:
    """Where a chapter stands in the course."""

    number: int
    part: int
    name: str


@dataclass(frozen=True)
class PartPlan:
    """A part with the places of its chapters."""

    number: int
    title: str
    entries: tuple[ChapterPlace | PlannedChapter, ...]


@dataclass(frozen=True)
class CoursePlan:
    """What a course says of itself, before any of its chapters is read."""

    title: str
    summary: str
    language: str
    parts: tuple[PartPlan, ...]
    start: str
    """The name of the chapter where a newcomer begins, or ""."""
    paper: PaperName
    """On which prints are made unasked."""
    also: frozenset[Also]
    """What scenes have beside what most readers want."""
    names: Mapping[int, str | None]
    """Every chapter number; the chapter's name where it is written and its name is right."""
    problems: tuple[Problem, ...]
    """Everything that is wrong in the course's own file."""

    @cached_property
    def places(self) -> tuple[ChapterPlace, ...]:
        """Return the places of the chapters whose files are there, in order."""
        return tuple(
            entry for part in self.parts for entry in part.entries if isinstance(entry, ChapterPlace)
        )

    @property
    def is_whole(self) -> bool:
        """Tell whether every chapter that is named has its file."""
        return len(self.places) == sum(name is not None for name in self.names.values())

    def unlisted(self, folder: ContentFolder) -> Iterator[Problem]:
        """Yield a warning for each chapter's file that no part lists."""
        listed = set(self.names.values())
        for name in folder.chapter_names():
            if name not in listed:
                yield Problem(
                    folder.shown(folder.chapter(name)),
                    0,
                    "the chapter is not listed in course.toml, so it is not built",
                    f'Add "{name}" to a part.',
                )


def course_plan(folder: ContentFolder) -> CoursePlan:
    """Return the plan of the course in a folder, with all problems of its own file.

    Raises:
        AuthorError: the file is not there, or is no TOML.

    """
    file = folder.shown(folder.course_file)
    try:
        text = decoded(folder.read(folder.file(folder.course_file.name)), file)
    except InvalidValue as fault:
        hint = "A course folder holds course.toml and chapters/."
        raise AuthorError([Problem(file, 0, fault.message, hint)]) from None
    return _Reader(folder, TomlBlock(text, file, 0, "course")).plan()


@dataclass(frozen=True)
class _Entry:
    """One chapter as a part lists it."""

    number: int
    name: str | None
    """None where the chapter is planned, or its name is wrong."""
    planned: str
    line: int


class _Reader:
    """Reads the course's file while it gathers problems."""

    def __init__(self, folder: ContentFolder, block: TomlBlock) -> None:
        self.folder = folder
        self.block = block
        self.problems: list[Problem] = []
        self.plain = folder.plain_chapters()

    def plan(self) -> CoursePlan:
        right, problems = self.block.checked(CourseTable, self.block.values())
        self.problems += problems
        self._check_language(right.get("language", "en"))
        numbers = count(1)
        listed = [self._listed(*part, numbers) for part in self._part_blocks(right.get("parts", []))]
        names = {entry.number: entry.name for _, entries in listed for entry in entries}
        parts = tuple(
            PartPlan(number, title, tuple(self._places(entries, number)))
            for number, (title, entries) in enumerate(listed, 1)
        )
        start = self._start(right.get("start", ""), {name for name in names.values() if name})
        return CoursePlan(
            title=right.get("title", ""),
            summary=right.get("summary", ""),
            language=right.get("language", "en"),
            parts=parts,
            start=start,
            paper=self._paper(right.get("paper", PAPER_NAMES[0])),
            also=self._also(right.get("also", [])),
            names=names,
            problems=tuple(self.problems),
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

    def _places(self, entries: list[_Entry], part: int) -> Iterator[ChapterPlace | PlannedChapter]:
        """Yield the places of a part; note which chapters have no file."""
        plain = self.plain
        for entry in entries:
            if entry.name is None:
                yield PlannedChapter(entry.number, entry.planned)
                continue
            try:
                if entry.name not in plain:
                    self.folder.file(f"chapters/{entry.name}.md")
            except InvalidValue as fault:
                self._note(entry.line, fault.message, fault.hint)
            else:
                yield ChapterPlace(entry.number, part, entry.name)

    def _note(self, line: int, fact: str, hint: str) -> None:
        self.problems.append(Problem(self.block.file, line, fact, hint))
