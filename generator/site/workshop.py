"""Many hands: what is missing in the cache is made by several processes at once, before it is asked for.

They work for the process that started them, and end with it, whatever ended it: a hand that stayed would
keep the output open, and whoever reads it would wait for ever.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, parent_process
from multiprocessing.connection import wait
from threading import Thread

from generator.site.cache import FolderCache
from generator.site.output.held_signals import ENDING, signals_held
from generator.site.scene_files import Part

WORTHWHILE = 8
"""So many missing parts take longer to make than further processes to start."""
MOST_HANDS = 61
"""Windows lets one process wait for no more."""


@dataclass(frozen=True)
class _Errand:
    """A part to be made and kept."""

    kept: FolderCache
    key: str
    part: Part

    def run(self) -> None:
        self.kept.files(self.key, self.part.make)


_errands: list[_Errand] = []
"""What a hand may be asked to do; told once, so that only numbers need to travel afterwards."""


def make_ahead(parts: Iterable[tuple[str, Part]], kept: FolderCache, jobs: int) -> None:
    """Make and keep the parts that are missing, by so many processes; with one job nothing is made ahead.

    A part that cannot be kept, or whose process was killed, is made once more when it is asked for.
    """
    if jobs < 2:
        return
    missing = [_Errand(kept, key, part) for key, part in parts if not kept.has(key)]
    if len(missing) < WORTHWHILE:
        return
    hands = ProcessPoolExecutor(min(jobs, MOST_HANDS), initializer=_begin, initargs=(missing,))
    try:
        with signals_held(), _signals_blocked():
            results = [hands.submit(_run, number) for number in range(len(missing))]
        for result in results:
            result.result()
    except BrokenProcessPool:
        pass
    except BaseException:
        # Nothing is cancelled: that a hand is gone ends what is asked of it, and twice would be a fault.
        for hand in active_children():
            hand.terminate()
        raise
    finally:
        hands.shutdown()


def _run(number: int) -> None:
    _errands[number].run()


def _begin(errands: list[_Errand]) -> None:
    """Make a process ready to work: it leaves interrupts to its parent, and ends with it."""
    _errands.extend(errands)
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
