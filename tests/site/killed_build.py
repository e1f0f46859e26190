"""A build that is ended at a chosen moment, as a program: `python killed_build.py CACHE [ARGUMENTS]`.

The moment stands in the environment, where the processes that the build starts find it too, as JSON of
`Moment`. It is found by the events that Python tells of itself ("audit events"), so that nothing in the
build is another than usual; but for `two_steps`, with which one folder is not exchanged for another in one.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from multiprocessing import parent_process, set_start_method
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SETTING = "TO_BE_KILLED"
BEGIN = "tempfile.mkdtemp"
"""With this event the phase begins in which the site is written."""
AT_WORK = "tempfile.mkstemp"
"""With this event of one of its processes a build is drawing."""
CHANGES = {
    BEGIN,
    "convolution_lesson.exchange",
    "fcntl.flock",
    "open",
    "os.chmod",
    "os.listdir",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.scandir",
    AT_WORK,
}


@dataclass(frozen=True)
class Moment:
    """When a build is ended, and how."""

    event: int = -1
    """The number of the event, from 0, in the phase in which the site is written; no such event, no end."""
    in_worker: bool = False
    """Be ended by a process that draws, at its first file."""
    kills_worker: bool = False
    """In place of the build, end the process that draws."""
    number: int = signal.SIGTERM
    """The signal."""
    group: bool = False
    """Send the signal to all processes of the build, as a terminal does."""
    two_steps: bool = False
    start_method: str = ""
    """How processes are started; as usual if it is empty."""
    log: str = ""
    """A file that gets the name of each event in the phase."""

    @property
    def environment(self) -> Mapping[str, str]:
        """Return what a build is started with that ends at this moment."""
        return {**os.environ, SETTING: json.dumps(asdict(self))}

    def come(self) -> None:
        """End the build."""
        parent = parent_process()
        if self.group:
            os.killpg(os.getpgid(0), self.number)
        else:
            other = parent.pid if parent and not self.kills_worker else None
            os.kill(other or os.getpid(), self.number)


def begun(content: Path, cache: Path, moment: Moment, *arguments: str) -> "subprocess.Popen[str]":
    """Return a build in a group of its own."""
    command = [sys.executable, "-X", "handed-over", __file__, str(cache)]
    return subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--content", str(content), "--jobs", "2", *arguments],
        env=moment.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def last_words(build: "subprocess.Popen[str]") -> tuple[int, str]:
    """Return how a build ended and what it said, once every process that may say something is gone."""
    try:
        said, _ = build.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        raise AssertionError("a process stays, and whoever reads the output waits for ever") from None
    return build.returncode, said


class Watch:
    """Waits for the moment."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self.passed = -1
        self.log = os.open(moment.log, os.O_WRONLY | os.O_CREAT, 0o644) if moment.log else None

    def __call__(self, event: str, _: tuple[object, ...]) -> None:
        if parent_process():
            if event == AT_WORK and self.moment.in_worker:
                self.moment.come()
        elif event in CHANGES and (self.passed >= 0 or event == BEGIN):
            self.passed += 1
            if self.log is not None:
                os.write(self.log, f"{event}\n".encode())
            if self.passed == self.moment.event:
                self.moment.come()


def not_exchanged(one: Path, other: Path) -> bool:
    """Stand for a system that cannot exchange two folders in one step."""
    sys.audit("convolution_lesson.exchange", one, other)
    return False


def main(moment: Moment, cache: str, arguments: list[str]) -> None:
    """Build, and end as `build.py` ends."""
    from generator import cli  # noqa: PLC0415 - it is found only now

    if moment.two_steps:
        from generator.site.output import exchange  # noqa: PLC0415

        exchange.exchanged = not_exchanged
    if moment.start_method:
        set_start_method(moment.start_method)
    try:
        sys.exit(cli.main(arguments, Path(cache)))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ in {"__main__", "__mp_main__"}:
    sys.path.insert(0, str(PROJECT))
    settled = Moment(**json.loads(os.environ[SETTING]))
    sys.addaudithook(Watch(settled))
    if __name__ == "__main__":
        main(settled, sys.argv[1], sys.argv[2:])
