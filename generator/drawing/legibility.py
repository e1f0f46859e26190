"""What can be read on a phone: all numbers of a stage, its grids side by side, or one side at a time.

The style sheet gives grids the room that stands here.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from generator.errors import InvalidValue, counted

COLUMNS = 22
"""So many cells, of the input and of the map beside it, still hold numbers of 8 pixels."""
USUAL_COLUMNS = 9
"""An image of so many columns and its map are below that."""
SMALLEST_NUMBER = 8
"""Pixels of a number that can still be read."""
READABLE = 7
"""Pixels of a number that the eye still takes in at a glance, beside many others."""
SCREEN = (380, 350)
"""The room (width, height) that the grids of one scene have, in pixels."""
SIDES_WIDTH = 358
"""Of a comparison: a screen without the page's margins."""
SIDE_HEIGHTS = {2: 176, 3: 106, 4: 72}
"""What the style sheet leaves the grids of one of so many sides."""
GAP = 12
"""Between the input and the map of a side."""


class Sized(Protocol):
    """A panel with a size."""

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height) in units."""


class Rowed(Protocol):
    """A stage whose grids stand in rows."""

    def rows(self) -> Iterator[Sequence[Sized]]:
        """Yield the grids in rows."""

    @property
    def grid_size(self) -> float:
        """Return the size of the smallest number in the grids."""


def too_wide(scene_id: str, image_width: int, padded_width: int, output_width: int) -> InvalidValue | None:
    """Return that an image with its padding, and the map beside it, have too many columns; None if not."""
    if padded_width + output_width <= COLUMNS:
        return None
    fact = f'the numbers of "{scene_id}", {image_width} pixels wide, will be too small to read on a phone'
    crop = f"Crop the image to about {USUAL_COLUMNS} columns."
    return InvalidValue(fact, crop if image_width > USUAL_COLUMNS else "Use less padding, or crop the image.")


def too_small(scene_id: str, number_size: float, grids: int) -> InvalidValue | None:
    """Return that so many grids that share a screen have numbers of too few pixels; None if not."""
    if number_size >= SMALLEST_NUMBER:
        return None
    fact = f'the numbers in the {counted(grids, "grid")} of "{scene_id}" will be too small to read on a phone'
    return InvalidValue(fact, "Crop the image, or use shorter numbers.")


def one_at_a_time(stages: Sequence[Rowed]) -> bool:
    """Tell whether a phone has to show the sides of a comparison one after the other."""
    return any(_number_size(stage, SIDE_HEIGHTS[len(stages)]) < READABLE for stage in stages)


def _number_size(stage: Rowed, height: float) -> float:
    """Return how large, in pixels, the smallest number of a side's grids stands on a phone."""
    rows = [[panel.size for panel in row] for row in stage.rows()]
    wide = max(sum(width for width, _ in row) for row in rows)
    high = max(height for row in rows for _, height in row)
    return stage.grid_size * min(1, (SIDES_WIDTH - GAP) / wide, height / high)
