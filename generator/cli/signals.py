"""Signals that ask a program to end let a command undo what it has begun, as an interrupt does."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import NoReturn

BY_SIGNAL = 128
"""Added to the number of a signal that ended a program, it is the exit code that shells know."""


class Ended(BaseException):
    """A signal asked for the end; what was begun is undone on the way out, as with an interrupt."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = BY_SIGNAL + number


@contextmanager
def ending_on_signals() -> Iterator[None]:
    """Let what asks a program to end do so within the block as an interrupt does, which has its own way.

    Raises:
        Ended: such a signal came.

    """
    if current_thread() is not main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    # Whoever starts a program so that it outlives a terminal has set the signal aside.
    taken = {number: handler for number, handler in before.items() if handler == signal.SIG_DFL}
    try:
        for number in taken:
            signal.signal(number, _end)
        yield
    finally:
        for number, handler in taken.items():
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> NoReturn:
    raise Ended(number)
