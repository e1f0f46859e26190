"""The real content as a site in memory, made once."""

import os
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.course import Course
from generator.site import DrawingPlan, FolderCache, read_content, read_theme, site_files


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return read_content(PROJECT / "content")


@pytest.fixture(scope="session")
def files(course: Course, cache: Path) -> dict[str, bytes]:
    """Return every file of the real site by its path."""
    theme, drawing = (
        read_theme(PROJECT / "themes" / "lesson"),
        DrawingPlan(FolderCache(cache), os.cpu_count() or 1),
    )
    return site_files(course, PROJECT / "content", theme, drawing=drawing)
