"""What takes the files of a site while it is made: nothing is on disk yet."""

from pathlib import PurePosixPath
from typing import Protocol


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
