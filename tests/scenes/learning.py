"""Random scenes that learn, over all options at once, and what exact loops say of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np

from tests.arithmetic.oracle import Options, output
from tests.arithmetic.random_layers import random_layer
from tests.scenes.random_scenes import toml_text

MOST = 12_000
"""Products, in a layer that is small enough to be computed by loops."""
MOST_GRIDS = 6
MOST_CELLS = 300


@dataclass(frozen=True, eq=False)
class RandomLesson:
    """A scene that learns, and its options for those who share no code."""

    text: str
    options: Options

    def exact_loss(self, document: dict[str, Any], weights: Any, bias: Any) -> Fraction:  # noqa: ANN401
        """Return the mean of the squared errors of a file's images, by exact loops over the definition."""
        lessons = [document, *document["more"]]
        pairs = [
            pair
            for each in lessons
            for pair in zip(
                flat(
                    output(each["input"]["values"], weights, self.options, bias, document["activation"]),
                ),
                flat(each["wanted"]["values"]),
                strict=True,
            )
        ]
        squares = [(Fraction(made) - Fraction(wanted)) ** 2 for made, wanted in pairs]
        return sum(squares, Fraction()) / len(squares)


def flat(planes: Any) -> Iterator[Any]:  # noqa: ANN401 - lists in lists
    return chain.from_iterable(chain.from_iterable(planes))


def exact(numbers: Any) -> Any:  # noqa: ANN401 - lists in lists
    """Return the fractions that floats are."""
    return list(map(exact, numbers)) if isinstance(numbers, list) else Fraction(numbers)


def random_lessons(seed: int) -> Iterator[RandomLesson]:
    """Yield scenes over stride, padding, dilation, channels, groups, bias, relu, and further images."""
    rng = np.random.default_rng(seed)
    while True:
        layer = random_layer(rng, whole=True)
        geometry, (filters, channels, *_) = layer.geometry, layer.weights.shape
        size = geometry.output_size(layer.image.shape[1:], layer.weights.shape[2:])
        if geometry.transposed or filters * channels > MOST_GRIDS or filters * size[0] * size[1] > MOST_CELLS:
            continue
        if layer.image.size * layer.weights.size > MOST:
            continue
        constant = geometry.padding_mode == "constant"
        line = layer.image.shape[1] == 1
        if line and (max(geometry.padding[0]) or geometry.stride[0] > 1 or geometry.dilation[0] > 1):
            continue
        value = Fraction(4 if constant else 0)
        options = Options(
            geometry.stride,
            geometry.padding,
            geometry.padding_mode,
            geometry.dilation,
            geometry.groups,
            padding_value=value,
        )
        image = rng.integers(-9, 10, layer.image.shape)
        ones = np.ones(layer.weights.shape, int).tolist()
        if not any(flat(output(np.abs(image).tolist(), ones, options, None, None))):
            continue  # no weight meets anything, so that there is nothing to learn
        wanted = rng.integers(-9, 10, layer.weights.shape).tolist()
        declared: dict[str, Any] = {
            "id": "a",
            "kind": "learning",
            "image": image.tolist(),
            "imitate": wanted,
            "start": (rng.integers(-300, 300, layer.weights.shape) / 100).tolist(),
            "stride": list(geometry.stride),
            "padding": [list(sides) for sides in geometry.padding],
            "dilation": list(geometry.dilation),
            "groups": geometry.groups,
            "steps": 3,
        }
        if any(chain(*geometry.padding)):
            declared |= {"padding_mode": geometry.padding_mode}
            declared |= {"padding_value": 4} if constant else {}
        if rng.random() < 0.5:
            declared["bias"] = (rng.integers(-300, 300, filters) / 100).tolist()
        if rng.random() < 0.5:
            declared["activation"] = "relu"
        if rng.random() < 0.4:
            declared["more_images"] = [rng.integers(-9, 10, layer.image.shape).tolist()]
        if line:
            declared |= {key: declared[key][1] for key in ("stride", "dilation")}
            declared["padding"] = declared["padding"][1]
        yield RandomLesson(toml_text(declared), options)
