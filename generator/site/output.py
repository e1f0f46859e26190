"""Where a site is written: the one place that changes anything on disk.

Pages and pictures are handed over as bytes under a path relative to the site. A directory is made whole
beside its target and then put in its place, so that a build that fails leaves the old site as it was,
and no page of an earlier build stays behind. A folder that this program did not make is never touched.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os.path import realpath
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp, mkstemp
from typing import Protocol
from zipfile import ZipFile, is_zipfile

from generator.errors import AuthorError, Problem, shown_path

MARKER = ".made-by-convolution-lesson"
"""A file whose presence shows that a folder is a site of ours; and the comment of our archives."""


class Output(Protocol):
    """Takes the files of a site."""

    def write(self, path: str, data: bytes) -> None:
        """Take one file under its path relative to the site; every path once."""


class MemoryOutput:
    """A site held in memory, for tests and for the parts of a build that are compared."""

    def __init__(self) -> None:
        """Begin empty."""
        self.files: dict[str, bytes] = {}

    def write(self, path: str, data: bytes) -> None:
        """Keep one file.

        Raises:
            ValueError: the path was written before, or leads out of the site.

        """
        if path in self.files:
            raise ValueError(f"{path} is written twice")
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ValueError(f"{path} leads out of the site")
        self.files[path] = data


def write_directory(files: dict[str, bytes], target: Path) -> None:
    """Put the files in place of the target folder, all or nothing; a link to a folder stays a link.

    Raises:
        AuthorError: the target is a file, or a folder with contents that this program did not make.

    """
    _check_target(target)
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _folder_beside(target) as made:
        for path, data in files.items():
            place = made / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        (made / MARKER).write_bytes(b"")
        _swap(made, target)


def write_file(place: Path, data: bytes) -> None:
    """Put a file in its place, all or nothing, and make its folder where there is none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with _file_beside(place) as made:
        made.write_bytes(data)
        os.replace(made, place)  # noqa: PTH105 - as a folder is put in its place


def mark_used(place: Path) -> None:
    """Note that a file was used just now, where anything can be noted."""
    with suppress(OSError):
        place.touch()


def trim(folder: Path, most: int) -> None:
    """Delete the files of a folder that were unused for the longest time, until at most `most` bytes stay."""
    try:
        kept = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in folder.iterdir())
        total = sum(size for _, size, _ in kept)
        for _, size, path in kept:
            if total <= most:
                return
            path.unlink()
            total -= size
    except OSError:  # somebody else is at work here; the next build tries again
        return


def check_targets(target: Path, file: Path | None, content: Path | None = None) -> None:
    """Make sure that a site, and an archive if one is asked for, can be put where they are to be.

    Raises:
        AuthorError: as in `write_directory` and `write_with_archive`, or the site would lie in its content.

    """
    if content and Path(realpath(target)).is_relative_to(realpath(content)):
        fact = "the site would lie inside the content that it is made from"
        hint = f"Name a folder outside {shown_path(content)}/ with --out."
        raise AuthorError([Problem(shown_path(target), 0, fact, hint)])
    if file:
        _check_file(file, target)
    _check_target(target)


def write_with_archive(files: dict[str, bytes], target: Path, archive: bytes, file: Path) -> None:
    """Put a site in place of the target folder, and its zip in place of a file: both or neither.

    Raises:
        AuthorError: as in `write_directory`, or the file is no zip, or lies where no file can stay.

    """
    check_targets(target, file)
    place = Path(realpath(file))
    place.parent.mkdir(parents=True, exist_ok=True)
    with _file_beside(place) as made:
        made.write_bytes(archive)
        write_directory(files, target)
        os.replace(made, place)  # noqa: PTH105 - as a folder is put in its place


def _check_file(file: Path, site: Path) -> None:
    """Make sure that an archive can be put in place of a file, which is a zip where it exists."""
    shown = shown_path(file)
    place, folder = Path(realpath(file)), Path(realpath(site))
    nearest = next(path for path in place.parents if path.exists())
    if place.is_relative_to(folder):
        fact = "the archive would lie inside the site, and be gone with the next build"
        hint = f"Name a file outside {shown_path(site)}/ with --zip."
    elif place.is_dir() or place in folder.parents:
        fact, hint = "the archive's target is a folder", f"Name a file with --zip, as in {shown}/lesson.zip."
    elif place.exists() and not _is_own_archive(place):
        fact = "this file is there already, and is no zip that this program made"
        hint = "Name another file with --zip."
    elif not nearest.is_dir():
        fact, hint = f'"{shown_path(nearest)}" is a file, not a folder', "Name another file with --zip."
    else:
        return
    raise AuthorError([Problem(shown, 0, fact, hint)])


def _is_own_archive(place: Path) -> bool:
    if not (place.is_file() and is_zipfile(place)):
        return False
    with ZipFile(place) as archive:
        return archive.comment == MARKER.encode()


def _check_target(target: Path) -> None:
    shown = shown_path(target)
    if target.is_file():
        raise AuthorError([Problem(shown, 0, "the target is a file", "Name a folder with --out.")])
    if Path(realpath(target)).is_symlink():
        raise AuthorError([Problem(shown, 0, "the target is a link that leads back to itself", "Remove it.")])
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).exists():
        fact = "the target folder holds files that this program did not make"
        hint = "Name another folder with --out, or empty this one."
        raise AuthorError([Problem(shown, 0, fact, hint)])


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """Yield a new folder on the same disk as the target; it is gone afterwards, whatever happens."""
    made = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    made.chmod(0o755)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _file_beside(place: Path) -> Iterator[Path]:
    """Yield a new file on the same disk as another; it is gone afterwards, whatever happens."""
    number, name = mkstemp(prefix=".new-", dir=place.parent)
    os.close(number)
    made = Path(name)
    try:
        made.chmod(0o644)
        yield made
    finally:
        made.unlink(missing_ok=True)


def _swap(made: Path, target: Path) -> None:
    old = made.with_name(f"{made.name}-old")
    try:
        if target.exists():
            os.replace(target, old)  # noqa: PTH105 - the pair of replacements reads as one step
        os.replace(made, target)  # noqa: PTH105
    except BaseException:
        if old.exists() and not target.exists():
            os.replace(old, target)  # noqa: PTH105
        raise
    shutil.rmtree(old, ignore_errors=True)
