"""What a template sees of figures that belong to no scene."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from generator.course import GridsFigure, PositionsFigure, SizesFigure
from generator.drawing import grid_marks, grid_size, positions_marks, positions_size, svg
from generator.scenes import Grid
from generator.scenes.sizes import CHOICES, MOST, Choice, Sizes, looked_up, sizes_of, table
from generator.site.page_json import json_data


@dataclass(frozen=True)
class PositionsView:
    """The small figure of places where a window fits."""

    svg: Markup
    alt: str
    caption: str
    kind: Literal["positions"] = "positions"


@dataclass(frozen=True)
class GridView:
    """One of the grids of a figure."""

    svg: Markup
    alt: str
    label: str


@dataclass(frozen=True)
class GridsView:
    """Grids side by side."""

    grids: tuple[GridView, ...]
    caption: str
    kind: Literal["grids"] = "grids"


@dataclass(frozen=True)
class SizesView:
    """A size explorer, as it stands at the beginning."""

    choices: tuple[Choice, ...]
    sizes: Sizes
    data: Markup
    """The sizes of every choice."""
    table: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    most: int
    """Rows that its picture has room for."""
    caption: str
    kind: Literal["sizes"] = "sizes"


def positions_view(block: PositionsFigure) -> PositionsView:
    """Return a figure as a template sees it."""
    ground = block.ground
    drawn = svg(
        positions_size(ground), positions_marks(ground, block.digits, block.greys), "positions-figure"
    )
    width = ground.padded_size[1]
    added = width - ground.size[1]
    padding = f", {added} of them padding," if added else ""
    alt = (
        f"A row of {width} pixels{padding} and, below it, a window {ground.span[1]} pixels wide "
        f"at each of the {ground.stops[1]} places where it stops."
    )
    return PositionsView(Markup(drawn), alt, block.caption)  # noqa: S704 - the pen escapes its text


def grids_view(block: GridsFigure) -> GridsView:
    """Return a figure as a template sees it."""
    return GridsView(tuple(_grid_view(grid, label) for grid, label in block.grids), block.caption)


def _grid_view(grid: Grid, label: str) -> GridView:
    drawn = Markup(svg(grid_size(grid), grid_marks(grid), "grid"))  # noqa: S704 - the pen escapes its text
    return GridView(drawn, f"{label}: {grid.told}", label)


def sizes_view(block: SizesFigure) -> SizesView:
    """Return a figure as a template sees it."""
    start = sizes_of(*(choice.start for choice in CHOICES))
    data = json_data({"sizes": looked_up()})
    return SizesView(CHOICES, start, data, tuple(table()), MOST, block.caption)
