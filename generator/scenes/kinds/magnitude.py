"""How strong the answers of two kernels are together: √(gx² + gy²) at every position of the window."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from generator.arithmetic import Array, PaddingMode, magnitude
from generator.errors import InvalidValue, Problem, counted
from generator.scenes.check import Check
from generator.scenes.digits import Digits, enough_digits
from generator.scenes.documents import layer_head, nested
from generator.scenes.equations import Equations, Printed, equals, terms
from generator.scenes.frame_choice import choice_of, places_of
from generator.scenes.frozen import frozen
from generator.scenes.kernel import SceneKernel, declared_kernel
from generator.scenes.keys import WindowKeys
from generator.scenes.kinds.answer_scale import AnswerScale
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.misplaced import of_other_kinds, refused
from generator.scenes.kinds.one_layer import ProductReel
from generator.scenes.kinds.sliding import WindowFrame, window_frames
from generator.scenes.kinds.windows import FilterReel, FilterScene, PositionFrame, no_worksheet, window_extent
from generator.scenes.layers.filters import filter_layer
from generator.scenes.layers.weighted import DeclaredWeights, declared_weights
from generator.scenes.limits import check_extent
from generator.scenes.numerals import ALMOST, MINUS, exact_number, is_exact, plain_number, size_text
from generator.scenes.photographs import check_photo
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import FrameValues, SceneValues
from generator.scenes.toml_block import TomlBlock, kind_text
from generator.scenes.values import (
    OF_ANSWERS,
    OF_EVERY_SCENE,
    OF_OUTPUT_CELLS,
    OF_PIXELS,
    OF_WINDOWS,
    bound,
    names,
)

USUAL = ["sobel-x", "sobel-y"]
EXAMPLE = 'kernels = ["sobel-x", "sobel-y"]'


class MagnitudeKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of a magnitude."""

    kernels: Annotated[list[Any], msgspec.Meta(description=f"two names or grids, as in {EXAMPLE}")] = (
        msgspec.field(default_factory=lambda: list(USUAL))
    )
    scale: Annotated[str | int | float, msgspec.Meta(description='a fraction such as "1/9" or a number')] = 1
    operation: Literal["cross-correlation", "convolution"] = "cross-correlation"
    padding_mode: PaddingMode = "zeros"
    padding_value: int | float = 0


@dataclass(frozen=True, eq=False, kw_only=True)
class MagnitudeScene(FilterScene):
    """Two kernels that slide together, each a filter."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """What one of the kernels makes by itself: gx or gy."""

    sums: Array
    """Shape (OH, OW)."""
    frames: tuple[WindowFrame, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class MagnitudeFrame(PositionFrame):
    """One position of both kernels; `value` is the root."""

    planes: tuple[int, int] = (0, 0)
    """The channel under each kernel: the image has one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class MagnitudeReel(FilterReel, ProductReel):
    """Every position in reading order."""

    scene: MagnitudeScene
    gx: Side
    gy: Side
    frames: tuple[MagnitudeFrame, ...]

    @cached_property
    def answer_scale(self) -> AnswerScale:
        """Return how large the roots are: they have no sign, and what they are made of has one."""
        return AnswerScale(
            output=self.output,
            largest_shown=max(frame.value for frame in self.frames),
            activation=None,
            is_signed=False,
            has_signed_sums=True,
            has_every_number=self.scene.showing.has_every_number,
        )

    def sides_of(self, number: int) -> tuple[float, float]:
        """Return what the two kernels make of a frame, counted from 1."""
        return self.gx.frames[number - 1].sum, self.gy.frames[number - 1].sum

    def pixels_of(self, number: int) -> Array:
        """Return the pixels under both kernels in a frame, counted from 1, shape (1, KH, KW)."""
        return self.ground.pixels(self.frames[number - 1].window, range(1))

    def products_of(self, number: int) -> Array:
        """Return what both kernels multiply in a frame, counted from 1, shape (2, KH, KW)."""
        return np.concatenate([side.frames[number - 1].products for side in (self.gx, self.gy)])

    def enough_digits(self) -> Digits:
        """Return the digits that print all numbers; roots that none do are left to be rounded."""
        products = np.stack(self._products).ravel()
        made = (products, *(np.array(self.sides_of(frame.number)) for frame in self.frames))
        answers = self.shown_results(lambda frame: (np.array([frame.value]),))
        declared = (self.scene.image, np.array([self.layer.geometry.padding_value]))
        return enough_digits(declared, made, products, self.layer.kernel.scale, answers)

    def is_output_exact(self, value: float) -> bool:
        """Tell whether a root is printed as what it is: then its square is that of the printed sides."""
        places = np.argwhere(self.output[0] == value)
        if not len(places):
            return False
        row, column = places[0]
        return self._is_root(value, (self.gx.sums[row, column].item(), self.gy.sums[row, column].item()))

    def _is_root(self, value: float, sides: tuple[float, float]) -> bool:
        texts = list(map(self.part_text, sides))
        exact = all(is_exact(text, side) for text, side in zip(texts, sides, strict=True))
        root = self.answer_text(value)
        squares = sum((exact_number(text) ** 2 for text in texts), Fraction())
        return exact and is_exact(root, value) and exact_number(root) ** 2 == squares

    def printed(self, frame: MagnitudeFrame) -> Equations:
        """Return the equations of a frame as they are printed."""
        sides = self.sides_of(frame.number)
        root = Printed(self.answer_text(frame.value), self._is_root(frame.value, sides))
        pixels = self.pixels_of(frame.number).repeat(2, axis=0)
        weights = [texts for (texts,) in self.layer.texts]
        return Equations(
            planes=terms(self.digits, pixels, weights, self.products_of(frame.number)),
            channel_sums=tuple(Printed.of(side, self.part_text(side)) for side in sides),
            bias=self.number_text(0),
            sum=root,
            value=root,
        )

    def root_text(self, number: int) -> str:
        """Return how the answer of a frame, counted from 1, comes about."""
        equations = self.equations_of(number)
        squares = " + ".join(_squared(side.text) for side in equations.channel_sums)
        placed = equals(all(side.is_exact for side in equations.channel_sums))
        rooted = equals(equations.value.is_exact)
        return f"√(gx² + gy²) {placed} √({squares}) {rooted} {equations.value.text}"

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole."""
        return bound(self, *SCENE_TABLES)

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one frame."""
        return bound(self, *FRAME_TABLES)

    @property
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene."""
        return {"kind": "magnitude", **layer_head(self.scene.layer.document(), self.image, self.output)}

    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield what the JSON says of each position."""
        for frame in self.frames:
            yield {
                "out": frame.place,
                "window": frame.window,
                "products": nested(self.products_of(frame.number)),
                "sums": list(map(plain_number, self.sides_of(frame.number))),
                "value": plain_number(frame.value),
            }


def _side_text(reel: MagnitudeReel, frames: FrameRange, side: int) -> str:
    """Return what one kernel makes of a frame, and that it is rounded where it is."""
    printed = reel.equations_of(frames.last).channel_sums[side]
    return printed.text if printed.is_exact else f"{ALMOST} {printed.text}"


OF_SIDES: Mapping[str, Callable[[MagnitudeReel, FrameRange], str]] = {
    "gx": lambda reel, frames: _side_text(reel, frames, 0),
    "gy": lambda reel, frames: _side_text(reel, frames, 1),
    "root": lambda reel, frames: reel.root_text(frames.last),
}
"""What the two kernels make of a frame, and how its answer comes about."""
SCENE_TABLES = (OF_EVERY_SCENE, OF_WINDOWS)
FRAME_TABLES = (OF_ANSWERS, OF_PIXELS, OF_SIDES, OF_OUTPUT_CELLS)


def _squared(text: str) -> str:
    """Return a printed number with the sign that squares it.

    >>> _squared("8"), _squared("−8"), _squared("1/9")
    ('8²', '(−8)²', '(1/9)²')
    """
    return f"({text})²" if text.startswith(MINUS) or "/" in text or "e" in text else f"{text}²"


def magnitude_reel(scene: MagnitudeScene) -> MagnitudeReel:
    """Return every frame of a scene, computed exactly where the numbers are whole.

    Raises:
        InvalidValue: a sum of whole numbers might not fit into 64 bits.

    """
    gx, gy = (_side(scene, number) for number in range(2))
    output = frozen(magnitude(gx.sums, gy.sums)[np.newaxis])
    frames = tuple(_frame(output, of_x) for of_x in gx.frames)
    return MagnitudeReel(scene=scene, output=output, gx=gx, gy=gy, frames=frames)


def _side(scene: MagnitudeScene, number: int) -> Side:
    """Return what one of the kernels makes, as if it were the only one."""
    both, only = scene.layer, slice(number, number + 1)
    kernel = replace(both.kernel, weights=both.kernel.weights[only])
    layer = replace(both, kernel=kernel, bias=both.bias[only])
    sums = layer.sums(scene.image)
    frames = tuple(window_frames(layer, scene.image, sums, sums, places_of(scene.choice, sums)))
    return Side(sums=frozen(sums[0]), frames=frames)


def _frame(output: Array, position: PositionFrame) -> MagnitudeFrame:
    """Return the frame that fills the same cell as one of a single kernel."""
    place, value = position.place, output[position.place].item()
    return MagnitudeFrame(
        number=position.number, place=place, window=position.window, value=value, changes={place: value}
    )


def _two_kernels(declared: list[Any], scale: Fraction) -> SceneKernel:
    """Return two kernels as filters of one channel each, their scales brought to one denominator."""
    if len(declared) != 2:
        fact = f'"kernels" lists {counted(len(declared), "kernel")}, and a magnitude is of two'
        raise InvalidValue(fact, f"Write {EXAMPLE}.")
    first, second = (_kernel(entry, number) for number, entry in enumerate(declared, 1))
    if first.size != second.size:
        fact = f"{_called(2)} is {size_text(*second.size)}, and kernel 1 is {size_text(*first.size)}"
        raise InvalidValue(fact, "Both lie on the same window: give them the same size.", row=2)
    common = Fraction(1, lcm(first.scale.denominator, second.scale.denominator))
    weights = [kernel.weights * int(kernel.scale / common) for kernel in (first, second)]
    name = f"{first.name}, {second.name}" if first.name and second.name else ""
    return SceneKernel(name, np.stack(weights)[:, np.newaxis], common * scale, "")


def _kernel(declared: object, number: int) -> SceneKernel:
    """Return one of the two kernels, a single grid; `number` is its place in the list, from 1."""
    here, hint = _called(number), f"Write {EXAMPLE}, or a grid such as [[1, 9], [1, 9]] for each."
    if not isinstance(declared, str | list):
        raise InvalidValue(f"{here} is {kind_text(declared)}, neither a name nor a grid", hint, row=number)
    try:
        kernel = declared_kernel(declared, Fraction(1))
    except InvalidValue as fault:
        fact = fault.message.replace("the kernel", here)
        fact = fact if here in fact else f"{here}: {fact}"
        raise InvalidValue(fact, fault.hint.replace("kernel = ", ""), row=number) from None
    if kernel.weights.ndim != 2:
        raise InvalidValue(f"{here} is a list of several, not one name or grid", hint, row=number)
    return kernel


def _called(number: int) -> str:
    return f'kernel {number} of "kernels"'


def _misplaced(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys of other kinds, by key."""
    hints = {"kernel": f"Write two, as in {EXAMPLE}."}
    return refused(block, values, of_other_kinds(MagnitudeKeys), "a magnitude has no", hints)


def _declared(check: Check, image: Array | None, common: Mapping[str, Any]) -> MagnitudeScene | None:
    check.given.setdefault("kernels", list(USUAL))
    declared = declared_weights(check, image, "kernels", _two_kernels)
    if declared is None or image is None:
        return None
    return check.of("kernels", lambda: _scene(check, image, declared, common))


def _scene(
    check: Check, image: Array, declared: DeclaredWeights, common: Mapping[str, Any]
) -> MagnitudeScene:
    """Return the scene of values that can be used each by itself, if they go together."""
    if len(image) > 1:
        fact = f"a magnitude is of one channel, and the image has {counted(len(image), 'channel')}"
        raise InvalidValue(fact, "Give it one grid, or leave colour out.", "image")
    _check_rows(image, declared)
    layer = filter_layer(check, image, declared)
    check_photo(image, 1, "")
    if check.wants_worksheet():
        raise no_worksheet(check, "is about magnitudes")
    choice = choice_of(check.given, (1, *layer.output_size((image.shape[1], image.shape[2]))))
    check_extent(window_extent(layer, image, choice))
    warnings = check.losses(layer.geometry, image, layer.size)
    return MagnitudeScene(kind="magnitude", **common, layer=layer, choice=choice, warnings=warnings)


def _check_rows(image: Array, declared: DeclaredWeights) -> None:
    """Refuse kernels of several rows on an image of one; others are told of a larger image."""
    size, geometry = declared.kernel.size, declared.geometry
    reach, rows = geometry.span(size)[0], geometry.padded_size((image.shape[1], image.shape[2]))[0]
    if image.shape[1] == 1 and reach > rows:
        fact = f"{size_text(*size)} kernels span {counted(reach, 'row')}; the image has {rows}"
        hint = "An image of one row takes kernels of one row, such as kernels = [[[-1, 0, 1]], [[1, 2, 1]]]."
        raise InvalidValue(fact, hint, "kernels")


MAGNITUDE = Kind(
    word="magnitude",
    keys=MagnitudeKeys,
    misplaced=_misplaced,
    scene=_declared,
    reel=magnitude_reel,
    values=names(*SCENE_TABLES, *FRAME_TABLES),
)
