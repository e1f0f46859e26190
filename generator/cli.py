"""The command line: what an author types, and what is printed back."""

import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from generator.errors import AuthorError, InvalidValue, counted, shown_path

if TYPE_CHECKING:
    from generator.course.taken_along import Also
    from generator.site import BuildPlan, Built, SiteAddress

PROJECT = Path(__file__).resolve().parent.parent
CACHE = PROJECT / ".cache"
"""Pictures and PDFs of earlier builds; it can be deleted at any time."""
BY_SIGNAL = 128
"""Added to the number of a signal that ended a program, it is the exit code that shells know."""


class _Ended(BaseException):
    """A signal asked for the end; what was begun is undone on the way out, as with an interrupt."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = BY_SIGNAL + number


def main(arguments: Sequence[str], cache: Path | None = None) -> int:
    """Run one command and return its exit code; what is drawn is kept in `cache`, or else in the project.

    The code is 0 for built or right, 1 for the author's error, 2 for wrong usage, and 128 and the number of
    the signal that ended it.
    """
    options = _parser().parse_args(_with_command(arguments))
    if isinstance(sys.stdout, TextIOWrapper):  # a name may have letters that the terminal does not know
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with _ending_on_signals():
            return _check(options) if options.command == "check" else _build(options, cache or CACHE)
    except _Ended as ended:
        return ended.code
    except AuthorError as error:
        print(error, file=sys.stderr)
        closing = "" if options.command == "check" else "; nothing was written"
        print(f"{counted(len(error.problems), 'problem')}{closing}.", file=sys.stderr)
    except OSError as error:  # no right to read or to write, a full disk
        print(f"{error.filename or options.out}: {error.strerror or error}", file=sys.stderr)
    return 1


@contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Let what asks a program to end do so within the block as an interrupt does, which has its own way."""
    if current_thread() is not main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # Whoever starts a program so that it outlives a terminal has set the signal aside.
    taken = {number: handler for number, handler in before.items() if handler == signal.SIG_DFL}
    try:
        for number in taken:
            signal.signal(number, _end)
        yield
    finally:
        for number, handler in taken.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise _Ended(number)


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
    build.add_argument("--out", type=Path, metavar="DIR", help="the site's folder (beside the content)")
    build.add_argument("--replace", action="store_true", help="replace the site or the zip of another course")
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
        default=os.cpu_count() or 1,
        metavar="N",
        help="draw with so many processes (as many as there are processors)",
    )
    build.add_argument(
        "--also",
        type=_words,
        default=frozenset(),
        metavar="WORDS",
        help="make of scenes what they have only on request: letter or a4, pages, gif",
    )
    build.add_argument("--zip", type=Path, metavar="FILE", help="write the course as one zip, too")
    check = commands.add_parser("check", help="check every link, anchor, picture and budget of a built site")
    check.add_argument("--out", type=Path, default=PROJECT / "site", metavar="DIR")
    commands.add_parser("test", help="run the tests; arguments go to pytest")
    return parser


def _default_site(content: Path) -> Path:
    """Return the folder of a site that is beside its content, `site` or named after the course's folder."""
    shipped = PROJECT / "content"
    if content.exists() and shipped.exists() and content.samefile(shipped):
        return PROJECT / "site"
    folder = Path(os.path.abspath(content))  # noqa: PTH100 - beside a link, not beside where it leads
    return folder.parent / ("site" if folder.name == "content" else f"{folder.name}-site")


def _count(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise ArgumentTypeError(f'"{typed}" is not a number from 1')
    return int(typed)


def _words(typed: str) -> "frozenset[Also]":
    from generator.course.taken_along import also_of  # noqa: PLC0415 - late, as below

    try:
        return also_of(typed.split(","))
    except InvalidValue as fault:
        raise ArgumentTypeError(f"{fault.message}. {fault.hint}") from None


def _address(typed: str) -> "SiteAddress":
    from generator.site import site_address  # noqa: PLC0415 - late, as below

    try:
        return site_address(typed)
    except InvalidValue as fault:
        raise ArgumentTypeError(f"{fault.message}. {fault.hint}") from None


def _build(options: Namespace, cache: Path) -> int:
    # Late, so that a wrong usage is told at once.
    from generator.site import BuildPlan, Wanted, build_site  # noqa: PLC0415

    options.out = options.out or _default_site(options.content)
    plan = BuildPlan(
        content=options.content,
        theme=_theme_folder(options.theme),
        out=options.out,
        cache=cache,
        archive=options.zip,
        address=options.base_url,
        strict=options.strict,
        replace=options.replace,
        jobs=options.jobs,
        wanted=Wanted(also=options.also),
    )
    _tell(plan, build_site(plan, lambda warning: print(warning, file=sys.stderr)))
    return 0


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
