"""What an earlier build was given, and what it said: where nothing has changed since, it is not done again.

A leaf, of the standard library alone: it is asked before anything else is imported. Files are not read, but
known by their sizes and times. A receipt is written at the end of a build, and says how everything was when
the build began.
"""

# Importing pathlib takes as long as looking at a thousand files.
# ruff: noqa: PTH109, PTH116, PTH118, PTH123

import os
import sys
from collections.abc import Iterable, Sequence
from hashlib import sha256
from stat import S_ISDIR
from time import time_ns

SECOND = 1_000_000_000
"""In nanoseconds."""
FRESH = SECOND // 20
"""Nanoseconds in which a second change may bear the time of the first: a tick of the clock, and some."""
LEFT_OUT = "__pycache__"
ON_STDOUT, ON_STDERR = "1", "2"
"""In front of a line: where it was said."""
BETWEEN, BETWEEN_LISTS = "\0", "\0\0"


class Given:
    """How what a build is given was, in a moment."""

    def __init__(self, mark: str, *, is_settled: bool) -> None:
        """Keep a digest of names, sizes and times, and whether any other change would make another one."""
        self.mark = mark
        self.is_settled = is_settled


class Receipt:
    """What a build says to the next one."""

    def __init__(self, given: str, inputs: list[str], made: str, outputs: list[str], said: list[str]) -> None:
        """Keep from what a site was made, what was made, and which lines were said, errors first.

        `given` and `made` are the marks of the folders and files that stand behind them.
        """
        self.given, self.inputs = given, inputs
        self.made, self.outputs = made, outputs
        self.said = said

    def encoded(self) -> bytes:
        """Return the receipt as it is kept."""
        lists = ([self.given], self.inputs, [self.made], self.outputs, self.said)
        return BETWEEN_LISTS.join(BETWEEN.join(each) for each in lists).encode(errors="surrogateescape")


def decoded(data: bytes) -> Receipt:
    """Return a receipt that was kept.

    Raises:
        ValueError: it is none.

    """
    lists = (each.split(BETWEEN) for each in data.decode(errors="surrogateescape").split(BETWEEN_LISTS))
    [given], inputs, [made], outputs, said = lists
    return Receipt(given, inputs, made, outputs, said)


def place_of(cache: str, arguments: Sequence[str]) -> str:
    """Return where the receipt of a command lies that is given in the working directory."""
    key = sha256("\0".join([os.getcwd(), sys.version, *arguments]).encode(errors="surrogateescape"))
    return os.path.join(cache, f"receipt-{key.hexdigest()}")


def is_repeated(cache: str, arguments: Sequence[str]) -> bool:
    """Say what the last build by the same command said, if nothing has changed; tell whether that is so."""
    try:
        with open(place_of(cache, arguments), "rb") as file:
            receipt = decoded(file.read())
        if mark_of(receipt.inputs).mark != receipt.given or mark_of(receipt.outputs).mark != receipt.made:
            return False
    except (OSError, ValueError):
        return False
    for line in receipt.said:
        print(line[1:], file=sys.stderr if line.startswith(ON_STDERR) else sys.stdout)
    return True


def mark_of(places: Iterable[str]) -> Given:
    """Return how folders, with all that is in them, and files are now.

    Raises:
        OSError: one of them is not there, or a link leads to a folder.

    """
    moment = time_ns()
    marks: list[str] = []
    newest = max([_note(place, marks) for place in places], default=0)
    digest = sha256("".join(marks).encode(errors="surrogateescape")).hexdigest()
    # A disk that knows whole seconds, or pairs of them, has changes of two seconds under one time.
    return Given(digest, is_settled=newest < moment - (FRESH if newest % SECOND else 2 * SECOND))


def _note(place: str, marks: list[str]) -> int:
    """Note what lies at a place and below it, in one order; return the time of the last change."""
    found = os.stat(place)
    marks.append(f"{place}{_mark(found)}")
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    if not S_ISDIR(found.st_mode):
        return newest
    with os.scandir(place) as inside:
        entries = sorted((entry.name, entry) for entry in inside)
    for name, entry in entries:
        if entry.is_dir():
            if entry.is_symlink():
                raise OSError(f"a link leads to a folder: {entry.path}")
            if name != LEFT_OUT:
                newest = max(newest, _note(entry.path, marks))
            continue
        found = entry.stat()
        marks.append(f"{name}{_mark(found)}")
        newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
    return newest


def _mark(found: os.stat_result) -> str:
    """Return what changes whenever a file does; who sets its time cannot set when that was done."""
    times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
    return f"\0{found.st_mode} {found.st_size} {found.st_ino} {times}\n"
