"""A scene computed: every frame in order, with what they make. Each kind has frames and a reel of its own."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from generator.arithmetic import (
    CENTRES,
    ENDING_AT_ZERO,
    FRACTIONAL,
    GREYS,
    Activation,
    Array,
    Mask,
    Pair,
    may_be_exact,
)
from generator.errors import InvalidValue
from generator.scenes.digits import Digits, about
from generator.scenes.frozen import frozen
from generator.scenes.ground import Ground
from generator.scenes.numerals import is_exact
from generator.scenes.positions import Positions
from generator.scenes.ranges import FrameRange
from generator.scenes.scene import Cell, Scene
from generator.scenes.tones import Greys, Tone, greys_of

SceneValues = Mapping[str, Callable[[], str]]
FrameValues = Mapping[str, Callable[[FrameRange], str]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame:
    """One step of a computation. Indices count from 0."""

    number: int
    """Counted from 1."""
    value: float
    """The number that the frame comes to, by which the peak is found."""
    changes: Mapping[Cell, float] = field(default_factory=dict)
    """The output cells that it writes, with the number that stands in each from now on."""
    cut: Set[Cell] = frozenset()
    """Those of them whose number an activation has cut off."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Reel(ABC):
    """All frames of one scene in order. Arrays carry PyTorch's axes."""

    scene: Scene
    output: Array
    """Shape (O, OH, OW), after the activation."""
    frames: tuple[Frame, ...]
    digits_of_all: Digits | None = None
    """How numbers are printed where more than these decide it."""
    greys_of_all: Greys | None = None
    """On which greys brightnesses are shown, where those of other scenes decide it too."""

    @property
    def image(self) -> Array:
        """Return the image as declared, shape (C, H, W)."""
        return frozen(self.scene.image)

    @property
    def input_size(self) -> Pair:
        """Return the image's (height, width)."""
        return self.scene.image_size

    @property
    def output_size(self) -> Pair:
        """Return the output's (height, width)."""
        return self.output.shape[1], self.output.shape[2]

    @property
    def peak(self) -> Frame:
        """Return the first frame whose value is the largest in absolute value."""
        return max(self.frames[: self.own_count], key=lambda frame: (abs(frame.value), -frame.number))

    @property
    def linked(self) -> int:
        """Return how many frames at the end are there for links in the text alone."""
        return 0

    @property
    def own_count(self) -> int:
        """Return how many frames the scene has by itself, before those that are there for links."""
        return len(self.frames) - self.linked

    @property
    def activation(self) -> Activation | None:
        """Return what every number of the output has gone through last."""
        return None

    @property
    def makes_fractions(self) -> bool:
        """Tell whether answers may be fractions where all sums are whole, and have to say so."""
        return self.activation in FRACTIONAL

    @property
    def has_own_scale(self) -> bool:
        """Tell whether the answers are of another size than the sums that they are made of."""
        return self.activation in CENTRES

    @cached_property
    def cut_cells(self) -> Mask:
        """Return where in the output an activation has cut a number off, as booleans of its shape."""
        return np.zeros(self.output.shape, bool)

    @property
    @abstractmethod
    def positions(self) -> Positions | None:
        """Return where in a grid each frame is, or None where frames are no positions."""

    @property
    def named(self) -> Mapping[str, int]:
        """Return the numbers of frames that anchors may name in words of the kind, as in `step 40`."""
        return {}

    @property
    def windows(self) -> Ground:
        """Return what a window slides over.

        Raises:
            InvalidValue: none does.

        """
        fact = f'"{self.scene.id}" has no places where a window stops'
        raise InvalidValue(fact, "Name a scene whose window slides.")

    @property
    def is_output_legible(self) -> bool:
        """Tell whether the numbers of the output are read as a table."""
        return self.scene.showing.has_every_number

    @property
    def sums(self) -> tuple[float, ...]:
        """Return the sum of each frame, of which a worksheet leaves some empty."""
        return tuple(frame.value for frame in self.frames)

    def sum_of(self, number: int) -> tuple[Sequence[str], bool]:
        """Return the printed parts of a frame's sum, and whether they make it as it is printed.

        Raises:
            InvalidValue: such a sum is not spelt out.

        """
        fact = f'frame {number} of "{self.scene.id}" has no sum that is spelt out'
        raise InvalidValue(fact, "Leave worksheet out.", "worksheet")

    @property
    def brightnesses(self) -> Iterable[Array]:
        """Return all numbers that are shown as greys; those of a photograph may be any that a picture has."""
        return (self.image,) if self.scene.showing.has_every_number else (np.array(GREYS),)

    @cached_property
    def greys(self) -> Greys:
        """Return on which greys brightnesses are shown: the same in all scenes of a chapter."""
        return self.greys_of_all or self.own_greys

    @cached_property
    def own_greys(self) -> Greys:
        """Return the greys that would do for this reel alone."""
        return greys_of(self.brightnesses)

    @property
    @abstractmethod
    def answer_tone(self) -> Tone:
        """Return what the colours of the output say."""

    @property
    def output_corner(self) -> Pair:
        """Return the row and the column, from 0, that are counted as those of the output's first cell."""
        return 0, 0

    @property
    def maps(self) -> tuple[tuple[str, Array], ...]:
        """Return what is made on the way and in the end, each under its name, shape (O, OH, OW)."""
        return (("", self.output),)

    @property
    @abstractmethod
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole that prose may quote."""

    @property
    @abstractmethod
    def frame_values(self) -> FrameValues:
        """Return the values of one frame that prose may quote; of several, those of the last."""

    @property
    @abstractmethod
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene, in order, after its name and before its frames."""

    @abstractmethod
    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield what the JSON says of each frame."""

    @property
    def filed(self) -> Mapping[str, Array]:
        """Return the arrays that stand in files of their own where they have very many numbers, by name."""
        return {}

    @cached_property
    def digits(self) -> Digits:
        """Return how all numbers are printed; of a photograph those decide that its frames show."""
        return self.digits_of_all or self.enough_digits()

    @abstractmethod
    def enough_digits(self) -> Digits:
        """Return the digits that print the numbers of this reel."""

    def shown_results(self, further: Callable[[Any], Iterable[Array]]) -> Iterator[Array]:
        """Yield what is computed, as far as it is shown: the output, and what each frame shows `further`."""
        if self.scene.showing.has_every_number:
            yield self.output
        for frame in self.frames:
            yield from further(frame)

    def made_text(self, value: float) -> str:
        """Return the sum of a frame, and that it is rounded where it is."""
        return about(self.result_text(value), value)

    def value_text(self, value: float) -> str:
        """Return what a frame comes to, and that it is rounded where it is."""
        return self.output_text(value)

    def is_value_exact(self, value: float) -> bool:
        """Tell whether what a frame comes to is printed as what it is, and not rounded."""
        return self.is_output_exact(value)

    def output_text(self, value: float) -> str:
        """Return a number of the output, and that it is rounded where it is."""
        return about(self.answer_text(value), value if self.is_output_exact(value) else None)

    def is_output_exact(self, value: float) -> bool:
        """Tell whether a number of the output is printed as what it is, and not rounded."""
        return may_be_exact(value, self.activation) and is_exact(self.answer_text(value), value)

    def answer_text(self, value: float) -> str:
        """Return a number of the output as it is printed; one near an end at 0 becomes 0."""
        return self.digits.rounded(value) if self.activation in ENDING_AT_ZERO else self.result_text(value)

    def number_text(self, value: float) -> str:
        """Return a pixel or a bias as it is printed."""
        return self.digits.number(value)

    def part_text(self, value: float) -> str:
        """Return a product, or a sum of some, as it is printed: ninths stay ninths where the scale is one."""
        return self.digits.part(value)

    def result_text(self, value: float) -> str:
        """Return a sum or an answer as it is printed."""
        return self.digits.result(value)
