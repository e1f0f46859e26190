"""The description of `frames.json` is true: its files are what is written, and its programs run."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import generator.scenes
from generator.scenes import frames_json
from tests.built import build
from tests.docs.markdown import DOCS, PROJECT, blocks, rows, sections, words_of_code
from tests.scenes.making import reel_from

TEXT = (DOCS / "frames-json.md").read_text("utf-8")
SECTIONS = sections(TEXT)
SCHEMA = json.loads((Path(generator.scenes.__file__).parent / "frames.schema.json").read_text("utf-8"))
KINDS = ("A window that slides", "A pixel that spreads", "Pooling", "A stack", "A magnitude", "A zoom")
"""The sections that show a scene and its file."""
CHAPTER = """+++
title = "C"
+++

```scene
{tiny}```

```scene
id = "two"
image = "step"
kernels = ["sobel-x", "sobel-y"]
```

```scene
id = "photo"
image = "camera.png"
kernel = "sobel-x"
frames = "sample 2"
```
"""


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built chapter, in which the scenes have theirs."""
    content = tmp_path_factory.mktemp("course") / "content"
    (content / "chapters").mkdir(parents=True)
    course = 'title = "A"\n[[parts]]\ntitle = "B"\nchapters = ["01-c"]\n'
    (content / "course.toml").write_text(course, "utf-8")
    (tiny,) = blocks(SECTIONS[KINDS[0]], "toml")
    (content / "chapters" / "01-c.md").write_text(CHAPTER.format(tiny=tiny), "utf-8")
    shutil.copytree(PROJECT / "content" / "images", content / "images")
    return build(content, content.parent / "site", ["film", "answers"]) / "01-c"


def shown(section: str) -> list[dict[str, Any]]:
    return [json.loads(block) for block in blocks(SECTIONS[section], "json")]


def written(block: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frames_json(reel_from(block)))
    return document


@pytest.mark.parametrize("section", KINDS)
def test_the_file_of_each_kind_is_what_is_written(section: str) -> None:
    """Every key stands in the order and with the value that the code gives it."""
    (scene,) = blocks(SECTIONS[section], "toml")
    assert json.dumps(shown(section)[0]) == json.dumps(written(scene))


@pytest.mark.parametrize("section", KINDS[:3])
def test_files_that_are_not_too_wide_are_shown_byte_for_byte(section: str) -> None:
    """Spaces and lines are as they are written."""
    (scene,) = blocks(SECTIONS[section], "toml")
    assert blocks(SECTIONS[section], "json")[0].encode() == frames_json(reel_from(scene))


def test_the_average_is_that_of_the_same_scene() -> None:
    """What is shown of it are some of its keys."""
    (scene,) = blocks(SECTIONS["Pooling"], "toml")
    average = scene.replace('"max"', '"average"')
    counted, uncounted = shown("Pooling")[1:]
    assert counted.items() <= written(average).items()
    assert uncounted.items() <= written(f"{average}count_include_pad = false\n").items()
    assert "frames" in counted
    assert "frames" in uncounted


def test_versions_are_listed_as_they_are_written(scenes: Path) -> None:
    """The first version names the files of all, and they are there."""
    (part,) = shown("Versions")
    assert part["versions"] == json.loads((scenes / "two" / "frames.json").read_bytes())["versions"]
    assert all((scenes / "two" / version["file"]).is_file() for version in part["versions"])


def test_large_arrays_are_named_as_they_are_written(scenes: Path) -> None:
    """The files beside the JSON hold arrays of the shape that it says."""
    (part,) = shown("Arrays in files")
    document = json.loads((scenes / "photo" / "frames.json").read_bytes())
    assert part.items() <= document.items()
    for array in part.values():
        assert np.load(scenes / "photo" / array["file"]).shape == tuple(array["shape"])


def test_every_key_is_told_of_and_none_too_many() -> None:
    """The tables hold the keys of all files and frames."""
    head = {name for row in rows(SECTIONS[KINDS[0]]) for name in words_of_code(row.get("key", ""))}
    assert head == {*SCHEMA["properties"], "versions"} - {"layers", "at"}
    for section in KINDS:
        told = {n for row in rows(SECTIONS[section]) for n in words_of_code(row.get("key of a frame", ""))}
        keys = {key for document in shown(section) for frame in document["frames"] for key in frame}
        assert told == keys


def python_of(folder: Path) -> list[str]:
    (program,) = blocks(TEXT, "python")
    (folder / "check_sums.py").write_text(program, "utf-8")
    return [sys.executable, "-I", "-S", str(folder / "check_sums.py")]


def node_of(folder: Path) -> list[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node")
    (program,) = blocks(TEXT, "js")
    (folder / "check_sums.cjs").write_text(program, "utf-8")
    return [node, str(folder / "check_sums.cjs")]


@pytest.mark.parametrize("program", [python_of, node_of])
def test_the_programs_find_sums_right_and_wrong(program: Any, scenes: Path, tmp_path: Path) -> None:  # noqa: ANN401
    """Each reads a file of the site, and says where a sum is another."""
    command = program(tmp_path)
    for scene, count in (("tiny", 2), ("two", 25), ("photo", 2)):
        done = _run([*command, str(scenes / scene / "frames.json")])
        assert (done.returncode, done.stdout) == (0, f"{scene}: {count} sums are right\n")

    document = json.loads((scenes / "tiny" / "frames.json").read_bytes())
    document["frames"][1]["sum"] = 4
    (tmp_path / "wrong.json").write_text(json.dumps(document), "utf-8")
    done = _run([*command, str(tmp_path / "wrong.json")])
    assert (done.returncode, done.stderr) == (1, "row 1, column 2: -0.5 is not 4\n")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - shown to readers
