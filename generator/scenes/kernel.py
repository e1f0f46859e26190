"""The filters of a scene, from a name or numbers as an author writes them to weights and their scale."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from generator.arithmetic import KERNELS, Array, Geometry, NamedKernel, Operation, Pair, laid, scaled
from generator.errors import InvalidValue, suggestion
from generator.scenes.declared_arrays import LARGEST_NUMBER, declared_array, is_list_of_texts
from generator.scenes.numerals import size_text, weight_text

SCALE_FORM = re.compile(r"(?P<over>[+-]?\d{1,18}(\.\d{1,18})?)(/(?P<under>\d{1,18}))?")

WeightTexts = list[list[list[list[str]]]]
"""Printed weights in the kernel's shape."""


@dataclass(frozen=True, eq=False)
class SceneKernel:
    """Filters as declared: their weights before scaling, and the scale."""

    name: str
    """The catalogue's name, several with commas between them, or "" where the author wrote numbers."""
    weights: Array
    """Unscaled, shape (O, C / groups, KH, KW), of a layer that spreads (C, O / groups, KH, KW)."""
    scale: Fraction
    """Every weight is multiplied by it."""
    asks: str
    """The question this kernel asks of an image, or ""."""

    @property
    def values(self) -> Array:
        """Return the weights times the scale, each rounded once."""
        return scaled(self.weights, self.scale)

    @property
    def size(self) -> Pair:
        """Return the (height, width) of every filter."""
        return self.weights.shape[-2], self.weights.shape[-1]

    def laid_texts(self, operation: Operation) -> WeightTexts:
        """Return the scaled weights as they lie on the window, and as they are printed, fractions kept."""
        weights = laid(self.weights, operation).tolist()
        return [
            [[[weight_text(weight, self.scale) for weight in row] for row in plane] for plane in planes]
            for planes in weights
        ]


def declared_kernel(declared: str | list[Any], scale: Fraction) -> SceneKernel:
    """Return a kernel whose weights have as many axes as the author wrote.

    Raises:
        InvalidValue: no kernel has that name, several have different sizes, or these are no grids of numbers.

    """
    if is_list_of_texts(declared):
        return _named_filters(declared, scale)
    if isinstance(declared, list):
        return SceneKernel("", declared_array(declared, "kernel"), scale, "")
    named = _named(declared)
    return SceneKernel(declared, np.array(named.weights), named.scale * scale, named.asks)


def _named_filters(names: list[str], scale: Fraction) -> SceneKernel:
    """Return named kernels as the filters of one, their scales brought to one denominator."""
    kernels = [_named(name, row) for row, name in enumerate(names, 1)]
    sizes = [size_text(*np.shape(kernel.weights)) for kernel in kernels]
    for row, size in enumerate(sizes, 1):
        if size != sizes[0]:
            fact = f'"{names[row - 1]}" is a {size} kernel, and "{names[0]}" {sizes[0]}'
            raise InvalidValue(fact, "The filters of one scene have the same size.", row=row)
    common = Fraction(1, lcm(*(kernel.scale.denominator for kernel in kernels)))
    weights = [np.array(kernel.weights) * int(kernel.scale / common) for kernel in kernels]
    return SceneKernel(", ".join(names), np.stack(weights)[:, np.newaxis], common * scale, "")


def _named(name: str, row: int = 0) -> NamedKernel:
    if name not in KERNELS:
        raise InvalidValue(f'unknown kernel "{name}"', suggestion(name, KERNELS), row=row)
    return KERNELS[name]


def filters_of(weights: Array, channels: int, geometry: Geometry) -> Array:
    """Return weights with all four axes; one grid with a group for each channel lies on each of them.

    Raises:
        InvalidValue: one grid cannot lie on several channels.

    """
    if weights.ndim == 2 and geometry.groups == channels:
        return np.repeat(weights[np.newaxis, np.newaxis], channels, axis=0)
    if weights.ndim == 2 and channels > 1 and channels % geometry.groups == 0:
        raise InvalidValue(
            f"the kernel is one grid, and the image has {channels} channels",
            f"Add groups = {channels} to lay it on each of them, or give it a grid for each channel.",
            "kernel",
        )
    return weights.reshape((1,) * (4 - weights.ndim) + weights.shape)


def declared_scale(declared: str | float) -> Fraction:
    """Return a scale such as "1/9" or 0.25.

    Raises:
        InvalidValue: it is no fraction, nothing, or too large.

    """
    written = declared if isinstance(declared, str) else format(Decimal(repr(declared)), "f")
    form = SCALE_FORM.fullmatch(written.replace(" ", ""))
    under = int(form["under"] or 1) if form else 0
    scale = Fraction(form["over"]) / under if form and under else Fraction(0)
    if scale == 0 or abs(scale) > LARGEST_NUMBER:
        raise InvalidValue(f'"{declared}" cannot be a scale', 'Write a fraction such as "1/9" or a number.')
    return scale
