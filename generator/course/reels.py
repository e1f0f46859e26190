"""The scenes of a chapter, each computed once, on the greys that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from generator import scenes
from generator.course.dialect import Dialect, linked_spots, version_id
from generator.course.networks import Networks
from generator.course.references import Places
from generator.course.source import Piece, SourceBody, SourceFence, kind_of
from generator.errors import AuthorError, InvalidValue, Problem
from generator.scenes.toml_block import TomlBlock

if TYPE_CHECKING:
    from generator.scenes import Arrangement, Greys, ImageReader, Reel, Spot

ID_LINE = re.compile(r'^\s*id\s*=\s*"([^"]*)"', re.MULTILINE)
ENDLESS = 10**9
"""More frames than a link can ask for."""


def block_of(fence: SourceFence, file: str) -> TomlBlock:
    """Return the TOML of a fence; raises `AuthorError` where words follow its kind."""
    kind = kind_of(fence.info)
    if fence.info != kind:
        hint = f"Write {fence.marks}{kind} alone and put the rest inside the block, as TOML."
        raise AuthorError([Problem(file, fence.line, f'"{fence.info}" has words after "{kind}"', hint)])
    return TomlBlock(fence.text, file, fence.line, kind)


def blocks_of(source: SourceBody, kind: str, file: str) -> Iterator[TomlBlock]:
    """Yield the blocks of a kind."""
    fences = (piece for piece in source.pieces if isinstance(piece, SourceFence))
    yield from (block_of(fence, file) for fence in fences if kind_of(fence.info) == kind)


@dataclass(frozen=True)
class Take:
    """What one scene block declares, computed."""

    arrangement: Arrangement
    reels: tuple[Reel, ...]
    spots: tuple[Spot, ...]
    """Where links below it point."""


@dataclass(frozen=True)
class ChapterReels:
    """The chapter's reels, each computed once."""

    by_id: dict[str, Reel] = field(default_factory=dict)
    """The first version of each scene."""
    by_line: dict[int, Take] = field(default_factory=dict)
    """By the line of the scene's opening fence."""
    versions: dict[str, Reel] = field(default_factory=dict)
    """By the scene's id and the version's name, with a hyphen between."""
    broken: set[str] = field(default_factory=set)
    """Ids of the scenes with problems; "" where an id is not to be had, so that it may be any."""


def places_of(dialect: Dialect, reels: ChapterReels) -> Places:
    """Return where in the chapter a link can lead; a scene with problems of its own has any frame."""
    frames = {scene_id: len(reel.frames) for scene_id, reel in reels.by_id.items()}
    return Places(dialect.anchors | reels.broken, frames | dict.fromkeys(reels.broken, ENDLESS))


def chapter_reels(
    source: SourceBody, file: str, read_image: ImageReader, networks: Networks, problems: list[Problem]
) -> ChapterReels:
    """Return the chapter's reels; add what is wrong with its scenes to the problems."""
    reels = ChapterReels(broken=set() if source.whole else {""})
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
            problems.append(block_of(fence, file).problem(fault))
    problems += _ambiguous(reels)
    return _with_shared_greys(reels)


def _with_shared_greys(reels: ChapterReels) -> ChapterReels:
    """Return the reels on the same greys: through a chapter a number has one brightness."""
    takes = reels.by_line.values()
    shared = {
        id(reel): replace(reel, greys_of_all=greys)
        for alike, greys in _on_greys([reel for take in takes for reel in take.reels])
        for reel in alike
    }
    return ChapterReels(
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
    return scenes.shared_greys(reel.own_greys for reel in reels)


def _ambiguous(reels: ChapterReels) -> Iterator[Problem]:
    """Yield a problem for each version that is called in the text what another scene or version is called."""
    called = {reel.scene.id: reel.scene for reel in reels.by_id.values()}
    for reel in chain.from_iterable(take.reels for take in reels.by_line.values()):
        scene, name = reel.scene, version_id(reel)
        other = called.setdefault(name, scene) if scene.version else scene
        if other is not scene:
            called_so = f'the version "{scene.title}" is called "{name}" in the text'
            fact = f"{called_so}, as is the scene of line {other.line}"
            yield Problem(scene.file, scene.line, fact, "Give one of the two scenes another id.")


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
) -> Take:
    block = block_of(fence, file)
    declared = scenes.scenes_from_toml(fence.text, file, fence.line, read_image, networks)
    try:
        reels = tuple(scenes.reel_of(scene.pointed_at(spots)) for scene in declared.scenes)
        return Take(declared.arrangement, reels, tuple(spots))
    except InvalidValue as fault:
        raise AuthorError([block.problem(fault)]) from None
