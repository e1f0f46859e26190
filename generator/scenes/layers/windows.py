"""What layers share whose windows slide: where these lie, and what they see."""

from generator.arithmetic import NOTHING, Geometry, Pair, lines_under
from generator.scenes.layers.layer import Lines


def lines_seen(geometry: Geometry, image_size: Pair, size: Pair) -> tuple[list[Lines], list[Lines]]:
    """Return which rows of an image lie under each row of windows; columns likewise."""
    rows, columns = (
        [frozenset(pixels) - {NOTHING} for pixels in places.tolist()]
        for places in lines_under(geometry, image_size, size)
    )
    return rows, columns


def window_field(geometry: Geometry, size: Pair, axis: int, start: int, length: int) -> tuple[int, int]:
    """Return where a row of so many windows begins on the image, and over how many lines it reaches.

    r → (r − 1) stride + dilation (k − 1) + 1.
    """
    stride = geometry.stride[axis]
    return start * stride - geometry.padding[axis][0], (length - 1) * stride + geometry.span(size)[axis]
