"""The last layer of a stack by itself: its cells are the frames."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from generator.arithmetic import Array
from generator.scenes.kinds.gathering import Gathering, gathered
from generator.scenes.kinds.pooling import PoolingReel, PoolingScene, pooling_reel
from generator.scenes.kinds.sliding import SlidingReel, SlidingScene, sliding_reel
from generator.scenes.layers.layer import Layer, LayerName
from generator.scenes.scene import Scene

Last = SlidingReel | PoolingReel | Gathering
"""What the last layer makes, cell by cell."""


def last_computed(scene: Scene, layer: Layer, image: Array) -> Last:
    """Return the last layer of a scene by itself, computed on what reaches it, shape (C, H, W).

    Raises:
        InvalidValue: as the reel of a scene of that layer.

    """
    common = {field.name: getattr(scene, field.name) for field in fields(Scene)} | {"image": image}
    return LAST[layer.name](layer, common)


def _sliding(layer: Any, common: Mapping[str, Any]) -> SlidingReel:  # noqa: ANN401 - found by its name
    return sliding_reel(SlidingScene(**common, layer=layer, choice=None))


def _pooling(layer: Any, common: Mapping[str, Any]) -> PoolingReel:  # noqa: ANN401 - found by its name
    return pooling_reel(PoolingScene(**common, layer=layer, choice=None))


def _gathering(layer: Any, common: Mapping[str, Any]) -> Gathering:  # noqa: ANN401 - found by its name
    return gathered(common["id"], layer, common["image"])


LAST: Mapping[LayerName, Callable[[Any, Mapping[str, Any]], Last]] = {
    "filters": _sliding,
    "pool": _pooling,
    "spread": _gathering,
}
"""Computes the last layer by itself; one whose windows slide is a scene of its own."""
