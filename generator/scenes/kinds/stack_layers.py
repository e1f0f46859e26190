"""From the `[[layers]]` of a stack to its layers: each is computed, for the next is laid on its maps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from generator.arithmetic import Array
from generator.errors import AuthorError, InvalidValue, Problem, counted
from generator.scenes.check import Check
from generator.scenes.kinds.kind import meant
from generator.scenes.kinds.windows import window_extent
from generator.scenes.layers.filters import filter_layer
from generator.scenes.layers.layer import Layer
from generator.scenes.layers.pool import PoolingKeys, declared_pool, pool_layer
from generator.scenes.layers.spread import SpreadLayer, spread_layer
from generator.scenes.layers.weighted import ConvolutionKeys, declared_weights
from generator.scenes.limits import check_extent
from generator.scenes.numerals import margins_text
from generator.scenes.toml_block import TomlBlock

FEWEST, MOST = 2, 5
"""Layers of a stack: fewer are a scene of their own, and each is a grid to look at."""
MOST_CARDS = 16
"""Maps of a layer: they lie one behind the other, so that there may be more than side by side."""
OF_THE_SCENE = frozenset({"id", "image", "colour", "caption", "alt", "worksheet", "blank", "layers", "names"})
"""Keys that say something of the whole scene."""
OF_SUMS = frozenset({"worksheet", "blank"})
"""Keys of a worksheet, which asks for sums that a stack does not spell out."""
OF_ONE_LAYER = {
    "frames": "Leave it out; a stack has a frame for each cell of its last layer.",
}
"""Keys of a scene of one layer that no layer of a stack has, each with the way out."""
LayerWord = Literal["convolution", "pooling"]


def layer_keys(scene_keys: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """Return the keys that a kind of scene leaves to a layer of that kind."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(scene_keys):
        kind = LayerWord if field.name == "kind" else field.type
        if field.name not in OF_THE_SCENE | OF_ONE_LAYER.keys():
            fields.append((field.name, kind) if field.required else (field.name, kind, field.default))
    return msgspec.defstruct("LayerKeys", fields, frozen=True, kw_only=True)


def _filters(check: Check, image: Array | None) -> Callable[[], Layer] | None:
    declared = declared_weights(check, image)
    if declared is None or image is None:
        return None
    return lambda: filter_layer(check, image, declared)


def _spreads(check: Check, image: Array | None) -> Callable[[], Layer] | None:
    declared = declared_weights(check, image)
    if declared is None or image is None:
        return None
    return lambda: _reaching(spread_layer(check, image, declared), image)


def _reaching(layer: SpreadLayer, image: Array) -> SpreadLayer:
    """Return the layer if its pixels reach anything: what is left of its output could be all between them."""
    if all(map(any, layer.reaching((image.shape[1], image.shape[2])))):
        return layer
    fact = f"padding {margins_text(layer.geometry.padding)} crops all that the pixels spread"
    raise InvalidValue(fact, "Crop less.", "padding")


def _pools(check: Check, image: Array | None) -> Callable[[], Layer] | None:
    made = declared_pool(check, image)
    if made is None or image is None:
        return None
    return lambda: pool_layer(check, image, *made)


@dataclass(frozen=True)
class LayerKind:
    """A kind of layer that a stack may have."""

    word: str
    """What an author writes for it."""
    keys: type[msgspec.Struct]
    declared: Callable[[Check, Array | None], Callable[[], Layer] | None]
    """Checks each value by itself, and returns what lays the layer on the image."""
    at: str
    """The key that faults are about which name no other."""
    frames: str = "window positions"
    """What the cells of its maps are, where each is a frame."""
    marked_by: str = ""
    """The key that, where it is true, tells it from other layers of the same word."""


OF_CONVOLUTIONS, OF_POOLING = layer_keys(ConvolutionKeys), layer_keys(PoolingKeys)
LAYER_KINDS = (
    LayerKind("convolution", OF_CONVOLUTIONS, _filters, "kernel"),
    LayerKind("convolution", OF_CONVOLUTIONS, _spreads, "kernel", "cells of the output", "transposed"),
    LayerKind("pooling", OF_POOLING, _pools, "kernel_size"),
)
LAYER_KEYS: Set[str] = frozenset(key for kind in LAYER_KINDS for key in kind.keys.__struct_fields__) - {
    "kind"
}


def misplaced(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys that stand above the layers of a stack, by key."""
    problems = {}
    for key in values:
        if key in OF_ONE_LAYER:
            problems[key] = _of_one_layer(block, key)
        elif key in LAYER_KEYS:
            fact = f'"{key}" stands above the layers of a stack'
            fault = InvalidValue(fact, "Write it in the [[layers]] that it is about.", key)
            problems[key] = block.problem(fault)
        elif key in OF_SUMS:
            fact = f'"{key}" goes with the sums of one layer, and the scene is a stack'
            fault = InvalidValue(fact, "Leave it out, or give that layer a scene of its own.", key)
            problems[key] = block.problem(fault)
    return problems


@dataclass(frozen=True, eq=False)
class Stacked:
    """The layers of a stack."""

    layers: tuple[Layer, ...]
    """From the image on."""
    images: tuple[Array, ...]
    """What reaches each of them, shape (C, H, W)."""
    warnings: tuple[Problem, ...]


def stacked(check: Check, image: Array | None) -> Stacked:
    """Return the layers that a block declares.

    Args:
        check: of the scene's block.
        image: shape (C, H, W); None where it cannot be used.

    Raises:
        AuthorError: everything that is wrong with the layers, as far as it can be told without their image.

    """
    tables: list[dict[str, Any]] = check.given["layers"]
    building = _Building(check, image, list(_count(check.block, tables)), len(tables))
    for place, table in _places(check.block, tables):
        building.add(place, table)
    return building.finished()


def map_names(declared: list[str], last: Layer) -> tuple[str, ...]:
    """Return what the maps of the last layer stand for.

    Raises:
        InvalidValue: there are not as many names as maps.

    """
    if declared and len(declared) != last.maps:
        fact = f"{counted(len(declared), 'name')} for {counted(last.maps, 'map')} of the last layer"
        raise InvalidValue(fact, "Write one for each, or leave them out.", "names")
    return tuple(declared)


class _Building:
    """Lays one layer on another."""

    def __init__(self, check: Check, image: Array | None, problems: list[Problem], count: int) -> None:
        self.line = check.line
        self.reached = image
        self.problems = problems
        self.count = count
        self.number = 0
        self.layers: list[Layer] = []
        self.images: list[Array] = []
        self.warnings: list[Problem] = []

    def add(self, place: TomlBlock, table: Mapping[str, Any]) -> None:
        """Take the next layer; note what is wrong with it."""
        self.number += 1
        found: list[Problem] = []
        kind = meant(LAYER_KINDS, table)
        given = _given(place, kind, table, found)
        check = Check(place, given, found, line=self.line)
        lay = kind.declared(check, self.reached)
        image, self.reached = self.reached, None
        self.problems += [replace(p, message=f"layer {self.number}: {p.message}") for p in found]
        if lay is not None and image is not None:
            try:
                self._lay(check, kind, lay(), image)
            except InvalidValue as fault:
                fault.key = fault.key or kind.at
                self.problems.append(self._told(place.problem(fault)))

    def _lay(self, check: Check, kind: LayerKind, layer: Layer, image: Array) -> None:
        extent = replace(window_extent(layer, image, None), positions=kind.frames, most_planes=MOST_CARDS)
        check_extent(extent if self.number == self.count else replace(extent, frames=0))
        self.warnings += map(self._told, check.losses(layer.geometry, image, layer.size))
        self.reached = layer.output(image)
        self.layers.append(layer)
        self.images.append(image)

    def _told(self, problem: Problem) -> Problem:
        """Return a problem that names its layer, and what a later one calls its image."""
        whose = f", whose image is what layer {self.number - 1} makes" if self.number > 1 else ""
        return replace(problem, message=f"layer {self.number}{whose}: {problem.message}")

    def finished(self) -> Stacked:
        """Return the layers; raise `AuthorError` where something is wrong with any."""
        if self.problems or len(self.layers) < self.count:
            raise AuthorError(self.problems)
        return Stacked(tuple(self.layers), tuple(self.images), tuple(self.warnings))


def _count(block: TomlBlock, tables: Sequence[object]) -> Iterator[Problem]:
    count = counted(len(tables), "layer")
    if len(tables) < FEWEST:
        hint = 'Write two to five; a single layer is a scene without kind = "stack".'
        yield block.problem(InvalidValue(f"the stack has {count}", hint, "layers"))
    elif len(tables) > MOST:
        hint = "Each is a grid to look at; write two to five."
        yield block.problem(InvalidValue(f"the stack has {count}", hint, "layers"))


def _places(block: TomlBlock, tables: Sequence[dict[str, Any]]) -> Iterator[tuple[TomlBlock, dict[str, Any]]]:
    """Yield each layer with its place; layers written on one line are placed where `layers` stands."""
    blocks = block.sections("layers", "layer")
    if len(blocks) != len(tables):
        _, *rows = block.lines_of("layers", len(tables))
        blocks = [replace(block, text="", line=line, what="layer") for line in rows]
    return zip(blocks, tables, strict=True)


def _given(
    place: TomlBlock, kind: LayerKind, table: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Any]:
    """Return a layer's values that are right."""
    own = {}
    for key, value in table.items():
        if key in OF_ONE_LAYER:
            problems.append(_of_one_layer(place, key))
        elif key in OF_THE_SCENE:
            fact = f'"{key}" belongs to the whole scene'
            hint = "Write it above the first [[layers]]: TOML gives a layer all that follows its header."
            problems.append(place.problem(InvalidValue(fact, hint, key)))
        else:
            own[key] = value
    given, faults = place.checked(kind.keys, own)
    problems += faults
    return given


def _of_one_layer(place: TomlBlock, key: str) -> Problem:
    fault = InvalidValue(f'"{key}" is not for the layers of a stack', OF_ONE_LAYER[key], key)
    return place.problem(fault)
