"""What contributors are told is true: commands work, paths lead somewhere, changes are listed."""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
GUIDE = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
CHANGES = (PROJECT / "CHANGELOG.md").read_text("utf-8")
README = (PROJECT / "README.md").read_text("utf-8")
COMMANDS = [
    line.partition(" #")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
TESTED = [command for command in COMMANDS if command.startswith("python3 build.py test ") and "/" in command]
"""Commands that test a part; to collect all would take longer than it is worth."""
COLLECTING = """
import json, sys, pytest
for asked in json.loads(sys.argv[1]):
    print(int(pytest.main(asked)), file=sys.stderr)
"""
"""Prints the code with which pytest ends for each list of arguments, with what it imports imported once."""


def test_every_path_it_names_exists() -> None:
    """A path in the text, or a link, leads to a file or a folder of the project."""
    named = re.findall(r"(?<!`)`([\w.-]*/[\w./-]*|\.\w[\w.-]+)`", GUIDE)
    linked = re.findall(r"\]\((?!https:)([^)#]+)", GUIDE)
    made = {".venv"}
    paths = {*named, *linked} - made
    assert len(paths) > 10
    tools = PROJECT / ".lint"  # whose `.npmrc` is named with its folder before it
    assert [path for path in paths if not (PROJECT / path).exists() and not (tools / path).exists()] == []


def test_it_begins_as_the_readme_does() -> None:
    """Two commands are all that a newcomer needs."""
    (block,) = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert COMMANDS[:2] == [line.partition("#")[0].strip() for line in block.splitlines()]


def test_what_it_tells_to_test_holds_tests() -> None:
    """Paths and parts of names choose something, and pytest knows the options."""
    asked = [["--collect-only", "--assert=plain", *shlex.split(command)[3:]] for command in TESTED]
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", COLLECTING, json.dumps(asked)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.splitlines() == ["0"] * len(TESTED), done.stdout[-2000:] + done.stderr


def test_what_it_tells_to_test_whole_is_what_ci_tests_and_a_mark() -> None:
    """All at once as on every change, and what is marked as taking long."""
    ci = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert "python3 build.py test" in COMMANDS
    assert "\npython3 build.py test |" in ci
    assert "python3 build.py test -m long" in COMMANDS
    assert '"long: ' in (PROJECT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("command", [command for command in COMMANDS if ".venv/bin/" in command])
def test_what_it_tells_to_run_with_the_environment_is_there(command: str) -> None:
    """A module of ours, or a tool that the lock of the tests installs."""
    program, *words = shlex.split(command)
    if program.endswith("python"):
        assert importlib.util.find_spec(words[1])
    else:
        assert f"\n{Path(program).name}==" in (PROJECT / "tests" / "requirements.txt").read_text("utf-8")


@pytest.mark.parametrize("lock", ["requirements.txt", "tests/requirements.txt"])
def test_a_lock_was_written_with_the_command_it_gives(lock: str) -> None:
    """Whoever types it gets the lock that is there, as far as packages are the same."""
    written = (PROJECT / lock).read_text("utf-8").splitlines()[1].removeprefix("#").strip()
    assert written in COMMANDS
    assert f"--output-file {lock} " in written


# --- Changes -------------------------------------------------------------------------------------------


def test_changes_begin_with_those_that_are_not_released_yet() -> None:
    """There is a place for the next change, and below it one for every release, newest first."""
    first, *released = re.findall(r"^## (.+)$", CHANGES, re.MULTILINE)
    assert first == "[Unreleased]"
    days = [date.fromisoformat(heading.partition(" - ")[2]) for heading in released]
    assert days == sorted(days, reverse=True)


def test_changes_are_of_the_usual_kinds() -> None:
    """Each section lists something."""
    kinds = re.findall(r"^### (.+)\n\n- \w", CHANGES, re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert len(kinds) == CHANGES.count("### ") > 0
