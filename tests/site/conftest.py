"""The real content, and its site, as it is in memory before it is written."""

from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.course import Course
from generator.site import read_content
from tests.built import files_of


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return read_content(PROJECT / "content")


@pytest.fixture(scope="session")
def files(site: Path) -> dict[str, bytes]:
    """Return every file of the real site by its path."""
    return files_of(site)
