"""Numbers too small to be written out: every part of a site has them, short, and nothing breaks."""

import re
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

import pytest

from generator.cli import main
from generator.scenes import FrameRange, reel_value
from tests.scenes.making import reel_from
from tests.site.equations import number

COURSE = 'title = "Tiny"\nlanguage = "en"\n[[parts]]\ntitle = "Tiny"\nchapters = ["01-tiny"]\n'
LONG = re.compile(r"0{15}|\d{20}")
"""Digits that nobody reads."""

PLAIN: Mapping[str, str] = {
    "one pixel": "image = [[1e-300]]\nkernel = [[1]]\nworksheet = true",
    "one pixel, negative": "image = [[-1e-100]]\nkernel = [[1]]",
    "the smallest number": "image = [[5e-324]]\nkernel = [[1]]\nworksheet = true",
    "nothing left": "image = [[1e-200, 1]]\nkernel = [[1e-200, 1e-7]]",
    "tiny beside large": "image = [[1e-300, 1000000], [-1e-310, 3]]\nkernel = [[1, -1]]\nworksheet = true",
    "tiny scale": 'image = [[1, 2]]\nkernel = [[0.00001]]\nscale = "1/1000000"\nworksheet = true',
    "tiny bias": 'image = [[1, 2]]\nkernel = [[1]]\nbias = -1e-12\nactivation = "relu"\nworksheet = true',
    "huge": 'image = [[1000000, 999999.9]]\nkernel = [[1000000, 999999.9]]\nscale = "1000000"',
    "channels": "image = [[[1e-300]], [[0.125]]]\nkernel = [[[[1e-7]], [[3e-9]]], [[[1]], [[2]]]]",
    "transposed": "image = [[1e-300, 2e-8]]\nkernel = [[1e-9, -1]]\nbias = 1e-8\ntransposed = true",
}
PADDED = {
    f"padded with {mode}": "image = [[1e-300, -2e-7], [0.125, 9]]\nkernel = [[0.001, 1]]\npadding = 1\n"
    f'padding_mode = "{mode}"'
    for mode in ("zeros", "reflect", "replicate", "circular")
}
POOLED = {
    f"{name} of {image}": f'kind = "pooling"\noperation = "{name}"\nkernel_size = 1\nimage = {image}'
    for name, image in product(("max", "average"), ("[[-5e-324]]", "[[1e-300, 1e6]]"))
}
STACK = """kind = "stack"
image = [[1e-300, 1e-7], [1, 2]]

[[layers]]
kernel = [[1e-3]]

[[layers]]
kind = "pooling"
operation = "average"
kernel_size = 2"""
VERSIONS = """kind = "compare"
image = [[1e-300, 1]]

[[sides]]
title = "One"
kernel = [[1]]

[[sides]]
title = "Another"
kernel = [[1e-12]]"""
TOLD = """[frame first] The pixels {window} make {products}, that is {sum}; $x = {sum-of[first].sum}$.

[frame last] {terms.1}: {answers}.
"""


def chapter(scenes: Iterable[str], told: str = "") -> str:
    blocks = [f'```scene\nid = "scene-{n}"\n{scene}\n```\n' for n, scene in enumerate(scenes, 1)]
    return '+++\ntitle = "Tiny"\n+++\n\n' + "\n".join(blocks) + told


def build(folder: Path, text: str) -> tuple[int, Path]:
    """Build a course of one chapter; return the exit code, and where the site is."""
    (folder / "content" / "chapters").mkdir(parents=True)
    (folder / "content" / "course.toml").write_text(COURSE)
    (folder / "content" / "chapters" / "01-tiny.md").write_text(text)
    site = folder / "site"
    return main(["build", "--content", str(folder / "content"), "--out", str(site)]), site


@pytest.mark.parametrize(
    "scenes",
    [PLAIN.values(), PADDED.values(), POOLED.values(), (STACK, VERSIONS)],
    ids=["plain", "padded", "pooled", "stacked and compared"],
)
def test_tiny_numbers_are_built(tmp_path: Path, scenes: Iterable[str]) -> None:
    """Pages, films, sheets, worksheets, flipbooks and animations, and no number of three hundred signs."""
    code, site = build(tmp_path, chapter(scenes))

    assert code == 0
    page = (site / "01-tiny" / "index.html").read_text()
    assert LONG.findall(re.sub(r"\s(?:src|href)=\S+", "", page)) == []


def test_tiny_numbers_are_told(tmp_path: Path) -> None:
    """In prose as in the figure, in formulas with a power of ten."""
    scene = PLAIN["one pixel"]
    code, site = build(tmp_path, chapter([scene], TOLD.replace("sum-of", "scene-1")))
    page = (site / "01-tiny" / "index.html").read_text()

    assert code == 0
    assert '<span class="value">1e−300</span>' in page
    assert "<msup><mn>10</mn>" in page
    assert "1 times 10 to the minus 300 times 1 equals 1 times 10 to the minus 300." in page


def test_a_scale_too_small_to_be_computed_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With file and line, and no traceback."""
    code, _ = build(tmp_path, chapter(["image = [[1]]\nkernel = [[1]]\nscale = 1e-300"]))

    assert code == 1
    assert "chapters/01-tiny.md:" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["1e-7", "-3e-7", "1e-300", "-5e-324", "9.6e-7", "0.000001"])
def test_a_tiny_number_can_be_read_back(value: str) -> None:
    """The text is the number, or says that it is not, and is short; its sign stays."""
    reel = reel_from(f'id = "a"\nimage = [[{value}, 1]]\nkernel = [[1]]\n')
    text = reel_value(reel, "sum", FrameRange(1, 1))

    exact = number(text.removeprefix("≈ ")) == number(value.replace("-", "−"))
    assert exact != text.startswith("≈")
    assert len(text.removeprefix("≈ ")) <= 8
    assert ("−" in text.removeprefix("≈ ")[:1]) == value.startswith("-")
