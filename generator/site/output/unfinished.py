"""What is being made: folders and files beside their place, known by name, and held while they are made."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from os import close
from pathlib import Path
from tempfile import mkdtemp, mkstemp
from time import time

from generator.site.output.listing import MARKER
from generator.site.output.locks import alone_in, lock

OLD = "-old"
"""Ends the name of a folder that was moved out of another's way."""
ENDING = rf"[a-z0-9_]{{8}}({OLD})?"
LONGEST_NAME = 255 - len(f".{MARKER}-") - 8 - len(OLD)
"""Bytes of a place's name, so that what is made for it can have a name too: systems allow 255."""
A_DAY = 24 * 60 * 60
"""Seconds after which nobody is thought to be at work where there are no locks."""


@contextmanager
def new_folder(place: Path, spare: Path | None = None) -> Iterator[Path]:
    """Yield a new folder on the same disk as a place for it, held for the length of the block.

    It is empty, or a spare folder that was moved there, where that can be done.
    """
    with ExitStack() as held:
        with alone_in(place.parent):
            made = Path(mkdtemp(prefix=_prefix(place), dir=place.parent))
            if spare:
                _exchange(made, spare)
            held.enter_context(lock(made, waiting=False))
        made.chmod(0o755)
        yield made


def _exchange(empty: Path, spare: Path) -> None:
    """Put a spare folder in the place of an empty one, if it lies on the same disk."""
    empty.rmdir()
    try:
        spare.rename(empty)
    except OSError:
        empty.mkdir()


@contextmanager
def new_file(place: Path) -> Iterator[Path]:
    """Yield a new file on the same disk as a place for it; it is gone afterwards, whatever happens."""
    with ExitStack() as held:
        with alone_in(place.parent):
            number, name = mkstemp(prefix=_prefix(place), dir=place.parent)
            made = Path(name)
            held.callback(made.unlink, missing_ok=True)
            held.enter_context(lock(made, waiting=False))
        close(number)
        made.chmod(0o644)
        yield made


def _prefix(place: Path) -> str:
    return f".{place.name}{MARKER}-"


def beside(place: Path) -> list[Path]:
    """Return what was being made, or moved out of the way, for a place."""
    return _matching(place.parent, re.escape(_prefix(place)) + ENDING)


def unfinished_in(folder: Path) -> list[Path]:
    """Return what was being made for any place in a folder."""
    return _matching(folder, rf"\..+{re.escape(MARKER)}-{ENDING}")


def _matching(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if re.fullmatch(pattern, path.name))
    except OSError:  # a folder that cannot be read, or is none
        return []


@contextmanager
def seized(path: Path, mine: Path | None = None) -> Iterator[bool]:
    """Yield whether nobody makes something any more; for the length of the block nobody else will take it."""
    with lock(path, waiting=False) as held:
        yield held if held is not None else path == mine or path.name.endswith(OLD) or _is_stale(path)


def _is_stale(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time() - A_DAY
    except OSError:
        return False
