"""A small network that sees: one layer of kernels, ReLU, a pool, and a layer that weighs what they found.

It answers which of several classes an image shows. The last layer has a kernel for each class, as large as
what it looks at, so that all of it can be told with layers of this room. Training is stochastic gradient
descent with momentum (Sutskever and others, "On the importance of initialization and momentum in deep
learning", 2013) on the cross-entropy of the softmax of the scores.

Sums of floats differ in their last digits from machine to machine. What was learned is therefore rounded to
`DIGITS`: with one version of NumPy it is then the same wherever it was learned, but for a rare chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from io import BytesIO

import numpy as np
import numpy.typing as npt

from generator.arithmetic.exactness import Floats
from generator.arithmetic.padding import size_text
from generator.errors import InvalidValue

Labels = npt.NDArray[np.int64]

KERNEL = 3
"""Rows and columns of a kernel of the first layer; one pixel of zeros around the image keeps its size."""
POOL = 2
"""Rows and columns that the pool makes one of."""
DIGITS = 3
"""Behind the point, of what was learned."""


@dataclass(frozen=True, eq=False)
class Network:
    """What was learned, or is to be changed."""

    kernels: Floats
    """Of the first layer, shape (F, 1, 3, 3)."""
    biases: Floats
    """Shape (F,)."""
    classes: Floats
    """A kernel for each class over what the pool leaves, shape (classes, F, H / 2, W / 2)."""
    class_biases: Floats
    """Shape (classes,)."""

    def seen(self, images: Floats) -> "Seen":
        """Return what it makes of images of shape (N, H, W), of even height and width, layer by layer."""
        windows = _windows(images)
        sums = np.einsum("nrcij,fij->nfrc", windows, self.kernels[:, 0]) + self.biases[:, None, None]
        maps = np.maximum(sums, 0)
        pooled = _blocks(maps).max(-1)
        scores = np.einsum("nfrc,kfrc->nk", pooled, self.classes) + self.class_biases
        return Seen(windows, maps, pooled, scores)

    def scaled(self, brightest: float, points: float = 1) -> "Network":
        """Return the network that answers the same to images whose pixels are so many times as large.

        Its kernels stay: ReLU and a pool make of numbers that are larger by a factor the same, larger by it.
        All scores are larger by a factor of their own, the `points`.
        """
        classes = self.classes * (points / brightest)
        return Network(self.kernels, self.biases * brightest, classes, self.class_biases * points)

    def packed(self) -> bytes:
        """Return it as the bytes of a file of arrays, the same for the same network."""
        data = BytesIO()
        np.savez(data, **{part.name: getattr(self, part.name) for part in fields(self)})
        return data.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> "Network":
        """Return the network that was packed."""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return cls(**arrays)

    def rounded(self) -> "Network":
        """Return it with as many digits as are kept of what was learned."""
        return Network(*(np.round(part, DIGITS) + 0.0 for part in _parts(self)))


@dataclass(frozen=True, eq=False)
class Seen:
    """What a network makes of some images."""

    windows: Floats
    """The pixels under every window, shape (N, H, W, 3, 3)."""
    maps: Floats
    """After ReLU, shape (N, F, H, W)."""
    pooled: Floats
    """The largest of each block of them, shape (N, F, H / 2, W / 2)."""
    scores: Floats
    """How much each class has for it, shape (N, classes)."""

    @property
    def answers(self) -> Labels:
        """Return the class with the highest score, for each image; of several the first."""
        answers: Labels = self.scores.argmax(1)
        return answers


@dataclass(frozen=True)
class Training:
    """How a network is trained."""

    filters: int = 8
    seed: int = 0
    epochs: int = 20
    batch: int = 32
    rate: float = 0.1
    momentum: float = 0.9
    decay: float = 3e-3
    """How strongly all weights are pulled towards 0."""


def trained(images: Floats, labels: Labels, classes: int, training: Training) -> Network:
    """Return what a network has learned from images, shape (N, H, W), and the class of each.

    The rate falls to nothing in the course of the epochs.

    Raises `InvalidValue` if height or width is odd, or if there is no image.
    """
    if not len(images):
        raise InvalidValue("there is no image to learn from", "Give it some.", key="images")
    rng = np.random.default_rng(training.seed)
    network = begun(images.shape[1:], classes, training.filters, rng)
    speeds = [np.zeros_like(part) for part in _parts(network)]
    batches = -(-len(images) // training.batch)
    for step, chosen in enumerate(_batches(len(images), training, rng)):
        rate = training.rate * (1 - step / (batches * training.epochs))
        pulls = _parts(gradient(network, images[chosen], labels[chosen]))
        speeds = [
            training.momentum * speed - rate * (pull + training.decay * part)
            for speed, pull, part in zip(speeds, pulls, _parts(network), strict=True)
        ]
        network = Network(*(part + speed for part, speed in zip(_parts(network), speeds, strict=True)))
    return network.rounded()


def untrained(size: tuple[int, ...], classes: int, training: Training) -> Network:
    """Return what a network for images of (height, width) is before it has learned anything.

    Raises `InvalidValue` like `begun`.
    """
    return begun(size, classes, training.filters, np.random.default_rng(training.seed))


def begun(size: tuple[int, ...], classes: int, filters: int, rng: np.random.Generator) -> Network:
    """Return a network that has learned nothing: random kernels, for images of (height, width).

    Raises `InvalidValue` if one of them is odd, which the pool would cut off.

    Source of the spread: He and others, "Delving deep into rectifiers", 2015.
    """
    if size[0] % POOL or size[1] % POOL:
        fact = f"images of {size_text(size)} pixels have no whole blocks of {size_text((POOL, POOL))}"
        raise InvalidValue(fact, "Give them an even height and width.", key="images")
    height, width = size[0] // POOL, size[1] // POOL
    kernels = rng.normal(0, (2 / KERNEL**2) ** 0.5, (filters, 1, KERNEL, KERNEL))
    weights = rng.normal(0, (1 / (filters * height * width)) ** 0.5, (classes, filters, height, width))
    return Network(kernels, np.zeros(filters), weights, np.zeros(classes))


def cross_entropy(network: Network, images: Floats, labels: Labels) -> float:
    """Return how much a network is surprised by what images show, on average, in nats."""
    logs = _log_shares(network.seen(images).scores)
    return float(-logs[np.arange(len(labels)), labels].mean())


def accuracy(network: Network, images: Floats, labels: Labels) -> float:
    """Return which share of some images a network tells right."""
    return float((network.seen(images).answers == labels).mean())


def pull_of_pixels(network: Network, images: Floats, number: int) -> Floats:
    """Return how much the score of a class grows with each pixel, on average over images, shape (H, W).

    Source: Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", 2013.
    """
    seen = network.seen(images)
    classes = np.broadcast_to(network.classes[number], seen.pooled.shape)
    into_maps = _unpooled(classes, seen.maps) * (seen.maps > 0)
    count, _, height, width = into_maps.shape
    pulls = np.zeros((count, height + KERNEL - 1, width + KERNEL - 1))
    for row, column in np.ndindex(KERNEL, KERNEL):
        weights = network.kernels[:, 0, row, column]
        pulls[:, row : row + height, column : column + width] += np.einsum("nfrc,f->nrc", into_maps, weights)
    mean: Floats = pulls[:, 1:-1, 1:-1].mean(0)
    return mean


def gradient(network: Network, images: Floats, labels: Labels) -> Network:
    """Return how the cross-entropy changes with everything that the network has learned.

    Where several numbers of a block are the largest, the first passes the gradient on, as in PyTorch.
    """
    seen = network.seen(images)
    pull = np.exp(_log_shares(seen.scores))
    pull[np.arange(len(labels)), labels] -= 1
    pull /= len(labels)
    into_pool = np.einsum("nk,kfrc->nfrc", pull, network.classes)
    into_maps = _unpooled(into_pool, seen.maps) * (seen.maps > 0)
    return Network(
        kernels=np.einsum("nrcij,nfrc->fij", seen.windows, into_maps)[:, np.newaxis],
        biases=into_maps.sum((0, 2, 3)),
        classes=np.einsum("nk,nfrc->kfrc", pull, seen.pooled),
        class_biases=pull.sum(0),
    )


def _parts(network: Network) -> list[Floats]:
    return [getattr(network, part.name) for part in fields(Network)]


def _batches(count: int, training: Training, rng: np.random.Generator) -> Iterator[Labels]:
    """Yield which images are looked at together, all of them once an epoch."""
    for _ in range(training.epochs):
        order = rng.permutation(count)
        for first in range(0, count, training.batch):
            yield order[first : first + training.batch]


def _windows(images: Floats) -> Floats:
    around = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    return np.lib.stride_tricks.sliding_window_view(around, (KERNEL, KERNEL), (1, 2))


def _log_shares(scores: Floats) -> Floats:
    """Return the logarithm of the softmax of scores, for each image."""
    above = scores - scores.max(1, keepdims=True)
    shares: Floats = above - np.log(np.exp(above).sum(1, keepdims=True))
    return shares


def _blocks(maps: Floats) -> Floats:
    """Return what each block of the pool holds, in reading order, shape (N, F, H / 2, W / 2, 4)."""
    count, filters, height, width = maps.shape
    parted = maps.reshape(count, filters, height // POOL, POOL, width // POOL, POOL)
    return parted.swapaxes(3, 4).reshape(count, filters, height // POOL, width // POOL, POOL * POOL)


def _unpooled(pull: Floats, maps: Floats) -> Floats:
    """Return what pulls at each number of the maps: all of it at the first that is largest in its block."""
    blocks = _blocks(maps)
    through = np.zeros_like(blocks)
    np.put_along_axis(through, blocks.argmax(-1)[..., np.newaxis], pull[..., np.newaxis], -1)
    return through.reshape(*pull.shape, POOL, POOL).swapaxes(3, 4).reshape(maps.shape)
