"""`picture = "my-edge=12"` in front matter: the frame of a scene that stands for its chapter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.errors import InvalidValue, shortened, suggestion

if TYPE_CHECKING:
    from generator.scenes import Reel

PICTURE = re.compile(r"(?P<scene>[^=\s]+)(?:=(?P<frame>[0-9]{1,9}))?")


@dataclass(frozen=True)
class ChosenFrame:
    """The scene that stands for a chapter, at one of its frames."""

    scene: str
    frame: int | None
    """Counted from 1; None leaves the choice to those who draw it."""


def chosen_frame(declared: str, reels: Mapping[str, Reel], broken: Set[str]) -> ChosenFrame | None:
    """Return which frame an author chose; None where they chose none, or a scene with problems of its own.

    Args:
        declared: what stands in the front matter.
        reels: those of the chapter, by scene id.
        broken: ids of its scenes that have problems, "" where any may have.

    Raises:
        InvalidValue: the chapter has no such scene, or the scene no such frame.

    """
    if not declared:
        return None
    match = PICTURE.fullmatch(declared)
    if match is None:
        fact = f'"picture" is "{shortened(declared)}"'
        raise InvalidValue(
            fact, 'Write the id of a scene, as in "my-edge", or "my-edge=12" for a frame.', "picture"
        )
    scene, frame = match["scene"], int(match["frame"]) if match["frame"] else None
    if scene not in reels:
        if {scene, ""} & broken:
            return None
        fact = f'"picture" names the scene "{shortened(scene)}", which the chapter does not have'
        raise InvalidValue(fact, suggestion(scene, reels) or "It has none.", "picture")
    most = len(reels[scene].frames)
    if frame is not None and not 1 <= frame <= most:
        fact = f'"picture" asks for frame {frame} of "{scene}", which has frames 1 to {most}'
        raise InvalidValue(fact, "Name one of them.", "picture")
    return ChosenFrame(scene, frame)
