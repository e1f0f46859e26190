"""How far a build has come, told to whoever shows it."""

from typing import Protocol


class Progress(Protocol):
    """Is told, one kind of work after the other, how much there is and what is finished."""

    def begin(self, what: str, count: int) -> None:
        """Note that work begins: what is done, such as "chapters", and of how many things."""

    def step(self, name: str) -> None:
        """Note that one of them is finished, by its name."""

    def end(self) -> None:
        """Note that the work is done, though not every thing may have needed a step."""


class NoProgress:
    """Shows nothing."""

    def begin(self, what: str, count: int) -> None:
        """Do nothing."""

    def step(self, name: str) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Do nothing."""


SILENT: Progress = NoProgress()
