"""Photographs in a site: light files that are shared, pictures that come late, no table of all numbers."""

import gzip
import json
import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.site import read_content
from generator.site.course_warnings import phone_warnings
from generator.site.showing.photograph import FOLDER
from tests import built
from tests.scenes.photographs import planes
from tests.site.pages import elements, place_of, shown_text

COURSE = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-seeing", "02-more"]\n'
SCENES = """
```scene
id = "grey"
image = "grey.png"
kernel = "sobel-x"
frames = "sample 6"
alt = "A field of noise, and its edges."
```

```scene
id = "told"
image = "grey.png"
kernel = "box-blur"
frames = "path 10,10 10,14"
```

[frame first] {sum} from {window}.

[frame out 10,12] And {products.plus}.

```scene
id = "switched"
image = "grey.png"
kernels = ["sobel-x", "box-blur"]
frames = "row 3"
```

```scene
id = "colours"
image = "colour.png"
colour = true
kernel = "outline"
groups = 3
frames = "sample 6"
```
"""
MORE = '```scene\nid = "again"\nimage = "grey.png"\nkernel = "emboss"\nframes = "sample 5"\n```\n'
PAGE = "01-seeing/index.html"
LIGHT_PAGE = 100_000
"""Bytes of the chapter with most photographs, gzipped, with its style and script."""
WITH_PHOTOGRAPHS = 600_000


def write_course(folder: Path) -> Path:
    """Write two chapters with photographs, and the photographs."""
    for name in ("chapters", "images"):
        (folder / name).mkdir(parents=True)
    (folder / "course.toml").write_text(COURSE)
    for name, text in (("01-seeing", SCENES), ("02-more", MORE)):
        (folder / "chapters" / f"{name}.md").write_text(f'+++\ntitle = "Seeing"\n+++\n\n{text}')
    for name in ("grey.png", "colour.png"):
        pixels = np.moveaxis(planes(name), 0, -1).astype(np.uint8)
        Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels).save(folder / "images" / name)
    return folder


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("photographs") / "content")


@pytest.fixture(scope="module")
def made(content: Path) -> dict[str, bytes]:
    """Return every file of the site."""
    return built.made(content)


def names(made: dict[str, bytes], folder: str) -> set[str]:
    """Return the files right inside a folder."""
    return {
        path.removeprefix(folder)
        for path in made
        if path.startswith(folder) and "/" not in path.removeprefix(folder)
    }


def test_a_photograph_is_stored_once_in_the_site(made: dict[str, bytes]) -> None:
    """However many scenes of however many chapters show it; one in colour is another."""
    stored = [path for path in made if path.startswith(f"{FOLDER}/")]
    shown = [
        place_of(page, each.attributes["src"])[0]
        for page in (PAGE, "02-more/index.html")
        for each in elements(made[page].decode())
        if each.tag == "img" and FOLDER in each.attributes["src"] and each.attributes["alt"]
    ]

    assert len(stored) == 2
    assert len(shown) == 6
    assert set(shown) == set(stored)


def test_pictures_of_photographs_come_late_and_their_room_is_kept(made: dict[str, bytes]) -> None:
    """Each says its size, and the figure over it has its shape; each has words in its place, or beside it."""
    found = elements(made[PAGE].decode())
    pictures = [each for each in found if each.tag == "img" and each.attributes.get("decoding")]
    figures = [each for each in found if each.tag == "svg" and each.attributes.get("class") == "over"]

    assert len(pictures) == len(figures) == 12 + len(("photograph", "answers"))  # of the next chapter
    for picture, figure in zip(pictures, figures, strict=True):
        data = made[place_of(PAGE, picture.attributes["src"])[0]]
        width, height = Image.open(BytesIO(data)).size
        assert (picture.attributes["width"], picture.attributes["height"]) == (str(width), str(height))
        assert picture.attributes["loading"] == "lazy"
        assert picture.attributes["alt"] or picture.is_hidden
        assert int(figure.attributes["width"]) / int(figure.attributes["height"]) == pytest.approx(
            width / height, abs=0.02
        )


def test_dark_surroundings_have_a_picture_of_their_own(made: dict[str, bytes]) -> None:
    """Where the answers have signs; a photograph, and a blur of it, look the same in both."""
    found = elements(made[PAGE].decode())
    sources = [each.attributes for each in found if each.tag == "source"]

    assert [source["srcset"] for source in sources] == [
        "grey/map-dark.webp",
        "switched/map-dark.webp",
        "colours/map-1-dark.webp",
        "colours/map-2-dark.webp",
        "colours/map-3-dark.webp",
        "../02-more/again/map-dark.webp",
    ]
    assert all("dark" in source["media"] for source in sources)
    assert all(place_of(PAGE, source["srcset"])[0] in made for source in sources)


def test_a_photograph_has_its_films_and_prints(made: dict[str, bytes]) -> None:
    """Its film, and beside a text where it pauses; of a further version what the page shows."""
    files = names(made, "01-seeing/grey/")

    assert files == {"frames.json", "input.npy", "output.npy", "map.webp", "map-dark.webp", "filmstrip.png"}
    assert names(made, "01-seeing/switched/box-blur/") == {
        "frames.json",
        "input.npy",
        "output.npy",
        "map.webp",
    }
    assert "printed.png" not in files
    assert "printed.png" in names(made, "01-seeing/told/")
    told = [
        each for each in elements(made[PAGE].decode()) if "Frame" in each.attributes.get("aria-label", "")
    ]
    assert [each.attributes["aria-label"] for each in told if each.tag == "svg"] == ["Frame 1", "Frame 3"]


def test_the_files_can_be_taken_along(made: dict[str, bytes]) -> None:
    """Every link of the page leads to one that is there; arrays are found by the JSON."""
    links = {each.attributes["href"] for each in elements(made[PAGE].decode()) if each.tag == "a"}

    assert {"grey/filmstrip.png", "grey/frames.json"} <= links
    assert not [link for link in links if link.endswith(".npy")]
    assert {place_of(PAGE, link)[0] for link in links if not link.startswith("#")} <= set(made)


def test_all_else_of_a_photograph_is_there_on_request(content: Path) -> None:
    """Whole answers, animations and sheets, those of further versions too, and the page tells of them."""
    asked = built.made(content, also=["photographs"])
    links = {each.attributes["href"] for each in elements(asked[PAGE].decode()) if each.tag == "a"}

    assert {"grey/result.png", "colours/result-3.png", "switched/box-blur/result.png"} <= links
    assert {"animation.webp", "sheets-a4.pdf", "filmstrip.png"} <= names(
        asked, "01-seeing/switched/box-blur/"
    )
    assert {"grey/animation.webp", "switched/box-blur/sheets-a4.pdf"} <= links
    assert not [name for name in asked if "flipbook" in name or "worksheet" in name]
    assert {place_of(PAGE, link)[0] for link in links if not link.startswith("#")} <= set(asked)


def test_a_link_asks_for_a_file_of_a_photograph(tmp_path: Path) -> None:
    """Of that scene, be it one of a further version; the others stay light."""
    content = write_course(tmp_path / "content")
    chapter = content / "chapters" / "01-seeing.md"
    chapter.write_text(chapter.read_text() + "\n[On paper](switched/box-blur/sheets-letter.pdf)\n")
    asked = built.made(content)

    assert "sheets-letter.pdf" in names(asked, "01-seeing/switched/box-blur/")
    assert "sheets-a4.pdf" not in names(asked, "01-seeing/grey/")


def test_the_numbers_of_a_version_lie_in_its_folder(made: dict[str, bytes]) -> None:
    """Each version has its own arrays beside its own JSON."""
    folder = "01-seeing/switched/box-blur/"
    document = json.loads(made[f"{folder}frames.json"])

    assert document["output"]["file"] in names(made, folder)
    output = np.load(BytesIO(made[f"{folder}output.npy"]))
    assert list(output.shape) == document["output"]["shape"]
    assert output[0, 2, 0] == pytest.approx(document["frames"][0]["sum"])


def test_no_table_spells_out_a_photograph(made: dict[str, bytes]) -> None:
    """In its place the answers farthest apart, with where they are."""
    page = made[PAGE].decode()
    output = np.load(BytesIO(made["01-seeing/grey/output.npy"]))[0]
    row, column = np.unravel_index(output.argmax(), output.shape)

    tables = "".join(re.findall(r'<details class="numbers">.*?</details>', page, re.DOTALL))
    assert len([each for each in elements(tables) if each.tag == "td"]) < 60
    assert f"row {row + 1}, column {column + 1}" in shown_text(page)
    assert str(int(output.max())) in shown_text(page)


def test_the_page_says_between_which_numbers_colours_lie(made: dict[str, bytes]) -> None:
    """They are the figure's, and it says that some answers lie beyond."""
    output = np.load(BytesIO(made["01-seeing/grey/output.npy"]))[0]
    full = np.sort(np.abs(output).ravel())[int(np.ceil(0.99 * (output.size - 1)))]

    legend = f"−{full} +{full} or more"
    assert legend in " ".join(shown_text(made[PAGE].decode()).split())


def test_prose_is_told_the_numbers_of_a_photograph(made: dict[str, bytes]) -> None:
    """As of any scene: those of the beat's frame."""
    frame = json.loads(made["01-seeing/told/frames.json"])["frames"][0]
    text = shown_text(made[PAGE].decode())

    assert frame["out"] == [0, 9, 9]
    assert f"{frame['sum']:.2f}".rstrip("0").rstrip(".") in text
    window = planes("grey.png")[0, 9:12, 9:12]
    assert " / ".join(" ".join(map(str, row)) for row in window) in text


def test_no_phone_is_too_narrow_for_a_photograph(content: Path) -> None:
    """Its numbers stand in the sum alone."""
    course = read_content(content)

    assert [warning for chapter in course.chapters for warning in phone_warnings(chapter)] == []
    assert course.warnings == ()


def test_another_photograph_under_the_same_name_has_another_address(content: Path, tmp_path: Path) -> None:
    """A browser that keeps the old one shows the new."""
    changed = write_course(tmp_path / "content")
    Image.new("L", (90, 70), 12).save(changed / "images" / "grey.png")
    before, after = (
        {path for path in built.made(each, ["film", "answers"]) if path.startswith(f"{FOLDER}/grey")}
        for each in (content, changed)
    )

    assert len(before) == len(after) == 1
    assert before != after


def test_the_gallery_is_light(files: dict[str, bytes]) -> None:
    """The chapter with most photographs, as a server sends it: by itself, and with its pictures."""
    page = "06-a-gallery-of-kernels/index.html"
    found = elements(files[page].decode())
    loaded = {page} | {
        place_of(page, each.attributes[name])[0]
        for each in found
        for tag, name in (("link", "href"), ("script", "src"))
        if each.tag == tag and name in each.attributes and each.attributes.get("rel") not in {"prev", "next"}
    }
    shown = {
        place_of(page, each.attributes["src"])[0]
        for each in found
        if each.tag == "img" and each.attributes.get("decoding")
    }
    own = sum(len(gzip.compress(files[path], 6)) for path in loaded)

    assert len(shown) > 20
    assert own <= LIGHT_PAGE
    assert own + sum(len(files[path]) for path in shown) <= WITH_PHOTOGRAPHS
