"""The command `build`: write the site, and say what was built and where it is."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from generator.cli.progress import shown_progress
from generator.errors import counted, shown_path
from generator.receipt import ON_STDERR, ON_STDOUT, Given, Receipt, mark_of, place_of

if TYPE_CHECKING:
    from generator.site import BuildPlan, Built

CLOCK: Callable[[], float] = monotonic
"""Tells the seconds by which is decided when to show how far a build has come."""

PROGRAM = ("generator", "build.py", "requirements.txt", ".venv/lock.stamp")
"""What of the project decides, beside the content and the theme, what a build comes to."""


def build_course(options: Namespace, project: Path, cache: Path, arguments: Sequence[str]) -> int:
    """Write the site of a course and return the exit code; what is made is kept in `cache`.

    Raises:
        AuthorError: every problem in the author's files, or why the site cannot be put where it is to be.
        OSError: something cannot be read or written.

    """
    # Late, so that a wrong usage is told at once.
    from generator.site import build_site  # noqa: PLC0415

    plan = _plan(options, project, cache)
    if options.shard:
        return _make_share(plan, options.shard)
    inputs = _inputs(plan, project)
    given = _given(inputs)
    said: list[str] = []
    with shown_progress(sys.stderr, os.environ, CLOCK) as progress:

        def warn(warning: object) -> None:
            progress.tell(warning)
            said.append(f"{ON_STDERR}{warning}")

        built = build_site(plan, warn, progress)
    for line in _told(plan, built):
        print(line)
        said.append(f"{ON_STDOUT}{line}")
    if given and given.is_settled:
        _keep_receipt(plan, arguments, given, inputs, said)
    return 0


def _make_share(plan: "BuildPlan", shard: tuple[int, int]) -> int:
    """Make one share of a course, say so, and return the exit code."""
    from generator.site import Share, make_share  # noqa: PLC0415 - late, as above

    share = Share(*shard)
    with shown_progress(sys.stderr, os.environ, CLOCK) as progress:
        count = make_share(plan, share, progress)
    print(f"Share {share.number} of {share.count}: {counted(count, 'chapter')} made; no site was written.")
    return 0


def _plan(options: Namespace, project: Path, cache: Path) -> "BuildPlan":
    from generator.site import BuildPlan, Wanted  # noqa: PLC0415 - late, as above

    return BuildPlan(
        content=options.content,
        theme=theme_folder(options.theme, project),
        out=options.out or default_site(options.content, project),
        cache=cache,
        archive=options.zip,
        address=options.base_url,
        strict=options.strict,
        replace=options.replace,
        jobs=options.jobs,
        wanted=Wanted(also=options.also),
    )


def _inputs(plan: "BuildPlan", project: Path) -> list[str]:
    """Return the folders and files that decide what is built."""
    program = (project / name for name in PROGRAM if (project / name).exists())
    return [os.path.realpath(place) for place in (plan.content, plan.theme, *program)]


def _given(inputs: Iterable[str]) -> Given | None:
    """Return how these are now; None where that cannot be told, as where a link leads to a folder."""
    try:
        return mark_of(inputs)
    except OSError:
        return None


def _keep_receipt(
    plan: "BuildPlan", arguments: Sequence[str], given: Given, inputs: list[str], said: list[str]
) -> None:
    """Keep what the next build by the same command need only repeat; where it cannot be kept, it builds."""
    from generator.site import write_file  # noqa: PLC0415 - late, as above

    outputs = [os.path.realpath(place) for place in (plan.out, plan.archive) if place]
    with suppress(OSError):
        receipt = Receipt(given.mark, inputs, mark_of(outputs).mark, outputs, said)
        write_file(Path(place_of(str(plan.cache), arguments)), receipt.encoded())


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


def _told(plan: "BuildPlan", built: "Built") -> Iterator[str]:
    """Yield the lines that say what was built, and where it is."""
    from generator.site import weight  # noqa: PLC0415 - late, as above

    chapters = built.overview.order
    counts = (
        counted(len(chapters), "chapter"),
        counted(sum(chapter.scenes for chapter in chapters), "scene"),
        counted(len(built.files), "file"),
    )
    shown = shown_path(plan.out)
    yield f"{', '.join(counts)} in {shown}/"
    yield f"Open {shown}/index.html in a browser."
    if plan.archive:
        size = weight(built.archive_size)
        yield f"{shown_path(plan.archive)}, {size}, holds the whole course for reading offline."
