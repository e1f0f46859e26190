"""A kernel after some steps: its weights, how far the next step moves each, and the loss as a curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil, floor, log10
from typing import Any

from generator.drawing.marks import (
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    MIDDLE,
    NUMBER_SIZE,
    SIGN_WIDTH,
    TOTAL_HEIGHT,
    TOTAL_WIDTH,
    Line,
    Mark,
    Outline,
    Tile,
    Words,
    fitting,
    label,
    text_width,
    tile_box,
)
from generator.drawing.numbers import signed, tint, weight_ink
from generator.drawing.panels.panel import Lens, Weights, WorkPanel
from generator.drawing.panels.signs import Signs
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_scene import LearningFrame
from generator.scenes.numerals import significant_text

BETWEEN_GRIDS = 10
"""Between the grids of two filters, or of two channels."""
BESIDE = 8
"""Beside the longest number on a tile, left and right together."""
CURVE = (210, 3 * CELL)
"""The smallest (width, height) of the curve."""
SCALE_SIZE = 16
"""Of the numbers beside the curve."""
POINT = 10
"""The side of the mark on the curve."""
MOST_DECADES = 8
"""What is smaller by more powers of ten lies on the ground."""
MOST_LINES = 4
"""Across the curve, with a power of ten each."""
UNBROKEN = "\u00a0"
"""A space that does not part one sign from the next."""
MOVES = "next step"


@dataclass(frozen=True, eq=False)
class LearningPanel(WorkPanel):
    """The weights, their next moves, and the curve."""

    reel: LearningReel

    @property
    def _shape(self) -> tuple[int, int, int, int]:
        """Return (filters, channels, rows, columns) of the weights."""
        filters, channels, rows, columns = self.reel.frames[0].weights.shape
        return filters, channels, rows, columns

    @cached_property
    def _pitch(self) -> float:
        """Return how far the tiles of weights stand apart, so that the longest of them fits."""
        longest = max(
            len(text) for frame in self.reel.frames for text in (*self._texts(frame), *self._moves(frame))
        )
        return max(CELL, text_width("0" * longest, NUMBER_SIZE) + GAP + BESIDE)

    @property
    def _grids_size(self) -> tuple[float, float]:
        filters, channels, rows, columns = self._shape
        width = filters * (columns * self._pitch + BETWEEN_GRIDS) - BETWEEN_GRIDS
        return max(width, text_width(self._longest_name, LABEL_SIZE)), channels * (
            rows * CELL + BETWEEN_GRIDS
        ) - BETWEEN_GRIDS

    @property
    def _longest_name(self) -> str:
        return _kernel_name(self.reel.frames[-1])

    @property
    def starts(self) -> tuple[float, float, float]:
        """Return where the columns begin: weights, moves, and the curve's own box."""
        moves = BORDER + self._grids_size[0] + SIGN_WIDTH
        return BORDER, moves, moves + self._grids_size[0] + SIGN_WIDTH + self._scale_width

    @property
    def _scale_width(self) -> float:
        return max(text_width(text, SCALE_SIZE) for _, text in self._lines) + BORDER

    @property
    def _height(self) -> float:
        return max(self._grids_size[1], CURVE[1])

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        below = LABEL if self._has_bias else SCALE_SIZE / 2
        return self.starts[2] + CURVE[0] + 2 * BORDER, LABEL + self._height + below + BORDER

    @property
    def _has_bias(self) -> bool:
        return self.reel.scene.learns_bias

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""
        return SCALE_SIZE

    def _texts(self, frame: LearningFrame) -> list[str]:
        return [signed(self.reel.weight_text(weight), -1) for weight in frame.weights.ravel().tolist()]

    def _moves(self, frame: LearningFrame) -> list[str]:
        return [self._move(move) for move in frame.move.ravel().tolist()]

    def _move(self, move: float) -> str:
        """Return an arrow up or down, and by how much, if that is enough to be seen."""
        far = self.reel.weight_text(abs(move))
        return f"{'↑' if move > 0 else '↓'}{'' if far == '0' else far}" if move else "0"

    def _boxes(self, start: float) -> Iterator[tuple[float, float, float, float]]:
        """Yield the boxes of the tiles of a column, in the order of the weights."""
        _, _, rows, columns = self._shape
        for filter_, channel, row, column in product(*map(range, self._shape)):
            x = start + filter_ * (columns * self._pitch + BETWEEN_GRIDS) + column * self._pitch
            _, y, _, height = tile_box(0, row, 0, LABEL + channel * (rows * CELL + BETWEEN_GRIDS))
            yield x + GAP / 2, y, self._pitch - GAP, height

    def still(self) -> Iterator[Mark]:
        """Yield the names, and the lines across the curve with the powers of ten that they stand for."""
        yield label(self.starts[1], MOVES)
        yield from self.signs.still()
        left = self.starts[2]
        for power, text in self._lines:
            y = self._down(power)
            yield Line(left, y, CURVE[0], 0)
            yield Words(left - BORDER, y + MIDDLE * SCALE_SIZE, text, "muted", SCALE_SIZE, "end")

    @cached_property
    def signs(self) -> Signs:
        """Return what is written over the columns at each step."""
        return Signs(tuple(tuple(self._signs(frame)) for frame in self.reel.frames))

    def _signs(self, frame: LearningFrame) -> Iterator[Words]:
        yield label(BORDER, _kernel_name(frame).replace(" ", UNBROKEN))
        yield label(self.starts[2], f"loss {self.reel.loss_text(frame.loss)}".replace(" ", UNBROKEN))

    def moving(self, frame: LearningFrame) -> Iterator[Mark]:
        """Yield the weights, and how far each moves next."""
        size = fitting(self._texts(frame), self._pitch)
        weights, moves = frame.weights.ravel().tolist(), frame.move.ravel().tolist()
        for box, text, weight in zip(self._boxes(BORDER), self._texts(frame), weights, strict=True):
            yield Tile(*box, "paper", text, weight_ink(weight), size, "weight")
        for box, move in zip(self._boxes(self.starts[1]), moves, strict=True):
            fill = tint(move, self.reel.largest_move)
            yield Tile(*box, fill, self._move(move), "ink", NUMBER_SIZE, "product")
        if self._has_bias:
            yield Words(
                BORDER,
                LABEL + self._height + LABEL - 8,
                self._bias_text(frame),
                "muted",
                LABEL_SIZE,
                "start",
                "bias",
            )
        yield from self.signs.moving(frame)

    @property
    def weights(self) -> Sequence[Weights]:
        """Return what is shown at each step, as of filters that change with the frames."""
        return [
            Weights(
                self._texts(frame),
                [weight_ink(weight) for weight in frame.weights.ravel().tolist()],
                self._bias_text(frame),
            )
            for frame in self.reel.frames
        ]

    def _bias_text(self, frame: LearningFrame) -> str:
        if frame.bias is None:
            return ""
        return f"bias {', '.join(signed(self.reel.weight_text(value), -1) for value in frame.bias.tolist())}"

    def lasting(self, frame: LearningFrame) -> Iterator[Mark]:
        """Yield the curve's way from the step before."""
        if frame.number > 1:
            x, y = self._points[frame.number - 2]
            to_x, to_y = self._points[frame.number - 1]
            yield Line(x, y, to_x - x, to_y - y, "ink", 2.5, "lit", frame.number)

    def lenses(self, frame: LearningFrame) -> tuple[Lens, ...]:
        """Return the mark on the curve."""
        x, y = self._points[frame.number - 1]
        mark = Outline(0, 0, POINT, POINT, thickness=3, part="point")
        return (Lens(x - POINT / 2, y - POINT / 2, (mark,)),)

    @cached_property
    def _points(self) -> list[tuple[float, float]]:
        """Return where the loss of each step lies: steps side by side, each power of ten as high."""
        losses = [frame.loss for frame in self.reel.frames]
        apart = CURVE[0] / max(1, len(losses) - 1)
        return [
            (self.starts[2] + at * apart, self._down(log10(loss) if loss else self._powers[0]))
            for at, loss in enumerate(losses)
        ]

    def _down(self, power: float) -> float:
        """Return how far down a power of ten lies."""
        lowest, highest = self._powers
        share = (highest - max(power, lowest)) / (highest - lowest)
        return LABEL + self._height * share

    @cached_property
    def _powers(self) -> tuple[int, int]:
        """Return the powers of ten between which the curve lies."""
        powers = [log10(frame.loss) for frame in self.reel.frames if frame.loss] or [0.0]
        highest = ceil(max(powers))
        return max(
            floor(min(powers)),
            highest - MOST_DECADES,
        ) if min(powers) < highest else highest - 1, highest

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """Return the powers of ten that have a line, each with its number."""
        lowest, highest = self._powers
        every = ceil((highest - lowest) / MOST_LINES)
        return [(power, significant_text(10.0**power, 1)) for power in range(highest, lowest - 1, -every)]

    def result(self, frame: Any) -> Tile:  # noqa: ANN401 - a step
        """Return a tile with the loss."""
        text = self.reel.loss_text(frame.loss)
        return Tile(
            0, 0, TOTAL_WIDTH, TOTAL_HEIGHT, "paper", text, "ink", fitting([text], TOTAL_WIDTH), "total"
        )


def _kernel_name(frame: LearningFrame) -> str:
    return f"kernel, step {frame.step}"
