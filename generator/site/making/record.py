"""What a chapter gives to the site is put together, kept under a key, and found again by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from generator.course import Chapter, ChapterPlace, Listing, Prose
from generator.errors import Problem
from generator.site.cache import LostPack
from generator.site.chapter_text import settled
from generator.site.making.made import MadeChapter
from generator.site.making.order import Order
from generator.site.output import digest_of
from generator.site.packs import Pack
from generator.site.page_json import json_data
from generator.site.reading_time import reading_minutes
from generator.site.templates import rendered
from generator.site.text_views import text_view

RECORD, MAIN = "chapter", "main.html"


@dataclass(frozen=True)
class ReadChapter:
    """A chapter that has been read."""

    place: ChapterPlace
    key: str
    """Under which is kept what it gives to the site."""
    chapter: Chapter
    inputs: tuple[tuple[str, str], ...]
    """The files that it was made from, with the digests of their bytes."""


@dataclass(frozen=True)
class FigureShare:
    """What the figures of a chapter give to the site."""

    views: tuple[object, ...] = ()
    """Each as templates see it, in order."""
    greys: Mapping[str, int] = field(default_factory=dict)
    """The grey steps of the pixels in all scenes."""
    thumbnail: str = ""
    large: str = ""
    alt: str = ""
    packs: tuple[Pack, ...] = ()
    shared: tuple[Pack, ...] = ()
    warnings: tuple[tuple[Problem, ...], ...] = ((), (), ())


NO_FIGURES = FigureShare()
"""Of a chapter of text alone."""


def kept_chapter(order: Order, key: str) -> MadeChapter | None:
    """Return what a chapter gave to the site in an earlier build, if that is kept under the key."""
    kept = order.kept
    if kept.listed(key) is None:
        return None
    try:
        return msgspec.msgpack.decode(kept.read(key, RECORD), type=MadeChapter)
    except (LostPack, msgspec.MsgspecError):
        return None


def keep_chapter(order: Order, read: ReadChapter, figures: FigureShare = NO_FIGURES) -> MadeChapter:
    """Put the text of a chapter's page together, and keep it with what others need to know."""
    chapter = read.chapter
    main = _main(order, chapter, figures)
    record = MadeChapter(
        key=read.key,
        outline=chapter.outline,
        inputs=read.inputs,
        main=digest_of(main),
        scrolls=any(block.beats for block in chapter.scenes),
        scenes=len(chapter.scenes),
        minutes=reading_minutes(chapter),
        thumbnail=figures.thumbnail,
        large=figures.large,
        alt=figures.alt,
        packs=figures.packs,
        shared=figures.shared,
        warnings=figures.warnings,
    )
    order.kept.keep(read.key, [(RECORD, msgspec.msgpack.encode(record)), (MAIN, main)])
    return record


def _main(order: Order, chapter: Chapter, figures: FigureShare) -> bytes:
    drawn = iter(figures.views)
    html = rendered(
        order.templates,
        "chapter-main.html",
        chapter=chapter,
        blocks=[
            text_view(block) if isinstance(block, Prose | Listing) else next(drawn)
            for block in chapter.blocks
        ],
        greys=json_data(figures.greys),
    )
    return settled(html, f"{chapter.name}/index.html").encode()


def main_of(order: Order, key: str) -> str:
    """Return the text of a chapter's page, as HTML.

    Raises:
        LostPack: it is gone.

    """
    return order.kept.read(key, MAIN).decode()
