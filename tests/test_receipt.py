"""A build that would change nothing says again what the last one said, and imports nothing for it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.receipt import Receipt, decoded, mark_of
from tests.built import files_of

WARNED = '```scene\nid = "edge"\nimage = [[1, 9, 9]]\nkernel = [[1]]\nstride = 2\nframes = "sample 1"\n```\n'
OLD = 1_700_000_000
"""A moment, in seconds, that is long past."""


@dataclass(frozen=True)
class Desk:
    """A project of its own with a course of one chapter."""

    folder: Path

    @property
    def chapter(self) -> Path:
        return self.folder / "content" / "chapters" / "01-edges.md"

    def build(self, *arguments: str) -> tuple[str, str, set[str]]:
        """Build, and return what was said, on which streams, and which libraries were imported."""
        command = [sys.executable, "-X", "importtime", str(self.folder / "build.py"), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)  # noqa: S603
        lines = done.stderr.splitlines(keepends=True)
        imported = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
        said = "".join(line for line in lines if not line.startswith("import time:"))
        libraries = {name.split(".")[0] for name in imported} - sys.stdlib_module_names
        return done.stdout, said, libraries - {"imported package"}  # the head of the table

    def is_repeated(self, *arguments: str) -> bool:
        """Build, and tell whether that needed no library."""
        return self.build(*arguments)[2] <= {"generator", "sitecustomize", "usercustomize"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which a course was built."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("generator", "themes"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("build.py", "requirements.txt", "pyproject.toml"):
        shutil.copy2(PROJECT / name, folder / name)
    (folder / "tests").mkdir()
    shutil.copy2(PROJECT / "tests" / "requirements.txt", folder / "tests" / "requirements.txt")
    (folder / "content" / "chapters").mkdir(parents=True)
    desk = Desk(folder)
    course = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges"]\n'
    (folder / "content" / "course.toml").write_text(course)
    desk.chapter.write_text(f'+++\ntitle = "Edges"\n+++\n\nOld.\n\n{WARNED}')
    desk.build()
    return folder


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    """Return a project of its own in which a course was built once more, when all its files were old."""
    desk = Desk(shutil.copytree(built, tmp_path / "project"))
    for path in desk.folder.rglob("*"):
        os.utime(path, (OLD, OLD))
    desk.build()
    desk.build()
    return desk


def test_an_unchanged_build_says_the_same_and_imports_nothing(desk: Desk) -> None:
    out, errors, _ = desk.build("--jobs", "1")
    again = desk.build("--jobs", "1")

    assert "stride 2 leaves" in errors
    assert (out, errors) == again[:2]
    assert desk.is_repeated("--jobs", "1")


def edit(desk: Desk) -> None:
    desk.chapter.write_text(desk.chapter.read_text().replace("Old.", "New."))


def add_chapter(desk: Desk) -> None:
    shutil.copy2(desk.chapter, desk.chapter.with_name("02-more.md"))


def remove_page(desk: Desk) -> None:
    (desk.folder / "site" / "index.html").unlink()


def remove_site(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "site")


def change_theme(desk: Desk) -> None:
    with (desk.folder / "themes" / "lesson" / "theme.toml").open("a") as file:
        file.write("\n# changed\n")


def change_program(desk: Desk) -> None:
    with (desk.folder / "generator" / "errors.py").open("a") as file:
        file.write("\n# changed\n")


@pytest.mark.parametrize(
    "change", [edit, add_chapter, remove_page, remove_site, change_theme, change_program]
)
def test_whatever_changes_is_built(change: Callable[[Desk], None], desk: Desk) -> None:
    assert desk.is_repeated()
    before = files_of(desk.folder / "site")
    change(desk)

    assert not desk.is_repeated()
    after = files_of(desk.folder / "site")
    assert (after == before) == (change is not edit)


def test_a_change_of_the_same_size_in_the_same_moment_is_built(desk: Desk) -> None:
    """A clock that stands still between two saves hides nothing."""
    times = desk.chapter.stat().st_mtime_ns
    desk.chapter.write_text(desk.chapter.read_text().replace("Old.", "Odd."))
    os.utime(desk.chapter, ns=(times, times))

    desk.build()
    assert b"Odd." in files_of(desk.folder / "site")["01-edges/index.html"]


def test_a_page_that_somebody_changed_is_not_taken_for_ours(desk: Desk) -> None:
    """What would be lost is told, as in every build."""
    (desk.folder / "site" / "index.html").write_text("mine")

    assert "this was changed after it was built" in desk.build()[1]


def test_other_arguments_are_another_build(desk: Desk) -> None:
    assert not desk.is_repeated("--strict")
    assert desk.is_repeated()


def test_a_receipt_that_cannot_be_read_is_none(desk: Desk) -> None:
    for receipt in (desk.folder / ".cache").glob("receipt-*"):
        receipt.write_bytes(b"\xff\0\0cut")

    assert not desk.is_repeated()
    assert desk.is_repeated()


def test_a_receipt_is_read_as_it_was_kept() -> None:
    receipt = Receipt("a", ["/b", "/ü\udc80"], "c", ["/d"], ["1said", "2warned"])
    assert vars(decoded(receipt.encoded())) == vars(receipt)


def test_what_has_just_changed_is_not_settled(tmp_path: Path) -> None:
    """Another change could bear the same time, so that nobody can rely on it."""
    (tmp_path / "a").write_text("a")
    assert not mark_of([str(tmp_path)]).is_settled


def test_a_link_to_a_folder_is_not_looked_behind(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "elsewhere").symlink_to(tmp_path)
    with pytest.raises(OSError, match="leads to a folder"):
        mark_of([str(tmp_path / "content")])
