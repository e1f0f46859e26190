"""A scene computed: every frame in reading order, with input, kernel and output."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from generator.arithmetic import NOTHING, Array, Numbers, Pair, Places, activated, laid, padded, seen_pixels
from generator.scenes.digits import Digits, enough_digits
from generator.scenes.equations import Equations, Printed, Term
from generator.scenes.receptive_field import Sight
from generator.scenes.scene import Cell, Scene

FULL_COLOUR = 99
"""In a photograph, so many of a hundred answers do not pass the one that has its full colour."""
WHITE = 255
"""The brightest pixel of a photograph."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One window position, or of a transposed scene one pixel that spreads. Indices count from 0."""

    number: int
    """Counted from 1."""
    place: Cell
    """The output cell that it fills, or the input pixel that spreads."""
    window: Pair
    """The window's top left corner in the input, below 0 inside the padding; a patch's in the output."""
    planes: range
    """The channels under the window, or the filters' outputs that the patch lands on."""
    products: Array
    """Pixel times weight in window order, shape (len(planes), KH, KW). Of a pooling scene the pixels."""
    running: Array
    """What is reached product by product, shape (products.size,): the sum, or the largest of a max pool."""
    channel_sums: Array
    """What the products of each channel add up to, shape (len(planes),)."""
    sum: float
    """The products' sum plus bias; of a pool the pixels' sum or largest; of a pixel that spreads, itself."""
    value: float
    """What stands in the cell that is filled: the sum after the activation."""
    changes: Mapping[Cell, float] = field(default_factory=dict)
    """The output cells that it writes, with the number that stands in each from now on."""
    winner: Pair | None = None
    """(row, column) in the input of the pixel that max pooling chose."""
    sights: tuple[Sight, ...] = ()
    """Of a stack what the cell sees of each grid below, the image first."""


@dataclass(frozen=True, eq=False)
class Reel:
    """All frames of one scene in reading order. Arrays carry PyTorch's axes.

    Of a stack they are the frames of its last layer, whose input is what reaches it.
    """

    scene: Scene
    output: Array
    """Shape (O, OH, OW), after the activation."""
    frames: tuple[Frame, ...]

    @property
    def image(self) -> Array:
        """Return the image as declared, shape (C, H, W)."""
        return frozen(self.scene.layers[0].image)

    @property
    def input(self) -> Array:
        """Return what the kernel is laid on, shape (C, H, W): the image, if no layer lies between."""
        return frozen(self.scene.image)

    @property
    def input_size(self) -> Pair:
        """Return the input's (height, width)."""
        return self.scene.image_size

    @property
    def kernel_size(self) -> Pair:
        """Return the kernel's (height, width)."""
        return self.scene.kernel.size

    @property
    def output_size(self) -> Pair:
        """Return the feature map's (height, width)."""
        return self.output.shape[1], self.output.shape[2]

    @cached_property
    def kernel(self) -> Array:
        """Return the scaled weights as declared, in the shape that the scene's kernel has."""
        return frozen(self.scene.kernel.values)

    @cached_property
    def window_kernel(self) -> Numbers:
        """Return the scaled weights as they lie on the window: a convolution's are flipped."""
        return laid(self.kernel, self.scene.operation)

    @cached_property
    def weight_texts(self) -> list[list[list[list[str]]]]:
        """Return the printed weights as they lie on the window, in the kernel's shape."""
        return self.scene.kernel.laid_texts(self.scene.operation)

    @cached_property
    def padded(self) -> Array:
        """Return the image with its padding, shape (C, PH, PW); of a transposed scene as it is."""
        geometry = self.scene.geometry
        return (
            self.input if geometry.transposed else padded(self.input, geometry.padding, geometry.padding_mode)
        )

    @cached_property
    def sources(self) -> Places:
        """Return which pixel is seen at every padded cell, shape (PH, PW, 2), or `NOTHING` for a zero."""
        geometry = self.scene.geometry
        margins = ((0, 0), (0, 0)) if geometry.transposed else geometry.padding
        return seen_pixels(self.input_size, margins, geometry.padding_mode)

    @cached_property
    def bare(self) -> list[list[bool]]:
        """Return where padding shows a zero that no pixel of the image stands for, row by row."""
        where: list[list[bool]] = (self.sources[..., 0] == NOTHING).tolist()
        return where

    @cached_property
    def begun(self) -> list[float]:
        """Return what each output holds before any pixel has spread: its bias, activated."""
        begun: list[float] = activated(self.scene.bias, self.scene.activation).tolist()
        return begun

    @property
    def corner(self) -> Pair:
        """Return by how many (rows, columns) the padding stands before the image."""
        geometry = self.scene.geometry
        return (0, 0) if geometry.transposed else (geometry.padding[0][0], geometry.padding[1][0])

    def filter_of(self, frame: Frame) -> int:
        """Return which of the kernel's grids a frame uses, along the first axis of its weights."""
        return frame.place[0]

    def number_text(self, value: float) -> str:
        """Return a pixel or a bias as it is printed."""
        return self.digits.number(value)

    def part_text(self, value: float) -> str:
        """Return a product, or a sum of some, as it is printed: ninths stay ninths where the scale is one."""
        return self.digits.part(value)

    def result_text(self, value: float) -> str:
        """Return a sum or an answer as it is printed."""
        return self.digits.result(value)

    @cached_property
    def digits(self) -> Digits:
        """Return how all numbers are printed; of a photograph those decide that its frames show."""
        declared = (*(layer.image for layer in self.scene.layers), self.scene.bias)
        if self.scene.below:
            return enough_digits(declared, self._results(), np.zeros(0), Fraction(1))
        products = np.concatenate([frame.products.ravel() for frame in self.frames])
        return enough_digits(declared, (products, *self._results()), products, self.scene.kernel.scale)

    def _results(self) -> Iterator[Array]:
        """Yield what is made of the products, as far as it is shown."""
        if not self.scene.is_photo:
            yield self.output
        for frame in self.frames:
            yield np.array([frame.sum, frame.value, *frame.changes.values()])
            if not self.scene.below:
                yield from (frame.running, frame.channel_sums)

    def equations(self, frame: Frame) -> Equations:
        """Return the printed equations of a frame; a stack shows none."""
        return self._equations[frame.number - 1]

    @cached_property
    def _equations(self) -> tuple[Equations, ...]:
        return tuple(map(self._equations_of, self.frames))

    def _equations_of(self, frame: Frame) -> Equations:
        transposed = self.scene.geometry.transposed
        made = self.number_text if transposed else self.result_text
        bias = 0 if transposed else self.scene.bias[frame.place[0]].item()
        return Equations(
            planes=tuple(self._terms(frame)),
            channel_sums=tuple(Printed.of(n, self.part_text(n)) for n in frame.channel_sums.tolist()),
            bias=self.number_text(bias),
            sum=Printed.of(frame.sum, made(frame.sum)),
            value=Printed.of(frame.value, made(frame.value)),
        )

    def _terms(self, frame: Frame) -> Iterator[tuple[Term, ...]]:
        """Yield the printed terms of a frame plane by plane."""
        count = self.kernel_size[0] * self.kernel_size[1]
        products = frame.products.reshape(-1, count)
        pixels = np.broadcast_to(self.window_pixels(frame), frame.products.shape).reshape(-1, count)
        if self.scene.pooling:
            weights = [["1"] * count]
        else:
            weights = [
                [text for row in plane for text in row] for plane in self.weight_texts[self.filter_of(frame)]
            ]
        for plane in zip(pixels.tolist(), weights, products.tolist(), strict=True):
            yield tuple(
                Term(self.number_text(pixel), weight, Printed.of(product, self.part_text(product)))
                for pixel, weight, product in zip(*plane, strict=True)
            )

    @property
    def peak(self) -> Frame:
        """Return the first frame whose value is the largest in absolute value."""
        return max(self.frames, key=lambda frame: (abs(frame.value), -frame.number))

    @cached_property
    def input_range(self) -> tuple[float, float]:
        """Return the darkest and the brightest pixel."""
        return self.input.min().item(), self.input.max().item()

    @cached_property
    def largest_product(self) -> float:
        """Return the largest product of any frame, in absolute value."""
        return max(float(np.abs(frame.products).max()) for frame in self.frames)

    @cached_property
    def smallest_product(self) -> float:
        """Return the smallest product of any frame: below zero where there are negative ones."""
        return min(float(frame.products.min()) for frame in self.frames)

    @cached_property
    def largest_output(self) -> float:
        """Return the largest number that ever stands in the output or the sum, in absolute value.

        Of a photograph it is the answer that has its full colour, which few others pass.
        """
        if self.scene.is_photo:
            return self.full_answer
        sums = (abs(number) for frame in self.frames for number in (frame.sum, *frame.changes.values()))
        return max(float(np.abs(self.output).max()), *sums)

    @cached_property
    def is_signed(self) -> bool:
        """Tell whether an answer's sign means something; where no weight is negative it is a brightness."""
        return bool(self.kernel.min() < 0 or self.output.min() < 0)

    @cached_property
    def full_answer(self) -> float:
        """Return the absolute answer from which a picture of the output has its full colour, or is white."""
        sizes = np.abs(self.output).ravel()
        if not self.is_signed:
            return max(WHITE, float(sizes.max()))
        usual = float(np.percentile(sizes, FULL_COLOUR, method="higher"))
        return usual or float(sizes.max()) or 1

    def window_pixels(self, frame: Frame) -> Array:
        """Return the pixels that a frame multiplies, shape (channels, KH, KW); of a spread, the one."""
        if self.scene.geometry.transposed:
            return np.array(self.input[frame.place]).reshape(1, 1, 1)
        rows, columns = self.window_cells(frame)
        return self.padded[frame.planes.start : frame.planes.stop, rows, columns]

    def window_cells(self, frame: Frame) -> tuple[slice, slice]:
        """Return the padded rows, and columns, on which the weights of a frame lie."""
        sides = zip(frame.window, self.corner, self.kernel_size, self.scene.geometry.dilation, strict=True)
        rows, columns = (
            slice(start + before, start + before + (weights - 1) * apart + 1, apart)
            for start, before, weights, apart in sides
        )
        return rows, columns


def frozen(array: Array) -> Array:
    """Return the array so that it cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view
