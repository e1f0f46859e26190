"""How a layer is laid, as far as that can be told: some words go by an image that may have faults itself."""

from collections.abc import Iterable
from typing import Any

from generator.arithmetic import GLOBAL, IMAGE_WORDS, Array, Pair
from generator.scenes.check import Check

OF_IMAGES = {"padding": IMAGE_WORDS, "kernel_size": (GLOBAL,)}
"""Words of which only the image tells whether they can be used, by key."""


def image_size(image: Array | None) -> Pair | None:
    """Return the (height, width) of an image of shape (C, H, W), if there is one."""
    return None if image is None else (image.shape[1], image.shape[2])


def judged_options(check: Check, keys: Iterable[str], image: Array | None) -> dict[str, Any]:
    """Return the values of those keys that are given; without an image, none that only it can judge."""
    given = {key: check.given[key] for key in keys if key in check.given}
    return {
        key: value
        for key, value in given.items()
        if image is not None or not (isinstance(value, str) and value in OF_IMAGES.get(key, ()))
    }
