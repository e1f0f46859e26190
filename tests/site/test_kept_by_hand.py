"""What an author puts into the site by hand: it stays where it is, and nothing is written over it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.errors import AuthorError
from generator.site import MARKER, site_in_folder, write_directory, write_with_archive
from generator.site.output import Zip, swap
from generator.site.output.exchange import take_place
from tests.site.test_output import both_ways, in_two_steps, names_in, tree

OLD = {"index.html": b"<p>old", "01-edges/index.html": b"<p>edges", "02-blur/index.html": b"<p>blur"}


def nothing(_: BinaryIO) -> None:
    """Write an empty archive."""


NEW = {"index.html": b"<p>new", "01-edges/index.html": b"<p>edges", "03-pools/a/index.html": b"<p>pools"}
BY_HAND = {
    "CNAME": b"example.com",
    ".git/HEAD": b"ref: refs/heads/pages",
    ".git/objects/1f/2e": b"",
    "01-edges/notes.txt": b"of a chapter that stays",
    "02-blur/notes.txt": b"of a chapter that goes",
}


def write(folder: Path, files: dict[str, bytes]) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@both_ways
def test_it_stays_from_build_to_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    """Files, hidden folders and files beside a page are there after each build, with or without the page."""
    if not at_once:
        in_two_steps(monkeypatch)
    site = tmp_path / "site"
    write_directory(OLD, site)
    write(site, BY_HAND)
    (site / "empty").mkdir()
    for files in (NEW, OLD, NEW):
        write_directory(files, site)
        assert tree(site) == {**files, **BY_HAND}
        assert (site / "empty").is_dir()
    assert names_in(tmp_path) == ["site"]


def test_a_link_stays_and_is_not_followed(tmp_path: Path) -> None:
    """Neither a link that was added nor one in place of a folder of ours leads to a file that is deleted."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    write(tmp_path / "elsewhere", {"index.html": b"mine"})
    (site / "there").symlink_to(tmp_path / "elsewhere")
    (site / "nowhere").symlink_to("no such file")
    (site / "02-blur" / "index.html").unlink()
    (site / "02-blur").rmdir()
    (site / "02-blur").symlink_to(tmp_path / "elsewhere")
    write_directory(NEW, site)
    assert {name: str((site / name).readlink()) for name in ("there", "nowhere", "02-blur")} == {
        "there": str(tmp_path / "elsewhere"),
        "nowhere": "no such file",
        "02-blur": str(tmp_path / "elsewhere"),
    }
    assert tree(tmp_path / "elsewhere") == {"index.html": b"mine"}


def test_a_file_in_a_folder_that_becomes_ours_stays(tmp_path: Path) -> None:
    """A folder of the author's may get a page of the site beside what is in it."""
    write_directory(OLD, tmp_path / "site")
    write(tmp_path / "site", {"03-pools/a/notes.txt": b"mine", "03-pools/notes.txt": b"mine"})
    write_directory(NEW, tmp_path / "site")
    assert tree(tmp_path / "site") == {**NEW, "03-pools/a/notes.txt": b"mine", "03-pools/notes.txt": b"mine"}


def a_file(path: str) -> Callable[[Path], None]:
    return lambda site: write(site, {path: b"mine"})


def a_link(path: str) -> Callable[[Path], None]:
    def prepare(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).unlink(missing_ok=True)
        (site / path).symlink_to(".")

    return prepare


@pytest.mark.parametrize(
    ("prepare", "named"),
    [
        (a_file("03-pools/a/index.html"), "03-pools/a/index.html"),
        (a_file("03-pools/a/index.html/notes.txt"), "03-pools/a/index.html"),
        (a_file("03-pools"), "03-pools"),
        (a_link("03-pools/a"), "03-pools/a"),
        (a_link("index.html"), "index.html"),
    ],
    ids=["a page", "a folder for a page", "a file for a folder", "a link for a folder", "a link for a page"],
)
@both_ways
def test_what_is_in_the_way_is_told_before_anything_changes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    prepare: Callable[[Path], None],
    named: str,
    at_once: bool,
) -> None:
    """The author decides: neither the page nor what stands in its place is lost."""
    if not at_once:
        in_two_steps(monkeypatch)
    site = tmp_path / "site"
    write_directory(OLD, site)
    prepare(site)
    before = {path: path.read_bytes() if path.is_file() else b"" for path in sorted(tmp_path.rglob("*"))}
    with pytest.raises(AuthorError) as raised:
        write_directory(NEW, site)
    assert str(raised.value) == (
        f"{(site / named).as_posix()}: this was not made by a build, and stands where the new site has "
        "something else. Move it, or give it another name."
    )
    after = {path: path.read_bytes() if path.is_file() else b"" for path in sorted(tmp_path.rglob("*"))}
    assert after == before


def test_a_name_in_other_letters_is_somebody_elses(tmp_path: Path) -> None:
    """Where a disk takes `Index.html` for `index.html`, what was renamed is refused; elsewhere it stays."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    (site / "index.html").rename(site / "Index.html")
    if (site / "index.html").exists():
        with pytest.raises(AuthorError, match=r"Index\.html: this was not made by a build"):
            write_directory(NEW, site)
    else:
        write_directory(NEW, site)
        assert tree(site) == {**NEW, "Index.html": b"<p>old"}
    assert (site / "Index.html").read_bytes() == b"<p>old"


def test_a_list_that_names_what_lies_elsewhere_deletes_nothing_there(tmp_path: Path) -> None:
    """Only what is found in the folder is compared with the list, so no path in it leads out."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    write(tmp_path, {"thesis.txt": b"years of work"})
    said = json.loads((site / MARKER).read_text())
    said["digests"] |= dict.fromkeys(("../thesis.txt", f"{tmp_path}/thesis.txt"), "0" * 32)
    (site / MARKER).write_text(json.dumps(said))
    write_directory(NEW, site)
    assert tree(tmp_path) == {
        "thesis.txt": b"years of work",
        **{f"site/{path}": data for path, data in NEW.items()},
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user with fewer rights")
def test_what_cannot_be_moved_is_told_before_anything_changes(tmp_path: Path) -> None:
    """A folder without the right to write in it would be left behind."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    write(site, {"mine/notes.txt": b"mine"})
    (site / "mine").chmod(0o555)
    with pytest.raises(AuthorError, match="mine: this was not made by a build, and cannot be moved"):
        write_directory(NEW, site)
    assert tree(site) == {**OLD, "mine/notes.txt": b"mine"}
    (site / "mine").chmod(0o755)


def test_where_the_zip_fails_both_sites_files_are_where_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zip that is open in another program keeps the old site in its place, too, with all that is in it."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    write(site, BY_HAND)

    def busy(made: Path, place: Path) -> Path:
        raise PermissionError(13, "busy", str(place))

    monkeypatch.setattr(Path, "replace", busy)
    for at_once in (True, False):
        if not at_once:
            in_two_steps(monkeypatch)
        with pytest.raises(PermissionError, match="busy"):
            write_with_archive(NEW, site, Zip(tmp_path / "lesson.zip", nothing))
        assert tree(site) == {**OLD, **BY_HAND}
        assert names_in(tmp_path) == ["site"]


def test_a_check_sees_what_readers_get(tmp_path: Path) -> None:
    """A file that was put there is checked with the rest, the folder of a program is not."""
    write_directory({**NEW, ".nojekyll": b""}, tmp_path / "site")
    write(tmp_path / "site", BY_HAND)
    assert set(site_in_folder(tmp_path / "site").sizes) == {
        *NEW,
        ".nojekyll",
        "CNAME",
        "01-edges/notes.txt",
        "02-blur/notes.txt",
    }


def test_a_page_that_was_changed_by_hand_is_not_lost(tmp_path: Path) -> None:
    """What stands in it by now was written by nobody but the author: the build stops and says so."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    write(site, {"02-blur/index.html": b"mine"})

    with pytest.raises(AuthorError) as raised:
        write_directory(NEW, site)

    assert str(raised.value) == (
        f"{(site / '02-blur/index.html').as_posix()}: this was changed after it was built, "
        "and would be lost. Move it out of the site, or delete it."
    )
    assert tree(site) == {**OLD, "02-blur/index.html": b"mine"}
    (site / "02-blur/index.html").unlink()
    write_directory(NEW, site)
    assert tree(site) == NEW


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_rights_of_the_folder_stay(tmp_path: Path) -> None:
    """A site that was closed to others is closed after the next build."""
    site = tmp_path / "site"
    write_directory(OLD, site)
    site.chmod(0o750)
    write_directory(NEW, site)
    assert site.stat().st_mode & 0o7777 == 0o750


@both_ways
def test_what_is_saved_at_the_last_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    """A page saved just before the new site takes its place brings the old one back, zip and all."""
    if not at_once:
        in_two_steps(monkeypatch)
    site, file = tmp_path / "site", tmp_path / "lesson.zip"
    write_directory(OLD, site)
    write(site, BY_HAND)

    def saved_before(made: Path, place: Path) -> Path:
        write(place, {"02-blur/index.html": b"<p>by hand"})
        return take_place(made, place)

    monkeypatch.setattr(swap, "take_place", saved_before)
    with pytest.raises(AuthorError, match=r"02-blur/index\.html: this was changed after it was built"):
        write_with_archive(NEW, site, Zip(file, nothing))
    assert tree(site) == {**OLD, **BY_HAND, "02-blur/index.html": b"<p>by hand"}
    assert names_in(tmp_path) == ["site"]
