"""The track that scrolling follows: which frames pass under which beat, and on the way to it."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.scenes import FrameRange


class Passage(NamedTuple):
    """The frames that pass with one beat, in order."""

    before: tuple[int, ...]
    """Those that no beat tells of, on the way to this one."""
    own: tuple[int, ...]
    """Those that it tells of."""
    after: tuple[int, ...] = ()
    """Of the last beat those that are left."""

    @property
    def frames(self) -> tuple[int, ...]:
        """Return all of them."""
        return self.before + self.own + self.after


def passages(beats: Sequence[FrameRange], frames: int, first: int = 1) -> tuple[Passage, ...]:
    """Return for each beat the frames that pass with it, so that no frame is ever skipped.

    On the way to a beat lie the frames between the one before and its own; the last runs on to the last of
    these `frames`. A beat that goes back begins at once with its own first frame. Frames before the `first`
    do not lie on the track unless a beat tells of them.

    >>> [passage.frames for passage in passages([FrameRange(1, 1), FrameRange(4, 5)], frames=6)]
    [(1,), (2, 3, 4, 5, 6)]
    >>> passages([FrameRange(1, 1), FrameRange(4, 5)], frames=6)[1]
    Passage(before=(2, 3), own=(4, 5), after=(6,))
    """
    track: list[Passage] = []
    reached = first - 1
    for beat in beats:
        before, own = range(reached + 1, min(beat.first, frames + 1)), range(beat.first, beat.last + 1)
        track.append(Passage(tuple(before), tuple(own)))
        reached = beat.last
    if track and reached < frames:
        track[-1] = track[-1]._replace(after=tuple(range(reached + 1, frames + 1)))
    return tuple(track)
