"""One chapter's file becomes a `Chapter`: its scenes are computed, its prose is HTML."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import msgspec

from generator.course.code import code_html, plain_fault
from generator.course.comments import without_comments
from generator.course.dialect import Dialect, Surroundings, linked_spots, version_id
from generator.course.folder import ContentFolder
from generator.course.lone_figures import LONE
from generator.course.networks import Networks, Readers, declared_networks
from generator.course.picture import ChosenFrame, chosen_frame
from generator.course.records import Beat, Block, Chapter, Listing, PositionsFigure, Prose, SceneBlock
from generator.course.references import Places, dead
from generator.course.source import (
    Piece,
    SourceBeat,
    SourceBody,
    SourceFence,
    SourceText,
    front_matter,
    kind_of,
    pieces,
)
from generator.course.text_file import decoded
from generator.errors import AuthorError, InvalidValue, Problem, gathering, suggestion
from generator.scenes import (
    Arrangement,
    Greys,
    ImageReader,
    Reel,
    Spot,
    blank_frames,
    frame_range,
    reel_of,
    scenes_from_toml,
    shared_greys,
)
from generator.scenes.toml_block import TomlBlock

ID_LINE = re.compile(r'^\s*id\s*=\s*"([^"]*)"', re.MULTILINE)


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
ENDLESS = 10**9
"""More frames than a link can ask for."""


@dataclass(frozen=True)
class ChapterPlace:
    """Where a chapter stands in the course."""

    number: int
    part: int
    name: str


def read_chapter(
    place: ChapterPlace,
    path: Path,
    folder: ContentFolder,
    chapters: Mapping[int, str | None],
    readers: Readers,
) -> Chapter:
    """Return the chapter with everything in it computed.

    Raises:
        AuthorError: every problem of the chapter that can be told at once.

    """
    file = folder.shown(path)
    matter, body, line = front_matter(decoded(path.read_bytes(), file), file)
    problems: list[Problem] = []
    front = TomlBlock(matter, file, 1, "front matter")
    head = _head(front, problems)
    source = pieces(without_comments(body, line, file, problems), line, file, problems)
    networks = declared_networks(_blocks(source, "network", file), folder, readers.train, problems)
    reels = _reels(source, file, readers.image, networks, problems)
    surroundings = Surroundings(
        file, reels.by_id, reels.versions, reels.broken, chapters, folder.picture, networks
    )
    dialect = Dialect(surroundings, problems)
    for piece in source.pieces:
        if not isinstance(piece, SourceFence):
            dialect.define(piece.text, piece.line)
    reading = _Reading(dialect, reels, folder, file, problems)
    blocks = tuple(reading.blocks(source.pieces))
    if "" not in reels.broken:
        problems += dead(dialect.references, {"": _places(dialect, reels)})
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
    )


def _head(front: TomlBlock, problems: list[Problem]) -> FrontMatter:
    """Return what a chapter says of itself; add what is wrong with that to the problems."""
    with gathering(problems):
        return front.record(FrontMatter)
    return FrontMatter("")


@dataclass(frozen=True)
class _Reels:
    """The chapter's reels, each computed once."""

    by_id: dict[str, Reel] = field(default_factory=dict)
    """The first version of each scene."""
    by_line: dict[int, "_Take"] = field(default_factory=dict)
    """By the line of the scene's opening fence."""
    versions: dict[str, Reel] = field(default_factory=dict)
    """By the scene's id and the version's name, with a hyphen between."""
    broken: set[str] = field(default_factory=set)
    """Ids of the scenes with problems; "" where an id is not to be had, so that it may be any."""


def _picture(
    front: TomlBlock, head: FrontMatter, reels: _Reels, problems: list[Problem]
) -> ChosenFrame | None:
    """Return what stands for the chapter; add what is wrong with that to the problems."""
    try:
        return chosen_frame(head.picture, reels.by_id, reels.broken)
    except InvalidValue as fault:
        problems.append(front.problem(fault))
        return None


def _places(dialect: Dialect, reels: _Reels) -> Places:
    """Return where in the chapter a link can lead; a scene with problems of its own has any frame."""
    frames = {scene_id: len(reel.frames) for scene_id, reel in reels.by_id.items()}
    return Places(dialect.anchors | reels.broken, frames | dict.fromkeys(reels.broken, ENDLESS))


def _blocks(source: SourceBody, kind: str, file: str) -> Iterator[TomlBlock]:
    """Yield the blocks of a kind."""
    fences = (piece for piece in source.pieces if isinstance(piece, SourceFence))
    yield from (_block(fence, file) for fence in fences if kind_of(fence.info) == kind)


def _reels(
    source: SourceBody, file: str, read_image: ImageReader, networks: Networks, problems: list[Problem]
) -> _Reels:
    """Return the chapter's reels; add what is wrong with its scenes to the problems."""
    reels = _Reels(broken=set() if source.whole else {""})
    spots = _spots(source.pieces)
    for fence in source.pieces:
        if not (isinstance(fence, SourceFence) and kind_of(fence.info) == "scene"):
            continue
        try:
            take = _take(fence, file, read_image, networks, spots.get(fence.line, ()))
        except AuthorError as error:
            problems += error.problems
            named = ID_LINE.search(fence.text)
            reels.broken.add(named[1] if named else "")
            continue
        reel = take.reels[0]
        first = reels.by_id.setdefault(reel.scene.id, reel)
        if first is reel:
            reels.by_line[fence.line] = take
            reels.versions.update({version_id(reel): reel for reel in take.reels if reel.scene.version})
        else:  # which of the two a value or a beat means is not known
            reels.broken.add(reel.scene.id)
            fact = f'the id "{reel.scene.id}" is taken by the scene of line {first.scene.line}'
            fault = InvalidValue(fact, "Ids are unique within a chapter.", "id")
            problems.append(_block(fence, file).problem(fault))
    problems += _ambiguous(reels)
    return _with_shared_greys(reels)


def _with_shared_greys(reels: _Reels) -> _Reels:
    """Return the reels on the same greys: through a chapter a number has one brightness."""
    takes = reels.by_line.values()
    shared = {
        id(reel): replace(reel, greys_of_all=greys)
        for alike, greys in _on_greys([reel for take in takes for reel in take.reels])
        for reel in alike
    }
    return _Reels(
        {name: shared.get(id(reel), reel) for name, reel in reels.by_id.items()},
        {
            line: replace(take, reels=tuple(shared[id(reel)] for reel in take.reels))
            for line, take in reels.by_line.items()
        },
        {name: shared[id(reel)] for name, reel in reels.versions.items()},
        reels.broken,
    )


def _on_greys(reels: Sequence[Reel]) -> Iterator[tuple[Sequence[Reel], Greys]]:
    """Yield reels with the greys that they share; photographs stand apart from small numbers only."""
    numbers = [reel for reel in reels if reel.scene.showing.has_every_number]
    photographs = [reel for reel in reels if not reel.scene.showing.has_every_number]
    apart = numbers and photographs and _greys_of(numbers).look_flat_on(_greys_of(reels))
    for alike in (numbers, photographs) if apart else (reels,):
        if alike:
            yield alike, _greys_of(alike)


def _greys_of(reels: Iterable[Reel]) -> Greys:
    return shared_greys(reel.own_greys for reel in reels)


def _ambiguous(reels: _Reels) -> Iterator[Problem]:
    """Yield a problem for each version that is called in the text what another scene or version is called."""
    called = {reel.scene.id: reel.scene for reel in reels.by_id.values()}
    for reel in chain.from_iterable(take.reels for take in reels.by_line.values()):
        scene, name = reel.scene, version_id(reel)
        other = called.setdefault(name, scene) if scene.version else scene
        if other is not scene:
            called_so = f'the version "{scene.title}" is called "{name}" in the text'
            fact = f"{called_so}, as is the scene of line {other.line}"
            yield Problem(scene.file, scene.line, fact, "Give one of the two scenes another id.")


@dataclass(frozen=True)
class _Take:
    """What one scene block declares, computed."""

    arrangement: Arrangement
    reels: tuple[Reel, ...]
    spots: tuple[Spot, ...]
    """Where links below it point."""


def _spots(source: Iterable[Piece]) -> dict[int, tuple[Spot, ...]]:
    """Return the places that links point at, by the line of the scene above them."""
    spots: dict[int, tuple[Spot, ...]] = {}
    line = 0
    for piece in source:
        if not isinstance(piece, SourceFence):
            spots[line] = (*spots.get(line, ()), *linked_spots(piece.text))
        elif kind_of(piece.info) == "scene":
            line = piece.line
    return spots


def _take(
    fence: SourceFence, file: str, read_image: ImageReader, networks: Networks, spots: Sequence[Spot]
) -> _Take:
    block = _block(fence, file)
    declared = scenes_from_toml(fence.text, file, fence.line, read_image, networks)
    try:
        reels = tuple(reel_of(scene.pointed_at(spots)) for scene in declared.scenes)
        return _Take(declared.arrangement, reels, tuple(spots))
    except InvalidValue as fault:
        raise AuthorError([block.problem(fault)]) from None


def _block(fence: SourceFence, file: str) -> TomlBlock:
    kind = kind_of(fence.info)
    if fence.info != kind:
        hint = f"Write {fence.marks}{kind} alone and put the rest inside the block, as TOML."
        raise AuthorError([Problem(file, fence.line, f'"{fence.info}" has words after "{kind}"', hint)])
    return TomlBlock(fence.text, file, fence.line, kind)


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
        self, dialect: Dialect, reels: _Reels, folder: ContentFolder, file: str, problems: list[Problem]
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
                    yield self._figure_or_listing(_block(piece, self.file))
            for beat in beats:
                self.dialect.check_without_values(beat.text, beat.line)

    def _scene(self, piece: SourceText | SourceFence, beats: Iterable[SourceBeat], take: _Take) -> SceneBlock:
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
            return blank_frames(reel)
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
        text = decoded(path.read_bytes(), self.folder.shown(path))
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
