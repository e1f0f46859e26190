"""What the room asks of every kind of scene, beside the scene and the reel that the kind makes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from generator.arithmetic import Array
from generator.errors import Problem
from generator.scenes.check import Check
from generator.scenes.keys import SceneKeys
from generator.scenes.reel import Reel
from generator.scenes.scene import Scene
from generator.scenes.toml_block import TomlBlock


class Marked(Protocol):
    """Something of a kind that an author names by a word, and some by a key besides."""

    @property
    def word(self) -> str:
        """Return what an author writes for it."""

    @property
    def marked_by(self) -> str:
        """Return the key that, where it is true, tells it from others of the same word; "" of the usual."""


AKind = TypeVar("AKind", bound=Marked)
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


def meant(kinds: Sequence[AKind], values: Mapping[str, Any]) -> AKind:
    """Return which kind an author's values mean, as far as that can be told; the first is the usual one."""
    word = values.get("kind", kinds[0].word)
    known = [kind for kind in kinds if kind.word == word] or [
        kind for kind in kinds if kind.word == kinds[0].word
    ]
    marked = (kind for kind in known if kind.marked_by and values.get(kind.marked_by) is True)
    return next(marked, known[0])
