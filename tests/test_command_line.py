"""The command line: where a site lands, whose it may replace, and how a build ends that is asked to."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from io import BytesIO, TextIOWrapper
from pathlib import Path
from threading import Thread

import pytest

from generator import cli
from generator.cli import PROJECT, main
from generator.course import ContentFolder, CoursePlan, course_plan
from generator.site import MARKER
from tests.site.test_output import names_in, tree

CHAPTER = '+++\ntitle = "Edges"\n+++\n\nText.\n'


def make_course(content: Path, title: str) -> None:
    """Write a course of one chapter without a scene."""
    (content / "chapters").mkdir(parents=True)
    course = f'title = "{title}"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges"]\n'
    (content / "course.toml").write_text(course, "utf-8")
    (content / "chapters" / "01-edges.md").write_text(CHAPTER, "utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project of its own the working directory, with the shipped course and its site."""
    monkeypatch.chdir(tmp_path)
    project = tmp_path / "project"
    make_course(project / "content", "The shipped course")
    (project / "themes").symlink_to(PROJECT / "themes", target_is_directory=True)
    monkeypatch.setattr(cli, "PROJECT", project)
    assert main(["--content", "project/content"]) == 0
    return tmp_path


@pytest.mark.parametrize(
    ("content", "typed", "site"),
    [
        ("my-course", "my-course", "my-course-site"),
        ("my-course", "my-course/", "my-course-site"),
        ("my-course", "my-course/../my-course", "my-course-site"),
        ("book/content", "book/content", "book/site"),
    ],
)
def test_a_site_lands_beside_its_content(
    here: Path, capsys: pytest.CaptureFixture[str], content: str, typed: str, site: str
) -> None:
    """Where no place is named, and the end says where it is; the shipped course's site is not touched."""
    before = tree(here / "project")
    make_course(here / content, "My course")
    capsys.readouterr()
    assert main(["--content", typed]) == 0
    assert (here / site / "index.html").is_file()
    assert tree(here / "project") == before
    assert capsys.readouterr().out.endswith(f" in {site}/\nOpen {site}/index.html in a browser.\n")


def test_a_course_can_be_built_from_its_own_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dot has the name of the folder for which it stands."""
    make_course(here / "my-course", "My course")
    monkeypatch.chdir("my-course")
    assert main(["--content", "."]) == 0
    assert names_in(here) == ["my-course", "my-course-site", "project"]


@pytest.mark.parametrize("content", ["/", "x" * 300, "no/such/course"])
def test_a_course_that_cannot_be_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    """Whatever is typed, the answer is a line and no traceback, and nothing is made."""
    capsys.readouterr()
    assert main(["--content", content]) == 1
    assert content in capsys.readouterr().err
    assert names_in(here) == ["project"]


def test_the_shipped_course_lands_in_the_project(here: Path) -> None:
    """It has one site, however its folder is named."""
    (here / "link").symlink_to("project/content", target_is_directory=True)
    site = tree(here / "project" / "site")
    (here / "project" / "site" / "index.html").unlink()
    assert main(["--content", "link"]) == 0
    assert tree(here / "project" / "site") == site
    assert names_in(here) == ["link", "project"]


def test_the_site_of_another_course_is_replaced_only_when_asked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The author is told whose site it is, nothing changes, and one word replaces it."""
    make_course(here / "my-course", "My course")
    before = tree(here)
    capsys.readouterr()
    assert main(["--content", "my-course", "--out", "project/site"]) == 1
    assert capsys.readouterr().err == (
        'project/site: the site of another course lies here: "The shipped course", not "My course". '
        "Name another folder with --out, or add --replace to replace it.\n1 problem; nothing was written.\n"
    )
    assert tree(here) == before
    assert main(["--content", "my-course", "--out", "project/site", "--replace"]) == 0
    assert "My course" in (here / "project" / "site" / "index.html").read_text("utf-8")


def test_what_is_asked_for_is_made_and_an_unknown_word_is_told(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words that ask for more of scenes stand between commas; after a wrong one nothing is built."""
    before = tree(here)
    with pytest.raises(SystemExit) as ended:
        main(["--content", "project/content", "--also", "letter,gfi"])
    assert ended.value.code == 2
    told = 'argument --also: scenes have nothing called "gfi" on request. Did you mean "gif"?'
    assert told in capsys.readouterr().err
    assert tree(here) == before


def test_a_folder_that_holds_the_course_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even where it is known as a site of ours, and nothing in it is lost."""
    make_course(here / "big" / "content", "A big course")
    (here / "big" / MARKER).write_bytes((here / "project" / "site" / MARKER).read_bytes())
    before = tree(here)
    capsys.readouterr()
    assert main(["--content", "big/content", "--out", "big"]) == 1
    assert capsys.readouterr().err == (
        "big: a site in this folder would replace the content that it is made from. "
        "Name another folder with --out.\n1 problem; nothing was written.\n"
    )
    assert tree(here) == before


def test_a_build_that_fails_puts_right_what_an_earlier_one_left(here: Path) -> None:
    """A site that is missing is back although the author has made a mistake since."""
    site = here / "project" / "site"
    whole = tree(site)
    site.rename(site.with_name(f".site{MARKER}-abcd_123-old"))
    (here / "project" / "content" / "course.toml").write_text("title = 1\n")
    assert main(["--content", "project/content"]) == 1
    assert tree(site) == whole
    assert names_in(here / "project") == ["content", "site", "themes"]


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("--out", ": the name of the target is too long. Use fewer letters with --out."),
        ("--zip", ".zip: the name of the archive is too long. Use fewer letters with --zip."),
    ],
)
def test_a_name_that_is_too_long_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], option: str, told: str
) -> None:
    """By the name that was typed, and not by one that the author never sees."""
    make_course(here / "my-course", "My course")
    before = tree(here)
    capsys.readouterr()
    for name in ("ü" * 120, "x" * 300):
        assert main(["--content", "my-course", option, name]) == 1
        assert capsys.readouterr().err == f"{name}{told}\n1 problem; nothing was written.\n"
        assert tree(here) == before
    assert main(["--content", "my-course", option, "ü" * 100]) == 0


def test_letters_that_the_terminal_does_not_know(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are spelled out, for a build that is done does not fail when it says so."""
    make_course(here / "畳み込み", "My course")
    printed = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(printed, "cp1252", write_through=True))
    assert main(["--content", "畳み込み"]) == 0
    assert b"\\u7573" in printed.getvalue()


# --- What can be asked, and named ----------------------------------------------------------------------


@pytest.mark.parametrize("typed", [["--help"], ["build", "--help"], ["check", "-h"], ["test", "--help"]])
def test_every_option_says_what_it_is_for(capsys: pytest.CaptureFixture[str], typed: list[str]) -> None:
    """Whatever a command takes has words, and a default where something can be named."""
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 0
    said = re.split(r"\n +(?=-)", capsys.readouterr().out.partition("options:\n")[2])
    options = [" ".join(option.split()) for option in said if not re.search("--help|--version", option)]
    assert [option for option in options if not re.fullmatch(r"--.+ [a-z].+ \(default: .+\)", option)] == []


@pytest.mark.parametrize("typed", [["--version"], ["--help"], ["build", "--help"], ["test", "--help"]])
def test_what_is_only_asked_needs_no_package(tmp_path: Path, typed: list[str]) -> None:
    """A fresh machine is told at once: nothing is set up for an answer."""
    for name in ("build.py", "pyproject.toml", "requirements.txt"):
        shutil.copy(PROJECT / name, tmp_path)
    shutil.copytree(PROJECT / "generator", tmp_path / "generator")
    command = [sys.executable, "-I", "-S", str(tmp_path / "build.py"), *typed]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout
    assert not (tmp_path / ".venv").exists()


def test_the_version_is_the_projects(capsys: pytest.CaptureFixture[str]) -> None:
    """It is told in the words of the project's own file."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert capsys.readouterr().out == f"convolution-lesson {project['version']}\n"


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("lesson", "lesson.zip"),
        ("lesson-v1.2", "lesson-v1.2.zip"),
        ("lesson.", "lesson..zip"),
        ("lesson.zip", "lesson.zip"),
        ("LESSON.ZIP", "LESSON.ZIP"),
        ("畳み込み", "畳み込み.zip"),
    ],
)
def test_a_zip_is_named_as_one(here: Path, typed: str, made: str) -> None:
    """A name without an ending gets the one by which systems know a zip; nobody has to type it."""
    before = names_in(here)
    assert main(["--content", "project/content", "--zip", typed]) == 0
    assert names_in(here) == sorted([*before, made])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("lesson.tar", '"lesson.tar" does not end in .zip, which it would be. Type lesson.zip'),
        ("a/lesson.tar.gz", '"a/lesson.tar.gz" does not end in .zip, which it would be. Type a/lesson.zip'),
        ("new/", '"new/" is a folder. Name a file, as in new/lesson.zip'),
    ],
)
def test_what_cannot_be_the_name_of_a_zip(
    here: Path, capsys: pytest.CaptureFixture[str], typed: str, told: str
) -> None:
    """An ending that promises something else is told before anything is built."""
    before = tree(here)
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["--content", "project/content", "--zip", typed])
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith(f"argument --zip: {told}\n")
    assert tree(here) == before


# --- Signals -------------------------------------------------------------------------------------------

for_posix = pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")


def signalling(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a signal come when the course is read."""

    def read(folder: ContentFolder) -> CoursePlan:
        signal.raise_signal(number)
        return course_plan(folder)

    monkeypatch.setattr("generator.site.building.course_plan", read)


@for_posix
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_build_ends_when_it_is_asked_to(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, code: int
) -> None:
    """Its exit code tells of the signal, and the signal means afterwards what it meant before."""
    capsys.readouterr()
    signalling(getattr(signal, name), monkeypatch)
    assert main(["--content", "project/content"]) == code
    assert capsys.readouterr() == ("", "")
    assert signal.getsignal(getattr(signal, name)) == signal.SIG_DFL


def test_an_interrupt_is_left_to_the_program(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`build.py` ends with the code that shells know, without a traceback."""
    signalling(signal.SIGINT, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        main(["--content", "project/content"])


@for_posix
def test_a_signal_that_was_set_aside_stays_so(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts a build with `nohup` may close the terminal."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signalling(signal.SIGHUP, monkeypatch)
        assert main(["--content", "project/content"]) == 0
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def test_a_build_can_be_run_beside_others(here: Path) -> None:
    """Outside the main thread no signal can be taken, and none is."""
    codes = list[int]()
    build = Thread(target=lambda: codes.append(main(["--content", "project/content"])))
    build.start()
    build.join()
    assert codes == [0]
