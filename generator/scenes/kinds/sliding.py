"""A window that slides over the image: products, their sum, and the cell of the feature map that it fills."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from generator.arithmetic import (
    UNSIGNED,
    Array,
    activated,
    cut_off,
    layer_products,
    scaled,
)
from generator.scenes.check import Check
from generator.scenes.digits import Digits
from generator.scenes.documents import layer_head, nested
from generator.scenes.equations import Equations, Printed, terms
from generator.scenes.frame_choice import choice_of, places_of
from generator.scenes.frozen import frozen
from generator.scenes.kinds.answer_scale import AnswerScale
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.misplaced import for_convolutions
from generator.scenes.kinds.one_layer import WeightedReel
from generator.scenes.kinds.windows import FilterReel, FilterScene, PositionFrame, no_worksheet, window_extent
from generator.scenes.layers.filters import FilterLayer, filter_layer
from generator.scenes.layers.weighted import ConvolutionKeys, DeclaredWeights, declared_weights
from generator.scenes.limits import check_extent
from generator.scenes.numerals import plain_number
from generator.scenes.photographs import check_photo
from generator.scenes.reel import FrameValues, SceneValues
from generator.scenes.running import added
from generator.scenes.scene import Cell
from generator.scenes.values import (
    FIRST_TERMS,
    OF_BIAS,
    OF_EVERY_SCENE,
    OF_OUTPUT_CELLS,
    OF_PIXELS,
    OF_PRODUCTS,
    OF_STEPS,
    OF_WEIGHTS,
    OF_WINDOWS,
    bound,
    names,
    term_values,
)

SCENE_TABLES = (OF_EVERY_SCENE, OF_WINDOWS, OF_WEIGHTS)
FRAME_TABLES = (OF_STEPS, OF_PIXELS, OF_BIAS, OF_PRODUCTS, OF_OUTPUT_CELLS)


@dataclass(frozen=True, eq=False, kw_only=True)
class SlidingScene(FilterScene):
    """A kernel that slides."""


@dataclass(frozen=True, eq=False, kw_only=True)
class WindowFrame(PositionFrame):
    """One position of the window."""

    planes: range
    """The channels under the window."""
    products: Array
    """Pixel times weight in window order, shape (len(planes), KH, KW)."""
    running: Array
    """The sum so far, product by product, shape (products.size,)."""
    channel_sums: Array
    """What the products of each channel add up to, shape (len(planes),)."""
    sum: float
    """The products' sum plus bias; `value` is what the activation leaves of it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SlidingReel(FilterReel, WeightedReel):
    """Every position in reading order."""

    scene: SlidingScene
    frames: tuple[WindowFrame, ...]

    @property
    def sums(self) -> tuple[float, ...]:
        """Return the sum of each frame, before the activation."""
        return tuple(frame.sum for frame in self.frames)

    def sum_of(self, number: int) -> tuple[Sequence[str], bool]:
        """Return the printed products of a frame, and its bias if any; and whether they make the sum."""
        equations = self.equations_of(number)
        parts = [term.product.text for term in equations.terms]
        parts += [equations.bias] if self.bias_of(number) else []
        return parts, equations.adds_up

    def filter_of(self, frame: WindowFrame) -> int:
        """Return which filter a frame lays on the image."""
        return frame.place[0]

    @property
    def products_add_up_to_sums(self) -> bool:
        """Tell whether what a frame multiplies is added up; it is."""
        return True

    def bias_of(self, number: int) -> float:
        """Return the bias of a frame's filter; frames are counted from 1."""
        bias: float = self.layer.bias[self.frames[number - 1].place[0]].item()
        return bias

    def products_of(self, number: int) -> Array:
        """Return the products of a frame, shape (channels, KH, KW)."""
        return self.frames[number - 1].products

    def pixels_of(self, number: int) -> Array:
        """Return the pixels that a frame multiplies, shape (channels, KH, KW)."""
        frame = self.frames[number - 1]
        return self.ground.pixels(frame.window, frame.planes)

    @cached_property
    def answer_scale(self) -> AnswerScale:
        """Return how large sums and answers are; where no weight is negative an answer is a brightness."""
        signed = bool(self.layer.values.min() < 0 or self.output.min() < 0 or min(self.sums) < 0)
        return AnswerScale(
            output=self.output,
            largest_shown=max(abs(number) for frame in self.frames for number in (frame.sum, frame.value)),
            activation=self.activation,
            is_signed=signed and self.activation not in UNSIGNED,
            has_signed_sums=signed,
            has_every_number=self.scene.showing.has_every_number,
        )

    @property
    def biases(self) -> tuple[Array, ...]:
        """Return the numbers that are declared beside the image."""
        return (self.layer.bias,)

    @property
    def before_activation(self) -> tuple[float, ...]:
        """Return what each frame makes, before anything is made of that."""
        return self.sums

    def enough_digits(self) -> Digits:
        """Return the digits that print all numbers; of a photograph those that its frames show."""
        products = np.concatenate([frame.products.ravel() for frame in self.frames])
        made = (products, *(part for frame in self.frames for part in _results(frame)))
        answers = self.shown_results(lambda frame: (np.array([frame.value]),))
        around = np.array([self.layer.geometry.padding_value])
        declared = (self.scene.image, around, self.layer.bias)
        return self.digits_of(declared, made, products, answers)

    def printed(self, frame: WindowFrame) -> Equations:
        """Return the equations of a frame as they are printed."""
        weights, pixels = self.layer.texts[self.filter_of(frame)], self.pixels_of(frame.number)
        return Equations(
            planes=terms(self.digits, pixels, weights, frame.products),
            channel_sums=tuple(Printed.of(n, self.part_text(n)) for n in frame.channel_sums.tolist()),
            bias=self.number_text(self.bias_of(frame.number)),
            sum=Printed.of(frame.sum, self.result_text(frame.sum)),
            value=Printed(self.answer_text(frame.value), self.is_output_exact(frame.value)),
            activation=self.activation,
        )

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole."""
        return bound(self, *SCENE_TABLES)

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one frame."""
        return {**bound(self, *FRAME_TABLES), **term_values(self)}

    @property
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene."""
        return layer_head(self.layer.document(), self.image, self.output)

    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield what the JSON says of each position."""
        for frame in self.frames:
            yield {
                "out": frame.place,
                "window": frame.window,
                "products": nested(frame.products),
                "sum": plain_number(frame.sum),
            }


def _results(frame: WindowFrame) -> Iterator[Array]:
    """Yield what is made of a frame's products."""
    yield np.array([frame.sum])
    yield frame.running
    yield frame.channel_sums


def sliding_reel(scene: SlidingScene) -> SlidingReel:
    """Return every frame of a scene, computed exactly where the numbers are whole.

    Fractions come from the scale alone and are applied after the whole-number sum, so that nine ninths
    are one and not almost one.

    Raises:
        InvalidValue: a sum of whole numbers might not fit into 64 bits.

    """
    sums = scene.layer.sums(scene.image)
    output = activated(sums, scene.layer.activation)
    places = places_of(scene.choice, output)
    frames = tuple(window_frames(scene.layer, scene.image, sums, output, places))
    return SlidingReel(scene=scene, output=frozen(output), frames=frames)


def window_frames(
    layer: FilterLayer, image: Array, sums: Array, output: Array, places: Iterable[Cell]
) -> Iterator[WindowFrame]:
    """Yield a frame for each of some cells of what a layer makes of an image.

    Args:
        layer: whose windows slide.
        image: shape (C, H, W).
        sums: what the layer makes of it before the activation, shape (O, OH, OW).
        output: what the activation leaves of them, of the same shape.
        places: the cells, in the order of the frames.

    """
    cut = cut_off(sums, layer.activation)
    products = layer_products(image, layer.unscaled, layer.geometry)
    for number, place in enumerate(places, 1):
        exact = products.at(*place)
        value = output[place].item()
        yield WindowFrame(
            number=number,
            place=place,
            window=layer.geometry.window(*place[1:]),
            planes=layer.channels_of(place[0]),
            products=frozen(scaled(exact, layer.kernel.scale)),
            running=frozen(added(exact.ravel(), layer.kernel.scale)),
            channel_sums=frozen(added(exact.reshape(len(exact), -1), layer.kernel.scale)[..., -1]),
            sum=sums[place].item(),
            value=value,
            changes={place: value},
            cut={place} if cut[place] else frozenset(),
        )


def _declared(check: Check, image: Array | None, common: Mapping[str, Any]) -> SlidingScene | None:
    declared = declared_weights(check, image)
    if declared is None or image is None:
        return None
    return check.of("kernel", lambda: _scene(check, image, declared, common))


def _scene(check: Check, image: Array, declared: DeclaredWeights, common: Mapping[str, Any]) -> SlidingScene:
    """Return the scene of values that can be used each by itself, if they go together."""
    layer = filter_layer(check, image, declared)
    check_photo(image, layer.maps, check.worksheet_key if check.wants_worksheet() else "")
    if check.wants_worksheet() and layer.maps > 1:
        raise no_worksheet(check, f"has {layer.maps} filters")
    output_size = layer.output_size((image.shape[1], image.shape[2]))
    choice = choice_of(check.given, (layer.maps, *output_size))
    check_extent(window_extent(layer, image, choice))
    warnings = check.losses(layer.geometry, image, layer.size)
    return SlidingScene(kind="sliding", **common, layer=layer, choice=choice, warnings=warnings)


SLIDING = Kind(
    word="convolution",
    keys=ConvolutionKeys,
    misplaced=for_convolutions,
    scene=_declared,
    reel=sliding_reel,
    values=names(*SCENE_TABLES, *FRAME_TABLES, (FIRST_TERMS,)),
)
