"""A change of text is built without what computes and draws: a build that loads all that starts late."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.cli import PROJECT
from tests.built import SHOWN, THEME
from tests.course.making import SCENE

PROGRAM = """
import sys
from pathlib import Path
from generator.site import BuildPlan, SiteAddress, Wanted, build_site
content, theme, out, cache = map(Path, sys.argv[1:5])
address = SiteAddress("https://example.com/")
build_site(BuildPlan(content, theme, out, cache, address=address, wanted=Wanted(sys.argv[5:])))
print(*sys.modules)
"""
COURSE = """
title = "Seeing"
[[parts]]
title = "Asking"
chapters = ["01-words", "02-edges"]
"""
TEXT = """+++
title = "Words"
+++

## A heading

A **[kernel](term:kernel)** with $3 \\times 3$ \\{weights} of [edges](02-edges.md#edge=2), and a picture.

![A dot](images/dot.png)

| a | b |
| - | - |
| 1 | 2 |

```text
What a program says.
```

> [!NOTE]
> It is small.
"""
LIGHT_SCENES = {"ids", "narration", "numerals", "ranges", "toml_block"}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with a chapter of text and one with a scene."""
    folder = tmp_path_factory.mktemp("loading") / "content"
    dot = BytesIO()
    Image.new("L", (2, 2), 128).save(dot, "PNG")
    files = {
        "course.toml": COURSE.encode(),
        "chapters/01-words.md": TEXT.encode(),
        "chapters/02-edges.md": f'+++\ntitle = "Edges"\n+++\n{SCENE}\n[frame first] So.\n'.encode(),
        "images/dot.png": dot.getvalue(),
    }
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def loaded(content: Path) -> tuple[set[str], set[str]]:
    """Return the modules that a first build loads, and one after a chapter of text has changed."""
    return _built(content, TEXT), _built(content, f"{TEXT}\nOne line more.\n")


def _built(content: Path, text: str) -> set[str]:
    """Return the modules that a build of the course loads, given what the first chapter says."""
    (content / "chapters" / "01-words.md").write_text(text, "utf-8")
    places = (content, THEME, content.parent / "site", content.parent / "cache")
    command = [sys.executable, "-c", PROGRAM, *map(str, places), *SHOWN]
    shown = subprocess.run(  # noqa: S603 - this very interpreter
        command, cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    return set(shown.split())


def test_a_first_build_loads_what_draws(loaded: tuple[set[str], set[str]]) -> None:
    """So the names below are those of modules that there are."""
    first, _ = loaded
    assert {"numpy", "PIL", "generator.arithmetic", "generator.drawing", "generator.scenes.reel"} <= first


@pytest.mark.parametrize(
    "library",
    ["numpy", "PIL", "reportlab", "pygments", "multiprocessing", "zipfile", "importlib.metadata", "rich"],
)
def test_a_change_of_text_needs_no_library_that_draws(
    loaded: tuple[set[str], set[str]], library: str
) -> None:
    """Nor what starts processes, packs a course, or asks what is installed."""
    _, changed = loaded
    assert library not in changed


@pytest.mark.parametrize("room", ["arithmetic", "drawing"])
def test_a_change_of_text_enters_no_room_that_computes_or_draws(
    loaded: tuple[set[str], set[str]], room: str
) -> None:
    """What other chapters show is found in the cache, cards and pictures of the text too."""
    _, changed = loaded
    assert [name for name in changed if f"{name}.".startswith(f"generator.{room}.")] == []


def test_a_change_of_text_needs_little_of_the_scenes(loaded: tuple[set[str], set[str]]) -> None:
    """Only what reads TOML, anchors, and numbers in prose."""
    _, changed = loaded
    inside = {
        name.removeprefix("generator.scenes.") for name in changed if name.startswith("generator.scenes.")
    }
    assert inside <= LIGHT_SCENES


def test_what_changed_is_in_the_site(content: Path, loaded: tuple[set[str], set[str]]) -> None:
    """The second build was one."""
    assert loaded
    page = (content.parent / "site" / "01-words" / "index.html").read_text("utf-8")
    assert "One line more." in page
    assert '<meta property="og:image:width" content="1200">' in page
