"""The named kernels: their weights, their orientation, and what each answers on a known image."""

import re
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from generator.arithmetic import BRIGHT, KERNELS, PATTERNS, Array, NamedKernel, scaled
from tests.arithmetic.one_channel import cross_correlate

NAMES = (
    "identity",
    "box-blur",
    "blur",
    "gaussian",
    "gaussian-5",
    "motion-blur",
    "sharpen",
    "unsharp",
    "emboss",
    "sobel-x",
    "sobel-y",
    "sobel-diagonal",
    "sobel-antidiagonal",
    "prewitt-x",
    "prewitt-y",
    "scharr-x",
    "scharr-y",
    "roberts-x",
    "roberts-y",
    "line-x",
    "line-y",
    "laplacian",
    "laplacian-of-gaussian",
    "outline",
)
AVERAGES = ("box-blur", "gaussian", "gaussian-5", "motion-blur")
ONE_SUM = (*AVERAGES, "identity", "sharpen", "unsharp", "emboss")
ACROSS = ("sobel-x", "prewitt-x", "scharr-x")
DOWN = ("sobel-y", "prewitt-y", "scharr-y")
DIAGONAL = ("sobel-diagonal", "sobel-antidiagonal", "roberts-x", "roberts-y")
EVEN_RISE = ("line-x", "line-y", "laplacian", "laplacian-of-gaussian", "outline")
ZERO_SUM = (*ACROSS, *DOWN, *DIAGONAL, *EVEN_RISE)
SIZES = {
    "gaussian-5": (5, 5),
    "motion-blur": (1, 9),
    "unsharp": (5, 5),
    "roberts-x": (2, 2),
    "roberts-y": (2, 2),
    "laplacian-of-gaussian": (5, 5),
}
"""Rows and columns of the kernels that have not three of each."""
SCALES = {
    "box-blur": Fraction(1, 9),
    "blur": Fraction(1, 9),
    "gaussian": Fraction(1, 16),
    "gaussian-5": Fraction(1, 256),
    "motion-blur": Fraction(1, 9),
    "unsharp": Fraction(1, 256),
}
"""The scales of the kernels that make an average or hold one."""


def weights(name: str) -> npt.NDArray[np.int64]:
    return np.array(KERNELS[name].weights)


def answer_on(image: npt.NDArray[np.int64], kernel: str) -> Array:
    """Return what the kernel answers on the image, with its scale."""
    return scaled(cross_correlate(image, weights(kernel)), KERNELS[kernel].scale)


def answer(pattern: str, kernel: str) -> Array:
    """Return what the kernel answers on the pattern, with its scale."""
    return answer_on(np.array(PATTERNS[pattern].pixels), kernel)


def answer_on_flat(kernel: str) -> Array:
    """Return the one answer on an evenly bright image as large as the kernel."""
    return answer_on(np.full(weights(kernel).shape, BRIGHT), kernel)


def test_every_promised_name_is_known() -> None:
    """An author can name these kernels and no others."""
    assert tuple(KERNELS) == NAMES


def test_a_kernel_knows_its_own_name() -> None:
    """A kernel is listed under its name; blur is a second name of the box blur."""
    second_names = {name: kernel.name for name, kernel in KERNELS.items() if name != kernel.name}

    assert second_names == {"blur": "box-blur"}
    assert KERNELS["blur"] is KERNELS["box-blur"]


@pytest.mark.parametrize("name", NAMES)
def test_weights_are_whole_numbers_in_rows_and_columns(name: str) -> None:
    """The printed weights are whole numbers, most in three rows and three columns."""
    assert weights(name).shape == SIZES.get(name, (3, 3))
    assert weights(name).dtype == np.int64


@pytest.mark.parametrize("name", NAMES)
def test_every_kernel_names_a_source_with_its_year(name: str) -> None:
    """No kernel comes without saying where it is from and from when."""
    assert re.search(r"[A-Z]\. .+, (19|20)\d\d\b", KERNELS[name].source)


@pytest.mark.parametrize("name", NAMES)
def test_every_kernel_asks_one_question(name: str) -> None:
    """The question is a clause that a caption can continue with."""
    assert re.fullmatch(r"[a-z][^?.]+\?", KERNELS[name].asks)


@pytest.mark.parametrize(("across", "down"), list(zip((*ACROSS, "line-x"), (*DOWN, "line-y"), strict=True)))
def test_the_kernel_for_rows_is_the_transpose_of_the_one_for_columns(across: str, down: str) -> None:
    """What `-x` asks from left to right, `-y` asks from top to bottom."""
    assert weights(across).T.tolist() == weights(down).tolist()


@pytest.mark.parametrize("name", ZERO_SUM)
def test_an_edge_kernel_answers_zero_on_a_flat_image(name: str) -> None:
    """Where nothing changes, the weights of an edge kernel cancel."""
    assert answer_on_flat(name).tolist() == [[0]]


@pytest.mark.parametrize("name", ONE_SUM)
def test_a_picture_kernel_keeps_the_brightness_of_a_flat_image(name: str) -> None:
    """Where nothing changes, a kernel that makes a picture gives back the same brightness."""
    assert answer_on_flat(name).tolist() == [[BRIGHT]]


def test_each_kernel_either_cancels_or_keeps_brightness() -> None:
    """The two families together are all kernels."""
    assert {kernel.name for kernel in KERNELS.values()} == {*ZERO_SUM, *ONE_SUM}


@pytest.mark.parametrize("name", NAMES)
def test_only_averages_are_scaled(name: str) -> None:
    """A kernel with no average in it has the scale 1."""
    assert KERNELS[name].scale == SCALES.get(name, 1)


@pytest.mark.parametrize("name", AVERAGES)
def test_a_blur_is_an_average(name: str) -> None:
    """The scaled weights of a blur are positive and add up to exactly one."""
    assert weights(name).min() > 0
    assert int(weights(name).sum()) * KERNELS[name].scale == 1


def test_identity_returns_the_middle_of_the_image() -> None:
    """The identity gives back the image without its border."""
    middle = [list(row[1:-1]) for row in PATTERNS["corner"].pixels[1:-1]]

    assert answer("corner", "identity").tolist() == middle


def test_sobel_on_a_step_answers_at_the_edge_alone() -> None:
    """Dark on the left, bright on the right: 32 where the window meets the edge, else zero."""
    assert answer("step", "sobel-x").tolist() == [[0, 32, 32, 0, 0]] * 5


@pytest.mark.parametrize(("name", "height"), list(zip(ACROSS, (32, 24, 128), strict=True)))
def test_dark_to_bright_rightwards_is_positive(name: str, height: int) -> None:
    """A rise from left to right is positive for every `-x` kernel, by the sum of its right-hand weights."""
    assert answer("step", name).tolist() == [[0, height, height, 0, 0]] * 5


@pytest.mark.parametrize(("name", "height"), list(zip(DOWN, (32, 24, 128), strict=True)))
def test_dark_to_bright_downwards_is_positive(name: str, height: int) -> None:
    """A rise from top to bottom is positive for every `-y` kernel."""
    assert answer("step-down", name).T.tolist() == [[0, height, height, 0, 0]] * 5


@pytest.mark.parametrize(("pattern", "kernels"), [("step", DOWN), ("step-down", ACROSS)])
def test_an_edge_kernel_does_not_see_an_edge_along_its_own_direction(
    pattern: str, kernels: tuple[str, ...]
) -> None:
    """An edge from top to bottom does not exist for `-y`, nor one from left to right for `-x`."""
    assert all(not answer(pattern, name).any() for name in kernels)


@pytest.mark.parametrize("name", [*ACROSS, "roberts-x"])
def test_no_edge_from_dark_to_bright_rightwards_is_negative(name: str) -> None:
    """What the letter promises holds for every pair that measures edges, of two columns or three."""
    assert answer("step", name).min() == 0 < answer("step", name).max()


@pytest.mark.parametrize("name", [*DOWN, "roberts-y"])
def test_no_edge_from_dark_to_bright_downwards_is_negative(name: str) -> None:
    """What the letter promises holds for every pair that measures edges, of two rows or three."""
    assert answer("step-down", name).min() == 0 < answer("step-down", name).max()


def test_every_kernel_for_columns_has_a_partner_for_rows() -> None:
    """No kernel ends in one of the two letters alone."""
    across, down = ({name[:-2] for name in NAMES if name.endswith(letter)} for letter in ("-x", "-y"))

    assert across == down == {"sobel", "prewitt", "scharr", "roberts", "line"}


@pytest.mark.parametrize(
    ("name", "rightwards", "downwards"),
    [
        ("sobel-diagonal", [0, 24, 24, 0, 0], [0, 24, 24, 0, 0]),
        ("sobel-antidiagonal", [0, 24, 24, 0, 0], [0, -24, -24, 0, 0]),
        ("roberts-x", [0, 0, 8, 0, 0, 0], [0, 0, 8, 0, 0, 0]),
        ("roberts-y", [0, 0, -8, 0, 0, 0], [0, 0, 8, 0, 0, 0]),
    ],
)
def test_a_diagonal_kernel_sees_both_edges(name: str, rightwards: list[int], downwards: list[int]) -> None:
    """An edge to the right and one downwards are halfway to a diagonal, forwards or backwards."""
    assert answer("step", name).tolist() == [rightwards] * len(rightwards)
    assert answer("step-down", name).T.tolist() == [downwards] * len(downwards)


@pytest.mark.parametrize(
    ("name", "down_right", "up_right"),
    [
        ("sobel-diagonal", 12, 0),
        ("sobel-antidiagonal", 0, 12),
        ("roberts-x", 2, 0),
        ("roberts-y", 0, -2),
    ],
)
def test_a_diagonal_kernel_measures_one_diagonal_and_not_the_other(
    name: str, down_right: int, up_right: int
) -> None:
    """One step of brightness per column, and one per row, falling or rising: a slope along a diagonal."""
    rising = np.add.outer(np.arange(5), np.arange(5))

    assert np.unique(answer_on(rising, name)).tolist() == [down_right]
    assert np.unique(answer_on(np.flipud(rising), name)).tolist() == [up_right]


@pytest.mark.parametrize(("name", "places"), [("sobel-diagonal", 1), ("sobel-antidiagonal", -1)])
def test_a_diagonal_sobel_is_sobel_moved_on_around_the_middle(name: str, places: int) -> None:
    """Clockwise for the slope towards the bottom right, against the clock for the top right."""
    clockwise = ([0, 0, 0, 1, 2, 2, 2, 1], [0, 1, 2, 2, 2, 1, 0, 0])

    assert weights(name)[clockwise].tolist() == np.roll(weights("sobel-x")[clockwise], places).tolist()
    assert weights(name)[1, 1] == 0


def test_bright_to_dark_is_negative() -> None:
    """A stripe has a rise on its left and an equal fall on its right."""
    assert answer("stripes", "sobel-x").tolist() == [[32, -32, 0, 32, -32]] * 5


def test_sobel_measures_a_ramp_evenly() -> None:
    """One step of brightness per column is eight everywhere."""
    assert answer("ramp", "sobel-x").tolist() == [[8] * 5] * 5


@pytest.mark.parametrize("name", EVEN_RISE)
def test_what_looks_for_lines_and_spots_does_not_see_a_ramp(name: str) -> None:
    """An even rise has no second difference."""
    assert not answer("ramp", name).any()


def test_a_line_kernel_is_positive_on_a_line_and_negative_beside_it() -> None:
    """Above the bar of the cross there is its upright line alone, and left of the upright the bar alone."""
    assert answer("cross", "line-x")[0].tolist() == [0, -24, 48, -24, 0]
    assert answer("cross", "line-y")[:, 0].tolist() == [0, -24, 48, -24, 0]


def test_a_line_kernel_does_not_see_a_line_across_its_own() -> None:
    """An upright line does not exist for `line-y`, nor a level one for `line-x`."""
    assert not answer("cross", "line-y")[0].any()
    assert not answer("cross", "line-x")[:, 0].any()


def test_a_line_kernel_answers_an_edge_with_both_signs() -> None:
    """An edge is half a line: dark beside bright on the one side, bright beside dark on the other."""
    assert answer("step", "line-x").tolist() == [[0, -24, 24, 0, 0]] * 5


def test_a_dot_prints_the_kernel_turned_by_half_a_circle() -> None:
    """Cross-correlating one point with a kernel draws that kernel, turned, around the point."""
    drawn = answer("dot", "emboss") - 1

    assert drawn[1:4, 1:4].tolist() == (8 * np.flip(weights("emboss"))).tolist()


def test_blurring_a_dot_spreads_it_without_loss() -> None:
    """The nine averages that see the dot share exactly its extra brightness."""
    spread = cross_correlate(np.array(PATTERNS["dot"].pixels), weights("box-blur")) - 9

    assert spread.sum() == 9 * 8


def test_the_wider_gaussian_is_made_of_binomial_numbers() -> None:
    """Its weights are the products of 1 4 6 4 1 down and across."""
    binomial = [comb(4, place) for place in range(5)]

    assert weights("gaussian-5").tolist() == [[down * across for across in binomial] for down in binomial]


def test_the_wider_gaussian_is_the_generating_kernel_of_burt_and_adelson() -> None:
    """At a = 3/8 their formula gives these weights, with this scale."""
    a = Fraction(3, 8)
    line = [Fraction(1, 4) - a / 2, Fraction(1, 4), a, Fraction(1, 4), Fraction(1, 4) - a / 2]
    printed = [[weight * SCALES["gaussian-5"] for weight in row] for row in KERNELS["gaussian-5"].weights]

    assert printed == [[down * across for across in line] for down in line]


def test_the_wider_gaussian_is_the_small_one_twice() -> None:
    """Blurring a blurred image is blurring it more widely."""
    image = np.array(PATTERNS["corner"].pixels)
    twice = cross_correlate(cross_correlate(image, weights("gaussian")), weights("gaussian"))

    assert cross_correlate(image, weights("gaussian-5")).tolist() == twice.tolist()


def test_motion_smears_a_point_along_its_row() -> None:
    """A ninth of the point lies on each of nine pixels."""
    point = np.array([[0] * 8 + [9] + [0] * 8])

    assert answer_on(point, "motion-blur").tolist() == [[1] * 9]


def test_motion_leaves_rows_as_they_are() -> None:
    """What is the same all along a row stays so, and takes nothing from the rows beside it."""
    rows = np.repeat([[1], [9], [5]], 9, axis=1)

    assert answer_on(rows, "motion-blur").tolist() == [[1], [9], [5]]


def test_unsharp_is_twice_the_image_minus_its_blur() -> None:
    """The identity twice, 256 times as large for the common scale, minus the wider Gaussian."""
    twice = np.zeros((5, 5), np.int64)
    twice[2, 2] = 2 * 256

    assert weights("unsharp").tolist() == (twice - weights("gaussian-5")).tolist()


def test_unsharp_darkens_the_dark_side_of_an_edge_and_brightens_the_bright_one() -> None:
    """From 1 to 9, with the blur at 3.5, 6.5 and 8.5: twice the pixel minus the blur."""
    assert answer("step", "gaussian-5").tolist() == [[3.5, 6.5, 8.5]] * 3
    assert answer("step", "unsharp").tolist() == [[-1.5, 11.5, 9.5]] * 3


def test_the_laplacian_of_gaussian_answers_a_dot_with_a_peak_in_a_hollow() -> None:
    """Eight times the weights around the middle, where the dot stands out by eight."""
    assert answer("dot", "laplacian-of-gaussian").tolist() == [[-8, -16, -8], [-16, 128, -16], [-8, -16, -8]]


def test_the_laplacian_of_gaussian_changes_its_sign_at_an_edge() -> None:
    """The zero between dark and bright is the edge of Marr and Hildreth."""
    assert answer("step", "laplacian-of-gaussian").tolist() == [[-40, 40, 8]] * 3


def test_sharpening_is_the_image_minus_its_laplacian() -> None:
    """The sharpen kernel is the identity minus the Laplacian."""
    assert weights("sharpen").tolist() == (weights("identity") - weights("laplacian")).tolist()


def test_outline_is_positive_on_a_bright_line_and_negative_beside_it() -> None:
    """Through the middle of the ring: the line, the dark inside it, nothing, the dark, the line."""
    assert answer("ring", "outline")[2].tolist() == [48, -24, 0, -24, 48]


@pytest.mark.parametrize(("mapping", "key"), [(KERNELS, "mine"), (PATTERNS, "mine")])
def test_the_lists_cannot_be_changed(mapping: Mapping[str, Any], key: str) -> None:
    """No caller can add a kernel or a pattern for everyone else."""
    with pytest.raises(TypeError, match="does not support item assignment"):
        mapping[key] = None  # type: ignore[index]


def test_a_kernel_cannot_be_changed() -> None:
    """A named kernel is frozen."""
    kernel: NamedKernel = KERNELS["sobel-x"]

    with pytest.raises(FrozenInstanceError):
        kernel.name = "mine"  # type: ignore[misc]
