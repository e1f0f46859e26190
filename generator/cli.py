"""The command line: what an author types, and what is printed back."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import AuthorError, InvalidValue, counted, shown_path

if TYPE_CHECKING:
    from generator.site import SiteAddress

PROJECT = Path(__file__).resolve().parent.parent
CACHE = PROJECT / ".cache"
"""Pictures and PDFs of earlier builds; it can be deleted at any time."""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 built or right, 1 the author's error, 2 wrong usage."""
    options = _parser().parse_args(_with_command(arguments))
    try:
        return _check(options) if options.command == "check" else _build(options)
    except AuthorError as error:
        print(error, file=sys.stderr)
        closing = "" if options.command == "check" else "; nothing was written"
        print(f"{counted(len(error.problems), 'problem')}{closing}.", file=sys.stderr)
    except OSError as error:  # no right to read or to write, a full disk
        print(f"{error.filename or options.out}: {error.strerror or error}", file=sys.stderr)
    return 1


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `build` in front where no command is named."""
    if arguments and not arguments[0].startswith("-"):
        return list(arguments)
    return list(arguments) if {"-h", "--help"} & set(arguments[:1]) else ["build", *arguments]


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="build.py", description="Builds the lesson as a static site.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="write the site (the default)")
    build.add_argument("--content", type=Path, default=PROJECT / "content", metavar="DIR")
    build.add_argument("--theme", default="lesson", metavar="NAME|DIR")
    build.add_argument("--out", type=Path, default=PROJECT / "site", metavar="DIR")
    build.add_argument(
        "--base-url",
        type=_address,
        metavar="URL",
        help="where the site will be read, e.g. https://example.com/",
    )
    build.add_argument("--strict", action="store_true", help="treat warnings as errors")
    build.add_argument(
        "--jobs",
        type=_count,
        default=cpu_count() or 1,
        metavar="N",
        help="draw with so many processes (as many as there are processors)",
    )
    build.add_argument("--zip", type=Path, metavar="FILE", help="write the course as one zip, too")
    check = commands.add_parser("check", help="check every link, anchor, picture and budget of a built site")
    check.add_argument("--out", type=Path, default=PROJECT / "site", metavar="DIR")
    commands.add_parser("test", help="run the tests; arguments go to pytest")
    return parser


def _count(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise ArgumentTypeError(f'"{typed}" is not a number from 1')
    return int(typed)


def _address(typed: str) -> "SiteAddress":
    from generator.site import site_address  # noqa: PLC0415 - late, as below

    try:
        return site_address(typed)
    except InvalidValue as fault:
        raise ArgumentTypeError(f"{fault.message}. {fault.hint}") from None


def _build(options: Namespace) -> int:
    from generator.site import (  # noqa: PLC0415 - late, so that a wrong usage is told at once
        FolderCache,
        check_targets,
        draw_ahead,
        phone_warnings,
        print_warnings,
        read_content,
        read_theme,
        refuse_faults,
        site_archive,
        site_files,
        site_in_memory,
        weight,
        write_directory,
        write_with_archive,
    )

    check_targets(options.out, options.zip, options.content)
    kept = FolderCache(CACHE)
    course, theme = read_content(options.content, kept), read_theme(_theme_folder(options.theme))
    warnings = (*course.warnings, *phone_warnings(course), *print_warnings(course, theme))
    if options.strict and (losses := [warning for warning in warnings if not warning.is_note]):
        raise AuthorError(losses)
    for warning in warnings:
        print(warning, file=sys.stderr)
    draw_ahead(course, theme, options.base_url, kept, options.jobs)
    files = site_files(course, options.content, theme, options.base_url, kept)
    refuse_faults(site_in_memory(files, options.out))
    kept.trim()
    if options.zip:
        write_with_archive(files, options.out, site_archive(course, theme, files), options.zip)
    else:
        write_directory(files, options.out)
    scenes = sum(len(chapter.scenes) for chapter in course.chapters)
    counts = (
        counted(len(course.chapters), "chapter"),
        counted(scenes, "scene"),
        counted(len(files), "file"),
    )
    shown = shown_path(options.out)
    print(f"{', '.join(counts)} in {shown}/")
    print(f"Open {shown}/index.html in a browser.")
    if options.zip:
        size = weight(options.zip.stat().st_size)
        print(f"{shown_path(options.zip)}, {size}, holds the whole course for reading offline.")
    return 0


def _check(options: Namespace) -> int:
    from generator.site import BUDGETS, check_site, site_in_folder, weight  # noqa: PLC0415 - late, as above

    report = check_site(site_in_folder(options.out))
    if report.problems:
        raise AuthorError(report.problems)
    counts = (
        counted(report.pages, "page"),
        counted(report.links, "link"),
        counted(report.pictures, "picture"),
    )
    spent = f"{weight(report.size)} of at most {weight(BUDGETS.site)}"
    print(f"{', '.join(counts)} in {shown_path(options.out)}/ are right; {spent}.")
    return 0


def _theme_folder(name: str) -> Path:
    """Return the folder of a shipped theme, or else the one of that name, wherever it is."""
    shipped = PROJECT / "themes" / name
    return shipped if shipped.is_dir() or not Path(name).is_dir() else Path(name)
