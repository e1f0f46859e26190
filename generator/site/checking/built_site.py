"""The files of a site that was built, read one at a time: there may be hundreds of megabytes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from posixpath import dirname
from typing import BinaryIO

from generator.errors import AuthorError, Problem, shown_path
from generator.site.output import MARKER, listing_in

HEAD = 65_536
"""Bytes at the beginning of a picture in which nearly every one says its size."""


@dataclass(frozen=True)
class BuiltSite:
    """The files by their path, with how to open one."""

    folder: Path
    """Where the site lies; messages name its files by it."""
    sizes: Mapping[str, int]
    """The bytes of each file by its path relative to the site."""
    opened: Callable[[str], BinaryIO]

    @cached_property
    def folders(self) -> frozenset[str]:
        """Return the paths of all folders that hold something, "" for the site's own."""
        found = {""}
        for path in self.sizes:
            while (path := dirname(path)) and path not in found:
                found.add(path)
        return frozenset(found)

    def read(self, path: str) -> bytes:
        """Return the whole of a file."""
        with self.opened(path) as file:
            return file.read()

    def head(self, path: str) -> bytes:
        """Return the beginning of a file."""
        with self.opened(path) as file:
            return file.read(HEAD)

    def ending(self, *endings: str) -> list[str]:
        """Return the paths that end in one of these, in order; capitals count as small letters."""
        return sorted(path for path in self.sizes if path.lower().endswith(endings))

    def problem(self, path: str, line: int, message: str, hint: str = "") -> Problem:
        """Return a problem in a file of the site, "" for the site as a whole."""
        return Problem(shown_path(self.folder / path), line, message, hint)


def site_in_folder(folder: Path) -> BuiltSite:
    """Return the site that was written there, with what its author put there by hand, unless that is hidden.

    Raises:
        AuthorError: nothing is there, or what is there was not made by this program.

    """
    if not (folder / MARKER).is_file():
        fact = "this folder is no site of ours" if folder.is_dir() else "there is no site here"
        hint = "Run python3 build.py first, or name the folder of a site with --out."
        raise AuthorError([Problem(shown_path(folder), 0, fact, hint)])
    listing = listing_in(folder)
    paths = {
        path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()
    }
    sizes = {
        name: path.stat().st_size
        for name, path in paths.items()
        if not _is_hidden(name) or (listing and name in listing.files)
    }
    return BuiltSite(folder, sizes, lambda path: (folder / path).open("rb"))


def _is_hidden(path: str) -> bool:
    """Tell whether a file is for programs, as those are in which git keeps what is published."""
    return any(part.startswith(".") for part in path.split("/"))


def site_in_memory(files: Mapping[str, bytes], folder: Path) -> BuiltSite:
    """Return a site that was not written yet, with the folder in which it would lie."""
    sizes = {path: len(data) for path, data in files.items()}
    return BuiltSite(folder, sizes, lambda path: BytesIO(files[path]))
