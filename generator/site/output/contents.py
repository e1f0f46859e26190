"""What lies in the folder of a site: what its list names, and what somebody else put there.

No link is followed, and names are compared as the disk tells them: where `A.html` and `a.html` are one file,
the one that lies there is ours only under the very name by which it is listed.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISDIR

from generator.site.output.listing import MARKER, Listing

Mark = tuple[int, int, int]
"""By which a file is known again: its size, its time, its place on the disk."""


@dataclass(frozen=True)
class Contents:
    """The entries of a site's folder by their path in it, without its list."""

    listed: Mapping[str, Mark]
    folders: tuple[str, ...]
    """Of what is listed, the inner ones before the outer ones."""
    foreign: tuple[str, ...]
    """What is not listed; of a whole folder only its own path."""


def mark_of(found: os.stat_result) -> Mark:
    """Return by what a file is known again."""
    return found.st_size, found.st_mtime_ns, found.st_ino


def contents_of(folder: Path, listing: Listing, other: Listing | None = None) -> Contents:
    """Return what lies in a folder with this list.

    A folder that only the list of the `other` site names is looked into as well: there both may have files.
    """
    reader = _Reader(listing.files, listing.folders | (other.folders if other else frozenset()))
    reader.read(os.fspath(folder), "")
    return Contents(reader.listed, tuple(reader.folders), tuple(reader.foreign))


class _Reader:
    """Goes through a folder of a site."""

    def __init__(self, files: frozenset[str], known: frozenset[str]) -> None:
        self.files = files
        self.known = known
        self.listed: dict[str, Mark] = {}
        self.folders: list[str] = []
        self.foreign: list[str] = []

    def read(self, place: str, at: str) -> None:
        """Note what lies at a place, whose path in the site ends with a slash or is ""."""
        with os.scandir(place) as found:
            inside = sorted((entry.name, entry) for entry in found)
        for name, entry in inside:
            path = f"{at}{name}"
            if path in self.known and entry.is_dir(follow_symlinks=False):
                self.read(entry.path, f"{path}/")
                self.folders.append(path)
            elif path in self.files and entry.is_file(follow_symlinks=False):
                self.listed[path] = mark_of(entry.stat(follow_symlinks=False))
            elif path != MARKER:
                self.foreign.append(path)


def is_in_the_way(folder: Path, path: str) -> bool:
    """Tell whether a folder has something else where an entry of that path would be put."""
    above = [folder / part for part in PurePosixPath(path).parents]
    return os.path.lexists(folder / path) or any(os.path.lexists(on) and not is_folder(on) for on in above)


def is_folder(path: Path) -> bool:
    """Tell whether a folder itself, and no link to one, lies at a path where something lies."""
    return S_ISDIR(path.lstat().st_mode)


def is_fixed(folder: Path, path: str) -> bool:
    """Tell whether an entry cannot be moved out of a folder: a disk lies there, or a right is missing."""
    place = folder / path
    if is_folder(place) and (os.path.ismount(place) or not os.access(place, os.W_OK)):
        return True
    return not os.access(place.parent, os.W_OK)


def carry(path: str, source: Path, target: Path) -> None:
    """Move an entry from one folder to the same path in another, where nothing is in the way."""
    place = target / path
    place.parent.mkdir(parents=True, exist_ok=True)
    (source / path).rename(place)


def clear(folder: Path, contents: Contents) -> None:
    """Delete what is listed, the folders that are empty then, and the list, as far as that can be done.

    The list goes last: as long as anything is left, it says what that is.
    """
    open_all(folder, contents.folders)
    place = os.fspath(folder)
    for path in contents.listed:
        with suppress(OSError):
            os.unlink(f"{place}/{path}")  # noqa: PTH108 - for a thousand files a path takes as long as the disk
    for path in contents.folders:
        with suppress(OSError):
            os.rmdir(f"{place}/{path}")  # noqa: PTH106
    remove_if_empty(folder)


def open_all(folder: Path, inside: Sequence[str]) -> None:
    """Let entries of a folder, and of those in it, be made and deleted, as far as that can be allowed."""
    place = os.fspath(folder)
    for path in (".", *reversed(inside)):
        if not os.access(f"{place}/{path}", os.W_OK):
            with suppress(OSError):
                (folder / path).chmod(0o755)


def remove_if_empty(folder: Path) -> None:
    """Delete a folder that holds nothing but a list, whole or not."""
    with suppress(OSError):
        if set(os.listdir(folder)) <= {MARKER}:  # noqa: PTH208 - names are compared, not paths
            (folder / MARKER).unlink(missing_ok=True)
            folder.rmdir()
