"""The README is true: its commands, options and paths exist, and its scene builds."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.docs.markdown import DOCS, PROJECT, blocks, words_of_code

README = (PROJECT / "README.md").read_text("utf-8")
CODE = words_of_code(README)


def fenced(language: str) -> str:
    """Return the first fenced block of a language."""
    return blocks(README, language)[0]


def test_the_picture_exists() -> None:
    """The picture at the top is in the project."""
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert (PROJECT / picture).is_file()


def test_the_two_commands_are_the_ones_that_ci_runs() -> None:
    """What a reader is told to type is what is checked on every change."""
    commands = [line.partition("#")[0].strip() for line in fenced("sh").splitlines()]
    assert commands == ["python3 build.py", "python3 build.py test"]
    ci = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert all(re.search(rf"^{command}\b", ci, re.MULTILINE) for command in commands)


def test_the_command_line_knows_what_it_says() -> None:
    """`build.py --help` answers, in the interpreter that runs the tests."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(PROJECT / "build.py"), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "build" in done.stdout
    assert "test" in done.stdout


def test_its_scene_builds_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The example, saved as a chapter of the course that the documentation shows, makes a site."""
    content = tmp_path / "content"
    (content / "chapters").mkdir(parents=True)
    (course,) = blocks((DOCS / "chapters.md").read_text("utf-8"), "toml")
    (content / "course.toml").write_text(course, "utf-8")
    (content / "chapters" / "01-edges.md").write_text(fenced("markdown"), "utf-8")
    assert main(["--content", str(content), "--out", str(tmp_path / "site")]) == 0, capsys.readouterr().err
    page = (tmp_path / "site" / "01-edges" / "index.html").read_text("utf-8")
    assert 'The largest answer was <span class="value">32</span>.' in page


def test_it_lists_every_option() -> None:
    """The table has the options of a build, and no other."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(PROJECT / "build.py"), "build", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    listed = {word.partition(" ")[0] for word in CODE if word.startswith("--")}
    assert listed == set(re.findall(r"--[a-z-]+", done.stdout)) - {"--help"}


def test_it_is_short() -> None:
    """Who looks at it for the first time is not sent away by its length."""
    assert len(README.splitlines()) <= 150
