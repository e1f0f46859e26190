"""The exercises of the shipped course: each answer that is a number is that of plain loops."""

import re
from pathlib import Path

import numpy as np
import pytest

from generator.arithmetic import KERNELS
from tests.arithmetic.oracle import Options, output, positions, spread

CHAPTERS = Path(__file__).parents[2] / "content" / "chapters"
EXERCISE = re.compile(r"> \[!EXERCISE\]\n((?:>.*\n)+?)> \[!ANSWER\]\n((?:>.*\n)+)")


def answers(chapter: str) -> dict[str, str]:
    """Return the answer to each exercise of a chapter, by its question."""
    text = (CHAPTERS / f"{chapter}.md").read_text("utf-8")
    return {
        " ".join(question.replace(">", " ").split()): " ".join(answer.replace(">", " ").split())
        for question, answer in EXERCISE.findall(text)
    }


def asked(chapter: str, beginning: str) -> str:
    (answer,) = (told for question, told in answers(chapter).items() if question.startswith(beginning))
    return answer


def width(pixels: int, kernel: int, padding: int = 0, stride: int = 1, dilation: int = 1) -> int:
    return len(positions(pixels, (padding, padding), dilation * (kernel - 1) + 1, stride))


def spread_width(pixels: int, kernel: int, stride: int, padding: int, extra: int = 0) -> int:
    options = Options(
        (stride, stride), ((0, 0), (padding, padding)), transposed=True, output_padding=(0, extra)
    )
    return len(spread([[[1] * pixels]], [[[[1] * kernel]]], options)[0][0])


@pytest.mark.parametrize(
    ("beginning", "answer"),
    [
        ("28 pixels", f"{width(28, 5)}."),
        ("224 pixels", f"{width(224, 7, 3, 2)}; {224 + 2 * 3 - 7} / 2 is rounded down to 111, plus one."),
        ("32 pixels", f"The span is 7, so {width(32, 3, dilation=3)}; a padding of 3 keeps 32."),
        (
            "8 pixels",
            f"{width(8, 3, stride=2)}; the last column, because the third window ends on the seventh.",
        ),
        ("Transposed: 7 pixels", f"{spread_width(7, 4, 2, 1)}."),
        (
            "Transposed: 14 pixels",
            f"{spread_width(14, 3, 2, 1)}, or {spread_width(14, 3, 2, 1, 1)} with `output_padding=1`.",
        ),
    ],
)
def test_widths_of_maps(beginning: str, answer: str) -> None:
    assert asked("07-edges-steps-and-holes", beginning) == answer


def test_the_padding_that_keeps_the_size_and_the_column_that_is_never_seen() -> None:
    assert width(32, 3, padding=3, dilation=3) == 32
    assert positions(8, (0, 0), 3, 2)[-1] + 3 == 7


def test_what_sobel_says_of_a_step_a_mirror_and_a_negative() -> None:
    sobel = [[[list(map(int, row)) for row in KERNELS["sobel-x"].weights]]]
    rows = [[5, 5, 5, 8, 8, 8]] * 3

    def answered(picture: list[list[int]]) -> list[int]:
        return [int(number) for number in output([picture], sobel, Options(), None, None)[0][0]]

    found = answered(rows)
    assert asked("06-a-gallery-of-kernels", "Every row") == f"{', '.join(map(str, found))}."
    assert answered([row[::-1] for row in rows]) == [-number for number in found[::-1]]
    assert answered([[255 - pixel for pixel in row] for row in rows]) == [-number for number in found]


def test_sharpening_less_the_identity_is_the_laplacian_turned() -> None:
    sharpen, identity, laplacian = (
        np.array(KERNELS[name].weights) for name in ("sharpen", "identity", "laplacian")
    )
    assert np.array_equal(sharpen - identity, -laplacian)


def test_every_chapter_ends_with_exercises() -> None:
    assert [len(answers(path.stem)) for path in sorted(CHAPTERS.glob("*.md"))] == [4, 4, 4, 6]
