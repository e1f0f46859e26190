"""What lies in the folder of a site: what its list names, and what somebody else put there.

No link is followed, and names are compared as the disk tells them: where `A.html` and `a.html` are one file,
the one that lies there is ours only under the very name by which it is listed.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISDIR

from generator.site.output.listing import MARKER, Listing


@dataclass(frozen=True)
class Contents:
    """The entries of a site's folder by their path in it, without its list."""

    listed: tuple[str, ...]
    folders: tuple[str, ...]
    """Of what is listed, the inner ones before the outer ones."""
    foreign: tuple[str, ...]
    """What is not listed; of a whole folder only its own path."""


@dataclass(frozen=True)
class _Entry:
    path: str
    kind: str
    """The field of the contents to which it belongs."""


def contents_of(folder: Path, listing: Listing, other: Listing | None = None) -> Contents:
    """Return what lies in a folder with this list.

    A folder that only the list of the `other` site names is looked into as well: there both may have files.
    """
    known = listing.folders | (other.folders if other else frozenset())
    entries = list(_entries(folder, "", listing.files, known))

    def of(kind: str) -> tuple[str, ...]:
        return tuple(entry.path for entry in entries if entry.kind == kind)

    return Contents(of("listed"), of("folders"), of("foreign"))


def _entries(folder: Path, at: str, files: frozenset[str], folders: frozenset[str]) -> Iterator[_Entry]:
    with os.scandir(folder / at) as found:
        inside = sorted(found, key=lambda entry: entry.name)
    for entry in inside:
        path = f"{at}/{entry.name}" if at else entry.name
        if path in folders and entry.is_dir(follow_symlinks=False):
            yield from _entries(folder, path, files, folders)
            yield _Entry(path, "folders")
        elif path in files and entry.is_file(follow_symlinks=False):
            yield _Entry(path, "listed")
        elif path != MARKER:
            yield _Entry(path, "foreign")


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
    for path in (".", *reversed(contents.folders)):
        _open_for_writing(folder / path)
    for path in contents.listed:
        with suppress(OSError):
            (folder / path).unlink()
    for path in contents.folders:
        with suppress(OSError):
            (folder / path).rmdir()
    remove_if_empty(folder)


def _open_for_writing(folder: Path) -> None:
    if not os.access(folder, os.W_OK):
        with suppress(OSError):
            folder.chmod(0o755)


def remove_if_empty(folder: Path) -> None:
    """Delete a folder that holds nothing but a list, whole or not."""
    with suppress(OSError):
        if set(os.listdir(folder)) <= {MARKER}:  # noqa: PTH208 - names are compared, not paths
            (folder / MARKER).unlink(missing_ok=True)
            folder.rmdir()
