"""The two ways to show a scene: every number on its tile, or, of an image of very many, as a photograph.

Which one it is is decided here alone; what follows from it stands under its name wherever something does.
"""

from dataclasses import dataclass
from typing import Literal

from generator.arithmetic import Array

MAX_PIXELS = 64 * 64
"""Of an image whose numbers are all shown, and of its output; a larger one is shown as a photograph."""


@dataclass(frozen=True)
class Showing:
    """A way to show a scene."""

    name: Literal["numbers", "photograph"]
    has_every_number: bool
    """Whether all numbers can be read, and not those alone that the frames are about."""
    frames_differ: bool
    """Whether each frame is worth a picture of its own on paper."""


NUMBERS = Showing("numbers", has_every_number=True, frames_differ=True)
PHOTOGRAPH = Showing("photograph", has_every_number=False, frames_differ=False)


def showing_of(image: Array) -> Showing:
    """Return how a scene on an image, shape (C, H, W), is shown."""
    return PHOTOGRAPH if is_large(image) else NUMBERS


def is_large(image: Array) -> bool:
    """Tell whether an image, shape (C, H, W), has too many pixels to show each as a number."""
    _, height, width = image.shape
    return int(height) * int(width) > MAX_PIXELS
