"""The course: parts and chapters from `course.toml`, numbered through the whole book."""

from pathlib import Path

import pytest

from generator.course import Chapter, PlannedChapter
from tests.course.making import COURSE, FRONT_MATTER, course_of, problems_of
from tests.course.test_picture_size import saved

TWO_PARTS = """
title = "Seeing"
summary = "About pictures."

[[parts]]
title = "Pictures"  # [[parts]] is no header here
chapters = [{ planned = "A grid" }, { planned = "Colour" }]

[[parts]]
title = "Asking"
chapters = [
    "03-edges",
    { planned = "A gallery" },  # "05-later" comes later
    "05-blur.md",
]
"""
CHAPTERS = {"chapters/03-edges.md": FRONT_MATTER, "chapters/05-blur.md": '+++\ntitle = "Blur"\n+++\n'}


def test_a_course_has_its_title_and_a_language(tmp_path: Path) -> None:
    """English is spoken unless the course says otherwise."""
    course = course_of(tmp_path)

    assert (course.title, course.summary, course.language) == ("Seeing", "", "en")
    assert course_of(tmp_path, files={"course.toml": f'language = "de"\n{COURSE}'}).language == "de"


def test_chapters_are_numbered_through_all_parts(tmp_path: Path) -> None:
    """Planned ones count too, and a name may have its file's ending."""
    course = course_of(tmp_path, files={"course.toml": TWO_PARTS, **CHAPTERS})

    assert [part.title for part in course.parts] == ["Pictures", "Asking"]
    assert course.parts[0].chapters == (PlannedChapter(1, "A grid"), PlannedChapter(2, "Colour"))
    edges, gallery, blur = course.parts[1].chapters
    assert gallery == PlannedChapter(4, "A gallery")
    assert isinstance(edges, Chapter)
    assert isinstance(blur, Chapter)
    assert [(c.number, c.part, c.name, c.title) for c in (edges, blur)] == [
        (3, 2, "03-edges", "Edges"),
        (5, 2, "05-blur", "Blur"),
    ]
    assert course.chapters == (edges, blur)


def test_parts_tell_what_is_written_and_what_is_planned(tmp_path: Path) -> None:
    pictures, asking = course_of(tmp_path, files={"course.toml": TWO_PARTS, **CHAPTERS}).parts

    assert ([*pictures.written], [each.title for each in pictures.planned]) == ([], ["A grid", "Colour"])
    assert [chapter.title for chapter in asking.written] == ["Edges", "Blur"]
    assert [each.title for each in asking.planned] == ["A gallery"]


@pytest.mark.parametrize("written", ["05-blur", "05-blur.md"])
def test_a_course_may_say_where_a_newcomer_begins(tmp_path: Path, written: str) -> None:
    text = TWO_PARTS.replace("[[parts]]", f'start = "{written}"\n\n[[parts]]', 1)
    course = course_of(tmp_path, files={"course.toml": text, **CHAPTERS})

    assert course.start is course.chapters[1]
    assert course_of(tmp_path, files={"course.toml": TWO_PARTS, **CHAPTERS}).start is None


def test_a_file_that_is_not_listed_is_a_warning(tmp_path: Path) -> None:
    """It is not built, and the course is."""
    course = course_of(tmp_path, files={"course.toml": TWO_PARTS, **CHAPTERS})

    assert [str(warning).removeprefix(f"{tmp_path}/") for warning in course.warnings] == [
        "chapters/01-edges.md: the chapter is not listed in course.toml, so it is not built. "
        'Add "01-edges" to a part.'
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"03-edges"', '"edges"', 'course.toml:12: "edges" cannot be the name of a chapter'),
        ('"03-edges"', '"3-edges"', 'course.toml:12: there is no file "chapters/3-edges.md"'),
        ('"03-edges"', "7", "course.toml:12: chapter 3 is a number (7)"),
        ('"05-blur.md"', '"06-blur"', 'course.toml:14: "06-blur" stands as chapter 5 of the course'),
        (
            '{ planned = "A gallery" }',
            "{ soon = 1 }",
            'course.toml:13: unknown key "soon" in the planned chapter',
        ),
        ('title = "Asking"', 'titel = "Asking"', 'course.toml:10: unknown key "titel" in the part'),
        ('title = "Asking"', "", 'course.toml:9: the part has no "title"'),
        ('title = "Pictures"', "title = 1", 'course.toml:6: "title" is a number (1)'),
        ('summary = "About', 'sumary = "About', 'course.toml:3: unknown key "sumary" in the course'),
    ],
)
def test_a_problem_stands_in_its_part(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """A key or a chapter is looked for in its own part, and not in a comment."""
    problems = problems_of(tmp_path, files={"course.toml": TWO_PARTS.replace(old, new), **CHAPTERS})

    assert problem in problems


def test_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    """The course's own and those of its chapters, in the order of files."""
    files = {"course.toml": TWO_PARTS.replace("planned", "planed"), **CHAPTERS}
    files["chapters/05-blur.md"] += "{sum}"

    assert [problem.partition(":")[0] for problem in problems_of(tmp_path, files=files)] == [
        "05-blur.md",
        "course.toml",
        "course.toml",
    ]


def test_a_course_without_chapters_is_a_course(tmp_path: Path) -> None:
    """It has nothing to show yet, and that is no mistake."""
    assert course_of(tmp_path, files={"course.toml": 'title = "Seeing"\nparts = []\n'}).chapters == ()


def test_parts_may_stand_on_one_line(tmp_path: Path) -> None:
    """TOML has two ways to write a list of tables; both are read."""
    text = 'title = "Seeing"\nparts = [{ title = "Asking", chapters = ["01-edges"] }]\n'

    assert len(course_of(tmp_path, files={"course.toml": text}).chapters) == 1


def test_pictures_are_addressed_from_a_chapters_page(tmp_path: Path) -> None:
    """As GitHub shows them, `../images/`, or without the dots; the page is one folder deep."""
    body = "![a](images/a.png) ![a](../images/a.png)"
    (chapter,) = course_of(tmp_path, body, {"images/a.png": saved("png", (7, 300))}).chapters

    (prose,) = chapter.blocks

    shown = 'height="300" loading="lazy" src="../images/a.png" width="7"'
    assert str(prose).count(shown) == 2
