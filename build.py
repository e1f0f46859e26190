#!/usr/bin/env python3
"""Build the course on any machine that has Python: `python3 build.py`, `python3 build.py test`.

This file imports the standard library alone. It finds an interpreter that has every package of the lock
file at its locked version and hands over to it, to `generator.cli` or, for `test`, to pytest:

1. `.venv`, where its stamp says that this lock was installed in it;
2. the running interpreter, where it has the packages already: no `.venv` is made then;
3. a `.venv` made now, with the packages installed by hash.

The stamp is the last thing written, so an interrupted `.venv` has none and is made anew. It names the
interpreter beside the lock's hash, because packages installed for one Python are invisible to another.
A run that finds the stamp pays for hashing one small file and for starting the other interpreter.

`from __future__ import annotations` keeps the file readable to Pythons that are too old to run it, so that
they can say so.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt")
"""The build's lock, and the tests', which holds all of the build's as well."""

OLDEST = (3, 11)
MOST_PROCESSES = 8
"""Of those that run tests."""
HANDED_OVER = "handed-over"
"""The `-X` option that tells a run that another one chose its interpreter, so that it never chooses again."""

FEW_CYCLES = 200_000
"""New objects after which lost ones are looked for that hold each other; most that a build makes are held."""

PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\\n]+))?", re.MULTILINE)
COMPARISON = re.compile(r"(?P<name>\w+) (?P<operator>==|!=|<|>=) '(?P<value>[^']*)'")


class SetupError(Exception):
    """No environment could be made; the message says what to do, or what pip said."""


def main(arguments: list[str]) -> int:
    """Find the interpreter that has the packages and hand over to it; return the exit code."""
    complaint = complaint_about(sys.version_info[:3])
    if complaint:
        return told(complaint, 2)
    if is_asking(arguments):
        return build(arguments)
    return 0 if is_done(arguments) else handed_over(arguments)


def handed_over(arguments: list[str]) -> int:
    """Run the tests, or the command line, in the interpreter that has the packages; return the exit code."""
    testing = arguments[:1] == ["test"]
    try:
        python = chosen_python(LOCKS[1:] if testing else LOCKS)
    except SetupError as error:
        return told(str(error), 1)
    if testing:
        # Tests start Python some hundred times: what it compiles is kept, though the user may keep none.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        return run([python, "-m", "pytest", *(arguments[1:] or at_once())], ROOT)
    if python != sys.executable:
        return run([python, "-X", HANDED_OVER, __file__, *arguments])
    return build(arguments)


def is_asking(arguments: list[str]) -> bool:
    """Tell whether the command line is asked for its help or version, which need no package.

    >>> is_asking(["--help"]), is_asking(["new", "chapter", "--help"]), is_asking(["test", "--version"])
    (True, True, False)
    """
    *commands, asked = arguments or [""]
    if any(word.startswith("-") for word in commands):
        return False
    return asked in {"-h", "--help"} or (asked == "--version" and not commands)


def is_done(arguments: list[str]) -> bool:
    """Tell whether a build would change nothing; then it is told once more what it came to."""
    if arguments and arguments[0] != "build" and not arguments[0].startswith("-"):
        return False
    sys.path.insert(0, str(ROOT))
    from generator.receipt import is_repeated  # noqa: PLC0415 (a Python that is too old is told first)

    return is_repeated(str(ROOT / ".cache"), arguments)


def build(arguments: list[str]) -> int:
    """Run the command line in this interpreter."""
    gc.set_threshold(FEW_CYCLES)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # what is multiplied is small, and threads cost time
    sys.path.insert(0, str(ROOT))
    from generator.cli import main as command_line  # noqa: PLC0415 (a Python that is too old is told first)

    return command_line(arguments)


def at_once() -> list[str]:
    """Return with which options all tests are run, file by file in several processes.

    There are two more than processors, because tests in a browser often wait, but no more than are of use:
    each reads all tests, and has a browser.
    """
    count = min((os.cpu_count() or 1) + 2, MOST_PROCESSES)
    return ["-n", str(count), "--dist", "loadfile", "--no-loadscope-reorder"]


def told(message: str, code: int) -> int:
    """Print one line for the user and return the exit code to end with."""
    print(f"build.py: {message}", file=sys.stderr, flush=True)
    return code


def complaint_about(version: tuple[int, ...]) -> str:
    """Return what to say about a Python that is too old, or nothing.

    >>> complaint_about((3, 9, 6))
    'needs Python 3.11 or newer; this is Python 3.9.6.'
    """
    if version >= OLDEST:
        return ""
    return f"needs Python {dotted(OLDEST)} or newer; this is Python {dotted(version)}."


def dotted(version: tuple[int, ...]) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))


def chosen_python(locks: tuple[Path, ...]) -> str:
    """Return an interpreter that has the packages of one of the locks, at need a new one with the first's."""
    if HANDED_OVER in sys._xoptions:
        return sys.executable
    if not is_ready(VENV, locks):
        if has_packages(locks[0].read_text(encoding="utf-8")):
            return sys.executable
        provision(VENV, locks[0])
    return sys.executable if is_running(VENV) else str(python_of(VENV))


def is_running(venv: Path) -> bool:
    """Tell whether this interpreter is the one of the environment."""
    return venv.exists() and venv.samefile(sys.prefix)


def python_of(venv: Path) -> Path:
    """Return the interpreter of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# --- Is everything there already? ----------------------------------------------------------------------


def stamp_of(venv: Path) -> Path:
    """Return the file that says what an environment holds."""
    return venv / "lock.stamp"


def stamp_for(venv: Path, lock: Path) -> str:
    """Return the stamp of an environment that holds the packages of a lock."""
    return f"{os.path.realpath(python_of(venv))}\n{hashlib.sha256(lock.read_bytes()).hexdigest()}\n"


def stamped(venv: Path) -> str:
    """Return the stamp that an environment bears, or nothing where it was never finished."""
    try:
        return stamp_of(venv).read_text(encoding="utf-8")
    except OSError:
        return ""


def is_ready(venv: Path, locks: tuple[Path, ...]) -> bool:
    """Tell whether an environment has the packages of one of the locks."""
    stamp = stamped(venv)
    return bool(stamp) and python_of(venv).exists() and any(stamp == stamp_for(venv, lock) for lock in locks)


def has_packages(lock: str) -> bool:
    """Tell whether this interpreter has every package of a lock's text, at the locked version."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (slow to import)

    pins = (pin for pin in PIN.finditer(lock) if applies(pin["marker"] or ""))
    try:
        return all(version(pin["name"]) == pin["version"] for pin in pins)
    except PackageNotFoundError:
        return False


def applies(marker: str) -> bool:
    """Tell whether a pin is meant for this interpreter.

    Knows comparisons joined by `and`, as the lock has them. One it cannot read counts as true: at worst
    a `.venv` is made without need, and pip, which reads all markers, installs the right packages.

    >>> applies("python_full_version >= '3.11' and sys_platform != 'amiga'")
    True
    >>> applies("python_full_version < '3.11'")
    False
    """
    return all(holds(comparison) for comparison in marker.split(" and "))


def holds(comparison: str) -> bool:
    """Tell whether one comparison of a marker holds for this interpreter."""
    read = COMPARISON.fullmatch(comparison.strip())
    if read is None:
        return True
    name, operator, value = read.groups()
    if name == "python_full_version":
        wanted = tuple(int(part) for part in value.split("."))
        here = sys.version_info[: len(wanted)]
        return {"==": here == wanted, "!=": here != wanted, "<": here < wanted, ">=": here >= wanted}[
            operator
        ]
    known = {"sys_platform": sys.platform, "platform_python_implementation": implementation()}
    return name not in known or (known[name] == value) == (operator == "==")


def implementation() -> str:
    """Return the name that markers use for this kind of Python."""
    return {"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name)


# --- Making .venv --------------------------------------------------------------------------------------


def provision(venv: Path, lock: Path) -> None:
    """Bring an environment to the lock, from nothing unless it was finished once by the same Python."""
    # An environment cannot be made anew from inside: its own interpreter would be deleted under it.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    pip_arguments = pip_of(maker, venv)
    anew = not is_from(venv, stamped(venv))
    # What is missing where the build's lock is in can only be what the tests' has more.
    adding = stamped(venv) == stamp_for(venv, LOCKS[0])
    step = "setting up" if anew else "adding the test tools to" if adding else "updating"
    told(f"{step} .venv (once) ...", 0)
    try:
        stamp_of(venv).unlink(missing_ok=True)
        if anew:
            make(maker, venv, with_pip=pip_arguments[0] != maker)
        quietly([*pip_arguments, "install", "--require-hashes", "--requirement", str(lock)])
        stamp_of(venv).write_text(stamp_for(venv, lock), encoding="utf-8")
    except OSError as error:
        raise SetupError(f"could not set up .venv: {error}") from error


def is_from(venv: Path, stamp: str) -> bool:
    """Tell whether a stamp was made for the Python that the environment leads to today."""
    return python_of(venv).exists() and stamp.startswith(f"{os.path.realpath(python_of(venv))}\n")


def pip_of(maker: str, venv: Path) -> list[str]:
    """Return the command that starts pip on an environment: the maker's own pip, or one put into it.

    Debian and its relatives ship Python without the means to put a pip into an environment, but their
    own pip can install into one.
    """
    options = ["--disable-pip-version-check", "--no-input", "--quiet"]
    if can_import(maker, "pip"):
        return [maker, "-m", "pip", "--python", str(python_of(venv)), *options]
    if can_import(maker, "venv, ensurepip"):
        return [str(python_of(venv)), "-m", "pip", *options]
    raise SetupError(
        f"needs pip, and {maker} has none. Install it first, e.g. `apt install python3-venv` on Debian and "
        "Ubuntu, or `python3 -m ensurepip` elsewhere."
    )


def can_import(python: str, modules: str) -> bool:
    """Tell whether an interpreter has some modules of its standard library, which distributions split up."""
    import subprocess  # noqa: PLC0415 (slow to import)

    command = [python, "-c", f"import {modules}"]
    return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603


def make(maker: str, venv: Path, *, with_pip: bool) -> None:
    """Make an empty environment in the place of whatever is there."""
    quietly([maker, "-m", "venv", "--clear", *([] if with_pip else ["--without-pip"]), str(venv)])


def quietly(command: list[str]) -> None:
    """Run one step of the setting up; what it says is shown only where it fails."""
    import subprocess  # noqa: PLC0415 (slow to import)

    # A setting that sends every installation to the user's own folder makes pip refuse an environment.
    environment = {**os.environ, "PIP_USER": "0"}
    step = subprocess.run(  # noqa: S603 (our own words and the project's paths)
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if step.returncode:
        raise SetupError(f"could not set up .venv:\n{step.stdout.rstrip()}")


# --- Handing over --------------------------------------------------------------------------------------


def run(command: list[str], directory: Path | None = None) -> int:
    """Run a command to its end, with signals and the exit code passed on."""
    if os.name == "posix":
        if directory:
            os.chdir(directory)
        os.execv(command[0], command)  # noqa: S606 (the interpreter chosen above)
    # Elsewhere the exec functions return to the shell before the new program has ended.
    import subprocess  # noqa: PLC0415 (slow to import)

    return subprocess.run(command, cwd=directory, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
