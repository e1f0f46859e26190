"""Processes that share the work: they start when it pays, and end with the process that started them.

A worker that stayed would keep the output open, and whoever reads it would wait for ever.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, parent_process
from multiprocessing.connection import wait
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from generator.site.making.order import Order
from generator.site.output.held_signals import ENDING, signals_held

MOST_WORKERS = 61
"""Windows lets one process wait for no more."""

Task = Callable[[Order], object]
"""Something to be made; it travels to a process, and what it returns travels back."""
Key = TypeVar("Key")

_orders: list[Order] = []
"""With what a worker makes everything; sent to it once, so that afterwards only tasks need to travel."""


class Workers:
    """Does tasks, in several processes once that has been asked for, and else in this one."""

    def __init__(self, order: Order, jobs: int) -> None:
        """Begin with this process alone; there will be at most so many."""
        self.order = order
        self.jobs = min(jobs, MOST_WORKERS)
        self.pool: ProcessPoolExecutor | None = None

    @property
    def are_several(self) -> bool:
        """Tell whether tasks are done by several processes."""
        return self.pool is not None

    def start(self) -> None:
        """Start processes, if there may be several."""
        if self.pool is None and self.jobs > 1:
            self.pool = ProcessPoolExecutor(self.jobs, initializer=_begin, initargs=(self.order,))

    def begin(self, task: Task) -> "Future[object]":
        """Begin a task, and return where its result will be; with one process it is done at once."""
        if self.pool:
            try:
                with signals_held(), _signals_blocked():
                    return self.pool.submit(_do, task)
            except BrokenProcessPool:
                self._go_on_alone()
        done: Future[object] = Future()
        done.set_result(task(self.order))
        return done

    def result(self, task: Task, begun: "Future[object]") -> object:
        """Return the result of a task that is done; one whose process was killed is done once more, here."""
        try:
            return begun.result()
        except BrokenProcessPool:
            self._go_on_alone()
            return task(self.order)

    def _go_on_alone(self) -> None:
        if self.pool:
            self.pool.shutdown()
        self.pool, self.jobs = None, 1

    def end(self) -> None:
        """Let the processes end, which have nothing more to do."""
        if self.pool:
            self.pool.shutdown()
            self.pool = None

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        # Nothing is cancelled: that a worker is gone ends what is asked of it, and twice would be a fault.
        for worker in active_children():
            worker.terminate()
        self.end()


class Tasks(Generic[Key]):
    """Tasks that are under way, each under a key of its own."""

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self.begun: dict[Future[object], tuple[Key, Task]] = {}
        self.done: SimpleQueue[Future[object]] = SimpleQueue()

    def begin(self, key: Key, task: Task) -> None:
        """Begin one more."""
        begun = self.workers.begin(task)
        self.begun[begun] = key, task
        begun.add_done_callback(self.done.put)

    def results(self) -> Iterator[tuple[Key, object]]:
        """Yield results as they come, until nothing is under way; meanwhile more may be begun."""
        while self.begun:
            future = self.done.get()
            key, task = self.begun.pop(future)
            yield key, self.workers.result(task, future)


@contextmanager
def working(order: Order, jobs: int) -> Iterator[Workers]:
    """Yield what does tasks; its processes end with the block, whatever ended it."""
    workers = Workers(order, jobs)
    try:
        yield workers
    except BaseException:
        workers.stop()
        raise
    else:
        workers.end()


def _do(task: Task) -> object:
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
        wait([parent.sentinel])
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
