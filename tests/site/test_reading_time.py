"""How long a chapter takes: by its words, those between frames too, and by its figures."""

from pathlib import Path

import pytest

from generator.site.reading_time import reading_minutes
from tests.course.making import SCENE, course_of


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("", 1),
        ("word " * 200, 1),
        ("word " * 201, 2),
        (f"[a](https://example.com/b) {'`word` ' * 999}", 5),
        (SCENE, 1),
        (SCENE + SCENE.replace("edge", "other") + SCENE.replace("edge", "third"), 2),
        (f"{SCENE}\n[frame first] {'word ' * 300}", 2),
        (f"{SCENE}\n[frame first] {'word ' * 301}", 3),
    ],
)
def test_minutes(tmp_path: Path, body: str, minutes: int) -> None:
    (chapter,) = course_of(tmp_path, body).chapters
    assert reading_minutes(chapter) == minutes
