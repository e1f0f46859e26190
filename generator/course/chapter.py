"""One chapter's file becomes a `Chapter`: its scenes are computed, its prose is HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import msgspec

from generator import scenes
from generator.course.code import code_html, plain_fault
from generator.course.comments import without_comments
from generator.course.dialect import Dialect, Surroundings
from generator.course.folder import ContentFolder
from generator.course.lone_figures import LONE
from generator.course.networks import Readers, declared_networks
from generator.course.picture import ChosenFrame, chosen_frame
from generator.course.plan import ChapterPlace
from generator.course.records import Beat, Block, Chapter, Listing, PositionsFigure, Prose, SceneBlock
from generator.course.reels import ChapterReels, Take, block_of, blocks_of, chapter_reels, places_of
from generator.course.references import dead
from generator.course.scene_links import with_links_asked
from generator.course.source import (
    Piece,
    SourceBeat,
    SourceFence,
    SourceText,
    front_matter,
    kind_of,
    pieces,
)
from generator.course.text_file import decoded
from generator.errors import AuthorError, InvalidValue, Problem, gathering, suggestion
from generator.scenes.narration import frame_range
from generator.scenes.toml_block import TomlBlock

if TYPE_CHECKING:
    from generator.scenes import Reel


class FrontMatter(msgspec.Struct, frozen=True):
    """What a chapter says of itself between its `+++` lines."""

    title: Annotated[str, msgspec.Meta(pattern=r"\S", examples=['title = "Edges"'])]
    summary: str = ""
    before: str = ""
    goals: Annotated[
        list[str], msgspec.Meta(description='a list of texts, such as goals = ["say what a kernel asks"]')
    ] = msgspec.field(default_factory=list)
    picture: Annotated[str, msgspec.Meta(examples=['picture = "my-edge=12"'])] = ""


class ListingTable(msgspec.Struct, frozen=True):
    """The keys of a `listing` block."""

    file: Annotated[str, msgspec.Meta(examples=['file = "code/convolve.py"'])]
    caption: str = ""


class FigureTable(msgspec.Struct, frozen=True):
    """The keys of a `figure` block."""

    shows: Annotated[str, msgspec.Meta(examples=['shows = "positions"'])]
    scene: Annotated[str, msgspec.Meta(examples=['scene = "sobel-edge"'])]
    caption: str = ""


FIGURES = ("positions", *LONE)
COMPUTED = frozenset({"scene", "network"})
"""Blocks that are computed before the text is read; of a network nothing is shown."""


def read_chapter(
    place: ChapterPlace,
    folder: ContentFolder,
    chapters: Mapping[int, str | None],
    readers: Readers,
) -> Chapter:
    """Return the chapter with everything in it computed.

    Args:
        place: where it stands in the course.
        folder: in which its file, and the files that it names, lie.
        chapters: every chapter number of the course; the chapter's name where it is written.
        readers: make of files what its blocks name.

    Raises:
        AuthorError: every problem of the chapter that can be told at once.

    """
    path = folder.chapter(place.name)
    file = folder.shown(path)
    matter, body, line = front_matter(decoded(folder.read(path), file), file)
    problems: list[Problem] = []
    front = TomlBlock(matter, file, 1, "front matter")
    head = _head(front, problems)
    source = pieces(without_comments(body, line, file, problems), line, file, problems)
    networks = declared_networks(blocks_of(source, "network", file), folder, readers.train, problems)
    reels = chapter_reels(source, file, readers.image, networks, problems)
    surroundings = Surroundings(
        file, reels.by_id, reels.versions, reels.broken, chapters, folder.picture, networks
    )
    dialect = Dialect(surroundings, problems)
    for piece in source.pieces:
        if not isinstance(piece, SourceFence):
            dialect.define(piece.text, piece.line)
    reading = _Reading(dialect, reels, folder, file, problems)
    blocks = tuple(reading.blocks(source.pieces))
    blocks = tuple(with_links_asked(blocks, dialect.scene_links, reels.broken, problems))
    if "" not in reels.broken:
        problems += dead(dialect.references, {"": places_of(dialect, reels)})
    picture = _picture(front, head, reels, problems)
    if problems:
        raise AuthorError(problems)
    return Chapter(
        number=place.number,
        part=place.part,
        name=place.name,
        title=head.title,
        summary=head.summary,
        before=head.before,
        goals=tuple(head.goals),
        picture=picture,
        file=file,
        blocks=blocks,
        sections=dialect.sections,
        terms=tuple(dialect.terms),
        term_links=dialect.term_links,
        warnings=(*dialect.warnings, *reading.warnings),
        anchors=frozenset(dialect.anchors),
        references=dialect.references,
        asked=dialect.asked,
    )


def _head(front: TomlBlock, problems: list[Problem]) -> FrontMatter:
    """Return what a chapter says of itself; add what is wrong with that to the problems."""
    with gathering(problems):
        return front.record(FrontMatter)
    return FrontMatter("")


def _picture(
    front: TomlBlock, head: FrontMatter, reels: ChapterReels, problems: list[Problem]
) -> ChosenFrame | None:
    """Return what stands for the chapter; add what is wrong with that to the problems."""
    try:
        return chosen_frame(head.picture, reels.by_id, reels.broken)
    except InvalidValue as fault:
        problems.append(front.problem(fault))
        return None


def _with_beats(body: Iterable[Piece]) -> Iterator[tuple[SourceText | SourceFence, list[SourceBeat]]]:
    """Yield each text and fence with the beats that follow it; an empty text in front, for stray beats."""
    group: tuple[SourceText | SourceFence, list[SourceBeat]] = (SourceText("", 0), [])
    for piece in body:
        if isinstance(piece, SourceBeat):
            group[1].append(piece)
        else:
            yield group
            group = (piece, [])
    yield group


class _Reading:
    """Turns the pieces of one chapter into blocks, gathering problems as it goes."""

    def __init__(
        self, dialect: Dialect, reels: ChapterReels, folder: ContentFolder, file: str, problems: list[Problem]
    ) -> None:
        self.dialect = dialect
        self.reels = reels
        self.folder = folder
        self.file = file
        self.problems = problems
        self.warnings: list[Problem] = []

    def blocks(self, body: Iterable[Piece]) -> Iterator[Block]:
        """Yield the blocks in order; one with a problem is left out, for the build stops later."""
        for piece, beats in _with_beats(body):
            take = self.reels.by_line.get(piece.line)
            if isinstance(piece, SourceFence) and kind_of(piece.info) == "scene":
                self.dialect.stand_below(take.reels[0] if take else None)
            if take:
                yield self._scene(piece, beats, take)
                continue
            with gathering(self.problems):
                if isinstance(piece, SourceText):
                    if piece.text:
                        yield Prose(self.dialect.html(piece.text, piece.line))
                elif kind_of(piece.info) not in COMPUTED:
                    yield self._figure_or_listing(block_of(piece, self.file))
            for beat in beats:
                self.dialect.check_without_values(beat.text, beat.line)

    def _scene(self, piece: SourceText | SourceFence, beats: Iterable[SourceBeat], take: Take) -> SceneBlock:
        reel = take.reels[0]
        block = TomlBlock(piece.text, self.file, piece.line, "scene")
        caption = self.dialect.plain(reel.scene.caption, block.line_of("caption"), reel)
        alt = self.dialect.plain(reel.scene.alt, block.line_of("alt"), reel)
        told = tuple(self._beats(beats, reel))
        blanks = self._blanks(block, reel)
        return SceneBlock(take.arrangement, take.reels, caption, alt, told, blanks, take.spots)

    def _blanks(self, block: TomlBlock, reel: Reel) -> tuple[int, ...]:
        """Return the frames that the scene's worksheet leaves empty; note what is wrong with them."""
        try:
            return scenes.blank_frames(reel)
        except InvalidValue as fault:
            self.problems.append(block.problem(fault))
            return ()

    def _beats(self, beats: Iterable[SourceBeat], reel: Reel) -> Iterator[Beat]:
        for beat in beats:
            try:
                frames = frame_range(beat.anchor, reel)
            except InvalidValue as fault:
                self.problems.append(Problem(self.file, beat.line, fault.message, fault.hint))
                self.dialect.check_without_values(beat.text, beat.line)
            else:
                yield Beat(frames, self.dialect.html(beat.text, beat.line, reel, frames))

    def _figure_or_listing(self, block: TomlBlock) -> Block:
        try:
            if block.what == "listing":
                return self._listing(block)
            if make := LONE.get(block.values().get("shows", "")):
                return make(block, self.dialect)
            return self._figure(block)
        except InvalidValue as fault:
            raise AuthorError([block.problem(fault)]) from None

    def _listing(self, block: TomlBlock) -> Listing:
        declared = block.record(ListingTable)
        try:
            path = self.folder.file(declared.file)
        except InvalidValue as fault:
            fault.key = "file"
            raise
        text = decoded(self.folder.read(path), self.folder.shown(path))
        language = path.suffix.lstrip(".")
        if plain := plain_fault(text, language):
            plain.key = "file"
            self.warnings.append(block.problem(plain))
        html = code_html(text, language)
        return Listing(path.name, text, html, declared.caption)

    def _figure(self, block: TomlBlock) -> PositionsFigure:
        declared = block.record(FigureTable)
        if declared.shows not in FIGURES:
            fact = f'there is no figure "{declared.shows}"'
            raise InvalidValue(fact, suggestion(declared.shows, FIGURES), "shows")
        if declared.scene in self.reels.broken:
            raise AuthorError([])
        if declared.scene not in self.reels.by_id:
            if "" in self.reels.broken:
                raise AuthorError([])
            fact = f'there is no scene "{declared.scene}" in this chapter'
            raise InvalidValue(fact, suggestion(declared.scene, self.reels.by_id) or "It has none.", "scene")
        reel = self.reels.by_id[declared.scene]
        try:
            ground = reel.windows
        except InvalidValue as fault:
            fault.key = "scene"
            raise
        caption = self.dialect.plain(declared.caption, block.line_of("caption"), reel)
        return PositionsFigure(ground, reel.digits, reel.greys, caption)
