"""What a layer of a stack does, in a few words over its grid."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.drawing.panels.activations import LABELS
from generator.scenes import NO_MARGINS, Pair
from generator.scenes.layers.layer import Layer, LayerName
from generator.scenes.layers.pool import PoolLayer
from generator.scenes.layers.spread import SpreadLayer
from generator.scenes.layers.weighted import WeightedLayer
from generator.scenes.numerals import size_text
from generator.scenes.titles import readable

Steps = Iterator[str]


def layer_steps(layer: Layer, channels: int) -> list[str]:
    """Return what a layer makes of an image of so many channels, in a few words each."""
    return [*FIRST_STEPS[layer.name](layer), *_geometry(layer), *LAST_STEPS[layer.name](layer, channels)]


def _geometry(layer: Layer) -> Steps:
    geometry = layer.geometry
    for name, pair in (("stride", geometry.stride), ("dilation", geometry.dilation)):
        if pair != (1, 1):
            yield _pair(name, pair)
    sides = [side for pair in geometry.padding for side in pair]
    if any(sides):
        yield f"padding {sides[0]}" if len(set(sides)) == 1 else "padding"


def _pair(name: str, pair: Pair) -> str:
    return f"{name} {pair[0]}" if pair[0] == pair[1] else f"{name} {pair[0]}, {pair[1]}"


def _kernel(layer: WeightedLayer) -> Steps:
    if layer.kernel.name and "," not in layer.kernel.name:
        yield readable(layer.kernel.name)
    yield size_text(*layer.size)


def _spread_kernel(layer: SpreadLayer) -> Steps:
    yield "transposed"
    yield from _kernel(layer)


def _spread_sums(layer: SpreadLayer, channels: int) -> Steps:
    if any(layer.geometry.output_padding):
        yield _pair("output padding", layer.geometry.output_padding)
    yield from _sums(layer, channels)


def _sums(layer: WeightedLayer, channels: int) -> Steps:
    groups = layer.geometry.groups
    if groups > 1:
        yield "depthwise" if groups == channels else f"{groups} groups"
    if layer.activation:
        yield LABELS[layer.activation].name


def _pool(layer: PoolLayer) -> Steps:
    yield f"{layer.operation} {size_text(*layer.size)}"


def _counting(layer: PoolLayer, channels: int) -> Steps:
    del channels
    if layer.is_global:
        yield "global"
    if layer.geometry.padding != NO_MARGINS and not layer.count_include_pad:
        yield "not counted"
    if layer.geometry.ceil_mode:
        yield "ceil mode"


FIRST_STEPS: Mapping[LayerName, Callable[[Any], Steps]] = {
    "filters": _kernel,
    "pool": _pool,
    "spread": _spread_kernel,
}
LAST_STEPS: Mapping[LayerName, Callable[[Any, int], Steps]] = {
    "filters": _sums,
    "pool": _counting,
    "spread": _spread_sums,
}
