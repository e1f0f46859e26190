"""Values that prose may quote: each says what the reel says."""

import pytest

from generator.errors import InvalidValue
from generator.scenes import FrameRange, Reel, reel_value
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import PLANES, ROWS, pool, scene

SOBEL = reel_from()
BLUR = reel_from('id = "blur"\nimage = [[1, 2, 3, 4], [5, 6, 7, 8]]\nkernel = [[1, 1, 1]]\nscale = "1/3"\n')
FLIPPED = reel_from('id = "flip"\nimage = [[10, 20, 30]]\nkernel = [[1, 2, 3]]\noperation = "convolution"\n')

OF_SCENES = {
    "frames": "25",
    "input.height": "7",
    "input.width": "7",
    "input.size": "7×7",
    "input.channels": "1",
    "input.min": "1",
    "input.max": "9",
    "kernel.name": "sobel-x",
    "kernel.height": "3",
    "kernel.width": "3",
    "kernel.size": "3×3",
    "kernel.count": "9",
    "kernel.each": "9",
    "kernel.centre": "0",
    "kernel.first": "−1",
    "kernel.filters": "1",
    "kernel.sum": "0",
    "span": "3×3",
    "stride": "1",
    "dilation": "1",
    "padding": "0",
    "output_padding": "0",
    "padded.height": "7",
    "padded.width": "7",
    "padded.size": "7×7",
    "output.channels": "1",
    "output.height": "5",
    "output.width": "5",
    "output.size": "5×5",
    "output.count": "25",
    "output.min": "0",
    "output.max": "32",
}
OF_FRAME_2 = {
    "frame": "2",
    "sum": "32",
    "answer": "32",
    "sums": "32",
    "answers": "32",
    "bias": "0",
    "products": "−1 + 0 + 9 − 2 + 0 + 18 − 1 + 0 + 9",
    "products.plus": "36",
    "products.minus": "−4",
    "window": "1 1 9 / 1 1 9 / 1 1 9",
    "pixel": "1",
    "out": "row 1, column 2",
    "out.row": "1",
    "out.column": "2",
}


@pytest.mark.parametrize("name", OF_SCENES)
def test_a_value_of_a_scene_needs_no_frame(name: str) -> None:
    """Sizes, ranges and names hold for the scene as a whole."""
    assert reel_value(SOBEL, name, None) == OF_SCENES[name]


@pytest.mark.parametrize("name", OF_FRAME_2)
def test_a_value_of_a_frame_is_that_frames(name: str) -> None:
    """Window, products, sum and place are read off one position."""
    assert reel_value(SOBEL, name, FrameRange(2, 2)) == OF_FRAME_2[name]


def test_no_value_is_untested() -> None:
    """The two tables above name every value that there is."""
    assert set(OF_SCENES) == set(SOBEL.scene_values)
    assert set(OF_FRAME_2) == {name for name in SOBEL.frame_values if not name.startswith("terms.")}


STEPS = reel_from(scene(ROWS, "[[1, 2, 3], [4, 5, 6]]", stride="[1, 2]", padding="[2, 1]", dilation="[3, 1]"))
"""An image of 4×5 pixels, padded to 8×7; the kernel spans 4×3 of them."""
SIDES = reel_from(scene(ROWS, "[[1]]", padding="[[0, 1], [2, 3]]", stride="2", dilation="2"))
LAYER = reel_from(
    scene(
        PLANES,
        "[[[[1, 0]], [[0, -1]]], [[[2, 2]], [[-2, 1]]], [[[0, 0]], [[0, 0]]]]",
        bias="[-9, 0.5, 7]",
        activation='"relu"',
    )
)
"""Two channels, three filters of 1×2 weights."""
SPREAD = reel_from(
    scene(
        "[[[1, 2]], [[3, 4]]]",
        "[[[[1, 10]], [[2, 20]], [[3, 30]]], [[[4, 40]], [[5, 50]], [[6, 60]]]]",
        stride="[1, 2]",
        output_padding="[0, 1]",
        bias="-1",
        transposed="true",
    )
)
"""Two channels of two pixels, spread over three outputs."""
LARGEST = reel_from(pool("max", ROWS, "2"))
AVERAGE = reel_from(pool("average", PLANES, "2", stride="1"))

HANGING = reel_from(pool("max", ROWS, "3", stride="2", padding="[0, 1]", ceil_mode="true"))
"""An image of 4×5 pixels, padded to 4×7, of which the lower windows hang over a row."""
WHOLE = reel_from(pool("average", PLANES, '"global"'))

OF_OPTIONS = [
    (HANGING, "padded.size", "4×7"),
    (HANGING, "output.size", "2×3"),
    (WHOLE, "kernel.size", "3×3"),
    (WHOLE, "stride", "1"),
    (WHOLE, "frames", "2"),
    (
        reel_from(scene(ROWS, "[[1, 2], [3, 4]]", padding='"same-lower"', stride="3")),
        "padding",
        "1 above, 0 below, 0 left and 0 right",
    ),
    (STEPS, "input.size", "4×5"),
    (STEPS, "stride", "1 down and 2 across"),
    (STEPS, "dilation", "3 down and 1 across"),
    (STEPS, "padding", "2 above, 2 below, 1 left and 1 right"),
    (STEPS, "padded.height", "8"),
    (STEPS, "padded.width", "7"),
    (STEPS, "padded.size", "8×7"),
    (STEPS, "kernel.size", "2×3"),
    (STEPS, "span", "4×3"),
    (STEPS, "output.size", "5×3"),
    (STEPS, "frames", "15"),
    (SIDES, "padding", "0 above, 1 below, 2 left and 3 right"),
    (SIDES, "padded.size", "5×10"),
    (SIDES, "stride", "2"),
    (SIDES, "dilation", "2"),
    (SIDES, "span", "1×1"),
    (reel_from(scene('"dot"', '"blur"', padding='"same"')), "padding", "1"),
    (LAYER, "input.channels", "2"),
    (LAYER, "input.min", "−1"),
    (LAYER, "kernel.filters", "3"),
    (LAYER, "kernel.count", "12"),
    (LAYER, "kernel.sum", "3"),
    (LAYER, "output.channels", "3"),
    (LAYER, "output.size", "3×2"),
    (LAYER, "output.count", "18"),
    (LAYER, "output.min", "0"),
    (LAYER, "output.max", "33.5"),
    (LAYER, "frames", "18"),
    (SPREAD, "frames", "4"),
    (SPREAD, "input.channels", "2"),
    (SPREAD, "output.channels", "3"),
    (SPREAD, "output.size", "1×5"),
    (SPREAD, "output.max", "299"),
    (SPREAD, "stride", "1 down and 2 across"),
    (SPREAD, "output_padding", "0 down and 1 across"),
    (LARGEST, "frames", "4"),
    (LARGEST, "stride", "2"),
    (LARGEST, "kernel.size", "2×2"),
    (LARGEST, "output.size", "2×2"),
    (LARGEST, "output.max", "9"),
    (AVERAGE, "output.channels", "2"),
    (AVERAGE, "frames", "8"),
    (AVERAGE, "output.max", "7"),
]

OF_FRAMES_OF_OPTIONS = [
    (STEPS, 1, "window", "0 0 0 / 0 7 4"),
    (STEPS, 1, "products", "0 + 0 + 0 + 0 + 35 + 24"),
    (STEPS, 1, "sum", "59"),
    (STEPS, 15, "out", "row 5, column 3"),
    (LAYER, 1, "window", "1 2 | 0 −1"),
    (LAYER, 1, "products", "1 + 0 + 0 + 1"),
    (LAYER, 1, "sum", "−7"),
    (LAYER, 1, "answer", "0"),
    (LAYER, 7, "products", "2 + 4 + 0 − 1"),
    (LAYER, 7, "products.plus", "6"),
    (LAYER, 7, "products.minus", "−1"),
    (LAYER, 7, "sum", "5.5"),
    (LAYER, 7, "answer", "5.5"),
    (LAYER, 1, "bias", "−9"),
    (LAYER, 7, "bias", "0.5"),
    (LAYER, 7, "terms.1", "1 × 2 = 2, 2 × 2 = 4"),
    (LAYER, 7, "terms.2", "0 × −2 = 0, −1 × 1 = −1"),
    (LAYER, 7, "out", "row 1, column 1"),
    (LAYER, 12, "out.row", "3"),
    (LAYER, 12, "out.column", "2"),
    (LAYER, 18, "sum", "7"),
    (SPREAD, 3, "pixel", "3"),
    (SPREAD, 3, "in", "row 1, column 1"),
    (SPREAD, 4, "in.row", "1"),
    (SPREAD, 4, "in.column", "2"),
    (SPREAD, 3, "window", "3"),
    (SPREAD, 3, "products", "12 + 120 + 15 + 150 + 18 + 180"),
    (SPREAD, 3, "terms.1", "3 × 4 = 12, 3 × 40 = 120"),
    (SPREAD, 3, "terms.3", "3 × 6 = 18, 3 × 60 = 180"),
    (LARGEST, 2, "window", "2 8 / 6 5"),
    (LARGEST, 2, "answer", "8"),
    (LARGEST, 3, "out", "row 2, column 1"),
    (HANGING, 1, "window", "· 1 9 / · 7 4 / · 2 −3"),
    (HANGING, 6, "window", "−5 6 · / 6 5 · / · · ·"),
    (AVERAGE, 5, "window", "0 −1 / 2 0"),
    (AVERAGE, 5, "sum", "1"),
    (AVERAGE, 5, "answer", "0.25"),
]


@pytest.mark.parametrize(("reel", "name", "text"), OF_OPTIONS)
def test_a_value_says_what_an_option_makes_of_the_scene(reel: Reel, name: str, text: str) -> None:
    """Sizes, steps and sides in the words of a text: one number where all are the same."""
    assert reel_value(reel, name, None) == text


@pytest.mark.parametrize(("reel", "frame", "name", "text"), OF_FRAMES_OF_OPTIONS)
def test_a_value_says_what_an_option_makes_of_a_frame(reel: Reel, frame: int, name: str, text: str) -> None:
    """Channels follow one another; padding is seen; the sum has the bias, the answer the activation."""
    assert reel_value(reel, name, FrameRange(frame, frame)) == text


def test_sums_of_a_range_may_belong_to_several_filters() -> None:
    """They stand in the order of the frames."""
    assert reel_value(LAYER, "sums", FrameRange(6, 8)) == "−1, 5.5, 12.5"
    assert reel_value(LAYER, "answers", FrameRange(6, 8)) == "0, 5.5, 12.5"


def test_rows_of_all_channels_have_terms() -> None:
    """There are as many as rows under the window, and none more."""
    with pytest.raises(InvalidValue) as caught:
        reel_value(LAYER, "terms.3", FrameRange(1, 1))

    assert caught.value.message == 'unknown value "{terms.3}"'


@pytest.mark.parametrize(
    ("reel", "name"),
    [
        (LARGEST, "products"),
        (LARGEST, "terms.1"),
        (AVERAGE, "kernel.sum"),
        (AVERAGE, "bias"),
        (SPREAD, "bias"),
        (SPREAD, "out"),
        (SPREAD, "out.row"),
        (LAYER, "in"),
        (LAYER, "field.size"),
    ],
)
def test_what_a_kind_of_scene_lacks_is_told(reel: Reel, name: str) -> None:
    """Pools have no weights, and a pixel that spreads has a place in the input alone."""
    with pytest.raises(InvalidValue) as caught:
        reel_value(reel, name, FrameRange(1, 1))

    assert caught.value.message == f'a scene of this kind has no value "{{{name}}}"'


def test_a_range_shows_its_last_frame_and_lists_its_sums() -> None:
    """In a beat over several frames, `sum` is the last one's and `sums` has them all."""
    row = FrameRange(1, 5)

    assert reel_value(SOBEL, "sums", row) == "0, 32, 32, 0, 0"
    assert reel_value(SOBEL, "sum", row) == "0"
    assert reel_value(SOBEL, "out", row) == "row 1, column 5"


def test_terms_spell_out_a_row_of_the_window() -> None:
    """Pixel, weight and product of each column, the row counted from 1."""
    assert reel_value(SOBEL, "terms.2", FrameRange(2, 2)) == "1 × −2 = −2, 1 × 0 = 0, 9 × 2 = 18"


def test_fractions_stay_fractions_in_terms() -> None:
    """A ninth is printed as a ninth, and its product with two decimals."""
    assert reel_value(BLUR, "terms.1", FrameRange(4, 4)) == "6 × 1/3 = 2, 7 × 1/3 = 7/3, 8 × 1/3 = 8/3"
    assert reel_value(BLUR, "sum", FrameRange(4, 4)) == "7"
    assert reel_value(BLUR, "kernel.first", None) == "1/3"


def test_terms_of_a_convolution_have_the_turned_kernel() -> None:
    """What lies on the window is the turned kernel; the declared one keeps its order."""
    assert reel_value(FLIPPED, "terms.1", FrameRange(1, 1)) == "10 × 3 = 30, 20 × 2 = 40, 30 × 1 = 30"
    assert reel_value(FLIPPED, "kernel.first", None) == "1"


def test_a_kernel_in_numbers_has_words_for_a_name() -> None:
    """Prose that asks for the name of a kernel without one still reads."""
    assert reel_value(BLUR, "kernel.name", None) == "a kernel of our own"


@pytest.mark.parametrize("name", ["sums", "terms.1", "window"])
def test_a_frames_value_without_a_frame_says_how_to_name_one(name: str) -> None:
    """The hint is the value as it would work."""
    with pytest.raises(InvalidValue) as caught:
        reel_value(SOBEL, name, None)

    assert caught.value.message == f'the value "{{{name}}}" belongs to a frame'
    assert caught.value.hint == f"Name one: {{sobel-edge[peak].{name}}} or {{sobel-edge[12].{name}}}."


def test_an_unknown_value_has_a_suggestion() -> None:
    """A row that the kernel does not have is unknown too."""
    for name, meant in (("output.widht", "output.width"), ("terms.4", "terms.1")):
        with pytest.raises(InvalidValue) as caught:
            reel_value(SOBEL, name, FrameRange(1, 1))

        assert caught.value.message == f'unknown value "{{{name}}}"'
        assert caught.value.hint == f'Did you mean "{meant}"?'


def test_a_rounded_product_says_that_it_is_rounded() -> None:
    """What cannot be printed exactly is not called equal."""
    reel = reel_from('id = "a"\nimage = [[100, 7]]\nkernel = [[1, 64]]\nscale = "1/64"\n')

    assert reel_value(reel, "terms.1", FrameRange(1, 1)) == "100 × 1/64 ≈ 1.56, 7 × 1 = 7"
