"""What is kept from one build to the next: pictures and PDFs, found again by what they were made from.

Times and file names say nothing here. A key is a digest of everything that goes into the files, the program
that draws them included; whoever asks with the same key gets the same bytes.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import msgspec

from generator.site.output import mark_used, trim, write_file

Made = Iterable[tuple[str, bytes]]
"""Files, each with its name."""
DIGEST = 32
"""Bytes of the digest that stands in front of what is kept."""
MOST_BYTES = 2_000_000_000
"""Of all that is kept; then what was not used for the longest time goes."""


class Cache(Protocol):
    """Keeps files under a key."""

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Return the files kept under the key, or make them."""


class NoCache:
    """Keeps nothing."""

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Make the files."""
        return dict(make())


class FolderCache:
    """Keeps files in a folder, one file a key. A folder that cannot be written keeps nothing."""

    def __init__(self, folder: Path) -> None:
        """Keep in this folder, which need not exist."""
        self.folder = folder

    def has(self, key: str) -> bool:
        """Tell whether something is kept under the key, whole or not."""
        return (self.folder / key).exists()

    def files(self, key: str, make: Callable[[], Made]) -> dict[str, bytes]:
        """Return the files kept under the key, if they are whole, or make and keep them."""
        place = self.folder / key
        kept = self._kept(place)
        if kept is not None:
            return kept
        files = dict(make())
        packed = msgspec.msgpack.encode(files)
        try:
            write_file(place, sha256(packed).digest() + packed)
        except OSError:
            return files  # it costs time at the next build, and nothing else
        return files

    def _kept(self, place: Path) -> dict[str, bytes] | None:
        try:
            data = place.read_bytes()
        except OSError:
            return None
        mark_used(place)
        packed = data[DIGEST:]
        if sha256(packed).digest() != data[:DIGEST]:
            return None
        try:
            files: dict[str, bytes] = msgspec.msgpack.decode(packed, type=dict[str, bytes])
        except msgspec.MsgspecError:  # kept by a program that packed otherwise
            return None
        return files

    def trim(self, most: int = MOST_BYTES) -> None:
        """Delete what was not used for the longest time, until no more than `most` bytes are kept."""
        trim(self.folder, most)
