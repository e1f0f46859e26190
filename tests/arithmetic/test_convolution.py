"""One image and one kernel: physics, exactness, and agreement with two independent oracles."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from generator.arithmetic import KERNELS, PATTERNS, Array, Numbers
from generator.arithmetic.correlation import BAND_BYTES
from tests.arithmetic.one_channel import convolve, cross_correlate

Whole = npt.NDArray[np.int64]

STEP: Whole = np.array(PATTERNS["step"].pixels)
SOBEL_X: Whole = np.array(KERNELS["sobel-x"].weights)


def test_a_window_lies_on_every_place_that_fits() -> None:
    """A 3×3 kernel fits into a 7×7 image in five rows of five places."""
    assert cross_correlate(STEP, SOBEL_X).shape == (5, 5)


def test_the_kernel_is_laid_on_the_image_as_it_stands() -> None:
    """Cross-correlation does not flip the kernel."""
    image = np.array([[1, 2, 3], [4, 5, 6]])

    assert cross_correlate(image, np.array([[1, 10], [100, 1000]])).tolist() == [[5421, 6532]]


def test_convolution_flips_the_kernel_both_ways() -> None:
    """Convolution is cross-correlation with the kernel turned by half a circle."""
    image = np.array([[1, 2, 3], [4, 5, 6]])

    assert convolve(image, np.array([[1, 10], [100, 1000]])).tolist() == [[1245, 2356]]


def test_convolution_with_sobel_is_the_negative_of_cross_correlation() -> None:
    """Sobel's kernel changes its sign when it is flipped both ways."""
    assert convolve(STEP, SOBEL_X).tolist() == [[0, -32, -32, 0, 0]] * 5


def test_a_single_weight_multiplies_every_pixel() -> None:
    """A 1×1 kernel leaves the size of the image as it is."""
    assert cross_correlate(STEP, np.array([[3]])).tolist() == (3 * STEP).tolist()


def test_a_kernel_as_large_as_the_image_has_one_answer() -> None:
    """An image laid on itself gives the sum of its squares."""
    assert cross_correlate(STEP, STEP).tolist() == [[7 * (3 * 1 + 4 * 81)]]


@st.composite
def images_and_kernels(draw: st.DrawFn) -> tuple[Whole, Whole, Whole]:
    """Draw two images of one shape, and a kernel that fits into them."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    first, second = (draw(matrices(height, width)) for _ in range(2))
    return first, second, draw(matrices(draw(st.integers(1, height)), draw(st.integers(1, width))))


def matrices(height: int, width: int) -> st.SearchStrategy[Whole]:
    """Return a strategy for whole matrices of a shape."""
    rows = st.lists(st.integers(-1000, 1000), min_size=width, max_size=width)
    return st.lists(rows, min_size=height, max_size=height).map(np.array)


@given(images_and_kernels(), st.integers(-9, 9), st.integers(-9, 9))
def test_it_is_linear_in_the_image(drawn: tuple[Whole, Whole, Whole], a: int, b: int) -> None:
    """The answer to a mixture of images is the mixture of the answers."""
    first, second, kernel = drawn

    mixed = cross_correlate(a * first + b * second, kernel)

    assert np.array_equal(mixed, a * cross_correlate(first, kernel) + b * cross_correlate(second, kernel))


@given(images_and_kernels(), st.integers(-9, 9))
def test_it_is_linear_in_the_kernel(drawn: tuple[Whole, Whole, Whole], a: int) -> None:
    """The answer of a mixture of kernels is the mixture of the answers."""
    image, _, kernel = drawn
    other = np.flip(kernel)

    mixed = cross_correlate(image, kernel + a * other)

    assert np.array_equal(mixed, cross_correlate(image, kernel) + a * cross_correlate(image, other))


@given(images_and_kernels(), st.data())
def test_moving_the_image_moves_the_answers(drawn: tuple[Whole, Whole, Whole], data: st.DataObject) -> None:
    """An image cut off at the top and left has the answers cut off at the top and left."""
    image, _, kernel = drawn
    top = data.draw(st.integers(0, image.shape[0] - kernel.shape[0]))
    left = data.draw(st.integers(0, image.shape[1] - kernel.shape[1]))

    moved = cross_correlate(image[top:, left:], kernel)

    assert np.array_equal(moved, cross_correlate(image, kernel)[top:, left:])


@given(images_and_kernels())
def test_rows_and_columns_are_treated_alike(drawn: tuple[Whole, Whole, Whole]) -> None:
    """Exchanging rows and columns of image and kernel exchanges them in the answer."""
    image, _, kernel = drawn

    assert np.array_equal(cross_correlate(image.T, kernel.T), cross_correlate(image, kernel).T)


ORACLE_CASES = 2000


def cases(count: int, seed: int) -> Iterator[tuple[tuple[int, int], tuple[int, int], np.random.Generator]]:
    """Yield shapes of images and of kernels that fit, from single lines to kernels as large as the image."""
    rng = np.random.default_rng(seed)
    for case in range(count):
        height, width = (int(size) for size in rng.integers(1, 28, 2))
        height, width = {0: (1, width), 1: (height, 1)}.get(case % 8, (height, width))
        kernel = (int(rng.integers(1, height + 1)), int(rng.integers(1, width + 1)))
        yield (height, width), {2: (height, width), 3: (kernel[0], width)}.get(case % 8, kernel), rng


def whole_matrix(rng: np.random.Generator, shape: tuple[int, int], limit: int) -> Whole:
    return rng.integers(-limit, limit, shape, endpoint=True)


def test_whole_numbers_are_exactly_those_of_scipy() -> None:
    """Answers in whole numbers equal SciPy's, also past the range where float64 is exact."""
    for image_shape, kernel_shape, rng in cases(ORACLE_CASES, seed=1):
        image = whole_matrix(rng, image_shape, int(rng.choice([9, 255, 2**49])))
        kernel = whole_matrix(rng, kernel_shape, 9)

        sums, flipped = cross_correlate(image, kernel), convolve(image, kernel)

        assert sums.dtype == flipped.dtype == np.int64
        assert np.array_equal(sums, scipy.signal.correlate2d(image, kernel, "valid"))
        assert np.array_equal(flipped, scipy.signal.convolve2d(image, kernel, "valid"))


def test_floats_are_those_of_scipy_up_to_rounding() -> None:
    """Answers in floats differ from SciPy's by a trillionth of the added magnitudes at most."""
    for image_shape, kernel_shape, rng in cases(ORACLE_CASES, seed=2):
        image, kernel = (
            rng.normal(size=image_shape) * 10.0 ** rng.integers(-3, 4),
            rng.normal(size=kernel_shape),
        )

        sums, flipped = cross_correlate(image, kernel), convolve(image, kernel)

        assert sums.dtype == flipped.dtype == np.float64
        tolerance = 1e-12 * scipy.signal.correlate2d(abs(image), abs(kernel), "valid")
        assert np.all(abs(sums - scipy.signal.correlate2d(image, kernel, "valid")) <= tolerance)
        tolerance = 1e-12 * scipy.signal.convolve2d(abs(image), abs(kernel), "valid")
        assert np.all(abs(flipped - scipy.signal.convolve2d(image, kernel, "valid")) <= tolerance)


def four_loops(image: list[list[int]], kernel: list[list[int]]) -> list[list[int]]:
    """Return the cross-correlation as a book would define it, in plain Python numbers."""
    answers = []
    for top in range(len(image) - len(kernel) + 1):
        line = []
        for left in range(len(image[0]) - len(kernel[0]) + 1):
            total = 0
            for row, weights in enumerate(kernel):
                for column, weight in enumerate(weights):
                    total += image[top + row][left + column] * weight
            line.append(total)
        answers.append(line)
    return answers


def test_answers_are_those_of_four_plain_loops() -> None:
    """The definition, written out in plain Python, gives the same numbers."""
    for image_shape, kernel_shape, rng in cases(300, seed=3):
        image = whole_matrix(rng, image_shape, int(rng.choice([9, 2**49])))
        kernel = whole_matrix(rng, kernel_shape, 9)

        assert cross_correlate(image, kernel).tolist() == four_loops(image.tolist(), kernel.tolist())


@pytest.mark.parametrize("limit", [255, 2**49], ids=["small", "past 2**53"])
@pytest.mark.parametrize(
    ("image_shape", "kernel_shape"),
    [
        ((700, 100), (5, 3)),
        ((3, BAND_BYTES // 4 + 5), (2, 4)),
        ((BAND_BYTES // 4 + 5, 2), (3, 2)),
        ((BAND_BYTES // 4 + 5, 1), (4, 1)),
        ((60, 900), (30, 25)),
    ],
)
def test_images_of_several_bands_have_no_seams(
    image_shape: tuple[int, int], kernel_shape: tuple[int, int], limit: int
) -> None:
    """Large images give the numbers of SciPy, whole and float, wherever a band ends."""
    rng = np.random.default_rng(4)
    image, kernel = whole_matrix(rng, image_shape, limit), whole_matrix(rng, kernel_shape, 9)
    expected = scipy.signal.correlate2d(image, kernel, "valid")

    assert np.array_equal(cross_correlate(image, kernel), expected)
    tolerance = 1e-12 * scipy.signal.correlate2d(abs(image), abs(kernel), "valid")
    assert np.all(abs(cross_correlate(image.astype(np.float64), kernel) - expected) <= tolerance)


@pytest.mark.parametrize("number_type", [np.bool_, np.uint8, np.int8, np.int32, np.uint64, np.int64])
def test_whole_numbers_of_any_width_count_as_int64(number_type: type[np.integer[Any] | np.bool_]) -> None:
    """Narrow pixels are widened before they are added, so that nothing wraps around."""
    image = np.full((3, 3), 127).astype(number_type)

    answer = cross_correlate(image, np.full((3, 3), 100, np.int8))

    assert answer.dtype == np.int64
    assert answer.tolist() == [[int(image[0, 0]) * 900]]


@pytest.mark.parametrize("float_type", [np.float16, np.float32, np.float64])
def test_one_float_makes_the_answer_float64(float_type: type[np.floating[Any]]) -> None:
    """Floats of any width, in the image or in the kernel, give float64."""
    floats, whole = np.full((3, 3), 0.5, float_type), np.full((3, 3), 60000)

    for image, kernel in ((floats, whole), (whole, floats)):
        assert cross_correlate(image, kernel).dtype == np.float64
        assert cross_correlate(image, kernel).tolist() == [[270000.0]]


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, -(2**31), -(2**31) - 1])
def test_numbers_around_the_ends_of_int32_stay_exact(number: int) -> None:
    """One pixel, and the sum of two, come out as they are."""
    assert cross_correlate(np.array([[number]]), np.array([[1]])).tolist() == [[number]]
    assert cross_correlate(np.array([[number - 9, 9]]), np.array([[1, 1]])).tolist() == [[number]]


def test_sums_past_the_exact_floats_stay_exact() -> None:
    """Whole numbers just past 2**53, where float64 knows even numbers only, come out odd."""
    image = np.array([[2**53, 1], [2**61, 1]])

    assert cross_correlate(image, np.array([[1, 1]])).tolist() == [[2**53 + 1], [2**61 + 1]]


def test_the_largest_sum_that_fits_is_exact() -> None:
    """The last number of int64 can be reached from both ends."""
    image = np.array([[2**62, 2**62 - 1]])

    assert cross_correlate(image[:, 1:], np.array([[2]])).tolist() == [[2**63 - 2]]
    assert cross_correlate(np.array([[2**63 - 1]]), np.array([[-1]])).tolist() == [[-(2**63) + 1]]


@pytest.mark.parametrize("special", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("shape", [(2, 3), (3, 2), (1, 4), (4, 1)])
def test_a_special_float_reaches_just_the_windows_that_hold_it(
    special: float, shape: tuple[int, int]
) -> None:
    """Not-a-number or infinity at the end of a row does not leak into the windows of the next row."""
    for row, column in np.ndindex(5, 6):
        image = np.ones((5, 6))
        image[row, column] = special

        touched = ~np.isfinite(cross_correlate(image, np.ones(shape)))

        assert touched.tolist() == [
            [top <= row < top + shape[0] and left <= column < left + shape[1] for left in range(7 - shape[1])]
            for top in range(6 - shape[0])
        ]


def test_opposite_infinities_on_both_sides_of_a_row_end_do_not_meet() -> None:
    """The end of one row and the start of the next are never added, and never warned of."""
    image = np.array([[1.0, 1.0, np.inf], [1.0, 1.0, 1.0], [-np.inf, 1.0, 1.0]])

    assert cross_correlate(image, np.ones((2, 2))).tolist() == [[4, np.inf], [-np.inf, 4]]


def strided(image: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.repeat(np.repeat(image, 2, axis=0), 3, axis=1)[::2, ::3]


def backwards(image: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.flip(np.flip(image).copy())


@pytest.mark.parametrize("layout", [np.asfortranarray, strided, backwards])
def test_the_layout_in_memory_does_not_matter(
    layout: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]],
) -> None:
    """Transposed, strided and reversed arrays give the same tidy answers as tidy ones."""
    rng = np.random.default_rng(5)
    image, kernel = rng.normal(size=(9, 8)), rng.normal(size=(3, 4))

    for operation in (cross_correlate, convolve):
        answer = operation(layout(image), layout(kernel))

        assert np.array_equal(answer, operation(image, kernel))
        assert answer.flags.c_contiguous


@pytest.mark.parametrize("operation", [cross_correlate, convolve])
@pytest.mark.parametrize("number_type", [np.int64, np.float64])
def test_the_inputs_are_left_alone(
    operation: Callable[[Numbers, Numbers], Array], number_type: type[np.int64 | np.float64]
) -> None:
    """Read-only arrays will do, and the answer is new memory that can be written to."""
    image: Numbers = STEP.astype(number_type)
    kernel: Numbers = np.array([[1]], number_type)
    image.flags.writeable = kernel.flags.writeable = False

    answer = operation(image, kernel)

    assert answer.flags.writeable
    assert answer.flags.c_contiguous
    assert not np.shares_memory(answer, image)
