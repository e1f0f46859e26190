"""The order of a build: from what is asked for to a site, and its zip, on disk."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from errno import EIO
from itertools import repeat
from os.path import realpath
from pathlib import Path
from typing import Protocol, TypeVar

from generator.course import ChapterPlace, ContentFolder, CoursePlan, course_plan
from generator.errors import AuthorError, Problem
from generator.site.address import SiteAddress
from generator.site.archive import site_archive
from generator.site.artifact_kinds import USUAL, Wanted
from generator.site.cache import FolderCache, LostPack
from generator.site.known_files import KnownFiles
from generator.site.making.chapters import Chapters, refuse
from generator.site.making.faults import refuse_what_changed
from generator.site.making.order import Order
from generator.site.making.overview import Overview
from generator.site.making.pages import read_me
from generator.site.making.site import MadeSite, SiteMaker
from generator.site.making.workers import working
from generator.site.output import (
    Origin,
    SeenFiles,
    Zip,
    check_course,
    check_targets,
    put_right,
    usable_folder,
    write_directory,
    write_with_archive,
)
from generator.site.packs import PackedFiles
from generator.site.program import digest
from generator.site.progress import SILENT, Progress
from generator.site.published import publisher

KNOWN = "known-files"
"""The file in the cache that holds the digests of files that were read."""
Result_co = TypeVar("Result_co", covariant=True)
MOST_LOSSES = 3
"""How often a build begins anew because something was taken out of the cache under its hands."""


@dataclass(frozen=True)
class BuildPlan:
    """What is built, from what, and where it is put."""

    content: Path
    theme: Path
    """The folder of the theme."""
    out: Path
    """The folder of the site."""
    cache: Path
    """The folder that keeps what is made for later builds; it need not exist."""
    archive: Path | None = None
    """The zip of the course, if one is asked for."""
    address: SiteAddress | None = None
    strict: bool = False
    """Refuse a course with warnings that are more than notes."""
    replace: bool = False
    """Put the site in place of that of another course."""
    jobs: int = 1
    """The most processes that share the work."""
    wanted: Wanted = USUAL
    """What is made of scenes, beside what the course asks for."""


@dataclass(frozen=True)
class Share:
    """One of so many shares of the work, counted from 1."""

    number: int
    count: int

    def of_all(self, places: Sequence[ChapterPlace]) -> Sequence[ChapterPlace]:
        """Return the chapters of this share: neighbours, which are alike, go to different ones.

        >>> [Share(number, 2).of_all("abcde") for number in (1, 2)]  # type: ignore[arg-type]
        ['ace', 'bd']
        """
        return places[self.number - 1 :: self.count]


@dataclass(frozen=True)
class Built:
    """What a build has written."""

    overview: Overview
    warnings: tuple[Problem, ...]
    files: PackedFiles
    """Every file of the site by its path."""
    archive_size: int
    """Bytes of the zip of the course; 0 where none was asked for."""


def build_site(
    plan: BuildPlan,
    warn: Callable[[Problem], None] = lambda _: None,
    progress: Progress = SILENT,
) -> Built:
    """Write the site of a course, and its zip if one is asked for; it is checked before anything is written.

    Args:
        plan: what is asked for.
        warn: told of each warning, once the chapters are made.
        progress: told of what is being made.

    Raises:
        AuthorError: every problem in the author's files, or why the site cannot be put where it is to be.
        OSError: something cannot be read or written.

    """
    put_right(plan.out, plan.archive)
    check_targets(plan.out, plan.archive, plan.content, plan.theme)
    with usable_folder(plan.cache) as cache:
        desk = _desk(replace(plan, cache=cache))
        if not plan.replace and not desk.course.problems:
            check_course(plan.out, plan.archive, Origin(desk.course.title, plan.content))

        def build(*, is_trusting: bool) -> Built:
            site = _made(desk, warn if is_trusting else lambda _: None, progress, is_trusting=is_trusting)
            size = _write(plan, site)
            FolderCache(cache).trim_at_times(site.made)
            return Built(site.overview, site.warnings, site.files, size)

        built = _until_nothing_is_lost(build)
        desk.known.save()
        return built


def make_share(plan: BuildPlan, share: Share, progress: Progress = SILENT) -> int:
    """Make one share of a course's chapters, which a build that has the same cache finds; return how many.

    Raises:
        AuthorError: every problem of the course's own file, and of these chapters.
        OSError: something cannot be read or written.

    """
    desk = _desk(plan)
    places = share.of_all(desk.course.places)
    with working(desk.order, plan.jobs) as workers:
        chapters = Chapters(desk.order, desk.known, workers, progress, is_trusting=False)
        chapters.made(places)
    refuse([*desk.course.problems, *chapters.problems])
    desk.known.save()
    return len(places)


def made_site(plan: BuildPlan) -> dict[str, bytes]:
    """Return every file of a site by its path, and write none; the same input gives the same bytes."""
    with usable_folder(plan.cache) as cache:
        desk = _desk(replace(plan, cache=cache))

        def make(*, is_trusting: bool) -> dict[str, bytes]:
            return dict(_made(desk, lambda _: None, SILENT, is_trusting=is_trusting).files)

        return _until_nothing_is_lost(make)


@dataclass(frozen=True)
class _Desk:
    """What lies ready when the making begins."""

    plan: BuildPlan
    known: KnownFiles
    folder: ContentFolder
    course: CoursePlan
    order: Order


def _desk(plan: BuildPlan) -> _Desk:
    known = KnownFiles(plan.cache / KNOWN)
    folder = ContentFolder(plan.content, publisher(FolderCache(plan.cache)))
    course = course_plan(folder)
    return _Desk(plan, known, folder, course, _order(plan, course, known))


def _until_nothing_is_lost(build: "_Attempt[Result_co]") -> Result_co:
    """Return what comes of building; where something was taken out of the cache meanwhile, it begins anew."""
    for is_trusting in (True, *repeat(False, MOST_LOSSES)):
        with suppress(LostPack):
            return build(is_trusting=is_trusting)
    raise OSError(EIO, "what was kept in the cache a moment ago is gone again")


class _Attempt(Protocol[Result_co]):
    """Builds, with trust in what is kept or without."""

    def __call__(self, *, is_trusting: bool) -> Result_co: ...


def _made(desk: _Desk, warn: Callable[[Problem], None], progress: Progress, *, is_trusting: bool) -> MadeSite:
    """Return the site, made and checked."""
    plan, order = desk.plan, desk.order
    with working(order, plan.jobs) as workers:
        maker = SiteMaker(
            order, desk.course, desk.folder, desk.known, workers, progress, is_trusting=is_trusting
        )
        ready = maker.chapters()
        _tell(ready.warnings, warn, strict=plan.strict)
        files = maker.files(ready)
        refuse_what_changed(order, files, plan.out, workers)
    return MadeSite(order, ready.overview, files, ready.warnings, ready.made)


def _tell(warnings: tuple[Problem, ...], warn: Callable[[Problem], None], *, strict: bool) -> None:
    if strict and (losses := [warning for warning in warnings if not warning.is_note]):
        raise AuthorError(losses)
    for warning in warnings:
        warn(warning)


def _order(plan: BuildPlan, course: CoursePlan, known: KnownFiles) -> Order:
    theme = [path for path in sorted(plan.theme.rglob("*")) if path.is_file()]
    names = repr([path.relative_to(plan.theme).as_posix() for path in theme])
    return Order(
        content=plan.content,
        theme_folder=plan.theme,
        theme_digest=digest(names.encode(), *(known.digest(path).encode() for path in theme)),
        cache=plan.cache,
        wanted=replace(plan.wanted, paper=course.paper, also=plan.wanted.also | course.also),
        address=plan.address,
        title=course.title,
        names=course.names,
        start=course.start,
    )


def _write(plan: BuildPlan, site: MadeSite) -> int:
    """Write a site, and its zip if one is asked for; return the bytes of the zip."""
    course, files = site.overview.plan, site.files
    origin = Origin(course.title, plan.content)
    seen = SeenFiles(site.order.cache / f"site-{digest(os.fsencode(realpath(plan.out)))}")
    if plan.archive is None:
        write_directory(files, plan.out, origin, seen)
        return 0
    archive = site_archive(course.title, read_me(site.order, site.overview), files)
    write_with_archive(files, plan.out, Zip(plan.archive, archive), origin, seen)
    return plan.archive.stat().st_size
