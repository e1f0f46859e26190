"""`[the cord](place:100,62)` in the text of a scene: a link that moves its window to that place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.course.text_parts import without_code
from generator.errors import InvalidValue
from generator.scenes.narration import NUMBER, Naming, frame_range

if TYPE_CHECKING:
    from generator.scenes import Reel, Spot

PLACE_SCHEME = "place:"
PLACE = re.compile(rf"({NUMBER}),({NUMBER})")
WRITTEN = re.compile(rf"(?:\]\(|\]:)[ \t]*<?{PLACE_SCHEME}{PLACE.pattern}(?![0-9])")
"""A link to a place in Markdown, or the address that one is given elsewhere."""


class _LinkNaming(Naming):
    """What messages call a link to a place."""

    def of(self, words: str) -> str:
        """Return what a message calls a link, given the anchor that means the same."""
        return self.written.format(words.partition(" ")[2])


LINK = _LinkNaming("link", 'the link "(place:{})"')


def linked_spots(text: str) -> Iterator[Spot]:
    """Yield the places that links in a piece of Markdown point at, in order.

    >>> list(linked_spots("From [here](place:3,4) to `[there](place:5,6)`."))
    [(2, 3)]
    """
    for match in WRITTEN.finditer(without_code(text)):
        if "0" not in {match[1].lstrip("0") or "0", match[2].lstrip("0") or "0"}:
            yield int(match[1]) - 1, int(match[2]) - 1


def linked_frame(place: str, reel: Reel | None) -> int:
    """Return the number of the frame at a place such as `100,62`, counted as the anchor `out 100,62` is.

    Raises:
        InvalidValue: the place has no such form or lies outside, or there is no scene, or none with places.

    """
    match = PLACE.fullmatch(place)
    if match is None:
        fact = f'the link "(place:{place})" names no place'
        raise InvalidValue(fact, "Write a row and a column, as in (place:3,4).")
    if reel is None:
        fact = f'the link "(place:{place})" has no scene above it'
        raise InvalidValue(fact, "It moves the window of the last scene above: write it below one.")
    if reel.positions is None:
        fact = f'"{reel.scene.id}" has no places where a window stops'
        raise InvalidValue(fact, "Link to a frame of it, as in #my-edge=12.")
    return frame_range(f"{reel.positions.side} {place}", reel, LINK).first
