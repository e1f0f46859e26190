"""The real content, and its site, as it is in memory before it is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.course import Course
from tests.built import files_of, shipped_course
from tests.course.making import course_of
from tests.site.killed_build import Builds

READY = '```scene\nid = "ready"\nimage = [[1, 9]]\nkernel = [[1]]\n```\n\n[frame last] Told.\n'
"""The smallest scene with a text: with it all that builds have in common is made once."""


@pytest.fixture(scope="session")
def course() -> Course:
    """Read the real content."""
    return shipped_course()


@pytest.fixture(scope="session")
def files(site: Path) -> dict[str, bytes]:
    """Return every file of the real site by its path."""
    return files_of(site)


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builds]:
    """Return what builds in processes of their own, and ends them at chosen moments."""
    content = tmp_path_factory.mktemp("ready")
    course_of(content, READY)
    started = Builds(content)
    yield started
    started.close()
