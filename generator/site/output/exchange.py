"""One folder in place of another: in one step where the system knows how, or else in two."""

import ctypes
import os
import sys
from pathlib import Path

from generator.site.output.unfinished import OLD

HERE = -100
"""Linux's AT_FDCWD: a path counts from the working directory."""
EXCHANGE = 2
"""Linux's RENAME_EXCHANGE and macOS's RENAME_SWAP."""
BEGUN = "convolution_lesson.exchange"
"""The audit event that is raised just before, by which tests find this moment."""


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two entries of a folder in one step; tell whether that could be done.

    Whatever the reason is, it will be told by the renaming that is tried next.
    """
    sys.audit(BEGUN, os.fspath(one), os.fspath(other))
    if os.name != "posix":
        return False
    libc, first, second = ctypes.CDLL(None), os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        return bool(libc.renameat2(HERE, first, HERE, second, EXCHANGE) == 0)
    if hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(first, second, EXCHANGE) == 0)
    return False


def take_place(made: Path, place: Path) -> Path:
    """Put a folder in its place; return where the one that was there lies now, if there was one.

    In two steps there is a moment without a folder in the place. Its old one then lies where the next build
    finds it by its name.
    """
    if not os.path.lexists(place):
        made.rename(place)
        return made
    if exchanged(made, place):
        return made
    old = made.with_name(f"{made.name}{OLD}")
    place.rename(old)
    try:
        made.rename(place)
    except OSError:
        old.rename(place)
        raise
    return old


def give_back(made: Path, place: Path, old: Path) -> None:
    """Undo what `take_place` did, which returned `old`."""
    if old == made and made.exists():
        exchanged(made, place)
        return
    place.rename(made)
    if old != made:
        old.rename(place)
