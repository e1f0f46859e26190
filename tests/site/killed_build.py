"""A build that is ended at a chosen moment, as a program: `python killed_build.py CACHE [ARGUMENTS]`.

`python killed_build.py --waiting SOCKET CONTENT` becomes many: it imports what a build imports, and from
then on forks into a build whenever it is asked to.

The moment stands in the environment, where the processes that the build starts find it too, as JSON of
`Moment`. It is found by the events that Python tells of itself ("audit events"), so that nothing in the
build is another than usual; but for `two_steps`, with which one folder is not exchanged for another in one.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from multiprocessing import parent_process, set_start_method
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
SETTING = "TO_BE_KILLED"
BEGIN = "tempfile.mkdtemp"
"""With this event the phase begins in which the site is written."""
AT_WORK = "tempfile.mkstemp"
"""With this event of one of its processes a build is drawing."""
SECONDS = 60
"""So long a build may be silent."""
LONGEST = 65_536
"""Bytes of a message."""
DIGITS = 20
"""Signs of an answer."""
STAYS = "a process stays, and whoever reads the output waits for ever"
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
        said, _ = build.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        raise AssertionError(STAYS) from None
    return build.returncode, said


class Builds:
    """Builds that need not start Python first: each is forked from a process that waits."""

    def __init__(self, content: Path) -> None:
        """Start the process, which has what is made once made for the pages of that content."""
        self.asking, answering = socket.socketpair()
        command = [sys.executable, "-X", "handed-over", __file__, "--waiting", str(answering.fileno())]
        with answering:
            self.waiting = subprocess.Popen(  # noqa: S603 - our own program
                [*command, str(content)],
                pass_fds=[answering.fileno()],
                # A pipe, as it is for a build: Python treats streams to files otherwise.
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def close(self) -> None:
        """End the process."""
        self.asking.close()
        said, _ = self.waiting.communicate(timeout=SECONDS)
        assert (self.waiting.returncode, said) == (0, "")

    def last_words(self, content: Path, cache: Path, moment: Moment, *arguments: str) -> tuple[int, str]:
        """Return how a build ended, in a group of its own, and what it said.

        It returns once every process that may say something is gone.
        """
        words = [str(cache), "--content", str(content), "--jobs", "2", *arguments]
        asked = json.dumps({"moment": asdict(moment), "arguments": words})
        reading, writing = os.pipe()
        socket.send_fds(self.asking, [asked.encode()], [writing])
        os.close(writing)
        build, said = self._answer(), b""
        try:
            while select([reading], [], [], SECONDS)[0]:
                piece = os.read(reading, LONGEST)
                if not piece:
                    return self._answer(), said.decode()
                said += piece
        finally:
            os.close(reading)
        os.killpg(build, signal.SIGKILL)
        self._answer()
        raise AssertionError(STAYS)

    def _answer(self) -> int:
        return int(self.asking.recv(DIGITS))


def wait_for_builds(asked: socket.socket) -> list[str]:
    """Fork into a build whenever one is asked for; return, in the build alone, the arguments."""
    while True:
        message, outputs, _, _ = socket.recv_fds(asked, LONGEST, 1)
        if not message:
            sys.exit()
        build = os.fork()
        if not build:
            break
        os.close(outputs[0])
        _answer(asked, build)
        _answer(asked, os.waitstatus_to_exitcode(os.waitpid(build, 0)[1]))
    os.setsid()
    asked.close()
    for stream in (sys.stdout, sys.stderr):
        os.dup2(outputs[0], stream.fileno())
    os.close(outputs[0])
    wanted = json.loads(message)
    os.environ[SETTING] = json.dumps(wanted["moment"])
    arguments: list[str] = wanted["arguments"]
    return arguments


def _answer(asked: socket.socket, number: int) -> None:
    asked.send(f"{number:{DIGITS}}".encode())


def make_ready(content: Path) -> None:
    """Import what a build imports, and make what it makes once: pages of a content that nobody keeps."""
    from generator.site import BuildPlan, Wanted, made_site  # noqa: PLC0415 - it is found only now

    theme = PROJECT / "themes" / "lesson"
    with TemporaryDirectory() as folder:
        made_site(
            BuildPlan(content, theme, content / "site", Path(folder), wanted=Wanted(["film", "frames"]))
        )


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
    words = sys.argv[1:]
    if __name__ == "__main__" and words[0] == "--waiting":
        make_ready(Path(words[2]))
        words = wait_for_builds(socket.socket(fileno=int(words[1])))
    settled = Moment(**json.loads(os.environ[SETTING]))
    sys.addaudithook(Watch(settled))
    if __name__ == "__main__":
        main(settled, words[0], words[1:])
