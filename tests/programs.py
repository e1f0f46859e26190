"""Programs that tests need: found on the machine, or else installed once, where we may.

Whatever fails is told in `NotHereError`, so that a machine without a program explains itself.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import IO

LINT = Path(__file__).parent.parent / ".lint"
"""Where what comes from npm is locked, and installed."""
WAITING = ("-o", "DPkg::Lock::Timeout=120")
"""Words that let apt-get wait for another that is at work."""


class NotHereError(Exception):
    """A program is not to be had in one way; the message says why."""


# --- Having --------------------------------------------------------------------------------------------


def had_program(name: str, package: str) -> Path:
    """Return the path of a program, which comes from Debian's package where the machine has none.

    Raises:
        NotHereError: there is none, and it cannot be installed; the message is everything that was tried.

    """
    try:
        return Path(program(name))
    except NotHereError as absent:
        try:
            return Path(fetched_by_apt(name, package))
        except NotHereError as reason:
            raise NotHereError(f"{absent}; {reason}") from reason


def fetched_by_apt(name: str, package: str) -> str:
    """Install a package of the distribution, where we may, and return the path of its program."""
    apt = program("apt-get")
    if os.geteuid() != 0:
        raise NotHereError("apt-get is for root only")
    if failure := failure_of_update(apt):
        raise NotHereError(failure)
    attempt([apt, "install", "-y", "--no-install-recommends", package, *WAITING], seconds=600)
    return program(name)


@cache
def failure_of_update(apt: str) -> str | None:
    """Let apt-get read its lists, once a run, and return why that failed, if it did."""
    try:
        attempt([apt, "update", *WAITING], seconds=180)
    except NotHereError as reason:
        return str(reason)
    return None


def had_axe() -> Path:
    """Return the script that looks for barriers on a page, which comes from npm as it is locked.

    Raises:
        NotHereError: it is not there, and cannot be installed.

    """
    program("npm")
    attempt([program("bash"), str(LINT / "install")], seconds=600)
    return LINT / "node_modules" / "axe-core" / "axe.min.js"


# --- Running -------------------------------------------------------------------------------------------


def program(name: str) -> str:
    """Return the path of a program."""
    path = shutil.which(name)
    if path is None:
        raise NotHereError(f"there is no {name}")
    return path


def attempt(command: list[str], seconds: float) -> None:
    """Run a command quietly to its end, which must be good and in time."""
    words = " ".join([Path(command[0]).name, *command[1:4]])
    # A file, not a pipe: a pipe stays open as long as any grandchild lives, and reading it would hang.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        try:
            code = code_of(command, seconds, said)
        except subprocess.TimeoutExpired as late:
            raise NotHereError(f"`{words}` had not ended after {seconds} seconds") from late
        said.seek(0)
        if code:
            raise NotHereError(f"`{words}` failed: {telling_line(said.read())}")


def code_of(command: list[str], seconds: float, said: IO[str]) -> int:
    """Return the exit code of a command; on any interruption end it with all its children."""
    process = subprocess.Popen(  # noqa: S603 (programs of the machine, with words of our own)
        command,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.STDOUT,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except BaseException:
        end(process)
        raise


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, and where the system knows groups of processes, its children."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def telling_line(output: str) -> str:
    r"""Return the line of a program's output that says most: the first with an error in it, else the last.

    >>> telling_line("Reading lists... Done\nE: Unable to locate: Error 7\nSee also: man apt")
    'E: Unable to locate: Error 7'
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no word"]
    return next((line for line in lines if "error" in line.lower()), lines[-1])
