"""Sites on disk: the course that all tests have in common, and small ones of their own."""

import os
from collections.abc import Collection
from pathlib import Path

from generator import cli
from generator.cli import PROJECT
from generator.site import BuildPlan, build_site
from generator.site.artifacts import KINDS, Kind

SHOWN: Collection[Kind] = ("film", "frames", "answers")
"""What a page shows; the rest of a scene's files is only printed or downloaded."""


def build(content: Path, target: Path, kinds: Collection[Kind] = KINDS, archive: Path | None = None) -> Path:
    """Write the site of a content folder, and return where."""
    theme, jobs = PROJECT / "themes" / "lesson", os.cpu_count() or 1
    build_site(BuildPlan(content, theme, target, cli.CACHE, archive, jobs=jobs, kinds=kinds))
    return target


def build_shown(content: Path, target: Path) -> Path:
    """Write the site of a content folder without what is only printed or downloaded, and return where."""
    return build(content, target, SHOWN)


def zip_of(site: Path) -> Path:
    """Return where the zip of the real content is."""
    return site.with_name("lesson.zip")
