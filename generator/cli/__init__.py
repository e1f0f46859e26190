"""The command line: what an author types, and what is printed back.

The standard library alone is imported with it: what builds and checks is imported where it is about to be
used, so that help and wrong usage are told at once, and by any Python.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from generator.cli.build import build_course
from generator.cli.check import check_built_site
from generator.cli.new import begin_chapter, begin_course
from generator.cli.parser import argument_parser, with_command
from generator.cli.serve import serve_course
from generator.cli.signals import Ended, ending_on_signals
from generator.errors import AuthorError, counted

PROJECT = Path(__file__).resolve().parent.parent.parent
CACHE = PROJECT / ".cache"
"""Pictures and PDFs of earlier builds; it can be deleted at any time."""

__all__ = ["CACHE", "PROJECT", "main"]


def main(arguments: Sequence[str], cache: Path | None = None) -> int:
    """Run one command and return its exit code; what is drawn is kept in `cache`, or else in the project.

    The code is 0 for built or right, 1 for the author's error, 2 for wrong usage, and 128 and the number of
    the signal that ended it.
    """
    options = argument_parser(PROJECT).parse_args(with_command(arguments))
    if isinstance(sys.stdout, TextIOWrapper):  # a name may have letters that the terminal does not know
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with ending_on_signals():
            return _run(options, cache or CACHE, arguments)
    except Ended as ended:
        return ended.code
    except AuthorError as error:
        print(error, file=sys.stderr)
        closing = "" if options.command in {"check", "serve"} else "; nothing was written"
        print(f"{counted(len(error.problems), 'problem')}{closing}.", file=sys.stderr)
    except OSError as error:  # no right to read or to write, a full disk
        print(f"{error.filename or options.command}: {error.strerror or error}", file=sys.stderr)
    return 1


def _run(options: Namespace, cache: Path, arguments: Sequence[str]) -> int:
    if options.command == "check":
        return check_built_site(options)
    if options.command == "serve":
        return serve_course(options, PROJECT, cache)
    if options.command == "new":
        return (begin_chapter if options.kind == "chapter" else begin_course)(options, PROJECT)
    return build_course(options, PROJECT, cache, arguments)
