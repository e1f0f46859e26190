"""A chapter is listed in a file of whatever shape, and every other byte of it stays."""

import tomllib

import pytest

from generator.course.course_file import CourseFile
from generator.errors import AuthorError

HEAD = 'title = "A course"\n'
PART = f'{HEAD}[[parts]]\ntitle = "B"\n'


def listed(text: str, planned: str = "?") -> str | None:
    """Return the text with a chapter in it, where one of that title is planned or else at the end."""
    file = CourseFile(text.encode(), "course.toml")
    found = file.listing("07-new", file.place_for(lambda title: title == planned))
    return found.data.decode() if found else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["a"]', '["a", "07-new"]'),
        ('["a",]', '["a", "07-new",]'),
        ('[ "a" , ] # b]', '[ "a" , "07-new", ] # b]'),
        ("[]", '["07-new"]'),
        ("[\n]", '["07-new"\n]'),
        ("[ # none\n]", '["07-new" # none\n]'),
        ('[\n  "a",\n]', '[\n  "a",\n  "07-new",\n]'),
        ('[\n\t"a"\n]', '[\n\t"a",\n\t"07-new"\n]'),
        ('[\n  "a" # ], "x"\n  # more\n]', '[\n  "a", # ], "x"\n  "07-new"\n  # more\n]'),
        ('[\n  "a", "b",\n]', '[\n  "a", "b", "07-new",\n]'),
        ('["a",\n "b"]', '["a",\n "b", "07-new"]'),
        ('[\n  "a"\n  ,\n]', '[\n  "a"\n  ,\n  "07-new",\n]'),
        ('[{ planned = "]}, [" }]', '[{ planned = "]}, [" }, "07-new"]'),
        ("['''a''', \"b\\\"]\"]", "['''a''', \"b\\\"]\", \"07-new\"]"),
        ('["a"]\r\n# End\r\n', '["a", "07-new"]\r\n# End\r\n'),
        ('[\r\n  "a",\r\n]\r\n', '[\r\n  "a",\r\n  "07-new",\r\n]\r\n'),
    ],
)
def test_a_chapter_comes_after_the_last_one(before: str, after: str) -> None:
    """On a line of its own where that one has it, with a comma where that one has it."""
    first = f'{PART}chapters = ["x"] # not here\n[[parts]]\ntitle = "C"\n'
    for indent in ("", "  "):
        assert listed(f"{first}{indent}chapters = {before}") == f"{first}{indent}chapters = {after}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["a", { planned = "New" }, "b"]', '["a", "07-new", "b"]'),
        ('[\n  {planned="New"}, # soon\n]', '[\n  "07-new", # soon\n]'),
        ('[{ planned = "Old" }, { "planned" = "New" }]', '[{ planned = "Old" }, "07-new"]'),
    ],
)
def test_a_chapter_takes_the_place_of_the_planned_one(before: str, after: str) -> None:
    """In whatever part that is, and the others stay."""
    more = '\n[[parts]]\ntitle = "C"\nchapters = [{ planned = "Other" }]\n'
    assert listed(f"{PART}chapters = {before}{more}", "New") == f"{PART}chapters = {after}{more}"


@pytest.mark.parametrize(
    "text",
    [
        f'parts = [{{ title = "B", chapters = ["a"] }}]\n{HEAD}',
        f'{HEAD}[["parts"]]\ntitle = "B"\nchapters = ["a"]\n',
        f'{PART}"chapters" = ["a"]\n',
        f'{PART}chapters = ["a"]\n[["parts"]]\ntitle = "C"\nchapters = ["b"]\n',
    ],
)
def test_what_cannot_be_edited_safely_is_not(text: str) -> None:
    """TOML can say the same in ways that nobody uses: they are left to their author."""
    tomllib.loads(text)
    assert listed(text) is None


def test_numbers_go_on_through_all_parts() -> None:
    """Planned chapters count, and of two that are meant the first one is taken."""
    planned = 'chapters = ["a", { planned = "N" }]\n'
    file = CourseFile(f'{PART}{planned}[[parts]]\ntitle = "C"\n{planned}'.encode(), "course.toml")
    first, last = file.place_for(lambda title: title == "N"), file.place_for(lambda _: False)
    assert (first.number, first.part) == (2, "B")
    assert (last.number, last.part) == (5, "C")


def test_the_line_of_the_chapter_is_told() -> None:
    """So that its author can look at it."""
    file = CourseFile(f'\ufeff{PART}chapters = [\n  "07-new-old",\n]\n'.encode(), "course.toml")
    found = file.listing("07-new", file.place_for(lambda _: False))
    assert found
    assert found.line == 6
    assert found.data.decode().splitlines()[5] == '  "07-new",'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{HEAD}parts = []\n", "course.toml:2: the course has no part. Add a line [[parts]]"),
        (HEAD, 'course.toml: the course has no "parts". Add a line such as [[parts]].'),
        (f"{PART}", 'course.toml:2: the part has no "chapters".'),
        (f"{PART}chapters = [", "course.toml:4: the course is not valid TOML"),
    ],
)
def test_a_file_that_says_too_little_is_refused(text: str, told: str) -> None:
    """In the words of a build, at the line that is meant."""
    with pytest.raises(AuthorError) as raised:
        CourseFile(text.encode(), "course.toml")
    assert str(raised.value).startswith(told)
