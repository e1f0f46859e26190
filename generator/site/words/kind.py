"""What is told of every kind of scene."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.site.words.telling import place_words
from generator.site.words.window import NO_WINDOW, WindowTable

POSITIONS = "positions of the window in order, each with its products, their sum, and the feature map so far"


class Output(NamedTuple):
    """What an output is called."""

    name: str
    finished: str
    """As the last frame leaves it."""


FEATURE_MAP = Output("feature map", "finished feature map")


@dataclass(frozen=True)
class Words:
    """How a kind of scene is told to those who listen, or see no picture."""

    alt: Callable[[Any], str]
    """Describes the finished stage of a reel."""
    sentence: Callable[[Any, Any], str]
    """Says what happens in a frame of a reel, as what follows its place."""
    rule: Callable[[Any], str]
    """Says how the numbers of a stage come of each other, in a line below it."""
    window: Callable[[Any], WindowTable] = lambda _: NO_WINDOW
    """Tells the window of each frame of a reel as a table."""
    cue: str = "the window moves"
    """What scrolling on does."""
    frames: str = POSITIONS
    """What the frames of a film are."""
    place: Callable[[Any, int], str] = place_words
    """Says where a frame, counted from 1, is, as the beginning of a sentence."""
    output: Output = FEATURE_MAP
    """What the output is called."""
