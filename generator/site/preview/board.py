"""What open pages are told: which version of the site there is, and what is wrong with the author's files."""

import json
from dataclasses import asdict, dataclass
from threading import Condition


@dataclass(frozen=True)
class State:
    """What there is to tell at one moment."""

    version: str = ""
    """Stands for all files of the site; empty until there is a whole one."""
    panel: str = ""
    """Problems and warnings as HTML; empty where there are none."""

    @property
    def event(self) -> bytes:
        """Return it as an event of a stream."""
        return f"data: {json.dumps(asdict(self))}\n\n".encode()


class Board:
    """The newest state, for any number of threads that wait for it."""

    def __init__(self, state: State = State()) -> None:
        """Begin with this state."""
        self._state = state
        self._closed = False
        self._changed = Condition()

    @property
    def state(self) -> State:
        """Return the newest state."""
        with self._changed:
            return self._state

    def put(self, state: State) -> None:
        """Tell everybody who waits of a new state."""
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def other_than(self, seen: State | None, seconds: float) -> State | None:
        """Return the newest state as soon as it is not the one that was seen, or that one after so long.

        Once the board is closed there is none.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state != seen, seconds)
            return None if self._closed else self._state
