"""What the room asks of every kind of scene, beside the scene and the reel that the kind makes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.arithmetic import Array
from generator.errors import Problem
from generator.scenes.check import Check
from generator.scenes.keys import SceneKeys
from generator.scenes.reel import Reel
from generator.scenes.scene import Scene
from generator.scenes.toml_block import TomlBlock

Misplaced = Callable[[TomlBlock, Iterable[str]], Mapping[str, Problem]]


@dataclass(frozen=True)
class Kind:
    """A kind of scene."""

    word: str
    """What an author writes for it."""
    keys: type[SceneKeys]
    misplaced: Misplaced
    """Says of keys of other kinds what is wrong with them."""
    scene: Callable[[Check, Array | None, Mapping[str, Any]], Scene | None]
    """Makes a scene of the values that are right, and of its common fields; notes what is wrong."""
    reel: Callable[[Any], Reel]
    """Computes a scene that `scene` has made."""
    values: frozenset[str]
    """The names of all values that prose may quote of such scenes."""
    marked_by: str = ""
    """The key that, where it is true, tells it from other kinds of the same word."""
    takes_photographs: bool = False
    """Whether a photograph without chosen frames is handed on, for the kind has its own words for it."""
