"""Runs one command and prints its seconds, its peak memory in bytes and its exit code.

It is a program of its own, run as `python -I -S stopwatch.py LOG COMMAND...`, because a process is charged
with the memory of whoever started it: the kernel counts what it had before it became another program. From
here, that is no more than what Python itself needs to start.

What `wait4` tells is the largest of the peaks of the command and of the descendants that were waited for: of
several processes, it is the greatest one's, not the sum.
"""

import os
import sys
import time


def cost(log: str, command: list[str]) -> tuple[float, int, int]:
    """Return the seconds, the bytes and the exit code of a command that starts with a path."""
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [(os.POSIX_SPAWN_OPEN, 1, log, writing, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    # In kilobytes, but for Apple's.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return seconds, peak, os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    print(*cost(sys.argv[1], sys.argv[2:]))
