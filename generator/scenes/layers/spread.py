"""A transposed layer: each pixel spreads over the output, weighted by the kernel."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd
from typing import Any, NamedTuple

from generator.arithmetic import NOTHING, Array, Pair, lines_under
from generator.scenes.check import Check
from generator.scenes.layers.layer import LayerName, Lines
from generator.scenes.layers.weighted import DeclaredWeights, WeightedLayer, fields_of
from generator.scenes.limits import check_drawn


class Reaching(NamedTuple):
    """A row of the image that reaches a row of the output, or a column a column."""

    line: int
    """Of the image."""
    weight: int
    """The row of weights through which it does, as they lie on the output."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SpreadLayer(WeightedLayer):
    """Weights, of shape (C, O / groups, KH, KW), that every pixel of a channel spreads."""

    @property
    def name(self) -> LayerName:
        """Return "spread"."""
        return "spread"

    @property
    def maps(self) -> int:
        """Return over how many outputs the pixels spread."""
        return int(self.kernel.weights.shape[1]) * self.geometry.groups

    @property
    def numbers_under(self) -> int:
        """Return how many products a sum has at most."""
        stride, dilation = self.geometry.stride, self.geometry.dilation
        rows, columns = (
            -(-weights // (step // gcd(step, apart)))
            for weights, step, apart in zip(self.size, stride, dilation, strict=True)
        )
        return len(self.channels_of(0)) * rows * columns

    def channels_of(self, plane: int) -> range:
        """Return the channels whose pixels spread over one map: those of its group."""
        channels, outputs = self.kernel.weights.shape[:2]
        each = channels // self.geometry.groups
        return range(plane // outputs * each, (plane // outputs + 1) * each)

    def reaching(self, image_size: Pair) -> tuple[list[list[Reaching]], list[list[Reaching]]]:
        """Return which rows of the image reach each row of the output; columns likewise."""
        sizes = self.output_size(image_size)
        rows, columns = (
            _turned(places.tolist(), count)
            for places, count in zip(lines_under(self.geometry, image_size, self.size), sizes, strict=True)
        )
        return rows, columns

    def lines(self, image_size: Pair) -> tuple[list[Lines], list[Lines]]:
        """Return which rows of the image each row of the maps comes from; columns likewise."""
        rows, columns = (
            [frozenset(found.line for found in line) for line in lines] for lines in self.reaching(image_size)
        )
        return rows, columns

    def field(self, axis: int, start: int, length: int) -> tuple[int, int]:
        """Return where on the image, and over how many lines of it, that many lines of a map see.

        A line i reaches those at i · stride − padding + dilation · k, for each k of the kernel; so between
        the lines that are reached there may be some that see nothing, of length 0.
        """
        step, apart = self.geometry.stride[axis], self.geometry.dilation[axis]
        ends: list[int] = []
        for weight in range(self.size[axis]):
            offset = start + self.geometry.padding[axis][0] - weight * apart
            first, last = -(-offset // step), (offset + length - 1) // step
            ends += [first, last] if first <= last else []
        return (min(ends), max(ends) - min(ends) + 1) if ends else (start, 0)

    def document(self) -> Mapping[str, Any]:
        """Return what the JSON says of it, in order."""
        told = super().document()
        return {
            "operation": told["operation"],
            "transposed": True,
            **told,
            "output_padding": self.geometry.output_padding,
        }


def _turned(places: list[list[int]], count: int) -> list[list[Reaching]]:
    """Return for each of so many lines of the output what reaches it; `places` tell where a line spreads."""
    turned: list[list[Reaching]] = [[] for _ in range(count)]
    for line, targets in enumerate(places):
        for weight, target in enumerate(targets):
            if target != NOTHING:
                turned[target].append(Reaching(line, weight))
    return turned


def spread_layer(check: Check, image: Array, declared: DeclaredWeights) -> SpreadLayer:
    """Return the layer of values that can be used each by itself.

    Raises:
        InvalidValue: they do not go together, or what the pixels spread over is too large to be looked at.

    """
    layer = SpreadLayer(**fields_of(check, image, declared))
    spread = layer.geometry.spread_size((image.shape[1], image.shape[2]), layer.size)
    check_drawn("the pixels spread over", image, spread, "stride")
    return layer
