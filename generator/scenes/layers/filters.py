"""A layer of filters: windows that slide over the image and sum what they multiply."""

from dataclasses import dataclass

from generator.arithmetic import Array, Pair
from generator.scenes.check import Check
from generator.scenes.layers.layer import LayerName, Lines
from generator.scenes.layers.weighted import DeclaredWeights, WeightedLayer, fields_of
from generator.scenes.layers.windows import lines_seen, window_field
from generator.scenes.limits import check_drawn


@dataclass(frozen=True, eq=False, kw_only=True)
class FilterLayer(WeightedLayer):
    """Filters, of shape (O, C / groups, KH, KW), that slide."""

    @property
    def name(self) -> LayerName:
        """Return "filters"."""
        return "filters"

    @property
    def maps(self) -> int:
        """Return how many feature maps it makes, one for each filter."""
        return len(self.kernel.weights)

    @property
    def numbers_under(self) -> int:
        """Return how many products each sum has."""
        return int(self.kernel.weights[0].size)

    def channels_of(self, plane: int) -> range:
        """Return the channels that one filter sees: those of its group."""
        each = self.maps // self.geometry.groups
        channels = self.kernel.weights.shape[1]
        return range(plane // each * channels, (plane // each + 1) * channels)

    def lines(self, image_size: Pair) -> tuple[list[Lines], list[Lines]]:
        """Return which rows of the image each row of the maps comes from; columns likewise."""
        return lines_seen(self.geometry, image_size, self.size)

    def field(self, axis: int, start: int, length: int) -> tuple[int, int]:
        """Return where on the image, and over how many lines of it, that many lines of a map see."""
        return window_field(self.geometry, self.size, axis, start, length)


def filter_layer(check: Check, image: Array, declared: DeclaredWeights) -> FilterLayer:
    """Return the layer of values that can be used each by itself.

    Raises:
        InvalidValue: they do not go together, or the padded image is too large to be looked at.

    """
    layer = FilterLayer(**fields_of(check, image, declared))
    padded = layer.geometry.padded_size((image.shape[1], image.shape[2]))
    check_drawn("with its padding the image has", image, padded, "padding")
    return layer
