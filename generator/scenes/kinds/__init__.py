"""Kinds of scenes: what each computes, its keys, frames, anchors, values and JSON, in a module of its own.

A kind is at home in three places of one name: here, in `drawing/stages` and in `site/words`. Nothing else
asks which kind a scene is.
"""

from collections.abc import Mapping
from typing import Any

from generator.scenes.kinds.kind import Kind, meant
from generator.scenes.kinds.learning import LEARNING
from generator.scenes.kinds.magnitude import MAGNITUDE
from generator.scenes.kinds.pooling import POOLING
from generator.scenes.kinds.sliding import SLIDING
from generator.scenes.kinds.spreading import SPREADING
from generator.scenes.kinds.stack import STACK
from generator.scenes.kinds.zoom import ZOOM
from generator.scenes.reel import Reel
from generator.scenes.scene import Scene

KINDS: Mapping[str, Kind] = {
    "sliding": SLIDING,
    "spreading": SPREADING,
    "pooling": POOLING,
    "stack": STACK,
    "magnitude": MAGNITUDE,
    "learning": LEARNING,
    "zoom": ZOOM,
}
"""Every kind by its name."""
WORDS = tuple(dict.fromkeys(kind.word for kind in KINDS.values()))
"""What an author may write for them."""

EVERY_VALUE = frozenset(name for kind in KINDS.values() for name in kind.values)
"""The values that some kind of scene has."""
VALUE_FAMILIES = frozenset({"layer", *(name.partition(".")[0] for name in EVERY_VALUE if "." in name)})
"""The first words of values with a dot: `{output.size}` is one, and never a scene called "output"."""


def meant_kind(values: Mapping[str, Any]) -> Kind:
    """Return the kind that an author's values mean, as far as that can be told."""
    return meant(tuple(KINDS.values()), values)


def reel_of(scene: Scene) -> Reel:
    """Return every frame of a scene, computed exactly where the numbers are whole.

    Raises:
        InvalidValue: a sum of whole numbers might not fit into 64 bits, or a pool holds no pixel.

    """
    return KINDS[scene.kind].reel(scene)
