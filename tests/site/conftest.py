"""The real content as a site in memory, made once."""

import pytest

from generator import cli
from generator.cli import PROJECT
from generator.course import Course
from generator.site import FolderCache, read_content, read_theme, site_files


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return read_content(PROJECT / "content")


@pytest.fixture(scope="session")
def files(course: Course) -> dict[str, bytes]:
    """Return every file of the real site by its path."""
    theme = read_theme(PROJECT / "themes" / "lesson")
    return site_files(course, PROJECT / "content", theme, kept=FolderCache(cli.CACHE))
