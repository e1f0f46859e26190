"""A build from what is asked for to what is written: what it returns, and when it warns."""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.errors import AuthorError, Problem
from generator.site import BuildPlan, Wanted, build_site
from tests.site.test_output import names_in, tree

SCENE = '```scene\nid = "edge"\nimage = [[1, 2, 3, 4]]\nkernel = [[2]]\nstride = 2\n```\n'


@pytest.fixture
def plan(tmp_path: Path) -> BuildPlan:
    """Ask for the site of a course with one scene, of whose image two columns are unused."""
    chapters = tmp_path / "content" / "chapters"
    chapters.mkdir(parents=True)
    (chapters / "01-edges.md").write_text(f'+++\ntitle = "Edges"\n+++\n\n{SCENE}', "utf-8")
    course = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges"]\n'
    (chapters.parent / "course.toml").write_text(course, "utf-8")
    theme = PROJECT / "themes" / "lesson"
    return BuildPlan(chapters.parent, theme, tmp_path / "site", tmp_path / "cache", wanted=Wanted(["film"]))


def test_what_is_returned_is_what_is_written(plan: BuildPlan) -> None:
    """Every file of the site, beside the list of them; no zip, since none was asked for."""
    built = build_site(plan)

    assert tree(plan.out) == built.files
    assert built.overview.plan.title == "A course"
    assert built.archive_size == 0


def test_a_build_warns_before_it_writes(plan: BuildPlan) -> None:
    """Who sees that something is wrong can stop it, and has the old site still."""
    told: list[tuple[Problem, bool]] = []
    built = build_site(plan, lambda warning: told.append((warning, plan.out.exists())))

    assert [warning.message for warning in built.warnings] == [
        "stride 2 leaves 2 columns of the image unused"
    ]
    assert told == [(built.warnings[0], False)]
    assert plan.out.exists()


def test_a_strict_build_leaves_everything_as_it_was(plan: BuildPlan, tmp_path: Path) -> None:
    """What would have been a warning is raised, and nothing written but what is kept for the next build."""
    with pytest.raises(AuthorError, match="stride 2 leaves 2 columns"):
        build_site(replace(plan, strict=True), lambda _: pytest.fail("it was warned of, too"))

    assert names_in(tmp_path) == ["cache", "content"]


def test_only_what_is_asked_for_is_drawn(plan: BuildPlan) -> None:
    """The page has its film, and offers nothing that is not there."""
    files = build_site(plan).files

    assert {path for path in files if path.startswith("01-edges/edge/")} == {
        "01-edges/edge/filmstrip.png",
        "01-edges/edge/frames.json",
    }
    page = files["01-edges/index.html"].decode()
    assert "edge/frames.json" in page
    assert ".pdf" not in page
