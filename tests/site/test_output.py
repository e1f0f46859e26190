"""Where a site is written: all or nothing, and never over what somebody else made."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import AuthorError
from generator.site import MARKER, MemoryOutput, Origin, write_directory
from generator.site.output import exchange

FILES = {"index.html": b"<p>new", "chapter/index.html": b"<p>chapter", "chapter/scene/frames.json": b"{}"}
OLD = {"index.html": b"<p>old"}

both_ways = pytest.mark.parametrize("at_once", [True, False], ids=["one step", "two steps"])
"""A folder takes the place of another in one step or, where the system knows no such step, in two."""


def in_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "exchanged", lambda *_: False)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder but the marker."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(target: Path) -> str:
    with pytest.raises(AuthorError) as raised:
        write_directory(FILES, target)
    return str(raised.value)


def test_files_land_at_their_paths(tmp_path: Path) -> None:
    """The folder holds what was written, and nothing else."""
    write_directory(FILES, tmp_path / "site")
    assert tree(tmp_path / "site") == FILES


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    """A target may lie deep in folders that are not there yet."""
    write_directory(FILES, tmp_path / "a" / "b" / "site")
    assert tree(tmp_path / "a" / "b" / "site") == FILES


@both_ways
def test_an_empty_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    """A folder without contents is nobody's."""
    if not at_once:
        in_two_steps(monkeypatch)
    (tmp_path / "site").mkdir()
    write_directory(FILES, tmp_path / "site")
    assert tree(tmp_path / "site") == FILES
    assert names_in(tmp_path) == ["site"]


@both_ways
def test_pages_of_an_earlier_build_disappear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    """After a chapter is renamed its old page is gone, and so is its folder."""
    if not at_once:
        in_two_steps(monkeypatch)
    write_directory({**FILES, "old/index.html": b"<p>old"}, tmp_path / "site")
    write_directory(FILES, tmp_path / "site")
    assert tree(tmp_path / "site") == FILES
    assert names_in(tmp_path / "site") == [MARKER, "chapter", "index.html"]
    assert names_in(tmp_path) == ["site"]


def test_a_folder_lists_what_was_written_into_it(tmp_path: Path) -> None:
    """The list names the course and every file, in the same bytes for the same site wherever it lies."""
    for folder in (tmp_path / "a", tmp_path / "b"):
        write_directory(FILES, folder / "site", Origin("A course", folder / "content"))
    first, second = (tmp_path / name / "site" / MARKER for name in "ab")
    said = json.loads(first.read_bytes())
    assert (said["format"], said["version"]) == ("convolution-lesson-site", 1)
    assert (said["course"], list(said["digests"])) == ("A course", sorted(FILES))
    assert first.read_bytes() == second.read_bytes()
    assert str(tmp_path).encode() not in first.read_bytes()


def test_the_list_comes_before_what_it_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every moment a folder that is being made says by itself that it is ours."""
    write, written = Path.write_bytes, list[str]()

    def noting(path: Path, data: bytes) -> int:
        written.append(path.name)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", noting)
    write_directory(FILES, tmp_path / "site")
    assert written[0] == MARKER
    assert len(written) == len(FILES) + 1


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_a_build_that_fails_while_writing_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """With a full disk the site is as it was, and no half-written folder lies around."""
    write_directory(OLD, tmp_path / "site")
    left = failing

    def full(path: Path, data: bytes) -> int:
        nonlocal left
        left -= 1
        with path.open("wb") as file:
            if not left:
                raise OSError(28, "No space left on device")
            return file.write(data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_directory(FILES, tmp_path / "site")
    assert tree(tmp_path / "site") == OLD
    assert names_in(tmp_path) == ["site"]


def failing_at(failing: int, failure: BaseException) -> Callable[[Path, Path], Path]:
    """Return what renames, but for the time at which it fails."""
    rename, calls = Path.rename, 0

    def failing_rename(source: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise failure
        return rename(source, target)

    return failing_rename


@pytest.mark.parametrize("failure", [OSError("busy"), KeyboardInterrupt()], ids=["error", "interrupt"])
@pytest.mark.parametrize("failing", [1, 2])
def test_a_build_that_fails_while_swapping_leaves_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int, failure: BaseException
) -> None:
    """Whichever of the two renamings fails, the old site stands where it stood."""
    write_directory(OLD, tmp_path / "site")
    in_two_steps(monkeypatch)
    monkeypatch.setattr(Path, "rename", failing_at(failing, failure))
    with pytest.raises(type(failure)):
        write_directory(FILES, tmp_path / "site")
    assert tree(tmp_path / "site") == OLD
    assert names_in(tmp_path) == ["site"]


@pytest.mark.skipif(not os.path.lexists("/proc/self"), reason="only Linux is sure to have that step")
def test_at_no_moment_there_is_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever something is renamed a site is there, because it takes its place without a renaming."""
    write_directory(OLD, tmp_path / "site")

    def never(source: Path, target: Path) -> Path:
        raise AssertionError(f"{source} is renamed to {target}")

    monkeypatch.setattr(Path, "rename", never)
    write_directory(FILES, tmp_path / "site")
    assert tree(tmp_path / "site") == FILES


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """A folder with files that this program did not make is never touched."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_bytes(b"years of work")
    shown = (tmp_path / "home").as_posix()
    assert refusal(tmp_path / "home") == (
        f"{shown}: the target folder holds files that this program did not make. "
        "Name another folder with --out, or empty this one."
    )
    assert tree(tmp_path / "home") == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize(
    "mark", [b"", b"{}", b'{"format": "convolution-lesson-site", "version": 2}', b"\xff"]
)
def test_a_site_without_a_list_is_refused(tmp_path: Path, mark: bytes) -> None:
    """An earlier version made it, or a later one: nobody can tell what in it may be deleted."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MARKER).write_bytes(mark)
    (tmp_path / "site" / "index.html").write_bytes(b"<p>old")
    assert refusal(tmp_path / "site") == (
        f"{(tmp_path / 'site').as_posix()}: this site has no list of its files that can be read; "
        "those of earlier versions have none. Delete the folder, and build again."
    )
    assert tree(tmp_path / "site") == OLD


def test_a_file_is_refused(tmp_path: Path) -> None:
    """A file in the place of the target stays."""
    (tmp_path / "site").write_bytes(b"a file")
    shown = (tmp_path / "site").as_posix()
    assert refusal(tmp_path / "site") == f"{shown}: the target is a file. Name a folder with --out."
    assert (tmp_path / "site").read_bytes() == b"a file"


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """The site is written where the link leads, twice over."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk", target_is_directory=True)
    for _ in range(2):
        write_directory(FILES, tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "disk") == FILES
    assert names_in(tmp_path) == ["disk", "site"]


def test_a_link_to_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    """A link does not lead around the question whose folder it is."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_bytes(b"years of work")
    (tmp_path / "site").symlink_to(tmp_path / "home", target_is_directory=True)
    assert "did not make" in refusal(tmp_path / "site")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_web_server_may_read_the_site(tmp_path: Path) -> None:
    """The folder is open to readers, as folders are."""
    write_directory(FILES, tmp_path / "site")
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_a_path_is_written_once() -> None:
    """Two pages at one address are a mistake of ours that is found at once."""
    output = MemoryOutput()
    output.write("index.html", b"one")
    with pytest.raises(ValueError, match=r"index\.html is written twice"):
        output.write("index.html", b"two")
    assert output.files == {"index.html": b"one"}


@pytest.mark.parametrize("path", ["../index.html", "chapter/../../index.html", "/etc/passwd"])
def test_a_path_may_not_lead_out_of_the_site(path: str) -> None:
    """Nothing is written beside the site."""
    with pytest.raises(ValueError, match="leads out of the site"):
        MemoryOutput().write(path, b"")
