"""What editors and commits are told of how files are written is true of every file, and is checked."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from configparser import ConfigParser
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import had
from tests.programs import program

PROJECT = Path(__file__).parent.parent
HOOKS: Mapping[str, Any] = {
    hook["id"]: hook
    for repository in yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    for hook in repository["hooks"]
}
EDITORS = ConfigParser()
EDITORS.read_string("[top]\n" + (PROJECT / ".editorconfig").read_text("utf-8"))


def git(folder: Path, *arguments: str) -> str:
    """Run git, without the settings of whoever runs the tests, and return what it says."""
    command = [had("GIT", lambda: program("git")), "-c", f"safe.directory={folder}", *arguments]
    clean = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(  # noqa: S603 - our own words
        command, cwd=folder, env={**os.environ, **clean}, capture_output=True, text=True, check=True
    ).stdout


def texts() -> Mapping[str, str]:
    """Return every text file of the repository, with the ends of its lines as they are."""
    if not (PROJECT / ".git").exists():
        pytest.skip("this is no clone")
    names = [name for name in git(PROJECT, "ls-files").splitlines() if (PROJECT / name).is_file()]
    found = {name: (PROJECT / name).read_bytes() for name in names}
    return {name: data.decode("utf-8") for name, data in found.items() if b"\0" not in data[:8000]}


def told_to_editors(name: str) -> dict[str, str]:
    """Return what holds for a file: later sections go before earlier ones.

    >>> told_to_editors("generator/errors.py")["indent_size"]
    '4'
    """
    told: dict[str, str] = {}
    for section in EDITORS.sections()[1:]:
        if fnmatch(name if "/" in section else Path(name).name, section):
            told |= EDITORS[section]
    return told


# --- Editors -------------------------------------------------------------------------------------------


def test_every_file_is_as_editors_are_told() -> None:
    """An editor that saves a file changes nothing but what its user changed."""
    strange: list[str] = []
    for name, text in texts().items():
        told = told_to_editors(name)
        if told["end_of_line"] == "lf" and "\r" in text:
            strange.append(f"{name}: a line ends with a carriage return")
        if told["insert_final_newline"] == "true" and text and not text.endswith("\n"):
            strange.append(f"{name}: the last line has no end")
        if told["trim_trailing_whitespace"] == "true" and re.search(r"[ \t]$", text, re.MULTILINE):
            strange.append(f"{name}: a line ends with space")
        if told["indent_style"] == "space" and re.search(r"^ *\t", text, re.MULTILINE):
            strange.append(f"{name}: a line begins with a tab")
    assert strange == []


def test_editors_indent_and_break_python_as_ruff_does() -> None:
    """Otherwise what is typed comes out of the formatter in another shape."""
    settings = (PROJECT / "pyproject.toml").read_text("utf-8")
    told = told_to_editors("build.py")
    assert f"\nline-length = {told['max_line_length']}\n" in settings
    assert told["indent_size"] == "4"  # ruff's own


# --- Commits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS)
def test_what_a_hook_starts_is_in_the_project(hook: str) -> None:
    """Tools are those of the project's own lock; none is fetched."""
    kind, words = HOOKS[hook]["language"], HOOKS[hook]["entry"].split()
    if kind == "pygrep":
        re.compile(HOOKS[hook]["entry"])
    elif words[0] == ".venv/bin/python":
        assert words[1] == "-m"
        (package,) = set(packages_distributions()[words[2]])
        assert f"\n{package}==" in (PROJECT / "tests" / "requirements.txt").read_text("utf-8")
    else:
        assert (kind, os.access(PROJECT / words[0], os.X_OK)) == ("system", True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the project's hooks, and nothing in it yet."""
    if sys.platform == "win32":
        pytest.skip("the hooks name the interpreter as other systems do")
    git(tmp_path, "init", "--quiet")
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    return tmp_path


def checked(repository: Path, hook: str, name: str, text: str) -> tuple[int, str]:
    """Let a hook look at a file that is about to be committed; return its exit code and what it says."""
    file = repository / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    git(repository, "add", name)
    done = subprocess.run(  # noqa: S603 - the project's own tool
        [sys.executable, "-m", "pre_commit", "run", hook, "--files", name],
        cwd=repository,
        env={**os.environ, "PRE_COMMIT_HOME": str(repository / ".git" / "kept")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("hook", "name", "text"),
    [
        ("ruff-check", "generator/a.py", '"""A module."""\n\nimport os\n'),
        ("ruff-format", "generator/a.py", '"""A module."""\n\na  =  1\n'),
        ("trailing-whitespace", "content/chapters/a.md", "A line. \n"),
        ("end-of-file", "content/chapters/a.md", "A line."),
    ],
)
def test_a_hook_stops_a_commit(repository: Path, hook: str, name: str, text: str) -> None:
    """What is wrong with a file is told with its name, or put right."""
    code, said = checked(repository, hook, name, text)
    assert code == 1, said
    assert "Failed" in said
    assert name in said or (repository / name).read_text("utf-8") != text


@pytest.mark.parametrize("hook", ["trailing-whitespace", "end-of-file"])
def test_no_hook_writes_into_a_chapter(repository: Path, hook: str) -> None:
    """Texts are their authors': a fault in one is shown, and stays where it was."""
    checked(repository, hook, "content/chapters/a.md", "A line. \nAnother.")
    assert (repository / "content" / "chapters" / "a.md").read_text("utf-8") == "A line. \nAnother."


@pytest.mark.parametrize("hook", ["trailing-whitespace", "end-of-file"])
def test_a_good_file_passes_every_hook_for_text(repository: Path, hook: str) -> None:
    """A file with lines that end, and an empty one between them."""
    code, said = checked(repository, hook, "content/chapters/a.md", "A line.\n\nAnother.\n")
    assert (code, "Passed" in said) == (0, True), said
