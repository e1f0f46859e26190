"""What the making hands on: records that are kept from build to build, and travel between processes."""

from dataclasses import dataclass

import msgspec

from generator.course import ChapterPlace, Outline
from generator.errors import Problem
from generator.site.packs import Pack


class MadeChapter(msgspec.Struct, frozen=True):
    """What one chapter gives to the site, without the text of its page."""

    key: str
    """Under which this record and the text of its page are kept."""
    outline: Outline
    inputs: tuple[tuple[str, str], ...]
    """The files that it was made from, relative to the content, with the digests of their bytes."""
    main: str
    """A digest of the text of its page."""
    scrolls: bool
    """Whether scrolling moves a scene of it."""
    scenes: int
    minutes: int
    """To read it."""
    thumbnail: str
    """What stands for it where it is linked, as HTML with `ROOT` for the way to the site's folder; or ""."""
    large: str
    """The same so large that its numbers can be read, where the course begins with it."""
    alt: str
    """What the thumbnail shows, in words."""
    packs: tuple[Pack, ...]
    """The files beside its page, relative to its folder."""
    shared: tuple[Pack, ...]
    """Those that it has in common with other chapters, relative to the site."""
    warnings: tuple[tuple[Problem, ...], ...]
    """Beside those of its outline; in the order in which they are told: of phones, greys, and letters."""


@dataclass(frozen=True)
class Refused:
    """A chapter, or a page, that cannot be made."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class LaidAside:
    """A chapter that has been read, and has so much to be drawn that several processes share it."""

    place: ChapterPlace
    key: str
    """Under which it lies in the cache until it is drawn."""
    reels: tuple[str, ...]
    """The keys of its parts that have to be drawn."""


ROOT = "\x1a"
"""Stands in HTML for the way from a page to the site's own folder: no text can hold this sign."""
