"""A layer with weights in words."""

from collections.abc import Iterable

from generator.scenes.layers.filters import FilterLayer
from generator.scenes.layers.spread import SpreadLayer
from generator.scenes.layers.weighted import WeightedLayer
from generator.scenes.numerals import number_text, pair_text, size_text
from generator.scenes.titles import readable
from generator.site.words.activations import ACTIVATIONS
from generator.site.words.telling import geometry_words, with_options

MODES = {
    "zeros": "zeros",
    "constant": "the number {}",
    "reflect": "its mirror image",
    "symmetric": "its mirror image, edge included",
    "replicate": "its edge repeated",
    "circular": "its opposite side",
}
"""What padding puts around an image; {} stands for a number of its own."""


def kernel_words(layer: WeightedLayer) -> str:
    """Return a kernel with its size and its name, if it has one."""
    name = f"{readable(layer.kernel.name)} kernel" if layer.kernel.name else "kernel"
    return f"a {size_text(*layer.size)} {name}"


def options_words(layer: WeightedLayer, around: str = "", further: Iterable[str] = ()) -> str:
    """Return what else was declared, as a clause that follows the kernel."""
    told = [*geometry_words(layer.geometry, around), *further]
    if layer.geometry.groups > 1:
        told.append(f"{layer.geometry.groups} groups")
    if layer.bias.any():
        told.append("a bias")
    if layer.activation:
        told.append(ACTIVATIONS[layer.activation].option)
    return with_options(told)


def spread_words(layer: SpreadLayer) -> str:
    """Return a kernel that is spread, with all options but for the room at its output's end."""
    return f"{_spread_kernel(layer)}{options_words(layer)}"


def spread_layer_words(layer: SpreadLayer) -> str:
    """Return a kernel that is spread in a stack, with all options."""
    room = layer.geometry.output_padding
    told = [f"output padding {pair_text(room)}"] if any(room) else []
    return f"{_spread_kernel(layer)}{options_words(layer, further=told)}"


def _spread_kernel(layer: SpreadLayer) -> str:
    return f"{kernel_words(layer)} that every pixel spreads over the output"


def filters_words(layer: FilterLayer) -> str:
    """Return a kernel that slides, with all options."""
    return f"{kernel_words(layer)}{filter_options_words(layer)}"


def filter_options_words(layer: FilterLayer) -> str:
    """Return all options of a kernel that slides, as a clause that follows it."""
    geometry = layer.geometry
    around = f" with {MODES[geometry.padding_mode].format(number_text(geometry.padding_value))}"
    return options_words(layer, around)
