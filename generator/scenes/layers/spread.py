"""A transposed layer: each pixel spreads over the output, weighted by the kernel."""

from dataclasses import dataclass

from generator.arithmetic import Array
from generator.scenes.check import Check
from generator.scenes.layers.weighted import DeclaredWeights, WeightedLayer, fields_of
from generator.scenes.limits import check_drawn


@dataclass(frozen=True, eq=False, kw_only=True)
class SpreadLayer(WeightedLayer):
    """Weights, of shape (C, O / groups, KH, KW), that every pixel of a channel spreads."""

    @property
    def maps(self) -> int:
        """Return over how many outputs the pixels spread."""
        return int(self.kernel.weights.shape[1]) * self.geometry.groups


def spread_layer(check: Check, image: Array, declared: DeclaredWeights) -> SpreadLayer:
    """Return the layer of values that can be used each by itself.

    Raises:
        InvalidValue: they do not go together, or what the pixels spread over is too large to be looked at.

    """
    layer = SpreadLayer(**fields_of(check, image, declared))
    spread = layer.geometry.spread_size((image.shape[1], image.shape[2]), layer.size)
    check_drawn("the pixels spread over", image, spread, "stride")
    return layer
