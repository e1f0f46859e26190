"""The real content, and its site, as it is in memory before it is written."""

from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.course import Course
from generator.site import read_content
from generator.site.output import MARKER


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return read_content(PROJECT / "content")


@pytest.fixture(scope="session")
def files(site: Path) -> dict[str, bytes]:
    """Return every file of the real site by its path."""
    paths = (path for path in site.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}
