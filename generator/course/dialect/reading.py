"""What a piece of Markdown is read with: what it can refer to, where it stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from generator.course.folder import PictureLink
from generator.course.references import Reference, Section
from generator.course.scene_links import SceneLink
from generator.course.source_lines import SourceLines
from generator.course.terms import TermLink, TermMark
from generator.errors import InvalidValue, Problem

if TYPE_CHECKING:
    from generator.scenes import FrameRange, LearnedNetwork, Reel


@dataclass(frozen=True)
class Surroundings:
    """What a piece of Markdown can refer to."""

    file: str
    reels: Mapping[str, Reel]
    """The chapter's reels by scene id."""
    versions: Mapping[str, Reel]
    """Those of scenes with several, by scene id and name of the version, with a hyphen between."""
    broken: Set[str]
    """Ids of scenes that have problems of their own; "" where such a scene may have any id."""
    chapters: Mapping[int, str | None]
    """Every chapter number of the course; the chapter's name where it is written."""
    picture: Callable[[str], PictureLink]
    """Finds a picture by its path; raises `InvalidValue`."""
    networks: Mapping[str, LearnedNetwork] = field(default_factory=dict)
    """Those of the chapter by id."""


class Reading:
    """The piece that is being read; problems gather in `problems`, and what still builds in `warnings`."""

    def __init__(self, surroundings: Surroundings, problems: list[Problem]) -> None:
        """Begin with no piece."""
        self.surroundings = surroundings
        self.problems = problems
        self.warnings: list[Problem] = []
        self.references: list[Reference] = []
        """Links to places in chapters, which are known once all chapters are read."""
        self.asked: dict[str, str | None] = {}
        """What links so far call chapters, with the names of those; None for one that is planned."""
        self.scene_links: list[SceneLink] = []
        """Links to files of scenes, which are known once the chapter is read."""
        self.sections: list[Section] = []
        """The sections that have begun so far."""
        self.marks: list[TermMark] = []
        """The terms that are explained in this piece."""
        self.term_links: list[TermLink] = []
        self.reel: Reel | None = None
        self.frames: FrameRange | None = None
        self.above: Reel | None = None
        """That of the last scene above, whose window links to places move."""
        self.above_is_broken = False
        self.silent = False
        """Whether values are passed over, because the piece's frames are not known."""
        self.lines = SourceLines("", 0)

    def begin(self, lines: SourceLines, reel: Reel | None = None, frames: FrameRange | None = None) -> None:
        """Read another piece; inside a beat, `reel` and `frames` are what bare values mean."""
        self.lines, self.reel, self.frames = lines, reel, frames
        self.marks = []

    def note(self, fault: InvalidValue, received: str, before: str = "") -> None:
        """Keep a problem, placed at the line where the received text stands in this piece."""
        self.problems.append(self._placed(fault, received, before))

    def warn(self, fault: InvalidValue, received: str, before: str = "") -> None:
        """Keep a warning in the same way."""
        self.warnings.append(self._placed(fault, received, before))

    def remark(self, fault: InvalidValue, received: str) -> None:
        """Keep what an author may want to know in the same way."""
        self.warnings.append(replace(self._placed(fault, received, ""), is_note=True))

    def refer(self, chapter: str, place: str, received: str, before: str = "") -> None:
        """Keep a link to a place in a chapter, "" for this one, that was written with the received text."""
        line = self.lines.of(received, before)
        self.references.append(Reference(chapter, place, self.surroundings.file, line))

    def ask(self, path: str, received: str, before: str) -> None:
        """Keep a link to a file of a scene that was written with the received text."""
        self.scene_links.append(SceneLink(path, self.surroundings.file, self.lines.of(received, before)))

    def mark_term(self, term: str, told: str, section: Section | None, line: int) -> None:
        """Keep that a term is explained here, in a section or before the first one."""
        self.marks.append(TermMark(term, told, section, self.surroundings.file, line))

    def link_term(self, term: str, received: str, before: str) -> None:
        """Keep a link to where a term is explained."""
        self.term_links.append(TermLink(term, self.surroundings.file, self.lines.of(received, before)))

    def _placed(self, fault: InvalidValue, received: str, before: str) -> Problem:
        line = self.lines.of(received, before)
        return Problem(self.surroundings.file, line, fault.message, fault.hint)
