"""Scenes in words: for those who listen, and for pictures that do not load.

A kind is at home in three places of one name: in `scenes/kinds`, in `drawing/stages`, and here. Nothing else
asks which kind a scene is.
"""

from collections.abc import Mapping

from generator.scenes import Frame, Reel
from generator.site.words.kind import Output, Words
from generator.site.words.learning import LEARNING
from generator.site.words.magnitude import MAGNITUDE
from generator.site.words.pooling import POOLING
from generator.site.words.sliding import SLIDING
from generator.site.words.spreading import SPREADING
from generator.site.words.stack import STACK
from generator.site.words.window import WindowTable
from generator.site.words.zoom import ZOOM

WORDS: Mapping[str, Words] = {
    "sliding": SLIDING,
    "spreading": SPREADING,
    "pooling": POOLING,
    "stack": STACK,
    "magnitude": MAGNITUDE,
    "learning": LEARNING,
    "zoom": ZOOM,
}
"""How each kind of scene is told, by the kind's name."""


def scene_alt(reel: Reel) -> str:
    """Return a description of the finished stage in words."""
    return WORDS[reel.scene.kind].alt(reel)


def spoken(reel: Reel, frame: Frame) -> str:
    """Return one sentence that says what happens in a frame, in words that can be spoken."""
    words = WORDS[reel.scene.kind]
    return f"{words.place(reel, frame.number)}: {words.sentence(reel, frame)}."


def rule(reel: Reel) -> str:
    """Return how the numbers of a stage come of each other."""
    return WORDS[reel.scene.kind].rule(reel)


def cue(reel: Reel) -> str:
    """Return what scrolling on does."""
    return WORDS[reel.scene.kind].cue


def window_of(reel: Reel) -> WindowTable:
    """Return a table of the window of each frame; it has no rows where there is nothing to tell."""
    return WORDS[reel.scene.kind].window(reel)


def output_words(reel: Reel) -> Output:
    """Return what a reel's output is called."""
    return WORDS[reel.scene.kind].output


def film_words(reel: Reel) -> str:
    """Return what the frames of a reel's film are."""
    return WORDS[reel.scene.kind].frames
