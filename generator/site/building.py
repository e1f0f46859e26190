"""The order of a build: from what is asked for to a site, and its zip, on disk."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.course import Course
from generator.errors import AuthorError, Problem
from generator.site.address import SiteAddress
from generator.site.archive import site_archive
from generator.site.artifacts import KINDS, Kind
from generator.site.cache import FolderCache
from generator.site.checking import refuse_faults, site_in_memory
from generator.site.course_warnings import course_warnings
from generator.site.output import (
    Origin,
    check_course,
    check_targets,
    put_right,
    write_directory,
    write_with_archive,
)
from generator.site.progress import SILENT, Progress
from generator.site.theme import read_theme
from generator.site.whole_site import DrawingPlan, read_content, site_files


@dataclass(frozen=True)
class BuildPlan:
    """What is built, from what, and where it is put."""

    content: Path
    theme: Path
    """The folder of the theme."""
    out: Path
    """The folder of the site."""
    cache: Path
    """The folder that keeps pictures and PDFs for later builds; it need not exist."""
    archive: Path | None = None
    """The zip of the course, if one is asked for."""
    address: SiteAddress | None = None
    strict: bool = False
    """Refuse a course with warnings that are more than notes."""
    replace: bool = False
    """Put the site in place of that of another course."""
    jobs: int = 1
    """The processes that draw."""
    kinds: Collection[Kind] = KINDS
    """What is drawn of scenes."""


@dataclass(frozen=True)
class Built:
    """What a build has written."""

    course: Course
    warnings: tuple[Problem, ...]
    files: Mapping[str, bytes]
    """Every file of the site by its path."""
    archive: bytes
    """The zip of the course; empty where none was asked for."""


def build_site(
    plan: BuildPlan, warn: Callable[[Problem], None] = lambda _: None, progress: Progress = SILENT
) -> Built:
    """Write the site of a course, and its zip if one is asked for; it is checked before anything is written.

    Args:
        plan: what is asked for.
        warn: told of each warning before anything is drawn, which takes the longest.
        progress: told how much of the work is done.

    Raises:
        AuthorError: every problem in the author's files, or why the site cannot be put where it is to be.
        OSError: something cannot be read or written.

    """
    put_right(plan.out, plan.archive)
    check_targets(plan.out, plan.archive, plan.content, plan.theme)
    kept = FolderCache(plan.cache)
    course, theme = read_content(plan.content, kept), read_theme(plan.theme)
    origin = Origin(course.title, plan.content)
    if not plan.replace:
        check_course(plan.out, plan.archive, origin)
    warnings = course_warnings(course, theme)
    if plan.strict and (losses := [warning for warning in warnings if not warning.is_note]):
        raise AuthorError(losses)
    for warning in warnings:
        warn(warning)
    drawing = DrawingPlan(kept, plan.jobs, plan.kinds)
    files = site_files(course, plan.content, theme, plan.address, drawing)
    refuse_faults(site_in_memory(files, plan.out))
    kept.trim()
    archive = site_archive(course, theme, files) if plan.archive else b""
    if plan.archive:
        write_with_archive(files, plan.out, archive, plan.archive, origin)
    else:
        write_directory(files, plan.out, origin)
    return Built(course, warnings, files, archive)
