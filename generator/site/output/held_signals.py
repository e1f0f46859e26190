"""Signals that wait for the end of a few steps that belong together."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None  # Windows has no SIGHUP
)
"""Signals by which a person or the system ends a program."""


@contextmanager
def signals_held() -> Iterator[None]:
    """Let what would end the program come only after the block.

    Masking would not do: a signal goes to any thread, and numpy's threads mask none.
    """
    came: list[int] = []
    handlers = {number: signal.getsignal(number) for number in ENDING} if _is_main() else {}
    held = {number: handler for number, handler in handlers.items() if handler not in (None, signal.SIG_IGN)}
    try:
        for number in held:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
        for number in came[:1]:
            signal.raise_signal(number)


def _is_main() -> bool:
    return current_thread() is main_thread()
