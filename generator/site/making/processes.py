"""Processes that share the work, and end with the process that started them.

A worker that stayed would keep the output open, and whoever reads it would wait for ever.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait as wait_for_end
from threading import Thread, active_count
from typing import TypeVar

from generator.site.making.order import Order
from generator.site.output.held_signals import ENDING, signals_held

Result = TypeVar("Result")

MOST_WORKERS = 61
"""Windows lets one process wait for no more."""

_orders: list[Order] = []
"""With what a worker makes everything; sent to it once, so that afterwards only tasks need to travel."""


class Processes:
    """Several processes that do tasks with the same order."""

    def __init__(self, order: Order, jobs: int, *, draws: bool) -> None:
        """Start so many, or as many as there may be."""
        if draws:
            # A process that begins as a copy of this one has with it what draws, and need not load it again.
            import generator.site.making.figures  # noqa: F401, PLC0415
        # A process with threads, such as a preview, must not be copied while they hold something.
        way = get_context("spawn") if active_count() > 1 else None
        self.pool = ProcessPoolExecutor(min(jobs, MOST_WORKERS), way, initializer=_begin, initargs=(order,))

    def begin(self, task: Callable[[Order], Result]) -> Future[Result]:
        """Begin a task, and return where its result will be; raises `BrokenExecutor` where one was killed."""
        with signals_held(), _signals_blocked():
            return self.pool.submit(_do, task)

    def end(self) -> None:
        """Let them end, which have nothing more to do."""
        self.pool.shutdown()

    def stop(self) -> None:
        """End them, whatever they are doing."""
        # Nothing is cancelled: that a worker is gone ends what is asked of it, and twice would be a fault.
        for worker in active_children():
            worker.terminate()
        self.end()


def _do(task: Callable[[Order], Result]) -> Result:
    return task(_orders[0])


def _begin(order: Order) -> None:
    """Make a worker ready: it leaves interrupts to its parent, and ends with it."""
    _orders.append(order)
    for number in ENDING:
        if number == signal.SIGINT:
            signal.signal(number, signal.SIG_IGN)
        elif signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        wait_for_end([parent.sentinel])
        os._exit(1)


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Let processes that start within the block get no signal before they have said what they do with it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
