"""A photograph and its answers as bytes, one for each pixel: what pictures of them are made from."""

from dataclasses import replace

import numpy as np

from generator.scenes.kinds.answer_scale import WHITE
from generator.scenes.kinds.windows import WindowReel
from generator.scenes.pixels import Pixels
from generator.scenes.reel import Reel

CUT_LOW, CUT_HIGH = 1, 254
"""Stand for what is cut off at black and at white, in pictures that mark it, and for nothing else."""
ZERO_LEVEL = 127
"""Stands for 0 in answers that have a sign: they run from 0, the most negative, to 254."""


def photo_levels(reel: Reel) -> Pixels:
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


def marked_levels(reel: WindowReel, plane: int) -> Pixels:
    """Return one filter's answers from black to white; what was cut off has levels of its own."""
    levels = answer_levels(reel, plane)
    values = np.frombuffer(levels.values, np.uint8).reshape(reel.output_size)
    cut = reel.cut_cells[plane]
    for mark, end in ((CUT_LOW, 0), (CUT_HIGH, WHITE)):
        values = np.where(values == mark, end, values)
        values = np.where(cut & (values == end), mark, values)
    return replace(levels, values=values.astype(np.uint8).tobytes())
