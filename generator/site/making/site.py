"""All files of a site, made where they changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.course import ContentFolder, CoursePlan
from generator.errors import Problem, gathering
from generator.site.known_files import KnownFiles
from generator.site.making.chapter import contents_card
from generator.site.making.chapters import Chapters, course_warnings, problems_of, refuse
from generator.site.making.made import Refused
from generator.site.making.order import Order
from generator.site.making.overview import Overview
from generator.site.making.pages import (
    ChapterPage,
    assets_of,
    chapter_pages,
    kept_pack,
    make_page,
    pages_around,
)
from generator.site.making.pictures import published_pictures
from generator.site.making.recent import Recent
from generator.site.making.workers import Tasks, Workers
from generator.site.packs import Pack, PackedFiles
from generator.site.progress import Progress


@dataclass(frozen=True)
class MadeSite:
    """A site whose files lie in the cache."""

    order: Order
    overview: Overview
    files: PackedFiles
    warnings: tuple[Problem, ...]
    made: int
    """How many of its chapters were made, because they had changed."""


@dataclass(frozen=True)
class ReadyChapters:
    """A course whose chapters are made or found."""

    overview: Overview
    pictures: list[Pack]
    """Those of the content."""
    warnings: tuple[Problem, ...]
    recent: Recent
    made: int
    """How many chapters had to be made."""


@dataclass(frozen=True)
class SiteMaker:
    """Makes a site."""

    order: Order
    plan: CoursePlan
    folder: ContentFolder
    known: KnownFiles
    workers: Workers
    progress: Progress
    is_trusting: bool = True
    """Whether what a chapter gave to an earlier build is thought to lie where it lay."""

    def chapters(self) -> ReadyChapters:
        """Return the course with its chapters, and what else was found on the way.

        Raises:
            AuthorError: every problem of the course and its chapters.

        """
        chapters = Chapters(self.order, self.known, self.workers, self.progress, is_trusting=self.is_trusting)
        made = chapters.made(self.plan.places)
        problems = problems_of(self.plan, chapters, [each.outline for each in made.values()])
        pictures: list[Pack] = []
        notes: list[Problem] = []
        with gathering(problems):
            pictures, notes = published_pictures(self.folder, self.order.kept, self.known)
        refuse(problems)
        warnings = course_warnings(self.plan, self.folder, made.values(), notes)
        return ReadyChapters(Overview(self.plan, made), pictures, warnings, chapters.recent, chapters.count)

    def files(self, ready: ReadyChapters) -> PackedFiles:
        """Return all files of the site.

        Raises:
            AuthorError: the theme is not right.

        """
        overview = ready.overview
        pack, assets = assets_of(self.order)
        packs = [pack, *_of_chapters(overview), *ready.pictures]
        packs += self._pages(list(chapter_pages(self.order, overview, assets)), ready.recent)
        ready.recent.keep()
        packs += pages_around(self.order, overview, assets)
        packs += self._card(overview)
        return PackedFiles(packs, self.order.kept)

    def _pages(self, pages: list[ChapterPage], recent: Recent) -> Iterator[Pack]:
        """Yield the chapters' pages."""
        missing = {}
        for page in pages:
            key = page.key(self.order)
            listed = (self.is_trusting and recent.page(key)) or self.order.kept.listed(key)
            if listed is None:
                missing[page.path] = partial(make_page, page=page)
            else:
                recent.note_page(key, listed)
                yield Pack(key, f"{page.name}/", listed)
        tasks: Tasks[str] = Tasks(self.workers)
        tasks.begin_small(missing)
        problems: list[Problem] = []
        for _, result in tasks.results():
            if isinstance(result, Refused):
                problems += result.problems
            elif isinstance(result, Pack):
                recent.note_page(result.key, result.files)
                yield result
        refuse(problems)

    def _card(self, overview: Overview) -> Iterator[Pack]:
        """Yield the picture that stands beside links to the contents, where these are known."""
        first = overview.first_pictured
        if self.order.address and first:
            place = next(place for place in self.plan.places if place.name == first.outline.name)
            make = partial(contents_card, self.order, place, self.plan.summary)
            yield kept_pack(self.order, "contents card", make, first.key, self.plan.summary)


def _of_chapters(overview: Overview) -> Iterator[Pack]:
    """Yield what chapters have beside their pages; what several have in common once."""
    shared: dict[str, Pack] = {}
    for made in overview.order:
        shared.update((pack.key, pack) for pack in made.shared)
        yield from (pack.moved(f"{made.outline.name}/") for pack in made.packs)
    yield from shared.values()
