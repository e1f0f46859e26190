"""A picture's values as they come from a file, or go into one: one byte a pixel and channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pixels:
    """A picture's values: height, width, and one byte a pixel and channel in reading order."""

    height: int
    width: int
    values: bytes
    """Grey values, or red, green and blue of one pixel after the other."""
    channels: int = 1
    transparent: int = 0
    """So many pixels were transparent, if only a little, and are laid on white."""
