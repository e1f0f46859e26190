"""The order of a build: from what is asked for to a site, and its zip, on disk."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from generator.course import ContentFolder, CoursePlan, course_plan
from generator.errors import AuthorError, Problem
from generator.site.address import SiteAddress
from generator.site.archive import site_archive
from generator.site.artifact_kinds import KINDS, Kind
from generator.site.cache import FolderCache, LostPack
from generator.site.known_files import KnownFiles
from generator.site.making.faults import refuse_what_changed
from generator.site.making.order import Order
from generator.site.making.overview import Overview
from generator.site.making.pages import read_me
from generator.site.making.site import MadeSite, SiteMaker
from generator.site.making.workers import working
from generator.site.output import (
    Origin,
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
    kinds: Collection[Kind] = KINDS
    """What is drawn of scenes."""


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
        known = KnownFiles(cache / KNOWN)
        site = _made(plan, cache, known, warn, progress)
        known.save()
        size = _write(plan, site)
        FolderCache(cache).trim()
        return Built(site.overview, site.warnings, site.files, size)


def made_site(plan: BuildPlan) -> dict[str, bytes]:
    """Return every file of a site by its path, and write none; the same input gives the same bytes."""
    with usable_folder(plan.cache) as cache:
        return dict(_made(plan, cache, KnownFiles(cache / KNOWN), lambda _: None, SILENT).files)


def _made(
    plan: BuildPlan,
    cache: Path,
    known: KnownFiles,
    warn: Callable[[Problem], None],
    progress: Progress,
) -> MadeSite:
    """Return the site, made and checked; what was lost from the cache meanwhile is made once more."""
    folder = ContentFolder(plan.content, publisher(FolderCache(cache)))
    course = course_plan(folder)
    if not plan.replace and not course.problems:
        check_course(plan.out, plan.archive, Origin(course.title, plan.content))
    order = _order(plan, cache, course, known)
    losses = 0
    while True:
        try:
            with working(order, plan.jobs) as workers:
                maker = SiteMaker(order, course, folder, known, workers, progress, is_trusting=not losses)
                overview, pictures, warnings = maker.chapters()
                if not losses:
                    _tell(warnings, warn, strict=plan.strict)
                files = maker.files(overview, pictures)
                refuse_what_changed(order, files, plan.out, workers)
            return MadeSite(order, overview, files, warnings)
        except LostPack:
            losses += 1
            if losses > MOST_LOSSES:
                raise


def _tell(warnings: tuple[Problem, ...], warn: Callable[[Problem], None], *, strict: bool) -> None:
    if strict and (losses := [warning for warning in warnings if not warning.is_note]):
        raise AuthorError(losses)
    for warning in warnings:
        warn(warning)


def _order(plan: BuildPlan, cache: Path, course: CoursePlan, known: KnownFiles) -> Order:
    theme = [path for path in sorted(plan.theme.rglob("*")) if path.is_file()]
    names = repr([path.relative_to(plan.theme).as_posix() for path in theme])
    return Order(
        content=plan.content,
        theme_folder=plan.theme,
        theme_digest=digest(names.encode(), *(known.digest(path).encode() for path in theme)),
        cache=cache,
        kinds=tuple(plan.kinds),
        address=plan.address,
        title=course.title,
        names=course.names,
        start=course.start,
    )


def _write(plan: BuildPlan, site: MadeSite) -> int:
    """Write a site, and its zip if one is asked for; return the bytes of the zip."""
    course, files = site.overview.plan, site.files
    origin = Origin(course.title, plan.content)
    if plan.archive is None:
        write_directory(files, plan.out, origin)
        return 0
    archive = site_archive(course.title, read_me(site.order, site.overview), files)
    write_with_archive(files, plan.out, archive, plan.archive, origin)
    return plan.archive.stat().st_size
