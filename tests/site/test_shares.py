"""However the work is shared, and whatever is kept of it, the site has the same bytes."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import AuthorError
from generator.site import BuildPlan, Share, build_site, make_share
from tests.built import THEME, files_of
from tests.course.making import SCENE

COURSE = """title = "A course"
start = "02-blur"
[[parts]]
title = "A part"
chapters = ["01-edges", "02-blur", { planned = "Later" }, "04-text", "05-more"]
"""
CHAPTERS = {
    "01-edges": f"A **[kernel](term:kernel)**.\n\n{SCENE}\n[frame first] It begins.\n",
    "02-blur": SCENE.replace("sobel-x", "blur")
    + SCENE.replace("edge", "other")
    + SCENE.replace("edge", "third"),
    "04-text": "Only text, with a [kernel](term:kernel), after [blur](chapter:2#edge=3).\n",
    "05-more": f"{SCENE}\nSee [the text](04-text.md).\n",
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a course of chapters with one scene, with three, and with none."""
    folder = tmp_path_factory.mktemp("shared") / "content"
    (folder / "chapters").mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    for name, text in CHAPTERS.items():
        (folder / "chapters" / f"{name}.md").write_text(f'+++\ntitle = "{name}"\n+++\n\n{text}')
    return folder


@pytest.fixture(scope="module")
def usual(content: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the site that one process makes from nothing."""
    folder = tmp_path_factory.mktemp("usual")
    build_site(BuildPlan(content, THEME, folder / "site", folder / "cache"))
    return files_of(folder / "site")


def in_eight_processes(plan: BuildPlan) -> None:
    build_site(replace(plan, jobs=8))


def from_what_is_kept(plan: BuildPlan) -> None:
    build_site(plan)
    shutil.rmtree(plan.out)
    build_site(plan)


def twice(plan: BuildPlan) -> None:
    build_site(plan)
    build_site(plan)


def after_another_chapter(plan: BuildPlan) -> None:
    """Build, change a chapter, build, and change it back."""
    chapter = plan.content / "chapters" / "04-text.md"
    text = chapter.read_text()
    build_site(plan)
    chapter.write_text(text.replace("Only text", "Other text"))
    build_site(plan)
    chapter.write_text(text)
    build_site(plan)


def with_half_of_what_was_kept(plan: BuildPlan) -> None:
    build_site(plan)
    for kept in sorted(plan.cache.iterdir())[::2]:
        kept.unlink()
    shutil.rmtree(plan.out)
    build_site(plan)


def in_four_shares(plan: BuildPlan) -> None:
    """Make each share with a cache of its own, as machines do, and the site with all of them."""
    plan.cache.mkdir()
    for number in range(1, 5):
        cache = plan.cache.with_name(f"cache-{number}")
        make_share(replace(plan, cache=cache), Share(number, 4))
        assert not plan.out.exists()
        for kept in cache.iterdir():
            shutil.copy2(kept, plan.cache)
    build_site(plan)


@pytest.mark.parametrize(
    "way",
    [
        in_eight_processes,
        from_what_is_kept,
        twice,
        after_another_chapter,
        with_half_of_what_was_kept,
        in_four_shares,
    ],
)
def test_every_way_leads_to_the_same_bytes(
    way: Callable[[BuildPlan], None], content: Path, usual: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copytree(content, tmp_path / "content")
    way(BuildPlan(tmp_path / "content", THEME, tmp_path / "site", tmp_path / "cache", jobs=1))

    assert files_of(tmp_path / "site") == usual


def test_what_shares_have_made_is_not_made_again(content: Path, tmp_path: Path) -> None:
    plan = BuildPlan(content, THEME, tmp_path / "site", tmp_path / "cache")
    for number in (1, 2):
        make_share(plan, Share(number, 2))

    steps = Steps()
    build_site(plan, progress=steps)
    assert steps.made == []


class Steps:
    """Notes what is made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def begin(self, what: str, count: int) -> None:
        pass

    def step(self, name: str) -> None:
        self.made.append(name)

    def end(self) -> None:
        pass


def test_only_the_chapter_that_changed_is_made(content: Path, tmp_path: Path) -> None:
    """Its own page is new, and where its title is shown another one; every other file is the very same."""
    shutil.copytree(content, tmp_path / "content")
    plan = BuildPlan(tmp_path / "content", THEME, tmp_path / "site", tmp_path / "cache")
    build_site(plan)
    before = files_of(plan.out)
    chapter = tmp_path / "content" / "chapters" / "04-text.md"
    chapter.write_text(chapter.read_text().replace("Only text", "Other text"))
    steps = Steps()
    build_site(plan, progress=steps)
    after = files_of(plan.out)

    assert steps.made == ["04-text"]
    assert {path for path in after if after[path] != before.get(path)} == {"04-text/index.html"}
    chapter.write_text(chapter.read_text().replace('title = "04-text"', 'title = "New"'))
    build_site(plan)
    shown = {f"{name}/index.html" for name in ("02-blur", "04-text", "05-more")} | {"index.html"}
    assert {path for path, data in files_of(plan.out).items() if data != after.get(path)} == shown


STAGES = """+++
title = "Stages"
+++

Some text.

```scene
id = "edge"
image = [[1, 9, 9], [1, 9, 9], [1, 9, 9]]
kernel = "sobel-x"
caption = "A caption."
```

[frame last] It is {sum}.

```scene
id = "sides"
image = [[1, 2, 3], [4, 5, 6], [7, 8, 0]]
kernels = ["blur", "sharpen"]
```
"""
EDITS = (
    ("Some text.", "Other text.\n\nOf two paragraphs."),
    ("A caption.", "Another."),
    ("[frame last] It is {sum}.", ""),
    ('caption = "Another."', 'caption = "Another."\nalt = "An edge."'),
    ("9, 9], [1, 9, 9]]", "9, 9], [1, 9, 8]]"),
    ("8, 0]]", "8, 9]]"),
    ('"sharpen"', '"sobel-y"'),
    ("kernels = [", "padding = 1\nkernels = ["),
    ('id = "sides"', 'id = "both"'),
    ("Other text.\n\nOf two paragraphs.", "Other text."),
)
"""What an author may change in such a chapter, one after the other."""


def test_what_is_kept_of_a_scene_is_never_that_of_another(tmp_path: Path) -> None:
    """After each edit the site is the one that a build makes which knows nothing."""
    content = tmp_path / "content"
    (content / "chapters").mkdir(parents=True)
    (content / "course.toml").write_text('title = "C"\n[[parts]]\ntitle = "P"\nchapters = ["01-stages"]\n')
    text, plan = STAGES, BuildPlan(content, THEME, tmp_path / "site", tmp_path / "cache", jobs=1)
    for old, new in (("", ""), *EDITS):
        assert old in text
        text = text.replace(old, new, 1)
        (content / "chapters" / "01-stages.md").write_text(text, "utf-8")
        build_site(plan)
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        build_site(replace(plan, out=tmp_path / "other", cache=tmp_path / "fresh"))
        assert files_of(tmp_path / "site") == files_of(tmp_path / "other"), (old, new)


def test_a_file_that_a_chapter_shows_is_a_part_of_it(content: Path, tmp_path: Path) -> None:
    """A listing that changes makes the chapter anew, though its own text is the same."""
    shutil.copytree(content, tmp_path / "content")
    plan = BuildPlan(tmp_path / "content", THEME, tmp_path / "site", tmp_path / "cache")
    (tmp_path / "content" / "code.py").write_text("a = 1\n")
    chapter = tmp_path / "content" / "chapters" / "04-text.md"
    chapter.write_text(f'{chapter.read_text()}\n```listing\nfile = "code.py"\n```\n')
    build_site(plan)
    (tmp_path / "content" / "code.py").write_text("b = 2\n")
    build_site(plan)

    assert b">b<" in files_of(plan.out)["04-text/index.html"]


def test_a_chapter_that_gets_its_file_changes_those_that_promise_it(content: Path, tmp_path: Path) -> None:
    """A link to a planned chapter is only words; once it is written, they lead there."""
    shutil.copytree(content, tmp_path / "content")
    plan = BuildPlan(tmp_path / "content", THEME, tmp_path / "site", tmp_path / "cache")
    chapter = tmp_path / "content" / "chapters" / "04-text.md"
    chapter.write_text(f"{chapter.read_text()}\nThen comes [the third](chapter:3).\n")
    build_site(plan)
    assert b"03-third" not in files_of(plan.out)["04-text/index.html"]
    (tmp_path / "content" / "chapters" / "03-third.md").write_text('+++\ntitle = "Third"\n+++\n\nText.\n')
    (tmp_path / "content" / "course.toml").write_text(COURSE.replace('{ planned = "Later" }', '"03-third"'))
    build_site(plan)

    assert b'href="../03-third/index.html">the third' in files_of(plan.out)["04-text/index.html"]


def test_a_share_tells_what_is_wrong_in_it(content: Path, tmp_path: Path) -> None:
    shutil.copytree(content, tmp_path / "content")
    (tmp_path / "content" / "chapters" / "04-text.md").write_text("No front matter.\n")
    plan = BuildPlan(tmp_path / "content", THEME, tmp_path / "site", tmp_path / "cache")

    assert make_share(plan, Share(1, 4)) == 1
    with pytest.raises(AuthorError, match="no front matter"):
        make_share(plan, Share(3, 4))


def test_the_command_says_which_share_was_made(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--content", str(content), "--out", str(tmp_path / "site"), "--shard", "2/3"]

    assert main(arguments, tmp_path / "cache") == 0
    assert capsys.readouterr().out == "Share 2 of 3: 1 chapter made; no site was written.\n"
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("typed", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_what_is_no_share_is_wrong_usage(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([f"--shard={typed}"])
    assert ended.value.code == 2
    assert "as in 3/16" in capsys.readouterr().err
