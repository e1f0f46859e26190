"""Programs that tests need: where they come from, and what is said where they are not to be had."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import programs
from tests.conftest import had
from tests.programs import NotHereError

APT = """#!/bin/sh
echo "$1" >> "$(dirname "$0")/asked"
[ "$1" != "$FAILING" ] || { echo "E: Error of $1"; exit 100; }
[ "$1" = update ] || { touch "$(dirname "$0")/pdfthis"; chmod 755 "$(dirname "$0")/pdfthis"; }
"""
"""An apt-get that notes what it is asked, fails where it is told to, and installs one program."""

for_posix = pytest.mark.skipif(os.name != "posix", reason="apt-get is a program of Debian")


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Yield a folder that is the machine's search path, with an apt-get that the user may run."""
    stub = tmp_path / "apt-get"
    stub.write_text(APT)
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(os, "geteuid", int)
    programs.failure_of_update.cache_clear()
    yield tmp_path
    programs.failure_of_update.cache_clear()


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().split()


def test_a_program_that_is_there_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pdfthis").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.had_program("pdfthis", "pdf-tools") == tmp_path / "pdfthis"


@for_posix
def test_a_program_that_is_absent_is_installed(apt: Path) -> None:
    assert programs.had_program("pdfthis", "pdf-tools") == apt / "pdfthis"
    assert asked(apt) == ["update", "install"]


@for_posix
def test_lists_are_read_once_for_all_programs(apt: Path) -> None:
    for _ in range(2):
        programs.fetched_by_apt("pdfthis", "pdf-tools")
    assert asked(apt) == ["update", "install", "install"]


@for_posix
def test_lists_that_cannot_be_read_are_not_asked_for_again(
    apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAILING", "update")
    for _ in range(2):
        with pytest.raises(NotHereError, match=r"^`apt-get update .*` failed: E: Error of update$"):
            programs.fetched_by_apt("pdfthis", "pdf-tools")
    assert asked(apt) == ["update"]


@for_posix
def test_where_nothing_can_be_installed_everything_that_was_tried_is_told(
    apt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NotHereError, match=r"^there is no pdfthis; apt-get is for root only$"):
        programs.had_program("pdfthis", "pdf-tools")
    assert not (apt / "asked").exists()


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_a_test_without_its_program_is_skipped_in_capitals_or_fails_in_ci(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    with pytest.raises(
        outcome, match=r"^NO PDFTHIS TO BE HAD: tried there is no pdfthis; there is no apt-get"
    ):
        had("PDFTHIS", lambda: programs.had_program("pdfthis", "pdf-tools"))


def test_a_step_that_fails_says_its_error() -> None:
    command = [sys.executable, "-c", "print('Reading'); raise SystemExit('Error: no way out')"]
    with pytest.raises(NotHereError, match=r"failed: Error: no way out$"):
        programs.attempt(command, seconds=30)


def test_a_step_that_does_not_end_is_ended() -> None:
    waiting = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with pytest.raises(NotHereError, match=r"had not ended after 0\.5 seconds"):
        programs.attempt([sys.executable, "-c", waiting], seconds=0.5)
