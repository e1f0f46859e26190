"""Which sums of a reel a worksheet leaves to the pupils."""

import re
from collections.abc import Iterable

from generator.errors import InvalidValue, counted
from generator.scenes.narration import NUMBER, Naming, forms, frame_range
from generator.scenes.reel import Reel

ONE_IN = 5
"""Of so many sums, a worksheet that names none leaves one empty."""
BLANK = Naming("blank", "{}", "out peak, 3 of 25, ")
SHARE = re.compile(rf"({NUMBER}) of ({NUMBER})")


def blank_frames(reel: Reel) -> tuple[int, ...]:
    """Return the numbers of the frames whose sum is left empty, in order; none without a worksheet.

    Raises:
        InvalidValue: a blank has no known form, or lies outside the reel.

    """
    if not reel.scene.worksheet:
        return ()
    if not reel.scene.blank:
        return _usual(reel)
    blanks = enumerate(reel.scene.blank, 1)
    return tuple(sorted({number for row, words in blanks for number in _blank(words, row, reel)}))


def _usual(reel: Reel) -> tuple[int, ...]:
    """Return one frame in five, spread evenly over the answers from the smallest to the largest.

    So each kind of answer has its share, and the eye meets no pattern on the sheet.
    """
    by_answer = sorted(zip(reel.sums, range(1, len(reel.frames) + 1), strict=True))
    places = _spread(max(1, round(len(by_answer) / ONE_IN)), len(by_answer))
    return tuple(sorted(by_answer[place - 1][1] for place in places))


def _blank(words: str, row: int, reel: Reel) -> Iterable[int]:
    """Return the frames that one blank such as `out peak`, `row 2` or `3 of 25` means."""
    plain = " ".join(words.lower().split())
    try:
        if not plain:
            raise InvalidValue("a blank is empty", forms(BLANK, reel))
        if match := SHARE.fullmatch(plain):
            return _share(int(match[1]), int(match[2]), BLANK.of(plain), reel)
        frames = frame_range(re.sub(r"^out (?=[a-z])", "", plain), reel, BLANK)
    except InvalidValue as fault:
        fault.key, fault.row = "blank", row
        raise
    return range(frames.first, frames.last + 1)


def _share(blanks: int, frames: int, what: str, reel: Reel) -> tuple[int, ...]:
    count = len(reel.frames)
    if frames != count:
        raise InvalidValue(f"{what} speaks of {counted(frames, 'frame')}", f"The scene has {count}.")
    if not 1 <= blanks <= count:
        way_out = f"Leave 1 to {count}." if count > 1 else "Leave 1."
        raise InvalidValue(f"{what} leaves {counted(blanks, 'sum')} empty", way_out)
    return _spread(blanks, count)


def _spread(chosen: int, count: int) -> tuple[int, ...]:
    """Return so many of the numbers 1 to `count`, spread evenly.

    >>> _spread(3, 25), _spread(2, 2)
    ((5, 13, 21), (1, 2))
    """
    return tuple((2 * place + 1) * count // (2 * chosen) + 1 for place in range(chosen))
