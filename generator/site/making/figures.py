"""What the figures of a chapter give to the site: its scenes are drawn, by several processes where that pays.

A chapter of text alone needs nothing of this, nor of what is loaded with it.
"""

import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.course import Chapter, ChapterPlace, SceneBlock
from generator.drawing.paper import Imprint, one_line
from generator.errors import Problem
from generator.site.artifacts import look_of
from generator.site.cache import Made
from generator.site.cards import chapter_card
from generator.site.course_warnings import grey_notes, phone_warnings, print_warnings
from generator.site.making.made import ROOT, LaidAside, MadeChapter
from generator.site.making.order import Order
from generator.site.making.reading import read_with_inputs
from generator.site.making.record import FigureShare, ReadChapter, keep_chapter
from generator.site.output import digest_of
from generator.site.packs import Pack, PackedFiles
from generator.site.scene_files import ReelFiles, reel_files
from generator.site.sharing import CARD
from generator.site.showing import shared_files
from generator.site.thumbnails import thumbnail
from generator.site.views import Stages, chapter_steps, figure_number, figure_views
from generator.site.words import scene_alt

SHARED_FROM = 3
"""So many reels that have to be drawn are shared by several processes."""

Drawn = Mapping[str, tuple[ReelFiles, ...]]
"""The files of every version of each scene, by scene id."""


@dataclass(frozen=True)
class _Begun:
    """A chapter that has been read, and how its files are made."""

    read: ReadChapter
    scenes: Drawn


def begin_figures(order: Order, read: ReadChapter, *, shares: bool) -> MadeChapter | LaidAside:
    """Make and keep what a chapter with figures gives to the site, or lay it aside.

    Raises:
        AuthorError: the theme is not right.

    """
    begun = _Begun(read, _planned(order, read.chapter))
    return (shares and _laid_aside(order, begun)) or _finished(order, begun)


def draw_reel(order: Order, key: str) -> None:
    """Draw one reel of a chapter that was laid aside."""
    reel: ReelFiles = pickle.loads(order.kept.read(key, "reel"))  # noqa: S301 - kept by this very build
    reel.draw(order.kept)
    order.kept.drop(key)


def finish_figures(order: Order, key: str) -> MadeChapter:
    """Make and keep what a chapter gives to the site that was laid aside, once its parts are drawn.

    Raises:
        AuthorError: the theme is not right.

    """
    begun: _Begun = pickle.loads(order.kept.read(key, "chapter"))  # noqa: S301 - kept by this very build
    order.kept.drop(key)
    return _finished(order, begun)


def _laid_aside(order: Order, begun: _Begun) -> LaidAside | None:
    """Keep a chapter and the reels of it that have to be drawn, if there are several."""
    kept = order.kept
    versions = [version for versions in begun.scenes.values() for version in versions]
    missing = [version for version in versions if not version.is_drawn(kept)]
    if len(missing) < SHARED_FROM:
        return None
    keys = []
    for number, version in enumerate(missing):
        keys.append(order.key("aside", begun.read.key, number))
        kept.keep(keys[-1], [("reel", pickle.dumps(version))])
    key = order.key("aside", begun.read.key)
    kept.keep(key, [("chapter", pickle.dumps(begun))])
    return LaidAside(begun.read.place, key, tuple(keys))


def _planned(order: Order, chapter: Chapter) -> dict[str, tuple[ReelFiles, ...]]:
    look = look_of(order.theme)
    return {
        block.reel.scene.id: tuple(reel_files(block, imprint, look, order.wanted))
        for block, imprint in _imprinted(order, chapter)
    }


def _finished(order: Order, begun: _Begun) -> MadeChapter:
    """Make what is missing, and keep the chapter with it."""
    chapter, kept = begun.read.chapter, order.kept
    by_scene = {
        scene_id: tuple(pack for version in versions for pack in version.packs(kept))
        for scene_id, versions in begun.scenes.items()
    }
    files = {scene_id: PackedFiles(packs, kept) for scene_id, packs in by_scene.items()}
    steps = chapter_steps(chapter)

    def stages(block: SceneBlock, make: Callable[[], Stages]) -> Stages:
        keys = [pack.key for pack in by_scene[block.reel.scene.id]]
        return _kept_stages(order, make, _told(block), keys, sorted(steps.items()))

    figures = FigureShare(
        views=tuple(figure_views(chapter, files, steps, stages)),
        greys=steps,
        thumbnail=str(thumbnail(chapter, files, ROOT)),
        large=str(thumbnail(chapter, files, ROOT, is_large=True)) if chapter.name == order.start else "",
        alt=_alt(chapter),
        packs=(
            *(pack.moved(f"{scene_id}/") for scene_id, packs in by_scene.items() for pack in packs),
            *_card(order, chapter),
        ),
        shared=tuple(_kept_alone(order, name, data) for name, data in shared_files(chapter).items()),
        warnings=_warnings(order, chapter),
    )
    return keep_chapter(order, begun.read, figures)


def _told(block: SceneBlock) -> bytes:
    """Return all that the stages of a scene are made from beside its files, in whatever line it stands."""
    scenes = [replace(reel.scene, file="", line=0, caption="", warnings=()) for reel in block.reels]
    return pickle.dumps((scenes, block.arrangement, block.alt, block.opening, bool(block.beats)))


def _kept_stages(order: Order, make: Callable[[], Stages], *decided_by: object) -> Stages:
    """Return the stages of a scene: most often it is the text around them that has changed."""
    key = order.key("stages", *decided_by)
    if order.kept.listed(key) is None:
        made = make()
        order.kept.keep(key, [("stages", pickle.dumps(made))])
        return made
    found: Stages = pickle.loads(order.kept.read(key, "stages"))  # noqa: S301 - kept by a build
    return found


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


def card_of_contents(order: Order, place: ChapterPlace, summary: str) -> Made:
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
