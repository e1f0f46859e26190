"""What a build tells of its progress, to whoever wants to show it."""

from typing import Protocol


class Progress(Protocol):
    """Is told what is being made."""

    def begin(self, what: str, count: int) -> None:
        """So many things of a kind are to be made."""

    def step(self, name: str) -> None:
        """One of them is finished."""

    def end(self) -> None:
        """All of them are, or no more will be."""


class NoProgress:
    """Tells nobody."""

    def begin(self, what: str, count: int) -> None:
        """Say nothing."""

    def step(self, name: str) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


NO_PROGRESS = NoProgress()
