"""What is seen beside an image: agreement with NumPy's own padding, and a map that leads back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.arithmetic import NOTHING, PADDING_MODES, PaddingMode, padded, seen_lines, seen_pixels
from generator.errors import InvalidValue

THEIRS = {"zeros": "constant", "replicate": "edge", "circular": "wrap"}

sides = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(
    st.integers(1, 3),
    st.integers(5, 7),
    st.integers(5, 7),
    st.tuples(sides, sides),
    st.sampled_from(PADDING_MODES),
)
def test_padding_is_that_of_numpy(
    channels: int,
    height: int,
    width: int,
    padding: tuple[tuple[int, int], tuple[int, int]],
    mode: PaddingMode,
) -> None:
    """Every mode is one that NumPy has under its own name, for whole numbers and others."""
    image = np.arange(channels * height * width).reshape(channels, height, width) - 9

    for values in (image, image / 7):
        ours = padded(values, padding, mode)

        assert ours.dtype == values.dtype
        assert np.array_equal(ours, np.pad(values, ((0, 0), *padding), THEIRS.get(mode, mode)))  # type: ignore[call-overload]


@given(st.integers(5, 7), st.integers(5, 7), st.tuples(sides, sides), st.sampled_from(PADDING_MODES))
def test_the_map_leads_to_the_pixel_that_is_seen(
    height: int, width: int, padding: tuple[tuple[int, int], tuple[int, int]], mode: PaddingMode
) -> None:
    """Each padded cell holds the pixel at its place in the map, or a zero where the map has none."""
    image = np.arange(1, height * width + 1).reshape(height, width)
    seen = seen_pixels((height, width), padding, mode)

    for place, value in np.ndenumerate(padded(image, padding, mode)):
        row, column = seen[place]
        assert value == (0 if row == NOTHING else image[row, column])
        assert (row == NOTHING) == (column == NOTHING)


@given(st.tuples(sides, sides), st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9))
def test_a_constant_is_that_of_numpy(padding: tuple[tuple[int, int], tuple[int, int]], value: float) -> None:
    """Whole images and a whole value stay whole; a fraction makes all of it float64, if it is seen."""
    image = np.array([[2**60 + 1, 2], [3, 4]])
    stays_whole = float(value).is_integer() or not any(map(any, padding))
    around = image if stays_whole else image.astype(np.float64)

    ours = padded(image, padding, "constant", value)

    assert ours.dtype == around.dtype
    assert np.array_equal(ours, np.pad(around, padding, constant_values=value))


def test_a_whole_value_stays_exact_in_any_form() -> None:
    """Past the whole floats, beside whole and other pixels, and without a sign before zero."""
    assert padded(np.array([[1]]), ((0, 0), (1, 0)), "constant", 2**53 + 1).tolist() == [[2**53 + 1, 1]]
    assert padded(np.array([[1]]), ((0, 0), (1, 0)), "constant", 7.0).tolist() == [[7, 1]]
    assert padded(np.array([[1], [2]]), ((0, 0), (1, 0)), "constant", 2.0**70).tolist() == [
        [2**70, 1],
        [2**70, 2],
    ]
    assert str(padded(np.array([[0.5]]), ((0, 0), (1, 0)), "constant", -0.0)) == "[[0.  0.5]]"
    with pytest.raises(InvalidValue, match="sums could reach 9223372036854775808,"):
        padded(np.array([[1]]), ((0, 0), (1, 0)), "constant", -(2**63))


def test_a_mirror_stands_behind_the_edge_or_in_the_middle_of_it() -> None:
    """Symmetric repeats the edge pixel, reflect does not."""
    assert padded(np.array([[1, 2, 3]]), ((0, 0), (3, 3)), "symmetric").tolist() == [
        [3, 2, 1, 1, 2, 3, 3, 2, 1]
    ]
    assert padded(np.array([[1, 2, 3]]), ((0, 0), (2, 2)), "reflect").tolist() == [[3, 2, 1, 2, 3, 2, 1]]


def test_a_single_pixel_is_seen_everywhere_or_nowhere() -> None:
    """One pixel has nothing to mirror, but can be repeated."""
    assert seen_lines(1, (0, 0), "reflect").tolist() == [0]
    assert seen_lines(1, (2, 1), "replicate").tolist() == [0, 0, 0, 0]
    assert seen_lines(1, (1, 1), "circular").tolist() == [0, 0, 0]
    assert seen_lines(1, (1, 1), "symmetric").tolist() == [0, 0, 0]
    assert seen_lines(1, (1, 1), "constant").tolist() == [NOTHING, 0, NOTHING]


@pytest.mark.parametrize(
    "look", [lambda *args: padded(np.ones((2, 3)), *args), lambda *args: seen_pixels((2, 3), *args)]
)
def test_padding_too_wide_to_fill_is_refused(look) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Two rows can be mirrored once."""
    with pytest.raises(InvalidValue) as caught:
        look(((0, 2), (0, 0)), "reflect")

    assert caught.value.message == "reflect can pad 2 rows by 1, and the padding is 2"
    assert caught.value.key == "padding"


def test_numbers_past_int64_are_refused() -> None:
    """The largest unsigned numbers would change their sign."""
    with pytest.raises(InvalidValue) as caught:
        padded(np.full((1, 1), 2**63, np.uint64), ((1, 1), (1, 1)))

    assert caught.value.message.startswith("sums could reach 9223372036854775808,")
