"""Anchors: how a beat says which frames it belongs to."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from generator.errors import InvalidValue, counted, shortened
from generator.scenes.reel import Frame, Reel

NUMBER = r"[0-9]{1,9}"
PLACE = re.compile(
    rf"(?:filter (?P<filter>{NUMBER})|channel (?P<channel>{NUMBER}))?"
    rf"(?:(?:^| )row (?P<line>{NUMBER})|(?:^| )(?P<side>out|in) (?P<row>{NUMBER}) ?, ?(?P<column>{NUMBER}))?"
)
"""Such as `row 2`, `out 3,4`, `filter 2`, `filter 2 row 3`; of a transposed scene `in 3,4`, `channel 2`."""


class Naming(NamedTuple):
    """What messages call a text that names frames."""

    kind: str
    written: str
    """How it stands in the author's file, with {} for the text."""
    also: str = ""
    """What it may look like besides."""

    def of(self, words: str) -> str:
        """Return what a message calls a text.

        >>> ANCHOR.of("row 9"), ANCHOR.of("")
        ('anchor "[frame row 9]"', 'anchor "[frame]"')
        """
        shown = f" {shortened(words)}" if words else ""
        return f'{self.kind} "{self.written.format(shown).strip()}"'


ANCHOR = Naming("anchor", "[frame{}]")


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
    if words and (match := PLACE.fullmatch(words)):
        return _placed(match, what, reel)
    raise InvalidValue(f"unknown {what}", forms(naming, reel))


def forms(naming: Naming, reel: Reel) -> str:
    """Return a hint that lists what a text that names frames of this reel may look like."""
    plane, side = plane_and_side(reel)
    count = len(reel.input if side == "in" else reel.output)
    planes = f", {plane} {count}, {plane} {count} row 2, {plane} {count} {side} 3,4" if count > 1 else ""
    usual = f"first, last, peak, all, 12, 6-10, row 2, {side} 3,4{planes}"
    return f"{naming.kind.capitalize()}s look like: {naming.also}{usual}."


def plane_and_side(reel: Reel) -> tuple[str, str]:
    """Return what the planes are called through which frames go, and on which side these lie.

    A transposed layer has a frame for each pixel of its channels, and pooling leaves the channels apart.
    """
    if reel.scene.geometry.transposed:
        return "channel", "in"
    return "channel" if reel.scene.pooling else "filter", "out"


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


def _placed(match: re.Match[str], what: str, reel: Reel) -> FrameRange:
    """Return the frames of a plane, of its row, or of one cell; the first plane where none is named."""
    noun, side = plane_and_side(reel)
    named = match["filter"] or match["channel"]  # of pooling, both are the same plane
    across = match["filter"] if side == "in" else match["channel"] and noun == "filter"
    if match["side"] not in (None, side) or across:
        thing = "Frames belong to the output"
        if side == "in":
            thing = "A transposed scene has a frame for each pixel"
        raise InvalidValue(f"{what} lies on the other side", f"{thing}: write {side} 1,2 or {noun} 1.")
    sizes = reel.input.shape if side == "in" else reel.output.shape
    line = match["line"] or match["row"]
    wanted = (int(named or 1), int(line or 0), int(match["column"] or 0))
    spans = ((noun, sizes[0]), ("row", sizes[1]), ("column", sizes[2]))
    asked = [place for place, words in enumerate(("plane", line, match["column"])) if words]
    if any(not 1 <= wanted[place] <= sizes[place] for place in asked):
        told = asked if named else asked[1:]
        raise _outside(what, " and ".join(_span(spans[place][1], spans[place][0]) for place in told), reel)
    numbers = [
        frame.number
        for frame in reel.frames
        if all(wanted[place] in (0, frame.place[place] + 1) for place in range(3))
    ]
    if not numbers:
        raise _not_chosen(what, match, wanted, reel)
    # A path may come back to a row that it has left: a range holds what follows without a gap.
    in_a_row = [number for at, number in enumerate(numbers) if number == numbers[0] + at]
    return FrameRange(in_a_row[0], in_a_row[-1])


def _not_chosen(what: str, match: re.Match[str], wanted: tuple[int, ...], reel: Reel) -> InvalidValue:
    """Return the fault of an anchor at a place of the map that has no frame, with the nearest that has."""

    def distance(frame: Frame) -> tuple[bool, int]:
        plane, *place = (asked and abs(frame.place[at] + 1 - asked) for at, asked in enumerate(wanted))
        return bool(plane), sum(part**2 for part in place)

    plane, row, column = (index + 1 for index in min(reel.frames, key=distance).place)
    filtered = f"filter {plane} " if match["filter"] else ""
    near = f"{filtered}row {row}" if match["line"] else f"{filtered}out {row},{column}"
    words = reel.scene.choice.words if reel.scene.choice else ""
    hint = f'frames = "{shortened(words)}" holds {counted(len(reel.frames), "frame")}; the nearest is {near}.'
    return InvalidValue(f"{what} is not among the frames of the scene", hint)


def _outside(what: str, size: str, reel: Reel) -> InvalidValue:
    grid = "image" if reel.scene.geometry.transposed else "feature map"
    hint = f"It has {size}, and the scene {_span(len(reel.frames), 'frame')}."
    return InvalidValue(f"{what} lies outside the {grid}", hint)


def _span(count: int, thing: str) -> str:
    return f"{thing}s 1 to {count}" if count > 1 else f"{thing} 1 only"
