"""From the keys of a scene that learns to the checked scene."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from generator.arithmetic import (
    PATTERNS,
    Array,
    Example,
    Floats,
    PaddingMode,
    declared_pair,
)
from generator.errors import InvalidValue, Problem, counted, shortened, suggestion
from generator.scenes.check import Check
from generator.scenes.declared_arrays import check_number, declared_array
from generator.scenes.kernel import SceneKernel, declared_kernel
from generator.scenes.keys import WindowKeys
from generator.scenes.kinds.learning_scene import LearningScene
from generator.scenes.kinds.learning_steps import USUAL, shown_steps
from generator.scenes.kinds.misplaced import of_other_kinds, refused
from generator.scenes.kinds.windows import no_worksheet
from generator.scenes.layers.filters import FilterLayer, filter_layer
from generator.scenes.layers.weighted import declared_weights
from generator.scenes.numerals import TIMES, number_text, significant_text, size_text
from generator.scenes.photographs import check_small
from generator.scenes.toml_block import TomlBlock, kind_text

NAME_OR_NUMBERS = "a name, a list of names, or rows of numbers"
MOST_STEPS = 10_000
MOST_PRODUCTS = 1_000_000_000
"""Of all steps together: some seconds of work."""
MOST_GRIDS = 6
"""Grids of weights on a stage."""
SMALLEST_RATE = 1e-9
TENTHS = 10
"""A seed makes weights of so many parts of one: short ones, that can be reckoned with by hand."""
ZEROS = "zeros"
GOALS = ("imitate", "wanted")
"""The keys that say what is wanted."""


class LearningKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of a scene that learns."""

    more_images: Annotated[
        list[Any], msgspec.Meta(description='a list of names or grids, such as ["corner", "ring"]')
    ] = msgspec.field(default_factory=list)
    imitate: Annotated[
        str | list[Any] | None, msgspec.Meta(description=NAME_OR_NUMBERS, examples=['imitate = "sobel-x"'])
    ] = None
    wanted: Annotated[list[Any] | None, msgspec.Meta(description="rows of numbers")] = None
    kernel_size: Any = 3
    start: Annotated[
        int | str | list[Any], msgspec.Meta(description='a seed such as 7, "zeros", or rows of numbers')
    ] = 1
    rate: Annotated[int | float | None, msgspec.Meta(description="a number above 0")] = None
    steps: Annotated[int, msgspec.Meta(description="a whole number")] = 100
    diverges: Annotated[bool, msgspec.Meta(description="true or false")] = False
    padding_mode: PaddingMode = "zeros"
    padding_value: int | float = 0
    groups: Any = 1
    bias: Annotated[
        int | float | list[Any] | None,
        msgspec.Meta(description="a number, or a list with one for each filter"),
    ] = None
    activation: Literal["relu"] | None = None


def misplaced(block: TomlBlock, values: Iterable[str]) -> Mapping[str, Problem]:
    """Return what is wrong with keys of other kinds, by key."""
    hints = {"kernel": 'Write imitate = "sobel-x" for the kernel whose map is wanted.'}
    return refused(block, values, of_other_kinds(LearningKeys), "a scene that learns has no", hints)


def declared_lesson(check: Check, image: Array | None, common: Mapping[str, Any]) -> LearningScene | None:
    """Return the scene of a block's values; what is wrong is noted."""
    told = len(check.problems)
    check("rate", _check_rate)
    check("steps", _check_steps)
    goals = [key for key in GOALS if key in check.given]
    if told and not goals:  # what is wrong with it has been said
        return None
    key = check.of("image", lambda: _goal(goals))
    if key is None or image is None or check.of("image", lambda: check_small(image, "learning")) is None:
        return None
    read = declared_kernel if key == "imitate" else partial(_unlearned, check, image)
    declared = declared_weights(check, image, key, read)
    if declared is None:
        return None
    return check.of(key, lambda: _scene(check, image, filter_layer(check, image, declared), common))


def _goal(goals: list[str]) -> str:
    """Return the one key that says what is wanted."""
    if len(goals) > 1:
        raise InvalidValue("the scene has both imitate and wanted", "Leave one of the two out.", "wanted")
    if not goals:
        hint = 'Write imitate = "sobel-x" for the map of a kernel, or wanted = [[0, 9]] for your own.'
        raise InvalidValue("the scene does not say which map is wanted", hint, "kind")
    return goals[0]


def _check_rate(declared: float) -> None:
    check_number(declared, "the rate")
    if declared < SMALLEST_RATE:
        raise InvalidValue(f"the rate is {declared}", "Write a number above 0, or leave it out.")


def _check_steps(declared: int) -> None:
    if not 1 <= declared <= MOST_STEPS:
        raise InvalidValue(f"the scene learns for {declared:,} steps", f"Write 1 to {MOST_STEPS:,}.")


def _unlearned(check: Check, image: Array, declared: list[Any], _scale: Fraction) -> SceneKernel:
    """Return a kernel of zeros, a filter for each map that is wanted."""
    maps = _planes(declared, "wanted")
    size = check("kernel_size", partial(declared_pair, "kernel_size", line=check.line)) or (3, 3)
    groups = check.given.get("groups", 1)
    channels = len(image) // groups if isinstance(groups, int) and 0 < groups <= len(image) else len(image)
    return SceneKernel("", np.zeros((len(maps), channels, *size), np.int64), Fraction(1), "")


def _planes(declared: list[Any], key: str) -> Array:
    """Return numbers as maps or channels of an image, shape (C, H, W)."""
    planes = _array(declared, "image", key)
    return planes if planes.ndim == 3 else planes[np.newaxis]


def _array(declared: list[Any], form: Literal["image", "kernel"], key: str) -> Array:
    """Return numbers in the form of an image or a kernel; what is wrong is told of their own key."""
    try:
        return declared_array(declared, form)
    except InvalidValue as fault:
        fact = fault.message.replace(f"the {form}", f'"{key}"')
        raise InvalidValue(fact, fault.hint.replace(f"{form} = ", f"{key} = "), key, fault.row) from None


def _scene(check: Check, image: Array, layer: FilterLayer, common: Mapping[str, Any]) -> LearningScene:
    """Return the scene of values that can be used each by itself, if they go together."""
    given = check.given
    _check_options(check, layer)
    steps = given.get("steps", 100)
    examples = tuple(_examples(given, image, layer))
    _check_products(layer, examples, steps)
    kernel = SceneKernel("", _start(given.get("start", 1), layer), Fraction(1), "")
    scene = LearningScene(
        kind="learning",
        **common,
        layer=replace(layer, kernel=kernel),
        learns_bias="bias" in given,
        imitated=layer.kernel if "imitate" in given else None,
        examples=examples,
        rate=given.get("rate", 1),
        steps=steps,
        shown=shown_steps(given.get("frames", USUAL), steps),
    )
    scene = scene if "rate" in given else replace(scene, rate=_usual_rate(scene))
    lost = check.losses(layer.geometry, image, layer.size)
    return replace(scene, warnings=(*lost, *map(check.block.problem, _run_away(scene, given))))


def _check_options(check: Check, layer: FilterLayer) -> None:
    """Refuse what cannot be shown together."""
    if check.wants_worksheet():
        raise no_worksheet(check, "learns")
    if "imitate" in check.given and "kernel_size" in check.given:
        fact = f"kernel_size stands beside imitate, whose kernel is {size_text(*layer.size)}"
        raise InvalidValue(fact, "Leave it out.", "kernel_size")
    filters, channels = layer.kernel.weights.shape[:2]
    if filters * channels > MOST_GRIDS:
        fact = f"the scene learns {counted(filters, 'filter')} of {counted(channels, 'channel')} each"
        raise InvalidValue(fact, f"Each is a grid to look at; use at most {MOST_GRIDS} together.")


def _examples(given: Mapping[str, Any], image: Array, layer: FilterLayer) -> Iterator[Example]:
    """Yield every image with the output that is wanted for it."""
    more = given.get("more_images", [])
    if "imitate" in given:
        goal = replace(layer, bias=np.zeros(layer.maps, np.int64))
        yield Example(image, goal.output(image))
        for row, declared in enumerate(more, 1):
            further = _further(declared, row, len(image))
            yield Example(further, _made(goal, further, row))
        return
    if more:
        fact = "the scene has more_images, and one map that is wanted"
        raise InvalidValue(
            fact, 'Write imitate = "sobel-x" for a kernel that makes a map of each.', "more_images"
        )
    wanted, size = _planes(given["wanted"], "wanted"), layer.output_size((image.shape[1], image.shape[2]))
    if wanted.shape[1:] != size:
        fact = f"the map that is wanted has {size_text(*wanted.shape[1:])} numbers, and the layer makes"
        raise InvalidValue(f"{fact} {size_text(*size)}", "Give it as many rows and columns.", "wanted")
    yield Example(image, wanted)


def _made(goal: FilterLayer, image: Array, row: int) -> Array:
    """Return what is wanted of one of the further images; `row` is its place in their list, from 1."""
    try:
        return goal.output(image)
    except InvalidValue as fault:
        raise InvalidValue(
            f"image {row} of more_images: {fault.message}", fault.hint, "more_images", row
        ) from None


def _further(declared: object, row: int, channels: int) -> Array:
    """Return one of the further images; `row` is its place in their list, from 1."""
    here = f"image {row} of more_images"
    if isinstance(declared, str):
        if declared not in PATTERNS:
            raise InvalidValue(
                f'unknown image "{declared}"', suggestion(declared, PATTERNS), "more_images", row
            )
        planes: Array = np.array(PATTERNS[declared].pixels)[np.newaxis]
    elif isinstance(declared, list):
        planes = _planes(declared, "more_images")
    else:
        fact = f"{here} is {kind_text(declared)}, neither a name nor a grid"
        raise InvalidValue(fact, 'Write a name such as "corner", or rows of numbers.', "more_images", row)
    if len(planes) != channels:
        fact = f"{here} has {counted(len(planes), 'channel')}, and the image {counted(channels, 'channel')}"
        raise InvalidValue(fact, "All of them have as many.", "more_images", row)
    return check_small(planes, "learning")


def _check_products(layer: FilterLayer, examples: tuple[Example, ...], steps: int) -> None:
    products = steps * layer.numbers_under * sum(example.wanted.size for example in examples)
    if products > MOST_PRODUCTS:
        fact = f"the scene multiplies {products:,} times in {steps:,} steps"
        raise InvalidValue(fact, "Use fewer steps, or smaller images.", "steps")


def _start(declared: int | str | list[Any], layer: FilterLayer) -> Floats:
    """Return the weights to begin with: random tenths of a seed, zeros, or the author's own."""
    shape = layer.kernel.weights.shape
    if declared == ZEROS:
        return np.zeros(shape)
    if isinstance(declared, int):
        if declared < 0:
            raise InvalidValue(f"the seed is {declared}", "Write a whole number from 0 on.", "start")
        # Straight from the generator, whose numbers stay the same in every version of numpy.
        raw = np.random.PCG64(declared).random_raw(int(np.prod(shape)))
        return np.round((raw / 2**63 - 1) * TENTHS).reshape(shape) / TENTHS
    if isinstance(declared, str):
        hint = 'Write a seed such as 7, "zeros", or rows of numbers.'
        raise InvalidValue(f'start = "{shortened(declared)}" cannot be read', hint, "start")
    return _own_start(declared, layer)


def _own_start(declared: list[Any], layer: FilterLayer) -> Floats:
    shape = layer.kernel.weights.shape
    weights = _array(declared, "kernel", "start")
    weights = weights.reshape((1,) * (4 - weights.ndim) + weights.shape)
    if weights.shape != shape:
        fact = f"start has the shape {_shape(weights.shape)}, and the weights that learn {_shape(shape)}"
        raise InvalidValue(fact, "Give it as many filters, channels, rows and columns.", "start")
    return weights.astype(np.float64)


def _shape(shape: tuple[int, ...]) -> str:
    return TIMES.join(map(str, shape))


def _usual_rate(scene: LearningScene) -> float:
    """Return half of the largest stable rate, in one digit."""
    limit = scene.largest_stable_rate
    if not np.isfinite(limit):
        raise InvalidValue(
            "no weight meets any pixel but 0", "Give it an image that is not dark everywhere.", "image"
        )
    return float(f"{limit / 2:.1g}")


def _run_away(scene: LearningScene, given: Mapping[str, Any]) -> Iterator[InvalidValue]:
    """Yield that the rate is too large, if nobody means it to be; or that it is not, if somebody does."""
    first, last = scene.moments[0], scene.moments[-1]
    grows = last.slope.loss > first.slope.loss
    meant = given.get("diverges", False)
    way = f"from {significant_text(first.slope.loss)} to {significant_text(last.slope.loss)}"
    if grows and not meant:
        fact = (
            f"the rate {number_text(scene.rate, 6)} is too large: in {last.step} steps the loss grows {way}"
        )
        limit = significant_text(scene.largest_stable_rate)
        hint = f"The largest stable rate is {limit}; or add diverges = true, if that is to be seen."
        yield InvalidValue(fact, hint, "rate" if "rate" in given else "kind")
    elif meant and not grows:
        yield InvalidValue(
            f"diverges = true, and the loss falls {way}", "Leave it out, or use a larger rate.", "diverges"
        )
