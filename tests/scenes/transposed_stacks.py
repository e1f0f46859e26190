"""Random stacks with transposed layers, small enough that thousands of them can be checked."""

from functools import cache
from random import Random
from typing import Any

from tests.scenes import oracle
from tests.scenes.random_scenes import MODES, is_possible
from tests.scenes.stacks import Declared, landings, outputs, paired

MOST_CELLS = 150
"""Of all maps of a layer together."""
TRIES = 20
"""So many layers in vain, and the stack is begun anew."""


@cache
def transposed_stack(seed: int, *, whole: bool = True) -> Declared:
    """Return the random stack of that number, a layer of which at least is transposed.

    Its numbers are whole ones if `whole`, and those of the image all different.
    """
    random = Random(seed)  # noqa: S311 - nothing is secret here
    while True:
        declared = _stack(random, whole=whole)
        if any(layer.get("transposed") for layer in declared["layers"]):
            return declared


def _stack(random: Random, *, whole: bool) -> Declared:
    channels, height, width = random.choice((1, 1, 2)), random.randint(2, 5), random.randint(2, 5)
    numbers = random.sample(range(1, 100), channels * height * width)
    image = [[[numbers.pop() for _ in range(width)] for _ in range(height)] for _ in range(channels)]
    declared: Declared = {"id": "random", "kind": "stack", "image": image, "layers": []}
    reached: Any = image
    count = random.choice((2, 2, 3, 4))
    for _ in range(TRIES):
        layer = _layer(random, len(reached), whole=whole)
        if _makes_something({**layer, "image": reached}):
            made = outputs({**declared, "image": reached, "layers": [layer]})[-1]
            if len(made) * len(made[0]) * len(made[0][0]) <= MOST_CELLS:
                declared["layers"].append(layer)
                reached = made
        if len(declared["layers"]) == count:
            return declared
    return _stack(random, whole=whole)


def _makes_something(layer: Declared) -> bool:
    """Return whether a layer has an output that some pixel reaches, if it is transposed."""
    if not is_possible(paired(layer)):
        return False
    read = oracle.read(paired(layer))
    return not (isinstance(read, oracle.Layer) and read.transposed) or any(True for _ in landings(read))


def _layer(random: Random, channels: int, *, whole: bool) -> Declared:
    form = random.random()
    if form < 0.2:
        return {
            "kind": "pooling",
            "operation": "max" if whole else random.choice(("max", "average")),
            "kernel_size": random.randint(1, 3),
            **_some(random, {"stride": random.randint(1, 2)}),
        }
    groups = random.choice([number for number in (1, 2) if channels % number == 0])
    size = random.randint(1, 3), random.randint(1, 3)
    transposed = form < 0.6
    first, second = (channels, random.randint(1, 2)) if transposed else (groups, channels // groups)
    options: Declared = {
        "stride": random.choice((1, 2, [1, 2], [2, 1], [2, 3])),
        "padding": random.choice((0, 1, [1, 0], [[0, 1], [1, 0]])),
        "dilation": random.choice((1, 2, [1, 2])),
        "bias": random.randint(-3, 3),
        "activation": "relu",
        "operation": random.choice(("cross-correlation", "convolution")),
    }
    if transposed:
        options["output_padding"] = random.choice((1, [0, 1], [1, 0]))
    else:
        options["padding_mode"] = random.choice(MODES)
    return {
        "kernel": _weights(random, (first, second, *size)),
        **({"groups": groups} if groups > 1 else {}),
        **({} if whole else {"scale": random.choice(("1/9", "-1/3", 0.5))}),
        **({"transposed": True} if transposed else {}),
        **_some(random, options),
    }


def _some(random: Random, options: Declared) -> Declared:
    return {key: value for key, value in options.items() if random.random() < 0.5}


def _weights(random: Random, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
    if not shape:
        return random.randint(-2, 2)
    return [_weights(random, shape[1:]) for _ in range(shape[0])]
