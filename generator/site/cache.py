"""What is kept from one build to the next, found again by what it was made from.

Times and file names say nothing here. A key is a digest of everything that goes into the files, the program
that makes them included; whoever asks with the same key gets the same bytes. What is kept under a key is a
pack: a list of its files in front, so that they need not be read to know what there is, then the files.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from struct import Struct
from typing import BinaryIO, NamedTuple, Protocol

import msgspec

from generator.site.output import digest_of, forget, is_older, mark_used, trim, write_file

Made = Iterable[tuple[str, bytes]]
"""Files, each with its name."""
MOST_BYTES = 2_000_000_000
"""Of all that is kept; then what was not used for the longest time goes."""
MANY = 10
"""Chapters that may be made before it is looked how much is kept."""
A_DAY = 24 * 60 * 60
"""In seconds."""
TRIMMED = "trimmed"
"""The file whose time says when that was done."""
HEAD = Struct(">32sI")
"""In front of a pack: a digest of the list of its files, and how long the list is."""


class KeptFile(NamedTuple):
    """One file of a pack, as its list names it."""

    name: str
    digest: str
    size: int
    """In bytes."""


class Cache(Protocol):
    """Keeps files under a key."""

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Return the files kept under the key, or make them."""


class NoCache:
    """Keeps nothing."""

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Make the files."""
        return dict(make())


class LostPack(Exception):  # noqa: N818 - it states what has happened
    """Something that was kept a moment ago is gone, or has been changed; made anew it will be right."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class FolderCache:
    """Keeps files in a folder, one pack a key. A folder that cannot be written keeps nothing."""

    def __init__(self, folder: Path) -> None:
        """Keep in this folder, which need not exist."""
        self.folder = folder
        self._place = os.fspath(folder)

    def listed(self, key: str) -> tuple[KeptFile, ...] | None:
        """Return what is kept under the key; None where nothing is, or less than there should be."""
        try:
            with self._opened(key) as pack:
                found = _list_of(pack.read(HEAD.size), pack.read)
                size = pack.seek(0, 2)
        except OSError:
            return None
        if found is None or size != HEAD.size + found[1] + sum(file.size for file in found[0]):
            return None
        return found[0]

    def _opened(self, key: str) -> BinaryIO:
        return open(f"{self._place}/{key}", "rb")  # noqa: PTH123 - a path for each takes its time

    def keep(self, key: str, made: Made) -> tuple[KeptFile, ...]:
        """Keep files under a key, and return what is kept.

        Raises:
            OSError: the folder cannot be written.

        """
        files = dict(made)
        listed = tuple(KeptFile(name, digest_of(data), len(data)) for name, data in files.items())
        head = msgspec.msgpack.encode(listed)
        packed = HEAD.pack(sha256(head).digest(), len(head))
        write_file(self.folder / key, b"".join((packed, head, *files.values())))
        return listed

    def listed_or_made(self, key: str, make: Callable[[], Made]) -> tuple[KeptFile, ...]:
        """Return what is kept under the key; what is not is made and kept."""
        listed = self.listed(key)
        if listed is None:
            return self.keep(key, make())
        mark_used(self.folder / key)
        return listed

    def read(self, key: str, name: str) -> bytes:
        """Return one file of a pack.

        Raises:
            LostPack: it is not there, or not as it was kept.

        """
        try:
            with self._opened(key) as pack:
                found = _list_of(pack.read(HEAD.size), pack.read)
                listed, length = found or ((), 0)
                start = HEAD.size + length
                for file in listed:
                    if file.name == name:
                        pack.seek(start)
                        data = pack.read(file.size)
                        if digest_of(data) == file.digest:
                            return data
                    start += file.size
        except OSError:
            pass
        self.drop(key)
        raise LostPack(key)

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Return the files kept under the key, if they are whole, or make and keep them."""
        listed = self.listed(key)
        if listed is not None:
            try:
                files = {file.name: self.read(key, file.name) for file in listed}
            except LostPack:
                pass
            else:
                mark_used(self.folder / key)
                return files
        files = dict(make())
        with suppress(OSError):  # it costs time at the next build, and nothing else
            self.keep(key, files.items())
        return files

    def drop(self, key: str) -> None:
        """Forget what is kept under a key."""
        forget(self.folder / key)

    def trim_at_times(self, made: int) -> None:
        """Trim where so many chapters were made, or a day has passed: looking at everything takes time."""
        if made >= MANY or is_older(self.folder / TRIMMED, A_DAY):
            self.trim()
            with suppress(OSError):
                write_file(self.folder / TRIMMED, b"")

    def trim(self, most: int = MOST_BYTES) -> None:
        """Delete what was not used for the longest time, until no more than `most` bytes are kept."""
        trim(self.folder, most)


def _list_of(head: bytes, read: Callable[[int], bytes]) -> tuple[tuple[KeptFile, ...], int] | None:
    """Return the list of a pack's files and how long it is; None where it is not as it was kept."""
    if len(head) != HEAD.size:
        return None
    digest, length = HEAD.unpack(head)
    packed = read(length)
    if sha256(packed).digest() != digest:
        return None
    try:
        return msgspec.msgpack.decode(packed, type=tuple[KeptFile, ...]), length
    except msgspec.MsgspecError:  # kept by a program that packed otherwise
        return None
