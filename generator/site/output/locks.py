"""Who is at work: a lock on a file or folder, which goes when its process does, however that ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":

    def _descriptor(path: Path) -> int | None:
        """Return nothing: what is open can neither be renamed nor deleted here."""

    def _take(number: int, *, waiting: bool) -> bool | None:
        """Return nothing, as no descriptor has a lock."""

else:
    import fcntl

    def _descriptor(path: Path) -> int | None:
        try:
            return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return None

    def _take(number: int, *, waiting: bool) -> bool | None:
        try:
            fcntl.flock(number, fcntl.LOCK_EX if waiting else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk without locks
            return None
        return True


@contextmanager
def lock(path: Path, *, waiting: bool) -> Iterator[bool | None]:
    """Hold a lock for the length of a block.

    Yields whether it is held: False where another process holds it, None where it is not known.
    """
    number = _descriptor(path)
    try:
        yield None if number is None else _take(number, waiting=waiting)
    finally:
        if number is not None:
            os.close(number)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let other builds that begin or end something in a folder wait for the length of a block."""
    with lock(folder, waiting=True):
        yield
