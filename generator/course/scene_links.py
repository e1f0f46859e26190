"""Links in a chapter to files of its scenes: each asks that the scene has the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from generator.course.records import Block, SceneBlock
from generator.course.taken_along import Also, asked_by_name
from generator.errors import InvalidValue, Problem, suggestion

IN_A_FOLDER = re.compile(r"(?P<folder>[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?)/(?P<name>[a-z0-9-]+\.[a-z]+)")
"""The address of a scene's file: the scene, perhaps one of its versions, and the name."""
ON_WORKSHEETS = ("worksheet-", "answer-key-")


@dataclass(frozen=True)
class SceneLink:
    """A link to a file of a scene."""

    path: str
    """From the chapter's page on."""
    file: str
    line: int


def is_scene_file(path: str) -> bool:
    """Tell whether an address could be that of a scene's file.

    >>> is_scene_file("my-edge/sheets-letter.pdf"), is_scene_file("../02-blur.md")
    (True, False)
    """
    return bool(IN_A_FOLDER.fullmatch(path)) and not path.endswith(".md")


def with_links_asked(
    blocks: Iterable[Block], links: Iterable[SceneLink], broken: Set[str], problems: list[Problem]
) -> Iterator[Block]:
    """Yield a chapter's blocks, its scenes with what links ask for of them.

    Args:
        blocks: of the chapter.
        links: to files of its scenes.
        broken: ids of scenes that have problems of their own; "" where such a scene may have any id.
        problems: is told of links to what no scene has.

    """
    blocks = tuple(blocks)
    scenes = {block.reel.scene.id: block for block in blocks if isinstance(block, SceneBlock)}
    asked: dict[str, frozenset[Also]] = {}
    for link in links:
        scene = link.path.partition("/")[0]
        if broken & {scene, ""}:
            continue
        try:
            asked[scene] = asked.get(scene, frozenset()) | _asked(link.path, scenes)
        except InvalidValue as fault:
            problems.append(Problem(link.file, link.line, fault.message, fault.hint))
    for block in blocks:
        yield (
            replace(block, also=asked.get(block.reel.scene.id, frozenset()))
            if isinstance(block, SceneBlock)
            else block
        )


def _asked(path: str, scenes: Mapping[str, SceneBlock]) -> frozenset[Also]:
    """Return what a link to a file asks for."""
    folder, _, name = path.rpartition("/")
    scene, _, version = folder.partition("/")
    if scene not in scenes:
        fact = f'the link "{path}" leads to no scene of this chapter'
        raise InvalidValue(fact, suggestion(scene, scenes) or "It has none.")
    block = scenes[scene]
    versions = [reel.scene.version for reel in block.reels[1:]]
    if version and version not in versions:
        fact = f'the scene "{scene}" has no folder "{version}"'
        raise InvalidValue(fact, suggestion(version, versions) or "It has one version.")
    if name.startswith(ON_WORKSHEETS) and (version or not block.blanks):
        raise InvalidValue(f'"{folder}" has no worksheet', "Write worksheet = true into the scene.")
    return asked_by_name(
        name, is_heavy=not block.reel.scene.showing.has_every_number, is_further=bool(version)
    )
