"""The README is true: its commands exist, its paths exist, its scene builds, its lists are complete."""

import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from generator.arithmetic import KERNELS, PATTERNS
from generator.cli import main
from generator.scenes import reel_of, reel_value, scenes_from_toml
from generator.scenes.kinds import EVERY_VALUE, KINDS
from tests.scenes.making import no_picture

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
CODE = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README)


def fenced(language: str) -> str:
    """Return the first fenced block of a language."""
    match = re.search(rf"^(`{{3,}}){language}\n(.*?)^\1$", README, re.DOTALL | re.MULTILINE)
    assert match
    return match[2]


def test_every_path_it_names_exists() -> None:
    """A path in the text leads to a file or a folder of the project."""
    paths = [word for word in CODE if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", word) and ("/" in word)]
    made_later = ("site/", "content/chapters/08-my-kernels.md")
    missing = [path for path in paths if not path.startswith(made_later) and not (PROJECT / path).exists()]
    assert len(paths) > 10
    assert missing == []


def test_the_picture_exists() -> None:
    """The picture at the top is in the project."""
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert (PROJECT / picture).is_file()


def test_the_two_commands_are_the_ones_that_ci_runs() -> None:
    """What a reader is told to type is what is checked on every change."""
    commands = [line.partition("#")[0].strip() for line in fenced("sh").splitlines()]
    assert commands == ["python3 build.py", "python3 build.py test"]
    ci = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert all(re.search(rf"^{command}\b", ci, re.MULTILINE) for command in commands)


def test_the_command_line_knows_what_it_says() -> None:
    """`build.py --help` answers, in the interpreter that runs the tests."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(PROJECT / "build.py"), "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "build" in done.stdout
    assert "test" in done.stdout


def test_its_scene_builds_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The example, saved as a chapter of the course that is shown, makes a site."""
    content = tmp_path / "content"
    (content / "chapters").mkdir(parents=True)
    (course,) = re.findall(r"^```toml\n(title.*?)^```$", README, re.DOTALL | re.MULTILINE)
    (content / "course.toml").write_text(course, "utf-8")
    (content / "chapters" / "01-edges.md").write_text(fenced("markdown"), "utf-8")
    assert main(["--content", str(content), "--out", str(tmp_path / "site")]) == 0, capsys.readouterr().err
    page = (tmp_path / "site" / "01-edges" / "index.html").read_text("utf-8")
    assert 'The largest answer was <span class="value">32</span>.' in page


def test_its_comparison_builds_as_it_stands() -> None:
    """The sides that are shown make two scenes, and the second is named in the text."""
    made = scenes_from_toml(block_of("compare"), "README.md", 1, no_picture)
    assert (made.arrangement, [scene.version for scene in made.scenes]) == (
        "compare",
        ["cross-correlation", "convolution"],
    )
    assert f"{{{made.scenes[1].id}-{made.scenes[1].version}.output.max}}" in CODE


def block_of(kind: str) -> str:
    """Return the scene block of a kind that the text shows."""
    blocks = re.findall(r"^  ```toml\n(  id.*?)^  ```$", README, re.DOTALL | re.MULTILINE)
    (block,) = [block for block in blocks if f'kind = "{kind}"' in block]
    return re.sub(r"^  ", "", block, flags=re.MULTILINE)


def test_its_stack_builds_as_it_stands() -> None:
    """The layers that are shown make a scene without a loss, in which every answer sees as much."""
    (scene,) = scenes_from_toml(block_of("stack"), "README.md", 1, no_picture).scenes
    assert (reel_value(reel_of(scene), "layers", None), scene.warnings) == ("2", ())
    assert {reel_value(reel_of(scene), name, None) for name in ("field.size", "layer.2.size")} == {"4×4"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_tells_of_every_key(kind: str) -> None:
    """Whatever a scene block may hold stands in the text."""
    keys = {field.name for field in msgspec.structs.fields(KINDS[kind].keys)}
    told = {code.partition("=")[0].strip() for code in CODE}
    assert keys - told == set()


@pytest.mark.parametrize("name", sorted({*PATTERNS, *(kernel.name for kernel in KERNELS.values())}))
def test_it_lists_every_name(name: str) -> None:
    """Every pattern and kernel that can be declared is told of."""
    assert name in CODE


@pytest.mark.parametrize("name", re.findall(r"`\{([a-z]+(?:\.[a-z0-9]+)?)\}`", README))
def test_every_value_that_it_names_can_be_written(name: str) -> None:
    """A value in the text is one that a beat may quote."""
    own = name.removeprefix("convolution.")  # a side of the comparison that is shown
    assert own in EVERY_VALUE


def test_it_lists_no_name_too_many() -> None:
    """The lists of patterns and kernels hold nothing that cannot be declared."""
    listed = re.findall(r"is a (?:pattern|name) \(([^)]*)\)", README)
    names = {name for text in listed for name in re.findall(r"`([^`]+)`", text)}
    assert len(listed) == 2
    assert names == {*PATTERNS, *(kernel.name for kernel in KERNELS.values())}


def test_the_site_has_the_film_it_points_to(tmp_path: Path) -> None:
    """The filmstrip named in the text is where it says, and beside it the prints and the animations."""
    assert main(["--out", str(tmp_path / "site")]) == 0
    (film,) = [word for word in CODE if word.endswith("filmstrip.png")]
    assert (tmp_path / film).is_file()
    others = [word for word in CODE if re.fullmatch(r"[a-z]+-a4\.pdf|animation\.[a-z]+", word)]
    assert len(others) == 5
    for name in others:
        assert (tmp_path / film).with_name(name).is_file()
        assert (tmp_path / film).with_name(name.replace("a4", "letter")).is_file()
