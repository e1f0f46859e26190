"""Networks that a chapter trains: arrays that its scenes may name, and values that its prose may quote.

A network is declared by a block of its own; how it is trained, or found where it is kept, the caller gives.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

import msgspec
import numpy as np

from generator.arithmetic import (
    KERNELS,
    Array,
    Floats,
    Labels,
    Network,
    Training,
    accuracy,
    pull_of_pixels,
    untrained,
)
from generator.errors import InvalidValue, suggestion
from generator.scenes.documents import nested
from generator.scenes.ids import ID_FORM
from generator.scenes.numerals import number_text, size_text
from generator.scenes.titles import readable
from generator.scenes.toml_block import TomlBlock

Trainer: TypeAlias = Callable[[Floats, Labels, int, Training], Network]
"""Returns what a network has learned of images (N, H, W), the class of each, and the number of classes."""

NAMED = re.compile(r"(?P<network>[a-z][a-z0-9-]*):(?P<part>[a-z-]+?)(?:-(?P<number>[1-9][0-9]{0,5}))?")
"""An array of a network, such as `digits:filters` or `digits:image-12`."""
ARRAY_KEYS = frozenset({"image", "images", "kernel", "kernels", "bias", "imitate", "start", "more_images"})
"""The keys of scenes whose values may name one."""
MOST_BYTES = 16_000_000
MOST_NUMBERS = 20_000
"""Images that a network learns from, or is tried on."""
MOST_WORK = 200_000
"""Images times epochs: some seconds of work for each of the filters."""
MOST_FILTERS = 8
LARGEST_SIDE = 16
CLASSES = (2, 16)
POINTS = 10
"""By so much scores are larger than those that are trained: whole numbers tell them apart."""


class NetworkTable(msgspec.Struct, frozen=True):
    """The keys of a `network` block."""

    id: Annotated[str, msgspec.Meta(examples=['id = "digits"'])]
    data: Annotated[str, msgspec.Meta(examples=['data = "data/digits.npz"'])]
    filters: Annotated[int, msgspec.Meta(ge=1, le=MOST_FILTERS, description="a whole number from 1 to 8")] = 8
    epochs: Annotated[int, msgspec.Meta(ge=1, description="a whole number from 1")] = 20
    seed: Annotated[int, msgspec.Meta(ge=0, description="a whole number from 0")] = 0
    held_out: Annotated[int, msgspec.Meta(ge=2, description="a whole number from 2")] = 5
    split: Literal["every", "last"] = "every"


@dataclass(frozen=True, eq=False)
class Labelled:
    """Images, and which class each of them is."""

    images: Array
    """Shape (N, H, W), whole numbers."""
    labels: Labels

    def chosen(self, where: Any) -> "Labelled":  # noqa: ANN401 - whatever numpy takes for an index
        """Return some of them."""
        return Labelled(self.images[where], self.labels[where])


@dataclass(frozen=True, eq=False)
class LearnedNetwork:
    """A network, what it learned from, and what it was tried on."""

    table: NetworkTable
    before: Network
    """As it began, for pixels as they are in the file."""
    network: Network
    """As it is at the end."""
    learned: Labelled
    held_out: Labelled
    """Images that it has not seen while it learned."""

    @property
    def id(self) -> str:
        """Return its name in the chapter."""
        return self.table.id

    @cached_property
    def answers(self) -> Labels:
        """Return which class it takes each of the held-out images for."""
        return self.network.seen(self.held_out.images.astype(np.float64)).answers

    @cached_property
    def mistaken(self) -> tuple[int, ...]:
        """Return which of them it gets wrong, counted from 0."""
        return tuple(np.flatnonzero(self.answers != self.held_out.labels).tolist())

    @cached_property
    def classes(self) -> tuple[Floats, ...]:
        """Return for each class how its score grows with each pixel, on average over its own images."""
        images, labels = self.learned.images.astype(np.float64), self.learned.labels
        return tuple(
            pull_of_pixels(self.network, images[labels == number], number)
            for number in range(len(self.network.classes))
        )

    def array(self, part: str, number: int | None) -> Array:
        """Return an array that scenes may name, or a single grid of it.

        Raises:
            InvalidValue: there is none of that name.

        """
        wholes: dict[str, Array] = {
            "filters": self.network.kernels,
            "filter-biases": self.network.biases,
            "classes": self.network.classes,
            "class-biases": self.network.class_biases,
        }
        if number is None and part in wholes:
            return wholes[part]
        if number is not None and part in self._grids:
            grids = self._grids[part]
            if number <= len(grids):
                return grids[number - 1]
            raise InvalidValue(f'"{self.id}" has no {part} {number}', f"It has {part}s 1 to {len(grids)}.")
        known = (*wholes, *(f"{name}-1" for name in self._grids))
        written = part if number is None else f"{part}-{number}"
        hint = suggestion(f"{self.id}:{written}", [f"{self.id}:{name}" for name in known])
        raise InvalidValue(f'"{self.id}" has no "{written}"', hint)

    @cached_property
    def _grids(self) -> Mapping[str, tuple[Array, ...]]:
        images = self.held_out.images
        return {
            "filter": tuple(self.network.kernels[:, 0]),
            "first-filter": tuple(self.before.kernels[:, 0]),
            "class": self.classes,
            "image": tuple(images),
            "wrong": tuple(images[at] for at in self.mistaken),
        }

    @cached_property
    def values(self) -> Mapping[str, Callable[[], str]]:
        """Return what prose may quote of it."""
        return {**self._counts, **dict(self._likes()), **dict(self._mistakes())}

    @property
    def _counts(self) -> Mapping[str, Callable[[], str]]:
        right = len(self.answers) - len(self.mistaken)
        size = sum(part.size for part in vars(self.network).values())
        return {
            "images": lambda: f"{len(self.learned.labels) + len(self.held_out.labels):,}",
            "learned": lambda: f"{len(self.learned.labels):,}",
            "held_out": lambda: str(len(self.held_out.labels)),
            "size": lambda: size_text(*self.learned.images.shape[1:]),
            "filters": lambda: str(len(self.network.kernels)),
            "classes": lambda: str(len(self.network.classes)),
            "numbers": lambda: f"{size:,}",
            "epochs": lambda: str(self.table.epochs),
            "right": lambda: str(right),
            "mistakes": lambda: str(len(self.mistaken)),
            "accuracy": lambda: share_text(right / len(self.answers)),
            "accuracy.before": lambda: share_text(_accuracy(self.before, self.held_out)),
            "accuracy.learned": lambda: share_text(_accuracy(self.network, self.learned)),
        }

    def _likes(self) -> Iterator[tuple[str, Callable[[], str]]]:
        for part, prefix in (("filter", ""), ("first-filter", "first.")):
            nearest = list(map(nearest_kernel, self._grids[part]))
            for number, (name, likeness) in enumerate(nearest, 1):
                yield f"{prefix}like.{number}", partial(str, name)
                yield f"{prefix}likeness.{number}", partial(number_text, likeness)
            mean = sum(likeness for _, likeness in nearest) / len(nearest)
            yield f"{prefix}likeness", partial(number_text, mean)

    def _mistakes(self) -> Iterator[tuple[str, Callable[[], str]]]:
        for number, at in enumerate(self.mistaken, 1):
            yield f"wrong.{number}.label", partial(str, self.held_out.labels[at])
            yield f"wrong.{number}.answer", partial(str, self.answers[at])
        for number, label in enumerate(self.held_out.labels, 1):
            yield f"image.{number}.label", partial(str, label)
            yield f"image.{number}.answer", partial(str, self.answers[number - 1])

    def value(self, name: str) -> str:
        """Return a value.

        Raises:
            InvalidValue: there is none of that name.

        """
        if name not in self.values:
            raise InvalidValue(f'unknown value "{{{self.id}.{name}}}"', suggestion(name, self.values))
        return self.values[name]()


def share_text(share: float) -> str:
    """Return a share of a whole in percents, with a decimal.

    >>> share_text(0.98607), share_text(1)
    ('98.6 %', '100 %')
    """
    return f"{number_text(100 * share, 1)} %"


def _accuracy(network: Network, labelled: Labelled) -> float:
    return accuracy(network, labelled.images.astype(np.float64), labelled.labels)


def nearest_kernel(grid: Array) -> tuple[str, float]:
    """Return which named kernel of its size a grid is most like, and the cosine between the two.

    Where the grid is like the kernel with all signs exchanged, its name says so.

    >>> nearest_kernel(np.array([[2, 4, 2], [0, 0, 0], [-2, -4, -2]]))
    ('Sobel y, signs exchanged', 1.0)
    """
    cosines = {
        name: _cosine(grid, np.array(kernel.weights))
        for name, kernel in KERNELS.items()
        if np.shape(kernel.weights) == grid.shape
    }
    best = max(cosines, key=lambda name: abs(cosines[name]))
    turned = ", signs exchanged" if cosines[best] < 0 else ""
    return f"{readable(best)}{turned}", round(abs(cosines[best]), 12)


def _cosine(one: Array, other: Array) -> float:
    one, other = one.astype(np.float64), other.astype(np.float64)
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


def learned_network(block: TomlBlock, table: NetworkTable, data: bytes, train: Trainer) -> LearnedNetwork:
    """Return the network of a block, trained.

    Args:
        block: says where each key stands.
        table: its values.
        data: the file of images and labels that it names.
        train: trains a network, or finds it where it is kept.

    Raises:
        InvalidValue: the id cannot be one, or nothing can be learned from the file.

    """
    if not ID_FORM.fullmatch(table.id):
        hint = "Use small letters, digits and hyphens, a letter first."
        raise InvalidValue(f'"{table.id}" cannot be an id', hint, "id")
    labelled = _labelled(data, table.data)
    if len(labelled.labels) * table.epochs > MOST_WORK:
        fact = f"{len(labelled.labels):,} images in {table.epochs:,} epochs take too long"
        raise InvalidValue(fact, "Use fewer epochs.", "epochs" if "epochs" in block.values() else "data")
    held_out = _held_out(len(labelled.labels), table)
    learned = labelled.chosen(~held_out)
    classes, brightest = int(labelled.labels.max()) + 1, float(labelled.images.max())
    training = Training(filters=table.filters, seed=table.seed, epochs=table.epochs)
    try:
        before = untrained(labelled.images.shape[1:], classes, training)
        pixels = learned.images.astype(np.float64) / brightest
        network = train(pixels, learned.labels, classes, training)
    except InvalidValue as fault:
        raise InvalidValue(f'"{table.data}": {fault.message}', fault.hint, "data") from None
    before, network = (each.scaled(brightest, POINTS) for each in (before, network))
    return LearnedNetwork(table, before, network, learned, labelled.chosen(held_out))


def _held_out(count: int, table: NetworkTable) -> Any:  # noqa: ANN401 - an index for numpy
    """Return which of so many images are held out: one in so many, or as many at the end."""
    places = np.arange(count)
    return (
        places % table.held_out == 0 if table.split == "every" else places >= count - count // table.held_out
    )


def _labelled(data: bytes, name: str) -> Labelled:
    """Return the images and labels of a file that a NumPy program has written."""
    hint = "Write it with numpy.savez_compressed(file, images=…, labels=…)."
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > MOST_BYTES:
            raise InvalidValue(f'"{name}" unpacks to {size:,} bytes', f"Use at most {MOST_BYTES:,}.", "data")
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            images, labels = arrays["images"], arrays["labels"]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise InvalidValue(f'"{name}" holds no images and labels', hint, "data") from None
    faults = _faults(images, labels)
    if fault := next(faults, ""):
        raise InvalidValue(f'"{name}": {fault}', hint, "data")
    return Labelled(images.astype(np.int64), labels.astype(np.int64))


def _faults(images: Any, labels: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the file holds
    """Yield what is wrong with the arrays of a file."""
    if images.dtype.kind not in "iu" or labels.dtype.kind not in "iu":
        yield "images and labels are whole numbers"
    elif images.ndim != 3 or labels.shape != images.shape[:1]:
        yield f"images of the shape {images.shape} do not go with labels of the shape {labels.shape}"
    elif not 0 < len(labels) <= MOST_NUMBERS or max(images.shape[1:]) > LARGEST_SIDE:
        yield f"it has {len(labels):,} images of {size_text(*images.shape[1:])} pixels, too many or none"
    elif images.max() <= 0 or images.min() < 0:
        yield f"its pixels go from {images.min()} to {images.max()}, and not from 0 up"
    elif set(np.unique(labels).tolist()) != set(range(int(labels.max()) + 1)):
        yield "its labels are not 0, 1, 2 and so on"
    elif not CLASSES[0] <= labels.max() + 1 <= CLASSES[1]:
        yield f"it has {labels.max() + 1} classes, and a network here has {CLASSES[0]} to {CLASSES[1]}"


NO_NETWORKS: Mapping[str, LearnedNetwork] = MappingProxyType({})


class NamedArray(NamedTuple):
    """An array of a network."""

    part: str
    number: int | None
    """Of a single grid; None of a whole."""
    values: Array


def named_array(name: str, networks: Mapping[str, LearnedNetwork]) -> NamedArray | None:
    """Return the array of a name, such as `digits:filter-2`; None if it names no network's.

    Raises:
        InvalidValue: the network has no such array.

    """
    named = NAMED.fullmatch(name)
    if not named or named["network"] not in networks:
        return None
    part, number = named["part"], int(named["number"]) if named["number"] else None
    return NamedArray(part, number, networks[named["network"]].array(part, number))


def with_arrays(values: Mapping[str, Any], networks: Mapping[str, LearnedNetwork]) -> dict[str, Any]:
    """Return the values of a scene block with numbers in place of the names of arrays.

    Raises:
        InvalidValue: a network has no array of that name.

    """
    return {key: _filled(key, value, networks) for key, value in values.items()}


def _filled(key: str, value: Any, networks: Mapping[str, LearnedNetwork]) -> Any:  # noqa: ANN401 - any TOML
    if key in {"layers", "sides"} and isinstance(value, list):
        return [with_arrays(table, networks) if isinstance(table, dict) else table for table in value]
    if key not in ARRAY_KEYS:
        return value
    try:
        return _numbers(value, networks)
    except InvalidValue as fault:
        raise InvalidValue(fault.message, fault.hint, key) from None


def _numbers(value: Any, networks: Mapping[str, LearnedNetwork]) -> Any:  # noqa: ANN401 - any TOML
    if isinstance(value, list):
        return [_numbers(item, networks) for item in value]
    named = named_array(value, networks) if isinstance(value, str) else None
    return nested(named.values) if named else value
