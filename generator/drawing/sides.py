"""Sides of a comparison on a phone: all at once while their numbers can be read, else one at a time."""

from collections.abc import Sequence

from generator.drawing.stages.stage import Stage

WIDTH = 358
"""Of a phone, in its pixels, without the page's margins."""
HEIGHTS = {2: 176, 3: 106, 4: 72}
"""What the style sheet leaves the grids of one of so many sides."""
GAP = 12
"""Between the input and the map of a side."""
READABLE = 7
"""Pixels of a number that the eye still takes in at a glance, beside many others."""


def one_at_a_time(stages: Sequence[Stage]) -> bool:
    """Tell whether a phone has to show the sides of a comparison one after the other."""
    return any(_number_size(stage, HEIGHTS[len(stages)]) < READABLE for stage in stages)


def _number_size(stage: Stage, height: float) -> float:
    """Return how large, in pixels, the smallest number of a side's grids stands on a phone."""
    rows = [[panel.size for panel in row] for row in stage.rows()]
    wide = max(sum(width for width, _ in row) for row in rows)
    high = max(height for row in rows for _, height in row)
    return stage.grid_size * min(1, (WIDTH - GAP) / wide, height / high)
