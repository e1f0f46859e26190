"""A small network: its layers are those of this room, its gradients are differences, it learns to read."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from generator.arithmetic import (
    Geometry,
    Network,
    Training,
    accuracy,
    cross_entropy,
    gradient,
    layer_output,
    max_pool,
    trained,
)
from generator.arithmetic.network import DIGITS, begun
from generator.errors import InvalidValue

Floats = npt.NDArray[np.float64]

DATA = Path(__file__).parents[2] / "content" / "data" / "digits.npz"
HELD_OUT = 5
"""One of so many images is not shown while the network learns."""
STEP = 1e-5


@pytest.fixture(scope="module")
def digits() -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return 1,797 handwritten digits, their ink from 0 to 1, and which ones they are."""
    with np.load(DATA) as data:
        return data["images"] / 16, data["labels"].astype(np.int64)


def drawn(seed: int) -> tuple[Network, Floats, npt.NDArray[np.int64]]:
    """Return a network of random numbers, random images, and a random class of each."""
    rng = np.random.default_rng(seed)
    size = (2 * int(rng.integers(1, 4)), 2 * int(rng.integers(1, 4)))
    classes = int(rng.integers(2, 5))
    network = begun(size, classes, int(rng.integers(1, 4)), rng)
    network = replace(
        network,
        biases=rng.normal(size=network.biases.shape),
        class_biases=rng.normal(size=classes),
    )
    count = int(rng.integers(1, 6))
    return network, rng.normal(size=(count, *size)), rng.integers(0, classes, count)


@pytest.mark.parametrize("seed", range(10))
def test_its_layers_are_those_that_a_stack_has(seed: int) -> None:
    network, images, _ = drawn(seed)
    seen = network.seen(images)
    around = Geometry(padding=((1, 1), (1, 1)))
    for image, pooled, scores in zip(images, seen.pooled, seen.scores, strict=True):
        maps = layer_output(image[np.newaxis], network.kernels, around, network.biases, "relu")
        ours = max_pool(maps, (2, 2), Geometry(stride=(2, 2))).values
        np.testing.assert_allclose(pooled, ours, rtol=1e-12, atol=1e-14)
        answer = layer_output(ours, network.classes, bias=network.class_biases)
        np.testing.assert_allclose(scores, answer.ravel(), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("seed", range(10))
def test_its_gradient_is_that_of_differences(seed: int) -> None:
    network, images, labels = drawn(seed)
    slopes = gradient(network, images, labels)
    for part in fields(Network):
        values: Floats = getattr(network, part.name)
        for place in np.ndindex(values.shape):
            losses = []
            for by in (STEP, -STEP):
                moved = values.copy()
                moved[place] += by
                losses.append(cross_entropy(replace(network, **{part.name: moved}), images, labels))
            difference = (losses[0] - losses[1]) / (2 * STEP)
            assert getattr(slopes, part.name)[place] == pytest.approx(difference, rel=1e-6, abs=1e-8)


def test_of_equal_numbers_in_a_block_the_first_passes_the_gradient_on() -> None:
    """All four are alike: the kernel is moved as the pixels around the first of them say."""
    middle = np.zeros((1, 1, 3, 3))
    middle[0, 0, 1, 1] = 1
    network = Network(middle, np.zeros(1), np.array([1.0, 0.0]).reshape(2, 1, 1, 1), np.zeros(2))
    moved = gradient(network, np.ones((1, 2, 2)), np.array([0])).kernels[0, 0] != 0
    assert moved.tolist() == [[False] * 3, [False, True, True], [False, True, True]]


@pytest.mark.parametrize("shape", [(3, 7, 8), (3, 8, 7), (0, 8, 8)])
def test_images_without_whole_blocks_or_none_at_all_teach_nothing(shape: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidValue, match=r"whole blocks of 2×2|no image"):
        trained(np.zeros(shape), np.zeros(shape[0], np.int64), 2, Training())


def test_decay_keeps_weights_small(digits: tuple[Floats, npt.NDArray[np.int64]]) -> None:
    images, labels = digits[0][:200], digits[1][:200]
    weak, strong = (
        trained(images, labels, 10, Training(filters=3, epochs=3, decay=decay)) for decay in (0, 0.1)
    )
    assert np.abs(strong.classes).mean() < 0.7 * np.abs(weak.classes).mean()


def test_it_learns_to_tell_digits_that_it_has_not_seen(
    digits: tuple[Floats, npt.NDArray[np.int64]],
) -> None:
    """Whichever random numbers it begins with."""
    images, labels = digits
    held = np.arange(len(images)) % HELD_OUT == HELD_OUT - 1
    shares = [
        accuracy(trained(images[~held], labels[~held], 10, Training(seed=seed)), images[held], labels[held])
        for seed in (0, 1)
    ]
    assert min(shares) >= 0.95
    assert abs(shares[0] - shares[1]) <= 0.02


def test_what_it_learned_is_the_same_every_time_and_has_few_digits(
    digits: tuple[Floats, npt.NDArray[np.int64]],
) -> None:
    images, labels = digits[0][:200], digits[1][:200]
    first, again, other = (
        trained(images, labels, 10, Training(filters=3, seed=seed, epochs=3)) for seed in (4, 4, 5)
    )
    for part in fields(Network):
        values: Floats = getattr(first, part.name)
        assert values.tobytes() == getattr(again, part.name).tobytes()
        assert np.array_equal(values, np.round(values, DIGITS))
        assert not np.signbit(values[values == 0]).any()
    assert not np.array_equal(first.kernels, other.kernels)


def test_it_is_less_surprised_by_what_it_has_learned(
    digits: tuple[Floats, npt.NDArray[np.int64]],
) -> None:
    images, labels = digits[0][:200], digits[1][:200]
    network = begun((8, 8), 10, 3, np.random.default_rng(4))
    learned = trained(images, labels, 10, Training(filters=3, seed=4, epochs=10))
    assert cross_entropy(learned, images, labels) < 0.5 * cross_entropy(network, images, labels)
