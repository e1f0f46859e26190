"""A preview as an author starts it: a program of its own, over a course that a test changes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.cli import PROJECT

PROGRAM = "import sys; from pathlib import Path; from generator.cli import main; "
RUN = "sys.exit(main(sys.argv[2:], Path(sys.argv[1])))"
SECONDS = 30
"""So long a program may take to end."""


@dataclass
class Preview:
    """A preview that runs, and what it has said."""

    process: subprocess.Popen[str]
    chapter: Path
    """The only chapter of its course."""
    said: list[str]

    def until(self, beginning: str) -> str:
        """Return the next line that begins so."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith(beginning):
                return line
        raise AssertionError("".join(self.said))

    @property
    def address(self) -> str:
        """Return where its pages are."""
        return next(word for line in self.said for word in line.split() if word.startswith("http"))

    @property
    def port(self) -> int:
        """Return the port of its pages."""
        return int(self.address.rstrip("/").rpartition(":")[2])

    def ended(self, number: int) -> tuple[int, str]:
        """Send a signal; return the exit code, and all that was said."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, "".join([*self.said, rest])


@contextmanager
def serving(folder: Path, text: str, project: Path = PROJECT) -> Iterator[Preview]:
    """Serve a course of one chapter, written into a folder, for the length of a block."""
    chapter = folder / "content" / "chapters" / "01-edges.md"
    chapter.parent.mkdir(parents=True)
    chapter.write_text(text, "utf-8")
    course = 'title = "Seeing"\n[[parts]]\ntitle = "Asking"\nchapters = ["01-edges"]\n'
    (folder / "content" / "course.toml").write_text(course, "utf-8")
    arguments = [folder / "cache", "serve", "--content", folder / "content", "--port", "0"]
    process = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", f"{PROGRAM}{RUN}", *map(str, arguments)],
        cwd=project,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    preview = Preview(process, chapter, [])
    try:
        preview.until("Preview at ")
        yield preview
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=SECONDS)
        if process.stdout:
            process.stdout.close()
