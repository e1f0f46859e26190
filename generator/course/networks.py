"""The networks that a chapter's blocks declare, each trained once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from generator import scenes
from generator.course.folder import ContentFolder
from generator.errors import InvalidValue, Problem, gathering
from generator.scenes.toml_block import TomlBlock

if TYPE_CHECKING:
    from generator.scenes import ImageReader, LearnedNetwork, NetworkTable, Trainer

Networks: TypeAlias = "Mapping[str, LearnedNetwork]"


@dataclass(frozen=True)
class Readers:
    """What makes of files what a chapter's blocks name."""

    image: ImageReader
    """Reads a picture."""
    train: Trainer
    """Trains a network, or finds it where it is kept."""


def declared_networks(
    blocks: Iterable[TomlBlock], folder: ContentFolder, train: Trainer, problems: list[Problem]
) -> dict[str, LearnedNetwork]:
    """Return the networks by id; add what is wrong with their blocks to the problems."""
    networks: dict[str, LearnedNetwork] = {}
    for block in blocks:
        with gathering(problems):
            table = block.record(scenes.NetworkTable)
            try:
                network = _learned(block, table, folder, train)
                if network.id in networks:
                    fact = f'the id "{network.id}" is taken by another network'
                    raise InvalidValue(fact, "Ids are unique within a chapter.", "id")
            except InvalidValue as fault:
                problems.append(block.problem(fault))
            else:
                networks[network.id] = network
    return networks


def _learned(block: TomlBlock, table: NetworkTable, folder: ContentFolder, train: Trainer) -> LearnedNetwork:
    try:
        data = folder.read(folder.file(table.data))
    except InvalidValue as fault:
        raise InvalidValue(fault.message, fault.hint, "data") from None
    return scenes.learned_network(block, table, data, train)
