"""What one chapter gives to the site: its figures are drawn, and the text of its page is put together."""

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from generator.course import Chapter, ChapterPlace, SceneBlock
from generator.drawing.paper import Imprint, one_line
from generator.errors import AuthorError, Problem
from generator.site.cache import LostPack, Made
from generator.site.chapter_text import settled
from generator.site.course_warnings import grey_notes, phone_warnings, print_warnings
from generator.site.making.made import ROOT, LaidAside, MadeChapter, Refused
from generator.site.making.order import Order
from generator.site.making.reading import read_with_inputs
from generator.site.output import digest_of
from generator.site.packs import Pack, PackedFiles
from generator.site.reading_time import reading_minutes
from generator.site.scene_files import ReelFiles, reel_files
from generator.site.script_data import json_data
from generator.site.sharing import CARD, chapter_card
from generator.site.showing import shared_files
from generator.site.theme import rendered
from generator.site.thumbnails import thumbnail
from generator.site.views import chapter_steps, chapter_views, figure_number
from generator.site.words import scene_alt

RECORD, MAIN = "chapter", "main.html"
SHARED_FROM = 3
"""So many reels that have to be drawn are shared by several processes."""

Drawn = Mapping[str, tuple[ReelFiles, ...]]
"""The files of every version of each scene, by scene id."""


@dataclass(frozen=True)
class _ReadChapter:
    """A chapter that has been read, and how its files are made."""

    place: ChapterPlace
    key: str
    chapter: Chapter
    inputs: tuple[tuple[str, str], ...]
    scenes: Drawn


def kept_chapter(order: Order, key: str) -> MadeChapter | None:
    """Return what a chapter gave to the site in an earlier build, if that is kept under the key."""
    kept = order.kept
    if kept.listed(key) is None:
        return None
    try:
        return msgspec.msgpack.decode(kept.read(key, RECORD), type=MadeChapter)
    except (LostPack, msgspec.MsgspecError):
        return None


def begin_chapter(
    order: Order, place: ChapterPlace, key: str, *, shares: bool
) -> MadeChapter | LaidAside | Refused:
    """Make and keep what a chapter gives to the site; one with much to draw is laid aside at times.

    Args:
        order: with what it is made.
        place: where the chapter stands.
        key: under which the result is kept.
        shares: whether other processes could draw at the same time.

    """
    try:
        chapter, inputs = read_with_inputs(order, place)
        begun = _ReadChapter(place, key, chapter, inputs, _planned(order, chapter))
        if shares and (laid := _laid_aside(order, begun)):
            return laid
        return _finished(order, begun)
    except AuthorError as error:
        return Refused(error.problems)


def draw_part(order: Order, key: str) -> None:
    """Draw one reel of a chapter that was laid aside."""
    reel: ReelFiles = pickle.loads(order.kept.read(key, "reel"))  # noqa: S301 - kept by this very build
    reel.draw(order.kept)
    order.kept.drop(key)


def finish_chapter(order: Order, key: str) -> MadeChapter | Refused:
    """Make and keep what a chapter gives to the site that was laid aside, once its parts are drawn."""
    begun: _ReadChapter = pickle.loads(order.kept.read(key, "chapter"))  # noqa: S301 - kept by this very build
    order.kept.drop(key)
    try:
        return _finished(order, begun)
    except AuthorError as error:
        return Refused(error.problems)


def _laid_aside(order: Order, begun: _ReadChapter) -> LaidAside | None:
    """Keep a chapter and the reels of it that have to be drawn, if there are several."""
    kept = order.kept
    versions = [version for versions in begun.scenes.values() for version in versions]
    missing = [version for version in versions if not version.is_drawn(kept)]
    if len(missing) < SHARED_FROM:
        return None
    keys = []
    for number, version in enumerate(missing):
        keys.append(order.key("aside", begun.key, number))
        kept.keep(keys[-1], [("reel", pickle.dumps(version))])
    key = order.key("aside", begun.key)
    kept.keep(key, [("chapter", pickle.dumps(begun))])
    return LaidAside(begun.place, key, tuple(keys))


def _planned(order: Order, chapter: Chapter) -> dict[str, tuple[ReelFiles, ...]]:
    return {
        block.reel.scene.id: tuple(reel_files(block, imprint, order.look, order.wanted))
        for block, imprint in _imprinted(order, chapter)
    }


def _finished(order: Order, begun: _ReadChapter) -> MadeChapter:
    """Make what is missing, put the text of the page together, and keep it with what others need to know."""
    chapter, kept = begun.chapter, order.kept
    by_scene = {
        scene_id: tuple(pack for version in versions for pack in version.packs(kept))
        for scene_id, versions in begun.scenes.items()
    }
    files = {scene_id: PackedFiles(packs, kept) for scene_id, packs in by_scene.items()}
    main = _main(order, chapter, files)
    shared = shared_files(chapter)
    record = MadeChapter(
        key=begun.key,
        outline=chapter.outline,
        inputs=begun.inputs,
        main=digest_of(main),
        scrolls=any(block.beats for block in chapter.scenes),
        scenes=len(chapter.scenes),
        minutes=reading_minutes(chapter),
        thumbnail=str(thumbnail(chapter, files, ROOT)),
        large=str(thumbnail(chapter, files, ROOT, is_large=True)) if chapter.name == order.start else "",
        alt=_alt(chapter),
        packs=(
            *(pack.moved(f"{scene_id}/") for scene_id, packs in by_scene.items() for pack in packs),
            *_card(order, chapter),
        ),
        shared=tuple(_kept_alone(order, name, data) for name, data in shared.items()),
        warnings=_warnings(order, chapter),
    )
    kept.keep(begun.key, [(RECORD, msgspec.msgpack.encode(record)), (MAIN, main)])
    return record


def _main(order: Order, chapter: Chapter, files: Mapping[str, PackedFiles]) -> bytes:
    html = rendered(
        order.theme,
        "chapter-main.html",
        chapter=chapter,
        blocks=chapter_views(chapter, files),
        greys=json_data(chapter_steps(chapter)),
    )
    return settled(html, f"{chapter.name}/index.html").encode()


def _kept_alone(order: Order, path: str, data: bytes) -> Pack:
    """Keep a file that several chapters may have, under a key that says what it holds."""
    key = order.key("shared", digest_of(data))
    folder, _, name = path.rpartition("/")
    return Pack(key, f"{folder}/", order.kept.listed_or_made(key, lambda: [(name, data)]))


def _card(order: Order, chapter: Chapter) -> Iterator[Pack]:
    """Yield the picture that stands beside links to the page, where these are known."""
    if order.address and chapter.scenes:
        titles = chapter.title, order.title
        data = chapter_card(chapter, order.theme, titles)
        key = order.key("card", digest_of(data))
        yield Pack(key, "", order.kept.listed_or_made(key, lambda: [(CARD, data)]))


def contents_card(order: Order, place: ChapterPlace, summary: str) -> Made:
    """Yield the picture that stands beside links to the contents: a chapter's, with other words.

    Raises:
        AuthorError: the chapter is not right any more.

    """
    chapter, _ = read_with_inputs(order, place)
    yield CARD, chapter_card(chapter, order.theme, (order.title, summary))


def _alt(chapter: Chapter) -> str:
    if chapter.pictured is None:
        return ""
    block, _ = chapter.pictured
    return block.alt or scene_alt(block.reel)


def _warnings(order: Order, chapter: Chapter) -> tuple[tuple[Problem, ...], ...]:
    return (
        tuple(phone_warnings(chapter)),
        tuple(grey_notes(chapter)),
        tuple(print_warnings(chapter, order.title, order.theme.print_font)),
    )


def _imprinted(order: Order, chapter: Chapter) -> Iterator[tuple[SceneBlock, Imprint]]:
    """Yield a chapter's scenes, each with what its prints say of themselves."""
    for number, block in enumerate(chapter.scenes, 1):
        yield block, _imprint(order, chapter, block, number)


def _imprint(order: Order, chapter: Chapter, block: SceneBlock, number: int) -> Imprint:
    """Return what the prints of a chapter's scene, counted from 1, say of themselves."""
    scene_id, address = block.reel.scene.id, order.address
    return Imprint(
        course=one_line(order.title),
        chapter_number=chapter.number,
        chapter_title=one_line(chapter.title),
        scene=f"Figure {figure_number(chapter, number)} · {scene_id}",
        caption=one_line(block.caption),
        address=f"{address.page(f'{chapter.name}/index.html')}#{scene_id}" if address else "",
    )


def main_of(order: Order, key: str) -> str:
    """Return the text of a chapter's page, as HTML.

    Raises:
        LostPack: it is gone.

    """
    return order.kept.read(key, MAIN).decode()
