"""Everything that is saved in a folder is heard of, also in one that has taken the folder's place."""

from pathlib import Path

import pytest

from generator.site.preview.watching import watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of one file."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("a")
    return tmp_path / "content"


def test_what_is_saved_is_told(folder: Path) -> None:
    """Under a new name, in a new folder, and as editors do who put a new file in the old one's place."""
    with watched([folder, folder.with_name("none")]) as watching:
        (folder / "a.md").write_text("b")
        assert folder / "a.md" in watching.wait()
        (folder / "new").mkdir()
        watching.wait()
        (folder / "a.tmp").write_text("c")
        (folder / "a.tmp").replace(folder / "a.md")
        while folder / "a.md" not in watching.wait():
            pass


def test_a_folder_that_takes_the_other_s_place_is_watched(folder: Path) -> None:
    """As when a whole course is exchanged, or fetched again."""
    with watched([folder]) as watching:
        folder.rename(folder.with_name("old"))
        while folder not in watching.wait():
            pass
        folder.mkdir()
        while folder not in watching.wait():
            pass
        (folder / "b.md").write_text("b")
        while folder / "b.md" not in watching.wait():
            pass


def test_a_folder_that_is_missing_is_watched_once_it_is_there(folder: Path) -> None:
    missing = folder.with_name("none")
    with watched([missing]) as watching:
        missing.mkdir()
        while missing not in watching.wait():
            pass
