"""What can be typed: the commands and their options."""

import os
import re
import tomllib
from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from generator.errors import InvalidValue

if TYPE_CHECKING:
    from argparse import _SubParsersAction as Commands

    from generator.course.taken_along import Also
    from generator.site import SiteAddress

ASKING = {"-h", "--help", "--version"}
"""What is typed for an answer, where no command is."""
SHARD = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
"""Which share of the work, of how many."""
LAST_PORT = 65_535
ENDING = re.compile(r"\.[a-z]\w*", re.IGNORECASE)
"""The ending of a name that says which kind of file it is; that of `lesson-v1.2` says nothing."""


def with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `build` in front where no command is named."""
    if arguments and not arguments[0].startswith("-"):
        return list(arguments)
    return list(arguments) if ASKING & set(arguments[:1]) else ["build", *arguments]


def argument_parser(project: Path) -> ArgumentParser:
    """Return what reads the arguments of every command; defaults lie in the project's folder."""
    parser = ArgumentParser(
        prog="build.py",
        description="Builds a course about convolution as a static site.",
        epilog="Without a command it builds. `build.py COMMAND --help` lists the options of a command.",
    )
    parser.add_argument("--version", action=_Version, project=project)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_build(commands, project)
    _add_serve(commands, project)
    _add_new(commands, project)
    _add_check(commands, project)
    commands.add_parser(
        "test",
        usage="build.py test [pytest arguments]",
        help="run the tests; arguments go to pytest",
        description="Runs the tests, all of them or those that the arguments name, which go to pytest.",
    )
    return parser


def _add_build(commands: "Commands[ArgumentParser]", project: Path) -> None:
    build = commands.add_parser(
        "build", help="write the site (the default)", description="Writes the site of a course."
    )
    add_content(build, project)
    _add_theme(build)
    build.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="the site's folder (default: beside the content, site/ for content/ and else NAME-site/)",
    )
    build.add_argument(
        "--replace",
        action="store_true",
        help="replace the site or the zip of another course there (default: leave it, and say so)",
    )
    build.add_argument(
        "--base-url",
        type=_address,
        metavar="URL",
        help="where the site will be read, as in https://example.com/ (default: anywhere)",
    )
    build.add_argument(
        "--strict", action="store_true", help="let warnings stop the build, too (default: tell them)"
    )
    build.add_argument(
        "--jobs",
        type=_count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="draw with so many processes (default: one for each processor, here %(default)s)",
    )
    build.add_argument(
        "--shard",
        type=_shard,
        metavar="I/N",
        help="make share I of N of the chapters for a later build with the same cache, and write no site "
        "(default: all of them, and the site)",
    )
    build.add_argument(
        "--also",
        type=_words,
        default=frozenset(),
        metavar="WORDS",
        help="make of scenes what they have only on request: letter or a4, pages, gif (default: nothing)",
    )
    build.add_argument(
        "--zip",
        type=_zip_file,
        metavar="FILE",
        help="write the course as one zip, too; .zip is added to a name without it (default: no zip)",
    )


def add_content(command: ArgumentParser, project: Path) -> None:
    """Let a command take the folder of a course."""
    command.add_argument(
        "--content",
        type=Path,
        default=project / "content",
        metavar="DIR",
        help="the folder of the course, which holds course.toml (default: content/ of this project)",
    )


def _add_theme(command: ArgumentParser) -> None:
    command.add_argument(
        "--theme",
        default="lesson",
        metavar="NAME|DIR",
        help="the look: one of themes/, or a folder of your own (default: lesson)",
    )


def _add_serve(commands: "Commands[ArgumentParser]", project: Path) -> None:
    serve = commands.add_parser(
        "serve",
        help="show the course in a browser while you write it",
        description="Shows the course in a browser on this machine. What you save is shown at once, and what "
        "is wrong with it is told in the page. The site of `build` stays as it is.",
    )
    add_content(serve, project)
    _add_theme(serve)
    serve.add_argument(
        "--port",
        type=_port,
        metavar="N",
        help="the port of 127.0.0.1, 0 for any that is free (default: 8000, or any where that is taken)",
    )


def _add_new(commands: "Commands[ArgumentParser]", project: Path) -> None:
    new = commands.add_parser(
        "new",
        help="begin a chapter, or a course of your own",
        description="Writes a chapter or a course that builds as it is, with comments that say how to go on.",
    )
    kinds = new.add_subparsers(dest="kind", required=True, metavar="chapter|course")
    chapter = kinds.add_parser(
        "chapter",
        help="write a chapter, and list it in course.toml",
        description="Writes a chapter and lists it in course.toml: where one of its title is planned, "
        "or else at the end of the last part.",
    )
    chapter.add_argument(
        "title", metavar="NAME", help='its title, as in "Edges & corners", or a name, as in sharp-edges'
    )
    chapter.add_argument(
        "--name", metavar="NAME", help="the name of its file, without number (default: made of the title)"
    )
    add_content(chapter, project)
    chapter.set_defaults(refuse=chapter.error)
    course = kinds.add_parser(
        "course",
        help="write a course of one chapter into a new folder",
        description="Writes a course of one chapter into a folder that is empty, or not there yet.",
    )
    course.add_argument("folder", type=Path, metavar="DIR", help="the folder, as in my-course")
    course.add_argument(
        "--title", metavar="TITLE", help="what the course is called (default: made of the folder's name)"
    )


def _add_check(commands: "Commands[ArgumentParser]", project: Path) -> None:
    about = "check every link, anchor, picture and budget of a built site"
    check = commands.add_parser("check", help=about, description=f"{about[0].upper()}{about[1:]}.")
    check.add_argument(
        "--out",
        type=Path,
        default=project / "site",
        metavar="DIR",
        help="the site's folder (default: site/ of this project)",
    )


class _Version(Action):
    """Tells the version that the project's own file says, which is read only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, project: Path) -> None:
        super().__init__(
            option_strings, SUPPRESS, nargs=0, default=SUPPRESS, help="tell the version of this program"
        )
        self.project = project

    def __call__(self, parser: ArgumentParser, *_: object) -> NoReturn:
        """Print the version and end."""
        declared = tomllib.loads((self.project / "pyproject.toml").read_text("utf-8"))["project"]
        print(f"{declared['name']} {declared['version']}")
        parser.exit()


def _count(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise ArgumentTypeError(f'"{typed}" is not a number from 1')
    return int(typed)


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal()) or int(typed) > LAST_PORT:
        raise ArgumentTypeError(f'"{typed}" is not a port, a number to {LAST_PORT}; 0 is any that is free')
    return int(typed)


def _zip_file(typed: str) -> Path:
    """Return the file of a zip, whose name ends as programs that unpack it expect.

    A folder is kept as it is: what can be said of it depends on where the site will be.
    """
    path = Path(typed)
    if os.path.isdir(path) or path.suffix.lower() == ".zip":  # noqa: PTH112 - it takes any length
        return path
    if typed.endswith(("/", os.sep)) or not path.name:
        raise ArgumentTypeError(f'"{typed}" is a folder. Name a file, as in {path.as_posix()}/lesson.zip')
    if ENDING.fullmatch(path.suffix):
        bare = path.with_suffix("")
        meant = bare.with_suffix(".zip" if bare.suffix == ".tar" else f"{bare.suffix}.zip").as_posix()
        raise ArgumentTypeError(f'"{typed}" does not end in .zip, which it would be. Type {meant}')
    return path.with_name(f"{path.name}.zip")


def _shard(typed: str) -> tuple[int, int]:
    found = SHARD.fullmatch(typed)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise ArgumentTypeError(f'"{typed}" is no share. Type which one of how many, as in 3/16')
    return int(found[1]), int(found[2])


def _words(typed: str) -> "frozenset[Also]":
    from generator.course.taken_along import also_of  # noqa: PLC0415 - late, as all that needs a library

    try:
        return also_of(typed.split(","))
    except InvalidValue as fault:
        raise ArgumentTypeError(f"{fault.message}. {fault.hint}") from None


def _address(typed: str) -> "SiteAddress":
    from generator.site import site_address  # noqa: PLC0415 - late, as all that needs a library

    try:
        return site_address(typed)
    except InvalidValue as fault:
        raise ArgumentTypeError(f"{fault.message}. {fault.hint}") from None
