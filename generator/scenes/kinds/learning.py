"""A kernel that learns: each frame is the layer after some steps of gradient descent."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, TypeAlias

import numpy as np

from generator.arithmetic import Activation, Array, Mask, Pair
from generator.scenes.digits import Digits, about, enough_digits
from generator.scenes.documents import layer_head, nested, shaped
from generator.scenes.ground import Ground
from generator.scenes.kernel import SceneKernel
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.learning_declared import LearningKeys, declared_lesson, misplaced
from generator.scenes.kinds.learning_scene import LearningFrame, LearningScene, learning_frames
from generator.scenes.layers.filters import FilterLayer
from generator.scenes.numerals import (
    ALMOST,
    is_exact,
    number_text,
    plain_number,
    significant_text,
    sum_text,
    tile_text,
)
from generator.scenes.positions import Positions
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import FrameValues, Reel, SceneValues
from generator.scenes.scene import Cell
from generator.scenes.tones import Signs
from generator.scenes.values import OF_EVERY_SCENE, OF_WINDOWS, bound, names

Texts: TypeAlias = np.ndarray[Any, np.dtype[np.str_]]
FULL_COLOUR = 1.0
"""What has the full colour where nothing is wanted but zeros."""
RATE_PLACES = 6
"""Decimals that a learning rate may have."""
FINE = 4
"""Digits of a gradient that count."""
WEIGHT_PLACES = 2
"""Decimals of a weight: more do not fit on a pixel."""
ALMOST_TEN = 9.95
"""From here on a weight has one less."""
WHOLE = (10, 1)
"""From what is wanted on numbers of maps are whole, have one decimal; below that, two."""


@dataclass(frozen=True, eq=False, kw_only=True)
class LearningReel(Reel):
    """The layer step by step."""

    scene: LearningScene
    frames: tuple[LearningFrame, ...]
    layer: FilterLayer
    """As it is at the end."""

    @cached_property
    def ground(self) -> Ground:
        """Return the image with its padding."""
        return Ground(self.image, self.layer.geometry, self.layer.size)

    @property
    def wanted(self) -> Array:
        """Return what is wanted of the image that is shown, shape (O, OH, OW)."""
        return self.scene.examples[0].wanted

    @property
    def activation(self) -> Activation | None:
        """Return what is made of every sum."""
        return self.layer.activation

    @cached_property
    def cut_cells(self) -> Mask:
        """Return where in the output relu has cut a sum off, as booleans of its shape."""
        return self.layer.cut_cells(self.image)

    @property
    def windows(self) -> Ground:
        """Return what the window slides over."""
        return self.ground

    @property
    def positions(self) -> Positions | None:
        """Return None: a frame is a step, and fills all cells."""
        return None

    @property
    def named(self) -> Mapping[str, int]:
        """Return the numbers of the frames that anchors name by their step."""
        return {f"step {frame.step}": frame.number for frame in self.frames}

    @cached_property
    def answer_tone(self) -> Signs:
        """Return what the colours of all maps say: what is wanted decides it, so that they compare."""
        return Signs(float(np.abs(self.wanted).max()) or FULL_COLOUR)

    @cached_property
    def largest_move(self) -> float:
        """Return the move that has its full colour: the first of them are usually the largest."""
        return float(np.abs(self.frames[0].move).max()) or FULL_COLOUR

    @property
    def maps(self) -> tuple[tuple[str, Array], ...]:
        """Return what is made in the end, what is wanted, and by how much the one is more than the other."""
        made = ("the last prediction", self.output), ("what is wanted", self.wanted)
        return (*made, ("the last error", self.frames[-1].error))

    def enough_digits(self) -> Digits:
        """Return the digits that print the pixels, and what is wanted."""
        declared = (*(example.image for example in self.scene.examples), self.wanted)
        return enough_digits(declared, (), np.zeros(0))

    def answer_text(self, value: float) -> str:
        """Return a number of a map as it is printed."""
        return tile_text(value, self._places)

    @cached_property
    def _places(self) -> int:
        """Return how many decimals a number of a map has: so many that all are short, and large on tiles."""
        largest = float(np.abs(self.wanted).max())
        return next((places for places, least in enumerate(WHOLE) if largest >= least), len(WHOLE))

    def weight_text(self, value: float) -> str:
        """Return a weight, or how far it moves, as it is printed."""
        return tile_text(value, WEIGHT_PLACES - (abs(value) >= ALMOST_TEN))

    def loss_text(self, value: float) -> str:
        """Return a loss as it is printed."""
        return significant_text(value)

    def value_text(self, value: float) -> str:
        """Return a loss, and that it is rounded where it is."""
        return about(self.loss_text(value), value)

    def apart_of(self, number: int) -> float:
        """Return how far the weights of a frame, counted from 1, are from the imitated ones at most.

        It is not-a-number where none are imitated.
        """
        imitated = self.scene.imitated
        if imitated is None:
            return float("nan")
        return float(np.abs(self.frames[number - 1].weights - imitated.values).max())

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole."""
        return bound(self, *SCENE_TABLES)

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one frame, some of them for each weight or row."""
        rows, columns = self.layer.size
        weights = {
            f"{name}.{row + 1}.{column + 1}": partial(value, self, place=(row, column))
            for name, value in OF_PLACES.items()
            for row in range(rows)
            for column in range(columns)
        }
        of_rows = {
            f"{name}.{row + 1}": partial(value, self, row=row)
            for name, value in OF_ROWS.items()
            for row in range(self.output_size[0])
        }
        return {**bound(self, OF_MOMENTS), **weights, **of_rows}

    @property
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene: its kernel and output are those of the last frame."""
        scene = self.scene
        return {
            "kind": "learning",
            **layer_head(self.layer.document(), self.image, self.output),
            "wanted": shaped(self.wanted),
            "imitated": scene.imitated
            and {"name": scene.imitated.name or None, **shaped(scene.imitated.values)},
            "more": [
                {"input": shaped(example.image), "wanted": shaped(example.wanted)}
                for example in scene.examples[1:]
            ],
            "rate": plain_number(scene.rate),
            "steps": scene.steps,
            "learns_bias": scene.learns_bias,
        }

    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield the layer after each step that is shown."""
        for frame in self.frames:
            yield {
                "step": frame.step,
                "kernel": nested(frame.weights),
                **_nested("bias", frame.bias),
                "output": nested(frame.output),
                "error": nested(frame.error),
                "loss": plain_number(frame.loss),
                "gradient": nested(frame.gradient),
                **_nested("bias_gradient", frame.bias_gradient),
            }


def _nested(key: str, array: Array | None) -> Mapping[str, Any]:
    return {} if array is None else {key: nested(array)}


def learning_reel(scene: LearningScene) -> LearningReel:
    """Return a frame for each step that is shown."""
    frames = tuple(learning_frames(scene))
    last = frames[-1]
    kernel = SceneKernel("", last.weights, Fraction(1), "")
    layer = replace(scene.layer, kernel=kernel, bias=scene.layer.bias if last.bias is None else last.bias)
    return LearningReel(scene=scene, output=last.output, frames=frames, layer=layer)


OF_LESSONS: Mapping[str, Callable[[LearningReel], str]] = {
    "kernel.count": lambda reel: str(reel.layer.values.size),
    "imitated": lambda reel: _imitated(reel, lambda weights: _listed(reel.weight_text, weights, _grid)),
    "imitated.columns": lambda reel: _imitated(
        reel, lambda weights: _listed(reel.weight_text, weights.sum(0))
    ),
    "images": lambda reel: str(len(reel.scene.examples)),
    "steps": lambda reel: str(reel.scene.steps),
    "rate": lambda reel: number_text(reel.scene.rate, RATE_PLACES),
    "rate.stable": lambda reel: _told(significant_text, reel.scene.largest_stable_rate),
}
"""What it learns, from what, and how."""
OF_MOMENTS: Mapping[str, Callable[[LearningReel, FrameRange], str]] = {
    "frame": lambda reel, frames: str(frames.last),
    "step": lambda reel, frames: str(_at(reel, frames).step),
    "loss": lambda reel, frames: reel.value_text(_at(reel, frames).loss),
    "learned": lambda reel, frames: _listed(reel.weight_text, _at(reel, frames).weights[0, 0], _grid),
    "columns": lambda reel, frames: _listed(reel.weight_text, _at(reel, frames).weights[0, 0].sum(0)),
    "apart": lambda reel, frames: _told(significant_text, reel.apart_of(frames.last)),
    "worst": lambda reel, frames: "row {1}, column {2}".format(*(n + 1 for n in _at(reel, frames).place)),
    "worst.made": lambda reel, frames: _answer(reel, _at(reel, frames).output, _at(reel, frames).place),
    "worst.wanted": lambda reel, frames: _answer(reel, reel.wanted, _at(reel, frames).place),
    "worst.error": lambda reel, frames: _answer(reel, _at(reel, frames).error, _at(reel, frames).place),
}
"""Of one step; `columns` are the sums of the first filter's columns, `apart` how far the weights are from the
imitated ones at most, and `worst` is where the first map is most wrong."""

OF_PLACES: Mapping[str, Callable[..., str]] = {
    "weight": lambda reel, frames, place: _weight(reel, _at(reel, frames).weights[0, 0][place].item()),
    "gradient": lambda reel, frames, place: _told(_fine, _at(reel, frames).gradient[0, 0][place]),
    "move": lambda reel, frames, place: _told(_fine, _at(reel, frames).move[0, 0][place].item()),
    "meets": lambda reel, frames, place: _listed(reel.number_text, _met(reel, place)),
    "pulls": lambda reel, frames, place: _listed(number_text, _pulled(reel, _at(reel, frames), place), _sum),
    "pull": lambda reel, frames, place: _told(number_text, _pulled(reel, _at(reel, frames), place).sum()),
}
"""Of one weight of the first filter, such as `weight.1.3`: what pulls at it are the errors of the map's first
row, each times the pixel that it meets there."""
OF_ROWS: Mapping[str, Callable[..., str]] = {
    "made": lambda reel, frames, row: _listed(reel.answer_text, _at(reel, frames).output[0, row]),
    "wants": lambda reel, frames, row: _listed(reel.answer_text, reel.wanted[0, row]),
    "errors": lambda reel, frames, row: _listed(reel.answer_text, _at(reel, frames).error[0, row]),
}
"""Of one row of the first map, such as `errors.1`."""


def _imitated(reel: LearningReel, told: Callable[[Array], str]) -> str:
    """Return what is told of the first grid of the imitated kernel, if one is."""
    imitated = reel.scene.imitated
    return told(imitated.values[0, 0]) if imitated else "nothing"


def _fine(value: float) -> str:
    """Return a gradient, or how far a weight moves, with digits enough to be reckoned with."""
    return significant_text(value, FINE)


def _at(reel: LearningReel, frames: FrameRange) -> LearningFrame:
    return reel.frames[frames.last - 1]


def _told(text: Callable[[float], str], value: float) -> str:
    """Return a number, and that it is rounded where it is."""
    return about(text(float(value)), float(value))


def _weight(reel: LearningReel, value: float) -> str:
    return _told(reel.weight_text, value)


def _listed(text: Callable[[float], str], values: Array, joined: Callable[[Texts], str] = ", ".join) -> str:
    """Return several numbers, and in front that some of them are rounded where they are."""
    texts = [text(value) for value in values.ravel().tolist()]
    exact = all(is_exact(*pair) for pair in zip(texts, values.ravel().tolist(), strict=True))
    listed = joined(np.array(texts).reshape(values.shape))
    return listed if exact else f"{ALMOST} {listed}"


def _grid(texts: Texts) -> str:
    return " / ".join(map(" ".join, texts))


def _sum(texts: Texts) -> str:
    return sum_text(list(texts))


def _answer(reel: LearningReel, maps: Array, place: Cell) -> str:
    return _told(reel.answer_text, maps[place].item())


def _met(reel: LearningReel, place: Pair) -> Array:
    """Return the pixels that a weight meets while the window is in the first row of positions."""
    windows = (reel.layer.geometry.window(0, column) for column in range(reel.output_size[1]))
    return np.array([reel.ground.pixels(window, range(1))[0][place] for window in windows])


def _pulled(reel: LearningReel, frame: LearningFrame, place: Pair) -> Array:
    """Return the errors of the first row, each times the pixel that a weight meets there."""
    pulled: Array = frame.error[0, 0] * _met(reel, place)
    return pulled


SCENE_TABLES = (OF_EVERY_SCENE, OF_WINDOWS, OF_LESSONS)

LEARNING = Kind(
    word="learning",
    keys=LearningKeys,
    misplaced=misplaced,
    scene=declared_lesson,
    reel=learning_reel,
    values=names(
        *SCENE_TABLES,
        OF_MOMENTS,
        (f"{name}.1.1" for name in OF_PLACES),
        (f"{name}.1" for name in OF_ROWS),
    ),
)
