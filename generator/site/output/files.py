"""Single files: put in their place whole, and kept in a folder that does not grow for ever."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from generator.site.output.leftovers import sweep
from generator.site.output.unfinished import new_file, unfinished_in


def write_file(place: Path, data: bytes) -> None:
    """Put a file in its place, all or nothing, and make its folder where there is none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with new_file(place) as made:
        made.write_bytes(data)
        made.replace(place)


@contextmanager
def usable_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder, made where there is none; where it cannot be written, another for the block alone."""
    if _can_be_written(folder):
        yield folder
        return
    with TemporaryDirectory(prefix="convolution-lesson-") as other:
        yield Path(other)


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def forget(place: Path) -> None:
    """Delete a file, where that can be done."""
    with suppress(OSError):
        place.unlink(missing_ok=True)


def mark_used(place: Path) -> None:
    """Note that a file was used just now, where anything can be noted."""
    with suppress(OSError):
        place.touch()


def is_older(place: Path, seconds: float) -> bool:
    """Tell whether a file was written longer ago than that, or never."""
    try:
        return place.stat().st_mtime < time() - seconds
    except OSError:
        return True


def trim(folder: Path, most: int) -> None:
    """Delete the files of a folder that were unused for the longest time, until at most `most` bytes stay.

    What killed builds began there goes as well.
    """
    sweep(folder)
    try:
        made = set(unfinished_in(folder))
        with os.scandir(folder) as entries:
            files = [entry for entry in entries if entry.is_file() and Path(entry.path) not in made]
        found = [(entry.stat(), entry.path) for entry in files]
        total = sum(stat.st_size for stat, _ in found)
        for stat, path in sorted(found, key=lambda each: (each[0].st_mtime, each[1])):
            if total <= most:
                return
            Path(path).unlink()
            total -= stat.st_size
    except OSError:  # somebody else is at work here; the next build tries again
        return
