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
        (
            "Transposed: 3 pixels",
            "9: five with the zeros between, and two more on each side. "
            f"The map is {spread_width(3, 3, 2, 0)}.",
        ),
    ],
)
def test_widths_of_maps(beginning: str, answer: str) -> None:
    assert asked("07-edges-steps-and-holes", beginning) == answer


def test_the_padding_that_keeps_the_size_and_the_column_that_is_never_seen() -> None:
    assert width(32, 3, padding=3, dilation=3) == 32
    assert positions(8, (0, 0), 3, 2)[-1] + 3 == 7


def test_a_picture_with_zeros_between_its_pixels_gives_as_wide_a_map() -> None:
    between = "101010".removesuffix("0")
    framed = f"00{between}00"
    assert (len(between), len(framed)) == (5, 9)
    assert width(len(framed), 3) == spread_width(3, 3, 2, 0)


def test_two_sizes_of_image_have_one_size_of_map() -> None:
    """What the chapter on strides says of five pixels and six, and the rest that each leaves."""
    text = (CHAPTERS / "07-edges-steps-and-holes.md").read_text("utf-8")
    assert "five\npixels instead of six" in text
    assert width(5, 3, 1, 2) == width(6, 3, 1, 2) == 3
    assert [(pixels + 2 - 3) % 2 for pixels in (5, 6)] == [0, 1]


def test_a_kernel_with_a_column_more_has_a_place_less() -> None:
    assert asked("05-convolution-and-filters", "Suppose that kernel").startswith("One fewer.")
    assert all(
        width(pixels, kernel + 1) == width(pixels, kernel) - 1 for pixels in (6, 7) for kernel in (3, 4)
    )


def test_full_padding_begins_with_the_last_weight_and_ends_with_the_first() -> None:
    """A number for each weight: what it adds to the first answer of a single one is the last of them."""
    kernel = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]
    found = output([[[1] * 5] * 5], kernel, Options(padding=((2, 2), (2, 2))), None, None)[0]
    assert (found[0][0], found[-1][-1]) == (9, 1)
    told = asked("13-the-rest-of-the-family", "In the [first place](#full-padding=1)")
    assert told.startswith("In the first place it is the last weight")


def test_the_padding_that_keeps_the_size_of_a_transposed_convolution() -> None:
    assert asked("13-the-rest-of-the-family", "Transposed, stride 1").startswith("1: ")
    assert all(spread_width(pixels, 3, 1, 1) == pixels for pixels in (2, 5, 8))


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
    """Each has three or more, and none is missed by the way in which they are found here."""
    for path in sorted(CHAPTERS.glob("*.md")):
        found = path.read_text("utf-8").count("[!EXERCISE]")
        assert len(answers(path.stem)) == found >= 3, path.name
