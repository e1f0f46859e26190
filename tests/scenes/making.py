"""Scenes and reels for tests, declared as an author would."""

from generator.errors import AuthorError
from generator.scenes import Pixels, Reel, Scene, reel_of, scenes_from_toml

SOBEL_EDGE = 'id = "sobel-edge"\nimage = "step"\nkernel = "sobel-x"\n'
"""The flagship's first scene: 7×7 pixels, 3×3 weights, 25 frames, a peak of 32 in frame 2."""


def no_picture(name: str) -> Pixels:
    raise AssertionError(f"nobody asked for {name}")


def scene_of(text: str = SOBEL_EDGE) -> Scene:
    return scenes_from_toml(text, "edges.md", 10, no_picture).scenes[0]


def reel_from(text: str = SOBEL_EDGE) -> Reel:
    return reel_of(scene_of(text))


def problems_of(text: str) -> list[str]:
    """Return what is told about a block whose opening fence is on line 10."""
    try:
        scene_of(text)
    except AuthorError as error:
        return [str(problem) for problem in error.problems]
    return []
