"""What a layer is to those that lay one on another."""

from collections.abc import Mapping
from typing import Any, Literal, Protocol

from generator.arithmetic import CENTRES, CUTTING, UNSIGNED, Activation, Array, Geometry, Mask, Pair
from generator.scenes.tones import Meaning

LayerName = Literal["filters", "pool", "spread"]
Lines = frozenset[int]


class Layer(Protocol):
    """What is laid on an image."""

    @property
    def name(self) -> LayerName:
        """Return under which name every room has what it needs of such layers."""

    @property
    def geometry(self) -> Geometry:
        """Return how it is laid."""

    @property
    def size(self) -> Pair:
        """Return the kernel's (height, width)."""

    @property
    def activation(self) -> Activation | None:
        """Return what is made of each sum."""

    @property
    def maps(self) -> int:
        """Return how many feature maps it makes."""

    @property
    def numbers_under(self) -> int:
        """Return how many numbers each cell of a map is made of, the padding's too."""

    @property
    def makes_pixels(self) -> bool:
        """Tell whether brightnesses come out where brightnesses go in, before the activation."""

    def output(self, image: Array) -> Array:
        """Return what it makes of an image, after the activation, shape (O, OH, OW).

        Raises:
            InvalidValue: a sum of whole numbers might not fit into 64 bits, or a pool holds no pixel.

        """

    def cut_cells(self, image: Array) -> Mask:
        """Return where the activation cuts off what it makes of an image, shape (O, OH, OW)."""

    def output_size(self, image_size: Pair) -> Pair:
        """Return the (height, width) of its maps."""

    def channels_of(self, plane: int) -> range:
        """Return the channels of the image that make one map."""

    def lines(self, image_size: Pair) -> tuple[list[Lines], list[Lines]]:
        """Return which rows of the image each row of the maps comes from; columns likewise."""

    def field(self, axis: int, start: int, length: int) -> tuple[int, int]:
        """Return where on the image, and over how many lines of it, that many lines of a map see.

        Edges are left out of it. The length is 0 where lines of a map see nothing, the start then any.
        """

    def document(self) -> Mapping[str, Any]:
        """Return what the JSON says of it, in order."""


def made_of(numbers: Meaning, layer: Layer) -> Meaning:
    """Return what numbers become in a layer."""
    if layer.activation in CUTTING:
        return "brightness"
    if layer.activation in UNSIGNED:
        return "strength"
    if not layer.makes_pixels:
        return "sign"
    return "strength" if numbers == "brightness" and layer.activation in CENTRES else numbers
