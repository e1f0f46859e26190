"""The site that was replaced is kept, and becomes the next one; nobody notices but by the clock."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import AuthorError
from generator.site import MARKER
from generator.site.output import SeenFiles, write_directory
from tests.site.killed_build import Builds, Moment
from tests.site.test_output import names_in, tree

FIRST = {
    "index.html": b"one",
    "a/index.html": b"a",
    "a/s/frames.json": b"{}",
    "b/index.html": b"b",
    "c": b"c",
}
SECOND = {**FIRST, "index.html": b"two"}
THIRD = {**FIRST, "index.html": b"three", "d/index.html": b"d"}


@dataclass(frozen=True)
class Desk:
    """Where sites are built, and what remembers them."""

    folder: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def spare(self) -> Path:
        """Return where the site before the last one is."""
        return self.cache / "spare-site-0"

    def write(self, *editions: dict[str, bytes], name: str = "site") -> None:
        """Write one edition of a site after the other."""
        for files in editions:
            number = 0 if name == "site" else name
            write_directory(files, self.folder / name, seen=SeenFiles(self.cache / f"site-{number}"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with two editions of a site, the one in its place, the other spare."""
    (tmp_path / "cache").mkdir()
    desk = Desk(tmp_path)
    desk.write(FIRST, SECOND)
    assert tree(desk.spare) == FIRST
    return desk


def test_a_site_is_what_was_written_last(desk: Desk) -> None:
    """Whatever the one before the last had, and has no more."""
    bare = {path: data for path, data in THIRD.items() if not path.startswith("a/")}
    turned = {**FIRST, "b": b"a file now", "c/index.html": b"a folder now"}
    del turned["b/index.html"], turned["c"]
    for files in (THIRD, bare, FIRST, turned, SECOND, SECOND, {"index.html": b"alone"}, FIRST):
        desk.write(files)
        assert tree(desk.site) == files
        assert sorted(path.name for path in desk.site.iterdir() if path.is_dir()) == sorted(
            {path.partition("/")[0] for path in files if "/" in path}
        )
    assert names_in(desk.folder) == ["cache", "site"]


def test_folders_that_stay_are_not_made_again(desk: Desk) -> None:
    """Making folders is what takes a disk its time."""
    number = (desk.spare / "a" / "s").stat().st_ino
    desk.write(THIRD)
    assert (desk.site / "a" / "s").stat().st_ino == number


def test_what_an_author_keeps_in_a_site_is_always_in_it(desk: Desk) -> None:
    """It goes from one folder to the other, and never into a spare one."""
    (desk.site / "a" / "notes.txt").write_bytes(b"mine")
    for files in (THIRD, FIRST, SECOND, FIRST):
        desk.write(files)
        assert tree(desk.site) == {**files, "a/notes.txt": b"mine"}
        assert tree(desk.spare).keys() <= {*FIRST, *THIRD}


def test_a_folder_of_the_authors_that_becomes_the_sites_is_no_hindrance(desk: Desk) -> None:
    """What he has in it stays, and the next site is made of the spare one again."""
    (desk.site / "d").mkdir()
    (desk.site / "d" / "notes.txt").write_bytes(b"mine")
    desk.write(THIRD)
    number = (desk.spare / "a").stat().st_ino
    desk.write(SECOND)
    assert (desk.site / "a").stat().st_ino == number
    assert tree(desk.site) == {**SECOND, "d/notes.txt": b"mine"}


def test_what_was_changed_by_hand_comes_back_by_no_way(desk: Desk) -> None:
    """A file has two names: who writes into it by the one changes it under the other."""
    page = desk.site / "a" / "index.html"
    with page.open("r+b") as opened:
        opened.write(b"mine")
    with pytest.raises(AuthorError, match="changed after it was built"):
        desk.write(THIRD)
    page.rename(desk.folder / "mine")
    desk.write(THIRD, FIRST, SECOND)
    assert tree(desk.site) == SECOND
    assert (desk.folder / "mine").read_bytes() == b"mine"


def test_a_file_that_was_deleted_is_there_again(desk: Desk) -> None:
    """It is in the spare site, as it was."""
    (desk.site / "a" / "index.html").unlink()
    desk.write(THIRD)
    assert tree(desk.site) == THIRD


def test_a_site_that_was_deleted_is_made_again(desk: Desk) -> None:
    """Of what is left of it, nothing is wrong."""
    for path in sorted(desk.site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    desk.site.rmdir()
    desk.write(THIRD, FIRST)
    assert tree(desk.site) == FIRST


@pytest.mark.parametrize("path", ["stray", "a/stray", "a/s/deep/stray"])
def test_what_somebody_put_into_a_spare_site_is_neither_shown_nor_lost(desk: Desk, path: str) -> None:
    """Such a folder is left alone."""
    (desk.spare / path).parent.mkdir(exist_ok=True)
    (desk.spare / path).write_bytes(b"mine")
    desk.write(THIRD, FIRST, SECOND)
    assert tree(desk.site) == SECOND
    assert (desk.spare / path).read_bytes() == b"mine"


@pytest.mark.parametrize("data", [None, b"", b"{}"], ids=["no list", "an empty list", "another list"])
def test_a_folder_that_says_nothing_of_itself_is_no_spare_site(desk: Desk, data: bytes | None) -> None:
    """Its files could be anybody's."""
    (desk.spare / MARKER).unlink()
    if data is not None:
        (desk.spare / MARKER).write_bytes(data)
    desk.write(THIRD, FIRST)
    assert tree(desk.site) == FIRST


def test_a_file_of_the_spare_site_that_is_another_is_written_anew(desk: Desk) -> None:
    """Only the very file that is in the site is taken over."""
    (desk.spare / "a" / "index.html").unlink()
    (desk.spare / "a" / "index.html").write_bytes(b"x")
    (desk.spare / "c").unlink()
    (desk.spare / "c").symlink_to(desk.folder / "cache")
    desk.write(THIRD)
    assert tree(desk.site) == THIRD


def test_a_folder_that_was_closed_stops_no_build(desk: Desk) -> None:
    """Its rights are the site's own."""
    for folder in (desk.site / "a", desk.spare / "a"):
        folder.chmod(0o555)
    desk.write(THIRD, SECOND)
    assert tree(desk.site) == SECOND


def test_a_site_that_is_quite_another_is_not_kept(desk: Desk) -> None:
    """What has nothing in common with the new one would only take room."""
    desk.write(dict.fromkeys(FIRST, b"other"))
    assert not desk.spare.exists()
    assert names_in(desk.folder) == ["cache", "site"]


def test_a_cache_holds_two_spare_sites(desk: Desk) -> None:
    """One more takes the place of the oldest; nothing else in the cache is touched."""
    (desk.cache / "spare-notes").mkdir()
    (desk.cache / "spare-notes" / "mine").write_bytes(b"mine")
    for age, name in enumerate(("x", "y", "z")):
        desk.write(FIRST, SECOND, name=name)
        os.utime(desk.cache / f"spare-site-{name}", (age, age))
    spares = [name for name in names_in(desk.cache) if name.startswith("spare-")]
    assert len(spares) <= 3
    assert "spare-site-z" in spares
    assert tree(desk.cache / "spare-notes") == {"mine": b"mine"}
    assert tree(desk.site) == SECOND


CHAPTERS = tuple(f"{number:02}-chapter" for number in range(1, 5))


def write_course(content: Path, word: str) -> None:
    (content / "chapters").mkdir(parents=True, exist_ok=True)
    for name in CHAPTERS:
        text = f'+++\ntitle = "{name}"\n+++\n\n{word if name == CHAPTERS[1] else "As always."}\n'
        (content / "chapters" / f"{name}.md").write_text(text, "utf-8")
    listed = "".join(f'"{name}", ' for name in CHAPTERS)
    (content / "course.toml").write_text(
        f'title = "A course"\n[[parts]]\ntitle = "P"\nchapters = [{listed}]\n'
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
def test_a_build_may_be_killed_while_a_spare_site_becomes_the_new_one(tmp_path: Path, builds: Builds) -> None:
    """At whatever moment: the old site or the new one is whole, and the next build puts the rest right."""
    content, cache, site, log = (tmp_path / name for name in ("content", "cache", "site", "log"))

    def build(word: str, moment: Moment) -> int:
        write_course(content, word)
        log.unlink(missing_ok=True)
        return builds.last_words(content, cache, moment, "--content", str(content))[0]

    editions = {}
    for word in ("one", "two", "one", "two"):
        assert build(word, Moment(log=str(log))) == 0
        editions[word] = tree(site)
    happened = log.read_text().splitlines()
    renamings = [at for at, name in enumerate(happened) if name == "os.rename"]
    assert len(renamings) >= 2
    removals = [at for at, name in enumerate(happened) if name == "os.remove"]
    for event in sorted(
        {at + after for at in (renamings[0], removals[0], renamings[-1]) for after in (0, 1)}
    ):
        assert build("one", Moment(event=event, number=signal.SIGKILL)) == -signal.SIGKILL
        assert tree(site) in editions.values()
        assert main(["--content", str(content), "--out", str(site)], cache) == 0
        assert tree(site) == editions["one"]
        assert names_in(tmp_path) == ["cache", "content", "site"]
        assert build("two", Moment()) == 0
