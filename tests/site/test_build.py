"""A whole site: what lands in it, that it is the same every time, and that no author breaks out."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.course import Chapter, Course
from generator.site import (
    read_content,
    read_theme,
    script_data,
    views,
)
from generator.site.artifact_kinds import Kind
from generator.site.course_warnings import print_warnings
from tests.built import COURSE_CACHE, build, files_of, made, write_flagship, zip_of
from tests.site.pages import elements, shown_text

CHAPTER = "05-convolution-and-filters"
THEME = PROJECT / "themes" / "lesson"
SCENE = 'id = "edge"\nimage = "step"\nkernel = "sobel-x"\n'
OF_EVERY_KIND = """+++
title = "Of every kind"
+++

```scene
id = "photograph"
image = "camera.png"
kernel = "sobel-x"
frames = "sample 4"
```

```scene
id = "colours"
image = "coffee.png"
kernels = ["box-blur", "gaussian"]
frames = "sample 2"
```

```scene
id = "spread"
image = [[1, 2], [3, 4]]
kernel = [[1, 0], [0, 1]]
transposed = true
```

```scene
id = "halved"
kind = "pooling"
image = [[1, 2, 3, 4], [5, 6, 7, 8]]
operation = "max"
kernel_size = 2
```

```scene
id = "strength"
kind = "magnitude"
image = [[1, 2, 3, 9], [5, 6, 7, 8], [9, 9, 9, 1]]
```

```scene
id = "closer"
kind = "zoom"
image = "coffee.png"
colour = true
```

```scene
id = "layers"
kind = "stack"
image = [[1, 2, 3, 4], [5, 6, 7, 8]]

[[layers]]
kernel = [[1, -1]]
activation = "relu"

[[layers]]
kind = "pooling"
operation = "max"
kernel_size = 1
```
"""
OF_EVERY_SCENE = ("frames.json", "filmstrip.png", "sheets-a4.pdf")
OF_A_SCENE = (
    "frames.json",
    "filmstrip.png",
    "animation.webp",
    "printed.png",
    "sheets-a4.pdf",
    "flipbook-a4.pdf",
)
OF_A_WORKSHEET = ("worksheet-a4.pdf", "answer-key-a4.pdf")
FURTHER = re.compile(
    r"/(printed(-\d+)?\.png|flipbook-a4\.pdf|animation\.webp"
    r"|(input|output)\.npy|map(-\d+)?(-dark)?\.webp|window-\d+\.webp|result(-\d+)?\.png)$"
)
"""Of which a scene has as many as it has frames for."""
DRAWN: Collection[Kind] = ("film", "flipbook")
"""What a page needs, and the lightest print that says title and caption."""
EVIL = ("</script><script>alert(1)</script>", "<!--", "<!--<script>", "]]>", '" onload="alert(1)')


def built(folder: Path, chapter: str, title: str = "Edges") -> dict[str, bytes]:
    """Return the site of a course with one chapter, its title in single quotes in TOML."""
    (folder / "chapters").mkdir(parents=True)
    course = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges"]\n'
    (folder / "course.toml").write_text(course, "utf-8")
    front = f"+++\ntitle = '{title}'\n+++\n\n"
    (folder / "chapters" / "01-edges.md").write_text(front + chapter, "utf-8")
    return made(folder, DRAWN)


def flagship_of(course: Course) -> Chapter:
    return next(chapter for chapter in course.chapters if chapter.name == CHAPTER)


def test_the_site_holds_what_is_promised(files: dict[str, bytes], course: Course) -> None:
    """Contents, 404, glossary, a page for each chapter, data and film for each scene, and no Jekyll."""
    promised = {"index.html", "404.html", "glossary/index.html", ".nojekyll"}
    for chapter in course.chapters:
        promised.add(f"{chapter.name}/index.html")
        for block in chapter.scenes:
            folder = f"{chapter.name}/{block.reel.scene.id}"
            further = [f"{folder}/{reel.scene.version}" for reel in block.reels[1:]]
            if block.reel.scene.showing.has_every_number:
                promised |= {f"{place}/{name}" for place in (folder, *further) for name in OF_EVERY_SCENE}
            else:
                promised |= {
                    f"{folder}/filmstrip.png",
                    *(f"{place}/frames.json" for place in (folder, *further)),
                }
    (lesson,) = (chapter for chapter in course.chapters if chapter.name == CHAPTER)
    drawn = [block.reel.scene for block in lesson.scenes if block.reel.scene.showing.has_every_number]
    for scene in drawn:
        promised |= {f"{CHAPTER}/{scene.id}/{name}" for name in OF_A_SCENE}
    promised |= {f"{CHAPTER}/sobel-edge/{name}" for name in OF_A_WORKSHEET}
    shared = ("assets/", "images/", "photographs/")
    rest = [path for path in files if not path.startswith(shared) and path not in promised]
    assert sorted(promised - set(files)) == []
    assert [path for path in rest if not FURTHER.search(path)] == []


def test_the_frames_are_in_the_documented_format(files: dict[str, bytes]) -> None:
    """A program that reads the data finds the format's name and version, and every frame."""
    data = json.loads(files[f"{CHAPTER}/sobel-edge/frames.json"])
    assert (data["format"], data["version"], data["id"]) == ("convolution-frames", 1, "sobel-edge")
    assert len(data["frames"]) == 25
    assert data["output"]["values"] == [[[0, 32, 32, 0, 0]] * 5]


def test_a_film_is_as_large_as_its_page_says(files: dict[str, bytes]) -> None:
    """The room that a page keeps for a film is the film's own size."""
    for element in elements(files[f"{CHAPTER}/index.html"].decode()):
        if element.tag == "img" and element.attributes["src"].endswith("filmstrip.png"):
            data = files[f"{CHAPTER}/{element.attributes['src']}"]
            size = (int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))
            assert (int(element.attributes["width"]), int(element.attributes["height"])) == size


def test_shared_files_carry_their_hash(files: dict[str, bytes]) -> None:
    """A style sheet, script or icon that changes gets another name, so that no cache shows an old one."""
    assets = {path: data for path, data in files.items() if path.startswith("assets/")}
    assert len(assets) == 3
    for path, data in assets.items():
        match = re.fullmatch(r"assets/\w+\.([0-9a-f]{10})\.(css|js|svg)", path)
        assert match is not None
        assert sha256(data).hexdigest().startswith(match[1])


def test_circumstances_change_no_byte(tmp_path: Path) -> None:
    """Another hash seed, time zone, language, home, folder or umask leave no trace in a site and its zip.

    It is built from the start, by a process of its own: the flagship, and a scene of every kind.
    """
    write_flagship(tmp_path / "content", OF_EVERY_KIND)
    usual = build(
        tmp_path / "content", tmp_path / "site", archive=tmp_path / "lesson.zip", cache=COURSE_CACHE
    )
    assert_same_elsewhere(usual, tmp_path / "lesson.zip", tmp_path / "a folder", tmp_path / "content")


@pytest.mark.long
def test_circumstances_change_no_byte_of_the_course(tmp_path: Path, site: Path) -> None:
    """What every build of the project makes anew comes to the same bytes in the whole course."""
    assert_same_elsewhere(site, zip_of(site), tmp_path / "a folder", PROJECT / "content")


def assert_same_elsewhere(site: Path, archive: Path, here: Path, content: Path) -> None:
    """Make sure that a content folder is built to the same bytes in other circumstances."""
    here.mkdir()
    circumstances = {
        "PYTHONHASHSEED": "1",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "de_DE.UTF-8",
        "HOME": str(here),
        "PYTHONPATH": str(PROJECT),
    }
    program = (
        "import os, pathlib, sys; from generator import cli; os.umask(0o077); "
        "sys.exit(cli.main(sys.argv[1:], pathlib.Path('cache')))"
    )
    subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", program, "--content", content, "--out", "site", "--zip", "lesson.zip"],
        env={**os.environ, **circumstances},
        cwd=here,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    made = files_of(here / "site")
    assert made.keys() == files_of(site).keys()
    for path, data in files_of(site).items():
        assert made[path] == data, path
    assert (here / "lesson.zip").read_bytes() == archive.read_bytes()


def test_no_place_and_no_time_of_the_build_stands_in_a_site(files: dict[str, bytes]) -> None:
    """Nothing tells where the site was built."""
    for path, data in files.items():
        assert str(PROJECT).encode() not in data, path


def scripts(page: str) -> list[tuple[str, str]]:
    return [
        (element.attributes.get("src", ""), element.attributes.get("type", ""))
        for element in elements(page)
        if element.tag == "script"
    ]


@pytest.mark.parametrize("evil", EVIL)
def test_an_authors_text_cannot_break_out(tmp_path: Path, evil: str) -> None:
    """Markup in a title, a caption, an alternative text or prose is shown as text."""
    told = evil.replace("<!--", "&lt;!--")  # a comment in prose is dropped
    chapter = (
        f"```scene\n{SCENE}caption = '''{evil}'''\nalt = '''{evil}'''\n```\n\n[frame first] Look: {told}\n"
    )
    page = built(tmp_path, chapter, evil)["01-edges/index.html"].decode()
    plain = built(tmp_path / "plain", f"```scene\n{SCENE}```\n")["01-edges/index.html"].decode()
    assert scripts(page) == scripts(plain)
    assert not [name for element in elements(page) for name in element.attributes if name.startswith("on")]
    assert evil in shown_text(page)
    (data,) = [element for element in elements(page) if element.attributes.get("class") == "frames"]
    assert len(json.loads(data.text)["frames"]["spoken"]) == 25


def test_an_author_writes_no_template(tmp_path: Path) -> None:
    """Braces that mean something in a template mean nothing in a title."""
    page = built(tmp_path, "Text.\n", "{{ 7 * 7 }}{% raw %}")["01-edges/index.html"].decode()
    (heading,) = [element for element in elements(page) if element.tag == "h1"]
    assert heading.text == "{{ 7 * 7 }}{% raw %}"


def test_data_in_a_page_holds_no_angle_bracket(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever text gets into the data can neither end its script element nor begin a comment."""
    monkeypatch.setattr(script_data, "spoken", lambda *_: "</script><!--<script>")
    block = flagship_of(course).scenes[0]
    data = views.scene_view(block, "5.1", {"filmstrip.png": bytes(24)}).stages[0].data
    assert "<" not in data
    assert json.loads(data)["frames"]["spoken"][0] == "</script><!--<script>"


@pytest.mark.parametrize(
    ("title", "missing"),
    [("Größe × Œuvre · Ελλάς · Пиксель", ""), ("卷积 & 😀", "卷积😀"), ("Gro\u0308ße", "")],
)
def test_letters_that_paper_cannot_show_are_warned_of(tmp_path: Path, title: str, missing: str) -> None:
    """The print font has the letters of many languages; of others the author learns before printing."""
    built(tmp_path, "Text.\n", title)
    course = read_content(tmp_path)
    font = read_theme(THEME).print_font
    warnings = list(print_warnings(course.chapters[0], course.title, font))
    assert [f'"{missing}"' in warning.message for warning in warnings] == ([True] if missing else [])
