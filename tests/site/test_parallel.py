"""The processes that draw: they end with the build, whatever ended it, and the build does without them."""

import os
import signal
from collections.abc import Callable
from functools import partial
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from tests.site.killed_build import Builds, Moment
from tests.site.test_output import names_in, tree

Ended = Callable[[Moment], tuple[int, str]]
SCENE = '```scene\nid = "edge"\nimage = [[1, 9], [1, 9]]\nkernel = [[1]]\n```\n'

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Make a course with so much to draw that it is drawn by several processes."""
    chapters = tmp_path / "content" / "chapters"
    chapters.mkdir(parents=True)
    for name in ("01-edges", "02-more"):
        (chapters / f"{name}.md").write_text(f'+++\ntitle = "Edges"\n+++\n\n{SCENE}')
    course = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges", "02-more"]\n'
    (chapters.parent / "course.toml").write_text(course)
    return chapters.parent


@pytest.fixture
def ended(content: Path, builds: Builds) -> Ended:
    """Return what builds the course to a moment, and returns the exit code and what the build says."""
    return partial(builds.last_words, content, content.parent / "cache")


@pytest.mark.parametrize("start_method", [name for name in get_all_start_methods() if os.name != "nt"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL", "SIGHUP", "SIGINT"])
def test_processes_end_with_the_build(content: Path, ended: Ended, name: str, start_method: str) -> None:
    """Whichever way they were started in, a signal to the build alone ends them at once."""
    moment = Moment(in_worker=True, number=getattr(signal, name), start_method=start_method)
    code, said = ended(moment)
    assert code == {"SIGTERM": 143, "SIGKILL": -9, "SIGHUP": 129, "SIGINT": 130}[name]
    assert name == "SIGKILL" or said == ""  # Python itself may say what it tidied up after such an end
    assert "Traceback" not in said
    assert "site" not in names_in(content.parent)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_processes_end_together(ended: Ended, name: str) -> None:
    """A signal to all of them, as a terminal sends it, ends them without a word."""
    code, said = ended(Moment(in_worker=True, number=getattr(signal, name), group=True))
    assert (code, said) == ({"SIGTERM": 143, "SIGINT": 130}[name], "")


def test_a_build_does_without_a_process_that_was_killed(content: Path, ended: Ended) -> None:
    """What it had to draw is drawn by the build itself, and the site is the same."""
    code, said = ended(Moment(in_worker=True, kills_worker=True, number=signal.SIGKILL))
    assert (code, said.splitlines()[0]) == (0, f"2 chapters, 2 scenes, 20 files in {content.parent}/site/")
    site = tree(content.parent / "site")
    assert ended(Moment())[0] == 0
    assert tree(content.parent / "site") == site
    assert not [name for name in names_in(content.parent / "cache") if name.startswith(".")]
