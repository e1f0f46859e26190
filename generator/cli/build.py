"""The command `build`: write the site, and say what was built and where it is."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from generator.cli.progress import shown_progress
from generator.errors import counted, shown_path

if TYPE_CHECKING:
    from generator.site import BuildPlan, Built

CLOCK: Callable[[], float] = monotonic
"""Tells the seconds by which is decided when to show how far a build has come."""


def build_course(options: Namespace, project: Path, cache: Path) -> int:
    """Write the site of a course and return the exit code; what is drawn is kept in `cache`.

    Raises:
        AuthorError: every problem in the author's files, or why the site cannot be put where it is to be.
        OSError: something cannot be read or written.

    """
    # Late, so that a wrong usage is told at once.
    from generator.site import BuildPlan, build_site  # noqa: PLC0415

    options.out = options.out or default_site(options.content, project)
    plan = BuildPlan(
        content=options.content,
        theme=theme_folder(options.theme, project),
        out=options.out,
        cache=cache,
        archive=options.zip,
        address=options.base_url,
        strict=options.strict,
        replace=options.replace,
        jobs=options.jobs,
    )
    with shown_progress(sys.stderr, os.environ, CLOCK) as progress:
        built = build_site(plan, progress.tell, progress)
    _tell(plan, built)
    return 0


def default_site(content: Path, project: Path) -> Path:
    """Return the folder of a site that is beside its content, `site` or named after the course's folder."""
    shipped = project / "content"
    if content.exists() and shipped.exists() and content.samefile(shipped):
        return project / "site"
    folder = Path(os.path.abspath(content))  # noqa: PTH100 - beside a link, not beside where it leads
    return folder.parent / ("site" if folder.name == "content" else f"{folder.name}-site")


def theme_folder(name: str, project: Path) -> Path:
    """Return the folder of a shipped theme, or else the one of that name, wherever it is."""
    shipped = project / "themes" / name
    return shipped if shipped.is_dir() or not Path(name).is_dir() else Path(name)


def _tell(plan: "BuildPlan", built: "Built") -> None:
    """Say what was built, and where it is."""
    from generator.site import weight  # noqa: PLC0415 - late, as above

    chapters = built.course.chapters
    scenes = sum(len(chapter.scenes) for chapter in chapters)
    counts = (
        counted(len(chapters), "chapter"),
        counted(scenes, "scene"),
        counted(len(built.files), "file"),
    )
    shown = shown_path(plan.out)
    print(f"{', '.join(counts)} in {shown}/")
    print(f"Open {shown}/index.html in a browser.")
    if plan.archive:
        size = weight(len(built.archive))
        print(f"{shown_path(plan.archive)}, {size}, holds the whole course for reading offline.")
