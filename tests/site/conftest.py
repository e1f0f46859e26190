"""The real content as a site in memory, made once."""

import os

import pytest

from generator import cli
from generator.cli import PROJECT
from generator.course import Course
from generator.site import FolderCache, draw_ahead, read_content, read_theme, site_files


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return read_content(PROJECT / "content")


@pytest.fixture(scope="session")
def files(course: Course) -> dict[str, bytes]:
    """Return every file of the real site by its path."""
    theme, kept = read_theme(PROJECT / "themes" / "lesson"), FolderCache(cli.CACHE)
    draw_ahead(course, theme, None, kept, os.cpu_count() or 1)
    return site_files(course, PROJECT / "content", theme, kept=kept)
