"""Figures that belong to no scene: grids side by side, and the size explorer."""

from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec

from generator import scenes
from generator.course.dialect import Dialect
from generator.course.records import GridsFigure, LoneFigure, SizesFigure
from generator.errors import InvalidValue, counted
from generator.scenes.toml_block import TomlBlock

MOST = 24


class GridsTable(msgspec.Struct, frozen=True):
    """The keys of a figure of grids."""

    shows: Annotated[str, msgspec.Meta(examples=['shows = "grids"'])]
    grids: Annotated[
        list[str],
        msgspec.Meta(description="a list of names", examples=['grids = ["sobel-x", "box-blur"]']),
    ]
    labels: Annotated[list[str], msgspec.Meta(description="a list of texts, one for each grid")] = (
        msgspec.field(default_factory=list)
    )
    caption: str = ""


def grids_figure(block: TomlBlock, dialect: Dialect) -> GridsFigure:
    """Return the figure of a block.

    Raises:
        AuthorError: a key has a value of another type.
        InvalidValue: there is no grid of a name, or there are not as many labels.

    """
    declared = block.record(GridsTable)
    if not 1 <= len(declared.grids) <= MOST:
        raise InvalidValue(
            f"the figure shows {counted(len(declared.grids), 'grid')}", f"Show 1 to {MOST}.", "grids"
        )
    if declared.labels and len(declared.labels) != len(declared.grids):
        fact = f"{counted(len(declared.labels), 'label')} for {counted(len(declared.grids), 'grid')}"
        raise InvalidValue(fact, "Write one for each.", "labels")
    grids = []
    for row, name in enumerate(declared.grids, 1):
        try:
            grids.append(scenes.grid_named(name, dialect.networks))
        except InvalidValue as fault:
            raise InvalidValue(fault.message, fault.hint, "grids", row) from None
    line = block.line_of("labels")
    labels = [dialect.plain(label, line) for label in declared.labels] or [grid.name for grid in grids]
    caption = dialect.plain(declared.caption, block.line_of("caption"))
    return GridsFigure(tuple(zip(grids, labels, strict=True)), caption)


class SizesTable(msgspec.Struct, frozen=True):
    """The keys of a size explorer."""

    shows: Annotated[str, msgspec.Meta(examples=['shows = "sizes"'])]
    caption: str = ""


def sizes_figure(block: TomlBlock, dialect: Dialect) -> SizesFigure:
    """Return the size explorer of a block.

    Raises:
        AuthorError: a key has a value of another type.

    """
    declared = block.record(SizesTable)
    return SizesFigure(dialect.plain(declared.caption, block.line_of("caption")))


LONE: Mapping[str, Callable[[TomlBlock, Dialect], LoneFigure]] = {
    "grids": grids_figure,
    "sizes": sizes_figure,
}
"""What makes each of them, by the word that says what it shows."""
