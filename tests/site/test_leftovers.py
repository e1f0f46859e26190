"""What a killed build left: the next one puts it right, and touches nothing else."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from generator.errors import AuthorError
from generator.site import MARKER, FolderCache, put_right, write_directory, write_with_archive
from generator.site.output import Zip, locks
from generator.site.output.unfinished import new_file, new_folder
from tests.site.test_output import both_ways, in_two_steps, names_in, tree

OLD = {"index.html": b"<p>old", "old/index.html": b"<p>"}
NEW = {"index.html": b"<p>new", "new/index.html": b"<p>"}
BY_HAND = {"CNAME": b"mine", "old/notes.txt": b"mine", ".git/HEAD": b"mine"}
MADE = f".site{MARKER}-abcd_123"
"""The name of a folder in which a site was made."""
MOVED = f"{MADE}-old"
"""The name of a site that was moved out of the way."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Build a site, and return where it lies."""
    write_directory(OLD, tmp_path / "site")
    return tmp_path / "site"


def left(site: Path, name: str, *, by_hand: bool = False, without: str = "") -> Path:
    """Lay another site of ours beside one, as a killed build may do; return where it lies."""
    folder = site.with_name(name)
    write_directory(OLD, folder)
    for path, data in BY_HAND.items() if by_hand else ():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    if without:
        (folder / without).unlink()
    return folder


@pytest.mark.parametrize("name", [MADE, MOVED])
def test_a_site_beside_the_site_goes(site: Path, name: str) -> None:
    """Be it half of a new one or the rest of an old one: its list says that every file is ours."""
    left(site, name, without="index.html")
    put_right(site)
    assert tree(site) == OLD
    assert names_in(site.parent) == ["site"]


@pytest.mark.parametrize("mark", [None, b"", b'{"format": "conv'], ids=["none", "empty", "half"])
def test_a_folder_that_was_just_begun_goes(site: Path, mark: bytes | None) -> None:
    """Before its list is whole there is nothing else in it."""
    folder = site.with_name(MADE)
    folder.mkdir()
    if mark is not None:
        (folder / MARKER).write_bytes(mark)
    put_right(site)
    assert names_in(site.parent) == ["site"]


@pytest.mark.parametrize("name", [MADE, MOVED])
def test_what_the_author_had_in_an_old_site_goes_to_the_new_one(site: Path, name: str) -> None:
    """A build that was killed before it carried that over loses nothing."""
    left(site, name, by_hand=True)
    put_right(site)
    assert tree(site) == {**OLD, **BY_HAND}
    assert names_in(site.parent) == ["site"]


def test_a_site_that_is_missing_is_put_back(site: Path) -> None:
    """Between two renamings it lies beside its place, with what the author keeps in it."""
    left(site, MADE)
    left(site, "elsewhere", by_hand=True).rename(site.with_name(MOVED))
    site.rename(site.with_name("x")).joinpath(MARKER).unlink()
    put_right(site)
    assert tree(site) == {**OLD, **BY_HAND}
    assert names_in(site.parent) == ["site", "x"]


def test_half_a_site_is_not_put_back(site: Path) -> None:
    """Where the author deleted the site, the rest of an older one is none."""
    left(site, MOVED, by_hand=True, without="index.html")
    site.rename(site.parent / "deleted")
    put_right(site)
    assert not site.exists()
    write_directory(NEW, site)
    assert tree(site) == {**NEW, **BY_HAND}
    assert names_in(site.parent) == ["deleted", "site"]


def somebodys_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_bytes(b"years of work")


def somebodys_marked_folder(folder: Path) -> None:
    somebodys_folder(folder)
    (folder / MARKER).write_bytes(b"")


def a_link_to_a_site(folder: Path) -> None:
    folder.symlink_to("site", target_is_directory=True)


@pytest.mark.parametrize("prepare", [somebodys_folder, somebodys_marked_folder, a_link_to_a_site])
def test_what_only_has_such_a_name_stays(site: Path, prepare: Callable[[Path], None]) -> None:
    """A name proves nothing: without a list of ours nothing is deleted, and no link is followed."""
    prepare(site.with_name(MADE))
    os.utime(site.with_name(MADE), (0, 0))  # by its age, too, it might be given up
    before = tree(site.parent)
    put_right(site)
    assert tree(site.parent) == before
    write_directory(OLD, site)
    assert tree(site.parent) == before
    assert names_in(site.parent) == [MADE, "site"]


@pytest.mark.parametrize(
    "name", [f".other{MARKER}-abcd_123", f"site{MARKER}-abcd_123", ".site-abcd_123", f".site{MARKER}-abcd"]
)
def test_a_site_of_ours_with_another_name_stays(site: Path, name: str) -> None:
    """What was made for another place is not taken away by a build for this one."""
    left(site, name)
    put_right(site)
    assert names_in(site.parent) == sorted([name, "site"])


def test_what_is_being_made_stays(site: Path) -> None:
    """A build that lives holds its folder and its files, and another one leaves them alone."""
    zipped = site.with_name("lesson.zip")
    with new_folder(site) as folder, new_file(zipped) as file:
        put_right(site, zipped)
        assert folder.is_dir()
        assert file.is_file()
    put_right(site, zipped)
    assert names_in(site.parent) == ["site"]


def test_without_locks_what_is_young_stays(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no lock tells whether somebody is at work, a day must have passed."""
    monkeypatch.setattr(locks, "_descriptor", lambda _: None)
    folder = left(site, MADE)
    put_right(site)
    assert folder.is_dir()
    os.utime(folder, (0, 0))
    put_right(site)
    assert not folder.exists()


@both_ways
def test_without_locks_a_build_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    """A build knows what it made itself, and what it moved out of the way."""
    monkeypatch.setattr(locks, "_descriptor", lambda _: None)
    if not at_once:
        in_two_steps(monkeypatch)
    for files in (OLD, NEW):
        write_with_archive(files, tmp_path / "site", Zip(tmp_path / "lesson.zip", lambda _: None))
        assert tree(tmp_path / "site") == files
        (tmp_path / "lesson.zip").unlink()
        assert names_in(tmp_path) == ["site"]


def test_what_cannot_go_back_is_told(site: Path) -> None:
    """Where the author put something else into the site meanwhile, neither is lost."""
    folder = left(site, MADE, by_hand=True)
    (site / "CNAME").write_bytes(b"newer")
    for build in (put_right, lambda site: write_directory(NEW, site)):
        with pytest.raises(AuthorError) as raised:
            build(site)
        assert str(raised.value) == (
            f"{(folder / 'CNAME').as_posix()}: a build that was killed left this here, and "
            f'"{(site / "CNAME").as_posix()}" is something else by now. Move it to where you want to have it.'
        )
        assert tree(folder) == {"CNAME": b"mine"}
        assert tree(site) == {**OLD, **BY_HAND, "CNAME": b"newer"}
    (folder / "CNAME").unlink()
    put_right(site)
    assert names_in(site.parent) == ["site"]


def test_what_cannot_be_deleted_stops_no_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leftover without the right to delete it waits for a build that has it."""
    folder = left(site, MADE)
    unlink = os.unlink

    def refuse(path: str) -> None:
        if Path(path).parent == folder:
            raise PermissionError(13, "Permission denied", path)
        unlink(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        write_directory(NEW, site)
    assert tree(site) == NEW
    assert tree(folder) == {"index.html": b"<p>old"}
    put_right(site)
    assert names_in(site.parent) == ["site"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user with fewer rights")
def test_a_site_that_is_only_for_reading_goes(site: Path) -> None:
    """What is ours may be deleted, too, where somebody took the right to write away."""
    (site / "old").chmod(0o555)
    site.chmod(0o555)
    write_directory(NEW, site)
    assert tree(site) == NEW
    assert names_in(site.parent) == ["site"]


def test_files_that_were_being_made_go(tmp_path: Path) -> None:
    """A zip and what is kept from build to build are made beside their place too."""
    zipped, kept = tmp_path / "lesson.zip", tmp_path / "cache"
    kept.mkdir()
    for name in (
        f".lesson.zip{MARKER}-abcd_123",
        f"cache/.key{MARKER}-abcd_123",
        ".lesson.zip-abcd_123",
        "cache/key",
    ):
        (tmp_path / name).write_bytes(b"half")
    put_right(tmp_path / "site", zipped)
    assert names_in(tmp_path) == [".lesson.zip-abcd_123", "cache"]
    FolderCache(kept).trim()
    assert names_in(kept) == ["key"]


def test_what_is_being_kept_is_not_trimmed(tmp_path: Path) -> None:
    """A build beside this one goes on undisturbed, however small the cache is to be."""
    with new_file(tmp_path / "key") as file:
        file.write_bytes(b"half of it")
        FolderCache(tmp_path).trim(0)
        assert file.read_bytes() == b"half of it"


@both_ways
def test_builds_at_the_same_time_both_end_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    """One of them is the last, and its site is whole, with what the author keeps in it."""
    if not at_once:
        in_two_steps(monkeypatch)
    site, together = tmp_path / "site", Barrier(4, timeout=60)
    write_directory(OLD, site)
    (site / "CNAME").write_bytes(b"mine")
    builds = [{f"{name}{number}.html": name.encode() for number in range(20)} for name in "abcd"]

    def build(files: dict[str, bytes]) -> None:
        for _ in range(10):
            together.wait()
            put_right(site)
            write_directory(files, site)

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(build, builds))
    assert tree(site) in [{**files, "CNAME": b"mine"} for files in builds]
    assert names_in(tmp_path) == ["site"]
