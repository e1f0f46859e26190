"""All pages for readers hang together: links and paths lead somewhere, and what they list is there."""

import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from generator.course.taken_along import ALL, ALSO
from generator.errors import AuthorError
from generator.site import read_content
from tests.docs.markdown import DOCS, PROJECT, blocks, rows, sections, words_of_code
from tests.docs.vocabulary import NOBODYS

PAGES = {path.relative_to(PROJECT).as_posix(): path for path in (PROJECT / "README.md", *DOCS.glob("*.md"))}
CHAPTERS = (DOCS / "chapters.md").read_text("utf-8")
SITE = (DOCS / "site.md").read_text("utf-8")
(COURSE,) = blocks(CHAPTERS, "toml")
MADE_LATER = ("site/", "content/chapters/08-my-kernels.md")
SCENE = """
```scene
id = "edge"
image = "step"
kernels = ["sobel-x", "sobel-y"]
worksheet = true
```

[frame first] It begins.
"""


def text_of(page: str) -> str:
    return re.sub(r"(?ms)^(`{3,}).*?^\1$", "", PAGES[page].read_text("utf-8"))


def places_in(path: Path) -> set[str]:
    """Return the places in a page that GitHub makes of its headings."""
    headings = re.findall(r"(?m)^#+ (.*)$", path.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """A link within the project leads to a file that is there, and to a heading in it."""
    without_code = re.sub(r"`[^`\n]*`", "", text_of(page))
    for address in re.findall(r"\]\(([^)\s]+)\)", without_code):
        if address.startswith("https://"):
            continue
        name, _, place = address.partition("#")
        path = PAGES[page].parent / name if name else PAGES[page]
        assert path.is_file(), address
        assert not place or place in places_in(path), address


@pytest.mark.parametrize("page", PAGES)
def test_every_path_it_names_exists(page: str) -> None:
    """A path in the text leads to a file or a folder of the project."""
    words = words_of_code(text_of(page))
    paths = [word for word in words if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?|[\w.-]+/", word)]
    assert [path for path in paths if not path.startswith(MADE_LATER) and not (PROJECT / path).exists()] == []


def written(folder: Path, course: str, chapter: str) -> Path:
    """Return the folder of a course of one chapter."""
    (folder / "chapters").mkdir(parents=True)
    (folder / "course.toml").write_text(course, "utf-8")
    (folder / "chapters" / "01-edges.md").write_text(chapter, "utf-8")
    return folder


def test_every_key_of_a_course_and_a_chapter_is_told_of(tmp_path: Path) -> None:
    """What a build answers to an unknown key lists the keys that the page has."""
    matter, *_ = blocks(CHAPTERS, "markdown")
    strange = f"{NOBODYS} = 1\n"
    parts = COURSE.replace("[[parts]]\n", f"[[parts]]\n{strange}")
    content = written(tmp_path / "a", strange + parts, matter.replace("+++\n", f"+++\n{strange}", 1))
    with pytest.raises(AuthorError) as raised:
        read_content(content)
    known = {
        word
        for problem in raised.value.problems
        for word in problem.hint.partition("Known: ")[2].rstrip(".").split(", ")
    }
    told = {word for row in rows(CHAPTERS) for word in words_of_code(row["key"])}
    assert len(raised.value.problems) == 3
    assert known == told


def test_the_narration_that_is_shown_builds_as_it_stands(tmp_path: Path) -> None:
    """The scene, what is told of it, a listing, figures and a network make a chapter without a warning."""
    text = (DOCS / "narration.md").read_text("utf-8")
    (scene,) = blocks(text, "toml")
    (told,) = blocks(text, "markdown")
    blocks_of_ours = [
        f"```{kind}\n{block}```\n"
        for kind in ("listing", "figure", "network")
        for block in blocks(text, kind)
    ]
    matter = '+++\ntitle = "Edges"\n+++\n'
    chapter = "\n".join([matter, f"```scene\n{scene}```\n", told, *blocks_of_ours])
    content = written(tmp_path / "a", COURSE, chapter)
    for folder in ("code", "data"):
        shutil.copytree(PROJECT / "content" / folder, content / folder)
    course = read_content(content)
    assert [warning.message for warning in course.warnings] == []
    assert len(blocks_of_ours) == 5


def test_every_file_of_a_scene_is_there_and_told_of(tmp_path: Path) -> None:
    """One table names what lies in a scene's folder, another what each word adds to that."""
    content = written(tmp_path / "content", COURSE, f'+++\ntitle = "E"\n+++\n{SCENE}')
    assert main(["--content", str(content), "--out", str(tmp_path / "site")]) == 0
    folder = tmp_path / "site" / "01-edges" / "edge"
    files, request = (rows(sections(SITE)[name]) for name in ("Files of a scene", "What is made on request"))
    usual = {path.name for path in folder.iterdir() if path.is_file()}
    assert {word for row in files for word in words_of_code(row["file"])} == usual
    words, names = (
        [word for row in request for word in words_of_code(row[key])] for key in ("word", "such as")
    )
    asked = dict(zip(words, names, strict=True))
    assert set(asked) == {*ALSO, ALL}
    assert asked.pop("photographs") == "result.png"  # which scenes of numbers have none of
    for word, name in asked.items():
        course = f'paper = "{"letter" if word == "a4" else "a4"}"\n{COURSE}'
        content = written(tmp_path / f"{word}-content", course, f'+++\ntitle = "E"\n+++\n{SCENE}')
        site = tmp_path / f"{word}-site"
        assert main(["--content", str(content), "--out", str(site), "--also", word]) == 0
        there = {path.name for path in (site / "01-edges" / "edge").iterdir()}
        assert name in there - usual or word == "a4"
        assert name in there
    assert (folder / "sobel-y" / "frames.json").is_file()
