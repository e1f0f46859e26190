"""A layer of pools: windows that slide, and keep the largest pixel or the average."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from generator.arithmetic import Array, Geometry, Mask, Pair, average_pool, max_pool, pooling_geometry_of
from generator.errors import InvalidValue
from generator.scenes.check import Check
from generator.scenes.documents import nested
from generator.scenes.keys import WHOLE_OR_PAIR, WindowKeys
from generator.scenes.layers.layer import LayerName, Lines
from generator.scenes.layers.windows import lines_seen, window_field
from generator.scenes.limits import check_drawn
from generator.scenes.photographs import check_small

PoolingOperation = Literal["max", "average"]


class PoolingKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of pooling."""

    operation: Annotated[PoolingOperation, msgspec.Meta(examples=['operation = "max"'])]
    kernel_size: Annotated[Any, msgspec.Meta(description=WHOLE_OR_PAIR, examples=["kernel_size = 2"])]


@dataclass(frozen=True, eq=False, kw_only=True)
class PoolLayer:
    """A window of that size over each channel."""

    operation: PoolingOperation
    size: Pair
    geometry: Geometry
    channels: int

    @property
    def name(self) -> LayerName:
        """Return "pool"."""
        return "pool"

    @property
    def activation(self) -> None:
        """Return None: nothing is made of what a pool keeps."""
        return

    @property
    def maps(self) -> int:
        """Return how many maps it makes, one for each channel."""
        return self.channels

    @property
    def numbers_under(self) -> int:
        """Return how many pixels lie under a window."""
        return self.size[0] * self.size[1]

    @property
    def makes_pixels(self) -> bool:
        """Tell whether pixels come out where pixels go in; what pooling leaves of them are pixels still."""
        return True

    def output(self, image: Array) -> Array:
        """Return what it makes, shape (C, OH, OW).

        Raises:
            InvalidValue: a window holds no pixel, or a sum of whole numbers might not fit into 64 bits.

        """
        if self.operation == "max":
            return max_pool(image, self.size, self.geometry).values
        return average_pool(image, self.size, self.geometry)

    def cut_cells(self, image: Array) -> Mask:
        """Return no place: nothing is cut off what a pool keeps."""
        return np.zeros((self.maps, *self.output_size((image.shape[1], image.shape[2]))), bool)

    def output_size(self, image_size: Pair) -> Pair:
        """Return the (height, width) of its maps."""
        return self.geometry.output_size(image_size, self.size)

    def channels_of(self, plane: int) -> range:
        """Return the one channel that makes a map."""
        return range(plane, plane + 1)

    def lines(self, image_size: Pair) -> tuple[list[Lines], list[Lines]]:
        """Return which rows of the image each row of the maps comes from; columns likewise."""
        return lines_seen(self.geometry, image_size, self.size)

    def field(self, axis: int, start: int, length: int) -> tuple[int, int]:
        """Return where on the image, and over how many lines of it, that many lines of a map see."""
        return window_field(self.geometry, self.size, axis, start, length)

    def document(self) -> Mapping[str, Any]:
        """Return what the JSON says of it, in order; it has no weights, but a size."""
        geometry = self.geometry
        return {
            "operation": self.operation,
            "kernel": {"name": None, "shape": (self.channels, 1, *self.size)},
            "bias": nested(np.zeros(self.channels, np.int64)),
            "activation": None,
            "stride": geometry.stride,
            "padding": geometry.padding,
            "padding_mode": geometry.padding_mode,
            "dilation": geometry.dilation,
            "groups": self.channels,
        }


def declared_pool(check: Check, image: Array | None) -> tuple[Pair, Geometry] | None:
    """Return the window's size and how it slides, once each value can be used, and there is an image."""
    given = check.given
    options = {key: given[key] for key in ("stride", "padding", "dilation") if key in given}
    made = check("kernel_size", lambda declared: pooling_geometry_of(declared, **options, line=check.line))
    if given.get("operation") == "average" and made and made[1].dilation != (1, 1):
        fact = f"average pooling has no dilation, and it is {options['dilation']}"
        check.note(InvalidValue(fact, "Leave it out.", "dilation"), "dilation")
    return None if check.problems or image is None else made


def pool_layer(check: Check, image: Array, size: Pair, geometry: Geometry) -> PoolLayer:
    """Return the layer of values that can be used each by itself.

    Raises:
        InvalidValue: the image is a photograph, or too large with its padding, or smaller than the window.

    """
    check_small(image, "pooling")
    image_size = image.shape[1], image.shape[2]
    check_drawn("with its padding the image has", image, geometry.padded_size(image_size), "padding")
    geometry.output_size(image_size, size)  # refuses a window larger than that
    return PoolLayer(operation=check.given["operation"], size=size, geometry=geometry, channels=len(image))
