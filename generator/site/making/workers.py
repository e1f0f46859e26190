"""Who does the work: this process, and others that share it once that pays."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.site.making.order import Order

if TYPE_CHECKING:
    from generator.site.making.processes import Processes

Task = Callable[[Order], object]
"""Something to be made; it travels to a process, and what it returns travels back."""
Together = Callable[[Order], list[object]]
"""Several tasks that are done one after the other."""
TOGETHER = 10
"""So many small ones."""
Key = TypeVar("Key")
Result = TypeVar("Result")


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

    def start(self, *, draws: bool = True) -> None:
        """Start processes, if there may be several; with what draws in them, where something `draws`."""
        if self.others is None and self.jobs > 1:
            # Late, for a build in which little changed starts none.
            from generator.site.making.processes import Processes  # noqa: PLC0415

            self.others = Processes(self.order, self.jobs, draws=draws)

    def begin(self, task: Callable[[Order], Result]) -> Future[Result] | None:
        """Begin a task in another process, and return where its result will be; None where there is none."""
        if self.others:
            try:
                return self.others.begin(task)
            except BrokenExecutor:
                self._go_on_alone()
        return None

    def result(self, task: Callable[[Order], Result], begun: Future[Result]) -> Result:
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
        self.begun: dict[Future[list[object]], tuple[tuple[Key, ...], Together]] = {}
        self.done: SimpleQueue[Future[list[object]]] = SimpleQueue()
        self.waiting: deque[tuple[Key, Task]] = deque()
        """Those that this process does itself, when their results are asked for."""

    def begin(self, key: Key, task: Task) -> None:
        """Begin one more."""
        self._begin({key: task})

    def begin_small(self, tasks: Mapping[Key, Task]) -> None:
        """Begin many that take no longer than to travel: a process does some of them in one go."""
        keyed = list(tasks.items())
        for start in range(0, len(keyed), TOGETHER):
            self._begin(dict(keyed[start : start + TOGETHER]))

    def _begin(self, tasks: Mapping[Key, Task]) -> None:
        together = partial(_each, tasks=tuple(tasks.values()))
        begun = self.workers.begin(together)
        if begun is None:
            self.waiting.extend(tasks.items())
        else:
            self.begun[begun] = tuple(tasks), together
            begun.add_done_callback(self.done.put)

    def results(self) -> Iterator[tuple[Key, object]]:
        """Yield results as they come, until nothing is under way; meanwhile more may be begun."""
        while self.begun or self.waiting:
            if self.waiting:
                key, task = self.waiting.popleft()
                yield key, task(self.workers.order)
            else:
                future = self.done.get()
                keys, together = self.begun.pop(future)
                made: list[object] = self.workers.result(together, future)
                yield from zip(keys, made, strict=True)


def _each(order: Order, tasks: tuple[Task, ...]) -> list[object]:
    return [task(order) for task in tasks]


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
