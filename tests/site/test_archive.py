"""The zip for a class: the same every time, one folder, names for every system, and all of the site in it."""

import os
import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from generator.cli import main
from generator.course import Course
from generator.errors import AuthorError
from generator.site import check_targets, write_with_archive
from generator.site.archive import archive, folder_name, site_archive
from generator.site.output import Zip
from tests.built import packed, zip_of
from tests.site.pages import addresses, elements, place_of, shown_text
from tests.test_command_line import make_course

READ_ME = "READ-ME-FIRST.html"
FOLDER = "how-machines-see"
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


def fits_every_system(path: str) -> bool:
    """Return whether Windows, macOS and Linux can each hold a path of an archive, and unpack it inside.

    >>> fits_every_system("a/b c.png"), fits_every_system("a/con.png"), fits_every_system("a /b")
    (True, False, False)
    """
    parts = path.split("/")
    return len(path) < 200 and all(
        part not in {"", ".", ".."}
        and not re.search(r'[<>:"|?*\\\x00-\x1f\x7f]|[. ]$', part)
        and part.split(".")[0].strip().lower() not in DEVICES
        for part in parts
    )


@pytest.fixture(scope="module")
def zipped(site: Path) -> bytes:
    """Return the zip of the real site."""
    return zip_of(site).read_bytes()


@pytest.fixture(scope="module")
def entries(zipped: bytes) -> list[ZipInfo]:
    with ZipFile(BytesIO(zipped)) as opened:
        assert opened.testzip() is None
        return opened.infolist()


def contents(zipped: bytes) -> dict[str, bytes]:
    """Return every file of an archive by its path."""
    with ZipFile(BytesIO(zipped)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def read_me(zipped: bytes) -> str:
    return contents(zipped)[f"{FOLDER}/{READ_ME}"].decode()


def test_the_order_in_which_files_are_made_does_not_show() -> None:
    """Sorted, the same files are the same archive."""
    files = {f"{letter}.txt": letter.encode() for letter in "cabZ"}
    backwards = dict(reversed(files.items()))
    assert packed(archive(files, "x")) == packed(archive(backwards, "x"))


def test_everything_lies_in_one_folder(entries: list[ZipInfo]) -> None:
    """Whoever unpacks it on a desktop finds one new thing there, with three things in it at most."""
    paths = [entry.filename.split("/") for entry in entries]
    assert {parts[0] for parts in paths} == {FOLDER}
    assert {parts[1] for parts in paths} == {READ_ME, "course"}


def test_names_are_valid_everywhere(entries: list[ZipInfo]) -> None:
    """No name needs to be changed by a system that unpacks it, and none overwrites another."""
    names = [entry.filename for entry in entries]
    assert [name for name in names if not fits_every_system(name)] == []
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)


def test_no_time_of_the_build_stands_in_it(entries: list[ZipInfo]) -> None:
    """Every file is as old as a zip can say, with no second date in an extra field, and no comment."""
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.extra, entry.comment) for entry in entries} == {(b"", b"")}


def test_everybody_may_read_the_files_and_only_the_owner_change_them(entries: list[ZipInfo]) -> None:
    """Ordinary files with the rights that ordinary files have, whichever system made the zip."""
    assert {(entry.create_system, oct(entry.external_attr >> 16)) for entry in entries} == {(3, "0o100644")}


def test_it_unpacks_into_the_site(zipped: bytes, files: dict[str, bytes]) -> None:
    """All files of the site but those for servers and programs, byte for byte, and one page more."""
    rest = contents(zipped)
    del rest[f"{FOLDER}/{READ_ME}"]
    left_out = {"404.html", ".nojekyll", *(path for path in files if path.endswith(".npy"))}
    kept = {path: data for path, data in files.items() if path not in left_out}
    assert rest == {f"{FOLDER}/course/{path}": data for path, data in kept.items()}


def test_what_is_for_web_servers_stays_at_home(course: Course) -> None:
    """A list of addresses means nothing on a disk, nor do pictures for those who share links."""
    servers = ("sitemap.xml", "404.html", ".nojekyll", "card.png", "05-x/card.png")
    readers = ("index.html", "images/card.png")
    made = contents(packed(site_archive(course.title, b"", dict.fromkeys((*servers, *readers), b""))))
    assert set(made) == {f"{FOLDER}/{READ_ME}", *(f"{FOLDER}/course/{name}" for name in readers)}


def test_arrays_for_programs_are_in_it_only_where_a_chapter_leads_to_them(course: Course) -> None:
    """No reader opens them, and they weigh as much as what readers open; but every link leads somewhere."""
    pages = {
        "01-x/index.html": b'<a href="my-photo/output.npy">its numbers</a> my-photo/input.npy',
        "02-y/index.html": b'<a href="../01-x/other/input.npy">numbers</a><a href="https://a.org/b.npy">',
    }
    linked = ("01-x/my-photo/output.npy", "01-x/other/input.npy")
    others = ("01-x/my-photo/input.npy", "01-x/other/output.npy")
    files = {**pages, **dict.fromkeys((*linked, *others), b"")}
    made = contents(packed(site_archive(course.title, b"", files)))
    assert set(made) == {f"{FOLDER}/{READ_ME}", *(f"{FOLDER}/course/{name}" for name in (*pages, *linked))}


def test_it_is_smaller_than_what_is_in_it(entries: list[ZipInfo]) -> None:
    """Pages are packed to a part of their size, and pictures do not grow by it."""
    for entry in entries:
        if entry.filename.endswith((".html", ".css", ".js", ".json")):
            assert entry.compress_size < 0.6 * entry.file_size, entry.filename
    assert sum(entry.compress_size for entry in entries) < sum(entry.file_size for entry in entries)


def test_names_in_other_letters_are_marked_as_utf_8() -> None:
    """A picture may have any letters in its name."""
    with ZipFile(BytesIO(packed(archive({"course/images/Übung 1.png": b""}, "x")))) as opened:
        (entry,) = opened.infolist()
    assert entry.filename == "x/course/images/Übung 1.png"
    assert entry.flag_bits & 0x800


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How machines see", "how-machines-see"),
        ("  Wie Maschinen sehen: Größe & Maß!  ", "wie-maschinen-sehen-grosse-mass"),
        ("Café ½ № 5", "cafe-1-2-no-5"),
        ("機械の見方", "lesson"),
        ("機械の見方 2", "2"),
        ("", "lesson"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "lesson"),
        ("com1", "lesson"),
        ("Constant", "constant"),
        ("x" * 500, "x" * 60),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_the_folder_is_named_after_the_course(title: str, name: str) -> None:
    """Small letters, digits and hyphens, never a device of Windows, never too long."""
    assert folder_name(title) == name
    assert fits_every_system(name)


def test_every_address_of_the_first_page_leads_to_a_file(zipped: bytes, read_me: str) -> None:
    """Style, script, icon and chapters are found from where the page lies."""
    names = set(contents(zipped))
    found = [place_of(f"{FOLDER}/{READ_ME}", address)[0] for _, address in addresses(read_me)]
    assert [place for place in found if place not in names] == []


def test_the_first_page_opens_the_course(read_me: str, course: Course) -> None:
    """One link above all others, and one to each written chapter."""
    links = [element for element in elements(read_me) if element.tag == "a"]
    targets = [link.attributes["href"] for link in links if not link.attributes["href"].startswith("#")]
    assert targets == [
        "course/index.html",
        *(f"course/{chapter.name}/index.html" for chapter in course.chapters),
    ]


def test_the_first_page_says_what_to_do(read_me: str, course: Course) -> None:
    """Its words help by themselves where a preview of the zip shows them without their style."""
    text = " ".join(shown_text(read_me).split())
    for words in (course.title, course.summary, "no internet", "Unpack it first", "Extract all", READ_ME):
        assert words in text


FILES = {"index.html": b"<p>new"}


def test_the_zip_lies_beside_the_site_and_alone(tmp_path: Path) -> None:
    """Folders on the way are made, an older zip is replaced, and nothing else stays."""
    file = tmp_path / "out" / "lesson.zip"
    for data in (archive({"a": b"1"}, "x"), archive({"a": b"2"}, "x")):
        write_with_archive(FILES, tmp_path / "site", Zip(file, data))
        assert file.read_bytes() == packed(data)
    assert [path.name for path in file.parent.iterdir()] == ["lesson.zip"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "site"]


def test_a_zip_of_somebody_else_stays(tmp_path: Path) -> None:
    """An archive that this program did not make, such as a document of an office program, is not replaced."""
    document = tmp_path / "report.docx"
    with ZipFile(document, "w") as made:
        made.writestr("word/document.xml", "mine")
    before = document.read_bytes()
    with pytest.raises(AuthorError, match="no zip as this program made it"):
        write_with_archive(FILES, tmp_path / "site", Zip(document, archive({}, "x")))
    assert document.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.docx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_others_may_read_the_zip(tmp_path: Path) -> None:
    """A class fetches it from a shared folder."""
    write_with_archive(FILES, tmp_path / "site", Zip(tmp_path / "lesson.zip", archive({}, "x")))
    assert (tmp_path / "lesson.zip").stat().st_mode & 0o777 == 0o644


def test_a_link_to_a_zip_stays_a_link(tmp_path: Path) -> None:
    """The zip is written where the link leads, before and after there is one."""
    (tmp_path / "lesson.zip").symlink_to(tmp_path / "shared.zip")
    for _ in range(2):
        write_with_archive(FILES, tmp_path / "site", Zip(tmp_path / "lesson.zip", archive({}, "x")))
    assert (tmp_path / "lesson.zip").is_symlink()
    assert (tmp_path / "shared.zip").read_bytes() == packed(archive({}, "x"))


def somebodys_folder(site: Path) -> None:
    site.mkdir()
    (site / "thesis.txt").write_bytes(b"years of work")


def somebodys_file(site: Path) -> None:
    site.write_bytes(b"years of work")


@pytest.mark.parametrize("prepare", [somebodys_folder, somebodys_file])
def test_without_the_site_there_is_no_zip(prepare: Callable[[Path], None], tmp_path: Path) -> None:
    """A refusal of the site's folder leaves an older zip as it was, and makes no new one."""
    prepare(tmp_path / "site")
    older = packed(archive({"old": b""}, "x"))
    (tmp_path / "older.zip").write_bytes(older)
    for name in ("older.zip", "new.zip", "folder/new.zip"):
        with pytest.raises(AuthorError):
            write_with_archive(FILES, tmp_path / "site", Zip(tmp_path / name, archive({}, "x")))
    assert (tmp_path / "older.zip").read_bytes() == older
    assert sorted(path.name for path in tmp_path.iterdir()) == ["older.zip", "site"]


def test_a_build_that_breaks_off_leaves_the_older_zip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while the site is written changes nothing, and leaves no half of a zip."""
    older = packed(archive({"old": b""}, "x"))
    (tmp_path / "lesson.zip").write_bytes(older)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.site.output.swap.take_place", full)
    with pytest.raises(OSError, match="No space left"):
        write_with_archive(FILES, tmp_path / "site", Zip(tmp_path / "lesson.zip", archive({}, "x")))
    assert (tmp_path / "lesson.zip").read_bytes() == older
    assert [path.name for path in tmp_path.iterdir()] == ["lesson.zip"]


def test_the_command_names_the_zip_and_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line says what there is to hand out."""
    monkeypatch.chdir(tmp_path)
    make_course(tmp_path / "content", "A course")
    assert main(["--content", "content", "--zip", "lesson.zip"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    said = re.fullmatch(r"lesson\.zip, ([\d.]+) (MB|kB), holds .*\.", last)
    assert said is not None
    unit = {"MB": 1_000_000, "kB": 1_000}[said[2]]
    assert abs(float(said[1]) * unit - (tmp_path / "lesson.zip").stat().st_size) <= unit / 10


def test_a_zip_to_which_somebody_has_added_something_stays(course: Course, tmp_path: Path) -> None:
    """A file that was put into it is not ours, however it came there; as it was made it is replaced."""
    made = packed(site_archive(course.title, b"", {"index.html": b"<p>"}))
    place = tmp_path / "course.zip"
    place.write_bytes(made)
    check_targets(tmp_path / "site", place, tmp_path / "content", tmp_path / "theme")
    with ZipFile(place, "a") as added:
        added.writestr("notes.txt", "mine")

    with pytest.raises(AuthorError, match="no zip as this program made it"):
        check_targets(tmp_path / "site", place, tmp_path / "content", tmp_path / "theme")
