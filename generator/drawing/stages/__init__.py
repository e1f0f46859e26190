"""Stages: for each kind of scene which panels show it, and how film and paper arrange them.

A kind is at home in three places of one name: in `scenes/kinds`, here, and in `site/words`. Nothing else
asks which kind a scene is.
"""

from collections.abc import Callable, Mapping, Set
from functools import lru_cache
from typing import Any

from generator.drawing.stages.learning import LearningStage
from generator.drawing.stages.magnitude import magnitude_stage
from generator.drawing.stages.pooling import PoolingStage
from generator.drawing.stages.sliding import sliding_stage
from generator.drawing.stages.spreading import SpreadingStage
from generator.drawing.stages.stack import StackStage
from generator.drawing.stages.stage import Portrait, Stage
from generator.drawing.stages.zoom import zoom_stage
from generator.scenes import Reel

STAGES: Mapping[str, Callable[[Any, Set[int]], Stage]] = {
    "sliding": sliding_stage,
    "spreading": SpreadingStage,
    "pooling": PoolingStage,
    "stack": StackStage,
    "magnitude": magnitude_stage,
    "learning": LearningStage,
    "zoom": zoom_stage,
}
"""What makes the stage of each kind of reel, by the kind's name."""

LATEST = 8
"""As many stages are kept as a few reels have: film, card, prints and page each ask for the same."""

__all__ = ["LATEST", "STAGES", "Portrait", "Stage", "stage_of"]


@lru_cache(maxsize=LATEST)
def stage_of(reel: Reel, blanks: Set[int] = frozenset()) -> Stage:
    """Return the stage of a reel; the sums and cells of `blanks`, numbers of frames, stay empty."""
    return STAGES[reel.scene.kind](reel, blanks)
