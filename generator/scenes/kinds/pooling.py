"""Pools: windows that slide over each channel, and keep the largest pixel or the average."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np

from generator.arithmetic import Array, Geometry, Pair, Places, layer_products, max_pool
from generator.scenes.check import Check
from generator.scenes.digits import Digits, enough_digits
from generator.scenes.documents import layer_head, nested
from generator.scenes.equations import Equations, Printed, terms
from generator.scenes.frame_choice import FrameChoice, choice_of, places_of
from generator.scenes.frozen import frozen
from generator.scenes.ground import Ground
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.misplaced import for_pooling
from generator.scenes.kinds.one_layer import LayerReel
from generator.scenes.kinds.windows import no_worksheet, window_extent
from generator.scenes.layers.pool import (
    PoolingKeys,
    PoolingOperation,
    PoolLayer,
    declared_pool,
    pool_layer,
)
from generator.scenes.limits import check_extent
from generator.scenes.numerals import plain_number
from generator.scenes.positions import Positions
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import Frame, FrameValues, SceneValues
from generator.scenes.scene import Cell, Scene, Spot
from generator.scenes.tones import Tone
from generator.scenes.values import (
    OF_EVERY_SCENE,
    OF_OUTPUT_CELLS,
    OF_PIXELS,
    OF_STEPS,
    OF_WINDOWS,
    bound,
    names,
    rows_text,
)

SCENE_TABLES = (OF_EVERY_SCENE, OF_WINDOWS)
FRAME_TABLES = (OF_STEPS, OF_PIXELS, OF_OUTPUT_CELLS)


@dataclass(frozen=True, eq=False, kw_only=True)
class PoolingScene(Scene):
    """A window that keeps one number of each place."""

    layer: PoolLayer
    choice: FrameChoice | None
    """Which of its positions the reel holds; None means all."""

    def pointed_at(self, spots: Iterable[Spot]) -> Self:
        """Return the scene with a frame for each place that its text points at."""
        return replace(self, choice=self.choice and self.choice.with_linked(spots))


@dataclass(frozen=True, eq=False, kw_only=True)
class PoolFrame(Frame):
    """One position of the window."""

    place: Cell
    """The output cell that it fills."""
    window: Pair
    """The window's top left corner in the input, below 0 inside the padding."""
    planes: range
    """The one channel under the window."""
    pixels: Array
    """Those under the window, zeros where it lies beyond the image, shape (1, KH, KW)."""
    running: Array
    """The pixels' sum, or the largest of them, pixel by pixel, shape (KH · KW,)."""
    sum: float
    """The pixels' sum, or the largest of them."""
    winner: Pair | None
    """(row, column) in the input of the pixel that max pooling chose."""


@dataclass(frozen=True, eq=False, kw_only=True)
class PoolingReel(LayerReel):
    """Every position in reading order."""

    scene: PoolingScene
    frames: tuple[PoolFrame, ...]

    @property
    def layer(self) -> PoolLayer:
        """Return the window."""
        return self.scene.layer

    @property
    def linked(self) -> int:
        """Return how many frames at the end are there for links alone."""
        return len(self.scene.choice.linked) if self.scene.choice else 0

    @property
    def operation(self) -> PoolingOperation:
        """Return what it keeps."""
        return self.layer.operation

    @cached_property
    def ground(self) -> Ground:
        """Return the image with its padding."""
        return Ground(self.image, self.layer.geometry, self.layer.size)

    @property
    def windows(self) -> Ground:
        """Return what the window slides over."""
        return self.ground

    @cached_property
    def positions(self) -> Positions:
        """Return the cells that the frames fill; a map belongs to a channel as well as to a filter."""
        channels, height, width = self.output.shape
        cells = tuple(frame.place for frame in self.frames)
        chosen = self.scene.choice.words if self.scene.choice else ""
        return Positions(("channel", "filter"), "out", (channels, height, width), cells, chosen)

    @property
    def sums(self) -> tuple[float, ...]:
        """Return the pixels' sum of each frame, or the largest of them."""
        return tuple(frame.sum for frame in self.frames)

    def pixels_of(self, number: int) -> Array:
        """Return the pixels under the window of a frame, counted from 1, shape (1, KH, KW)."""
        frame = self.frames[number - 1]
        return self.ground.pixels(frame.window, frame.planes)

    @cached_property
    def counted(self) -> list[list[bool]]:
        """Return which cells of the ground count, row by row: pixels, and for an average zeros that pad."""
        ground, counts_zeros = self.ground, self.layer.counts_padding
        rows = zip(ground.bare, ground.beyond, strict=True)
        return [
            [not is_bare or (counts_zeros and not is_beyond) for is_bare, is_beyond in zip(*row, strict=True)]
            for row in rows
        ]

    def counts(self, frame: PoolFrame) -> list[list[bool]]:
        """Return row by row which cells under the window count."""
        rows, columns = self.ground.cells(frame.window)
        return [line[columns] for line in self.counted[rows]]

    @property
    def brightnesses(self) -> Iterator[Array]:
        """Yield all numbers that are shown as greys: what is kept of pixels is a pixel still."""
        yield from super().brightnesses
        yield self.output

    @property
    def answer_tone(self) -> Tone:
        """Return what the colours of answers say."""
        return self.greys

    @property
    def biases(self) -> tuple[Array, ...]:
        """Return the numbers that are declared beside the image."""
        return ()

    @property
    def before_activation(self) -> tuple[float, ...]:
        """Return what each frame makes, before anything is made of that."""
        return tuple(frame.value for frame in self.frames)

    def enough_digits(self) -> Digits:
        """Return the digits that print all numbers."""
        pixels = np.concatenate([frame.pixels.ravel() for frame in self.frames])
        made = (pixels, *self.shown_results(_results))
        return enough_digits((self.scene.image,), made, pixels)

    def printed(self, frame: PoolFrame) -> Equations:
        """Return the equations of a frame as they are printed."""
        last = frame.running[-1].item()
        pixels = frame.pixels[:, np.array(self.counts(frame))][:, np.newaxis]
        return Equations(
            planes=terms(self.digits, pixels, [[["1"] * pixels.size]], pixels),
            channel_sums=(Printed.of(last, self.part_text(last)),),
            bias=self.number_text(0),
            sum=Printed.of(frame.sum, self.result_text(frame.sum)),
            value=Printed.of(frame.value, self.result_text(frame.value)),
        )

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole."""
        return bound(self, *SCENE_TABLES)

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one frame."""
        return {**bound(self, *FRAME_TABLES), "window": self._window_text}

    def _window_text(self, frames: FrameRange) -> str:
        """Return the pixels that count under the window of the last of some frames, row by row."""
        frame = self.frames[frames.last - 1]
        return rows_text(self.digits, self.pixels_of(frame.number), np.array([self.counts(frame)]))

    @property
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene."""
        layer = layer_head(self.layer.document(), self.image, self.output)
        return {"kind": "pooling", **layer}

    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield each position; what does not count has no number."""
        for frame in self.frames:
            kept = {"winner": frame.winner} if frame.winner else {"sum": plain_number(frame.sum)}
            rows = zip(self.counts(frame), nested(frame.pixels[0]), strict=True)
            values = [[value if counts else None for counts, value in zip(*row, strict=True)] for row in rows]
            yield {
                "out": frame.place,
                "window": frame.window,
                "values": values,
                **kept,
                "value": plain_number(frame.value),
            }


def _results(frame: PoolFrame) -> Iterator[Array]:
    """Yield what is made of a frame's pixels."""
    yield np.array([frame.sum, frame.value])
    yield frame.running


def pooling_reel(scene: PoolingScene) -> PoolingReel:
    """Return every frame of a scene.

    Raises:
        InvalidValue: a window holds no pixel, or a sum of whole numbers might not fit into 64 bits.

    """
    layer = scene.layer
    winners: Places | None = None
    if layer.operation == "max":
        pooled = max_pool(scene.image, layer.size, layer.geometry)
        output, winners = pooled.values, pooled.places
    else:
        output = layer.output(scene.image)
    frames = tuple(_frames(scene, output, winners))
    return PoolingReel(scene=scene, output=frozen(output), frames=frames)


def _frames(scene: PoolingScene, output: Array, winners: Places | None) -> Iterator[PoolFrame]:
    declared = scene.layer.geometry
    margins = declared.margins(scene.image_size, scene.layer.size)
    geometry = replace(declared, padding=margins, ceil_mode=False)  # as many windows
    under = layer_products(scene.image, _ones(len(scene.image), scene.layer.size), geometry)
    inside = layer_products(np.ones((1, *scene.image_size), np.int64), _ones(1, scene.layer.size), geometry)
    for number, place in enumerate(places_of(scene.choice, output), 1):
        channel, row, column = place
        pixels = under.at(0, row, column)[channel : channel + 1]
        running = _running(pixels, inside.at(0, row, column).astype(bool), scene.layer.operation)
        value = output[place].item()
        yield PoolFrame(
            number=number,
            place=place,
            window=geometry.window(row, column),
            planes=range(channel, channel + 1),
            pixels=frozen(pixels),
            running=frozen(running),
            sum=running[-1].item(),
            value=value,
            changes={place: value},
            winner=None if winners is None else (int(winners[place][0]), int(winners[place][1])),
        )


def _ones(channels: int, size: Pair) -> Array:
    return np.ones((1, channels, *size), np.int64)


def _running(pixels: Array, seen: Array, operation: PoolingOperation) -> Array:
    """Return what is reached pixel by pixel: the sum, or the largest of the image's own."""
    if operation == "average":
        return pixels.cumsum()
    flat, own = pixels.ravel(), seen.ravel()
    first = int(own.argmax())  # what pads is smaller than any number
    largest: Array = np.maximum.accumulate(np.where(own, flat, flat[first]))
    return largest


def _declared(check: Check, image: Array | None, common: Mapping[str, Any]) -> PoolingScene | None:
    made = declared_pool(check, image)
    if made is None or image is None:
        return None
    return check.of("kernel_size", lambda: _scene(check, image, *made, common))


def _scene(
    check: Check, image: Array, size: Pair, geometry: Geometry, common: Mapping[str, Any]
) -> PoolingScene:
    """Return the scene of values that can be used each by itself, if they go together."""
    layer = pool_layer(check, image, size, geometry)
    if check.wants_worksheet():
        raise no_worksheet(check, "pools")
    choice = choice_of(check.given, (layer.maps, *layer.output_size((image.shape[1], image.shape[2]))))
    check_extent(window_extent(layer, image, choice))
    warnings = check.losses(geometry, image, size)
    return PoolingScene(kind="pooling", **common, layer=layer, choice=choice, warnings=warnings)


POOLING = Kind(
    word="pooling",
    keys=PoolingKeys,
    misplaced=for_pooling,
    scene=_declared,
    reel=pooling_reel,
    values=names(*SCENE_TABLES, *FRAME_TABLES),
)
