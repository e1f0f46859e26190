"""Networks that a chapter trains: what they know, by plain loops; their arrays in scenes; their values."""

from functools import cache
from io import BytesIO
from typing import Any, Literal

import numpy as np
import pytest

from generator.arithmetic import KERNELS, Network, trained
from generator.cli import PROJECT
from generator.errors import AuthorError, InvalidValue
from generator.scenes import Grid, LearnedNetwork, grid_named, reel_of, scenes_from_toml
from generator.scenes.kinds.stack import StackReel
from generator.scenes.networks import NetworkTable, learned_network, nearest_kernel
from generator.scenes.toml_block import TomlBlock
from generator.site.cache import FolderCache
from generator.site.learned import trainer
from tests.built import COURSE_CACHE
from tests.scenes.making import narrowed, no_picture

DATA = PROJECT / "content" / "data" / "digits.npz"
BLOCK = TomlBlock('id = "digits"\ndata = "data/digits.npz"\n', "a.md", 1, "network")
STACK = """id = "follow"
kind = "stack"
image = "digits:image-11"
names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
[[layers]]
kernel = "digits:filters"
bias = "digits:filter-biases"
padding = 1
activation = "relu"
[[layers]]
kind = "pooling"
operation = "max"
kernel_size = 2
[[layers]]
kernel = "digits:classes"
bias = "digits:class-biases"
"""


@cache
def digits(seed: int = 0, split: Literal["every", "last"] = "every") -> LearnedNetwork:
    """Return a trained network; one that a build of the course has trained is taken from there."""
    table = NetworkTable(id="digits", data="data/digits.npz", seed=seed, split=split)
    return learned_network(BLOCK, table, DATA.read_bytes(), trainer(FolderCache(COURSE_CACHE)))


def scores(network: Network, image: list[list[int]]) -> list[float]:
    """Return the scores of an image by plain loops over the layers' definitions."""
    around = [[0] * 10, *([0, *row, 0] for row in image), [0] * 10]
    totals: list[float] = network.class_biases.tolist()
    for filter_, (kernel, bias) in enumerate(
        zip(network.kernels[:, 0].tolist(), network.biases.tolist(), strict=True)
    ):
        sums = [
            [
                sum(kernel[i][j] * around[row + i][column + j] for i in range(3) for j in range(3)) + bias
                for column in range(8)
            ]
            for row in range(8)
        ]
        for row in range(4):
            for column in range(4):
                block = [sums[2 * row + i][2 * column + j] for i in range(2) for j in range(2)]
                largest = max(0.0, *block)
                for number in range(10):
                    totals[number] += largest * float(network.classes[number, filter_, row, column])
    return totals


def test_its_accuracy_is_that_of_plain_loops() -> None:
    """On digits that it has not seen: at least 95 of 100, and as many as its values say."""
    learned = digits()
    images, labels = learned.held_out.images.tolist(), learned.held_out.labels.tolist()
    answers = [max(range(10), key=scores(learned.network, image).__getitem__) for image in images]
    right = sum(answer == label for answer, label in zip(answers, labels, strict=True))
    assert right / len(labels) >= 0.95
    assert learned.value("right") == str(right)
    assert learned.value("accuracy") == f"{round(1000 * right / len(labels)) / 10:g} %"
    assert int(learned.value("mistakes")) + right == len(labels) == int(learned.value("held_out"))


def test_another_seed_knows_as_much() -> None:
    """Within two points; and digits by other hands are harder."""

    def known(learned: LearnedNetwork) -> float:
        return float(learned.value("accuracy").removesuffix(" %"))

    assert abs(known(digits()) - known(digits(seed=1))) <= 2
    assert known(digits(split="last")) < known(digits()) - 2


def test_it_learns_the_same_every_time() -> None:
    table = NetworkTable(id="digits", data="data/digits.npz", epochs=2)
    one, other = (learned_network(BLOCK, table, DATA.read_bytes(), trained) for _ in range(2))
    assert one.network.packed() == other.network.packed()
    assert Network.unpacked(one.network.packed()).packed() == one.network.packed()


def test_held_out_digits_are_none_that_it_learned_from() -> None:
    """One in five, and together with the others all that there are."""
    learned = digits()
    with np.load(DATA) as arrays:
        images = arrays["images"]
    assert (learned.held_out.images == images[::5]).all()
    assert len(learned.learned.images) + len(learned.held_out.images) == len(images) == 1797
    assert (digits(split="last").held_out.images == images[-359:]).all()


def test_a_stack_that_names_its_arrays_comes_to_its_scores() -> None:
    """Layer by layer, as scenes compute, and under the names of the classes."""
    learned = digits()
    (scene,) = scenes_from_toml(STACK, "a.md", 1, no_picture, {"digits": learned}).scenes
    reel = narrowed(StackReel, reel_of(scene))
    image = learned.held_out.images[10]
    assert [frame.value for frame in reel.frames] == pytest.approx(scores(learned.network, image.tolist()))
    best = max(reel.frames, key=lambda frame: frame.value)
    assert reel.map_name(best.place[0]) == learned.value("image.11.answer") == learned.value("image.11.label")


def test_pixels_pull_as_a_small_change_says() -> None:
    """The picture of a class is the mean of what each pixel adds to the score of its own digits."""
    learned = digits()
    threes = learned.learned.images[learned.learned.labels == 3].astype(float)
    change = np.zeros((8, 8))
    change[2, 3] = 1e-6
    network = learned.network
    after, before = (network.seen(threes + by).scores[:, 3].mean() for by in (change, -change))
    assert learned.array("class", 4)[2, 3] == pytest.approx((after - before) / 2e-6, rel=5e-3)


@pytest.mark.parametrize("name", ["sobel-x", "emboss", "gaussian"])
def test_a_named_kernel_is_most_like_itself(name: str) -> None:
    likeness = nearest_kernel(np.array(KERNELS[name].weights) * -2.5)
    assert likeness[1] == pytest.approx(1)
    assert "signs exchanged" in likeness[0]


def test_figures_show_kernels_with_signs_and_pictures_in_greys() -> None:
    networks = {"digits": digits()}

    def shown(name: str) -> Grid:
        return grid_named(name, networks)

    assert shown("sobel-x").told == "−1 0 1 / −2 0 2 / −1 0 1"
    assert (shown("box-blur").values == np.full((3, 3), 1 / 9)).all()
    assert shown("digits:filter-2").has_numbers
    assert not shown("digits:image-1").has_numbers
    assert {type(shown(name).tone).__name__ for name in ("step", "digits:wrong-1")} == {"Greys"}
    assert {type(shown(name).tone).__name__ for name in ("emboss", "digits:class-1")} == {"Signs"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("digits:filter-9", 'has no filter 9". It has'),
        ("digits:filtre-1", 'has no "filtre-1"'),
        ("digits:filters", "is no single grid"),
        ("digit:filter-1", 'unknown grid "digit:filter-1"'),
        ("sobelx", 'unknown grid "sobelx"'),
    ],
)
def test_a_grid_that_is_not_there_is_told(name: str, told: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        grid_named(name, {"digits": digits()})
    assert told.replace('"." It', '". It').split('"')[0] in f"{raised.value.message}"


def test_an_array_that_is_not_there_is_told_at_its_key() -> None:
    text = STACK.replace("digits:image-11", "digits:image-999")
    with pytest.raises(AuthorError) as raised:
        scenes_from_toml(text, "a.md", 1, no_picture, {"digits": digits()})
    assert str(raised.value) == 'a.md:4: "digits" has no image 999. It has images 1 to 360.'


def packed(**arrays: Any) -> bytes:  # noqa: ANN401 - whatever a file may hold
    data = BytesIO()
    np.savez(data, **arrays)
    return data.getvalue()


EIGHTS = np.ones((4, 8, 8), np.uint8)
FAULTY = {
    "no file of arrays": (b"nothing", "holds no images and labels"),
    "no labels": (packed(images=EIGHTS), "holds no images and labels"),
    "objects": (packed(images=EIGHTS, labels=np.array([{}, 1, 2, 3], object)), "holds no images and labels"),
    "fractions": (packed(images=EIGHTS / 2, labels=np.arange(4)), "images and labels are whole numbers"),
    "too few labels": (packed(images=EIGHTS, labels=np.arange(3)), "do not go with labels"),
    "large images": (packed(images=np.ones((4, 32, 32), int), labels=np.arange(4)), "too many or none"),
    "none": (packed(images=EIGHTS[:0], labels=np.arange(0)), "too many or none"),
    "dark ones": (packed(images=EIGHTS * 0, labels=np.arange(4)), "its pixels go from 0 to 0"),
    "gaps": (packed(images=EIGHTS, labels=np.array([0, 1, 3, 3])), "its labels are not 0, 1, 2 and so on"),
    "one class": (packed(images=EIGHTS, labels=np.zeros(4, int)), "it has 1 classes"),
    "odd ones": (packed(images=EIGHTS[:, 1:], labels=np.arange(4)), "have no whole blocks"),
}


@pytest.mark.parametrize(("data", "told"), FAULTY.values(), ids=FAULTY)
def test_a_file_that_nothing_can_be_learned_from_is_told(data: bytes, told: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        learned_network(BLOCK, NetworkTable(id="digits", data="data/digits.npz"), data, trained)
    assert told in raised.value.message
    assert raised.value.key == "data"
