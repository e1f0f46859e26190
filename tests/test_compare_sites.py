"""The course with which two commits are compared can be built by the code of today."""

from pathlib import Path

from generator.site import read_content
from generator.site.cache import FolderCache
from tests.compare_sites import options_course


def test_the_course_of_every_option_has_no_mistake(tmp_path: Path) -> None:
    """Else nobody can compare a commit with another, and nobody notices until then."""
    course = read_content(options_course(tmp_path / "content"), FolderCache(tmp_path / "cache"))
    assert sum(len(chapter.scenes) for chapter in course.chapters) > 100
