"""A photograph and its answers as bytes, one for each pixel: what pictures of them are made from."""

import numpy as np

from generator.scenes.kinds.answer_scale import WHITE
from generator.scenes.kinds.windows import WindowReel
from generator.scenes.pixels import Pixels

ZERO_LEVEL = 127
"""Stands for 0 in answers that have a sign: they run from 0, the most negative, to 254."""


def photo_levels(reel: WindowReel) -> Pixels:
    """Return the reel's photograph, its greys or its red, green and blue."""
    channels, height, width = reel.image.shape
    pixels = np.moveaxis(reel.image, 0, -1).astype(np.uint8)
    return Pixels(height, width, pixels.tobytes(), channels)


def answer_levels(reel: WindowReel, plane: int) -> Pixels:
    """Return one filter's answers: around `ZERO_LEVEL` where they have signs, or else from black to white.

    The ends are reached at `reel.answer_scale.full_answer`.
    """
    shares = np.clip(reel.output[plane] / reel.answer_scale.full_answer, -1, 1)
    values = ZERO_LEVEL + shares * ZERO_LEVEL if reel.answer_scale.is_signed else shares * WHITE
    height, width = reel.output_size
    return Pixels(height, width, np.rint(values).astype(np.uint8).tobytes())
