"""Links to places in chapters: each leads somewhere, or is told at the line on which it was written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from urllib.parse import unquote

from generator.errors import Problem, nearest, shortened

AT_FRAME = re.compile(r"(?P<scene>[a-z0-9-]+)=(?P<frame>[0-9]{1,9})")
"""The place in a page at which a scene is opened at a frame."""
TOP = frozenset({"", "top"})
"""Places that every page has."""


@dataclass(frozen=True)
class Reference:
    """A link to a place in a chapter."""

    chapter: str
    """The chapter's name; "" for the one in which the link stands."""
    place: str
    """What stands after the `#`, as a browser understands it."""
    file: str
    line: int


@dataclass(frozen=True)
class Section:
    """A part of a chapter that has a heading of level 2."""

    anchor: str
    """What the page calls the place of the heading."""
    title: str
    """The heading's words, without markup."""


@dataclass(frozen=True)
class Places:
    """Where in a chapter a link can lead."""

    anchors: Set[str]
    frames: Mapping[str, int]
    """How many frames each scene has, by its id."""


def dead(references: Iterable[Reference], places: Mapping[str, Places]) -> Iterator[Problem]:
    """Yield a problem for each reference that leads nowhere; `places` has those of chapters by name."""
    for reference in references:
        if reference.chapter in places:
            fact, hint = _fault(reference, places[reference.chapter])
            if fact:
                yield Problem(reference.file, reference.line, fact, hint)


def _fault(reference: Reference, places: Places) -> tuple[str, str]:
    """Return what is wrong with a reference, and the way out; ("", "") where nothing is."""
    place = reference.place
    if place in TOP or {place, unquote(place)} & places.anchors:
        return "", ""
    where = f"chapter {reference.chapter}" if reference.chapter else "this chapter"
    at_frame = AT_FRAME.fullmatch(place)
    if at_frame and at_frame["scene"] in places.frames:
        most = places.frames[at_frame["scene"]]
        fact = f'"#{place}" asks for frame {at_frame["frame"]}, and the scene has frames 1 to {most}'
        return ("", "") if 1 <= int(at_frame["frame"]) <= most else (fact, "Name one of them.")
    known = places.frames if at_frame else places.anchors
    near = nearest(at_frame["scene"] if at_frame else unquote(place), known)
    meant = f"{near}={at_frame['frame']}" if at_frame else near
    hint = f'Did you mean "#{meant}"?' if near else "Name a heading, as GitHub does, or the id of a scene."
    return f'"#{shortened(place)}" leads to no place in {where}', hint
