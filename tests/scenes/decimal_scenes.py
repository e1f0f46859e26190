"""Random scenes whose pixels, weights and biases have decimals, as many in each as a lesson may have."""

import tomllib
from random import Random
from typing import Any

from tests.scenes.random_scenes import scene_text, toml_text

NUMBERS = ("image", "kernel", "bias")
LIMITS = (1, 1, 9, 255)


def decimal_scene(seed: int) -> str:
    """Return the TOML of the random scene of that number with other numbers: from one to four decimals."""
    random = Random(seed)  # noqa: S311 - nothing is secret here
    declared = tomllib.loads(scene_text(seed))
    return toml_text({key: _redrawn(random, key, value) for key, value in declared.items()})


def _redrawn(random: Random, key: str, value: Any) -> Any:  # noqa: ANN401 - as TOML has it
    if key not in NUMBERS or isinstance(value, str) or (key == "kernel" and isinstance(value[0], str)):
        return value
    limit, digits = random.choice(LIMITS), random.randint(1, 4)
    return _decimals(random, value, limit, digits)


def _decimals(random: Random, value: Any, limit: int, digits: int) -> Any:  # noqa: ANN401 - as TOML has it
    if isinstance(value, list):
        return [_decimals(random, item, limit, digits) for item in value]
    return round(random.uniform(-limit, limit), digits)
