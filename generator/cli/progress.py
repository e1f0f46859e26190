"""How far a build has come: a line that changes on a terminal, and now and then a new line elsewhere.

Nothing is shown of what takes less than a moment. A line is drawn anew at a step alone: a thread that did so
would be copied, with what it holds, into the processes that draw.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

A_MOMENT = 1.0
"""Seconds for which a build is waited for without a word."""
BETWEEN_LINES = 5.0
"""Seconds, where each line stays, as in the log of a machine."""
BETWEEN_LINES_DRAWN = 0.1
"""Seconds, where one line is drawn over the other: more often could not be read."""
CLEAR = "\r\x1b[2K"
"""Makes a terminal clear the line of the cursor, and begin it anew."""


class PlainProgress:
    """Says now and then in a line of its own what is left to do."""

    _patience = BETWEEN_LINES
    """Seconds before anything is said."""
    _between = BETWEEN_LINES

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._due = clock() + self._patience
        self._what, self._count, self._done = "", 0, 0

    def begin(self, what: str, count: int) -> None:
        """Show from now on how much of this work is done."""
        self._what, self._count, self._done = what, count, 0
        self._show_if_due("")

    def step(self, name: str) -> None:
        """Show that one thing is finished, if it is time to show anything."""
        self._done += 1
        self._show_if_due(name)

    def end(self) -> None:
        """Show no more of this work."""
        self._count = self._done = 0

    def tell(self, message: object) -> None:
        """Say something that stays, in a line of its own."""
        print(message, file=self._stream)

    @property
    def _left(self) -> int:
        return max(0, self._count - self._done)

    def _show_if_due(self, name: str) -> None:
        now = self._clock()
        if self._left and now >= self._due:
            self._due = now + self._between
            self._show(name)

    def _show(self, _: str) -> None:
        print(
            f"{self._what}: {self._done} of {self._count}, {self._left} left", file=self._stream, flush=True
        )


class LiveProgress(PlainProgress):
    """Keeps a line at the bottom of a terminal that says what is left to do, and takes it away in the end.

    The cursor stays where it is seen. The line begins each time with what clears it, so that one that was
    interrupted at any sign is cleared by the next, or by the end.
    """

    _patience = A_MOMENT
    _between = BETWEEN_LINES_DRAWN

    def __init__(self, stream: TextIO, clock: Callable[[], float], environment: Mapping[str, str]) -> None:
        super().__init__(stream, clock)
        self._environment = environment
        self._console: Console | None = None
        self._is_shown = False

    def end(self) -> None:
        """Take the line away; what is said next stands in its place."""
        super().end()
        self._clear()

    def tell(self, message: object) -> None:
        """Say something that stays, in the line's place; the next step shows that again."""
        self._clear()
        super().tell(message)

    def _show(self, name: str) -> None:
        # Late, since most builds are over before there is anything to show.
        from rich.console import Console  # noqa: PLC0415

        if self._console is None:
            self._console = Console(file=self._stream, force_terminal=True, _environ=self._environment)
        if self._console.legacy_windows:  # where what clears a line would be printed
            self._due = self._clock() + BETWEEN_LINES
            super()._show(name)
            return
        line = _line(self._console, (self._what, self._done, self._count), name)
        self._is_shown = True
        self._write(f"{CLEAR}{line}")

    def _clear(self) -> None:
        if self._is_shown:
            self._write(CLEAR)
            self._is_shown = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def _line(console: "Console", work: tuple[str, int, int], name: str) -> str:
    """Return the line with a bar in it; where it is too long for the terminal, the name is cut off."""
    from rich.progress_bar import ProgressBar  # noqa: PLC0415 - late, as above
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    what, done, count = work
    row = Table.grid(padding=(0, 1), expand=True)
    for _ in range(3):
        row.add_column(no_wrap=True)
    row.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    row.add_row(
        Text(what),
        ProgressBar(total=count, completed=done, width=24, complete_style="cyan"),
        Text(f"{done} of {count}, {count - done} left"),
        Text(name, style="dim"),
    )
    with console.capture() as drawn:
        # A sign in the last column would make some terminals begin another line.
        console.print(row, width=console.width - 1, soft_wrap=False)
    return drawn.get().partition("\n")[0]


@contextmanager
def shown_progress(
    stream: TextIO, environment: Mapping[str, str], clock: Callable[[], float]
) -> Iterator[PlainProgress]:
    """Yield what shows on a stream how far a build has come; however the block ends, no half line is left.

    Args:
        stream: where it is shown.
        environment: the variables of the system, such as `CI`, `TERM` and `NO_COLOR`.
        clock: tells seconds.

    """
    is_live = (
        stream.isatty() and not environment.get("CI") and environment.get("TERM") not in {"dumb", "unknown"}
    )
    if is_live:
        progress: PlainProgress = LiveProgress(stream, clock, environment)
    else:
        progress = PlainProgress(stream, clock)
    try:
        yield progress
    finally:
        progress.end()
