"""What a page shows of a stage, and what a scene has because of the way in which it is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.drawing import RGB

Extreme = tuple[str, str, str]
"""What, where, answer."""


@dataclass(frozen=True)
class Table:
    """Numbers row by row, ready to be read."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Panels:
    """The panels of the input, and those of the output, as they look at one frame."""

    inputs: tuple[Markup, ...]
    maps: tuple[Markup, ...]


@dataclass(frozen=True)
class Showing:
    """A way to show a scene in a site."""

    panels: Callable[[Any, str, Mapping[str, bytes], Any], Panels]
    """Draws a stage, given the way from the page to its files, all files of the scene, and a frame."""
    tables: Callable[[Any], tuple[Table, ...]]
    """The finished feature maps of a reel, where they can be read."""
    extremes: Callable[[Any], tuple[Extreme, ...]]
    """In their place the smallest and the largest answers."""
    shared_files: Callable[[Any], Mapping[str, bytes]]
    """What a reel has in common with others, by its path in the site."""
    own_files: Callable[[Any, Mapping[str, RGB], Mapping[str, RGB]], Mapping[str, bytes]]
    """What a reel has besides films and prints, by name in the scene's folder, in light and dark colours."""
    has_own_files: bool
    """Whether there is any."""
    has_flipbook: bool
    """Whether a book of its frames is worth the paper."""
    most_animated: float
    """Bytes of an animation; a larger one is left out."""
