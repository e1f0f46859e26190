"""What cannot be read on a phone is told before it is published."""

from pathlib import Path

from generator.site.course_warnings import phone_warnings
from tests.course.making import course_of


def test_a_scene_too_wide_for_a_phone_is_a_warning(tmp_path: Path) -> None:
    """Its numbers would be too small to read; one that is just small enough is not warned of."""
    scene = '```scene\nid = "wide"\nimage = [{row}]\nkernel = [[1, 1, 1]]\n```\n'
    wide, narrow = (scene.format(row=[1] * width) for width in (13, 12))

    (warning,) = phone_warnings(course_of(tmp_path, wide).chapters[0])
    assert warning.line == 5
    assert str(warning).endswith(
        'the numbers of "wide", 13 pixels wide, will be too small to read on a phone. '
        "Crop the image to about 9 columns."
    )
    assert list(phone_warnings(course_of(tmp_path, narrow).chapters[0])) == []
