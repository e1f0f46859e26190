"""Pictures of the text in a site: upright, with the size that the page says, and without their secrets."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from generator import cli
from generator.drawing import published_picture
from generator.site import (
    check_site,
    site_in_folder,
)
from tests.built import made
from tests.drawing.planted import FOREIGN, PLANTED, SECRET, TURNED, drawn, exif, marks_in, saved
from tests.site.pages import elements

COURSE = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-seeing"]\n'
PICTURES = {**PLANTED, **TURNED, **FOREIGN}
PHOTOGRAPH = saved(drawn().resize((160, 90)), "JPEG", exif=exif(6), comment=SECRET)
SCENES = """
```scene
id = "photograph"
image = "photograph.jpg"
colour = true
kernel = "sobel-x"
groups = 3
frames = "sample 4"
```

```scene
id = "small"
image = "turned-lossless.webp"
kernel = "box-blur"
frames = "sample 4"
```
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a course that shows every picture with secrets, in its text or in a scene."""
    folder = tmp_path_factory.mktemp("pictures") / "content"
    for name in ("chapters", "images/more"):
        (folder / name).mkdir(parents=True)
    shown = "\n".join(f"![A picture](../images/{name})" for name in PICTURES if name != "moving.gif")
    (folder / "course.toml").write_text(COURSE)
    (folder / "chapters/01-seeing.md").write_text(f'+++\ntitle = "Seeing"\n+++\n\n{shown}\n{SCENES}')
    for name, data in {**PICTURES, "photograph.jpg": PHOTOGRAPH, "more/unused.JPG": PHOTOGRAPH}.items():
        (folder / "images" / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def built(content: Path) -> Path:
    """Build that course, with its zip, as an author does; return the folder of both."""
    folder = content.parent
    arguments = [
        "--content",
        str(content),
        "--out",
        str(folder / "site"),
        "--zip",
        str(folder / "course.zip"),
    ]
    assert cli.main([*arguments, "--base-url", "https://example.org/", "--jobs", "1"]) == 0
    return folder


def test_no_file_of_a_site_holds_a_secret(built: Path) -> None:
    """Neither what is shown in the text or in a scene, nor what only lies beside it."""
    files = {path: path.read_bytes() for path in (built / "site").rglob("*") if path.is_file()}
    pictures = {path: data for path, data in files.items() if "images" in path.parts}

    assert len(pictures) == len(PICTURES) + 2
    assert {path.name: marks_in(data) for path, data in pictures.items() if marks_in(data)} == {}
    assert [path.name for path, data in files.items() if SECRET in data or b"Exif" in data] == []


def test_no_file_of_a_zip_holds_a_secret(built: Path) -> None:
    """What is packed is what is published."""
    with ZipFile(built / "course.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    assert len([name for name in files if "/images/" in name]) == len(PICTURES) + 2
    assert [name for name, data in files.items() if SECRET in data or b"Exif" in data] == []


def test_the_page_says_the_size_of_the_upright_picture(built: Path) -> None:
    """So that its room is right before it comes; and everything else about the site is right, too."""
    page = (built / "site/01-seeing/index.html").read_text()
    shown = [each.attributes for each in elements(page) if "../images/" in (each.attributes.get("src") or "")]
    sizes = {each["src"]: (int(each["width"]), int(each["height"])) for each in shown}

    assert len(sizes) == len(PICTURES) - 1
    assert sizes["../images/turned.jpg"] == (16, 24)
    for source, size in sizes.items():
        data = (built / "site/01-seeing" / source).read_bytes()
        assert Image.open(BytesIO(data)).size == size
    problems = check_site(site_in_folder(built / "site")).problems
    assert [problem for problem in problems if "picture" in problem.message] == []


def test_pictures_are_made_ready_once(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build with the same cache makes none anew, and has the same bytes as one without a cache."""
    asked: list[str] = []

    def counting(data: bytes, name: str) -> bytes:
        asked.append(name)
        return published_picture(data, name)

    def images(cache: Path) -> dict[str, bytes]:
        return {name: data for name, data in made(content, cache=cache).items() if re.match(r"images/", name)}

    monkeypatch.setattr("generator.drawing.published_picture", counting)
    first = images(tmp_path)
    count = len(asked)
    assert count == len(PICTURES) + 2
    assert images(tmp_path) == first
    assert len(asked) == count


@pytest.mark.parametrize(
    "change", [lambda data: data[:-40], lambda _: b"Not a picture."], ids=["cut", "text"]
)
def test_what_cannot_be_read_is_told_or_left_out(
    change: Callable[[bytes], bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A picture that the text shows stops the build; one that nobody shows is noted, and not published."""
    (tmp_path / "content/images").mkdir(parents=True)
    (tmp_path / "content/chapters").mkdir()
    (tmp_path / "content/course.toml").write_text(COURSE)
    chapter = tmp_path / "content/chapters/01-seeing.md"
    (tmp_path / "content/images/dog.jpg").write_bytes(change(saved(drawn(), "JPEG", exif=exif())))
    arguments = ["--content", str(tmp_path / "content"), "--out", str(tmp_path / "site"), "--strict"]

    chapter.write_text('+++\ntitle = "Seeing"\n+++\n\n![A dog](../images/dog.jpg)\n')
    assert cli.main(arguments) == 1
    assert '01-seeing.md:5: "../images/dog.jpg" cannot be read as a picture' in capsys.readouterr().err

    chapter.write_text('+++\ntitle = "Seeing"\n+++\n\nNo dog.\n')
    assert cli.main(arguments) == 0
    assert 'dog.jpg: note: "dog.jpg" cannot be read as a picture. It is not' in capsys.readouterr().err
    assert not (tmp_path / "site/images/dog.jpg").exists()
