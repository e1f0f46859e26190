"""How much of a scene there is to look at, and how much there may be."""

from dataclasses import dataclass

from generator.arithmetic import Array, Geometry, Pair
from generator.errors import InvalidValue, counted
from generator.scenes.numerals import size_text
from generator.scenes.photographs import MAX_PHOTO_PIXELS
from generator.scenes.scene import MAX_PIXELS, FrameChoice, is_large

MAX_FRAMES = 32 * 32
"""Every position becomes a frame that is drawn, so a scene stays small enough to look at."""

MAX_PRODUCTS = 64_000
"""Of all frames together: each is drawn, printed and spoken; a 7×7 kernel at every position is below it."""

MAX_SO_FAR = 200_000
"""Numbers of the outputs so far, one for each frame of a transposed scene."""

MAX_PLANES = 8
"""Channels, and filters; each is a grid on the stage."""


@dataclass(frozen=True, eq=False)
class Extent:
    """What decides how much there is to look at."""

    image: Array
    """Shape (C, H, W)."""
    weights: Array
    """Shape as the kernel of a layer has it; the last two axes are its size."""
    filters: int
    geometry: Geometry
    choice: FrameChoice | None
    is_framed: bool
    """Whether its cells are frames; those of a stack's lower layers are not."""

    @property
    def output_size(self) -> Pair:
        """Return (rows, columns) of the output; raises `InvalidValue` where the kernel does not fit."""
        return self.geometry.output_size(self.image.shape[1:], self.weights.shape[2:])

    @property
    def cells(self) -> int:
        """Return how many cells all maps have together."""
        return self.filters * self.output_size[0] * self.output_size[1]

    @property
    def frames(self) -> int:
        """Return how many frames there are."""
        if self.choice:
            return len(self.choice.places)
        return self.image.size if self.geometry.transposed else self.cells

    @property
    def positions(self) -> str:
        """Return how many frames there are, in words."""
        return f"{self.frames:,} {'pixels that spread' if self.geometry.transposed else 'window positions'}"


def check_extent(extent: Extent) -> None:
    """Refuse a scene of more than can be looked at.

    Raises:
        InvalidValue: the kernel does not fit, or there are too many frames, products, grids or cells.

    """
    check_padded(extent.image, extent.geometry, extent.weights.shape[2:])
    if extent.is_framed:
        _check_frames(extent)
    _check_planes(extent)
    _check_output(extent)
    if extent.geometry.transposed:
        _check_so_far(extent)


def check_padded(image: Array, geometry: Geometry, size: Pair) -> None:
    """Refuse a padded image, or a spread that is cropped again, too large to be looked at.

    Raises:
        InvalidValue: it has too many cells.

    """
    image_size = image.shape[1], image.shape[2]
    drawn = (
        geometry.spread_size(image_size, size) if geometry.transposed else geometry.padded_size(image_size)
    )
    most = MAX_PHOTO_PIXELS if is_large(image) else MAX_PIXELS
    if drawn[0] * drawn[1] > most:
        what = "the pixels spread over" if geometry.transposed else "with its padding the image has"
        raise InvalidValue(
            f"{what} {size_text(*drawn)} = {drawn[0] * drawn[1]:,} cells",
            f"At most {most:,} can be looked at: use a smaller number.",
            "stride" if geometry.transposed else "padding",
        )


def _check_frames(extent: Extent) -> None:
    if extent.frames > MAX_FRAMES:
        raise InvalidValue(
            f"the scene has {extent.positions}",
            f"Each is a frame to look at; use a smaller image, so that there are at most {MAX_FRAMES:,}.",
            "image",
        )
    products = extent.weights[0].size
    if extent.frames * products > MAX_PRODUCTS:
        raise InvalidValue(
            f"the scene has {extent.positions} of {products:,} products each",
            f"Use a smaller kernel or image, so that there are at most {MAX_PRODUCTS:,} products.",
            "kernel",
        )


def _check_planes(extent: Extent) -> None:
    channels, filters = len(extent.image), extent.filters
    if max(filters, channels) > MAX_PLANES:
        raise InvalidValue(
            f"the scene has {counted(channels, 'channel')} and {counted(filters, 'filter')}",
            f"Each is a grid to look at; use at most {MAX_PLANES} of either.",
            "image" if channels > MAX_PLANES else "kernel",
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


def _check_so_far(extent: Extent) -> None:
    if extent.image.size * extent.cells > MAX_SO_FAR:
        raise InvalidValue(
            f"the scene has {extent.positions} over {extent.cells:,} cells",
            f"Every frame holds the output so far; use a smaller image, so that there are at most "
            f"{MAX_SO_FAR:,} numbers in all.",
            "image",
        )
