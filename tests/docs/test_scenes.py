"""The pages about scenes and narration are true and whole: examples build, and no key or value lacks."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.arithmetic import KERNELS, PATTERNS
from generator.course import Course
from generator.scenes import Reel, frame_range, frames_json, reel_of, reel_value, scenes_from_toml
from generator.site import read_content
from tests.docs import vocabulary
from tests.docs.markdown import DOCS, PROJECT, blocks, rows, sections, with_lines, words_of_code
from tests.scenes.making import problems_of, reel_from
from tests.scenes.test_networks import digits

SCENES_TEXT = (DOCS / "scenes.md").read_text("utf-8")
NARRATION_TEXT = (DOCS / "narration.md").read_text("utf-8")
TEXT = f"{SCENES_TEXT}\n{NARRATION_TEXT}"
SECTIONS = {**sections(NARRATION_TEXT), **sections(SCENES_TEXT)}
CODE = words_of_code(TEXT)
(SMALLEST,) = blocks(SECTIONS[""], "toml")
SCENES = {block.split('"')[1]: block for block in blocks(TEXT, "toml")}
"""The blocks that are shown, by id."""


def base_of(section: str) -> str:
    """Return the scene to which a section's lines are added."""
    return (blocks(SECTIONS[section], "toml") or [SMALLEST])[0]


def lines_shown() -> list[tuple[str, str]]:
    """Return what the last columns show, as sections and code with " and " between lines."""
    shown = [(title, row.get("for example", "")) for title, text in SECTIONS.items() for row in rows(text)]
    return [(title, cell) for title, cell in shown if cell]


def defaults_shown() -> list[tuple[str, str, str]]:
    """Return the keys whose default is a value, as sections, keys and values."""
    told = [
        (title, row["key"], row["default"])
        for title, text in SECTIONS.items()
        for row in rows(text)
        if "for example" in row and row["default"].startswith("`")
    ]
    return [(title, *words_of_code(f"{key} {default}")) for title, key, default in told]  # type: ignore[misc]


def course_with(folder: Path, block: str) -> Course:
    """Return a course of one chapter with a scene in it, and the pictures of the course that is shipped."""
    (folder / "chapters").mkdir()
    (folder / "course.toml").write_text(
        'title = "A"\n[[parts]]\ntitle = "B"\nchapters = ["01-c"]\n', encoding="utf-8"
    )
    chapter = f'+++\ntitle = "C"\n+++\n\n```scene\n{block}\n```\n\n[frame all] All of it.\n'
    (folder / "chapters" / "01-c.md").write_text(chapter, encoding="utf-8")
    if ".png" in block:
        shutil.copytree(PROJECT / "content" / "images", folder / "images")
    return read_content(folder)


@pytest.mark.parametrize("block", SCENES.values(), ids=SCENES)
def test_every_scene_that_is_shown_builds_without_a_warning(tmp_path: Path, block: str) -> None:
    """A reader who copies a block has a figure, and nothing to put right."""
    course = course_with(tmp_path, block)
    assert [warning.message for warning in course.warnings] == []


@pytest.mark.parametrize(("section", "cell"), lines_shown(), ids=[cell for _, cell in lines_shown()])
def test_every_line_that_is_shown_builds_without_a_warning(tmp_path: Path, section: str, cell: str) -> None:
    """The last column holds lines for the scene that its section begins with."""
    lines = words_of_code(cell)
    assert cell == " and ".join(f"`{line}`" for line in lines)
    course = course_with(tmp_path, with_lines(base_of(section), lines))
    assert [warning.message for warning in course.warnings] == []


@pytest.mark.parametrize(("section", "key", "default"), defaults_shown())
def test_a_default_is_what_a_scene_has_without_the_key(section: str, key: str, default: str) -> None:
    """Writing a default changes nothing."""
    with_it = with_lines(base_of(section), [f"{key} = {default}"])
    without = with_it.replace(f"{key} = {default}\n", "")
    assert with_it != without
    assert _frames(with_it) == _frames(without)


def _frames(block: str) -> list[Any]:
    pixels = np.arange(81).reshape(9, 9) * 3 % 251
    if ".png" in block:
        block = with_lines(block, [f"image = {pixels.tolist()}"])
    return [json.loads(frames_json(reel_of(scene))) for scene in _declared(block)]


def _declared(block: str) -> Any:  # noqa: ANN401 - the scenes of a block
    return scenes_from_toml(block, "scenes.md", 1, lambda _: pytest.fail("no picture")).scenes


def test_examples_and_defaults_are_found() -> None:
    """The tests above have something to look at."""
    assert len(SCENES) == 13
    assert len(lines_shown()) > 30
    assert len(defaults_shown()) > 12


@pytest.mark.parametrize("block", vocabulary.SCENES.values(), ids=vocabulary.SCENES)
def test_it_has_a_row_for_every_key(block: str) -> None:
    """Whatever a scene may hold stands at the beginning of a row."""
    told = {word for row in rows(TEXT) for word in words_of_code(row.get("key", ""))}
    assert (vocabulary.keys(block) | vocabulary.OF_SEVERAL) - told == set()


def test_it_lists_the_keys_of_layers() -> None:
    """The table of layers has all that a layer may hold, and no more."""
    cells = [row["has the keys"] for row in rows(SECTIONS["Stacks"]) if "has the keys" in row]
    assert set(words_of_code(" ".join(cells))) == vocabulary.layer_keys()


@pytest.mark.parametrize("key", vocabulary.WORDED)
def test_it_lists_every_word_of_a_key(key: str) -> None:
    """A padding mode, an activation, a pattern that can be declared is told of."""
    told = {word.strip('"') for word in CODE}
    assert set(vocabulary.words(key)) - told == set()


def test_it_lists_every_word_of_padding_and_pooling() -> None:
    """The words stand in quotes, as they are written."""
    words = [*vocabulary.padding_words(), *vocabulary.pooling_operations()]
    assert {f'"{word}"' for word in words} - set(CODE) == set()
    assert len(words) >= 5


def test_it_lists_no_name_too_many() -> None:
    """The lists of patterns and kernels hold nothing that cannot be declared, and kernels have their size."""
    (patterns,) = re.findall(r"\*\*A pattern\*\*.*", SECTIONS["Image"])
    lists = re.findall(r"^  - .*", SECTIONS["Kernel"], re.MULTILINE)
    named = re.findall(r"`([^`]+)`(?: \((\d+)×(\d+)\))?", " ".join(lists))
    assert set(words_of_code(patterns)) == set(PATTERNS)
    assert sorted(name for name, *_ in named) == sorted(KERNELS)
    for name, *size in named:
        assert np.shape(KERNELS[name].weights) == tuple(int(side or 3) for side in size), name


@pytest.mark.parametrize(
    "row", [row for row in rows(SECTIONS["Steps and padding"]) if "`padding_mode`" in row]
)
def test_padding_modes_are_drawn_as_they_are(row: dict[str, str]) -> None:
    """The row in the table is what a weight of 1 copies."""
    mode, drawn = row["`padding_mode`"].strip("`"), row["what is seen beyond the edge of a row 1 2 3"]
    block = f'id = "a"\nimage = [[1, 2, 3]]\nkernel = [[1]]\npadding = 2\npadding_mode = {mode}\n'
    block += "padding_value = 5\n" * (mode == '"constant"')
    seen = " ".join(map(str, reel_from(block).output[0, 0].tolist()))
    assert drawn.partition(": ")[2].replace("*", "") == seen


@pytest.mark.parametrize("row", rows(SECTIONS["Beats and anchors"]), ids=lambda row: row["anchor"])
def test_anchors_mean_the_frames_that_are_named(row: dict[str, str]) -> None:
    """The last column says which frames of the smallest scene an anchor means."""
    (anchor,) = words_of_code(row["anchor"])
    frames = frame_range(anchor, reel_from(SMALLEST))
    told = f"{frames.first}–{frames.last}" if frames.last > frames.first else f"{frames.first}"
    assert row["here"] == told


VALUE_ROWS = [
    (SCENES[scene], anchor, next(iter(row.values())), row["here"])
    for head, scene, anchor in (
        ("of a frame", "my-edge", "peak"),
        ("of a scene", "my-edge", "peak"),
        ("transposed", "spread", "in 1,2"),
        ("of a stack", "two-layers", "peak"),
        ("of a magnitude", "strength", "out 1,1"),
        ("of learning", "learns", "step 0"),
        ("of a zoom", "closer", "first"),
    )
    for row in rows(SECTIONS["Values"])
    if head in row
]


@pytest.mark.parametrize(("block", "anchor", "names", "here"), VALUE_ROWS, ids=[row[2] for row in VALUE_ROWS])
def test_values_are_what_is_said(block: str, anchor: str, names: str, here: str) -> None:
    """The last column holds the values of the scene and the frame that the text names."""
    reel = reel_from(block)
    frames = frame_range(anchor, reel)
    filled = [reel_value(reel, name.strip("{}"), frames) for name in words_of_code(names)]
    assert ", ".join(filled) == here


def test_it_has_every_value() -> None:
    """Whatever prose may quote stands in a table."""
    cells = " ".join(next(iter(row.values())) for row in rows(SECTIONS["Values"]))
    told = {re.sub(r"\d", "1", word.strip("{}")) for word in words_of_code(cells)}
    assert vocabulary.values() - told == set()


@pytest.mark.parametrize("name", re.findall(r"`\{([a-z]+(?:\.[a-z0-9]+)*)\}`", TEXT))
def test_every_value_that_it_names_can_be_written(name: str) -> None:
    """A value in the text is one that a beat may quote."""
    if name.startswith("digits."):  # of the network that is shown
        assert name.removeprefix("digits.") in digits().values
        return
    own = name.removeprefix("convolution.")  # a side of the comparison that is shown
    assert re.sub(r"\d", "1", own) in vocabulary.values()


def test_the_comparison_names_its_second_side_as_the_text_does() -> None:
    """What is written of it elsewhere begins with the id and the name of the side."""
    first, second = _declared(SCENES["two-conventions"])
    assert (first.version, second.version) == ("cross-correlation", "convolution")
    assert f"{{{second.id}-{second.version}.output.max}}" in CODE


NUMBER = r"\d+(?:,\d{3})*"


def _grid(height: int, width: int) -> str:
    return str(np.ones((height, width), int).tolist())


TOO_MUCH = {
    "pixels": (f"image = {_grid(65, 64)}", "4,096"),
    "padded": ("padding = 40", "4,096"),
    "channels": (f"image = {[[[1]]] * 9}\nkernel = {[[[1]]] * 9}", "8"),
    "filters": (f"kernel = {[[[[1]]]] * 9}", "8"),
    "frames": (f"image = {_grid(40, 40)}\nkernel = [[1]]", "1,024"),
    "products": (f"image = {_grid(40, 40)}\nkernel = {_grid(12, 12)}", "64,000"),
    "so far": (f"image = {_grid(20, 30)}\nkernel = [[1]]\ntransposed = true", "200,000"),
    "a number": ("image = [[1000001]]\nkernel = [[1]]", "1,000,000"),
    "an id": (f'id = "{"a" * 61}"', "60"),
    "versions": (f"kernels = {[[[n]] for n in range(9)]}", "8"),
    "a sample": (f'frames = "sample 121"\nimage = {_grid(20, 20)}', "120"),
}
"""Lines that ask for more than there may be, with the number that the answer names."""


@pytest.mark.parametrize(("lines", "most"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_limits_are_those_that_a_build_names(lines: str, most: str) -> None:
    """What is refused is refused with a number that stands in the table."""
    (problem,) = problems_of(with_lines(SMALLEST, lines.splitlines()))
    told = " ".join(row["at most"] for row in rows(SECTIONS["Limits"]))
    assert most in re.findall(NUMBER, problem)
    assert most in re.findall(NUMBER, told)


def test_a_row_is_thinned_to_as_many_frames_as_are_said() -> None:
    """A long row has 60 frames, the most that the table names for it."""
    reel: Reel = reel_from(f'id = "a"\nimage = [{list(range(90))}]\nkernel = [[1]]\nframes = "row 1"\n')
    (cell,) = [row["at most"] for row in rows(SECTIONS["Limits"]) if row["what"].startswith("frames of")]
    assert cell == f"120; {len(reel.frames)}"
