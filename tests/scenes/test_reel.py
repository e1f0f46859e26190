"""A reel: every window, product and sum, checked against oracles that share no code with the generator."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import accumulate
from random import Random

import numpy as np
import pytest
import scipy

from generator.scenes.kinds.sliding import SlidingReel
from generator.scenes.kinds.spreading import SpreadingReel
from generator.scenes.tones import Greys
from tests.scenes import oracle
from tests.scenes.making import pooling_from, reel_from, sliding_from, spreading_from
from tests.scenes.option_scenes import OPTION_SCENES, SLIDING, pool, scene

Matrix = list[list[float]]

CASES = 2000
SCALES = {"1": Fraction(1), '"1/9"': Fraction(1, 9), '"-3/7"': Fraction(-3, 7), "0.25": Fraction(1, 4)}
NEARLY = 1e-12


@dataclass(frozen=True)
class Case:
    """A scene in plain numbers, as an author writes them."""

    image: Matrix
    kernel: Matrix
    scale: str
    operation: str

    @cached_property
    def reel(self) -> SlidingReel:
        keys = f"image = {self.image}\nkernel = {self.kernel}\nscale = {self.scale}\n"
        return sliding_from(f'id = "case"\n{keys}operation = "{self.operation}"\n')

    @property
    def whole(self) -> bool:
        return all(isinstance(n, int) for matrix in (self.image, self.kernel) for row in matrix for n in row)


@cache
def cases() -> tuple[Case, ...]:
    """Return all scenes."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    """Yield rectangular scenes from 1×1 to 9×9, lines and columns among them, of every kind by turns."""
    random = Random(5)  # noqa: S311 - nothing is secret here
    for number in range(CASES):
        height, width = random.randint(1, 9), random.randint(1, 9)
        height, width = {0: (1, width), 1: (height, 1)}.get(number % 12, (height, width))
        kernel = random.randint(1, height), random.randint(1, width)
        limit = random.choice([9, 255, 1000])
        floats = number % 3 == 2
        yield Case(
            image=matrix(random, height, width, limit, floats),
            kernel=matrix(random, *kernel, 9, floats and number % 2 == 0),
            scale=random.choice(list(SCALES)),
            operation=random.choice(["cross-correlation", "convolution"]),
        )


def matrix(random: Random, height: int, width: int, limit: int, floats: bool) -> Matrix:
    if floats:
        return [[random.uniform(-limit, limit) for _ in range(width)] for _ in range(height)]
    return [[random.randint(-limit, limit) for _ in range(width)] for _ in range(height)]


def plain_frames(case: Case) -> Iterator[tuple[tuple[int, int], list[Fraction]]]:
    """Yield each window's corner and its products, by the definition and in exact fractions."""
    turned = [row[::-1] for row in case.kernel[::-1]]
    laid = turned if case.operation == "convolution" else case.kernel
    kernel = [[Fraction(weight) * SCALES[case.scale] for weight in row] for row in laid]
    image = [[Fraction(pixel) for pixel in row] for row in case.image]
    for top in range(len(image) - len(kernel) + 1):
        for left in range(len(image[0]) - len(kernel[0]) + 1):
            products = [
                image[top + row][left + column] * weight
                for row, weights in enumerate(kernel)
                for column, weight in enumerate(weights)
            ]
            yield (top, left), products


def agree(received: list[float], exact: list[Fraction], largest: Fraction, whole: bool) -> bool:
    """Return whether numbers are right: to the last digit where all are whole, else nearly."""
    if whole and all(number.denominator == 1 for number in exact):
        return received == [int(number) for number in exact]
    tolerance = NEARLY * float(largest)
    return all(abs(got - float(number)) <= tolerance for got, number in zip(received, exact, strict=True))


def test_every_frame_is_the_definition_written_out() -> None:
    """Windows, products, running sums, sums and output of thousands of scenes, against exact fractions."""
    frames = 0
    for case in cases():
        reel = case.reel
        expected = list(plain_frames(case))
        assert [frame.window for frame in reel.frames] == [corner for corner, _ in expected]
        for number, (frame, (corner, products)) in enumerate(zip(reel.frames, expected, strict=True), 1):
            size = sum(map(abs, products), Fraction(0))
            assert (frame.number, frame.place) == (number, (0, *corner))
            assert frame.products.shape == (1, len(case.kernel), len(case.kernel[0]))
            assert agree(frame.products.ravel().tolist(), products, max(map(abs, products)), case.whole)
            assert agree(frame.running.tolist(), list(accumulate(products)), size, case.whole)
            assert agree([frame.sum], [sum(products, Fraction(0))], size, case.whole)
            assert reel.output[frame.place].item() == frame.sum
            frames += 1
    assert frames > 8 * CASES


def test_every_output_is_that_of_scipy() -> None:
    """Whole numbers are SciPy's exactly, and all others nearly."""
    oracles = {"cross-correlation": scipy.signal.correlate2d, "convolution": scipy.signal.convolve2d}
    for case in cases():
        sums = oracles[case.operation](case.image, case.kernel, "valid")
        sizes = oracles[case.operation](np.abs(case.image), np.abs(case.kernel), "valid")
        received = case.reel.output[0]
        if case.whole and SCALES[case.scale] == 1:
            assert received.tolist() == sums.tolist()
        else:
            expected = sums * float(SCALES[case.scale])
            assert np.all(np.abs(received - expected) <= NEARLY * sizes * abs(float(SCALES[case.scale])))


def test_a_fraction_is_rounded_once() -> None:
    """Nine ninths of whole numbers are one, and a third is the float that is nearest to a third."""
    reel = sliding_from('id = "blur"\nimage = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]\nkernel = "box-blur"\n')

    assert reel.frames[0].sum == 1
    assert reel.frames[0].products.tolist() == [[[1 / 9] * 3] * 3]


def test_running_sums_are_rounded_once_each() -> None:
    """Ten tenths, one after the other, end at one, where ten floats would end beside it."""
    reel = sliding_from(f'id = "mean"\nimage = {[[1] * 10]}\nkernel = {[[1] * 10]}\nscale = "1/10"\n')

    assert reel.frames[0].running.tolist() == [number / 10 for number in range(1, 11)]


def test_a_flat_image_leaves_nothing_of_an_edge() -> None:
    """Weights that add up to nothing answer nothing where nothing changes."""
    assert not sliding_from('id = "flat"\nimage = "flat"\nkernel = "sobel-y"\n').output.any()


@pytest.mark.parametrize(
    "keys",
    [
        'image = "flat"\nkernel = [[-0.1, -0.1, -0.1], [-0.1, 0.8, -0.1], [-0.1, -0.1, -0.1]]\n',
        "image = [[1, 1, 1, 1]]\nkernel = [[0.1, 0.2, -0.3]]\n",
        "image = [[0.1, 0.2, 0.3], [0.1, 0.2, 0.3]]\nkernel = [[1, 1, -1]]\n",
        "image = [[1, 1, 1]]\nkernel = [[0.1, 0.2]]\nbias = -0.3\n",
        "image = [[[1, 1]], [[1, 1]], [[1, 1]]]\nkernel = [[[0.1]], [[0.2]], [[-0.3]]]\n",
        "image = [[0.1, 0.2, -0.3]]\nkernel = [[1, 1, 1]]\npadding = 1\ntransposed = true\n",
    ],
    ids=["edges", "row", "image", "bias", "channels", "transposed"],
)
def test_decimals_that_cancel_each_other_leave_nothing(keys: str) -> None:
    """A computer's tenths are not quite tenths; what is left of them is no answer."""
    reel = reel_from(f'id = "noise"\n{keys}')
    assert 0 in reel.output
    assert not ((reel.output != 0) & (abs(reel.output) < NEARLY)).any()
    assert (
        reel.frames[-1].changes.items()
        <= {tuple(at): reel.output[at] for at in np.ndindex(reel.output.shape)}.items()
    )
    ends = [end for frame in reel.frames for end in (*frame.changes.values(), frame.value)]
    if isinstance(reel, SlidingReel):
        ends += [end for f in reel.frames for end in (f.running[-1], *f.channel_sums, f.sum)]
    assert all(end == 0 or abs(end) > NEARLY for end in ends)


def test_small_numbers_are_no_noise() -> None:
    """What is tiny beside what is added up, but more than rounding could leave, is kept."""
    reel = sliding_from('id = "small"\nimage = [[1, 1]]\nkernel = [[1000.0, -999.999999999]]\n')
    assert reel.output.item() == pytest.approx(1e-9, rel=1e-3)


def test_the_output_has_one_cell_for_each_place_that_fits() -> None:
    """Rows before columns, in the axes of PyTorch."""
    reel = sliding_from('id = "a"\nimage = [[1, 2, 3, 4], [5, 6, 7, 8]]\nkernel = [[1, 1]]\n')

    assert reel.image.shape == (1, 2, 4)
    assert reel.layer.values.shape == (1, 1, 1, 2)
    assert reel.output.shape == (1, 2, 3)
    assert (reel.input_size, reel.kernel_size, reel.output_size) == ((2, 4), (1, 2), (2, 3))


def test_a_convolution_keeps_the_declared_kernel() -> None:
    """Only what lies on the window is turned, top to bottom and left to right."""
    reel = sliding_from(
        'id = "a"\nimage = "step"\nkernel = [[1, 2], [3, 4]]\noperation = "convolution"\nscale = "1/4"\n'
    )

    assert reel.layer.values.tolist() == [[[[0.25, 0.5], [0.75, 1]]]]
    assert reel.layer.laid.tolist() == [[[[1, 0.75], [0.5, 0.25]]]]
    assert reel.layer.texts == [[[["1", "3/4"], ["1/2", "1/4"]]]]


def test_the_pixels_of_a_frame_are_those_under_its_window() -> None:
    """The window of the last frame ends in the bottom right corner."""
    reel = sliding_from('id = "a"\nimage = [[1, 2, 3], [4, 5, 6]]\nkernel = [[1, 1]]\n')

    assert reel.pixels_of(len(reel.frames)).tolist() == [[[5, 6]]]


def test_a_reel_cannot_be_changed() -> None:
    """Pages, films and files are made from one reel; none can spoil it for another."""
    reel = sliding_from()

    for array in (reel.image, reel.layer.values, reel.layer.laid, reel.output, reel.frames[0].products):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_ranges_are_those_of_the_whole_reel() -> None:
    """The greys, largest product and output, whatever their signs."""
    reel = sliding_from('id = "a"\nimage = [[1, 9, 2]]\nkernel = [[-3, 1]]\n')

    assert reel.greys == Greys(0, 9)
    assert reel.largest_product == 27
    assert reel.answer_scale.largest_output == 25
    assert reel.peak.number == 2


def test_channels_are_summed_one_after_the_other() -> None:
    """The running sum goes on from channel to channel; the bias comes at the end, then the activation."""
    reel = sliding_from(
        scene("[[[1, 2]], [[3, 4]]]", "[[[1, 10]], [[-1, -10]]]", bias="3", activation='"relu"'),
    )
    (frame,) = reel.frames

    assert frame.products.tolist() == [[[1, 20]], [[-3, -40]]]
    assert frame.running.tolist() == [1, 21, 18, -22]
    assert frame.channel_sums.tolist() == [21, -43]
    assert (frame.sum, frame.value, frame.changes) == (-19, 0, {(0, 0, 0): 0})
    assert reel.output.tolist() == [[[0]]]


def test_a_filter_sees_the_channels_of_its_group() -> None:
    """Filter after filter, row after row; the second half of the filters sees the second half of channels."""
    reel = sliding_from(SLIDING["groups"])

    assert [frame.planes for frame in reel.frames] == [range(2)] * 4 + [range(2, 4)] * 4
    assert [frame.place for frame in reel.frames][:3] == [(0, 0, 0), (0, 0, 1), (1, 0, 0)]
    assert reel.pixels_of(6).tolist() == [[[6]], [[8]]]
    assert [reel.filter_of(frame) for frame in reel.frames] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_padding_says_what_is_seen_and_what_is_bare() -> None:
    """A mirror shows pixels, and zeros stand for none; the corner is where the image begins."""
    zeros = sliding_from(scene("[[1, 2]]", "[[1]]", padding="[[1, 0], [2, 0]]"))
    mirror = sliding_from(scene("[[1, 2, 3]]", "[[1]]", padding="[[0, 0], [2, 1]]", padding_mode='"reflect"'))

    assert zeros.ground.padded.tolist() == [[[0, 0, 0, 0], [0, 0, 1, 2]]]
    assert zeros.ground.bare == [[True] * 4, [True, True, False, False]]
    assert zeros.ground.corner == (1, 2)
    assert mirror.ground.padded.tolist() == [[[3, 2, 1, 2, 3, 2]]]
    assert mirror.ground.bare == [[False] * 6]
    assert mirror.ground.sources.tolist() == [[[0, 2], [0, 1], [0, 0], [0, 1], [0, 2], [0, 1]]]


def test_a_window_lies_on_padded_cells_as_far_apart_as_it_is_dilated() -> None:
    """Its corner counts from the image, its cells from the padding's edge."""
    reel = sliding_from(
        scene("[[1, 2, 3, 4, 5]]", "[[1, 1]]", stride="[1, 2]", padding="[0, 1]", dilation="[1, 3]")
    )

    assert [frame.window for frame in reel.frames] == [(0, -1), (0, 1)]
    assert [reel.ground.cells(frame.window)[1] for frame in reel.frames] == [slice(0, 4, 3), slice(2, 6, 3)]
    assert [reel.pixels_of(frame.number).tolist() for frame in reel.frames] == [[[[0, 3]]], [[[2, 5]]]]


def test_a_pixel_that_spreads_changes_the_cells_it_reaches() -> None:
    """Each has the bias from the start, and what is cropped changes nothing."""
    reel = spreading_from(
        scene("[[1, 2]]", "[[10, 20, 30]]", bias="5", padding="[[0, 0], [1, 0]]", transposed="true")
    )
    first, second = reel.frames

    assert first.changes == {(0, 0, 0): 25, (0, 0, 1): 35}
    assert second.changes == {(0, 0, 0): 45, (0, 0, 1): 75, (0, 0, 2): 65}
    assert (first.place, first.window, first.value, first.planes) == ((0, 0, 0), (0, -1), 1, range(1))
    assert reel.output.tolist() == [[[45, 75, 65]]]
    assert reel.pixels_of(2).tolist() == [[[2]]]


@pytest.mark.parametrize("name", OPTION_SCENES)
def test_all_changes_together_are_the_output(name: str) -> None:
    """What no frame writes holds the bias; the last frame that writes a cell has its final number."""
    reel = reel_from(OPTION_SCENES[name])
    written = np.zeros(reel.output.shape)
    if isinstance(reel, SlidingReel | SpreadingReel):
        activation = reel.layer.activation
        begun = [oracle.activated(Fraction(bias), activation) for bias in reel.layer.bias.tolist()]
        written += np.array(begun, float)[:, np.newaxis, np.newaxis]
    for frame in reel.frames:
        for cell, value in frame.changes.items():
            written[cell] = value

    assert (written == reel.output).all()


@pytest.mark.parametrize("name", SLIDING)
def test_products_are_pixels_times_the_weights_of_the_filter(name: str) -> None:
    """What is shown under the window, beside it and between them goes together, in every frame."""
    reel = sliding_from(SLIDING[name])
    for frame in reel.frames:
        weights = reel.layer.laid[reel.filter_of(frame)]
        assert np.allclose(reel.pixels_of(frame.number) * weights, frame.products, rtol=0, atol=NEARLY)
        assert np.isclose(frame.running[-1] + reel.bias_of(frame.number), frame.sum)
        assert np.isclose(frame.channel_sums.sum(), frame.running[-1])
        answer = oracle.activated(Fraction(frame.sum), reel.layer.activation)
        assert np.isclose(frame.value, float(answer), rtol=1e-15, atol=0)


def test_a_pool_runs_to_its_largest_pixel() -> None:
    """Pixel by pixel the largest so far, and never a zero of the padding."""
    reel = pooling_from(pool("max", "[[-5, -2], [-9, -3]]", "2", stride="1", padding="1"))
    corner, middle, last = reel.frames[0], reel.frames[4], reel.frames[-1]

    assert corner.running.tolist() == [-5, -5, -5, -5]
    assert (corner.sum, corner.value, corner.winner) == (-5, -5, (0, 0))
    assert middle.running.tolist() == [-5, -2, -2, -2]
    assert (middle.value, middle.winner, middle.changes) == (-2, (0, 1), {(0, 1, 1): -2})
    assert last.running.tolist() == [-3, -3, -3, -3]


def test_a_pool_runs_to_the_sum_of_its_pixels() -> None:
    """Channel by channel; the value is the average."""
    reel = pooling_from(pool("average", "[[[1, 2, 6]], [[0, 0, 1]]]", "3"))

    assert [frame.planes for frame in reel.frames] == [range(1), range(1, 2)]
    assert reel.frames[0].running.tolist() == [1, 3, 9]
    assert [(frame.sum, frame.value) for frame in reel.frames] == [(9, 3), (1, 1 / 3)]
    assert reel.frames[0].winner is None
