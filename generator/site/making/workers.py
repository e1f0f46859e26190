"""Who does the work: this process, and others that share it once that pays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.site.making.order import Order

if TYPE_CHECKING:
    from generator.site.making.processes import Processes

Task = Callable[[Order], object]
"""Something to be made; it travels to a process, and what it returns travels back."""
Key = TypeVar("Key")


class Workers:
    """Does tasks, in several processes once that has been asked for, and else in this one."""

    def __init__(self, order: Order, jobs: int) -> None:
        """Begin with this process alone; there will be at most so many."""
        self.order = order
        self.jobs = jobs
        self.others: Processes | None = None

    @property
    def may_be_several(self) -> bool:
        """Tell whether tasks can be done by several processes, if that pays."""
        return self.jobs > 1

    @property
    def are_several(self) -> bool:
        """Tell whether tasks are done by several processes."""
        return self.others is not None

    def start(self) -> None:
        """Start processes, if there may be several."""
        if self.others is None and self.jobs > 1:
            # Late, for a build in which little changed starts none.
            from generator.site.making.processes import Processes  # noqa: PLC0415

            self.others = Processes(self.order, self.jobs)

    def begin(self, task: Task) -> Future[object]:
        """Begin a task, and return where its result will be; with one process it is done at once."""
        if self.others:
            try:
                return self.others.begin(task)
            except BrokenExecutor:
                self._go_on_alone()
        done: Future[object] = Future()
        done.set_result(task(self.order))
        return done

    def result(self, task: Task, begun: Future[object]) -> object:
        """Return the result of a task that is done; one whose process was killed is done once more, here."""
        try:
            return begun.result()
        except BrokenExecutor:
            self._go_on_alone()
            return task(self.order)

    def _go_on_alone(self) -> None:
        self.end()
        self.jobs = 1

    def end(self) -> None:
        """Let the processes end, which have nothing more to do."""
        if self.others:
            self.others.end()
            self.others = None

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        if self.others:
            self.others.stop()
            self.others = None


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
