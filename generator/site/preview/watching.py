"""What is changed in folders, heard of as soon as it is saved."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

STEP = 15
"""Milliseconds of quiet after which what was saved belongs together."""
LONGEST = 100
"""Milliseconds after which it is told although more is being saved."""
TICK = 200
"""Milliseconds after which it is looked whether a folder is still the one that is watched."""
WAKING = 0.5
"""Seconds after which one who waits looks up: some systems let no signal through before."""

Changes = frozenset[Path]


class Watched:
    """Folders of which every change is told once."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Watch these folders, of which some may not exist, once it is begun."""
        self._folders = folders
        self._told: Queue[Changes | OSError] = Queue()
        self._stop = Event()
        self._begun = Event()
        self._thread = Thread(target=self._guarded, args=(self._watch,), name="watching")

    def begin(self) -> None:
        """Begin; whatever is saved after this is told."""
        self._thread.start()
        self._begun.wait()

    def end(self) -> None:
        """Watch no more."""
        self._stop.set()
        self._thread.join()

    def wait(self) -> Changes:
        """Return what was changed since the last time, as soon as there is something.

        Raises:
            OSError: nothing can be watched, or no more.

        """
        changed = self._next()
        while not self._told.empty():
            changed |= self._next()
        return changed

    def _next(self) -> Changes:
        while True:
            try:
                told = self._told.get(timeout=WAKING)
            except Empty:
                continue
            if isinstance(told, OSError):
                raise told
            return told

    def _guarded(self, watch: Callable[[], None]) -> None:
        try:
            watch()
        except OSError as error:
            self._told.put(error)
        finally:
            self._begun.set()

    def _watch(self) -> None:
        missed: Changes = frozenset()
        while not self._stop.is_set():
            # The system watches the folder that was there: one that takes its place is another, and what
            # happens in it before it is watched, too, is told after that.
            with suppress(FileNotFoundError):  # gone since it was looked for
                missed = self._watch_those_there(missed)

    def _watch_those_there(self, missed: Changes) -> Changes:
        """Tell what was missed and what is changed until a folder is another; return what is left to tell."""
        from watchfiles import watch  # noqa: PLC0415 - nothing but a preview needs it

        same = self._identities()
        for batch in watch(
            *(folder for folder in self._folders if folder.is_dir()),
            debounce=LONGEST,
            step=STEP,
            stop_event=self._stop,
            rust_timeout=TICK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            self._begun.set()
            changed = missed | {Path(path) for _, path in batch}
            if self._identities() != same:
                return changed | frozenset(self._folders)
            if changed:
                self._told.put(changed)
            missed = frozenset()
        return missed

    def _identities(self) -> list[tuple[int, int] | None]:
        return [_identity(folder) for folder in self._folders]


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from any that may take its place, or nothing where there is none."""
    try:
        seen = folder.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


@contextmanager
def watched(folders: Sequence[Path]) -> Iterator[Watched]:
    """Watch folders for the length of a block."""
    watching = Watched(folders)
    watching.begin()
    try:
        yield watching
    finally:
        watching.end()
