"""What the reels of one layer share: its size, their printed equations, and the arrays that may be files."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from generator.arithmetic import Activation, Array, Mask, Pair
from generator.scenes.digits import Digits, enough_digits
from generator.scenes.documents import INPUT_FILE, OUTPUT_FILE
from generator.scenes.equations import Equations
from generator.scenes.ground import Ground
from generator.scenes.layers.weighted import WeightedLayer
from generator.scenes.reel import Reel
from generator.scenes.values import Laid


@dataclass(frozen=True, eq=False, kw_only=True)
class LayerReel(Reel):
    """A reel whose frames spell out what one layer does."""

    @property
    @abstractmethod
    def layer(self) -> Laid:
        """Return the layer."""

    @property
    @abstractmethod
    def ground(self) -> Ground:
        """Return the image as the layer sees it."""

    @property
    def kernel_size(self) -> Pair:
        """Return the (height, width) of what is laid on the image, or spread."""
        return self.layer.size

    def equations_of(self, number: int) -> Equations:
        """Return the printed equations of a frame, counted from 1."""
        return self._equations[number - 1]

    @cached_property
    def _equations(self) -> tuple[Equations, ...]:
        return tuple(map(self.printed, self.frames))

    @abstractmethod
    def printed(self, frame: Any) -> Equations:  # noqa: ANN401 - of the reel's own kind
        """Return the equations of a frame as they are printed; `equations_of` keeps them."""

    @property
    def filed(self) -> Mapping[str, Array]:
        """Return the image and the output, which may stand in files of their own."""
        return {INPUT_FILE: self.image, OUTPUT_FILE: self.output}


@dataclass(frozen=True, eq=False, kw_only=True)
class ProductReel(LayerReel):
    """A reel whose frames multiply."""

    @abstractmethod
    def products_of(self, number: int) -> Array:
        """Return the products of a frame, counted from 1, shape (planes, KH, KW)."""

    @cached_property
    def largest_product(self) -> float:
        """Return the largest product of any frame, in absolute value."""
        return max(float(np.abs(products).max()) for products in self._products)

    @cached_property
    def smallest_product(self) -> float:
        """Return the smallest product of any frame: below zero where there are negative ones."""
        return min(float(products.min()) for products in self._products)

    @property
    def _products(self) -> list[Array]:
        return [self.products_of(frame.number) for frame in self.frames]


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightedReel(ProductReel):
    """A reel whose frames multiply by weights, and activate what they add up."""

    @property
    @abstractmethod
    def layer(self) -> WeightedLayer:
        """Return the layer."""

    @property
    def activation(self) -> Activation | None:
        """Return what is made of every sum."""
        return self.layer.activation

    @cached_property
    def cut_cells(self) -> Mask:
        """Return where in the output the activation has cut a sum off, as booleans of its shape."""
        return self.layer.cut_cells(self.image)

    def digits_of(
        self, declared: Iterable[Array], made: Iterable[Array], products: Array, answers: Iterable[Array]
    ) -> Digits:
        """Return the digits that print all numbers; fractions that an activation makes may be rounded."""
        scale = self.layer.kernel.scale
        if self.makes_fractions:
            return enough_digits(declared, made, products, scale, answers)
        return enough_digits(declared, (*made, *answers), products, scale)
