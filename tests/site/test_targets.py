"""Where a site may be put: apart from what it is made from, and not over the site of another course."""

import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.errors import AuthorError
from generator.site import Origin, check_course, check_targets, write_directory, write_with_archive
from generator.site.archive import archive
from generator.site.output import Zip, targets
from generator.site.output.listing import Listing, listing_in
from generator.site.output.locks import lock
from tests.built import packed

FILES = {"index.html": b"<p>"}


def refusal(target: Path, content: Path, theme: Path) -> str:
    with pytest.raises(AuthorError) as raised:
        check_targets(target, None, content, theme)
    return str(raised.value).removeprefix(f"{target.as_posix()}: ")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Make a folder with a content and a theme that is known as a site of ours."""
    write_directory(FILES, tmp_path / "book")
    for name in ("content/images", "theme/fonts"):
        (tmp_path / "book" / name).mkdir(parents=True)
    return tmp_path / "book"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (".", "a site in this folder would replace the content that it is made from. Name another"),
        ("content", "the site would lie inside the content that it is made from. Name a folder outside"),
        (
            "content/images",
            "the site would lie inside the content that it is made from. Name a folder outside",
        ),
        (
            "content/new/site",
            "the site would lie inside the content that it is made from. Name a folder outside",
        ),
        ("theme", "the site would lie inside the theme that it is made with. Name a folder outside"),
        ("theme/site", "the site would lie inside the theme that it is made with. Name a folder outside"),
    ],
)
def test_a_site_and_what_it_is_made_from_lie_apart(book: Path, target: str, told: str) -> None:
    """Neither may hold the other, even where the folder is known as a site of ours."""
    assert refusal(book / target, book / "content", book / "theme").startswith(told)


def test_a_folder_that_holds_the_theme_alone_is_refused(book: Path, tmp_path: Path) -> None:
    """The theme is no less the author's than the content."""
    told = refusal(book, tmp_path / "content", book / "theme")
    assert told == (
        "a site in this folder would replace the theme that it is made with. Name another folder with --out."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_folder_is_refused_and_stays(book: Path, tmp_path: Path) -> None:
    """A pipe or a device is no place for a site, and nothing is put where it was."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told = refusal(pipe, book / "content", book / "theme")
    assert told == "the target is no folder, but a device, a pipe or the like. Name a folder with --out."
    assert pipe.is_fifo()


def test_links_do_not_lead_around_that(book: Path, tmp_path: Path) -> None:
    """The content is found in the target under every name, as long as it is there."""
    (tmp_path / "link").symlink_to(book, target_is_directory=True)
    (tmp_path / "source").symlink_to(book / "content", target_is_directory=True)
    for target in (book, tmp_path / "link"):
        for content in (book / "content", tmp_path / "source", tmp_path / "link" / "content"):
            assert "would replace the content" in refusal(target, content, tmp_path)


def test_a_folder_with_two_names_is_one(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is mounted twice, or one that overlooks capitals, knows a folder by names that differ."""
    (tmp_path / "mounted").mkdir()
    stat = os.stat
    monkeypatch.setattr(Path, "stat", lambda path, **_: stat(book if path == tmp_path / "mounted" else path))
    assert "would replace the content" in refusal(tmp_path / "mounted", book / "content", tmp_path / "theme")


def test_beside_each_other_they_are_right(book: Path, tmp_path: Path) -> None:
    """A site may lie beside its content, under a name that begins with the content's."""
    for target in (book / "site", book / "content-site", tmp_path / "site"):
        check_targets(target, book / "lesson.zip", book / "content", book / "theme")


ART, BIOLOGY = "Seeing in art", "Seeing in biology"


EVERY_COURSE = pytest.mark.parametrize(
    ("title", "content", "right"),
    [
        (ART, "art", True),
        ("Seeing in arts", "art", True),
        (ART, "moved", True),
        (BIOLOGY, "biology", False),
    ],
    ids=["the same", "a new title", "a new place", "another"],
)


@EVERY_COURSE
def test_a_course_is_known_by_its_title_or_its_place(
    tmp_path: Path, title: str, content: str, right: bool
) -> None:
    """A site is replaced by that of the same course, under a new title or from a new place, but no other."""
    site = tmp_path / "site"
    write_directory(FILES, site, Origin(ART, tmp_path / "art"))
    if right:
        check_course(site, None, Origin(title, tmp_path / content))
        return
    with pytest.raises(AuthorError) as raised:
        check_course(site, None, Origin(title, tmp_path / content))
    assert str(raised.value) == (
        f'{site.as_posix()}: the site of another course lies here: "{ART}", not "{BIOLOGY}". '
        "Name another folder with --out, or add --replace to replace it."
    )


def test_a_course_that_is_moved_with_its_site_is_the_same(tmp_path: Path) -> None:
    """Its place is the way from the site to it."""
    write_directory(FILES, tmp_path / "a" / "site", Origin(ART, tmp_path / "a" / "content"))
    (tmp_path / "a").rename(tmp_path / "b")
    check_course(tmp_path / "b" / "site", None, Origin(BIOLOGY, tmp_path / "b" / "content"))


def test_where_there_is_no_site_there_is_no_other_course(tmp_path: Path) -> None:
    """Nothing and an empty folder are nobody's."""
    (tmp_path / "empty").mkdir()
    for name in ("empty", "nothing"):
        check_course(tmp_path / name, None, Origin(ART, tmp_path / "art"))


@EVERY_COURSE
def test_a_zip_is_of_the_course_whose_title_it_has(
    tmp_path: Path, title: str, content: str, right: bool
) -> None:
    """It may lie anywhere; under a new title it is known by the site that it was written with."""
    site, file = tmp_path / "site", tmp_path / "lesson.zip"
    write_with_archive(FILES, site, Zip(file, archive({}, ART)), Origin(ART, tmp_path / "art"))
    if right:
        check_course(site, file, Origin(title, tmp_path / content))
        return
    with pytest.raises(AuthorError) as raised:
        check_course(tmp_path / "elsewhere", file, Origin(title, tmp_path / content))
    assert str(raised.value) == (
        f'{file.as_posix()}: the zip of another course lies here: "{ART}", not "{BIOLOGY}". '
        "Name another file with --zip, or add --replace to replace it."
    )


def test_a_zip_that_says_another_title_is_none_of_ours(tmp_path: Path) -> None:
    """What it says counts only as long as it fits what is in it, however long the title is."""
    file = tmp_path / "lesson.zip"
    for title in (ART * 100, "Übung macht den Meister", ""):
        file.write_bytes(packed(archive({"a.txt": b""}, title)))
        check_targets(tmp_path / "site", file)
        check_course(tmp_path / "site", file, Origin(title, tmp_path / "art"))
    with ZipFile(file, "a") as made:
        made.writestr("mine.txt", "mine")
    with pytest.raises(AuthorError, match="no zip as this program made it"):
        check_targets(tmp_path / "site", file)


@pytest.mark.parametrize(
    "changes", [{6: 90}, {9: 8, 46: 0xFF}], ids=["of a later version", "with a name in no letters"]
)
def test_a_zip_that_cannot_be_read_is_none_of_ours(tmp_path: Path, changes: dict[int, int]) -> None:
    """Whatever another program has packed, the answer is a line and no traceback."""
    file = tmp_path / "lesson.zip"
    with ZipFile(file, "w") as made:
        made.writestr("a.txt", "mine")
    packed = bytearray(file.read_bytes())
    for offset, byte in changes.items():
        packed[packed.index(b"PK\1\2") + offset] = byte
    file.write_bytes(bytes(packed))
    with pytest.raises(AuthorError, match="no zip as this program made it"):
        check_targets(tmp_path / "site", file)


@pytest.mark.skipif(os.name == "nt", reason="Windows locks no folder")
def test_a_target_is_looked_at_while_no_build_exchanges_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the two steps there is no folder, or one that has just lost its list."""
    write_directory(FILES, tmp_path / "site")
    waits = list[bool]()

    def looking(place: Path) -> Listing | None:
        with lock(place.parent, waiting=False) as mine:
            waits.append(mine is False)
        return listing_in(place)

    monkeypatch.setattr(targets, "listing_in", looking)
    check_targets(tmp_path / "site", None)
    assert waits == [True]
