"""Anchors: how a beat says which frames it belongs to."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from generator.errors import InvalidValue, shortened
from generator.scenes.reel import Reel

NUMBER = r"[0-9]{1,9}"
FORMS = "first, last, peak, all, 12, 6-10, row 2, out 3,4"


class Naming(NamedTuple):
    """What messages call a text that names frames."""

    kind: str
    written: str
    """How it stands in the author's file, with {} for the text."""
    forms: str
    """What it may look like."""

    def of(self, words: str) -> str:
        """Return what a message calls a text.

        >>> ANCHOR.of("row 9"), ANCHOR.of("")
        ('anchor "[frame row 9]"', 'anchor "[frame]"')
        """
        shown = f" {shortened(words)}" if words else ""
        return f'{self.kind} "{self.written.format(shown).strip()}"'


ANCHOR = Naming("anchor", "[frame{}]", FORMS)


@dataclass(frozen=True)
class FrameRange:
    """Consecutive frames, both ends included, counted from 1."""

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if self.last < self.first:
            raise InvalidValue(
                f"the frames {self.first}-{self.last} run backwards", f"Write {self.last}-{self.first}."
            )


def frame_range(anchor: str, reel: Reel, naming: Naming = ANCHOR) -> FrameRange:
    """Return the frames that an anchor such as `row 2` means in this reel.

    Raises:
        InvalidValue: the anchor, which messages name as they are told, has no known form, or lies outside
            the reel.

    """
    words = " ".join(anchor.lower().split())
    what = naming.of(words)
    named = _named(words, reel)
    if named:
        return named
    if match := re.fullmatch(rf"({NUMBER})(?: ?[-–] ?({NUMBER}))?", words):
        first = int(match[1])
        return _inside(FrameRange(first, int(match[2] or first)), what, reel)
    if match := re.fullmatch(rf"row ({NUMBER})", words):
        return _row(int(match[1]), what, reel)
    if match := re.fullmatch(rf"out ({NUMBER}) ?, ?({NUMBER})", words):
        return _cell(int(match[1]), int(match[2]), what, reel)
    raise InvalidValue(f"unknown {what}", f"{naming.kind.capitalize()}s look like: {naming.forms}.")


def _named(words: str, reel: Reel) -> FrameRange | None:
    last = len(reel.frames)
    peak = reel.peak.number
    names = {"first": (1, 1), "last": (last, last), "all": (1, last), "peak": (peak, peak)}
    return FrameRange(*names[words]) if words in names else None


def _inside(frames: FrameRange, what: str, reel: Reel) -> FrameRange:
    count = len(reel.frames)
    if frames.first < 1 or frames.last > count:
        raise InvalidValue(f"{what} lies outside the scene", f"It has {_span(count, 'frame')}.")
    return frames


def _row(row: int, what: str, reel: Reel) -> FrameRange:
    height, width = reel.output_size
    if not 1 <= row <= height:
        raise _outside_map(what, _span(height, "row"), reel)
    return FrameRange((row - 1) * width + 1, row * width)


def _cell(row: int, column: int, what: str, reel: Reel) -> FrameRange:
    height, width = reel.output_size
    if not (1 <= row <= height and 1 <= column <= width):
        raise _outside_map(what, f"{_span(height, 'row')} and {_span(width, 'column')}", reel)
    number = (row - 1) * width + column
    return FrameRange(number, number)


def _outside_map(what: str, size: str, reel: Reel) -> InvalidValue:
    hint = f"It has {size}, and the scene {_span(len(reel.frames), 'frame')}."
    return InvalidValue(f"{what} lies outside the feature map", hint)


def _span(count: int, thing: str) -> str:
    return f"{thing}s 1 to {count}" if count > 1 else f"{thing} 1 only"
