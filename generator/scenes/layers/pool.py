"""A layer of pools: windows that slide, and keep the largest pixel or the average."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from generator.arithmetic import (
    GLOBAL,
    Array,
    Geometry,
    Mask,
    Pair,
    average_pool,
    max_pool,
    pooling_geometry_of,
)
from generator.errors import InvalidValue
from generator.scenes.check import Check
from generator.scenes.documents import nested
from generator.scenes.keys import WHOLE_OR_PAIR, WindowKeys
from generator.scenes.layers.declared_options import image_size, judged_options
from generator.scenes.layers.layer import LayerName, Lines
from generator.scenes.layers.windows import lines_seen, window_field
from generator.scenes.limits import check_drawn
from generator.scenes.photographs import check_small

PoolingOperation = Literal["max", "average"]
GEOMETRY_KEYS = ("stride", "padding", "dilation", "ceil_mode")


class PoolingKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of pooling."""

    operation: Annotated[PoolingOperation, msgspec.Meta(examples=['operation = "max"'])]
    kernel_size: Annotated[Any, msgspec.Meta(description=WHOLE_OR_PAIR, examples=["kernel_size = 2"])]
    ceil_mode: Annotated[bool, msgspec.Meta(description="true or false")] = False
    count_include_pad: Annotated[bool, msgspec.Meta(description="true or false")] = True


@dataclass(frozen=True, eq=False, kw_only=True)
class PoolLayer:
    """A window of that size over each channel."""

    operation: PoolingOperation
    size: Pair
    geometry: Geometry
    channels: int
    count_include_pad: bool = True
    """Whether an average counts padding, as zeros."""
    is_global: bool = False
    """Whether its window was declared to be the whole image."""

    @property
    def name(self) -> LayerName:
        """Return "pool"."""
        return "pool"

    @property
    def activation(self) -> None:
        """Return None: nothing is made of what a pool keeps."""
        return

    @property
    def counts_padding(self) -> bool:
        """Tell whether padding has a part in what it keeps: the largest is never one of its zeros."""
        return self.operation == "average" and self.count_include_pad

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
        """Tell whether brightnesses come out where brightnesses go in; a pool leaves some of them."""
        return True

    def output(self, image: Array) -> Array:
        """Return what it makes, shape (C, OH, OW).

        Raises:
            InvalidValue: a window holds no pixel, or a sum of whole numbers might not fit into 64 bits.

        """
        if self.operation == "max":
            return max_pool(image, self.size, self.geometry).values
        return average_pool(image, self.size, self.geometry, count_include_pad=self.count_include_pad)

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
            **({"ceil_mode": True} if geometry.ceil_mode else {}),
            **({} if self.count_include_pad else {"count_include_pad": False}),
            "dilation": geometry.dilation,
            "groups": self.channels,
        }


def declared_pool(check: Check, image: Array | None) -> tuple[Pair, Geometry] | None:
    """Return the window's size and how it slides, once each value can be used, and there is an image."""
    given = check.given
    options = judged_options(check, ("kernel_size", *GEOMETRY_KEYS), image)
    made = None
    if "kernel_size" in options:
        laid = partial(pooling_geometry_of, **options, line=check.line, image_size=image_size(image))
        made = check.of("kernel_size", laid)
    if given.get("operation") == "average" and made and made[1].dilation != (1, 1):
        fact = f"average pooling has no dilation, and it is {options['dilation']}"
        check.note(InvalidValue(fact, "Leave it out.", "dilation"), "dilation")
    if given.get("operation") == "max" and not given.get("count_include_pad", True):
        fact = "max pooling never chooses padding, and count_include_pad is false"
        check.note(InvalidValue(fact, "Leave it out.", "count_include_pad"), "count_include_pad")
    return None if check.problems or image is None else made


def pool_layer(check: Check, image: Array, size: Pair, geometry: Geometry) -> PoolLayer:
    """Return the layer of values that can be used each by itself.

    Raises:
        InvalidValue: the image is a photograph, or too large with its padding, or smaller than the window.

    """
    check_small(image, "pooling")
    height, width = image.shape[1], image.shape[2]
    check_drawn("with its padding the image has", image, geometry.padded_size((height, width)), "padding")
    geometry.output_size((height, width), size)  # refuses a window larger than that
    (top, bottom), (left, right) = geometry.margins((height, width), size)
    drawn = top + height + bottom, left + width + right
    check_drawn("with what its windows hang over, the image has", image, drawn, "kernel_size")
    return PoolLayer(
        operation=check.given["operation"],
        size=size,
        geometry=geometry,
        channels=len(image),
        count_include_pad=check.given.get("count_include_pad", True),
        is_global=check.given["kernel_size"] == GLOBAL,
    )
