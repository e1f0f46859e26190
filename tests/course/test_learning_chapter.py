"""The chapter about kernels that learn: what its prose says of its scenes is so."""

import re
import runpy
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from generator.arithmetic import KERNELS
from generator.cli import PROJECT
from generator.scenes.kinds.learning import LearningReel
from tests.built import shipped_course
from tests.course.test_exercises import asked
from tests.scenes.making import narrowed

CONTENT = PROJECT / "content"
NAME = "10-kernels-that-learn"
SOBEL = np.array(KERNELS["sobel-x"].weights)
CONVERGING = ("one-image", "more-images", "two-kernels")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@cache
def reels() -> dict[str, LearningReel]:
    chapters = [chapter for chapter in shipped_course().chapters if chapter.name == NAME]
    found = (narrowed(LearningReel, block.reel) for chapter in chapters for block in chapter.scenes)
    return {reel.scene.id: reel for reel in found}


@pytest.mark.parametrize("scene", CONVERGING)
def test_what_converges_ends_below_a_hundredth_of_its_first_loss(scene: str) -> None:
    frames = reels()[scene].frames
    assert frames[-1].loss < frames[0].loss / 100
    assert all(later.loss < before.loss for before, later in pairwise(frames))


def test_one_image_teaches_the_sums_of_columns_and_not_sobel() -> None:
    """The surprise of the chapter; and the weights of a column differ as they did at the beginning."""
    first, last = reels()["one-image"].frames[0], reels()["one-image"].frames[-1]
    learned = last.weights[0, 0]
    assert learned.sum(0) == pytest.approx(SOBEL.sum(0), abs=1e-3)
    assert np.abs(learned - SOBEL).max() > 1
    for row in range(2):
        before, after = (np.diff(frame.weights[0, 0], axis=0)[row] for frame in (first, last))
        assert after == pytest.approx(before)


def test_the_last_column_keeps_the_difference_that_it_began_with() -> None:
    """What the exercise about the first two weights of that column is answered with."""
    first, last = reels()["one-image"].frames[0].weights[0, 0], reels()["one-image"].frames[-1].weights[0, 0]
    assert asked(NAME, "The kernel of the first scene").startswith("By 1, both times.")
    assert [kernel[1, 2] - kernel[0, 2] for kernel in (first, last)] == pytest.approx([1, 1])


def test_richer_images_teach_sobel_itself() -> None:
    assert reels()["more-images"].frames[-1].weights[0, 0] == pytest.approx(SOBEL, abs=1e-2)


def test_too_large_a_rate_runs_away_after_four_steps() -> None:
    """From there on the loss grows, and all weights go one way, then all of them back, and further."""
    frames = reels()["too-fast"].frames
    assert all(later.loss < before.loss for before, later in pairwise(frames[:5]))
    assert all(later.loss > before.loss for before, later in pairwise(frames[4:]))
    assert frames[-1].loss > 100 * frames[0].loss
    signs = [np.sign(frame.move).ravel() for frame in frames[4:]]
    assert all(set(sign) == {sign[0]} for sign in signs)
    assert all(before[0] == -later[0] for before, later in pairwise(signs))
    sizes = [np.abs(frame.move).min() for frame in frames[5:]]
    assert all(later > before for before, later in pairwise(sizes))


def test_all_rows_of_positions_give_a_weight_the_same() -> None:
    """The chapter follows one row alone, and doubles the mean over all positions."""
    frame = reels()["one-image"].frames[0]
    assert (frame.error[0] == frame.error[0, :1]).all()
    meets = np.array([1, 9, 9, 9, 9])
    assert frame.gradient[0, 0, 0, 2] == pytest.approx(2 * (frame.error[0, 0] * meets).sum() * 5 / 25)


def test_the_program_prints_what_was_learned(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(CONTENT / "code" / "learn.py"), run_name="__main__")
    printed = list(map(float, NUMBER.findall(capsys.readouterr().out)))
    learned = reels()["one-image"].frames[-1].weights.ravel()
    assert printed == pytest.approx(learned, abs=0.0051)
