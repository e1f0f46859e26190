"""The track that scrolling follows: which frames pass under which beat, and on the way to it."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.scenes import FrameRange
from generator.site.track import Passage, passages

FRAMES = 25


def ranges(frames: int = FRAMES) -> st.SearchStrategy[list[FrameRange]]:
    """Return lists of beats, in any order."""
    pairs = st.tuples(st.integers(1, frames), st.integers(1, frames))
    return st.lists(pairs.map(lambda pair: FrameRange(min(pair), max(pair))), min_size=1)


def test_without_beats_there_is_no_track() -> None:
    """A scene without narration is stepped through, not scrolled."""
    assert passages([], FRAMES) == ()


def test_a_single_beat_takes_every_frame() -> None:
    """One beat on the first frame runs on to the last."""
    assert passages([FrameRange(1, 1)], 4) == (Passage(before=(), own=(1,), after=(2, 3, 4)),)


def test_frames_between_two_beats_pass_on_the_way_to_the_second() -> None:
    """What no beat names is shown before the next begins."""
    assert passages([FrameRange(2, 2), FrameRange(5, 5)], 5) == (
        Passage(before=(1,), own=(2,)),
        Passage(before=(3, 4), own=(5,)),
    )


def test_a_track_can_begin_later_and_end_earlier() -> None:
    """Frames before its first, and those behind its last, pass only where a beat tells of them."""
    assert passages([FrameRange(3, 3), FrameRange(8, 8), FrameRange(1, 1)], 5, first=3) == (
        Passage(before=(), own=(3,)),
        Passage(before=(4, 5), own=(8,)),
        Passage(before=(), own=(1,), after=(2, 3, 4, 5)),
    )


def test_a_beat_that_goes_back_begins_with_its_own_frame() -> None:
    """Narration may return to what was seen before."""
    assert passages([FrameRange(5, 5), FrameRange(2, 3), FrameRange(6, 6)], 6) == (
        Passage(before=(1, 2, 3, 4), own=(5,)),
        Passage(before=(), own=(2, 3)),
        Passage(before=(4, 5), own=(6,)),
    )


@given(ranges())
def test_no_frame_is_ever_skipped(beats: list[FrameRange]) -> None:
    """Scrolled to its end, a scene has shown every frame, and never jumps over one on its way on."""
    passed = list(chain.from_iterable(passage.frames for passage in passages(beats, FRAMES)))
    assert set(passed) == set(range(1, FRAMES + 1))
    assert all(after <= before + 1 for before, after in zip([0, *passed], passed, strict=False))


@given(ranges())
def test_a_beats_own_frames_are_those_that_it_speaks_of(beats: list[FrameRange]) -> None:
    """While a beat is lit, its own frames pass, and no other."""
    for beat, passage in zip(beats, passages(beats, FRAMES), strict=True):
        assert passage.own == tuple(range(beat.first, beat.last + 1))


@given(ranges())
def test_with_a_beat_frames_pass_one_by_one(beats: list[FrameRange]) -> None:
    """The window never jumps on the way to a beat, inside it or after it."""
    for passage in passages(beats, FRAMES):
        frames = passage.frames
        assert list(frames) == list(range(frames[0], frames[-1] + 1))


@given(ranges())
def test_only_the_last_beat_has_frames_after_it(beats: list[FrameRange]) -> None:
    """What follows a beat lies on the way to the next."""
    assert all(passage.after == () for passage in passages(beats, FRAMES)[:-1])


@pytest.mark.parametrize("frames", [1, 1024])
def test_a_track_is_as_long_as_its_reel(frames: int) -> None:
    """The shortest reel and the longest are covered alike."""
    assert [passage.frames for passage in passages([FrameRange(1, 1)], frames)] == [
        tuple(range(1, frames + 1))
    ]
