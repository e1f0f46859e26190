"""The flagship lesson keeps its promises: its code is its scene, and its numbers come from the reel."""

import re
import runpy
from pathlib import Path

import pytest

from generator.arithmetic import KERNELS
from generator.course import Chapter, Course, Listing
from generator.scenes.kinds.sliding import SlidingReel
from generator.site import read_content
from tests.scenes.making import narrowed

CONTENT = Path(__file__).parent.parent / "content"
SOURCE = CONTENT / "chapters" / "05-convolution-and-filters.md"


@pytest.fixture(scope="module")
def course() -> Course:
    return read_content(CONTENT)


@pytest.fixture(scope="module")
def lesson(course: Course) -> Chapter:
    return next(chapter for chapter in course.chapters if chapter.name == SOURCE.stem)


def reel(lesson: Chapter, scene_id: str) -> SlidingReel:
    found = next(block.reel for block in lesson.scenes if block.reel.scene.id == scene_id)
    return narrowed(SlidingReel, found)


def test_it_stands_where_the_course_says(lesson: Chapter) -> None:
    """The lesson is chapter 5, in part 2, and chapter 10 stands in part 4."""
    assert (lesson.number, lesson.part) == (5, 2)


def test_chapter_10_stands_in_part_4(course: Course) -> None:
    """The chapter that is promised belongs to the part that the lead names."""
    (part,) = [part for part in course.parts if any(chapter.number == 10 for chapter in part.chapters)]
    assert part.number == 4


def test_its_scene_is_the_sobel_kernel_on_an_edge(lesson: Chapter) -> None:
    """A 3×3 kernel, a 7×7 image of ones and nines, 25 positions, and an edge of 32s."""
    sobel = reel(lesson, "sobel-edge")
    assert (sobel.input_size, sobel.layer.size, sobel.output_size) == ((7, 7), (3, 3), (5, 5))
    assert sobel.image[0].tolist() == [[1, 1, 1, 9, 9, 9, 9]] * 7
    assert sobel.output[0].tolist() == [[0, 32, 32, 0, 0]] * 5
    assert len(sobel.frames) == 25


def test_its_listing_computes_its_scene(lesson: Chapter) -> None:
    """The file that readers copy gives the feature map that they have watched being filled."""
    (listing,) = [block for block in lesson.blocks if isinstance(block, Listing)]
    names = runpy.run_path(str(CONTENT / "code" / listing.file_name))
    sobel = reel(lesson, "sobel-edge")
    assert listing.text == (CONTENT / "code" / listing.file_name).read_text("utf-8")
    assert names["SOBEL"] == [list(row) for row in KERNELS["sobel-x"].weights]
    assert names["convolve"](sobel.image[0].tolist(), names["SOBEL"]) == sobel.output[0].tolist()


def test_its_listing_prints_its_map(lesson: Chapter, capsys: pytest.CaptureFixture[str]) -> None:
    """Run as a program, the file prints the same map, a row a line."""
    runpy.run_path(str(CONTENT / "code" / "convolve.py"), run_name="__main__")
    rows = reel(lesson, "sobel-edge").output[0].tolist()
    assert capsys.readouterr().out.splitlines() == [str(row) for row in rows]


def test_it_types_no_number_that_a_reel_knows() -> None:
    """Outside blocks and values the source names no number but those of chapters, parts and loops."""
    prose = SOURCE.read_text("utf-8").split("+++", 2)[2]
    prose = re.sub(r"^```.*?^```$", "", prose, flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"\{[^{}\n]*\}|\[frame [^\]]*\]|\(chapter:\d+\)|\(#[a-z-]+=\d+\)", "", prose)
    prose = re.sub(r"\$\$.*?\$\$", "", prose)
    prose = re.sub(r"(Part|Chapter) \d+|loops \d and \d", "", prose)
    assert re.findall(r"\b(?:\d+|nine|twenty-five|thirty-two)\b", prose) == []


def test_its_beats_run_from_the_first_frame_to_the_last(lesson: Chapter) -> None:
    """First positions one by one, then rows, then a peak, then the end; no beat goes back."""
    beats = [(beat.frames.first, beat.frames.last) for beat in lesson.scenes[0].beats]
    assert beats == [(1, 1), (2, 2), (3, 3), (4, 5), (6, 10), (11, 15), (17, 17), (25, 25)]


def test_the_peak_beat_is_a_peak(lesson: Chapter) -> None:
    """The frame that is told as the peak holds the largest sum of all."""
    sobel = reel(lesson, "sobel-edge")
    assert abs(sobel.frames[16].sum) == sobel.answer_scale.largest_output


def test_its_other_kernels_do_what_the_text_says(lesson: Chapter) -> None:
    """Blur spreads a speck, sharpening widens a slope, a turned Sobel turns, a flip turns the sign."""
    blur, sharpen, turned, flipped = (
        reel(lesson, name).output[0] for name in ("blur", "sharpen", "sobel-turned", "sobel-flipped")
    )
    assert sorted(set(blur.ravel().tolist())) == [0, 1]
    assert sharpen[0].tolist() == [1, 2, 5, 8, 9]
    assert turned[4].tolist() == [0] * 5
    assert turned.max() == 32
    assert flipped.tolist() == (-reel(lesson, "sobel-edge").output[0]).tolist()
