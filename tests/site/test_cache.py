"""What is kept from build to build: found again by its key, made anew where it is not whole, and bounded."""

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from generator.site.cache import Cache, FolderCache, NoCache

FILES = {"film.png": b"\x89PNG\r\n", "frames/1.png": b"", "sheets.pdf": bytes(range(256))}


class Maker:
    """Makes files, and counts how often."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.times = 0

    def __call__(self) -> Iterator[tuple[str, bytes]]:
        self.times += 1
        yield from self.files.items()


def kept(cache: Cache, key: str = "a", files: dict[str, bytes] = FILES) -> tuple[dict[str, bytes], int]:
    """Return what the cache gives for a key, and how often it had to be made."""
    maker = Maker(files)
    return cache.files(key, maker), maker.times


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    """The same key gives the same files, in another program run too."""
    assert kept(FolderCache(tmp_path / "new" / "folder")) == (FILES, 1)
    assert kept(FolderCache(tmp_path / "new" / "folder")) == (FILES, 0)


def test_another_key_is_something_else(tmp_path: Path) -> None:
    """What is kept under one key is not given for another."""
    cache = FolderCache(tmp_path)
    kept(cache, "a")

    assert kept(cache, "b", {"other": b"!"}) == ({"other": b"!"}, 1)
    assert kept(cache, "a") == (FILES, 0)


def test_nothing_to_keep_is_kept_too(tmp_path: Path) -> None:
    """Where no file is made, as with a flipbook of one frame, that is not tried again."""
    kept(FolderCache(tmp_path), files={})

    assert kept(FolderCache(tmp_path), files={}) == ({}, 0)


def test_without_a_cache_everything_is_made(tmp_path: Path) -> None:
    """Each time anew, with the same result as from the folder."""
    assert kept(NoCache()) == kept(NoCache()) == (FILES, 1)
    assert kept(FolderCache(tmp_path))[0] == kept(NoCache())[0]


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 100, -1], ids=lambda size: f"{size} bytes")
def test_a_cut_file_is_made_anew(size: int, tmp_path: Path) -> None:
    """Of a disk that was full, or a machine that stopped, nothing comes into the site."""
    kept(FolderCache(tmp_path))
    [place] = tmp_path.iterdir()
    place.write_bytes(place.read_bytes()[:size])

    assert kept(FolderCache(tmp_path)) == (FILES, 1)
    assert kept(FolderCache(tmp_path)) == (FILES, 0)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_broken_file_is_made_anew(at: int, tmp_path: Path) -> None:
    """One wrong bit anywhere is seen."""
    kept(FolderCache(tmp_path))
    [place] = tmp_path.iterdir()
    data = bytearray(place.read_bytes())
    data[at] ^= 1
    place.write_bytes(data)

    assert kept(FolderCache(tmp_path)) == (FILES, 1)
    assert kept(FolderCache(tmp_path)) == (FILES, 0)


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    """Where a file stands in the way, the files are made each time, and it stays."""
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("mine")

    for _ in range(2):
        assert kept(FolderCache(in_the_way)) == (FILES, 1)
    FolderCache(in_the_way).trim()
    assert in_the_way.read_text() == "mine"


def test_what_cannot_be_written_can_still_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is only for reading, what was kept before is not made again."""
    kept(FolderCache(tmp_path))

    def refuse(self: Path) -> None:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "touch", refuse)
    assert kept(FolderCache(tmp_path)) == (FILES, 0)


def sized(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def fill(folder: Path) -> FolderCache:
    """Return a cache with three keys, the one that was made first used last."""
    cache = FolderCache(folder)
    for time, key in enumerate("abc", 1000):
        kept(cache, key)
        os.utime(folder / key, (time, time))
    kept(cache, "a")
    return cache


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    """Being asked for counts as use; being made early does not matter."""
    cache = fill(tmp_path)
    one = sized(tmp_path)["a"]

    cache.trim(3 * one)
    assert set(sized(tmp_path)) == {"a", "b", "c"}
    cache.trim(3 * one - 1)
    assert set(sized(tmp_path)) == {"a", "c"}
    cache.trim(one)
    assert set(sized(tmp_path)) == {"a"}
    cache.trim(0)
    assert sized(tmp_path) == {}


def test_a_cache_that_is_not_there_is_not_made_by_trimming(tmp_path: Path) -> None:
    """Nothing kept is nothing to delete."""
    FolderCache(tmp_path / "none").trim()

    assert not (tmp_path / "none").exists()


def test_what_is_kept_can_be_read_by_others(tmp_path: Path) -> None:
    """Nothing half-written is left beside it, and its rights are those of usual files."""
    kept(FolderCache(tmp_path))
    [place] = tmp_path.iterdir()

    assert place.name == "a"
    assert stat.S_IMODE(place.stat().st_mode) == 0o644


def test_what_another_program_packed_otherwise_is_made_anew(tmp_path: Path) -> None:
    """A whole file of another shape is as good as none."""
    kept(FolderCache(tmp_path))
    [place] = tmp_path.iterdir()
    for packed in (b"\x93\x01\x02\x03", b"\xc1", b""):
        place.write_bytes(sha256(packed).digest() + packed)
        assert kept(FolderCache(tmp_path)) == (FILES, 1)
