"""What can be typed: the commands and their options."""

import os
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import InvalidValue

if TYPE_CHECKING:
    from generator.site import SiteAddress

LAST_PORT = 65_535


def with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with `build` in front where no command is named."""
    if arguments and not arguments[0].startswith("-"):
        return list(arguments)
    return list(arguments) if {"-h", "--help"} & set(arguments[:1]) else ["build", *arguments]


def argument_parser(project: Path) -> ArgumentParser:
    """Return what reads the arguments of every command; defaults lie in the project's folder."""
    parser = ArgumentParser(prog="build.py", description="Builds the lesson as a static site.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="write the site (the default)")
    _add_sources(build, project)
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
    build.add_argument("--zip", type=Path, metavar="FILE", help="write the course as one zip, too")
    serve = commands.add_parser("serve", help="show the course in a browser while it is being written")
    _add_sources(serve, project)
    serve.add_argument(
        "--port", type=_port, metavar="N", help="the port on this machine (8000, or one that is free)"
    )
    check = commands.add_parser("check", help="check every link, anchor, picture and budget of a built site")
    check.add_argument("--out", type=Path, default=project / "site", metavar="DIR")
    commands.add_parser("test", help="run the tests; arguments go to pytest")
    return parser


def _add_sources(command: ArgumentParser, project: Path) -> None:
    command.add_argument("--content", type=Path, default=project / "content", metavar="DIR")
    command.add_argument("--theme", default="lesson", metavar="NAME|DIR")


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal()) or int(typed) > LAST_PORT:
        raise ArgumentTypeError(f'"{typed}" is not a port, a number to {LAST_PORT}; 0 is any that is free')
    return int(typed)


def _count(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise ArgumentTypeError(f'"{typed}" is not a number from 1')
    return int(typed)


def _address(typed: str) -> "SiteAddress":
    from generator.site import site_address  # noqa: PLC0415 - late, as all that needs a library

    try:
        return site_address(typed)
    except InvalidValue as fault:
        raise ArgumentTypeError(f"{fault.message}. {fault.hint}") from None
