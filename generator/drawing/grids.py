"""Grids of a figure, all equally wide: their numbers on tiles, or the colours alone."""

from collections.abc import Iterator

from generator.drawing.marks import ADVANCE, Mark, Tile
from generator.drawing.numbers import signed, tile_colours
from generator.scenes import Grid

WIDTH = 96
"""Units."""
GAP = 1.5
LARGEST_NUMBER = 14


def grid_size(grid: Grid) -> tuple[float, float]:
    """Return a grid's (width, height) in units."""
    rows, columns = grid.values.shape
    return WIDTH, WIDTH * rows / columns


def grid_marks(grid: Grid) -> Iterator[Mark]:
    """Yield the tiles of a grid, row by row."""
    pitch = WIDTH / grid.values.shape[1]
    numbers = grid.values.tolist()
    lowest = float(grid.values.min())
    texts = [[signed(grid.text(number), lowest) for number in row] for row in numbers]
    size = min(
        LARGEST_NUMBER, (pitch - 2 * GAP) / (ADVANCE * max(len(text) for row in texts for text in row))
    )
    for row, line in enumerate(numbers):
        for column, number in enumerate(line):
            fill, ink = tile_colours(number, grid.tone)
            text = texts[row][column] if grid.has_numbers else ""
            box = column * pitch + GAP / 2, row * pitch + GAP / 2, pitch - GAP, pitch - GAP
            yield Tile(*box, fill, text, ink, size)
