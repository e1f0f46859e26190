"""Random magnitudes as an author would declare them, and what they are by exact loops over each kernel."""

from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from random import Random
from typing import Any

from tests.scenes import oracle
from tests.scenes.oracle import Number
from tests.scenes.random_scenes import MODES, SCALES, Declared, is_possible, toml_text

NAMES = ("sobel-x", "sobel-y", "prewitt-x", "laplacian")


def magnitude_text(declared: Declared) -> str:
    return toml_text(declared)


def random_magnitude(seed: int) -> Declared:
    """Return the random magnitude of that number; what cannot be computed is drawn anew."""
    random = Random(seed)  # noqa: S311 - nothing is secret here
    while not all(map(is_possible, alone(declared := _drawn(random)))):
        pass
    return declared


def _drawn(random: Random) -> Declared:
    places = random.choice((0, 0, 1, 3))
    size = random.randint(1, 3), random.randint(1, 3)
    grids = [_grid(random, *size, places) for _ in range(2)]
    kernels: list[Any] = random.choice((grids, grids, list(random.choices(NAMES, k=2))))
    options = {
        "kernels": kernels,
        "scale": random.choice(SCALES),
        "stride": random.choice((1, 2, [2, 1], [1, 3])),
        "dilation": random.choice((1, 2, [1, 2])),
        "padding": random.choice((0, 1, [2, 1], [[0, 1], [2, 0]], "full")),
        "padding_mode": random.choice(MODES),
        "padding_value": random.choice((3, -0.5)),
        "operation": random.choice(("cross-correlation", "convolution")),
    }
    chosen = {key: value for key, value in options.items() if random.random() < 0.6}
    if chosen.get("padding_mode") != "constant":
        chosen.pop("padding_value", None)
    image = _grid(random, random.randint(1, 6), random.randint(1, 6), places)
    return {"id": "random", "kind": "magnitude", "image": image, **chosen}


def _grid(random: Random, rows: int, columns: int, places: int) -> list[list[float]]:
    limit = random.choice((2, 9, 255))

    def number() -> float:
        return round(random.uniform(-limit, limit), places) if places else random.randint(-limit, limit)

    return [[number() for _ in range(columns)] for _ in range(rows)]


def alone(declared: Declared) -> Iterator[Declared]:
    """Yield the scene of each kernel by itself."""
    shared = {key: value for key, value in declared.items() if key not in ("kind", "kernels")}
    for kernel in declared.get("kernels", ["sobel-x", "sobel-y"]):
        yield {**shared, "kernel": kernel}


def root(number: Number) -> Fraction:
    """Return a square root: itself where it is a fraction, or else sixty digits of it."""
    exact = Fraction(number)
    with localcontext() as context:
        context.prec = 60
        return Fraction((Decimal(exact.numerator) / Decimal(exact.denominator)).sqrt())


def expected(declared: Declared) -> list[dict[str, Any]]:
    """Return what each frame has, in exact numbers, with the size of the terms of its sums."""
    pairs = [(oracle.expected(one)["frames"], oracle.magnitudes(one)["frames"]) for one in alone(declared)]
    made = []
    for first, second, size, other in zip(pairs[0][0], pairs[1][0], pairs[0][1], pairs[1][1], strict=True):
        sums = [first["sum"], second["sum"]]
        made.append(
            {
                "out": first["out"],
                "window": first["window"],
                "products": first["products"] + second["products"],
                "sums": sums,
                "value": root(sums[0] ** 2 + sums[1] ** 2),
                "size": size["sum"] + other["sum"],
            }
        )
    return made
