"""Anchors: how a beat says which frames it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import InvalidValue, counted, shortened
from generator.scenes.ranges import FrameRange

if TYPE_CHECKING:
    from generator.scenes.positions import Positions
    from generator.scenes.reel import Reel
    from generator.scenes.scene import Cell

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
    if words and reel.positions and (match := PLACE.fullmatch(words)):
        return _placed(match, what, reel, reel.positions)
    raise InvalidValue(f"unknown {what}", forms(naming, reel))


def forms(naming: Naming, reel: Reel) -> str:
    """Return a hint that lists what a text that names frames of this reel may look like."""
    places = _place_forms(reel.positions) if reel.positions else _own_forms(reel)
    usual = f"first, last, peak, all, 12, 6-10{places}"
    return f"{naming.kind.capitalize()}s look like: {naming.also}{usual}."


def _place_forms(positions: Positions) -> str:
    plane, side, count = positions.plane, positions.side, positions.shape[0]
    planes = f", {plane} {count}, {plane} {count} row 2, {plane} {count} {side} 3,4" if count > 1 else ""
    return f", row 2, {side} 3,4{planes}"


def _own_forms(reel: Reel) -> str:
    """Return an example of the kind's own words for frames, the last of them; "" where it has none."""
    return f", {list(reel.named)[-1]}" if reel.named else ""


def _named(words: str, reel: Reel) -> FrameRange | None:
    last = reel.own_count
    peak = reel.peak.number
    names = {"first": (1, 1), "last": (last, last), "all": (1, last), "peak": (peak, peak)}
    names |= {name: (number, number) for name, number in reel.named.items()}
    return FrameRange(*names[words]) if words in names else None


def _inside(frames: FrameRange, what: str, reel: Reel) -> FrameRange:
    count = len(reel.frames)
    if frames.first < 1 or frames.last > count:
        raise InvalidValue(f"{what} lies outside the scene", f"It has {_span(count, 'frame')}.")
    return frames


def _placed(match: re.Match[str], what: str, reel: Reel, positions: Positions) -> FrameRange:
    """Return the frames of a plane, of its row, or of one cell; the first plane where none is named."""
    noun, side = positions.plane, positions.side
    named = {word: match[word] for word in ("filter", "channel") if match[word]}
    if match["side"] not in (None, side) or not named.keys() <= set(positions.planes):
        thing = "Frames belong to the output"
        if side == "in":
            thing = "A transposed scene has a frame for each pixel"
        raise InvalidValue(f"{what} lies on the other side", f"{thing}: write {side} 1,2 or {noun} 1.")
    sizes = positions.shape
    line = match["line"] or match["row"]
    wanted = (int(next(iter(named.values()), 1)), int(line or 0), int(match["column"] or 0))
    spans = ((noun, sizes[0]), ("row", sizes[1]), ("column", sizes[2]))
    asked = [place for place, words in enumerate(("plane", line, match["column"])) if words]
    if any(not 1 <= wanted[place] <= sizes[place] for place in asked):
        told = asked if named else asked[1:]
        size = " and ".join(_span(spans[place][1], spans[place][0]) for place in told)
        hint = f"It has {size}, and the scene {_span(len(reel.frames), 'frame')}."
        raise InvalidValue(f"{what} lies outside the {positions.grid}", hint)
    numbers = [
        number
        for number, cell in enumerate(positions.of_frames, 1)
        if all(wanted[place] in (0, cell[place] + 1) for place in range(3))
    ]
    if not numbers:
        raise _not_chosen(what, match, wanted, positions)
    # A path may come back to a row that it has left: a range holds what follows without a gap.
    in_a_row = [number for at, number in enumerate(numbers) if number == numbers[0] + at]
    return FrameRange(in_a_row[0], in_a_row[-1])


def _not_chosen(
    what: str, match: re.Match[str], wanted: tuple[int, ...], positions: Positions
) -> InvalidValue:
    """Return the fault of an anchor at a place of the map that has no frame, with the nearest that has."""

    def distance(cell: Cell) -> tuple[bool, int]:
        plane, *place = (asked and abs(cell[at] + 1 - asked) for at, asked in enumerate(wanted))
        return bool(plane), sum(part**2 for part in place)

    plane, row, column = (index + 1 for index in min(positions.of_frames, key=distance))
    filtered = f"filter {plane} " if match["filter"] else ""
    near = f"{filtered}row {row}" if match["line"] else f"{filtered}out {row},{column}"
    count = counted(len(positions.of_frames), "frame")
    hint = f'frames = "{shortened(positions.chosen)}" holds {count}; the nearest is {near}.'
    return InvalidValue(f"{what} is not among the frames of the scene", hint)


def _span(count: int, thing: str) -> str:
    return f"{thing}s 1 to {count}" if count > 1 else f"{thing} 1 only"
