"""What a layer of a stack does, in a few words over its grid."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.drawing.panels.activations import LABELS
from generator.scenes.layers.filters import FilterLayer
from generator.scenes.layers.layer import Layer, LayerName
from generator.scenes.layers.pool import PoolLayer
from generator.scenes.numerals import size_text

Steps = Iterator[str]


def layer_steps(layer: Layer, channels: int) -> list[str]:
    """Return what a layer makes of an image of so many channels, in a few words each."""
    return [*FIRST_STEPS[layer.name](layer), *_geometry(layer), *LAST_STEPS[layer.name](layer, channels)]


def _geometry(layer: Layer) -> Steps:
    geometry = layer.geometry
    for name, pair, plain in (("stride", geometry.stride, 1), ("dilation", geometry.dilation, 1)):
        if set(pair) != {plain}:
            yield f"{name} {pair[0]}" if pair[0] == pair[1] else f"{name} {pair[0]}, {pair[1]}"
    sides = [side for pair in geometry.padding for side in pair]
    if any(sides):
        yield f"padding {sides[0]}" if len(set(sides)) == 1 else "padding"


def _kernel(layer: FilterLayer) -> Steps:
    if layer.kernel.name and "," not in layer.kernel.name:
        yield layer.kernel.name
    yield size_text(*layer.size)


def _sums(layer: FilterLayer, channels: int) -> Steps:
    groups = layer.geometry.groups
    if groups > 1:
        yield "depthwise" if groups == channels else f"{groups} groups"
    if layer.activation:
        yield LABELS[layer.activation].name


def _pool(layer: PoolLayer) -> Steps:
    yield f"{layer.operation} {size_text(*layer.size)}"


FIRST_STEPS: Mapping[LayerName, Callable[[Any], Steps]] = {"filters": _kernel, "pool": _pool}
LAST_STEPS: Mapping[LayerName, Callable[[Any, int], Steps]] = {
    "filters": _sums,
    "pool": lambda _layer, _channels: iter(()),
}
