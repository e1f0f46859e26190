"""What is to be timed is the same in every run, and what was measured can be read by the next."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator import cli
from generator.site import read_content
from generator.site.cache import NoCache
from tests.benchmark import site as subject
from tests.benchmark.__main__ import parsed
from tests.benchmark.contenders import FOLDERS, OURS, Contender, contenders, ours
from tests.benchmark.corpus import added_sentence, corpus
from tests.benchmark.results import Cost, Figure, Results, keep_results, read_results, this_machine

for_posix = pytest.mark.skipif(os.name != "posix", reason="memory is measured as POSIX tells it")

COPYING = """
import pathlib
for chapter in pathlib.Path("chapters").glob("*.md"):
    page = pathlib.Path("site", chapter.stem, "index.html")
    page.parent.mkdir(parents=True, exist_ok=True)
    if FRESH or not page.exists():
        page.write_text(chapter.read_text())
"""
"""A site generator."""


def generator_of_copies(name: str = "copies", program: str = COPYING.replace("FRESH", "True")) -> Contender:
    return Contender(
        name=name,
        version="1.0",
        command=(sys.executable, "-I", "-S", "-c", program),
        chapters="chapters",
        front_matter="{title}\n",
        before="../{name}/",
        settings=lambda pages: {"count.txt": str(len(pages))},
    )


def laid_out(folder: Path, *, scenes: bool, more: int = 0) -> Path:
    """Write a course of two chapters for the project as it is, and return its content."""
    first, second = corpus(2, scenes=scenes)
    contender = replace(ours(), prepare=lambda folder: None)
    contender.lay_out(folder, [first, second.told_more(more)])
    return folder / "content"


# --- What is built -------------------------------------------------------------------------------------


def test_chapters_are_the_same_in_every_run_and_every_size() -> None:
    for scenes in (False, True):
        assert corpus(3, scenes=scenes)[:2] == corpus(2, scenes=scenes)


def test_chapters_are_as_long_as_is_said() -> None:
    assert all(900 < len(page.body.split()) < 1100 for page in corpus(20, scenes=False))


def test_a_course_of_text_builds_without_a_warning(tmp_path: Path) -> None:
    """Its pages have what a lesson has: headings, a list, coloured code, and a link to the chapter before."""
    content, site = laid_out(tmp_path, scenes=False), tmp_path / "site"
    assert cli.main(["--content", str(content), "--out", str(site), "--strict", "--jobs", "1"]) == 0
    first, second = (page.name for page in corpus(2, scenes=False))
    html = (site / second / "index.html").read_text("utf-8")
    link = f'<a href="../{first}/index.html">the chapter before'
    assert [part for part in ("<h2", "<h3", "<li>", '<span class="k">def', link) if part not in html] == []


def test_every_chapter_has_a_scene_of_its_own(tmp_path: Path) -> None:
    """It has 25 frames and three beats, and an image that no other chapter has."""
    course = read_content(laid_out(tmp_path, scenes=True), NoCache())
    scenes = [scene for chapter in course.chapters for scene in chapter.scenes]
    assert [len(scene.reel.frames) for scene in scenes] == [25, 25]
    assert [len(scene.beats) for scene in scenes] == [3, 3]
    images = {page.body.partition("image = ")[2].partition("kernel")[0] for page in corpus(100, scenes=True)}
    assert len(images) == 100


def test_what_is_added_stands_outside_of_the_scene(tmp_path: Path) -> None:
    """So a changed chapter has nothing to draw anew."""
    [before, after] = (
        read_content(laid_out(tmp_path / str(more), scenes=True, more=more), NoCache()).chapters[1]
        for more in (0, 2)
    )
    assert [scene.beats for scene in before.scenes] == [scene.beats for scene in after.scenes]
    page = corpus(2, scenes=True)[1].told_more(2)
    assert page.body.endswith(f" {added_sentence(1)} {added_sentence(2)}\n")


# --- What is asked for ---------------------------------------------------------------------------------


def test_options_say_what_is_built(tmp_path: Path) -> None:
    options = parsed(
        ["site", "--sizes", "1,10", "--with", "text", "--results", str(tmp_path), "--hugo", "/h"]
    )
    assert options.subjects == ["site"]
    assert (options.sizes, options.corpora) == ((1, 10), ("text",))
    assert (options.results, options.hugo, options.mkdocs) == (tmp_path, "/h", None)


def test_all_is_measured_where_nothing_is_named() -> None:
    options = parsed([])
    assert {"film", "whole_build", "site"} < set(options.subjects)
    assert (options.sizes, options.corpora) == ((1, 10, 100, 1000), ("text", "scenes"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sizes", "1,many"], '"many" is not a number from 1'),
        (["--sizes", "10000"], "at most 9,999 chapters"),
        (["--rounds", "0"], '"0" is not a number from 1'),
        (["--with", "sound"], '"sound" is not text, scenes'),
        (["films"], 'no subject "films"'),
    ],
)
def test_what_cannot_be_asked_for_is_told(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(arguments)
    assert told in capsys.readouterr().err


@for_posix
def test_others_are_found_where_a_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come after ourselves, with the version that they tell; who is absent is left out."""
    for name, said in (("mkdocs", "mkdocs, version 1.2.3 from /usr/lib"), ("hugo", "hugo v0.1.2-abc")):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{said}'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(FOLDERS, str(tmp_path))
    found = {one.name: one.version for one in contenders({})}
    assert found.pop(OURS) is not None
    assert found == {"Hugo": "0.1.2", "MkDocs": "1.2.3", "MkDocs --dirty": "1.2.3"}


def test_a_program_that_is_named_and_not_there_is_told(tmp_path: Path) -> None:
    """Whoever names one wants it in the table."""
    with pytest.raises(SystemExit, match="--pelican: there is no program"):
        contenders({"pelican": str(tmp_path / "absent")})


# --- What is measured ----------------------------------------------------------------------------------


@for_posix
def test_a_run_is_kept_and_the_next_is_compared_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A size that was measured before has a second table, and those that were not keep their figures."""
    monkeypatch.setattr(subject, "contenders", lambda given: [generator_of_copies(OURS)])
    asked = ["site", "--with", "text", "--rounds", "1", "--results", str(tmp_path / "kept" / "results.json")]
    first = list(subject.site(parsed([*asked, "--sizes", "1,2"])))
    assert len(first) == 3
    assert "Chapters of text: 2\n\n| | cold, s |" in first[2]
    second = list(subject.site(parsed([*asked, "--sizes", "2"])))
    assert len(second) == 3
    assert "| ours 1.0 |" in second[2]
    assert second[2].endswith("| +0 | +0 |")
    kept = read_results(tmp_path / "kept" / "results.json")
    assert kept
    assert kept.machine == this_machine()
    assert [(figure.chapters, figure.site_files) for figure in kept.figures] == [(1, 1), (2, 2)]


@for_posix
def test_memory_is_that_of_the_command_alone(tmp_path: Path) -> None:
    """What we hold ourselves is not counted, what the command's own child holds is."""
    held = b"x" * 150_000_000
    child = [sys.executable, "-I", "-S", "-c", "len(b'x' * 100_000_000)"]
    program = f"import subprocess; subprocess.run({child})"
    small, large = (
        subject.build(generator_of_copies(program=text), tmp_path).memory for text in ("pass", program)
    )
    assert small < 100_000_000 < large < len(held)


@for_posix
@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("raise SystemExit('It is broken.')", "copies ended with 1:\nIt is broken."),
        ("pass", "lacks 2 chapters"),
        (COPYING.replace("FRESH", "False"), "copies did not see that a chapter was changed"),
    ],
)
def test_who_does_not_build_everything_is_no_contender(program: str, told: str) -> None:
    """Else the quickest would be who does nothing."""
    with pytest.raises(SystemExit, match=told):
        subject.measured([generator_of_copies(program=program)], "text", 2, 1)


def test_results_are_read_back(tmp_path: Path) -> None:
    """Newer ones take the place of older ones of the same builds; what cannot be read is as nothing."""
    costs: Mapping[str, Cost] = {phase: Cost(0.1, 9) for phase in ("cold", "unchanged", "changed")}
    old, other = (Figure("text", size, OURS, "1", **costs, site_bytes=5, site_files=2) for size in (1, 10))
    new = replace(old, version="2")
    results = Results(this_machine()).with_figures([old, other]).with_figures([new])
    keep_results(tmp_path / "results.json", results)
    assert read_results(tmp_path / "results.json") == Results(this_machine(), (new, other))
    (tmp_path / "results.json").write_text('{"machine": 1}')
    assert read_results(tmp_path / "results.json") is None
    assert read_results(tmp_path / "absent.json") is None
