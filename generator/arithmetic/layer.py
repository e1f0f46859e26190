"""A layer as PyTorch has it: several channels and filters, bias, activation, and the transposed kind.

Weights are meant as they lie on the window; `laid` turns those of a convolution round. A layer's are of
shape (O, C / groups, KH, KW), a transposed layer's of shape (C, O / groups, KH, KW).
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

import numpy as np

from generator.arithmetic.activation import Activation, activated
from generator.arithmetic.correlation import add_sums
from generator.arithmetic.exactness import (
    Array,
    Numbers,
    largest,
    number_type,
    require_int64,
    scaled,
    sum_type,
)
from generator.arithmetic.geometry import NO_MARGINS, Geometry, lines_under
from generator.arithmetic.padding import NOTHING, Places, padded
from generator.errors import InvalidValue, counted, shortened, suggestion

Operation: TypeAlias = Literal["cross-correlation", "convolution"]

OPERATIONS: tuple[Operation, ...] = get_args(Operation)

PLAIN = Geometry()

ONE = Fraction(1)


def laid(weights: Numbers, operation: Operation) -> Numbers:
    """Return the weights as they lie on the window: those of a convolution are turned by half a circle.

    Weights are of shape (..., KH, KW), and the result is a view of them.

    Raises `InvalidValue` if the operation is unknown.

    >>> laid(np.array([[1, 2], [3, 4]]), "convolution").tolist()
    [[4, 3], [2, 1]]
    """
    if operation not in OPERATIONS:
        fact = f'unknown operation "{shortened(str(operation))}"'
        raise InvalidValue(fact, suggestion(str(operation), OPERATIONS), key="operation")
    return weights[..., ::-1, ::-1] if operation == "convolution" else weights


def layer_output(  # noqa: PLR0913 - what PyTorch has, and the scale
    image: Numbers,
    weights: Numbers,
    geometry: Geometry = PLAIN,
    bias: Numbers | None = None,
    activation: Activation | None = None,
    *,
    scale: Fraction = ONE,
) -> Array:
    """Return the output of a layer, shape (O, OH, OW): sums times the scale, plus bias, activated.

    The image is of shape (C, H, W), the weights as this module says, the bias of shape (O,). The result is
    int64 and exact if image, padding, weights and bias are whole, every sum times the scale is, and the
    activation keeps it so; otherwise float64, where infinity and not-a-number reach just the windows that
    hold them.

    Raises `InvalidValue` if shapes, groups or geometry do not go together, and if a sum of whole numbers
    might not fit into int64.

    >>> image, weights = np.array([[[1, 1, 9, 9]]]), np.array([[[[-1, 1]]]])
    >>> layer_output(image, weights, Geometry(padding=((0, 0), (1, 0))), np.array([2]))
    array([[[ 3,  2, 10,  2]]])
    """
    filters = filter_count(image, weights, geometry)
    sums = _sums(image, weights, geometry, filters)
    if scale != 1:
        sums = scaled(sums, scale)
    return activated(sums if bias is None else _biased(sums, bias), activation)


def layer_products(image: Numbers, weights: Numbers, geometry: Geometry = PLAIN) -> "LayerProducts":
    """Return the products of every window, made when they are asked for.

    Shapes are those of `layer_output`; the geometry may not be transposed.

    Raises `InvalidValue` like `layer_output`.

    >>> products = layer_products(np.array([[[2, 3, 5]]]), np.array([[[[-1, 1]]]]))
    >>> products.shape, products.at(0, 0, 1).tolist()
    ((1, 1, 2, 1, 1, 2), [[[-3, 5]]])
    """
    if geometry.transposed:
        raise InvalidValue("a transposed layer has patches, not products of windows", key="transposed")
    filter_count(image, weights, geometry)
    kernel_size = weights.shape[2], weights.shape[3]
    height, width = geometry.output_size((image.shape[1], image.shape[2]), kernel_size)
    around = _around(image, geometry)
    plane, row, column = around.strides
    windows: Array = np.lib.stride_tricks.as_strided(
        around,
        (len(image), height, width, *kernel_size),
        (
            plane,
            row * geometry.stride[0],
            column * geometry.stride[1],
            row * geometry.dilation[0],
            column * geometry.dilation[1],
        ),
        writeable=False,
    )
    return LayerProducts(windows, weights, geometry.groups)


@dataclass(frozen=True, eq=False)
class LayerProducts:
    """Every pixel of every window times its weight."""

    windows: Array
    """The pixels under every window, shape (C, OH, OW, KH, KW), a view of the padded image."""
    weights: Numbers
    """Shape (O, C / groups, KH, KW)."""
    groups: int

    @property
    def shape(self) -> tuple[int, int, int, int, int, int]:
        """Return (O, OH, OW, C / groups, KH, KW)."""
        filters, channels, *kernel = self.weights.shape
        return (filters, self.windows.shape[1], self.windows.shape[2], channels, kernel[0], kernel[1])

    def at(self, number: int, row: int, column: int) -> Array:
        """Return the products of one filter at one window, in window order, shape (C / groups, KH, KW)."""
        return _products(self.pixels(number)[:, row, column], self.weights[number])

    def of_filter(self, number: int) -> Array:
        """Return the products of one filter at all windows, shape (OH, OW, C / groups, KH, KW)."""
        pixels = np.moveaxis(self.pixels(number), 0, 2)
        return _products(pixels, self.weights[number])

    def all(self) -> Array:
        """Return the products of all filters at all windows, of the shape that `shape` tells."""
        return np.stack([self.of_filter(number) for number in range(len(self.weights))])

    def pixels(self, number: int) -> Array:
        """Return the pixels that one filter sees, shape (C / groups, OH, OW, KH, KW)."""
        channels = self.weights.shape[1]
        first = number // (len(self.weights) // self.groups) * channels
        return self.windows[first : first + channels]


def layer_patch(image: Numbers, weights: Numbers, geometry: Geometry, pixel: tuple[int, int, int]) -> Array:
    """Return what one pixel spreads in a transposed layer, shape (O / groups, KH, KW).

    The pixel is (channel, row, column). Its patch belongs to the outputs that `outputs_of` tells; its corner
    is `geometry.window(row, column)`, and its cells lie `geometry.dilation` apart. Errors are those of
    `layer_output`.

    >>> spread = Geometry(transposed=True)
    >>> layer_patch(np.array([[[2, 3]]]), np.array([[[[1, -1]]]]), spread, (0, 0, 1)).tolist()
    [[[3, -3]]]
    """
    filter_count(image, weights, geometry)
    return _products(image[pixel], weights[pixel[0]])


def outputs_of(channel: int, weights: Numbers, geometry: Geometry) -> range:
    """Return which channels of a transposed layer's output one channel of its image spreads over.

    >>> outputs_of(3, np.ones((4, 3, 1, 1)), Geometry(transposed=True, groups=2))
    range(3, 6)
    """
    each = weights.shape[1]
    group = channel // (weights.shape[0] // geometry.groups)
    return range(group * each, group * each + each)


def _products(pixels: Numbers, weights: Numbers) -> Array:
    if number_type(pixels, weights) is np.int64:
        require_int64(largest(pixels) * largest(weights))
    with np.errstate(over="ignore", invalid="ignore"):
        made: Array = np.multiply(pixels, weights, dtype=number_type(pixels, weights), order="C")
    return made


def _around(image: Numbers, geometry: Geometry) -> Array:
    """Return the image with its padding."""
    return padded(image, geometry.padding, geometry.padding_mode, geometry.padding_value)


def _sums(image: Numbers, weights: Numbers, geometry: Geometry, filters: int) -> Array:
    """Return the sums of products, shape (O, OH, OW)."""
    size = geometry.output_size((image.shape[1], image.shape[2]), (weights.shape[2], weights.shape[3]))
    if geometry.padding_mode != "zeros":
        image = _around(image, geometry)
        geometry = replace(geometry, padding=NO_MARGINS, padding_mode="zeros", padding_value=0)
    computed_in = sum_type(image, _by_output(weights, geometry))
    memory = np.zeros if geometry.transposed else np.empty
    sums: Array = memory((filters, *size), number_type(image, weights))
    channels, kernels, outputs = (len(array) // geometry.groups for array in (image, weights, sums))
    for group in range(geometry.groups):
        own = (
            sums[group * outputs : (group + 1) * outputs],
            image[group * channels : (group + 1) * channels],
            weights[group * kernels : (group + 1) * kernels],
            geometry,
        )
        if geometry.transposed:
            _spread(*own)
        else:
            add_sums(*own, computed_in)
    return sums


def _by_output(weights: Numbers, geometry: Geometry) -> Numbers:
    """Return the weights with all that one output sums in one entry of the first axis."""
    if not geometry.transposed:
        return weights
    channels, outputs, *kernel = weights.shape
    grouped = weights.reshape(geometry.groups, channels // geometry.groups, outputs, *kernel)
    return grouped.swapaxes(1, 2).reshape(-1, channels // geometry.groups, *kernel)


def _spread(sums: Array, image: Numbers, weights: Numbers, geometry: Geometry) -> None:
    """Add what the pixels of one group of channels spread, one weight after the other.

    `image` is of shape (C, H, W), `weights` of shape (C, O, KH, KW) and `sums` of shape (O, OH, OW).
    """
    height, width = image.shape[1:]
    down, across = lines_under(geometry, (height, width), (weights.shape[2], weights.shape[3]))
    with np.errstate(over="ignore", invalid="ignore"):
        for channel, number in np.ndindex(*weights.shape[:2]):
            pixels: Array = image[channel].astype(sums.dtype)
            kernel: Array = weights[channel, number].astype(sums.dtype)
            for row, column in np.ndindex(*weights.shape[2:]):
                from_rows, to_rows = _landing(down[:, row], geometry.stride[0])
                from_columns, to_columns = _landing(across[:, column], geometry.stride[1])
                target = sums[number, to_rows, to_columns]
                np.add(target, pixels[from_rows, from_columns] * kernel[row, column], out=target)


def _landing(places: Places, stride: int) -> tuple[slice, slice]:
    """Return which lines of the image one weight spreads, and on which lines of the output.

    >>> _landing(np.array([NOTHING, 1, 3, NOTHING]), 2)
    (slice(1, 3, None), slice(1, 4, 2))
    """
    (inside,) = np.nonzero(places != NOTHING)
    if not inside.size:
        return slice(0, 0), slice(0, 0)
    first, last = int(inside[0]), int(inside[-1])
    return slice(first, last + 1), slice(int(places[first]), int(places[last]) + 1, stride)


def _biased(sums: Array, bias: Numbers) -> Array:
    """Return the sums with the bias of each filter added."""
    if bias.shape != (len(sums),):
        numbers = counted(bias.size, "number") if bias.ndim == 1 else f"the shape {bias.shape}"
        fact = f"the bias has {numbers}, and the kernel {counted(len(sums), 'filter')}"
        raise InvalidValue(fact, "Write one number for each filter.", key="bias")
    dtype = number_type(sums, bias)
    if dtype is np.int64:
        require_int64(largest(sums) + largest(bias))
    with np.errstate(over="ignore", invalid="ignore"):
        biased: Array = np.add(sums, bias[:, np.newaxis, np.newaxis], dtype=dtype)
    return biased


def filter_count(image: Numbers, weights: Numbers, geometry: Geometry) -> int:
    """Return how many filters there are, each with an output of its own.

    Raises `InvalidValue` unless channels, filters and groups go together, and for pooling's `ceil_mode`.

    >>> filter_count(np.ones((4, 5, 5)), np.ones((6, 2, 3, 3)), Geometry(groups=2))
    6
    """
    for key, array, axes in (
        ("image", image, "channels, rows and columns"),
        ("kernel", weights, "filters, channels, rows and columns"),
    ):
        if array.ndim != axes.count(",") + 2 or not array.size:
            raise InvalidValue(f"the {key} has the shape {array.shape}, not {axes}", key=key)
    if geometry.ceil_mode:
        raise InvalidValue("only pooling has ceil_mode", "Leave it out.", key="ceil_mode")
    groups = geometry.groups
    _require_groups(len(image), "channel", groups)
    if geometry.transposed:
        if len(weights) != len(image):
            fact = f"the kernel spreads {counted(len(weights), 'channel')}; the image has {len(image)}"
            raise InvalidValue(
                fact, "A transposed layer's kernel begins with the channels of its image.", key="kernel"
            )
        return int(weights.shape[1]) * groups
    _require_groups(len(weights), "filter", groups)
    if weights.shape[1] * groups != len(image):
        each = len(image) // groups
        grouped = f" in {groups} groups" if groups > 1 else ""
        fact = f"a filter has {counted(weights.shape[1], 'channel')}; the image has {len(image)}{grouped}"
        raise InvalidValue(fact, f"Give each filter {counted(each, 'channel')}.", key="kernel")
    return len(weights)


def _require_groups(count: int, noun: str, groups: int) -> None:
    if count % groups:
        fact = f"{counted(count, noun)} cannot be split into {groups} groups"
        divisors = [str(number) for number in range(1, count + 1) if count % number == 0]
        raise InvalidValue(fact, f"groups may be {' or '.join(divisors)}.", key="groups")
