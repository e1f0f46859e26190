"""Gradients and descent: what exact loops over the definition and algebra say of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice
from typing import Any

import numpy as np
import pytest

from generator.arithmetic import (
    KERNELS,
    PATTERNS,
    Example,
    Geometry,
    Learner,
    Slope,
    descent,
    largest_stable_rate,
    layer_output,
    slope,
)
from generator.errors import InvalidValue
from tests.arithmetic.oracle import Options, output
from tests.arithmetic.random_layers import random_layer

MOST = 20_000
"""Products, in a layer that is small enough to be computed by loops."""
STEP = Fraction(1, 10**6)
"""By which a weight is moved to and fro."""
SOBEL = np.array(KERNELS["sobel-x"].weights, np.float64)


@dataclass(frozen=True, eq=False)
class Lesson:
    """A random layer that learns from random examples."""

    learner: Learner
    options: Options
    examples: list[Example]

    def exact_loss(self, weights: Any, bias: Any) -> Fraction:  # noqa: ANN401 - lists in lists
        """Return the mean of the squared errors, by exact loops over the definition."""
        squares = [
            (Fraction(made) - int(wanted)) ** 2
            for example in self.examples
            for made, wanted in zip(
                flat(output(example.image.tolist(), weights, self.options, bias, self.learner.activation)),
                example.wanted.ravel(),
                strict=True,
            )
        ]
        return sum(squares, Fraction()) / len(squares)


def flat(planes: list[list[list[Any]]]) -> Iterator[Any]:
    return chain.from_iterable(chain.from_iterable(planes))


def exact(array: Any) -> Any:  # noqa: ANN401 - lists in lists
    """Return numbers with two digits behind the point as the fractions that they are."""
    return list(map(exact, array)) if array.ndim else Fraction(round(array.item() * 100), 100)


def lessons(seed: int) -> Iterator[Lesson]:
    """Yield lessons over all options: stride, padding, dilation, channels, groups, bias, relu, two images."""
    rng = np.random.default_rng(seed)
    while True:
        layer = random_layer(rng, whole=True)
        if layer.geometry.transposed or layer.image.size * layer.weights.size > MOST:
            continue
        geometry = replace(
            layer.geometry, padding_value=0 if layer.geometry.padding_mode != "constant" else 4
        )
        options = replace(layer.options, padding_value=Fraction(geometry.padding_value))
        weights = rng.integers(-300, 300, layer.weights.shape) / 100
        bias = None if layer.bias is None else rng.integers(1, 300, layer.bias.shape) / 100
        learner = Learner(weights, bias, geometry, "relu" if rng.random() < 0.5 else None)
        images = [rng.integers(-9, 10, layer.image.shape) for _ in range(int(rng.integers(1, 3)))]
        sums = [layer_output(image, weights, geometry, bias) for image in images]
        if learner.activation and any((abs(each) < 0.005).any() for each in sums):
            continue  # there relu has two slopes
        examples = [
            Example(image, rng.integers(-9, 10, each.shape)) for image, each in zip(images, sums, strict=True)
        ]
        yield Lesson(learner, options, examples)


def moved(numbers: Any, place: tuple[int, ...], by: Fraction) -> Any:  # noqa: ANN401 - lists in lists
    """Return numbers of which one is moved."""
    first, *rest = place
    changed = list(numbers)
    changed[first] = moved(numbers[first], tuple(rest), by) if rest else numbers[first] + by
    return changed


def chord(after: Fraction, before: Fraction) -> float:
    """Return how steep the loss is from one end of a weight's way to the other."""
    return float((after - before) / (2 * STEP))


@pytest.mark.parametrize("cases", [80, pytest.param(500, marks=pytest.mark.long)])
def test_gradients_are_the_differences_that_exact_loops_find(cases: int) -> None:
    """The loss is a polynomial of degree 2 in each weight: its slope is exactly that of a chord about it."""
    rng = np.random.default_rng(1)
    for lesson in islice(lessons(70), cases):
        found = slope(lesson.learner, lesson.examples)
        weights = exact(lesson.learner.weights)
        bias = None if lesson.learner.bias is None else exact(lesson.learner.bias)
        assert found.loss == pytest.approx(float(lesson.exact_loss(weights, bias)), rel=1e-12)
        place = tuple(int(rng.integers(size)) for size in found.weights.shape)
        ends = [lesson.exact_loss(moved(weights, place, by), bias) for by in (STEP, -STEP)]
        assert found.weights[place] == pytest.approx(chord(*ends), rel=1e-10, abs=1e-10)
        if bias is not None and found.bias is not None:
            ends = [lesson.exact_loss(weights, moved(bias, place[:1], by)) for by in (STEP, -STEP)]
            assert found.bias[place[0]] == pytest.approx(chord(*ends), rel=1e-10, abs=1e-10)


def test_lessons_have_every_option() -> None:
    drawn = list(islice(lessons(70), 80))
    assert {bool(lesson.learner.activation) for lesson in drawn} == {True, False}
    assert {lesson.learner.bias is None for lesson in drawn} == {True, False}
    assert {len(lesson.examples) for lesson in drawn} == {1, 2}
    assert {lesson.options.groups for lesson in drawn} == {1, 2, 3}
    assert len({lesson.options.padding_mode for lesson in drawn}) == 6


def test_errors_are_what_is_made_less_what_is_wanted() -> None:
    for lesson in islice(lessons(71), 40):
        found = slope(lesson.learner, lesson.examples)
        for made, error, example in zip(found.outputs, found.errors, lesson.examples, strict=True):
            assert np.array_equal(made - example.wanted, error)


def test_another_size_than_is_made_cannot_be_wanted() -> None:
    learner = Learner(np.zeros((1, 1, 3, 3)))
    with pytest.raises(InvalidValue, match=r"makes the shape \(1, 5, 5\), and \(1, 1, 1\) is wanted"):
        slope(learner, [Example(np.zeros((1, 7, 7)), np.zeros((1, 1, 1)))])


def last(learner: Learner, examples: list[Example], rate: float, steps: int) -> tuple[Learner, Slope]:
    """Return where descent ends."""
    *_, end = descent(learner, examples, rate, steps)
    return end


def imitating(images: list[Any]) -> list[Example]:
    """Return examples of what the Sobel kernel makes."""
    return [Example(image, layer_output(image, SOBEL[np.newaxis, np.newaxis])) for image in images]


def begun(seed: int) -> Learner:
    return Learner(np.random.default_rng(seed).normal(size=(1, 1, 3, 3)))


@pytest.mark.parametrize("seed", range(5))
def test_from_a_step_alone_only_the_sums_of_columns_are_learned(seed: int) -> None:
    """Every row of the image is the same: the right map is made by a kernel that is not Sobel's."""
    examples = imitating([np.array(PATTERNS["step"].pixels)[np.newaxis]])
    learner = begun(seed)
    learned, at = last(learner, examples, largest_stable_rate(learner, examples) * 0.9, 500)
    kernel = learned.weights[0, 0]
    assert at.loss < 1e-9
    assert kernel.sum(0) == pytest.approx(SOBEL.sum(0), abs=1e-3)
    assert abs(kernel - SOBEL).max() > 0.1


@pytest.mark.parametrize("seed", range(5))
def test_from_rich_images_sobel_itself_is_learned(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    examples = imitating([rng.integers(0, 10, (1, 7, 7)) for _ in range(3)])
    learner = begun(seed)
    learned, at = last(learner, examples, largest_stable_rate(learner, examples) * 0.9, 500)
    assert learned.weights[0, 0] == pytest.approx(SOBEL, abs=1e-2)
    assert at.loss < 1e-3


@pytest.mark.parametrize("bias", [None, np.zeros(2)])
def test_beyond_the_largest_stable_rate_it_runs_away(bias: Any) -> None:  # noqa: ANN401
    rng = np.random.default_rng(3)
    geometry = Geometry(stride=(1, 2), padding=((1, 0), (0, 2)), groups=2)
    learner = Learner(rng.normal(size=(2, 1, 2, 2)), bias, geometry)
    # The second group sees more than the first, and a bias counts for something beside small pixels.
    images = [rng.integers(0, 3, (2, 5, 6)) * np.array([1, 2])[:, np.newaxis, np.newaxis] for _ in range(2)]
    size = layer_output(images[0], learner.weights, geometry).shape
    examples = [Example(image, rng.normal(size=size)) for image in images]
    limit = largest_stable_rate(learner, examples)
    losses = {
        share: [at.loss for _, at in descent(learner, examples, limit * share, 400)] for share in (0.99, 1.01)
    }
    assert all(
        later <= before * (1 + 1e-9) for before, later in zip(losses[0.99], losses[0.99][1:], strict=False)
    )
    assert losses[1.01][-1] > losses[1.01][200] > losses[0.99][-1]


def test_a_bias_is_learned_too() -> None:
    """Of an image without light only the bias has a say."""
    learner = Learner(np.zeros((1, 1, 1, 1)), np.zeros(1))
    learned, at = last(learner, [Example(np.zeros((1, 2, 2)), np.full((1, 2, 2), 3))], 0.3, 100)
    assert learned.bias == pytest.approx(3)
    assert at.loss == pytest.approx(0)


def test_where_a_sum_is_nothing_relu_is_flat() -> None:
    learner = Learner(np.zeros((1, 1, 1, 1)), np.zeros(1), activation="relu")
    found = slope(learner, [Example(np.ones((1, 1, 1)), np.full((1, 1, 1), 5))])
    assert found.loss == 25
    assert not found.weights.any()
    assert found.bias is not None
    assert not found.bias.any()


@pytest.mark.parametrize("asked", [slope, largest_stable_rate])
def test_without_examples_nothing_is_learned(asked: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValue, match="no example to learn from"):
        asked(Learner(np.zeros((1, 1, 1, 1))), [])


def test_it_ends_where_numbers_end() -> None:
    example = Example(np.array([[[1e3]]]), np.array([[[1.0]]]))
    steps = list(descent(Learner(np.ones((1, 1, 1, 1))), [example], 1e6, 1000))
    assert 2 < len(steps) < 100
    assert all(np.isfinite(at.loss) for _, at in steps)
    assert len(list(descent(Learner(np.ones((1, 1, 1, 1))), [example], 1e305, 9))) == 1


def test_a_layer_that_sees_nothing_has_no_limit() -> None:
    examples = [Example(np.zeros((1, 3, 3)), np.zeros((1, 2, 2)))]
    assert largest_stable_rate(Learner(np.ones((1, 1, 2, 2))), examples) == float("inf")
