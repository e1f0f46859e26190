"""Packs in their places: files of a site, or of a scene, that lie in the cache until they are asked for."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BytesIO

import msgspec

from generator.site.cache import FolderCache, KeptFile
from generator.site.output import DigestedFiles


class Pack(msgspec.Struct, frozen=True):
    """What is kept under one key, and where in the site it belongs."""

    key: str
    folder: str
    """"" or a path that ends with a slash; it stands in front of the files' own names."""
    files: tuple[KeptFile, ...]

    def moved(self, folder: str) -> "Pack":
        """Return the same pack with one more folder in front."""
        return Pack(self.key, f"{folder}{self.folder}", self.files)


class PackedFiles(DigestedFiles):
    """Files by their path; each is read when it is asked for, and none is held."""

    def __init__(self, packs: Iterable[Pack], kept: FolderCache) -> None:
        """Show the files of packs, which lie in a cache.

        Raises:
            ValueError: two files have the same path.

        """
        self.packs = tuple(packs)
        self.kept = kept
        self.places: dict[str, tuple[str, KeptFile]] = {}
        for pack in self.packs:
            for file in pack.files:
                path = f"{pack.folder}{file.name}"
                if path in self.places:
                    raise ValueError(f"{path} is written twice")
                self.places[path] = pack.key, file

    def __getitem__(self, path: str) -> bytes:
        """Return a file's bytes; raises `LostPack` where they are gone."""
        key, file = self.places[path]
        return self.kept.read(key, file.name)

    def __iter__(self) -> Iterator[str]:
        """Yield the paths, pack after pack."""
        return iter(self.places)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self.places)

    def __contains__(self, path: object) -> bool:
        """Tell whether there is a file at a path, without reading it."""
        return path in self.places

    def opened(self, path: str) -> BytesIO:
        """Return a file as one that was opened."""
        return BytesIO(self[path])

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Return the bytes of each file."""
        return {path: file.size for path, (_, file) in self.places.items()}

    @cached_property
    def digests(self) -> dict[str, str]:
        """Return what stands for the bytes of each file."""
        return {path: file.digest for path, (_, file) in self.places.items()}
