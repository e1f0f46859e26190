"""A folder's own list: by it a folder is known as a site of ours, and what in it is not ours.

It is written before any file that it names, so that half a site is known as well as a whole one.
"""

import os
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from os.path import realpath
from pathlib import Path, PurePath

import msgspec

MARKER = ".made-by-convolution-lesson"
"""The file that holds the list of a site; and the comment of our archives."""
FORMAT = "convolution-lesson-site"
VERSION = 1
DIGITS = 32
"""Of a digest; as many as nobody meets twice."""


@dataclass(frozen=True)
class Origin:
    """The course that a site is made from; without a title it is nobody's."""

    title: str = ""
    content: Path | None = None

    def place_seen_from(self, site: Path) -> str:
        """Return a digest of the way from a site to the content, which stays when both are moved together."""
        if self.content is None:
            return ""
        content, folder = realpath(self.content), realpath(site)
        try:
            way = os.path.relpath(content, folder)
        except ValueError:  # on Windows there is no way from one drive to another
            way = content
        return sha256(os.fsencode(PurePath(way).as_posix())).hexdigest()


@dataclass(frozen=True)
class Listing:
    """What a folder says of itself: whose site it is, and which of its files are the site's."""

    course: str
    place: str
    """Where the content lies, as a digest."""
    digests: dict[str, str]
    """What stands for the bytes of each file, so that one which somebody has changed is known."""
    format: str = FORMAT
    version: int = VERSION

    @cached_property
    def files(self) -> frozenset[str]:
        """Return the files by their path in the folder."""
        return frozenset(self.digests)

    def is_changed(self, path: str, data: bytes) -> bool:
        """Tell whether a file that is listed holds something else by now."""
        return self.digests[path] != digest_of(data)

    def with_files_of(self, other: "Listing") -> "Listing":
        """Return this list with the files that only another one names."""
        return replace(self, digests={**other.digests, **self.digests})

    @cached_property
    def folders(self) -> frozenset[str]:
        """Return the folders that the files lie in, without the site's own."""
        found: set[str] = set()
        for path in self.digests:
            while (path := path.rpartition("/")[0]) and path not in found:
                found.add(path)
        return frozenset(found)

    def encoded(self) -> bytes:
        """Return the bytes of the list; equal lists have equal bytes."""
        said = {
            "format": self.format,
            "version": self.version,
            "course": self.course,
            "place": self.place,
            "digests": dict(sorted(self.digests.items())),
        }
        return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


class DigestedFiles(Mapping[str, bytes]):
    """Files of which it is known what stands for their bytes, without a look at them."""

    @property
    @abstractmethod
    def digests(self) -> Mapping[str, str]:
        """Return what stands for the bytes of each file."""


def listing_of(files: Mapping[str, bytes], origin: Origin, site: Path) -> Listing:
    """Return the list of a site that will lie there."""
    if isinstance(files, DigestedFiles):
        digests = dict(files.digests)
    else:
        digests = {path: digest_of(data) for path, data in files.items()}
    return Listing(origin.title, origin.place_seen_from(site), digests)


def digest_of(data: bytes) -> str:
    """Return what stands for the bytes of a file."""
    return sha256(data).hexdigest()[:DIGITS]


def listing_in(folder: Path) -> Listing | None:
    """Return the list that a folder holds, or nothing where it holds none that can be read."""
    try:
        listing = msgspec.json.decode((folder / MARKER).read_bytes(), type=Listing)
    except (OSError, msgspec.MsgspecError):
        return None
    return listing if (listing.format, listing.version) == (FORMAT, VERSION) else None
