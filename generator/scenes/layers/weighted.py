"""What layers with weights share: their keys, and what is made of what an author declares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from generator.arithmetic import (
    CUTTING,
    Activation,
    Array,
    Geometry,
    Mask,
    Numbers,
    Operation,
    PaddingMode,
    Pair,
    activated,
    cut_off,
    declared_padding,
    declared_pair,
    filter_count,
    geometry_of,
    is_whole,
    laid,
    layer_output,
    without_noise,
)
from generator.errors import InvalidValue, counted
from generator.scenes.check import Check
from generator.scenes.declared_arrays import check_number
from generator.scenes.documents import nested, shaped
from generator.scenes.frozen import frozen
from generator.scenes.kernel import (
    SceneKernel,
    WeightTexts,
    declared_kernel,
    declared_scale,
    filters_of,
)
from generator.scenes.keys import WindowKeys
from generator.scenes.layers.declared_options import image_size, judged_options

GEOMETRY_KEYS = (
    *("stride", "padding", "padding_mode", "padding_value", "dilation", "groups", "transposed"),
    "output_padding",
)
NAMES_OR_ROWS = "a name, a list of names, or rows of numbers"


class ConvolutionKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of a convolution, also of a transposed one."""

    kernel: Annotated[
        str | list[Any], msgspec.Meta(description=NAMES_OR_ROWS, examples=['kernel = "sobel-x"'])
    ]
    scale: Annotated[str | int | float, msgspec.Meta(description='a fraction such as "1/9" or a number')] = 1
    operation: Literal["cross-correlation", "convolution"] = "cross-correlation"
    padding_mode: PaddingMode = "zeros"
    padding_value: int | float = 0
    groups: Any = 1
    bias: Annotated[
        int | float | list[Any], msgspec.Meta(description="a number, or a list with one for each filter")
    ] = 0
    activation: Activation | None = None
    transposed: Annotated[bool, msgspec.Meta(description="true or false")] = False
    output_padding: Any = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightedLayer:
    """Filters, how they are laid, what is added to their sums, and what is made of these."""

    kernel: SceneKernel
    geometry: Geometry
    bias: Array
    """Shape (O,)."""
    activation: Activation | None
    operation: Operation

    @property
    def size(self) -> Pair:
        """Return the kernel's (height, width)."""
        return self.kernel.size

    @property
    def makes_pixels(self) -> bool:
        """Tell whether brightnesses add up to brightnesses: where nothing is ever taken away."""
        return bool(self.values.min() >= 0 and self.bias.min() >= 0)

    @cached_property
    def values(self) -> Array:
        """Return the scaled weights as declared, in the kernel's shape."""
        return frozen(self.kernel.values)

    @cached_property
    def laid(self) -> Numbers:
        """Return the scaled weights as they lie on the window: a convolution's are flipped."""
        return laid(self.values, self.operation)

    @cached_property
    def unscaled(self) -> Numbers:
        """Return the weights as they lie on the window, before they are scaled."""
        return laid(self.kernel.weights, self.operation)

    @cached_property
    def texts(self) -> WeightTexts:
        """Return the printed weights as they lie on the window, in the kernel's shape."""
        return self.kernel.laid_texts(self.operation)

    def sums(self, image: Array) -> Array:
        """Return what it makes before the activation; fractions that cancel each other leave nothing.

        Raises:
            InvalidValue: a sum of whole numbers might not fit into 64 bits.

        """
        weights, scale = self.unscaled, self.kernel.scale
        sums = layer_output(image, weights, self.geometry, self.bias, scale=scale)
        if all(map(is_whole, (image, weights, self.bias))):
            return sums
        reach = layer_output(
            np.abs(image), np.abs(weights), self.geometry, np.abs(self.bias), scale=abs(scale)
        )
        return without_noise(sums, reach, weights.size)

    def output(self, image: Array) -> Array:
        """Return what it makes, after the activation; raises as `sums`."""
        return activated(self.sums(image), self.activation)

    def cut_cells(self, image: Array) -> Mask:
        """Return where the activation cuts off a sum, shape (O, OH, OW); raises as `sums`."""
        if self.activation not in CUTTING:
            return np.zeros((len(self.bias), *self.output_size((image.shape[1], image.shape[2]))), bool)
        return cut_off(self.sums(image), self.activation)

    def output_size(self, image_size: Pair) -> Pair:
        """Return the (height, width) of what it makes."""
        return self.geometry.output_size(image_size, self.size)

    def document(self) -> Mapping[str, Any]:
        """Return what the JSON says of it, in order."""
        geometry = self.geometry
        return {
            "operation": self.operation,
            "kernel": {"name": self.kernel.name or None, **shaped(self.values)},
            "bias": nested(self.bias),
            "activation": self.activation,
            "stride": geometry.stride,
            "padding": geometry.padding,
            "padding_mode": geometry.padding_mode,
            **_padding_value(geometry),
            "dilation": geometry.dilation,
            "groups": geometry.groups,
        }


def _padding_value(geometry: Geometry) -> dict[str, float]:
    """Return the number that stands around an image; most paddings have none of their own."""
    return {"padding_value": geometry.padding_value} if geometry.padding_mode == "constant" else {}


@dataclass(frozen=True)
class DeclaredWeights:
    """Values that can be used each by itself."""

    kernel: SceneKernel
    geometry: Geometry


def declared_weights(
    check: Check,
    image: Array | None,
    key: str = "kernel",
    read: Callable[[Any, Fraction], SceneKernel] = declared_kernel,
) -> DeclaredWeights | None:
    """Return a kernel and how it is laid, once each value by itself can be used, and there is an image."""
    given = check.given
    scale = check("scale", declared_scale) if "scale" in given else Fraction(1)
    kernel = check(key, lambda declared: read(declared, scale or Fraction(1)))
    geometry = _geometry(check, kernel, image)
    check("bias", _check_bias)
    if check.problems or image is None or kernel is None or geometry is None:
        return None
    return DeclaredWeights(kernel, geometry)


def _geometry(check: Check, kernel: SceneKernel | None, image: Array | None) -> Geometry | None:
    given, line, known = check.given, check.line, len(check.problems)
    for key in ("stride", "output_padding"):
        check(key, partial(declared_pair, key, line=line))
    apart = check("dilation", partial(declared_pair, "dilation", line=line)) or (1, 1)
    check("groups", lambda declared: Geometry(groups=declared))
    check("padding_value", lambda declared: check_number(declared, "the padding_value"))
    size = kernel.size if kernel else (1, 1)
    options = judged_options(check, GEOMETRY_KEYS, image if kernel else None)
    padding = partial(declared_padding, dilation=apart, line=line, image_size=image_size(image))
    if "padding" in options and not (given.get("transposed") and isinstance(given["padding"], str)):
        check("padding", lambda declared: padding(declared, size))
    if len(check.problems) > known:
        return None
    laid = partial(geometry_of, size, **options, line=line, image_size=image_size(image))
    return check.of("padding", laid)


def fields_of(check: Check, image: Array, declared: DeclaredWeights) -> dict[str, Any]:
    """Return the fields of a layer of values that can be used each by itself.

    Raises:
        InvalidValue: they do not go together.

    """
    weights = filters_of(declared.kernel.weights, len(image), declared.geometry)
    filters = filter_count(image, weights, declared.geometry)
    return {
        "kernel": replace(declared.kernel, weights=weights),
        "geometry": declared.geometry,
        "bias": _bias(check.given.get("bias", 0), filters),
        "activation": check.given.get("activation"),
        "operation": check.given.get("operation", "cross-correlation"),
    }


def _check_bias(declared: float | list[Any]) -> None:
    if not isinstance(declared, list):
        check_number(declared, "the bias")
        return
    if not declared:
        raise InvalidValue("the list of biases is empty", "Write one number for each filter.")
    for number, value in enumerate(declared, 1):
        check_number(value, f"number {number} of the bias", number)


def _bias(declared: float | list[Any], filters: int) -> Array:
    """Return the bias of each filter; a single number is that of all."""
    numbers = declared if isinstance(declared, list) else [declared] * filters
    if len(numbers) != filters:
        fact = f"the bias has {counted(len(numbers), 'number')}, and the kernel {counted(filters, 'filter')}"
        raise InvalidValue(fact, "Write one number for each filter, or a single one for all.", "bias")
    whole = all(float(number).is_integer() for number in numbers)
    return np.array(numbers, dtype=np.int64 if whole else np.float64)
