"""Keys of one kind of scene in the block of another, and what is wrong with them there."""

from collections.abc import Iterable, Mapping

from generator.errors import InvalidValue, Problem
from generator.scenes.layers.pool import PoolingKeys
from generator.scenes.layers.weighted import ConvolutionKeys
from generator.scenes.toml_block import TomlBlock

OF_CONVOLUTIONS, OF_POOLING = (frozenset(form.__struct_fields__) for form in (ConvolutionKeys, PoolingKeys))


def for_convolutions(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys that only pooling has, or with tables of other kinds, by key."""
    hint = 'Add kind = "pooling", or leave it out.'
    faults = (
        InvalidValue(f"only pooling has a {key}", hint, key)
        for key in (OF_POOLING - OF_CONVOLUTIONS) & set(values)
    )
    return lone_tables(block, values) | {fault.key: block.problem(fault) for fault in faults}


def for_pooling(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys that only convolutions have, or with tables of other kinds, by key."""
    faults = (
        InvalidValue(f"pooling has no {key}", "Leave it out.", key)
        for key in (OF_CONVOLUTIONS - OF_POOLING) & set(values)
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
