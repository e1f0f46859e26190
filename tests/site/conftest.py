"""The real content as a site in memory, made once."""

import os
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.course import Course
from generator.site import DrawingPlan, FolderCache, read_content, read_theme, site_files
from generator.site.output.locks import lock


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return read_content(PROJECT / "content")


@pytest.fixture(scope="session")
def files(course: Course, shared: Path, cache: Path) -> dict[str, bytes]:
    """Return every file of the real site by its path; one process draws, and the others wait for it."""
    theme = read_theme(PROJECT / "themes" / "lesson")
    drawing = DrawingPlan(FolderCache(cache), os.cpu_count() or 1)
    with lock(shared, waiting=True):
        return site_files(course, PROJECT / "content", theme, drawing=drawing)
