"""The signs on the screen: each frame says for itself whether what it shows is rounded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import NewPage
from tests.built import build_shown
from tests.lesson.reader import Reader

pytestmark = pytest.mark.browser

COURSE = 'title = "Signs"\nlanguage = "en"\n[[parts]]\ntitle = "Signs"\nchapters = ["01-signs"]\n'
CHAPTER = """+++
title = "Signs"
+++

```scene
id = "rounded"
image = [[0.1234, 1, 2, 0.5], [0.3333, 1, 0, 0.3333]]
kernel = [[1, 1]]
caption = "Some sums are rounded."
```

```scene
id = "shared"
kind = "pooling"
operation = "average"
kernel_size = [1, 3]
image = [[1, 2, 3, 1, 1, 2]]
caption = "So is an average."
```

```scene
id = "tiny"
image = [[1e-300, -2e-8, 1], [5e-324, 0.5, 1000000]]
kernel = [[1, -1]]
caption = "Numbers too small to be written out."
```
"""
SIGNS = """section => Array.from(section.querySelectorAll(".sum text"))
  .map(node => ({ text: node.textContent, x: Number(node.getAttribute("x")) }))
  .filter(({ text }) => /^[=≈Σ÷]/.test(text))
  .sort((a, b) => a.x - b.x)
  .map(({ text }) => text)"""
"""Reads the signs of operation that stand before results, from left to right."""
OpenSigns = Callable[[int], Reader]


@pytest.fixture(scope="module")
def signs(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build scenes with rounded numbers, and return their chapter's address."""
    content = tmp_path_factory.mktemp("signs")
    (content / "chapters").mkdir()
    (content / "course.toml").write_text(COURSE)
    (content / "chapters" / "01-signs.md").write_text(CHAPTER)
    site: Path = build_shown(content, tmp_path_factory.mktemp("signs-site") / "site")
    return (site / "01-signs" / "index.html").as_uri()


@pytest.fixture
def opened(new_page: NewPage, signs: str) -> OpenSigns:
    return lambda width: Reader(new_page(viewport={"width": width, "height": 800}), signs)


def shown(reader: Reader, scene: str, frame: int) -> list[str]:
    reader.slide(scene, frame)
    seen: list[str] = reader.section(scene).evaluate(SIGNS)
    return seen


def test_the_signs_change_with_the_frames(opened: OpenSigns) -> None:
    """Forwards and back: where pixels are printed as they are it says =, where they are rounded ≈."""
    reader = opened(1280)
    rounded = {1: ["≈", "Σ≈"], 2: ["=", "Σ"], 3: ["=", "Σ"], 4: ["≈", "Σ≈"], 5: ["=", "Σ"], 6: ["≈", "Σ≈"]}

    for frame in (1, 2, 3, 4, 5, 6, 3, 1, 2):
        assert shown(reader, "rounded", frame) == rounded[frame]


def test_an_average_says_that_it_is_rounded(opened: OpenSigns) -> None:
    """The sum of the pixels is exact, and what each has of it may not be."""
    reader = opened(1280)

    assert shown(reader, "shared", 2) == ["Σ", "÷3≈"]
    assert shown(reader, "shared", 1) == ["Σ", "÷3"]


@pytest.mark.parametrize("width", [1280, 360])
def test_signs_stand_between_the_columns(opened: OpenSigns, width: int) -> None:
    """However long a sign is, it touches no tile."""
    reader = opened(width)
    for scene in ("rounded", "shared"):
        reader.slide(scene, 1)
        touched = reader.section(scene).evaluate(
            """section => Array.from(section.querySelectorAll(".sum .sign")).filter(sign => {
                const own = sign.getBBox();
                return Array.from(section.querySelectorAll(".sum rect")).some(rect => {
                    const tile = rect.getBBox();
                    return own.x < tile.x + tile.width - 0.5 && own.x + own.width > tile.x + 0.5
                        && own.y < tile.y + tile.height && own.y + own.height > tile.y;
                });
            }).length"""
        )
        assert touched == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_tiny_numbers_fit_their_tiles(opened: OpenSigns, width: int) -> None:
    """They are printed with a power of ten."""
    reader = opened(width)
    seen = reader.seen_at_each_frame("tiny")

    assert [frame["tooWide"] for frame in seen] == [[]] * 4
    assert seen[0]["factors"] == ["1e−300", "−2e−8"]
    assert seen[2]["factors"] == ["5e−324", "0.5"]
