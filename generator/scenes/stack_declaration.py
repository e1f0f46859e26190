"""From the `[[layers]]` of a stack to its scene: each layer is computed, for the next is laid on its maps."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, Literal

import msgspec

from generator.arithmetic import Array
from generator.errors import AuthorError, InvalidValue, Problem, counted
from generator.scenes.computing import output_of
from generator.scenes.scene import Scene
from generator.scenes.toml_block import TomlBlock

FEWEST, MOST = 2, 5
"""Layers of a stack: fewer are a scene of their own, and each is a grid to look at."""
OF_THE_SCENE = frozenset({"id", "image", "colour", "caption", "alt", "worksheet", "blank", "layers"})
"""Keys that say something of the whole scene."""
OF_SUMS = frozenset({"worksheet", "blank"})
"""Keys of a worksheet, which asks for sums that a stack does not spell out."""
OF_ONE_LAYER = {
    "transposed": "Leave it out; a transposed layer is a scene of its own.",
    "output_padding": "Leave it out; a transposed layer is a scene of its own.",
    "frames": "Leave it out; a stack has a frame for each cell of its last layer.",
}
"""Keys of a scene of one layer that no layer of a stack has, each with the way out."""
OF_LATER_LAYERS = (("the padded image", "what reaches it, padded,"), ("the image", "what reaches it"))
"""What messages say of an image, and what they mean where a layer lies between."""
LayerKind = Literal["convolution", "pooling"]

LayerMaker = Callable[[TomlBlock, dict[str, Any], list[Problem], Array | None, bool], Scene | None]
"""Makes a scene of the values that are right, laid on what reaches it if that is known; adds what is wrong
to the problems. The last argument says whether its cells are frames to look at."""


def layer_form(scene_form: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """Return the keys that a kind of scene leaves to a layer of that kind."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(scene_form):
        kind = LayerKind if field.name == "kind" else field.type
        if field.name not in OF_THE_SCENE | OF_ONE_LAYER.keys():
            fields.append((field.name, kind) if field.required else (field.name, kind, field.default))
    return msgspec.defstruct("LayerKeys", fields, frozen=True, kw_only=True)


def strays(block: TomlBlock, values: Iterable[str], layer_keys: Set[str]) -> dict[str, Problem]:
    """Return what is wrong with keys that stand above the layers of a stack, by key."""
    problems = {}
    for key in values:
        if key in OF_ONE_LAYER:
            problems[key] = _of_one_layer(block, key)
        elif key in layer_keys:
            fact = f'"{key}" stands above the layers of a stack'
            fault = InvalidValue(fact, "Write it in the [[layers]] that it is about.", key)
            problems[key] = block.problem(fault)
        elif key in OF_SUMS:
            fact = f'"{key}" goes with the sums of one layer, and the scene is a stack'
            fault = InvalidValue(fact, "Leave it out, or give that layer a scene of its own.", key)
            problems[key] = block.problem(fault)
    return problems


def lone_tables(block: TomlBlock, values: Iterable[str]) -> dict[str, Problem]:
    """Return what is wrong with layers in a scene that is no stack, or sides in no comparison, by key."""
    problems = {}
    for key, kind, noun in (("layers", "stack", "stack"), ("sides", "compare", "comparison")):
        if key in values:
            fact = f"the scene has {key}, and is no {noun}"
            problems[key] = block.problem(InvalidValue(fact, f'Add kind = "{kind}" above them.', key))
    return problems


def stack_of(
    block: TomlBlock,
    tables: Sequence[dict[str, Any]],
    image: Array | None,
    forms: Mapping[str, type[msgspec.Struct]],
    make: LayerMaker,
) -> Scene:
    """Return the scene of a stack's last layer, with all below it.

    Args:
        block: the scene's block.
        tables: what the layers declare, from the image on.
        image: the declared image; None where it cannot be used.
        forms: the keys of each kind of layer.
        make: makes one layer.

    Raises:
        AuthorError: everything that is wrong with the layers, as far as it can be told without their image.

    """
    layers: list[Scene] = []
    problems = list(_count(block, tables))
    reached = image
    for number, (place, table) in enumerate(_places(block, tables), 1):
        found: list[Problem] = []
        given = _given(place, table, forms, found)
        layer = make(place, given, found, reached, number == len(tables))
        reached = _maps(place, layer, found)
        problems += [_named(problem, number) for problem in found]
        if layer:
            layers.append(replace(layer, warnings=tuple(_named(loss, number) for loss in layer.warnings)))
    if problems or len(layers) < len(tables):
        raise AuthorError(problems)
    *below, last = layers
    warnings = tuple(warning for layer in layers for warning in layer.warnings)
    return replace(last, kind="stack", line=block.line, warnings=warnings, below=tuple(below))


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
        rows = (block.line_of("layers", row) for row in range(1, len(tables) + 1))
        blocks = [replace(block, text="", line=line, what="layer") for line in rows]
    return zip(blocks, tables, strict=True)


def _given(
    place: TomlBlock,
    table: Mapping[str, Any],
    forms: Mapping[str, type[msgspec.Struct]],
    problems: list[Problem],
) -> dict[str, Any]:
    """Return a layer's values that are right."""
    kind = table.get("kind")
    form = forms["pooling" if kind == "pooling" else "convolution"]
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
    given, faults = place.checked(form, own)
    problems += faults
    return given


def _of_one_layer(place: TomlBlock, key: str) -> Problem:
    fault = InvalidValue(f'"{key}" is not for the layers of a stack', OF_ONE_LAYER[key], key)
    return place.problem(fault)


def _maps(place: TomlBlock, layer: Scene | None, problems: list[Problem]) -> Array | None:
    """Return what a layer makes; note why it cannot be computed."""
    if layer is None:
        return None
    try:
        return output_of(layer)
    except InvalidValue as fault:
        problems.append(place.problem(fault))
        return None


def _named(problem: Problem, number: int) -> Problem:
    """Return a problem that names its layer: a later one has no image, but what reaches it."""
    message = problem.message
    for words, meant in OF_LATER_LAYERS if number > 1 else ():
        message = message.replace(words, meant)
    return replace(problem, message=f"layer {number}: {message}")
