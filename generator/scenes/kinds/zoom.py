"""Closer and closer to one place of a picture: windows of it, each smaller than the one before."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from generator.arithmetic import Array, Pair
from generator.errors import InvalidValue, Problem
from generator.scenes.check import Check
from generator.scenes.digits import Digits, enough_digits
from generator.scenes.documents import INPUT_FILE, OUTPUT_FILE, shaped
from generator.scenes.frozen import frozen
from generator.scenes.ground import Ground, bare_ground
from generator.scenes.keys import SceneKeys
from generator.scenes.kinds.kind import Kind
from generator.scenes.kinds.misplaced import of_other_kinds, refused
from generator.scenes.kinds.windows import no_worksheet
from generator.scenes.limits import Extent, check_extent
from generator.scenes.numerals import size_text
from generator.scenes.photographs import check_no_strip
from generator.scenes.ranges import FrameRange
from generator.scenes.reel import Frame, FrameValues, Reel, SceneValues
from generator.scenes.scene import Scene, Spot
from generator.scenes.showing import Showing
from generator.scenes.toml_block import TomlBlock, kind_text
from generator.scenes.values import OF_EVERY_SCENE, OF_PIXELS, OF_STEPS, bound, names

LEGIBLE = 8
"""Pixels along the longer side of the last window: the number of each can be read on a phone."""
LEGIBLE_COLOURS = 4
"""The same of a photograph in colour, whose pixels have three numbers each."""
MOST_SIZES = 12
"""Each is a picture to look at; so many lead from the largest photograph to a single pixel."""
COLOURS = ("red", "green", "blue")
AT, SIZES = "at = [60, 120]", "sizes = [256, 64, 8]"


class ZoomKeys(SceneKeys, frozen=True, kw_only=True):
    """The keys of a zoom."""

    at: Any = None
    sizes: Any = None


@dataclass(frozen=True, eq=False, kw_only=True)
class ZoomScene(Scene):
    """A place, and how large the windows around it are."""

    at: Spot
    sizes: tuple[Pair, ...]
    """(height, width) of each window."""

    @property
    def showing(self) -> Showing:
        """Return how it is shown: of a photograph each window is worth a picture of its own."""
        return replace(super().showing, frames_differ=True)


@dataclass(frozen=True, eq=False, kw_only=True)
class ZoomFrame(Frame):
    """One window; `value` is how many times as large its pixels are shown as those of the whole picture."""

    window: Pair
    """Its top left corner in the picture."""
    size: Pair
    """(height, width)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ZoomReel(Reel):
    """Every window, from the largest to the smallest; the output is what the last one shows."""

    scene: ZoomScene
    frames: tuple[ZoomFrame, ...]

    @property
    def positions(self) -> None:
        """Return None: each window lies around the same place."""
        return

    @property
    def answer_tone(self) -> Any:  # noqa: ANN401 - greys
        """Return the greys of pixels, for a window shows nothing else."""
        return self.greys

    @property
    def output_corner(self) -> Pair:
        """Return where the last window lies: its pixels keep their places in the picture."""
        return self.frames[-1].window

    @property
    def is_output_legible(self) -> bool:
        """Tell whether the numbers of the last window are read as a table: they are, unless it is large."""
        return max(self.output_size) <= 2 * LEGIBLE

    @property
    def filed(self) -> Mapping[str, Array]:
        """Return the picture and the last window, which may stand in files of their own."""
        return {INPUT_FILE: self.image, OUTPUT_FILE: self.output}

    @cached_property
    def ground(self) -> Ground:
        """Return the picture, of which each pixel is seen alone."""
        return bare_ground(self.image)

    def pixels_of(self, number: int) -> Array:
        """Return what the window of a frame, counted from 1, shows, shape (C, height, width)."""
        frame = self.frames[number - 1]
        return window_of(self.image, frame.window, frame.size)

    def plane_name(self, plane: int) -> str:
        """Return what a channel, counted from 0, is called; "" where there is one only."""
        if len(self.image) == 1:
            return ""
        return COLOURS[plane] if len(self.image) == len(COLOURS) else f"channel {plane + 1}"

    @property
    def pixel(self) -> tuple[str, ...]:
        """Return the numbers of the pixel that all windows lie around, one for each channel."""
        row, column = self.scene.at
        return tuple(map(self.number_text, self.image[:, row, column].tolist()))

    def has_numbers(self, number: int) -> bool:
        """Tell whether the numbers of a frame, counted from 1, can be read on its pixels."""
        return max(self.frames[number - 1].size) <= legible(self.image)

    def enough_digits(self) -> Digits:
        """Return the digits that print all pixels."""
        times = np.array([frame.value for frame in self.frames])
        return enough_digits((self.scene.image,), (), times)

    @property
    def scene_values(self) -> SceneValues:
        """Return the values of the scene as a whole."""
        return bound(self, *SCENE_TABLES)

    @property
    def frame_values(self) -> FrameValues:
        """Return the values of one frame."""
        return bound(self, *FRAME_TABLES)

    @cached_property
    def head(self) -> Mapping[str, Any]:
        """Return what the JSON says of the scene."""
        return {
            "kind": "zoom",
            "at": self.scene.at,
            "input": shaped(self.image, INPUT_FILE),
            "output": shaped(self.output, OUTPUT_FILE),
        }

    def frame_documents(self) -> Iterator[Mapping[str, Any]]:
        """Yield where each window lies, and how large it is."""
        for frame in self.frames:
            yield {"window": frame.window, "size": frame.size}


OF_PLACES: Mapping[str, Callable[[ZoomReel], str]] = {
    "at": lambda reel: "row {}, column {}".format(*(place + 1 for place in reel.scene.at)),
    "at.row": lambda reel: str(reel.scene.at[0] + 1),
    "at.column": lambda reel: str(reel.scene.at[1] + 1),
    "at.pixel": lambda reel: ", ".join(reel.pixel),
    "at.red": lambda reel: reel.pixel[0],
    "at.green": lambda reel: reel.pixel[len(reel.pixel) // 2],
    "at.blue": lambda reel: reel.pixel[-1],
}
"""Of the pixel that all windows lie around."""
OF_SIZES: Mapping[str, Callable[[ZoomReel, FrameRange], str]] = {
    "size": lambda reel, frames: size_text(*reel.frames[frames.last - 1].size),
    "size.height": lambda reel, frames: str(reel.frames[frames.last - 1].size[0]),
    "size.width": lambda reel, frames: str(reel.frames[frames.last - 1].size[1]),
    "size.count": lambda reel, frames: f"{reel.pixels_of(frames.last)[0].size:,}",
    "size.times": lambda reel, frames: reel.value_text(reel.frames[frames.last - 1].value),
    "rows": lambda reel, frames: lines_text(*lines_of(reel.frames[frames.last - 1], 0)),
    "columns": lambda reel, frames: lines_text(*lines_of(reel.frames[frames.last - 1], 1)),
}
"""Of one window."""
SCENE_TABLES = (OF_EVERY_SCENE, OF_PLACES)
FRAME_TABLES = ({"frame": OF_STEPS["frame"]}, OF_PIXELS, OF_SIZES)


def lines_of(frame: ZoomFrame, axis: int) -> Pair:
    """Return the first and the last row of a window, or column for an axis of 1, counted from 1."""
    return frame.window[axis] + 1, frame.window[axis] + frame.size[axis]


def lines_text(first: int, last: int) -> str:
    """Return rows or columns as people say them.

    >>> lines_text(97, 128), lines_text(3, 3)
    ('97 to 128', '3')
    """
    return f"{first} to {last}" if last > first else str(first)


def legible(image: Array) -> int:
    """Return how many pixels along a side can have their numbers on them."""
    return LEGIBLE_COLOURS if len(image) > 1 else LEGIBLE


def window_of(image: Array, window: Pair, size: Pair) -> Array:
    """Return a part of an image, shape (C, height, width)."""
    (row, column), (height, width) = window, size
    return image[:, row : row + height, column : column + width]


def zoom_reel(scene: ZoomScene) -> ZoomReel:
    """Return every window of a scene."""
    frames = tuple(_frames(scene))
    last = frames[-1]
    return ZoomReel(scene=scene, output=frozen(window_of(scene.image, last.window, last.size)), frames=frames)


def _frames(scene: ZoomScene) -> Iterator[ZoomFrame]:
    for number, size in enumerate(scene.sizes, 1):
        sides = zip(scene.at, size, scene.image_size, strict=True)
        row, column = (_start(*side) for side in sides)
        times = max(scene.image_size) / max(size)
        yield ZoomFrame(number=number, value=times, window=(row, column), size=size)


def _start(at: int, length: int, whole: int) -> int:
    """Return where a window of some length begins that has a place in its middle, or as near as it can.

    >>> _start(5, 4, 10), _start(5, 3, 10), _start(0, 4, 10), _start(9, 4, 10)
    (4, 4, 0, 6)
    """
    return min(max(0, at - (length - 1) // 2), whole - length)


def halved(size: Pair, last: int) -> Iterator[Pair]:
    """Yield a size and its halves, until no side is longer than the last may be.

    >>> list(halved((160, 192), 8))
    [(160, 192), (80, 96), (40, 48), (20, 24), (10, 12), (5, 6)]
    """
    yield size
    if max(size) > last:
        yield from halved((-(-size[0] // 2), -(-size[1] // 2)), last)


def _place(declared: object, image: Array) -> Spot:
    """Return the place that an author writes as [row, column], counted from 1, as programs count it."""
    if not isinstance(declared, list) or len(declared) != 2 or not all(map(_is_whole, declared)):
        raise InvalidValue(f'"at" is {_shown(declared)}, not a row and a column', f"Write it as in {AT}.")
    (row, column), (_, height, width) = declared, image.shape
    if not (1 <= row <= height and 1 <= column <= width):
        turned = 1 <= column <= height and 1 <= row <= width
        inside = f"It has rows 1 to {height} and columns 1 to {width}."
        hint = f"Rows come first: at = [{column}, {row}]." if turned else inside
        raise InvalidValue(f"at = [{row}, {column}] lies outside the image", hint)
    return row - 1, column - 1


def _sizes(declared: object, image: Array) -> tuple[Pair, ...]:
    """Return the sizes that an author lists, each a number or a pair."""
    if not isinstance(declared, list) or not declared:
        what = "an empty list" if declared == [] else kind_text(declared)
        raise InvalidValue(f'"sizes" is {what}', f"List some, as in {SIZES}, or leave it out.")
    if len(declared) > MOST_SIZES:
        fact = f'"sizes" lists {len(declared)} windows'
        raise InvalidValue(fact, f"Each is a picture to look at; list {MOST_SIZES} at most.")
    sizes = tuple(_size(entry, number, image) for number, entry in enumerate(declared, 1))
    for number, (before, size) in enumerate(pairwise(sizes), 2):
        if size == before or size[0] > before[0] or size[1] > before[1]:
            fact = f"{_called(number)} is {size_text(*size)}, and the one before it {size_text(*before)}"
            raise InvalidValue(fact, "Each window is a part of the one before: let sizes fall.", row=number)
    return sizes


def _size(declared: object, number: int, image: Array) -> Pair:
    pair: list[Any] = declared if isinstance(declared, list) else [declared, declared]
    if len(pair) != 2 or not all(map(_is_whole, pair)) or min(pair) < 1:
        fact = f"{_called(number)} is {_shown(declared)}"
        raise InvalidValue(fact, "Write a number of pixels, or a pair: rows first.", row=number)
    height, width = map(int, pair)
    if height > image.shape[1] or width > image.shape[2]:
        fact = f"{_called(number)} is {size_text(height, width)}, larger than the image"
        raise InvalidValue(fact, f"It has {size_text(*image.shape[1:])} pixels.", row=number)
    return height, width


def _called(number: int) -> str:
    return f'size {number} of "sizes"'


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


def _shown(declared: object) -> str:
    if isinstance(declared, list) and all(isinstance(each, int | float) for each in declared):
        return str(declared).lower()
    return kind_text(declared)


def _misplaced(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys of other kinds, by key."""
    hints = {"frames": f"Choose the windows, as in {SIZES}.", "kernel_size": f"Write {SIZES}."}
    return refused(block, values, of_other_kinds(ZoomKeys) | {"frames"}, "a zoom has no", hints)


def _declared(check: Check, image: Array | None, common: Mapping[str, Any]) -> ZoomScene | None:
    if image is None:
        return None
    whole = image.shape[1], image.shape[2]
    at: Spot | None = ((whole[0] - 1) // 2, (whole[1] - 1) // 2)
    sizes: tuple[Pair, ...] | None = tuple(halved(whole, legible(image)))
    if "at" in check.given:
        at = check("at", lambda declared: _place(declared, image))
    if "sizes" in check.given:
        sizes = check("sizes", lambda declared: _sizes(declared, image))
    if at is None or sizes is None:
        return None
    return check.of("image", lambda: _scene(check, image, at, sizes, common))


def _scene(
    check: Check, image: Array, at: Spot, sizes: tuple[Pair, ...], common: Mapping[str, Any]
) -> ZoomScene:
    """Return the scene of values that can be used each by itself, if they go together."""
    check_no_strip(image)
    if check.wants_worksheet():
        raise no_worksheet(check, "is a zoom")
    check_extent(Extent(image, len(image), sizes[-1], len(sizes), "windows", 1))
    return ZoomScene(kind="zoom", **common, at=at, sizes=sizes)


ZOOM = Kind(
    word="zoom",
    keys=ZoomKeys,
    misplaced=_misplaced,
    scene=_declared,
    reel=zoom_reel,
    values=names(*SCENE_TABLES, *FRAME_TABLES),
    takes_photographs=True,
)
