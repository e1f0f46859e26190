"""What the chapter on steps draws twice: pixels that spread, and a window that slides between zeros."""

import numpy as np
import pytest

from generator.course import Chapter
from generator.scenes import Reel
from generator.scenes.kinds.sliding import SlidingReel
from generator.scenes.kinds.spreading import SpreadingReel
from tests.arithmetic.oracle import Options, output
from tests.built import shipped_course
from tests.scenes.making import narrowed


@pytest.fixture(scope="module")
def lesson() -> Chapter:
    chapters = shipped_course().chapters
    return next(chapter for chapter in chapters if chapter.name == "07-edges-steps-and-holes")


@pytest.fixture(scope="module")
def spreading(lesson: Chapter) -> SpreadingReel:
    return narrowed(SpreadingReel, reel(lesson, "spread-again"))


@pytest.fixture(scope="module")
def sliding(lesson: Chapter) -> SlidingReel:
    return narrowed(SlidingReel, reel(lesson, "zeros-between"))


def reel(lesson: Chapter, scene_id: str) -> Reel:
    return next(block.reel for block in lesson.scenes if block.reel.scene.id == scene_id)


def test_both_make_the_same_map(spreading: SpreadingReel, sliding: SlidingReel) -> None:
    """Number by number, as the text says."""
    assert sliding.output.tolist() == spreading.output.tolist()


def test_one_picture_is_the_other_pushed_apart_and_framed(
    spreading: SpreadingReel, sliding: SlidingReel
) -> None:
    """Between two pixels lie zeros, one fewer than the stride; the frame is one narrower than the kernel."""
    pixels = spreading.image[0]
    stride, kernel = 2, 3
    (height, width), frame = pixels.shape, kernel - 1
    apart = np.zeros(((height - 1) * stride + 1, (width - 1) * stride + 1), int)
    apart[::stride, ::stride] = pixels
    assert sliding.image[0].tolist() == np.pad(apart, frame).tolist()
    assert spreading.output_size == (sliding.input_size[0] - kernel + 1, sliding.input_size[1] - kernel + 1)


def test_the_map_is_the_same_only_because_the_kernel_is_turned(
    spreading: SpreadingReel, sliding: SlidingReel
) -> None:
    """Slid as it is written, the letter would be printed upside down."""
    letter = [[1, 1, 1], [0, 1, 0], [0, 1, 0]]
    picture = sliding.image.tolist()
    upright, turned = (
        output(picture, [[kernel]], Options(), None, None)[0]
        for kernel in (letter, [row[::-1] for row in letter[::-1]])
    )
    assert turned == spreading.output[0].tolist() != upright
