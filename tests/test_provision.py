"""`build.py` on a fresh machine: what it installs, when it does not, and what it says."""

import doctest
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import build

BUILD_LOCK, TEST_LOCK = (lock.read_text(encoding="utf-8") for lock in build.LOCKS)

COMMAND_LINE = """
import os, sys
def main(arguments):
    print(arguments, os.getcwd(), sys.prefix, sep="|")
    return int(arguments[-1]) if arguments else 0
"""
IMPORTS_PACKAGE = "import tiny_package\n" + COMMAND_LINE


# --- What a user is told -------------------------------------------------------------------------------


def test_the_examples_in_its_docstrings_hold() -> None:
    assert doctest.testmod(build).failed == 0


def test_an_old_python_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        build, "complaint_about", lambda _: "needs Python 3.11 or newer; this is Python 3.9.6."
    )
    assert build.main([]) == 2
    assert capsys.readouterr().err == "build.py: needs Python 3.11 or newer; this is Python 3.9.6.\n"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12), (3, 20, 1), (4, 0)])
def test_a_python_that_is_new_enough_is_not_complained_about(version: tuple[int, ...]) -> None:
    assert build.complaint_about(version) == ""


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 9, 6), (3, 10, 99)])
def test_a_python_that_is_too_old_is_named(version: tuple[int, ...]) -> None:
    assert build.dotted(version) in build.complaint_about(version)


def test_a_machine_without_pip_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "can_import", lambda python, modules: False)
    with pytest.raises(build.SetupError, match="apt install python3-venv"):
        build.provision(tmp_path / ".venv", build.LOCKS[0])


def test_pip_of_the_machine_serves_where_an_environment_gets_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "can_import", lambda python, modules: modules == "pip")
    assert build.pip_of("/usr/bin/python3", tmp_path)[:4] == ["/usr/bin/python3", "-m", "pip", "--python"]


def test_an_environment_gets_a_pip_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "can_import", lambda python, modules: modules == "venv, ensurepip")
    assert build.pip_of("/usr/bin/python3", tmp_path)[0] == str(build.python_of(tmp_path))


# --- The locks -----------------------------------------------------------------------------------------


def pins(lock: str) -> set[tuple[str, ...]]:
    """Return name, version and marker of every pin of a lock."""
    return {pin.groups() for pin in build.PIN.finditer(lock)}


def hashes(lock: str) -> set[str]:
    """Return every hash in a lock."""
    return set(re.findall(r"--hash=sha256:[0-9a-f]{64}", lock))


def test_every_package_of_the_build_is_in_the_lock_of_the_tests() -> None:
    # A package that the tests need everywhere has no marker there.
    assert {pin[:2] for pin in pins(BUILD_LOCK)} <= {pin[:2] for pin in pins(TEST_LOCK)}
    assert hashes(BUILD_LOCK) <= hashes(TEST_LOCK)


@pytest.mark.parametrize("lock", [BUILD_LOCK, TEST_LOCK], ids=["build", "test"])
def test_a_lock_names_no_host_and_no_path(lock: str) -> None:
    assert not re.search(
        r"://|@|--(extra-)?index|--find-links|(?<![\w-])/\w|\\Users|\w+\.(org|com|io)\b", lock
    )


@pytest.mark.parametrize("lock", [BUILD_LOCK, TEST_LOCK], ids=["build", "test"])
def test_every_line_of_a_lock_is_a_pin_or_a_hash_or_a_comment(lock: str) -> None:
    for line in lock.splitlines():
        assert line.startswith("#") or build.PIN.match(line) or line.strip().startswith("--hash=sha256:")


@pytest.mark.parametrize("lock", [BUILD_LOCK, TEST_LOCK], ids=["build", "test"])
def test_every_marker_of_a_lock_is_one_that_we_can_read(lock: str) -> None:
    comparisons = [part for _, _, marker in pins(lock) if marker for part in marker.strip().split(" and ")]
    assert [part for part in comparisons if not build.COMPARISON.fullmatch(part)] == []


@pytest.mark.parametrize("lock", [BUILD_LOCK, TEST_LOCK], ids=["build", "test"])
def test_a_package_is_pinned_once_for_each_python(lock: str) -> None:
    names = [name for name, _, marker in pins(lock) if build.applies(marker or "")]
    assert len(names) == len(set(names))


# --- Is everything there already? ----------------------------------------------------------------------


def test_an_interpreter_with_all_packages_is_used_in_place() -> None:
    assert build.has_packages(TEST_LOCK)


def test_another_version_is_not_good_enough() -> None:
    assert not build.has_packages("pytest==0.0.1 \\\n    --hash=sha256:0\n")


def test_a_missing_package_is_noticed() -> None:
    assert not build.has_packages("no-such-package-anywhere==1.0")


def test_a_package_for_another_machine_is_not_asked_for() -> None:
    assert build.has_packages("no-such-package-anywhere==1.0 ; sys_platform == 'amiga'")


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("", True),
        ("python_full_version >= '3.11'", True),
        ("python_full_version < '3.11'", False),
        ("python_full_version < '4'", True),
        (f"sys_platform == '{sys.platform}'", True),
        (f"sys_platform != '{sys.platform}'", False),
        ("platform_python_implementation != 'Jython'", True),
        ("python_full_version >= '3.11' and sys_platform == 'amiga'", False),
        ("something_new in 'later releases'", True),
    ],
)
def test_markers(marker: str, expected: bool) -> None:
    assert build.applies(marker) is expected


def stamped_environment(folder: Path, lock: Path) -> Path:
    """Return an environment that looks finished."""
    venv = folder / ".venv"
    python = build.python_of(venv)
    python.parent.mkdir(parents=True)
    python.touch()
    build.stamp_of(venv).write_text(build.stamp_for(venv, lock), encoding="utf-8")
    return venv


def test_an_environment_serves_the_lock_it_is_stamped_with(tmp_path: Path) -> None:
    venv = stamped_environment(tmp_path, build.LOCKS[0])
    assert build.is_ready(venv, build.LOCKS)
    assert not build.is_ready(venv, build.LOCKS[1:])


def test_an_environment_for_the_tests_serves_the_build_too(tmp_path: Path) -> None:
    assert build.is_ready(stamped_environment(tmp_path, build.LOCKS[1]), build.LOCKS)


def test_an_environment_without_a_stamp_is_not_ready(tmp_path: Path) -> None:
    venv = stamped_environment(tmp_path, build.LOCKS[0])
    build.stamp_of(venv).unlink()
    assert not build.is_ready(venv, build.LOCKS)
    assert not build.is_from(venv, build.stamped(venv))


def test_an_environment_whose_python_is_gone_is_not_ready(tmp_path: Path) -> None:
    venv = stamped_environment(tmp_path, build.LOCKS[0])
    build.python_of(venv).unlink()
    assert not build.is_ready(venv, build.LOCKS)
    assert not build.is_from(venv, build.stamped(venv))


def test_a_changed_lock_is_noticed(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("one==1\n", encoding="utf-8")
    venv = stamped_environment(tmp_path, lock)
    lock.write_text("one==2\n", encoding="utf-8")
    assert not build.is_ready(venv, (lock,))
    assert build.is_from(venv, build.stamped(venv))


# --- For real, in a small project with one small package -----------------------------------------------


@dataclass(frozen=True)
class Project:
    """A project with this `build.py` and a command line that tells how it was called."""

    root: Path
    shelf: Path
    """The one folder that pip may take packages from."""

    def run(self, *arguments: str, directory: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `build.py` as a user would, with no way to the network."""
        settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.shelf.as_uri(), "PIP_CONFIG_FILE": os.devnull}
        return subprocess.run(  # noqa: S603 (our own file)
            [getattr(sys, "_base_executable", sys.executable), str(self.root / "build.py"), *arguments],
            cwd=directory or self.root,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Make a project that needs no package, in a folder whose name is awkward."""
    root = tmp_path / "a project"
    for folder in ("generator", "tests"):
        (root / folder).mkdir(parents=True)
    shutil.copy(build.__file__, root)
    (root / "requirements.txt").write_text("", encoding="utf-8")
    (root / "tests" / "requirements.txt").write_text("", encoding="utf-8")
    (root / "generator" / "cli.py").write_text(COMMAND_LINE, encoding="utf-8")
    (root / "generator" / "receipt.py").write_text(
        "def is_repeated(*_):\n    return False\n", encoding="utf-8"
    )
    return Project(root, tmp_path / "shelf")


@pytest.fixture
def needy(project: Project) -> Project:
    """Make the project need a package, which pip finds on its shelf."""
    base = getattr(sys, "_base_executable", sys.executable)
    if not (build.can_import(base, "pip") or build.can_import(base, "venv, ensurepip")):
        pytest.skip(f"{base} has no pip")
    wheel = tiny_wheel(project.shelf)
    pin = f"tiny-package==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    (project.root / "requirements.txt").write_text(pin, encoding="utf-8")
    (project.root / "generator" / "cli.py").write_text(IMPORTS_PACKAGE, encoding="utf-8")
    return project


def tiny_wheel(shelf: Path) -> Path:
    """Write a package that pip can install."""
    shelf.mkdir()
    wheel = shelf / "tiny_package-1.0-py3-none-any.whl"
    about = "tiny_package-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("tiny_package.py", "")
        package.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: tiny-package\nVersion: 1.0\n")
        package.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        package.writestr(f"{about}/RECORD", f"tiny_package.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n")
    return wheel


def test_no_environment_is_made_where_none_is_needed(project: Project) -> None:
    assert project.run("0").returncode == 0
    assert not (project.root / ".venv").exists()


def test_the_exit_code_of_the_command_line_is_passed_on(project: Project) -> None:
    assert project.run("build", "7").returncode == 7


@pytest.mark.parametrize(
    ("typed", "passed"),
    [
        ([], build.at_once()),
        (["tests/scenes", "-k", "a name"], ["tests/scenes", "-k", "a name"]),
    ],
    ids=["all", "a part"],
)
def test_all_tests_are_run_by_several_processes_and_a_part_as_it_is_typed(
    project: Project, tmp_path: Path, typed: list[str], passed: list[str]
) -> None:
    (project.root / "pytest.py").write_text("import sys\nprint(sys.argv[1:])\n", encoding="utf-8")
    assert project.run("test", *typed, directory=tmp_path).stdout == f"{passed}\n"


def test_what_the_tests_compile_is_kept_even_by_who_keeps_none(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (project.root / "pytest.py").write_text("import sys\nprint(sys.dont_write_bytecode)\n", encoding="utf-8")
    assert project.run("test").stdout == "False\n"


@pytest.mark.parametrize(("processors", "processes"), [(None, "3"), (1, "3"), (2, "4"), (64, "8")])
def test_more_processes_test_than_there_are_processors(
    monkeypatch: pytest.MonkeyPatch, processors: int | None, processes: str
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert build.at_once()[:2] == ["-n", processes]
    assert build.at_once()[2:4] == ["--dist", "loadfile"]


def test_it_finds_its_project_from_any_folder_and_keeps_the_users(project: Project, tmp_path: Path) -> None:
    done = project.run("--out", "here", "0", directory=tmp_path)
    assert done.stdout.startswith(f"['--out', 'here', '0']|{tmp_path}|")


def test_an_environment_is_made_once_and_handed_over_to(needy: Project) -> None:
    first, second = needy.run("3"), needy.run("4")
    assert (first.returncode, second.returncode) == (3, 4)
    assert first.stderr == "build.py: setting up .venv (once) ...\n"
    assert second.stderr == ""
    assert Path(second.stdout.strip().split("|")[2]).samefile(needy.root / ".venv")


def test_an_interrupted_environment_is_made_anew(needy: Project) -> None:
    (needy.root / ".venv" / "bin").mkdir(parents=True)
    (needy.root / ".venv" / "half a package").touch()
    assert needy.run("5").returncode == 5
    assert not (needy.root / ".venv" / "half a package").exists()


def test_a_changed_lock_is_installed_into_the_environment_that_is_there(needy: Project) -> None:
    needy.run("0")
    (needy.root / ".venv" / "kept").touch()
    with (needy.root / "requirements.txt").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    done = needy.run("6")
    assert done.returncode == 6
    assert done.stderr == "build.py: updating .venv (once) ...\n"
    assert (needy.root / ".venv" / "kept").exists()


def test_the_tools_of_the_tests_are_added_to_the_environment_that_is_there(needy: Project) -> None:
    needy.run("0")
    lock = (needy.root / "requirements.txt").read_text(encoding="utf-8")
    (needy.root / "tests" / "requirements.txt").write_text(f"# more\n{lock}", encoding="utf-8")
    done = needy.run("test")  # the small project has no pytest, and says so
    assert done.stderr.splitlines()[0] == "build.py: adding the test tools to .venv (once) ..."


def test_a_package_with_another_hash_is_refused_with_pips_own_words(needy: Project) -> None:
    (needy.root / "requirements.txt").write_text(
        f"tiny-package==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8"
    )
    done = needy.run("0")
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not build.stamp_of(needy.root / ".venv").exists()
