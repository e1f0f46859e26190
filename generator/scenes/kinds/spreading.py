"""A transposed convolution: each pixel spreads a patch over the output, where patches add up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from generator.arithmetic import (
    CENTRES,
    CUTTING,
    NOTHING,
    UNSIGNED,
    Array,
    Pair,
    activated,
    cut_off,
    is_whole,
    layer_patch,
    lines_under,
    outputs_of,
    scaled,
    without_noise,
)
from generator.errors import InvalidValue
from generator.scenes.check import Check
from generator.scenes.digits import Digits, about
from generator.scenes.documents import layer_head, nested, whole
from generator.scenes.equations import Equations, Printed, terms
from generator.scenes.frozen import frozen
from generator.scenes.ground import Ground, bare_ground
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.misplaced import for_convolutions
from generator.scenes.kinds.one_layer import WeightedReel
from generator.scenes.kinds.windows import no_worksheet
from generator.scenes.layers.spread import SpreadLayer, spread_layer
from generator.scenes.layers.weighted import ConvolutionKeys, DeclaredWeights, declared_weights
from generator.scenes.limits import Extent, check_extent
from generator.scenes.numerals import is_exact
from generator.scenes.photographs import SHRINK, check_no_strip, size_words
from generator.scenes.positions import Positions
from generator.scenes.reel import Frame, FrameValues, SceneValues
from generator.scenes.scene import Cell, Scene
from generator.scenes.showing import is_large
from generator.scenes.tones import Greys, Signs, Tone
from generator.scenes.values import (
    FIRST_TERMS,
    OF_EVERY_SCENE,
    OF_INPUT_CELLS,
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
FRAME_TABLES = (OF_STEPS, OF_PIXELS, OF_PRODUCTS, OF_INPUT_CELLS)
MAX_SO_FAR = 200_000
"""Numbers of the outputs so far, one for each frame."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SpreadingScene(Scene):
    """A kernel that every pixel spreads."""

    layer: SpreadLayer

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """Return the scale, for ninths stay ninths."""
        return (self.layer.kernel.scale,)


@dataclass(frozen=True, eq=False, kw_only=True)
class PatchFrame(Frame):
    """One pixel that spreads; `value` is the pixel itself."""

    place: Cell
    """The pixel."""
    window: Pair
    """The patch's top left corner in the output, below 0 where it is cropped."""
    planes: range
    """The outputs that the patch lands on."""
    patch: Array
    """The pixel times each weight, shape (len(planes), KH, KW)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SpreadingReel(WeightedReel):
    """Every pixel in reading order."""

    scene: SpreadingScene
    frames: tuple[PatchFrame, ...]

    @property
    def layer(self) -> SpreadLayer:
        """Return the kernel and how it is spread."""
        return self.scene.layer

    @cached_property
    def ground(self) -> Ground:
        """Return the image, of which each pixel is seen alone."""
        return bare_ground(self.image)

    @property
    def windows(self) -> Ground:
        """Raise `InvalidValue`: patches lie on the output, and no window stops anywhere."""
        fact = f'"{self.scene.id}" is transposed, and has no places where a window stops'
        raise InvalidValue(fact, "Name a scene whose window slides.")

    @cached_property
    def positions(self) -> Positions:
        """Return the pixels that spread."""
        channels, height, width = self.image.shape
        cells = tuple(frame.place for frame in self.frames)
        return Positions(("channel",), "in", (channels, height, width), cells)

    @cached_property
    def begun(self) -> list[float]:
        """Return what each output holds before any pixel has spread: its bias, activated."""
        begun: list[float] = activated(self.layer.bias, self.layer.activation).tolist()
        return begun

    @cached_property
    def begun_cut(self) -> list[bool]:
        """Return for each output whether the activation cuts off what it begins with."""
        cut: list[bool] = cut_off(self.layer.bias, self.layer.activation).tolist()
        return cut

    def filter_of(self, frame: PatchFrame) -> int:
        """Return which of the kernel's grids a frame uses, along the first axis of its weights."""
        return frame.place[0]

    @property
    def products_add_up_to_sums(self) -> bool:
        """Tell whether what a frame multiplies is added up; it is added to the output, cell by cell."""
        return False

    def products_of(self, number: int) -> Array:
        """Return the patch of a frame, counted from 1, shape (outputs, KH, KW)."""
        return self.frames[number - 1].patch

    def pixels_of(self, number: int) -> Array:
        """Return the pixel that spreads, shape (1, 1, 1)."""
        return np.array(self.image[self.frames[number - 1].place]).reshape(1, 1, 1)

    @cached_property
    def has_signs(self) -> bool:
        """Tell whether the sign of what adds up in the output means something."""
        least = min((self.layer.values.min(), self.output.min(), *self._written))
        return bool(least < 0 or self.layer.bias.min() < 0)

    @property
    def brightnesses(self) -> Iterator[Array]:
        """Yield all numbers that are shown as greys."""
        yield from super().brightnesses
        if self._is_brightness:
            yield np.array(self._written)

    @property
    def _is_brightness(self) -> bool:
        makes_pixels = not self.has_signs and self.activation not in CENTRES
        return makes_pixels or self.activation in CUTTING

    @property
    def answer_tone(self) -> Tone:
        """Return what the colours of the output say."""
        if self._is_brightness:
            return self.greys
        if self.activation in UNSIGNED or not self.has_signs:
            return Greys(0, max(abs(number) for number in self._written) or 1)
        return Signs(self.largest_output)

    @property
    def _written(self) -> list[float]:
        """Return every number that ever stands in the output."""
        changes = (number for frame in self.frames for number in frame.changes.values())
        return [*changes, *self.begun, *self.output.ravel().tolist()]

    @cached_property
    def largest_output(self) -> float:
        """Return the largest number that ever stands in the output, or spreads, in absolute value."""
        numbers = (abs(n) for frame in self.frames for n in (frame.value, *frame.changes.values()))
        return max(float(np.abs(self.output).max()), *numbers)

    def made_text(self, value: float) -> str:
        """Return the pixel of a frame, and that it is rounded where it is."""
        return about(self.number_text(value), value)

    def value_text(self, value: float) -> str:
        """Return the pixel of a frame, and that it is rounded where it is."""
        return self.made_text(value)

    def is_value_exact(self, value: float) -> bool:
        """Tell whether the pixel of a frame is printed as what it is."""
        return is_exact(self.number_text(value), value)

    def enough_digits(self) -> Digits:
        """Return the digits that print all numbers."""
        products = np.concatenate([frame.patch.ravel() for frame in self.frames])
        made = (products, *(part for frame in self.frames for part in _results(frame)))
        answers = self.shown_results(lambda frame: (np.array([*frame.changes.values()]),))
        declared = self.scene.image, self.layer.bias
        return self.digits_of(declared, made, products, answers)

    def printed(self, frame: PatchFrame) -> Equations:
        """Return the equations of a frame as they are printed."""
        weights, pixel = (
            self.layer.texts[self.filter_of(frame)],
            Printed.of(frame.value, self.number_text(frame.value)),
        )
        channel_sums = frame.patch.sum(axis=(1, 2)).tolist()
        return Equations(
            planes=terms(self.digits, self.pixels_of(frame.number), weights, frame.patch),
            channel_sums=tuple(Printed.of(n, self.part_text(n)) for n in channel_sums),
            bias=self.number_text(0),
            sum=pixel,
            value=pixel,
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
        """Yield each pixel that spreads, with the output so far: it begins with the bias alone."""
        height, width = self.output_size
        so_far: list[Any] = [[[begun] * width for _ in range(height)] for begun in self.begun]
        for frame in self.frames:
            for (plane, row, column), value in frame.changes.items():
                so_far[plane][row][column] = value
            yield {
                "in": frame.place,
                "window": frame.window,
                "patch": nested(frame.patch),
                "output": whole(so_far),
            }


def _results(frame: PatchFrame) -> Iterator[Array]:
    """Yield what is made of a frame's patch."""
    yield np.array([frame.value])
    yield frame.patch.sum(axis=(1, 2))


def spreading_reel(scene: SpreadingScene) -> SpreadingReel:
    """Return every frame of a scene, computed exactly where the numbers are whole.

    Raises:
        InvalidValue: a sum of whole numbers might not fit into 64 bits.

    """
    output = scene.layer.output(scene.image)
    frames = tuple(_frames(scene))
    for frame in frames:
        for cell, reached in frame.changes.items():
            output[cell] = reached  # fractions depend on the order in which they are added
    return SpreadingReel(scene=scene, output=frozen(output), frames=frames)


def _frames(scene: SpreadingScene) -> Iterator[PatchFrame]:
    """Yield a frame for each pixel, in reading order; the output holds what has reached it so far."""
    layer, geometry = scene.layer, scene.layer.geometry
    rows, columns = lines_under(geometry, scene.image_size, layer.size)
    reached: dict[Cell, float] = {}
    reach: dict[Cell, float] = {}
    for number, pixel in enumerate(np.ndindex(*scene.image.shape), 1):
        exact = layer_patch(scene.image, layer.unscaled, geometry, pixel)
        planes = outputs_of(pixel[0], layer.unscaled, geometry)
        landing = _landing(exact, planes, rows[pixel[1]], columns[pixel[2]])
        for cell, part in landing.items():
            reached[cell] = reached.get(cell, 0) + part
            reach[cell] = reach.get(cell, 0) + abs(part)
        sums = {cell: _so_far(layer, cell, reached[cell], reach[cell]) for cell in landing}
        yield PatchFrame(
            number=number,
            place=pixel,
            window=geometry.window(*pixel[1:]),
            planes=planes,
            patch=frozen(scaled(exact, layer.kernel.scale)),
            value=scene.image[pixel].item(),
            changes={cell: activated(so_far, layer.activation)[0].item() for cell, so_far in sums.items()},
            cut={cell for cell, so_far in sums.items() if cut_off(so_far, layer.activation)[0]},
        )


def _landing(patch: Array, planes: range, rows: Array, columns: Array) -> Mapping[Cell, float]:
    """Return what a patch adds to each cell of the output; what is cropped lands nowhere."""
    return {
        (planes[plane], int(rows[row]), int(columns[column])): patch[plane, row, column].item()
        for plane, row, column in np.ndindex(*patch.shape)
        if NOTHING not in (rows[row], columns[column])
    }


def _so_far(layer: SpreadLayer, cell: Cell, reached: float, reach: float) -> Array:
    """Return the sum in an output cell once so much has reached it, of parts with such magnitudes."""
    scale, bias = layer.kernel.scale, layer.bias[cell[0]]
    sums: Array = scaled(np.array([reached]), scale) + bias
    if not is_whole(sums):
        most = scaled(np.array([reach]), abs(scale)) + abs(bias)
        sums = without_noise(sums, most, layer.kernel.weights.size)
    return sums


def _declared(check: Check, image: Array | None, common: Mapping[str, Any]) -> SpreadingScene | None:
    declared = declared_weights(check, image)
    if declared is None or image is None:
        return None
    return check.of("kernel", lambda: _scene(check, image, declared, common))


def _scene(
    check: Check, image: Array, declared: DeclaredWeights, common: Mapping[str, Any]
) -> SpreadingScene:
    """Return the scene of values that can be used each by itself, if they go together."""
    check_no_strip(image)
    if is_large(image):
        fact = f"{size_words(image)}; transposed, each would spread in a frame of its own"
        raise InvalidValue(fact, f"Leave transposed out, or {SHRINK}.", "transposed")
    layer = spread_layer(check, image, declared)
    if check.wants_worksheet():
        raise no_worksheet(check, "is transposed")
    if "frames" in check.given:
        fact = "frames chooses positions of a window, and a transposed scene has none"
        raise InvalidValue(fact, "Leave frames out; each pixel spreads in turn.", "frames")
    _check_extent(layer, image)
    warnings = check.losses(layer.geometry, image, layer.size)
    return SpreadingScene(kind="spreading", **common, layer=layer, warnings=warnings)


def _check_extent(layer: SpreadLayer, image: Array) -> None:
    size = layer.output_size((image.shape[1], image.shape[2]))
    products = int(layer.kernel.weights[0].size)
    extent = Extent(image, layer.maps, size, image.size, "pixels that spread", products)
    check_extent(extent)
    if image.size * extent.cells > MAX_SO_FAR:
        raise InvalidValue(
            f"the scene has {extent.told} over {extent.cells:,} cells",
            f"Every frame holds the output so far; use a smaller image, so that there are at most "
            f"{MAX_SO_FAR:,} numbers in all.",
            "image",
        )


SPREADING = Kind(
    word="convolution",
    marked_by="transposed",
    keys=ConvolutionKeys,
    misplaced=for_convolutions,
    scene=_declared,
    reel=spreading_reel,
    values=names(*SCENE_TABLES, *FRAME_TABLES, (FIRST_TERMS,)),
)
