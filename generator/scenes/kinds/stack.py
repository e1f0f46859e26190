"""Layers one on another: each frame is a cell of the last one, with what it sees of every grid below."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate
from typing import Annotated, Any

import msgspec
import numpy as np

from generator.arithmetic import (
    CENTRES,
    ENDING_AT_ZERO,
    FRACTIONAL,
    Activation,
    Array,
    Mask,
    Pair,
)
from generator.errors import gathering
from generator.scenes.check import Check
from generator.scenes.digits import Digits, about, enough_digits
from generator.scenes.documents import shaped
from generator.scenes.ground import Ground
from generator.scenes.keys import SceneKeys
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.pooling import POOLING
from generator.scenes.kinds.receptive_field import Field, Sight, Sights
from generator.scenes.kinds.sliding import SLIDING
from generator.scenes.kinds.stack_last import Last, last_computed
from generator.scenes.kinds.stack_layers import map_names, misplaced, stacked
from generator.scenes.layers.layer import Layer, made_of
from generator.scenes.numerals import plain_number, rounded_text, size_text
from generator.scenes.photographs import check_small
from generator.scenes.positions import Positions
from generator.scenes.reel import Frame, FrameValues, Reel, SceneValues
from generator.scenes.scene import Cell, Scene
from generator.scenes.tones import Greys, Meaning, Signs, Tone
from generator.scenes.values import OF_EVERY_SCENE, OF_OUTPUT_CELLS, OF_STEPS, bound

MANY = 8
"""Rows or columns of an image from which on there is no room for long numbers."""
LONGEST = 4
"""Signs of a number that is not long."""
SHORT = (10, 1)
"""From what size on long numbers are rounded to whole ones, or to one decimal."""


class StackKeys(SceneKeys, frozen=True, kw_only=True):
    """The keys of a stack of layers."""

    layers: Annotated[
        list[dict[str, Any]],
        msgspec.Meta(description="two to five blocks [[layers]]", examples=["[[layers]]"]),
    ]
    names: Annotated[
        list[str], msgspec.Meta(description='a list of texts, such as names = ["a cat", "a dog"]')
    ] = msgspec.field(default_factory=list)


@dataclass(frozen=True, eq=False, kw_only=True)
class StackScene(Scene):
    """Layers, and what reaches each of them."""

    layers: tuple[Layer, ...]
    """From the image on."""
    images: tuple[Array, ...]
    """What reaches each of them, shape (C, H, W); the first is the image."""
    names: tuple[str, ...] = ()
    """What the maps of the last layer stand for; none where nobody says."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FieldFrame(Frame):
    """One cell of the last layer."""

    place: Cell
    sum: float
    """What stands in the cell, before the activation."""
    sights: tuple[Sight, ...]
    """What the cell sees of each grid below, the image first."""

    @property
    def fields(self) -> tuple[Field | None, ...]:
        """Return its receptive field on each of them."""
        return tuple(sight.field for sight in self.sights)


@dataclass(frozen=True, eq=False, kw_only=True)
class StackReel(Reel):
    """Every cell of the last layer in reading order."""

    scene: StackScene
    frames: tuple[FieldFrame, ...]
    computed: Last
    """The last layer by itself, on what reaches it."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Return the layers, from the image on."""
        return self.scene.layers

    @cached_property
    def last(self) -> Last:
        """Return the last layer by itself, its numbers printed as here."""
        below = len(self.layers) - 1
        digits = replace(
            self.digits, rounds_small=self._rounds_small(below), are_pixels_exact=self.is_grid_exact(below)
        )
        return replace(self.computed, digits_of_all=digits)

    @property
    def grids(self) -> tuple[Array, ...]:
        """Return the image and what each layer makes, each of shape (C, H, W)."""
        return (*self.scene.images, self.output)

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """Return what the numbers of each grid are, the image first."""
        image: Meaning = "brightness"
        return tuple(accumulate(self.layers, made_of, initial=image))

    @property
    def brightnesses(self) -> Iterator[Array]:
        """Yield all numbers that are shown as greys."""
        pairs = zip(self.grids, self.meanings, strict=True)
        yield from (grid for grid, meaning in pairs if meaning == "brightness")
        if self._sums_are_bright:
            yield np.array(self.sums)

    @property
    def _sums_are_bright(self) -> bool:
        return self.meanings[-2] == "brightness" and self.layers[-1].makes_pixels

    @cached_property
    def grid_tones(self) -> tuple[Tone, ...]:
        """Return what the colours of each grid say, the image first."""
        return tuple(map(self._grid_tone, range(len(self.grids))))

    def _grid_tone(self, at: int) -> Tone:
        if self.meanings[at] == "brightness":
            return self.greys
        largest = np.abs(self.grids[at]).max().item()
        if self.meanings[at] == "strength":
            return Greys(0, largest or 1)
        with_sums = at == len(self.layers) and not self.has_own_scale
        return Signs(max(largest, *map(abs, self.sums)) if with_sums else largest)

    @property
    def answer_tone(self) -> Tone:
        """Return what the colours of the last grid say."""
        return self.grid_tones[-1]

    @property
    def sum_tone(self) -> Tone:
        """Return what the colours of the sums of the last grid say."""
        if self._sums_are_bright:
            return self.greys
        is_shared = isinstance(self.answer_tone, Signs) and not self.has_own_scale
        return self.answer_tone if is_shared else Signs(max(map(abs, self.sums)))

    @cached_property
    def field_sizes(self) -> tuple[Pair, ...]:
        """Return how large a cell's field is at most on each grid below, the image first."""
        return tuple(map(_largest, zip(*(frame.fields for frame in self.frames), strict=True)))

    @property
    def field_size(self) -> Pair:
        """Return the (height, width) that a cell sees of the image at most, also where it lies beyond it."""
        return self.field_sizes[0]

    @cached_property
    def fields_differ(self) -> tuple[bool, ...]:
        """Tell for each grid below whether some cells have a smaller field on it, the image first."""
        return tuple(
            any(field is None or field[2:] != most for field in fields)
            for most, *fields in zip(self.field_sizes, *(frame.fields for frame in self.frames), strict=True)
        )

    @property
    def activation(self) -> Activation | None:
        """Return what the last layer makes of its sums."""
        return self.layers[-1].activation

    @cached_property
    def cut_cells(self) -> Mask:
        """Return where in the output the last layer has cut a sum off, as booleans of its shape."""
        return self.cut_grids[-1]

    @cached_property
    def cut_grids(self) -> tuple[Mask, ...]:
        """Return where each grid, the image first, holds numbers that were cut off, each (C, H, W)."""
        pairs = zip(self.layers, self.scene.images, strict=True)
        return np.zeros(self.image.shape, bool), *(layer.cut_cells(image) for layer, image in pairs)

    def is_output_exact(self, value: float) -> bool:
        """Tell whether a number of the output is printed as what it is; one made of rounded ones is not."""
        return super().is_output_exact(value) and self.is_grid_exact(len(self.layers) - 1)

    def answer_text(self, value: float) -> str:
        """Return a number of the last grid as it is printed."""
        return self.grid_text(len(self.layers), value)

    def sum_text(self, value: float) -> str:
        """Return the sum of a frame as it is printed: as the numbers that it is made of."""
        return self.grid_text(len(self.layers) - 1, value)

    def grid_text(self, at: int, value: float) -> str:
        """Return a number of a grid, 0 being the image, as it is printed; one near an end at 0 becomes 0."""
        if self._rounds_small(at):
            return self.digits.rounded(value)
        return rounded_text(value, self._short_places[at]) if self._is_long else self.number_text(value)

    @cached_property
    def _is_long(self) -> bool:
        """Tell whether some numbers have many digits, and there are too many to read long ones."""
        if max(self.image.shape[1:]) < MANY:
            return False
        numbers = {number for grid in self.grids for number in grid.ravel().tolist()}
        return any(len(self.number_text(number)) > LONGEST for number in numbers)

    @cached_property
    def _short_places(self) -> tuple[int, ...]:
        """Return how many decimals leave the numbers of each grid short."""
        largest = (float(np.abs(grid).max()) for grid in self.grids)
        return tuple(sum(size < least for least in SHORT) for size in largest)

    def is_grid_exact(self, at: int) -> bool:
        """Tell whether the numbers of a grid, 0 being the image, are neither on a curve nor made of such."""
        return not any(layer.activation in CENTRES for layer in self.layers[:at])

    def _rounds_small(self, at: int) -> bool:
        """Tell whether numbers of a grid may be small only because a curve comes near its end at 0."""
        return any(layer.activation in ENDING_AT_ZERO for layer in self.layers[:at])

    def made_text(self, value: float) -> str:
        """Return the sum of a frame, and that it is rounded where it is, or made of rounded numbers."""
        return about(self.sum_text(value), value if self.is_grid_exact(len(self.layers) - 1) else None)

    def map_name(self, plane: int) -> str:
        """Return what a map of the last layer stands for, or "" where nobody says."""
        return self.scene.names[plane] if self.scene.names else ""

    @property
    def windows(self) -> Ground:
        """Return what the window of the last layer slides over."""
        return self.computed.windows

    @property
    def positions(self) -> Positions:
        """Return the cells of the last layer."""
        return self.computed.positions

    @property
    def sums(self) -> tuple[float, ...]:
        """Return what stands in each cell, before the activation."""
        return tuple(frame.sum for frame in self.frames)

    @property
    def maps(self) -> tuple[tuple[str, Array], ...]:
        """Return what each layer makes, under its name."""
        return tuple((f"layer {number}", grid) for number, grid in enumerate(self.grids[1:], 1))

    def enough_digits(self) -> Digits:
        """Return the digits that print all numbers."""
        sums = np.array([frame.sum for frame in self.frames])
        answers = self.shown_results(lambda frame: (np.array([frame.value]),))
        numbers = [*self.scene.images, sums, *answers]
        whole = self._before_fractions
        return enough_digits(self.computed.biases, numbers[:whole], np.zeros(0), activated=numbers[whole:])

    @property
    def _before_fractions(self) -> int:
        """Return how many of the images, the sums and the answers no activation has made fractions of."""
        count = len(self.layers)
        fractional = (n for n, layer in enumerate(self.layers, 1) if layer.activation in FRACTIONAL)
        first = next(fractional, count + 1)
        return first if first < count else first + 1

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole; those of a kernel are about the last layer."""
        of_layers = {
            f"layer.{number}.{name}": partial(value, self, number)
            for number in range(1, len(self.layers) + 1)
            for name, value in OF_LAYERS.items()
        }
        return {**self.last.scene_values, **bound(self, OF_EVERY_SCENE, OF_STACKS), **of_layers}

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one frame, those of the last layer among them."""
        return {**self.last.frame_values, **bound(self, OF_STEPS, OF_OUTPUT_CELLS)}

    @property
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene: the layers, each with what it makes."""
        layers = [
            {**layer.document(), "output": shaped(grid)}
            for layer, grid in zip(self.layers, self.grids[1:], strict=True)
        ]
        return {
            "kind": "stack",
            "input": shaped(self.image),
            "layers": layers,
            **({"names": self.scene.names} if self.scene.names else {}),
            "output": shaped(self.output),
        }

    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield each cell with what it sees of each grid below, the image first."""
        for frame in self.frames:
            yield {
                "out": frame.place,
                "fields": frame.fields,
                "seen": [sight.seen for sight in frame.sights],
                "value": plain_number(frame.value),
            }


OF_STACKS: Mapping[str, Callable[[StackReel], str]] = {
    "layers": lambda reel: str(len(reel.layers)),
    "field.height": lambda reel: str(reel.field_size[0]),
    "field.width": lambda reel: str(reel.field_size[1]),
    "field.size": lambda reel: size_text(*reel.field_size),
}
"""The field is what one cell of the last layer sees of the image, at most."""
OF_LAYERS: Mapping[str, Callable[[StackReel, int], str]] = {
    "height": lambda reel, number: str(reel.grids[number].shape[1]),
    "width": lambda reel, number: str(reel.grids[number].shape[2]),
    "size": lambda reel, number: size_text(*reel.grids[number].shape[1:]),
    "channels": lambda reel, number: str(len(reel.grids[number])),
    "kernel.size": lambda reel, number: size_text(*reel.layers[number - 1].size),
}
"""Of one layer, such as `layer.2.size`, the size of its maps."""


def stack_reel(scene: StackScene) -> StackReel:
    """Return a frame for each cell of the last layer.

    Raises:
        InvalidValue: as the reel of the last layer by itself.

    """
    computed = last_computed(scene, scene.layers[-1], scene.images[-1])
    sizes = [(image.shape[1], image.shape[2]) for image in (*scene.images, computed.output)]
    sights = Sights(scene.layers, sizes)
    steps = zip(computed.frames, computed.positions.of_frames, computed.before_activation, strict=True)
    frames = tuple(
        FieldFrame(
            number=frame.number,
            place=place,
            sum=total,
            value=frame.value,
            changes=frame.changes,
            cut=frame.cut,
            sights=sights.of(place),
        )
        for frame, place, total in steps
    )
    return StackReel(scene=scene, output=computed.output, frames=frames, computed=computed)


def _largest(fields: Iterable[Field | None]) -> Pair:
    """Return the largest height and the largest width of some fields."""
    sizes = [(field.height, field.width) if field else (0, 0) for field in fields]
    return max(height for height, _ in sizes), max(width for _, width in sizes)


def _declared(check: Check, image: Array | None, common: Mapping[str, Any]) -> StackScene | None:
    if "layers" not in check.given:
        return None
    with gathering(check.problems):
        usable = None if image is None else check.of("image", lambda: check_small(image, "a stack"))
        made = stacked(check, usable)
        names = check.of("names", lambda: map_names(check.given.get("names", []), made.layers[-1]))
        return StackScene(
            kind="stack",
            **common,
            layers=made.layers,
            images=made.images,
            names=names or (),
            warnings=made.warnings,
        )
    return None


STACK = Kind(
    word="stack",
    keys=StackKeys,
    misplaced=misplaced,
    scene=_declared,
    reel=stack_reel,
    values=SLIDING.values | POOLING.values | OF_STACKS.keys(),
    takes_photographs=True,
)
