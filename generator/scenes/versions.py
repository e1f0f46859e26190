"""One scene block, several computations: kernels or images to switch between, or sides to compare."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Literal

from generator.errors import AuthorError, InvalidValue, Problem, counted, gathering
from generator.scenes.declaration import ImageReader, checked_scene
from generator.scenes.ids import DEVICES, ID_FORM
from generator.scenes.kinds import VALUE_FAMILIES, meant_kind
from generator.scenes.networks import NO_NETWORKS, LearnedNetwork, with_arrays
from generator.scenes.scene import Scene
from generator.scenes.titles import readable
from generator.scenes.toml_block import TomlBlock, kind_text

Arrangement = Literal["single", "switch", "compare"]
SIDED: tuple[Arrangement, ...] = ("compare", "switch")
"""Kinds of scene blocks whose versions stand in tables of their own, as readers see them."""

MOST_VERSIONS = 8
"""Each is a whole stage, with a film and prints of its own."""
SIDES = (2, 4)
"""Fewest and most; more do not fit a page side by side."""
LISTS = {"kernels": "kernel", "images": "image"}
"""The keys that list versions, and what each entry stands for."""
OWN_KEYS = ("id", "caption", "alt", "worksheet", "blank")
"""Of the scene as a whole; a side has none of its own."""
TAKEN = DEVICES | {"frames"} | VALUE_FAMILIES
"""Names of versions become folders beside the scene's own files, and stand before values in the text."""


@dataclass(frozen=True, eq=False)
class Versions:
    """The computations of one scene block; the first one is the scene itself."""

    arrangement: Arrangement
    """Whether there is one, or readers switch between them, or see all at once."""
    scenes: tuple[Scene, ...]


@dataclass(frozen=True)
class _Entry(TomlBlock):
    """The block as one version sees it: messages about a listed key lead to its entry in the list."""

    rows: Mapping[str, int]
    """The entry's place in each list, from 1, by the key that lists them."""

    def problem(self, fault: InvalidValue) -> Problem:
        for listing, row in self.rows.items():
            if fault.key == LISTS[listing]:
                return super().problem(InvalidValue(fault.message, fault.hint, listing, row))
        return super().problem(fault)


@dataclass(frozen=True)
class _Side(TomlBlock):
    """The block as one side sees it: messages about its own keys lead to its own table."""

    own: TomlBlock
    keys: frozenset[str]

    def problem(self, fault: InvalidValue) -> Problem:
        return self.own.problem(fault) if fault.key in self.keys else super().problem(fault)


def scenes_from_toml(
    text: str,
    file: str,
    line: int,
    read_image: ImageReader,
    networks: Mapping[str, LearnedNetwork] = NO_NETWORKS,
) -> Versions:
    """Return every computation that a block declares.

    Args:
        text: the block's TOML, without its fences.
        file: the chapter's path, for messages.
        line: the line of the opening fence; the text starts on the next.
        read_image: reads a picture that the block names.
        networks: those of the chapter, by id; the block may name arrays of them.

    Raises:
        AuthorError: everything that is wrong with this block.

    """
    block = TomlBlock(text, file, line, "scene")
    try:
        values = with_arrays(block.values(), networks)
    except InvalidValue as fault:
        raise AuthorError([block.problem(fault)]) from None
    if values.get("kind") in SIDED:
        return _compared(block, values, read_image)
    if _lists(values):
        return _switched(block, values, read_image)
    return Versions("single", (checked_scene(block, values, read_image),))


def _lists(values: Mapping[str, Any]) -> list[str]:
    """Return the keys that list versions; one that the kind has itself does not."""
    kind = meant_kind(values)
    return [key for key in LISTS if key in values and key not in kind.keys.__struct_fields__]


def frame_of_version(number: int, count: int, own: int) -> int:
    """Return which of its `own` frames a version shows at frame `number` of the first one's `count`.

    >>> [frame_of_version(number, 4, 2) for number in (1, 2, 3, 4)]
    [1, 1, 2, 2]
    """
    return -(-number * own // count)


def _switched(block: TomlBlock, values: Mapping[str, Any], read_image: ImageReader) -> Versions:
    """Return a version for each entry of `kernels`, of `images`, or for each pair of them."""
    try:
        kind = meant_kind(values)
        for listing in _lists(values):
            if LISTS[listing] not in kind.keys.__struct_fields__:
                raise InvalidValue(f"{kind.word} has no {listing}", "Leave them out.", listing)
        lists = {listing: _entries(listing, values) for listing in _lists(values)}
        if (count := len(list(product(*lists.values())))) > MOST_VERSIONS:
            raise InvalidValue(
                f"the scene has {count} versions", f"Give readers {MOST_VERSIONS} at most.", next(iter(lists))
            )
    except InvalidValue as fault:
        raise AuthorError([block.problem(fault)]) from None
    shared = {key: value for key, value in values.items() if key not in lists}
    titles = {listing: _titles(listing, entries) for listing, entries in lists.items()}
    scenes: list[Scene] = []
    problems: list[Problem] = []
    for entries in product(*(enumerate(entries, 1) for entries in lists.values())):
        chosen = dict(zip(lists, entries, strict=True))
        seen = _Entry(
            block.text, block.file, block.line, block.what, {key: row for key, (row, _) in chosen.items()}
        )
        own = {LISTS[listing]: entry for listing, (_, entry) in chosen.items()}
        title = ", ".join(titles[listing][row - 1] for listing, (row, _) in chosen.items())
        with gathering(problems):
            scene = checked_scene(seen, {**shared, **own}, read_image)
            scenes.append(replace(scene, title=title))
    if problems:
        raise AuthorError(problems)
    names = _names([scene.title for scene in scenes])
    return Versions("switch", tuple(map(_named, scenes, names)))


def _named(scene: Scene, name: str) -> Scene:
    return replace(scene, version=name)


def _names(titles: list[str]) -> list[str]:
    """Return a name for the folder of each version: its title, or a number where that cannot be one.

    >>> _names(["sobel-x", "猫", "frames"])
    ['sobel-x', 'version-2', 'version-3']
    """
    slugs = list(map(_slug, titles))
    return [
        slug
        if ID_FORM.fullmatch(slug) and slug not in TAKEN and slugs.count(slug) == 1
        else f"version-{number}"
        for number, slug in enumerate(slugs, 1)
    ]


def _entries(listing: str, values: Mapping[str, Any]) -> list[Any]:
    """Return the entries of a list of versions, each different from the others."""
    entries, key = values[listing], LISTS[listing]
    if key in values:
        fact = f'the scene has both "{key}" and "{listing}"'
        raise InvalidValue(fact, f'Put all of them into "{listing}".', key)
    if not isinstance(entries, list):
        example = f'{listing} = ["sobel-x", "sobel-y"]' if key == "kernel" else 'images = ["step", "ramp"]'
        raise InvalidValue(f'"{listing}" is {kind_text(entries)}', f"Write a list: {example}.", listing)
    if len(entries) < 2:
        fact = f'"{listing}" lists {counted(len(entries), key)}'
        raise InvalidValue(fact, f'List two or more, or write "{key}".', listing)
    for row, entry in enumerate(entries, 1):
        if entry in entries[: row - 1]:
            what = f'"{entry}"' if isinstance(entry, str) else f"{key} {row}"
            raise InvalidValue(f'{what} stands twice in "{listing}"', "Keep one of the two.", listing, row)
    return entries


def _titles(listing: str, entries: list[Any]) -> list[str]:
    """Return what each version is called: a number, or in words the author's name, as short as tells it.

    >>> _titles("kernels", ["sobel-x", [[1]]]), _titles("images", ["a.png", "dog.png", "old/dog.png"])
    (['Sobel x', 'kernel 2'], ['a', 'dog.png', 'old/dog.png'])
    """
    names = [
        entry if isinstance(entry, str) else f"{LISTS[listing]} {row}" for row, entry in enumerate(entries, 1)
    ]
    stems = [name.rpartition("/")[2].partition(".")[0] for name in names]
    return [
        readable(stem) if stems.count(stem) == 1 else name for stem, name in zip(stems, names, strict=True)
    ]


def _slug(title: str) -> str:
    """Return a title as the name of a folder.

    >>> _slug("sobel-x, step"), _slug("Stride 2")
    ('sobel-x-step', 'stride-2')
    """
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _compared(block: TomlBlock, values: Mapping[str, Any], read_image: ImageReader) -> Versions:
    """Return a version for each of the sides."""
    tables = values.get("sides", [])
    blocks = block.sections("sides", "side")
    fewest, most = SIDES
    if not isinstance(tables, list) or len(blocks) != len(tables) or not fewest <= len(tables) <= most:
        does = "compares" if values["kind"] == "compare" else "switches between"
        fact = f"the scene {does} {counted(len(blocks), 'side')}"
        if isinstance(tables, list) and tables and not blocks:
            fact = "the sides stand in one line"
        hint = f"Write {fewest} to {most}, each begun by [[sides]] on a line of its own."
        raise AuthorError([block.problem(InvalidValue(fact, hint, "sides" if tables else "kind"))])
    shared = {key: value for key, value in values.items() if key not in ("kind", "sides")}
    lines = block.text.split("\n")[: blocks[0].line - block.line - 1]
    head = replace(block, text="\n".join(lines))
    scenes: list[Scene] = []
    problems: list[Problem] = []
    for own, table in zip(blocks, tables, strict=True):
        with gathering(problems):
            scenes.append(_side(head, own, shared, table, read_image))
    problems += _alike(blocks, scenes) if len(scenes) == len(blocks) else ()
    if problems:
        raise AuthorError(problems)
    return Versions(values["kind"], tuple(scenes))


def _side(
    head: TomlBlock,
    own: TomlBlock,
    shared: Mapping[str, Any],
    table: Mapping[str, Any],
    read_image: ImageReader,
) -> Scene:
    title = table.get("title")
    if not isinstance(title, str) or not ID_FORM.fullmatch(_slug(title)) or _slug(title) in TAKEN:
        shown = f"the title {kind_text(title)}" if "title" in table else 'no "title"'
        fact = f"the side has {shown}"
        if isinstance(title, str) and _slug(title) in VALUE_FAMILIES:
            fact = f'the title "{title}" would stand in the text for other values'
        hint = 'Write what it shows, in a few words, as in title = "Stride 2".'
        raise AuthorError([own.problem(InvalidValue(fact, hint, "title"))])
    if table.get("kind") in SIDED:
        what = "a comparison" if table["kind"] == "compare" else "a switch"
        fault = InvalidValue(f'the side "{title}" is {what}', "Leave its kind out.", "kind")
        raise AuthorError([own.problem(fault)])
    for key in OWN_KEYS:
        if key in table:
            fact = f'the side "{title}" has a key "{key}"'
            raise AuthorError([own.problem(InvalidValue(fact, "Write it above the first [[sides]].", key))])
    differing = {key: value for key, value in table.items() if key != "title"}
    seen = _Side(head.text, head.file, head.line, head.what, own, frozenset(differing))
    scene = checked_scene(seen, {**shared, **differing}, read_image)
    return replace(scene, title=title, version=_slug(title))


def _alike(blocks: list[TomlBlock], scenes: list[Scene]) -> Iterator[Problem]:
    """Yield a problem for each side whose title is that of an earlier one."""
    names = [scene.version for scene in scenes]
    for at, (block, scene) in enumerate(zip(blocks, scenes, strict=True)):
        if scene.version in names[:at]:
            other = scenes[names.index(scene.version)].title
            fact = f'two sides have the title "{scene.title}"'
            if other != scene.title:
                fact = f'the titles "{other}" and "{scene.title}" read alike'
            yield block.problem(InvalidValue(fact, "Say in each what is different.", "title"))
