"""Builds that are killed: the old site or the new one is whole, and the next build puts the rest right."""

import json
import os
import random
import shutil
import signal
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import pytest

from generator.cli import main
from generator.site import (
    MARKER,
)
from tests.built import build, files_of
from tests.site.killed_build import Builds, Moment, begun, last_words
from tests.site.test_output import names_in, tree

CHAPTERS = ("01-edges", "02-blur")
SCENE = '```scene\nid = "of-{0}"\nimage = [[1, 9], [1, 9]]\nkernel = [[1]]\n```\n'
BY_HAND = {"CNAME": b"example.com", ".git/HEAD": b"mine", "01-edges/notes.txt": b"mine", "01-edges/a/b": b""}
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT] if os.name == "posix" else []
EXCHANGE = "convolution_lesson.exchange"
CODES = {signal.SIGKILL: -signal.SIGKILL, signal.SIGTERM: 143, signal.SIGINT: 130}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")


@dataclass(frozen=True)
class Edition:
    """A course at one time: what is written for it."""

    files: dict[str, bytes]
    zipped: bytes


@dataclass(frozen=True)
class Desk:
    """A course whose author built it once, put files into its site, and changed it since."""

    folder: Path
    cache: Path
    builds: Builds
    old: Edition
    new: Edition

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return with what the course is built."""
        return "--content", str(self.content), "--zip", str(self.folder / "lesson.zip")

    def last_words(self, moment: Moment) -> tuple[int, str]:
        """Return how a build of the course ended, and what it said."""
        return self.builds.last_words(self.content, self.cache, moment, *self.arguments)

    def assert_whole(self, number: int) -> None:
        """Make sure that the site is the old one or the new one after a signal, and the zip as well.

        Where the signal lets the build tidy up, they are the same edition.
        """
        site = tree(self.folder / "site")
        listed = json.loads((self.folder / "site" / MARKER).read_bytes())["digests"]
        ours = {path: data for path, data in site.items() if path in listed}
        assert ours in (self.old.files, self.new.files)
        assert sorted(ours) == list(listed)
        assert {path: data for path, data in site.items() if path not in listed}.items() <= BY_HAND.items()
        zipped = (self.folder / "lesson.zip").read_bytes()
        assert zipped in (self.old.zipped, self.new.zipped)
        assert number == signal.SIGKILL or (zipped == self.new.zipped) == (ours == self.new.files)

    def assert_right(self) -> None:
        """Make sure that the site is the new one, with what the author put into it, and nothing is left."""
        assert tree(self.folder / "site") == {**self.new.files, **BY_HAND}
        assert (self.folder / "lesson.zip").read_bytes() == self.new.zipped
        assert names_in(self.folder) == ["content", "lesson.zip", "site"]
        assert [name for name in names_in(self.cache) if name.startswith(".")] == []


def write_course(content: Path, chapters: tuple[str, ...], word: str) -> None:
    (content / "chapters").mkdir(parents=True, exist_ok=True)
    for chapter in chapters:
        text = f'+++\ntitle = "Edges"\n+++\n\n{word}\n\n{SCENE.format(chapter)}'
        (content / "chapters" / f"{chapter}.md").write_text(text, "utf-8")
    course = f'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = {json.dumps(chapters)}\n'
    (content / "course.toml").write_text(course, "utf-8")


def edition(content: Path, cache: Path) -> Edition:
    site, archive = content.parent / "edition", content.parent / "edition.zip"
    build(content, site, archive=archive, cache=cache)
    made = Edition(files_of(site), archive.read_bytes())
    shutil.rmtree(site)
    archive.unlink()
    return made


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, builds: Builds) -> Desk:
    """Make the desk that each test gets a copy of, with everything drawn already."""
    folder, cache = tmp_path_factory.mktemp("desk"), tmp_path_factory.mktemp("drawn")
    write_course(folder / "content", CHAPTERS, "Old.")
    old = edition(folder / "content", cache)
    desk = Desk(folder, cache, builds, old, old)
    assert desk.last_words(Moment())[0] == 0
    for path, data in BY_HAND.items():
        (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / path).write_bytes(data)
    # The chapter in which the author has files of his own is no longer listed.
    (folder / "content" / "chapters" / "01-edges.md").unlink()
    write_course(folder / "content", ("01-lines", "02-blur"), "New.")
    return replace(desk, new=edition(folder / "content", cache))


@pytest.fixture
def desk(prepared: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(prepared.folder, tmp_path / "desk")
    return replace(prepared, folder=tmp_path / "desk")


@pytest.fixture(scope="module")
def events(prepared: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, list[str]]:
    """Return what happens while a site is written in one step (False) and in two, event by event."""
    folders = {two_steps: tmp_path_factory.mktemp("rehearsal") for two_steps in (False, True)}
    for folder in folders.values():
        shutil.copytree(prepared.folder, folder, dirs_exist_ok=True)
    return {way: happening(replace(prepared, folder=folder), way) for way, folder in folders.items()}


def happening(desk: Desk, two_steps: bool = False) -> list[str]:
    """Return what happens while a site is written, event by event."""
    log = desk.folder / "log"
    moment = Moment(two_steps=two_steps, log=str(log))
    assert desk.last_words(moment)[0] == 0
    happened = log.read_text().splitlines()
    log.unlink()
    return happened


def moments(events: dict[bool, list[str]]) -> list[Moment]:
    """Return 60 moments: thirty events, each with and without a chance for the build to tidy up.

    Every other signal goes to the whole group.
    """
    one_step, two_steps = telling(events[False])[:20], telling(events[True])[:10]
    chosen = [(event, False) for event in one_step] + [(event, True) for event in two_steps]
    kinds = ([signal.SIGKILL], [signal.SIGTERM, signal.SIGINT])
    return [
        Moment(event=event, number=numbers[at % len(numbers)], group=at // 2 % 2 == 0, two_steps=way)
        for numbers in kinds
        for at, (event, way) in enumerate(chosen)
    ]


def telling(happened: list[str]) -> list[int]:
    """Return the numbers of the events that matter: before and after each renaming come first.

    Once the old site is gone, only what is kept for the next build is written.
    """
    happened = happened[: len(happened) - happened[::-1].index("os.rmdir")]
    renamings = [at for at, name in enumerate(happened) if name in {"os.rename", EXCHANGE}]
    removals = [at for at, name in enumerate(happened) if name in {"os.remove", "os.rmdir"}]
    begun = [0, 1, happened.index("fcntl.flock"), happened.index("open", 3), happened.index("open", 6)]
    around = sorted({at + after for at in renamings for after in (0, 1)})
    return [*around, *begun, renamings[0] // 2, removals[0], removals[len(removals) // 2], removals[-2]]


def end_at_a_chosen_moment(desk: Desk, moment: Moment) -> None:
    """End a build at an event, and build again."""
    code, said = desk.last_words(moment)
    assert (code, said) == (CODES[signal.Signals(moment.number)], "")
    between = moment.two_steps and moment.number == signal.SIGKILL
    if not between or (desk.folder / "site").exists():
        desk.assert_whole(moment.number)
    assert main(desk.arguments, desk.cache) == 0
    desk.assert_right()


@pytest.mark.parametrize("kill", range(20))
def test_a_build_that_is_killed_while_it_writes(desk: Desk, events: dict[bool, list[str]], kill: int) -> None:
    """Before, between and after each renaming, while files are written and while they are deleted."""
    end_at_a_chosen_moment(desk, moments(events)[3 * kill + kill % 3])


@pytest.mark.long
@pytest.mark.parametrize("kill", range(60))
def test_builds_that_are_killed_while_they_write(
    desk: Desk, events: dict[bool, list[str]], kill: int
) -> None:
    """The same at three times as many moments."""
    end_at_a_chosen_moment(desk, moments(events)[kill])


@pytest.fixture(scope="module")
def duration(prepared: Desk, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Return the seconds that a build takes for which nothing is drawn yet."""
    folder = tmp_path_factory.mktemp("slow")
    shutil.copytree(prepared.folder, folder, dirs_exist_ok=True)
    begin = monotonic()
    last_words(begun(folder / "content", folder / "empty", Moment()))
    return monotonic() - begin


@pytest.mark.long
@pytest.mark.parametrize("kill", range(100))
def test_builds_that_are_killed_at_any_moment(desk: Desk, duration: float, kill: int) -> None:
    """From the start of Python to the end, with processes that draw: none of them stays."""
    build = begun(desk.content, desk.folder.with_name("cache"), Moment(), *desk.arguments)
    number, group = SIGNALS[kill % 3], kill % 2 == 1
    try:
        build.wait(duration * random.Random(kill).random())  # noqa: S311 - no secret
    except subprocess.TimeoutExpired:
        (os.killpg if group else os.kill)(build.pid, number)
    code, _ = last_words(build)
    assert code in {0, CODES[number], -number}
    desk.assert_whole(number)
    cache = desk.folder.with_name("cache")
    assert main(desk.arguments, cache) == 0
    replace(desk, cache=cache).assert_right()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_first_build_that_is_killed_leaves_no_site_or_a_whole_one(desk: Desk, number: int) -> None:
    """Where there was none before, the next build makes one as if nothing had been."""
    shutil.rmtree(desk.folder / "site")
    takes_place = happening(desk).index("os.rename")
    shutil.rmtree(desk.folder / "site")
    moment = Moment(event=takes_place, number=number)
    assert desk.last_words(moment)[0] == CODES[signal.Signals(number)]
    assert not (desk.folder / "site").exists() or tree(desk.folder / "site") == desk.new.files
    assert main(desk.arguments, desk.cache) == 0
    assert tree(desk.folder / "site") == desk.new.files
    assert names_in(desk.folder) == ["content", "lesson.zip", "site"]
