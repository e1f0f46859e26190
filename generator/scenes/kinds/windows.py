"""What kinds share whose windows slide: their positions, how much there is to look at, and the worksheet."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from generator.arithmetic import Array, Pair
from generator.errors import InvalidValue
from generator.scenes.check import Check
from generator.scenes.frame_choice import FrameChoice
from generator.scenes.ground import Ground
from generator.scenes.kinds.answer_scale import AnswerScale
from generator.scenes.kinds.one_layer import LayerReel
from generator.scenes.layers.filters import FilterLayer
from generator.scenes.layers.layer import Layer
from generator.scenes.limits import Extent
from generator.scenes.photographs import check_places
from generator.scenes.positions import Positions
from generator.scenes.reel import Frame
from generator.scenes.scene import Cell, Scene, Spot
from generator.scenes.tones import Tone


@dataclass(frozen=True, eq=False, kw_only=True)
class PositionFrame(Frame):
    """One position of a window."""

    place: Cell
    """The output cell that it fills."""
    window: Pair
    """The window's top left corner in the input, below 0 inside the padding."""


@dataclass(frozen=True, eq=False, kw_only=True)
class WindowReel(LayerReel):
    """Positions of a window in reading order, of which each fills one cell; may be shown as a photograph."""

    frames: tuple[PositionFrame, ...]

    @property
    @abstractmethod
    def choice(self) -> FrameChoice | None:
        """Return which positions have a frame; None means all."""

    @property
    @abstractmethod
    def answer_scale(self) -> AnswerScale:
        """Return how large sums and answers are, and whether they have signs."""

    @property
    def brightnesses(self) -> Iterator[Array]:
        """Yield all numbers that are shown as greys, what lies around the image among them."""
        yield from super().brightnesses
        yield np.array(self.layer.geometry.padding_value)
        scale = self.answer_scale
        if scale.has_every_number and not scale.has_signed_sums:
            yield np.array(self.sums)
        if scale.has_every_number and scale.is_brightness:
            yield self.output

    @cached_property
    def answer_tone(self) -> Tone:
        """Return what the colours of answers say."""
        return self.answer_scale.answer_tone(self.greys)

    @cached_property
    def sum_tone(self) -> Tone:
        """Return what the colours of sums say."""
        return self.answer_scale.sum_tone(self.greys)

    @cached_property
    def ground(self) -> Ground:
        """Return the image with its padding."""
        return Ground(self.image, self.layer.geometry, self.layer.size)

    @property
    def linked(self) -> int:
        """Return how many frames at the end are there for links alone."""
        return len(self.choice.linked) if self.choice else 0

    @property
    def windows(self) -> Ground:
        """Return what the window slides over; raises `InvalidValue` for a photograph."""
        check_places(self.scene.id, self.scene.image)
        return self.ground

    @cached_property
    def positions(self) -> Positions:
        """Return the cells of the feature map that the frames fill."""
        filters, height, width = self.output.shape
        cells = tuple(frame.place for frame in self.frames)
        chosen = self.choice.words if self.choice else ""
        return Positions(("filter",), "out", (filters, height, width), cells, chosen)


@dataclass(frozen=True, eq=False, kw_only=True)
class FilterScene(Scene):
    """Filters that slide."""

    layer: FilterLayer
    choice: FrameChoice | None
    """Which of their positions the reel holds; None means all."""

    @property
    def drawn_from(self) -> tuple[object, ...]:
        """Return the scale, for ninths stay ninths, and how its positions were chosen."""
        return self.layer.kernel.scale, self.choice and self.choice.form

    def pointed_at(self, spots: Iterable[Spot]) -> Self:
        """Return the scene with a frame for each place that its text points at."""
        return replace(self, choice=self.choice and self.choice.with_linked(spots))


@dataclass(frozen=True, eq=False, kw_only=True)
class FilterReel(WindowReel):
    """Every position of filters that slide, in reading order."""

    scene: FilterScene

    @property
    def layer(self) -> FilterLayer:
        """Return the filters, and how they are laid."""
        return self.scene.layer

    @property
    def choice(self) -> FrameChoice | None:
        """Return which positions have a frame; None means all."""
        return self.scene.choice


def window_extent(layer: Layer, image: Array, choice: FrameChoice | None) -> Extent:
    """Return how much there is to look at where a layer's windows slide over an image.

    Args:
        layer: what is laid on it.
        image: shape (C, H, W).
        choice: which positions are frames; None means all.

    """
    rows, columns = layer.output_size((image.shape[1], image.shape[2]))
    frames = choice.count if choice else layer.maps * rows * columns
    return Extent(image, layer.maps, (rows, columns), frames, "window positions", layer.numbers_under)


def no_worksheet(check: Check, what: str) -> InvalidValue:
    """Return the fault of a worksheet for a scene that is no plain sum."""
    key = check.worksheet_key
    fact = f"a worksheet leaves sums of one feature map empty, and the scene {what}"
    return InvalidValue(fact, f"Leave {key} out.", key)
