"""Photographs for tests: pictures of seeded noise, in greys and in colours, and scenes that show them."""

import numpy as np

from generator.errors import AuthorError
from generator.scenes import Array, Pixels, scenes_from_toml
from generator.scenes.kinds.sliding import SlidingReel, SlidingScene, sliding_reel
from tests.scenes.making import narrowed

SIZES = {"grey.png": (70, 90, 1), "colour.png": (80, 66, 3), "small.png": (9, 8, 3), "black.png": (90, 90, 1)}
"""(height, width, channels) of each picture; all but one have more than 64×64 pixels."""


def planes(name: str) -> Array:
    """Return the planes of a picture as they are stored, shape (C, H, W)."""
    height, width, channels = SIZES[name]
    noise = np.random.default_rng(len(name)).integers(0, 256, (channels, height, width))
    # Half of it is flat, so that answers are near zero too.
    noise[:, :, : width // 2] = 90 if name != "black.png" else 0
    return noise if name != "black.png" else noise * 0


def read_picture(name: str) -> Pixels:
    """Return a picture as the site's reader does."""
    pixels = planes(name)
    channels, height, width = pixels.shape
    return Pixels(height, width, np.moveaxis(pixels, 0, -1).astype(np.uint8).tobytes(), channels)


def photo_scene(**keys: str) -> SlidingScene:
    """Return a scene with keys changed or added, each as TOML."""
    usual = {"id": '"photo"', "image": '"grey.png"', "kernel": '"sobel-x"', "frames": '"sample 12"'}
    text = "".join(f"{key} = {value}\n" for key, value in {**usual, **keys}.items() if value)
    return narrowed(SlidingScene, scenes_from_toml(text, "photo.md", 10, read_picture).scenes[0])


def photo_reel(**keys: str) -> SlidingReel:
    return sliding_reel(photo_scene(**keys))


def photo_problems(**keys: str) -> list[str]:
    try:
        photo_scene(**keys)
    except AuthorError as error:
        return [str(problem) for problem in error.problems]
    return []
