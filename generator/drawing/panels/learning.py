"""A kernel after some steps: its weights, how far the next step moves each, and the loss as a curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from typing import Any

from generator.drawing.marks import (
    BORDER,
    CELL,
    GAP,
    LABEL,
    LABEL_SIZE,
    NUMBER_SIZE,
    TOTAL_HEIGHT,
    TOTAL_WIDTH,
    Mark,
    Tile,
    Words,
    fitting,
    label,
    moved,
    text_width,
    tile_box,
)
from generator.drawing.numbers import signed, tint, weight_ink
from generator.drawing.panels.loss_curve import SIZE, LossCurve
from generator.drawing.panels.panel import Lens, Weights, WorkPanel
from generator.drawing.panels.signs import Signs
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_scene import LearningFrame

BETWEEN = 24
"""Between weights, moves and curve."""
BETWEEN_GRIDS = 10
"""Between the grids of two filters, or of two channels."""
BESIDE = 8
"""Beside the longest number on a tile, left and right together."""
CURVE = (200, 3 * CELL)
"""The smallest (width, height) of the curve."""
BELOW = 8
"""Between the words on the bias and the panel's end."""
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
        arrows = (self._arrow(move) for frame in self.reel.frames for move in frame.move.ravel().tolist())
        longest = max(map(len, chain(arrows, *map(self._texts, self.reel.frames))))
        return max(CELL, text_width("0" * longest, NUMBER_SIZE) + GAP + BESIDE)

    @property
    def _grids_size(self) -> tuple[float, float]:
        """Return the (width, height) of the grids of weights; those of the moves take as much."""
        filters, channels, rows, columns = self._shape
        width = filters * (columns * self._pitch + BETWEEN_GRIDS) - BETWEEN_GRIDS
        height = channels * (rows * CELL + BETWEEN_GRIDS) - BETWEEN_GRIDS
        return max(width, text_width(_kernel_name(self.reel.frames[-1]), LABEL_SIZE)), height

    @property
    def _moves(self) -> tuple[float, float]:
        """Return where the moves begin: beside the weights, or below those of several filters."""
        width, height = self._grids_size
        return (BORDER, LABEL + height) if self._shape[0] > 1 else (BORDER + width + BETWEEN, 0)

    @cached_property
    def curve(self) -> LossCurve:
        """Return the curve, right of both."""
        height = max(self._moves[1] + self._grids_size[1], CURVE[1])
        left = self._moves[0] + self._grids_size[0] + BETWEEN
        scale = LossCurve(self.reel, 0, 0, *CURVE).scale_width
        return LossCurve(self.reel, left + scale, LABEL, CURVE[0], height)

    @property
    def size(self) -> tuple[float, float]:
        """Return (width, height)."""
        below = LABEL if self._has_bias else SIZE / 2
        curve = self.curve
        return curve.x + curve.width + 2 * BORDER, curve.y + curve.height + below + BORDER

    @property
    def _has_bias(self) -> bool:
        return self.reel.scene.learns_bias

    @property
    def number_size(self) -> float:
        """Return the size of the smallest number on the panel."""
        return SIZE

    def _texts(self, frame: LearningFrame) -> list[str]:
        return [signed(self.reel.weight_text(weight), -1) for weight in frame.weights.ravel().tolist()]

    def _arrow(self, move: float) -> str:
        """Return an arrow up or down, and by how much, if that is enough to be seen."""
        far = self.reel.weight_text(abs(move))
        return f"{'↑' if move > 0 else '↓'}{'' if far == '0' else far}" if move else "0"

    def _boxes(self, start: float, top: float) -> Iterator[tuple[float, float, float, float]]:
        """Yield the boxes of the tiles of grids that begin there, in the order of the weights."""
        _, _, rows, columns = self._shape
        for filter_, channel, row, column in product(*map(range, self._shape)):
            x = start + filter_ * (columns * self._pitch + BETWEEN_GRIDS) + column * self._pitch
            _, y, _, height = tile_box(0, row, 0, top + LABEL + channel * (rows * CELL + BETWEEN_GRIDS))
            yield x + GAP / 2, y, self._pitch - GAP, height

    def still(self) -> Iterator[Mark]:
        """Yield the names, and the lines across the curve."""
        x, y = self._moves
        yield moved(label(x, MOVES), 0, y)
        yield from self.signs.still()
        yield from self.curve.still()

    @cached_property
    def signs(self) -> Signs:
        """Return what is written over the columns at each step."""
        return Signs(tuple(tuple(self._signs(frame)) for frame in self.reel.frames))

    def _signs(self, frame: LearningFrame) -> Iterator[Words]:
        yield label(BORDER, _kernel_name(frame).replace(" ", UNBROKEN))
        yield label(self.curve.x, f"loss {self.reel.loss_text(frame.loss)}".replace(" ", UNBROKEN))

    def moving(self, frame: LearningFrame) -> Iterator[Mark]:
        """Yield the weights, and how far each moves next."""
        weights, moves = frame.weights.ravel().tolist(), frame.move.ravel().tolist()
        tiles = zip(self._boxes(BORDER, 0), self._texts(frame), weights, strict=True)
        for box, text, weight in tiles:
            yield Tile(*box, "paper", text, weight_ink(weight), NUMBER_SIZE, "weight")
        for box, move in zip(self._boxes(*self._moves), moves, strict=True):
            yield Tile(*box, tint(move, self.reel.largest_move), self._arrow(move), "ink", part="product")
        if self._has_bias:
            baseline = self.size[1] - BORDER - BELOW
            yield Words(BORDER, baseline, self._bias_text(frame), "muted", LABEL_SIZE, part="bias")
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
        yield from self.curve.lasting(frame)

    def lenses(self, frame: LearningFrame) -> tuple[Lens, ...]:
        """Return the mark on the curve."""
        return (self.curve.lens(frame),)

    def result(self, frame: Any) -> Tile:  # noqa: ANN401 - a step
        """Return a tile with the loss."""
        text = self.reel.loss_text(frame.loss)
        return Tile(0, 0, TOTAL_WIDTH, TOTAL_HEIGHT, "paper", text, size=fitting([text], TOTAL_WIDTH))


def _kernel_name(frame: LearningFrame) -> str:
    return f"kernel, step {frame.step}"
