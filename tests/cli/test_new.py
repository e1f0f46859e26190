"""What `new` writes: it builds without a warning, teaches, and leaves all else as it was."""

import re
import shlex
from pathlib import Path

import pytest

from generator import cli
from generator.cli import PROJECT, main
from tests.docs.markdown import DOCS, blocks
from tests.site.pages import shown_text
from tests.site.test_output import names_in, tree

TITLES = [
    ("Edges & corners", "edges-corners"),
    ("What's a 3×3 kernel?", "whats-a-3x3-kernel"),
    ("and/or", "and-or"),
    ('Sets {1, 2}, "quotes", \\ and <b>', "sets-1-2-quotes-and-b"),
    ("Déjà vu", "deja-vu"),
    ("k = -1", "k-1"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with a course of its own the working directory."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "course", "my-course"]) == 0
    return tmp_path


def built(course: str = "my-course") -> None:
    """Build a course in which nothing may be warned of."""
    assert main(["--content", course, "--strict", "--jobs", "1"]) == 0


def page(here: Path, chapter: str) -> str:
    """Return what a reader sees of a chapter."""
    return shown_text((here / "my-course-site" / chapter / "index.html").read_text("utf-8"))


def refused(typed: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is told of wrong usage."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["new", "chapter", *typed, "--content", "my-course"])
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1].partition("error: ")[2]


def failed(typed: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is told of a command that has written nothing."""
    capsys.readouterr()
    assert main(["new", *typed]) == 1
    told = capsys.readouterr().err
    assert told.endswith("\n1 problem; nothing was written.\n")
    return told.splitlines()[0]


# --- A course ------------------------------------------------------------------------------------------


def test_a_new_course_builds_as_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a warning or a note, and every value in it is filled in."""
    capsys.readouterr()
    built()
    assert capsys.readouterr().err == ""
    shown = page(here, "01-a-first-kernel")
    assert "A 3×3 kernel looks for an edge in 7×7 pixels." in shown
    assert "adds up to 32." in shown
    assert "<!--" not in shown
    assert "My course" in shown


def test_its_author_is_told_what_to_type_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands that are printed, and those in the chapter, do what they promise."""
    capsys.readouterr()
    assert main(["new", "course", "how to see/part 1"]) == 0
    told = capsys.readouterr().out
    (build,) = re.findall(r"^Build it: +python3 .*build\.py'? (.*)$", told, re.MULTILINE)
    assert build == "--content 'how to see/part 1'"
    built("how to see/part 1")
    (look,) = re.findall(r"^Then look at it: (.*)$", told, re.MULTILINE)
    assert (here / look).is_file()
    text = (here / "how to see/part 1/chapters/01-a-first-kernel.md").read_text("utf-8")
    assert f"python3 build.py {build}\n" in text
    assert f"{look}\n" in text
    (more,) = re.findall(r"^Another chapter: python3 .*build\.py'? (new .*)$", told, re.MULTILINE)
    assert more == "new chapter 'Edges & corners' --content 'how to see/part 1'"


def test_a_file_names_no_place_of_this_machine(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A course that lies elsewhere says how it is built in general."""
    monkeypatch.chdir(here / "my-course" / "chapters")
    assert main(["new", "course", str(here / "other")]) == 0
    text = (here / "other" / "chapters" / "01-a-first-kernel.md").read_text("utf-8")
    assert str(here) not in text
    assert "python3 build.py --content DIR\n" in text


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (["how-machines_see"], "How machines see"),
        (["свёртка-и-края"], "Свёртка и края"),
        (["x", "--title", 'Faltung  "zum"\nLesen'], 'Faltung "zum" Lesen'),
        ([".", "--title", "Here"], "Here"),
    ],
)
def test_a_course_is_called_as_its_folder_or_as_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], title: str
) -> None:
    """Whatever letters that takes, also where an empty folder is there already."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert main(["new", "course", *typed]) == 0
    assert main(["--content", typed[0], "--strict", "--out", "../site", "--jobs", "1"]) == 0
    assert title in shown_text((tmp_path / "site" / "index.html").read_text("utf-8"))


def test_a_folder_that_holds_something_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of it changes, and a file is no folder."""
    (here / "notes.txt").write_text("Mine.")
    before = tree(here)
    way_out = "Name an empty folder, or one to be made."
    told = failed(["course", "my-course"], capsys)
    assert told == f'my-course: the folder is not empty, it holds "chapters". {way_out}'
    assert failed(["course", "notes.txt"], capsys) == f"notes.txt: this is a file, not a folder. {way_out}"
    assert tree(here) == before


def test_a_course_that_cannot_be_written_leaves_nothing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The system's answer is told by the place, and folders that were made for it go."""
    before = names_in(here)
    assert main(["new", "course", f"a/b/{'x' * 300}"]) == 1
    assert "too long" in capsys.readouterr().err
    assert names_in(here) == before


# --- A chapter -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("title", "name"), TITLES)
def test_a_title_in_words_becomes_a_name(here: Path, title: str, name: str) -> None:
    """The title stays as it was typed, and the chapter is in the course."""
    assert main(["new", "chapter", title, "--content", "my-course"]) == 0
    built()
    assert title in page(here, f"02-{name}")


@pytest.mark.parametrize("typed", ["sharp-edges", "sharp-edges.md", "02-sharp-edges", "02-sharp-edges.md"])
def test_a_name_becomes_a_title(here: Path, typed: str) -> None:
    """A name may be typed as that of its file will be."""
    assert main(["new", "chapter", typed, "--content", "my-course"]) == 0
    text = (here / "my-course" / "chapters" / "02-sharp-edges.md").read_text("utf-8")
    assert 'title = "Sharp edges"\n' in text


def test_chapters_follow_one_another(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each gets the next number, and all are told where they are."""
    capsys.readouterr()
    for title in ("Edges", "Blur"):
        assert main(["new", "chapter", title, "--content", "my-course"]) == 0
    told = capsys.readouterr().out
    assert 'my-course/chapters/02-edges.md is chapter 2, "Edges".\n' in told
    assert 'It is listed in my-course/course.toml, line 13, in the part "The first part".\n' in told
    assert (here / "my-course" / "course.toml").read_text("utf-8").splitlines()[12] == '    "03-blur",'
    built()
    assert "Blur" in page(here, "03-blur")


def test_the_shipped_course_gets_a_chapter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no course is named, the project's is meant, and nothing has to be named to build it."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "course", "content"]) == 0
    monkeypatch.setattr(cli, "PROJECT", tmp_path)
    capsys.readouterr()
    assert main(["new", "chapter", "edges"]) == 0
    told = capsys.readouterr().out
    assert "Build it:        python3 build.py\nThen look at it: site/02-edges/index.html\n" in told


def test_a_planned_chapter_is_written_in_its_place(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its title in whatever capitals, or by the words of it; its number and its title are kept."""
    course = here / "my-course" / "course.toml"
    listed = course.read_text("utf-8")
    planned = '{ planned = "Blur, then sharpen" }, # soon\n    { planned = "Свёртка" },'
    course.write_text(
        listed.replace('    "01', f'    "01-a-first-kernel",\n    {planned}\n    #"01'), "utf-8"
    )
    before = course.read_text("utf-8")
    capsys.readouterr()
    assert main(["new", "chapter", "blur-then-sharpen", "--content", "my-course"]) == 0
    assert main(["new", "chapter", "СВЁРТКА", "--name", "svertka", "--content", "my-course"]) == 0
    after = before.replace('{ planned = "Blur, then sharpen" }', '"02-blur-then-sharpen"')
    assert course.read_text("utf-8") == after.replace('{ planned = "Свёртка" }', '"03-svertka"')
    assert 'in place of { planned = "Свёртка" }' in capsys.readouterr().out
    built()
    assert "Blur, then sharpen" in page(here, "02-blur-then-sharpen")
    assert "Свёртка" in page(here, "03-svertka")


def test_german_letters_are_spelt_in_german(here: Path) -> None:
    """In a course in German; another language drops the dots."""
    course = here / "my-course" / "course.toml"
    course.write_text(course.read_text("utf-8").replace('"en"', '"de-AT"'), "utf-8")
    assert main(["new", "chapter", "Über Größen", "--content", "my-course"]) == 0
    assert (here / "my-course" / "chapters" / "02-ueber-groessen.md").is_file()


def test_line_ends_are_those_of_the_course(here: Path) -> None:
    """A course that is written on Windows stays one, and so is its new chapter."""
    course = here / "my-course" / "course.toml"
    before = course.read_bytes().replace(b"\n", b"\r\n")
    course.write_bytes(b"\xef\xbb\xbf" + before)
    assert main(["new", "chapter", "Edges", "--content", "my-course"]) == 0
    after = before.replace(b"first-kernel.md\r\n", b'first-kernel.md\r\n    "02-edges",\r\n')
    assert course.read_bytes() == b"\xef\xbb\xbf" + after
    chapter = (here / "my-course" / "chapters" / "02-edges.md").read_bytes()
    assert chapter.count(b"\r\n") == chapter.count(b"\n") > 30
    built()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["Свёртка"], 'no name of a file, in letters a to z and digits, can be made of "Свёртка"'),
        (["Свёртка 2D"], 'can be made of "Свёртка 2D"'),
        (["!?"], 'can be made of "!?". Add one, as it sounds or as it is translated: --name edges.'),
        ([" "], 'the name is empty. Type a title, as in: new chapter "Edges & corners".'),
        (["a\x1bb"], "the name holds signs that no text can hold. Type letters, digits and spaces."),
        (["a\udcffb"], "the name holds signs that no text can hold."),
        (["chapters/edges"], '"chapters/edges" is the place of a file. Its folder is known: type edges.'),
        (["../x/edges.md"], '"../x/edges.md" is the place of a file. Its folder is known: type edges.'),
        (
            ["X", "--name", "Ä b"],
            '"Ä b" cannot be the name of a chapter. It has small letters a to z, digits ',
        ),
        (["X", "--name", "Ä b"], "and hyphens, as in --name a-b."),
        (["X", "--name", "../../x"], '"../../x" cannot be the name of a chapter.'),
        (["07-edges"], "chapter 7 is not the next one, 2 is. Type: python3 "),
        (["07-edges"], " new chapter edges --content my-course"),
    ],
)
def test_what_cannot_be_a_chapter_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], typed: list[str], told: str
) -> None:
    """With what can be typed instead, and before anything is written."""
    before = tree(here)
    assert told in refused(typed, capsys)
    assert tree(here) == before


@pytest.mark.parametrize("there", ["02-edges", "05-edges"])
def test_a_chapter_that_is_there_is_kept(here: Path, capsys: pytest.CaptureFixture[str], there: str) -> None:
    """Nothing is overwritten, and a command that is typed twice writes no second chapter."""
    (here / "my-course" / "chapters" / f"{there}.md").write_text("Mine.")
    before = tree(here)
    assert failed(["chapter", "Edges", "--content", "my-course"], capsys) == (
        f"my-course/chapters/{there}.md: a chapter of this name is there already. "
        "Choose another title, or another name for the file with --name."
    )
    assert tree(here) == before


def test_a_course_that_cannot_be_read_gets_no_chapter(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong in it is told with its line, and where there is none, how to begin one."""
    course = here / "my-course" / "course.toml"
    course.write_text('title = "A"\n[[parts]]\ntitle = "B"\nchapters = "x"\n')
    before = tree(here)
    assert failed(["chapter", "Edges", "--content", "my-course"], capsys).startswith(
        'my-course/course.toml:4: "chapters" is text ("x")'
    )
    assert failed(["chapter", "Edges", "--content", "nowhere"], capsys) == (
        "nowhere/course.toml: there is no such file. "
        "Name the folder of a course with --content, or begin one with: new course DIR."
    )
    assert tree(here) == before


def test_an_odd_course_is_left_to_its_author(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where it cannot be edited safely the chapter is written, and told is what to add and where."""
    course = here / "my-course" / "course.toml"
    odd = 'title = "A"\nparts = [{title = "B", chapters = ["01-a-first-kernel"]}]\n'
    course.write_text(odd)
    capsys.readouterr()
    assert main(["new", "chapter", "Edges", "--content", "my-course"]) == 0
    assert course.read_text() == odd
    assert (
        'Add "02-edges" to my-course/course.toml by hand, at the end of the chapters in the part "B": '
        "its lines are written in another way.\n"
    ) in capsys.readouterr().out
    course.write_text(odd.replace('kernel"', 'kernel", "02-edges"'))
    built()


def test_a_course_file_behind_a_link_stays_behind_it(here: Path) -> None:
    """The file itself is edited, with its rights, and the link leads to it as before."""
    course = here / "my-course" / "course.toml"
    course.rename(here / "real.toml")
    (here / "real.toml").chmod(0o640)
    course.symlink_to(here / "real.toml")
    assert main(["new", "chapter", "Edges", "--content", "my-course"]) == 0
    assert course.is_symlink()
    assert '"02-edges"' in (here / "real.toml").read_text("utf-8")
    assert (here / "real.toml").stat().st_mode & 0o777 == 0o640


def test_a_chapter_that_cannot_be_listed_is_taken_away_again(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk leaves the course as it was."""
    before = tree(here)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "course.toml")

    monkeypatch.setattr("generator.site.output.authored._write_anew", full)
    capsys.readouterr()
    assert main(["new", "chapter", "Edges", "--content", "my-course"]) == 1
    assert capsys.readouterr().err == "course.toml: No space left on device\n"
    assert tree(here) == before


def test_the_pages_that_templates_name_exist() -> None:
    """An author who looks something up finds it."""
    texts = [path.read_text("utf-8") for path in (PROJECT / "generator" / "cli" / "templates").iterdir()]
    named = set(re.findall(r"docs/[\w-]+\.md", "\n".join(texts)))
    assert len(named) == 3
    assert all((PROJECT / page).is_file() for page in named)


def test_the_commands_that_the_documentation_shows_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after the other, as they stand."""
    monkeypatch.chdir(tmp_path)
    (shown,) = blocks((DOCS / "chapters.md").read_text("utf-8"), "sh")
    for command in shown.splitlines():
        assert main(shlex.split(command)[2:]) == 0
    assert main(shlex.split('new chapter "Свёртка" --name convolution --content my-course')) == 0
    built()
    assert names_in(tmp_path / "my-course" / "chapters") == [
        "01-a-first-kernel.md",
        "02-edges-corners.md",
        "03-convolution.md",
    ]
