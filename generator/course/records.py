"""The frozen records that this room hands on: a course, its parts, its chapters and their blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from generator import scenes
from generator.course.outline import Outline
from generator.course.picture import ChosenFrame
from generator.course.references import Places, Reference, Section
from generator.course.taken_along import Also, PaperName
from generator.course.terms import Term, TermLink
from generator.errors import Problem

if TYPE_CHECKING:
    from generator.scenes import Arrangement, FrameRange, Greys, Grid, Ground, Reel, Spot
    from generator.scenes.digits import Digits


@dataclass(frozen=True)
class Prose:
    """Text between the figures, already HTML."""

    html: str


@dataclass(frozen=True)
class Beat:
    """A piece of narration and the frames it belongs to."""

    frames: FrameRange
    html: str


@dataclass(frozen=True, eq=False)
class SceneBlock:
    """A scene with its reels and its narration."""

    arrangement: Arrangement
    reels: tuple[Reel, ...]
    """One for each version of the scene; narration and worksheet belong to the first."""
    caption: str
    alt: str
    """The author's own description of the figure, or ""."""
    beats: tuple[Beat, ...]
    blanks: tuple[int, ...]
    """The frames whose sums its worksheet leaves empty; none where it has no worksheet."""
    spots: tuple[Spot, ...] = ()
    """Where links in the text below it point, in order."""
    also: frozenset[Also] = frozenset()
    """What links in its chapter ask for of it."""

    @property
    def reel(self) -> Reel:
        """Return the reel of the scene itself, or of its first version."""
        return self.reels[0]

    @property
    def opening(self) -> int | None:
        """Return at which frame the window lies to begin with: of a photograph at the first that is told.

        None means wherever a scene of its kind begins.
        """
        positions = self.reel.positions
        if self.reel.scene.showing.has_every_number or positions is None:
            return None
        if self.beats:
            return self.beats[0].frames.first
        cells = [(0, *spot) for spot in self.spots]
        return next(
            (positions.of_frames.index(cell) + 1 for cell in cells if cell in positions.of_frames), None
        )

    @property
    def shots(self) -> tuple[int, ...]:
        """Return the frames that paper shows each by itself.

        Of a photograph they are few, for many look alike; of a comparison too, for each shows all sides.
        Where versions have no text, their finished stages say it all.
        """
        if not self.reel.scene.showing.frames_differ or self.arrangement == "compare":
            return self.pauses
        return tuple(range(1, len(self.reel.frames) + 1)) if self.beats or len(self.reels) == 1 else ()

    def shots_of(self, version: Reel) -> tuple[int, ...]:
        """Return the frames of a version that stand on paper: all sides of a comparison have theirs."""
        if version is self.reel:
            return self.shots
        if self.arrangement == "switch":
            return ()
        return tuple(sorted({self.shown_by(version, number) for number in self.shots}))

    def shown_by(self, version: Reel, number: int) -> int:
        """Return which of its frames a version shows while the first shows frame `number`."""
        return scenes.frame_of_version(number, len(self.reel.frames), len(version.frames))

    @property
    def pauses(self) -> tuple[int, ...]:
        """Return the frames at which the narration pauses."""
        return tuple(sorted({beat.frames.last for beat in self.beats}))


@dataclass(frozen=True, eq=False)
class PositionsFigure:
    """A small figure: one row of a scene's image and every place where the kernel fits."""

    ground: Ground
    digits: Digits
    """How the scene's numbers are printed."""
    greys: Greys
    """On which greys they are shown."""
    caption: str


@dataclass(frozen=True, eq=False)
class GridsFigure:
    """A figure of grids side by side, each with what is written below it."""

    grids: tuple[tuple[Grid, str], ...]
    caption: str


@dataclass(frozen=True)
class SizesFigure:
    """A size explorer."""

    caption: str


LoneFigure = GridsFigure | SizesFigure


@dataclass(frozen=True)
class Listing:
    """A source file shown in full."""

    file_name: str
    text: str
    html: str
    """The highlighted code, without a frame around it."""
    caption: str


Block = Prose | SceneBlock | PositionsFigure | LoneFigure | Listing


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter that is written."""

    number: int
    """Counted through the whole course."""
    part: int
    name: str
    """The file's name without its ending; also its folder in the site."""
    title: str
    summary: str
    before: str
    """What its reader should know already, in the author's words; "" where they do not say."""
    goals: tuple[str, ...]
    """What its reader will be able to do at its end; each goes on from "You can"."""
    file: str
    blocks: tuple[Block, ...]
    picture: ChosenFrame | None = None
    """What stands for it where it is linked, if the author chose it."""
    sections: tuple[Section, ...] = ()
    """Its sections in order."""
    warnings: tuple[Problem, ...] = ()
    """What looks wrong in its text and still builds."""
    anchors: frozenset[str] = frozenset()
    """What its page calls the places to which a link can lead."""
    terms: tuple[Term, ...] = ()
    """What it explains, in order."""
    term_links: tuple[TermLink, ...] = ()
    """Its links to where terms are explained."""
    references: tuple[Reference, ...] = ()
    """Its links to such places, in its own page and in others."""
    asked: Mapping[str, str | None] = field(default_factory=dict)
    """What its links call chapters, with the names of those; None for one that is planned."""

    @property
    def outline(self) -> Outline:
        """Return what the chapter is to the rest of its course."""
        frames = {block.reel.scene.id: len(block.reel.frames) for block in self.scenes}
        return Outline(
            number=self.number,
            part=self.part,
            name=self.name,
            title=self.title,
            summary=self.summary,
            before=self.before,
            places=Places(self.anchors, frames),
            references=self.references,
            asked=self.asked,
            terms=self.terms,
            term_links=self.term_links,
            warnings=(*self.warnings, *self._doubts()),
        )

    def _doubts(self) -> Iterator[Problem]:
        """Yield what scenes lose without being wrong, such as an unused column, and notes."""
        for block in self.scenes:
            yield from _noted_once(warning for reel in block.reels for warning in reel.scene.warnings)

    @cached_property
    def scenes(self) -> tuple[SceneBlock, ...]:
        """Return the chapter's scenes in order."""
        return tuple(block for block in self.blocks if isinstance(block, SceneBlock))

    @property
    def is_text(self) -> bool:
        """Tell whether nothing in it has to be drawn."""
        return all(isinstance(block, Prose | Listing) for block in self.blocks)

    @property
    def pictured(self) -> tuple[SceneBlock, int | None] | None:
        """Return the scene that stands for the chapter, and its frame if one is chosen."""
        if self.picture is None:
            return (self.scenes[0], None) if self.scenes else None
        block = next(block for block in self.scenes if block.reel.scene.id == self.picture.scene)
        return block, self.picture.frame


def _noted_once(warnings: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the warnings of a scene, without the notes that were told of another version of it."""
    noted = set()
    for warning in warnings:
        if warning.message not in noted:
            yield warning
        if warning.is_note:
            noted.add(warning.message)


@dataclass(frozen=True)
class PlannedChapter:
    """A chapter that has its number and title but is not written yet."""

    number: int
    title: str


@dataclass(frozen=True)
class Part:
    """A group of chapters."""

    number: int
    title: str
    chapters: tuple[Chapter | PlannedChapter, ...]

    @property
    def written(self) -> tuple[Chapter, ...]:
        """Return its chapters that there are, in order."""
        return tuple(chapter for chapter in self.chapters if isinstance(chapter, Chapter))

    @property
    def planned(self) -> tuple[PlannedChapter, ...]:
        """Return those that are to come."""
        return tuple(chapter for chapter in self.chapters if isinstance(chapter, PlannedChapter))


@dataclass(frozen=True)
class Course:
    """The whole book."""

    title: str
    summary: str
    language: str
    parts: tuple[Part, ...]
    warnings: tuple[Problem, ...]
    """What looks wrong and still builds."""
    start: Chapter | None = None
    """Where who is new begins; None where the course does not say."""
    paper: PaperName = "a4"
    """On which everything is printed."""
    also: frozenset[Also] = frozenset()
    """What scenes have beside what most readers want."""

    @property
    def glossary(self) -> tuple[tuple[Term, Chapter], ...]:
        """Return every term with the chapter that explains it, by the alphabet."""
        found = ((term, chapter) for chapter in self.chapters for term in chapter.terms)
        return tuple(sorted(found, key=lambda each: normalize("NFKD", each[0].words).casefold()))

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters that are written, in order."""
        return tuple(chapter for part in self.parts for chapter in part.written)

    def neighbours(self, chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
        """Return the chapters before and after one of them, as far as they are written."""
        at = self.chapters.index(chapter)
        return next(iter(self.chapters[:at][-1:]), None), next(iter(self.chapters[at + 1 :]), None)
