"""Digests of files, kept from build to build: what has not changed is not read again.

A file is taken for unchanged where its size, its times and its place on the disk are the same. One that was
changed just before it was read is not remembered: a second change could bear the same time.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import time_ns

import msgspec

from generator.site.output import digest_of, write_file

Mark = tuple[int, int, int, int]
"""By which a file is known again."""
SECOND = 1_000_000_000
"""In nanoseconds."""
FRESH = SECOND // 20
"""Nanoseconds in which a second change may bear the time of the first: a tick of the clock, and some."""


class KnownFiles:
    """Digests of files, by their absolute path."""

    def __init__(self, index: Path) -> None:
        """Know what was noted in a file, which need not exist."""
        self.index = index
        self.noted = _noted(index)
        self.current: dict[str, tuple[Mark, str]] = {}
        self.is_changed = False

    def digest(self, path: Path) -> str:
        """Return the digest of a file's bytes.

        Raises:
            OSError: it cannot be read.

        """
        name = os.path.abspath(path)  # noqa: PTH100 - links stay what they are
        if name in self.current:
            return self.current[name][1]
        moment, mark = time_ns(), mark_of(path.stat())
        known = self.noted.get(name)
        if known and known[0] == mark:
            self.current[name] = known
            return known[1]
        digest = digest_of(path.read_bytes())
        self.is_changed = True
        self.current[name] = (mark if is_settled(mark, moment) else (0, 0, 0, 0), digest)
        return digest

    def digests(self, paths: Iterable[Path]) -> list[str]:
        """Return the digests of several files, in their order."""
        return [self.digest(path) for path in paths]

    def save(self) -> None:
        """Note what is known by now, for later builds; where that cannot be written, they read once more."""
        if self.is_changed:
            with suppress(OSError):
                write_file(self.index, msgspec.msgpack.encode({**self.noted, **self.current}))


def mark_of(found: os.stat_result) -> Mark:
    """Return by what a file is known again."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_settled(mark: Mark, moment: int) -> bool:
    """Tell whether a file that was looked at in a moment would bear another mark after another change.

    >>> is_settled((1, 5, 5, 1), 10**9), is_settled((1, 10**9, 5, 1), 10**9), is_settled((1, 5, 5, 1), 100)
    (True, False, False)
    """
    last = max(mark[1:3])
    # A disk that knows whole seconds, or pairs of them, has changes of two seconds under one time.
    fresh = FRESH if last % SECOND else 2 * SECOND
    return last < moment - fresh


def _noted(index: Path) -> dict[str, tuple[Mark, str]]:
    try:
        return msgspec.msgpack.decode(index.read_bytes(), type=dict[str, tuple[Mark, str]])
    except (OSError, msgspec.MsgspecError):
        return {}
