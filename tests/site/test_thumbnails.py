"""The picture beside a link to a chapter: the frame that its author chose, or the first scene's last peak."""

import re
from pathlib import Path

import pytest

from generator.course import Chapter
from generator.site.thumbnails import thumbnail
from tests.course.making import FRONT_MATTER, SCENE, course_of

BLUR = SCENE.replace("edge", "blurred").replace("sobel-x", "blur")


def chapter_of(folder: Path, picture: str = "", body: str = SCENE + BLUR) -> Chapter:
    matter = FRONT_MATTER.replace("summary", f'picture = "{picture}"\nsummary') if picture else FRONT_MATTER
    (chapter,) = course_of(folder, files={"chapters/01-edges.md": matter + body}).chapters
    return chapter


def drawn(chapter: Chapter, *, is_large: bool = False) -> str:
    files = {block.reel.scene.id: dict[str, bytes]() for block in chapter.scenes}
    return thumbnail(chapter, files, "../", is_large=is_large)


def test_without_a_choice_it_is_the_first_scene_at_its_last_peak(tmp_path: Path) -> None:
    """More of the map is there than at the first."""
    assert drawn(chapter_of(tmp_path)) == drawn(chapter_of(tmp_path / "other", "edge=23"))


def test_the_author_chooses_the_scene_and_its_frame(tmp_path: Path) -> None:
    chapter = chapter_of(tmp_path, "blurred=1")
    assert chapter.pictured
    assert (chapter.pictured[0], chapter.pictured[1]) == (chapter.scenes[1], 1)
    assert drawn(chapter) != drawn(chapter_of(tmp_path / "other", "blurred=2"))


def test_only_a_large_one_has_numbers(tmp_path: Path) -> None:
    chapter = chapter_of(tmp_path, "edge=1")
    assert re.findall(r"<text[^>]*>([^<]+)<", drawn(chapter)) == []
    assert re.findall(r"<text[^>]*>([^<]+)<", drawn(chapter, is_large=True)) == [*"1119999" * 7, "0"]


def test_a_chapter_without_scenes_has_no_picture(tmp_path: Path) -> None:
    assert drawn(chapter_of(tmp_path, body="Words.")) == ""


@pytest.mark.parametrize("is_large", [False, True])
def test_it_is_hidden_from_listeners_and_light(tmp_path: Path, *, is_large: bool) -> None:
    """The title says where the link leads, and several pictures stand on a page."""
    picture = drawn(chapter_of(tmp_path), is_large=is_large)
    assert picture.startswith("<svg ")
    assert 'aria-hidden="true"' in picture
    assert len(picture) < (9000 if is_large else 3500)
