"""How much of a scene there is to look at, and how much there may be."""

from dataclasses import dataclass

from generator.arithmetic import Array, Pair
from generator.errors import InvalidValue, counted
from generator.scenes.numerals import size_text
from generator.scenes.photographs import MAX_PHOTO_PIXELS
from generator.scenes.showing import MAX_PIXELS, is_large

MAX_FRAMES = 32 * 32
"""Every position becomes a frame that is drawn, so a scene stays small enough to look at."""

MAX_PRODUCTS = 64_000
"""Of all frames together: each is drawn, printed and spoken; a 7×7 kernel at every position is below it."""

MAX_PLANES = 8
"""Channels, and filters; each is a grid on the stage."""


@dataclass(frozen=True, eq=False)
class Extent:
    """What decides how much there is to look at."""

    image: Array
    """Shape (C, H, W)."""
    filters: int
    output_size: Pair
    """(rows, columns)."""
    frames: int
    """How many there are; 0 of what is only on the way to others."""
    positions: str
    """What they are, in words."""
    products: int
    """Of each frame."""
    most_planes: int = MAX_PLANES
    """Channels, and filters, that there may be."""

    @property
    def cells(self) -> int:
        """Return how many cells all maps have together."""
        return self.filters * self.output_size[0] * self.output_size[1]

    @property
    def told(self) -> str:
        """Return how many frames there are, in words."""
        return f"{self.frames:,} {self.positions}"


def check_extent(extent: Extent) -> None:
    """Refuse a scene of more than can be looked at.

    Raises:
        InvalidValue: there are too many frames, products, grids or cells.

    """
    _check_frames(extent)
    _check_planes(extent)
    _check_output(extent)


def check_drawn(what: str, image: Array, drawn: Pair, key: str) -> None:
    """Refuse a padded image, or a spread that is cropped again, too large to be looked at.

    Raises:
        InvalidValue: it has too many cells.

    """
    most = MAX_PHOTO_PIXELS if is_large(image) else MAX_PIXELS
    if drawn[0] * drawn[1] > most:
        raise InvalidValue(
            f"{what} {size_text(*drawn)} = {drawn[0] * drawn[1]:,} cells",
            f"At most {most:,} can be looked at: use a smaller number.",
            key,
        )


def _check_frames(extent: Extent) -> None:
    if extent.frames > MAX_FRAMES:
        raise InvalidValue(
            f"the scene has {extent.told}",
            f"Each is a frame to look at; use a smaller image, so that there are at most {MAX_FRAMES:,}.",
            "image",
        )
    if extent.frames * extent.products > MAX_PRODUCTS:
        raise InvalidValue(
            f"the scene has {extent.told} of {extent.products:,} products each",
            f"Use a smaller kernel or image, so that there are at most {MAX_PRODUCTS:,} products.",
            "kernel",
        )


def _check_planes(extent: Extent) -> None:
    channels, filters = len(extent.image), extent.filters
    if max(filters, channels) > extent.most_planes:
        raise InvalidValue(
            f"the scene has {counted(channels, 'channel')} and {counted(filters, 'filter')}",
            f"Each is a grid to look at; use at most {extent.most_planes} of either.",
            "image" if channels > extent.most_planes else "kernel",
        )


def _check_output(extent: Extent) -> None:
    rows, columns = extent.output_size
    large = is_large(extent.image)
    most, shape = (MAX_PHOTO_PIXELS, "1024×1024") if large else (MAX_PIXELS, "64×64")
    if rows * columns > most:
        told = "A photograph's output" if large else "A scene shows every number, so it"
        raise InvalidValue(
            f"the output has {size_text(rows, columns)} = {rows * columns:,} cells",
            f"{told} holds at most {most:,} ({shape}): pad or spread less.",
            "padding",
        )
