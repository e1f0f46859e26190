"""How far a build has come: a line that changes on a terminal, and now and then a new line elsewhere.

Nothing is shown of what takes less than a moment. What is shown live is drawn again at each step alone: a
thread of its own would be copied, with what it holds, into the processes that draw.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

A_MOMENT = 1.0
"""Seconds for which a build is waited for without a word."""
BETWEEN_LINES = 5.0
"""Seconds, where each line stays, as in the log of a machine."""
BETWEEN_PICTURES = 0.1
"""Seconds, where a line is drawn anew: more often could not be read."""


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
    """Keeps a line at the bottom of a terminal that says what is left to do, and takes it away in the end."""

    _patience = A_MOMENT
    _between = BETWEEN_PICTURES

    def __init__(self, stream: TextIO, clock: Callable[[], float], environment: Mapping[str, str]) -> None:
        super().__init__(stream, clock)
        self._environment = environment
        self._bar: Bar | None = None

    def end(self) -> None:
        """Take the line away; what is said next stands in its place."""
        super().end()
        if self._bar:
            bar, self._bar = self._bar, None
            bar.stop()

    def tell(self, message: object) -> None:
        """Say something that stays, above the line."""
        if self._bar:
            self._bar.console.print(str(message), markup=False, highlight=False, soft_wrap=True)
        else:
            super().tell(message)

    def _show(self, name: str) -> None:
        if self._bar is None:
            self._bar = _bar(self._stream, self._environment)
            self._bar.add_task("", total=1, left=0, name="")
            self._update(self._bar, name)
            self._bar.start()
            # A program that is stopped or killed cannot give the cursor back: it is not taken away.
            self._bar.console.show_cursor(True)
        else:
            self._update(self._bar, name)
            self._bar.refresh()

    def _update(self, bar: "Bar", name: str) -> None:
        (task,) = bar.task_ids
        bar.update(
            task, description=self._what, total=self._count, completed=self._done, left=self._left, name=name
        )


def _bar(stream: TextIO, environment: Mapping[str, str]) -> "Bar":
    """Return the line, not shown yet; where it is too long, the name is cut off."""
    # Late, since most builds are over before there is anything to show.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    texts = ("{task.description}", "{task.completed:.0f} of {task.total:.0f}, {task.fields[left]} left")
    words, counts = (TextColumn(text, style="", markup=False) for text in texts)
    name = TextColumn(
        "{task.fields[name]}",
        style="dim",
        markup=False,
        table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
    )
    return Progress(
        words,
        BarColumn(bar_width=24, complete_style="cyan"),
        counts,
        name,
        console=Console(file=stream, force_terminal=True, _environ=environment),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        expand=True,
    )


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
