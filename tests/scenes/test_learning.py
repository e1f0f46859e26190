"""Scenes that learn: their files against exact loops, which steps they show, and what is told of them."""

import json
from fractions import Fraction
from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest

from generator.arithmetic import KERNELS
from generator.scenes import FrameRange, frame_range, frames_json, reel_value
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.learning_steps import shown_steps
from generator.site.words import scene_alt, spoken
from tests.arithmetic.test_learning import moved
from tests.scenes.learning import exact, random_lessons
from tests.scenes.making import narrowed, problems_of, reel_from
from tests.scenes.test_frames_json import VALIDATOR

STEP = Fraction(1, 10**6)
SHORTEST = 'id = "a"\nkind = "learning"\nimage = "step"\nimitate = "sobel-x"\n'
SOBEL = np.array(KERNELS["sobel-x"].weights)
TINY = (
    'id = "a"\nkind = "learning"\nimage = [[1, 2]]\nimitate = [[3]]\nstart = "zeros"\nrate = 0.1\nsteps = 3\n'
)


def lesson_from(text: str) -> LearningReel:
    return narrowed(LearningReel, reel_from(text))


def document_of(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frames_json(reel_from(text)))
    return document


@pytest.mark.parametrize("cases", [60, pytest.param(500, marks=pytest.mark.long)])
def test_files_hold_what_exact_loops_find(cases: int) -> None:
    """Loss and gradient at each step, and weights that move by the rate times the gradient."""
    rng = np.random.default_rng(2)
    kinks = 0
    for lesson in islice(random_lessons(90), cases):
        document = document_of(lesson.text)
        frame = document["frames"][int(rng.integers(len(document["frames"])))]
        weights, bias = exact(frame["kernel"]), exact(frame["bias"]) if "bias" in frame else None
        loss = lesson.exact_loss(document, weights, bias)
        assert frame["loss"] == pytest.approx(float(loss), rel=1e-10, abs=1e-12), lesson.text
        place = tuple(int(rng.integers(size)) for size in np.shape(frame["kernel"]))
        ends = [lesson.exact_loss(document, moved(weights, place, by), bias) for by in (STEP, -STEP)]
        if document["activation"] and abs(ends[0] + ends[1] - 2 * loss) > Fraction(1, 10**6):
            kinks += 1  # there relu has two slopes
            continue
        gradient = np.array(frame["gradient"])[place]
        scale = max(1.0, abs(frame["loss"]))
        assert gradient == pytest.approx(float((ends[0] - ends[1]) / (2 * STEP)), rel=1e-6, abs=1e-6 * scale)
        for before, after in pairwise(document["frames"]):
            _check_step(document["rate"], before, after)
    assert kinks < cases / 10


def _check_step(rate: float, before: dict[str, Any], after: dict[str, Any]) -> None:
    for part, gradient in (("kernel", "gradient"), ("bias", "bias_gradient")):
        if part in before:
            wanted = np.array(before[part]) - rate * np.array(before[gradient])
            np.testing.assert_allclose(np.array(after[part]), wanted, rtol=1e-12, atol=1e-12)


def test_files_keep_to_the_schema() -> None:
    for lesson in islice(random_lessons(91), 40):
        fault = next(VALIDATOR.iter_errors(document_of(lesson.text)), None)
        assert fault is None, f"{fault.json_path} {fault.message}"


@pytest.mark.parametrize(
    ("key", "value"), [("loss", -1), ("kernel", [[1]]), ("step", 0.5), ("gradient", None), ("error", [[0]])]
)
def test_the_schema_refuses_what_is_no_step(key: str, value: object) -> None:
    document = document_of(TINY)
    document["frames"][0][key] = value
    assert list(VALIDATOR.iter_errors(document))


def test_a_weight_goes_the_way_that_a_hand_reckons() -> None:
    """The error is −3 and −6; twice the mean of error times pixel is −15; a tenth of that is 1.5."""
    steps = document_of(TINY)["frames"]
    assert [frame["kernel"] for frame in steps[:2]] == [[[[[0]]]], [[[[1.5]]]]]
    assert (steps[0]["error"], steps[0]["loss"], steps[0]["gradient"]) == ([[[-3, -6]]], 22.5, [[[[-15]]]])


def test_four_lines_are_enough() -> None:
    """The rate is one that converges, the start is random and always the same, and ends are shown."""
    reel = lesson_from(SHORTEST)
    assert [frame.step for frame in reel.frames] == [*range(11), 20, 40, 80, 100]
    assert reel.frames[-1].loss < reel.frames[0].loss / 100
    assert len({*reel.frames[0].weights.ravel().tolist()}) > 5
    assert document_of(SHORTEST) == document_of(SHORTEST)
    assert document_of(f"{SHORTEST}start = 2\n")["frames"][0] != document_of(SHORTEST)["frames"][0]
    assert reel.scene.warnings == ()


def test_on_the_step_image_only_the_sums_of_columns_are_learned() -> None:
    """Every row of it is the same, so that many kernels make the map: descent finds another than Sobel's."""
    reel = lesson_from(f"{SHORTEST}steps = 1000\n")
    learned = reel.frames[-1].weights[0, 0]
    assert learned.sum(0) == pytest.approx(SOBEL.sum(0), abs=1e-3)
    assert np.abs(learned - SOBEL).max() > 0.3


def test_from_richer_images_sobel_itself_is_learned() -> None:
    further = '["corner", "ring", "diagonal", "cross", "dot", "stripes"]'
    reel = lesson_from(f"{SHORTEST}more_images = {further}\nsteps = 4000\n")
    assert reel.frames[-1].weights[0, 0] == pytest.approx(SOBEL, abs=1e-2)


def test_numbers_that_end_end_the_scene() -> None:
    """A rate that is far too large leads out of what floats can say: the last frame is before that."""
    reel = lesson_from(f"{SHORTEST}rate = 100\nsteps = 2000\ndiverges = true\n")
    assert reel.frames[-1].step < 2000
    assert np.isfinite(reel.frames[-1].loss)
    json.dumps(document_of(f"{SHORTEST}rate = 100\nsteps = 2000\ndiverges = true\n"), allow_nan=False)


def test_a_rate_below_the_one_that_is_named_converges() -> None:
    """And one above it does not: the warning says which."""
    stable = lesson_from(SHORTEST).scene.largest_stable_rate
    for share, grows in ((0.99, False), (1.01, True)):
        scene = lesson_from(f"{SHORTEST}rate = {stable * share}\nsteps = 1000\n").scene
        assert [f"{stable:.2g}" in problem.hint for problem in scene.warnings] == [True] * grows


def test_a_map_that_is_wanted_is_learned() -> None:
    """Several of them, each with a filter, a bias and relu."""
    wanted = "[[[0, 0], [0, 8]], [[4, 0], [0, 0]]]"
    image = "[[1, 5, 2], [7, 3, 9], [4, 8, 6]]"
    start = "[[[[0.1, 0.2], [0.3, 0.1]]], [[[0.2, 0.1], [0.1, 0.1]]]]"
    text = f'id = "a"\nkind = "learning"\nimage = {image}\nwanted = {wanted}\nkernel_size = 2\nbias = 0\n'
    reel = lesson_from(f'{text}activation = "relu"\nstart = {start}\nsteps = 8000\n')
    assert reel.frames[-1].weights.shape == (2, 1, 2, 2)
    assert reel.frames[-1].loss < reel.frames[0].loss / 10


@pytest.mark.parametrize(
    ("words", "last", "steps"),
    [
        ("first 10, then doubling", 100, (*range(11), 20, 40, 80, 100)),
        ("doubling", 20, (0, 1, 2, 4, 8, 16, 20)),
        ("every 25", 100, (0, 25, 50, 75, 100)),
        ("1 2 5", 9, (0, 1, 2, 5, 9)),
        ("first 2, every 4", 12, (0, 1, 2, 6, 10, 12)),
        ("First 2  then every doubling", 9, (0, 1, 2, 4, 8, 9)),
        ("first 3", 2, (0, 1, 2)),
    ],
)
def test_steps_are_shown_as_they_are_asked_for(words: str, last: int, steps: tuple[int, ...]) -> None:
    assert shown_steps(words, last) == steps


def test_a_frame_can_be_named_by_its_step() -> None:
    reel = lesson_from(SHORTEST)
    assert frame_range("step 40", reel) == FrameRange(13, 13)
    assert reel_value(reel, "step", frame_range("step 40", reel)) == "40"


def test_prose_quotes_what_the_file_holds() -> None:
    """One weight followed by hand: what it meets, what pulls at it, and where it goes."""
    reel = lesson_from(f"{SHORTEST}start = [[1, 0, -1], [0, 2, 0], [-1, 1, 0]]\nrate = 0.001\n")
    at = FrameRange(1, 1)

    def told(name: str) -> str:
        return reel_value(reel, name, at)

    assert told("meets.1.3") == "1, 9, 9, 9, 9"
    errors = [int(word.replace("−", "-")) for word in told("errors.1").split(", ")]
    pulls = [error * pixel for error, pixel in zip(errors, (1, 9, 9, 9, 9), strict=True)]
    assert told("pull.1.3") == str(sum(pulls)).replace("-", "−")
    gradient = 5 * sum(pulls) * 2 / 25
    assert float(told("gradient.1.3").removeprefix("≈ ").replace("−", "-")) == pytest.approx(
        gradient, rel=5e-3
    )
    assert told("weight.1.3") == "−1"
    after = reel.frames[1].weights[0, 0, 0, 2]
    assert after == pytest.approx(-1 - 0.001 * gradient)


def test_it_is_told_in_words() -> None:
    reel = lesson_from(f"{SHORTEST}start = [[1, 0, -1], [0, 2, 0], [-1, 1, 0]]\n")
    assert "a 3×3 kernel that learns to make what the Sobel x kernel makes; in 100 steps the loss goes" in (
        scene_alt(reel)
    )
    sentence = spoken(reel, reel.frames[0])
    assert sentence.startswith("Step 0: the loss is ")
    assert "the kernel is most wrong at row 1, column 2: it makes" in sentence


def test_too_much_work_is_refused() -> None:
    """Ten thousand steps over many pixels take too long for a build."""
    large = [[(row * column) % 7 for column in range(64)] for row in range(64)]
    (problem,) = problems_of(f"{SHORTEST}more_images = {[large] * 8}\nsteps = 10000\n")
    assert "Use fewer steps, or smaller images." in problem
