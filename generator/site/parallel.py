"""Parallel drawing: what is missing in the cache is made by several processes before it is asked for.

The workers end with the process that started them, whatever ended it: a worker that stayed would keep the
output open, and whoever reads it would wait for ever.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, parent_process
from multiprocessing.connection import wait
from threading import Thread

from generator.site.artifacts import Artifact
from generator.site.cache import FolderCache
from generator.site.output.held_signals import ENDING, signals_held

WORTHWHILE = 8
"""So many missing artifacts take longer to make than further processes to start."""
MOST_WORKERS = 61
"""Windows lets one process wait for no more."""


@dataclass(frozen=True)
class _Work:
    """What is to be made, and where it is kept.

    It is made one artifact at a time: a whole reel at a time saves a little of what its artifacts have in
    common, but at the end of a build one worker is busy while the others wait.
    """

    artifacts: Sequence[Artifact]
    kept: FolderCache

    def make(self, number: int) -> None:
        artifact = self.artifacts[number]
        self.kept.files(artifact.key, artifact.make)


_sent: list[_Work] = []
"""What a worker may be asked to do; sent to it once, so that afterwards only numbers need to travel."""


def make_in_parallel(artifacts: Iterable[Artifact], kept: FolderCache, jobs: int) -> None:
    """Make and keep the artifacts that are missing, by so many processes; with one none is made ahead.

    An artifact that cannot be kept, or whose worker was killed, is made once more when it is asked for.
    """
    if jobs < 2:
        return
    missing = [artifact for artifact in artifacts if not kept.has(artifact.key)]
    if len(missing) < WORTHWHILE:
        return
    work = _Work(missing, kept)
    workers = ProcessPoolExecutor(min(jobs, MOST_WORKERS), initializer=_begin, initargs=(work,))
    try:
        with signals_held(), _signals_blocked():
            results = [workers.submit(_make, number) for number in range(len(missing))]
        for result in results:
            result.result()
    except BrokenProcessPool:
        pass
    except BaseException:
        # Nothing is cancelled: that a worker is gone ends what is asked of it, and twice would be a fault.
        for worker in active_children():
            worker.terminate()
        raise
    finally:
        workers.shutdown()


def _make(number: int) -> None:
    _sent[0].make(number)


def _begin(work: _Work) -> None:
    """Make a worker ready: it leaves interrupts to its parent, and ends with it."""
    _sent.append(work)
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
