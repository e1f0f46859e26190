"""The flagship lesson keeps its promises: its code is its scene, and its numbers come from the reel."""

import re
import runpy
from itertools import product
from operator import mul
from pathlib import Path

import pytest

from generator.arithmetic import KERNELS
from generator.course import Chapter, Course, Listing
from generator.scenes.kinds.sliding import SlidingReel
from tests.built import shipped_course
from tests.scenes.making import narrowed

CONTENT = Path(__file__).parent.parent / "content"
SOURCE = CONTENT / "chapters" / "05-convolution-and-filters.md"


@pytest.fixture(scope="module")
def course() -> Course:
    return shipped_course()


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
    prose = re.sub(r"\{[^{}\n]*\}|\[frame [^\]]*\]|\((chapter:\d+|place:\d+,\d+|#[a-z-]+=\d+)\)", "", prose)
    prose = re.sub(r"\$\$.*?\$\$", "", prose)
    prose = re.sub(r"(Part|Chapter) \d+|loops \d and \d", "", prose)
    assert re.findall(r"\b(?:\d+|nine|twenty-five|thirty-two)\b", prose) == []


def test_its_beats_run_from_the_first_frame_to_the_last(lesson: Chapter) -> None:
    """First positions one by one, then rows, then the edge again, then the end; no beat goes back."""
    (beats,) = [block.beats for block in lesson.scenes if block.reel.scene.id == "sobel-edge"]
    told = [(beat.frames.first, beat.frames.last) for beat in beats]
    assert told == [(1, 1), (2, 2), (3, 3), (4, 5), (6, 10), (11, 15), (17, 17), (25, 25)]


def test_the_edge_that_is_met_again_answers_as_before_and_no_place_answers_more(lesson: Chapter) -> None:
    """The beat in row 4 says that its sum is that of every row above it, and the largest of all."""
    sobel = reel(lesson, "sobel-edge")
    assert [sobel.frames[at].sum for at in (1, 6, 11)] == [sobel.frames[16].sum] * 3
    assert sobel.frames[16].sum == sobel.output.max() == sobel.answer_scale.largest_output


def test_it_opens_with_a_photograph_and_the_kernel_that_is_taken_apart(lesson: Chapter) -> None:
    """The picture has edges of both signs where the text points, and next to none in the sky."""
    look = reel(lesson, "first-look")
    assert lesson.scenes[0].reel is look
    assert look.layer.kernel.name == reel(lesson, "sobel-edge").layer.kernel.name == "sobel-x"
    brighter, darker, sky = (frame.value for frame in look.frames[-look.linked :])
    assert brighter > 400
    assert darker < -400
    assert abs(sky) < 10


@pytest.mark.parametrize(("scene", "kernel"), [("sobel-edge", "sobel-x"), ("sobel-turned", "sobel-y")])
def test_a_patch_that_matches_is_bright_under_plus_and_dark_under_minus(
    lesson: Chapter, scene: str, kernel: str
) -> None:
    """No patch of the image's darkest and brightest pixels scores more than that, and the image has it."""
    found = reel(lesson, scene)
    weights = [int(weight) for row in KERNELS[kernel].weights for weight in row]
    dark, bright = int(found.image.min()), int(found.image.max())
    patches = product((dark, bright), repeat=len(weights))
    best = max(sum(map(mul, weights, patch)) for patch in patches)
    assert best == sum(bright * max(weight, 0) + dark * min(weight, 0) for weight in weights)
    assert best == found.output.max() == found.peak.value


def test_the_edge_is_two_numbers_wide_in_each_row_of_the_map(lesson: Chapter) -> None:
    """At two places in a row, one after the other, the window lies on both sides of the edge."""
    for row in reel(lesson, "sobel-edge").output[0].tolist():
        first, second = [at for at, number in enumerate(row) if number]
        assert second == first + 1


def test_half_a_turn_exchanges_the_outer_columns_of_sobel_and_nothing_else() -> None:
    """Top and bottom are alike, so that only left and right are seen to change places."""
    rows = KERNELS["sobel-x"].weights
    assert [row[::-1] for row in rows[::-1]] == [(right, middle, left) for left, middle, right in rows]


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
