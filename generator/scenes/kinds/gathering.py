"""A transposed layer seen from its output: each cell gathers the pixels that spread to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from generator.arithmetic import Array, activated, scaled
from generator.errors import InvalidValue
from generator.scenes.digits import Digits
from generator.scenes.equations import Equations, Printed, terms
from generator.scenes.frozen import frozen
from generator.scenes.ground import Ground, bare_ground
from generator.scenes.layers.spread import SpreadLayer
from generator.scenes.positions import Positions
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import Frame, FrameValues, SceneValues
from generator.scenes.running import added
from generator.scenes.scene import Cell
from generator.scenes.values import (
    OF_BIAS,
    OF_PIXELS,
    OF_PRODUCTS,
    OF_WEIGHTS,
    OF_WINDOWS,
    bound,
    term_values,
)

NOTHING = "nothing"
"""What a cell gathers that no pixel spreads to."""


@dataclass(frozen=True, eq=False, kw_only=True)
class GatheringFrame(Frame):
    """One cell of the output."""

    place: Cell
    pixels: Array
    """Those that spread to the cell, shape (channels, rows, columns); rows or columns may be none."""
    weights: tuple[tuple[tuple[str, ...], ...], ...]
    """The weights through which they do, printed, in the same shape."""
    products: Array
    """Pixel times weight, in the same shape."""
    channel_sums: Array
    """What the products of each channel add up to, shape (channels,)."""
    sum: float
    """The products' sum plus bias; `value` is what the activation leaves of it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Gathering:
    """Every cell of a transposed layer's output in reading order."""

    id: str
    """The scene's."""
    layer: SpreadLayer
    image: Array
    """Shape (C, H, W)."""
    output: Array
    """Shape (O, OH, OW), after the activation."""
    frames: tuple[GatheringFrame, ...]
    digits_of_all: Digits | None = None
    """How numbers are printed."""

    @property
    def ground(self) -> Ground:
        """Return the image, of which each pixel is seen alone."""
        return bare_ground(self.image)

    @property
    def windows(self) -> Ground:
        """Raise `InvalidValue`: pixels spread, and no window stops anywhere."""
        fact = f'the last layer of "{self.id}" is transposed, and has no places where a window stops'
        raise InvalidValue(fact, "Name a scene whose window slides.")

    @property
    def positions(self) -> Positions:
        """Return the cells of the output."""
        maps, height, width = self.output.shape
        return Positions(("filter",), "out", (maps, height, width), tuple(f.place for f in self.frames))

    @property
    def biases(self) -> tuple[Array, ...]:
        """Return the numbers that are declared beside the image."""
        return (self.layer.bias,)

    @property
    def before_activation(self) -> tuple[float, ...]:
        """Return the sum of each cell."""
        return tuple(frame.sum for frame in self.frames)

    @property
    def products_add_up_to_sums(self) -> bool:
        """Tell whether what a frame multiplies is added up; it is."""
        return True

    def bias_of(self, number: int) -> float:
        """Return the bias of a cell's map; frames are counted from 1."""
        bias: float = self.layer.bias[self.frames[number - 1].place[0]].item()
        return bias

    def products_of(self, number: int) -> Array:
        """Return the products of a cell, shape (channels, rows, columns)."""
        return self.frames[number - 1].products

    def pixels_of(self, number: int) -> Array:
        """Return the pixels that spread to a cell, shape (channels, rows, columns)."""
        return self.frames[number - 1].pixels

    def equations_of(self, number: int) -> Equations:
        """Return the printed equations of a cell."""
        frame = self.frames[number - 1]
        return Equations(
            planes=terms(self.digits, frame.pixels, frame.weights, frame.products),
            channel_sums=tuple(Printed.of(n, self.digits.part(n)) for n in frame.channel_sums.tolist()),
            bias=self.number_text(self.bias_of(number)),
            sum=Printed.of(frame.sum, self.result_text(frame.sum)),
            value=Printed.of(frame.value, self.result_text(frame.value)),
        )

    @property
    def digits(self) -> Digits:
        """Return how numbers are printed."""
        return self.digits_of_all or Digits()

    def number_text(self, value: float) -> str:
        """Return a pixel or a bias as it is printed."""
        return self.digits.number(value)

    def result_text(self, value: float) -> str:
        """Return a sum or an answer as it is printed."""
        return self.digits.result(value)

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the layer as a whole."""
        return bound(self, OF_WINDOWS, OF_WEIGHTS)

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one cell."""
        gathered = {**bound(self, OF_PIXELS, OF_PRODUCTS), **term_values(self, self._fullest)}
        told = {name: partial(self._or_nothing, value) for name, value in gathered.items()}
        return {**told, **bound(self, OF_BIAS)}

    @cached_property
    def _fullest(self) -> int:
        """Return the number of the frame with most rows of terms."""
        return max(self.frames, key=lambda frame: frame.products.shape[1]).number

    def _or_nothing(self, value: Callable[[FrameRange], str], frames: FrameRange) -> str:
        """Return a value of what a cell gathers, if that is anything."""
        return value(frames) or NOTHING if self.products_of(frames.last).size else NOTHING


def gathered(id_: str, layer: SpreadLayer, image: Array) -> Gathering:
    """Return every cell of what a layer makes of an image, shape (C, H, W).

    Raises:
        InvalidValue: a sum of whole numbers might not fit into 64 bits.

    """
    sums = layer.sums(image)
    output = activated(sums, layer.activation)
    frames = tuple(_frames(layer, image, sums, output))
    return Gathering(id=id_, layer=layer, image=image, output=frozen(output), frames=frames)


def _frames(layer: SpreadLayer, image: Array, sums: Array, output: Array) -> Iterator[GatheringFrame]:
    rows, columns = layer.reaching((image.shape[1], image.shape[2]))
    outputs = layer.kernel.weights.shape[1]
    for number, place in enumerate(np.ndindex(*output.shape), 1):
        plane, row, column = place
        channels = list(layer.channels_of(plane))
        down, across = rows[row], columns[column]
        pixels = image[np.ix_(channels, [at.line for at in down], [at.line for at in across])]
        through = [at.weight for at in down], [at.weight for at in across]
        weights = layer.unscaled[:, plane % outputs][np.ix_(channels, *through)]
        exact: Array = np.multiply(pixels, weights)
        texts = (layer.texts[channel][plane % outputs] for channel in channels)
        scale, value = layer.kernel.scale, output[place].item()
        yield GatheringFrame(
            number=number,
            place=place,
            pixels=frozen(pixels),
            weights=tuple(tuple(tuple(text[r][c] for c in through[1]) for r in through[0]) for text in texts),
            products=frozen(scaled(exact, scale)),
            channel_sums=frozen(added(exact.reshape(len(exact), -1), scale)[:, -1:].sum(axis=1)),
            sum=sums[place].item(),
            value=value,
            changes={place: value},
        )
