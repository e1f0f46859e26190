"""Keys of one kind of scene in the block of another, and what is wrong with them there."""

from collections.abc import Iterable, Mapping, Set
from types import MappingProxyType

from generator.errors import InvalidValue, Problem
from generator.scenes.keys import SceneKeys
from generator.scenes.layers.pool import PoolingKeys
from generator.scenes.layers.weighted import ConvolutionKeys
from generator.scenes.toml_block import TomlBlock

OF_CONVOLUTIONS, OF_POOLING = (frozenset(form.__struct_fields__) for form in (ConvolutionKeys, PoolingKeys))


NO_HINTS: Mapping[str, str] = MappingProxyType({})


def for_convolutions(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys that only pooling has, or with tables of other kinds, by key."""
    keys = OF_POOLING - OF_CONVOLUTIONS
    hints = dict.fromkeys(keys, 'Add kind = "pooling", or leave it out.')
    return refused(block, values, keys, "only pooling has a", hints)


def for_pooling(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys that only convolutions have, or with tables of other kinds, by key."""
    return refused(block, values, OF_CONVOLUTIONS - OF_POOLING, "pooling has no")


def of_other_kinds(form: type[SceneKeys]) -> Set[str]:
    """Return the keys of convolutions and of pooling that a kind with keys of its own does not have."""
    return (OF_CONVOLUTIONS | OF_POOLING) - set(form.__struct_fields__)


def refused(
    block: TomlBlock,
    values: Iterable[str],
    keys: Set[str],
    fact: str,
    hints: Mapping[str, str] = NO_HINTS,
) -> Mapping[str, Problem]:
    """Return what is wrong with some keys, or with tables of other kinds, by key.

    The fact is told with the key behind it; a key without a hint is to be left out.
    """
    faults = (
        InvalidValue(f"{fact} {key}", hints.get(key, "Leave it out."), key) for key in keys & set(values)
    )
    return lone_tables(block, values) | {fault.key: block.problem(fault) for fault in faults}


def lone_tables(block: TomlBlock, values: Iterable[str]) -> dict[str, Problem]:
    """Return what is wrong with layers in a scene that is no stack, or sides in no comparison, by key."""
    problems = {}
    for key, kind, noun in (("layers", "stack", "stack"), ("sides", "compare", "comparison")):
        if key in values:
            fact = f"the scene has {key}, and is no {noun}"
            problems[key] = block.problem(InvalidValue(fact, f'Add kind = "{kind}" above them.', key))
    return problems
