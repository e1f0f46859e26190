"""Random layers over all options at once, drawn so that they can be computed."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from generator.arithmetic import ACTIVATIONS, PADDING_MODES, Activation, Geometry
from tests.arithmetic.oracle import Options

Drawn = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class RandomLayer:
    image: Drawn
    weights: Drawn
    geometry: Geometry
    bias: Drawn | None
    activation: Activation | None

    @property
    def options(self) -> Options:
        """Return the same options for those who share no code."""
        return Options(
            self.geometry.stride,
            self.geometry.padding,
            self.geometry.padding_mode,
            self.geometry.dilation,
            self.geometry.groups,
            self.geometry.transposed,
            self.geometry.output_padding,
            Fraction(self.geometry.padding_value),
        )


def random_layer(rng: np.random.Generator, *, whole: bool) -> RandomLayer:
    """Return a layer that can be computed: options are drawn anew until they fit."""
    while True:
        layer = _drawn(rng, whole=whole)
        if layer is not None:
            return layer


def _drawn(rng: np.random.Generator, *, whole: bool) -> RandomLayer | None:
    def number(low: int, high: int) -> int:
        return int(rng.integers(low, high, endpoint=True))

    size = (1 if rng.random() < 0.15 else number(1, 8), number(1, 8))
    kernel = (number(1, 4), number(1, 4))
    if rng.random() < 0.15:  # wide ones, whose rows are taken in pieces
        size, kernel = (number(1, 4), number(10, 40)), (number(1, 2), number(5, 13))
    stride, dilation = (number(1, 4), number(1, 4)), (number(1, 3), number(1, 3))
    groups, per_group, outputs = number(1, 3), number(1, 2), number(1, 2)
    transposed = rng.random() < 0.25
    mode = "zeros" if transposed else PADDING_MODES[number(0, len(PADDING_MODES) - 1)]
    margins = ((number(0, 4), number(0, 4)), (number(0, 4), number(0, 4)))
    extra = (number(0, max(stride[0], dilation[0]) - 1), number(0, max(stride[1], dilation[1]) - 1))
    channels, filters = groups * per_group, groups * outputs
    for side, pair in zip(size, margins, strict=True):
        limit = {"reflect": side - 1, "symmetric": side, "circular": side}.get(mode, 99)
        if max(pair) > limit:
            return None
    for side, taps, apart, step, pair, more in zip(
        size, kernel, dilation, stride, margins, extra, strict=True
    ):
        reach = apart * taps - apart + 1
        if transposed and (side - 1) * step + reach + more - sum(pair) < 1:
            return None
        if not transposed and side + sum(pair) < reach:
            return None
    value = numbers(rng, (), whole=whole or rng.random() < 0.5).item() if mode == "constant" else 0
    extra = extra if transposed else (0, 0)
    geometry = Geometry(stride, margins, mode, dilation, groups, transposed, extra, padding_value=value)
    shape = (channels, outputs, *kernel) if transposed else (filters, per_group, *kernel)
    bias = numbers(rng, (filters,), whole=whole) if rng.random() < 0.5 else None
    image, weights = numbers(rng, (channels, *size), whole=whole), numbers(rng, shape, whole=whole)
    activation = ACTIVATIONS[number(0, len(ACTIVATIONS) - 1)] if rng.random() < 0.5 else None
    return RandomLayer(image, weights, geometry, bias, activation)


def numbers(rng: np.random.Generator, shape: tuple[int, ...], *, whole: bool) -> Drawn:
    """Return random numbers: small or large whole ones, or fractions over many magnitudes."""
    if whole:
        limit = int(rng.choice([3, 255, 2**27]))
        return np.asarray(rng.integers(-limit, limit, shape, endpoint=True))
    return np.asarray(rng.normal(size=shape) * 10.0 ** rng.integers(-3, 4, shape))
