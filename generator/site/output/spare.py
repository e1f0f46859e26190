"""The site that another one replaced, kept to become the next one: most of what is in it will be in that too.

Its files are those of the site in its place, under a second name; what there is of a folder, and what is
deleted with it, costs the disk more time than the few files that change. Nobody but a build knows of it, and
without it a site is put together anew.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.site.output.contents import Contents, Mark, clear, contents_of, open_all
from generator.site.output.listing import MARKER, Listing, listing_in

MOST = 2
"""Spares that one cache holds, for a site and its preview: each could be the last name of all its files."""
NAME = "spare-"
"""Begins the name of each."""


@dataclass(frozen=True)
class Spare:
    """A folder that holds a site and nothing else, as its list says."""

    folder: Path
    listing: Listing
    contents: Contents

    def emptied(self, folder: Path, listing: Listing, same: Mapping[str, Mark]) -> set[str]:
        """Delete from the spare, where it lies by now, what another site has not; return the files that stay.

        Args:
            folder: where it lies.
            listing: of the other site; until its own list is written, both are named.
            same: how the files are that the other site has as the one in its place has them.

        Raises:
            OSError: something cannot be deleted.

        """
        files, folders = self.contents.listed, self.contents.folders
        open_all(folder, folders)
        (folder / MARKER).write_bytes(listing.with_files_of(self.listing).encoded())
        place = os.fspath(folder)
        staying = {path for path, mark in files.items() if same.get(path) == mark}
        for path in files.keys() - staying:
            os.unlink(f"{place}/{path}")  # noqa: PTH108 - as in `clear`
        for path in folders:
            if path not in listing.folders:
                os.rmdir(f"{place}/{path}")  # noqa: PTH106
        return staying


def spare_in(folder: Path | None) -> Spare | None:
    """Return the spare that a folder is, if it is one, and nothing else was put into it."""
    if folder is None or (listing := listing_in(folder)) is None:
        return None
    try:
        contents = contents_of(folder, listing)
    except OSError:
        return None
    return None if contents.foreign else Spare(folder, listing, contents)


def is_kept(site: Path, spare: Path) -> bool:
    """Keep a site that was replaced as a spare, if that can be done; the oldest of too many others goes."""
    try:
        site.rename(spare)
    except OSError:  # another disk, or another build's lies there
        return False
    for other in sorted(_others_beside(spare), key=_time)[: 1 - MOST]:
        if found := spare_in(other):
            clear(other, found.contents)
    return True


def _others_beside(spare: Path) -> list[Path]:
    """Return the spares that lie in the same folder."""
    with suppress(OSError):
        names = os.listdir(spare.parent)  # noqa: PTH208 - a cache has thousands of entries
        return [spare.with_name(name) for name in names if name.startswith(NAME) and name != spare.name]
    return []


def _time(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0
