"""Scenes and reels for tests, declared as an author would."""

from typing import TypeVar

from generator.errors import AuthorError
from generator.scenes import Pixels, Reel, Scene, reel_of, scenes_from_toml
from generator.scenes.kinds.pooling import PoolingReel, PoolingScene
from generator.scenes.kinds.sliding import SlidingReel, SlidingScene
from generator.scenes.kinds.spreading import SpreadingReel, SpreadingScene
from generator.scenes.kinds.stack import StackReel

Kind = TypeVar("Kind")

SOBEL_EDGE = 'id = "sobel-edge"\nimage = "step"\nkernel = "sobel-x"\n'
"""The flagship's first scene: 7×7 pixels, 3×3 weights, 25 frames, a peak of 32 in frame 2."""


def no_picture(name: str) -> Pixels:
    raise AssertionError(f"nobody asked for {name}")


def scene_of(text: str = SOBEL_EDGE) -> Scene:
    return scenes_from_toml(text, "edges.md", 10, no_picture).scenes[0]


def reel_from(text: str = SOBEL_EDGE) -> Reel:
    return reel_of(scene_of(text))


def narrowed(kind: type[Kind], made: object) -> Kind:
    """Return a scene or a reel as the kind that it is known to be."""
    assert isinstance(made, kind)
    return made


def sliding_scene(text: str = SOBEL_EDGE) -> SlidingScene:
    return narrowed(SlidingScene, scene_of(text))


def spreading_scene(text: str) -> SpreadingScene:
    return narrowed(SpreadingScene, scene_of(text))


def pooling_scene(text: str) -> PoolingScene:
    return narrowed(PoolingScene, scene_of(text))


def sliding_from(text: str = SOBEL_EDGE) -> SlidingReel:
    return narrowed(SlidingReel, reel_from(text))


def spreading_from(text: str) -> SpreadingReel:
    return narrowed(SpreadingReel, reel_from(text))


def pooling_from(text: str) -> PoolingReel:
    return narrowed(PoolingReel, reel_from(text))


def stack_from(text: str) -> StackReel:
    return narrowed(StackReel, reel_from(text))


def problems_of(text: str) -> list[str]:
    """Return what is told about a block whose opening fence is on line 10."""
    try:
        scene_of(text)
    except AuthorError as error:
        return [str(problem) for problem in error.problems]
    return []
