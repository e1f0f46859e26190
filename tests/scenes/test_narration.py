"""Anchors: which frames a beat belongs to."""

import pytest

from generator.errors import InvalidValue
from generator.scenes import FrameRange, Reel, frame_range
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import PLANES, POOLS, SLIDING, TWO_FILTERS, scene

REEL = reel_from('id = "edge"\nimage = "step-down"\nkernel = [[-1], [0], [1]]\n')
"""A map of 5 rows and 7 columns; the second row holds the first of the largest answers."""
FILTERS = reel_from(SLIDING["channels, filters, biases, an activation"])
"""Two filters, each with a map of 3 rows and 2 columns; the first one's answers are all small."""
SPREAD = reel_from(scene(PLANES, TWO_FILTERS, transposed="true"))
"""Two channels, each of 3 rows and 3 columns of pixels that spread over 3 rows and 4 columns."""
POOL = reel_from(POOLS["the average, padded"])
"""Two channels, each with a map of 2 rows and 2 columns."""


@pytest.mark.parametrize(
    ("anchor", "first", "last"),
    [
        ("first", 1, 1),
        ("last", 35, 35),
        ("all", 1, 35),
        ("peak", 8, 8),
        ("12", 12, 12),
        ("6-10", 6, 10),
        ("6 – 10", 6, 10),
        ("35", 35, 35),
        ("row 1", 1, 7),
        ("row 5", 29, 35),
        ("out 1,1", 1, 1),
        ("out 2,3", 10, 10),
        ("out 5 , 7", 35, 35),
        ("  Row   2 ", 8, 14),
    ],
)
def test_an_anchor_names_frames(anchor: str, first: int, last: int) -> None:
    """Frames, rows and columns count from 1, row by row; spaces and capitals are of no account."""
    assert frame_range(anchor, REEL) == FrameRange(first, last)


@pytest.mark.parametrize(
    ("anchor", "first", "last"),
    [
        ("all", 1, 12),
        ("last", 12, 12),
        ("peak", 11, 11),
        ("filter 1", 1, 6),
        ("filter 2", 7, 12),
        (" FILTER  2", 7, 12),
        ("row 2", 3, 4),
        ("filter 1 row 2", 3, 4),
        ("filter 2 row 2", 9, 10),
        ("out 2,1", 3, 3),
        ("filter 2 out 2,1", 9, 9),
        ("filter 2 out 3 , 2", 12, 12),
    ],
)
def test_an_anchor_names_the_frames_of_a_filter(anchor: str, first: int, last: int) -> None:
    """Filter comes after filter; a row, and a cell, are the first filter's where none is named."""
    assert frame_range(anchor, FILTERS) == FrameRange(first, last)


@pytest.mark.parametrize(
    ("anchor", "first", "last"),
    [
        ("all", 1, 18),
        ("channel 1", 1, 9),
        ("channel 2", 10, 18),
        ("row 2", 4, 6),
        ("channel 2 row 2", 13, 15),
        ("in 1,2", 2, 2),
        ("in 3,3", 9, 9),
        ("channel 2 in 3,1", 16, 16),
    ],
)
def test_an_anchor_names_the_pixels_that_spread(anchor: str, first: int, last: int) -> None:
    """A transposed scene has a frame for each pixel of its image, channel by channel."""
    assert frame_range(anchor, SPREAD) == FrameRange(first, last)


@pytest.mark.parametrize(
    ("anchor", "first", "last"),
    [
        ("channel 2", 5, 8),
        ("filter 2", 5, 8),
        ("channel 2 row 1", 5, 6),
        ("channel 2 out 2,2", 8, 8),
        ("row 2", 3, 4),
        ("out 1,2", 2, 2),
    ],
)
def test_an_anchor_names_pools(anchor: str, first: int, last: int) -> None:
    """A pool is a cell of the output like any other; its channel may be called its filter."""
    assert frame_range(anchor, POOL) == FrameRange(first, last)


def test_the_peak_is_what_stands_in_the_map() -> None:
    """A sum that the activation takes away is no peak, however large it is."""
    reel = reel_from('id = "a"\nimage = [[-9, 2, 3]]\nkernel = [[1]]\nactivation = "relu"\n')

    assert frame_range("peak", reel) == FrameRange(3, 3)


def test_the_peak_may_be_negative() -> None:
    """The peak is the first answer that is largest without its sign."""
    reel = reel_from('id = "edge"\nimage = [[1, 2, 9, 1, 9]]\nkernel = [[1, -1]]\n')

    assert reel.sums[frame_range("peak", reel).first - 1] == 8
    assert frame_range("peak", reel_from('id = "e"\nimage = [[0, 9, 1]]\nkernel = [[1, -1]]\n')).first == 1


@pytest.mark.parametrize(
    ("anchor", "message", "hint"),
    [
        ("36", 'anchor "[frame 36]" lies outside the scene', "It has frames 1 to 35."),
        ("0-3", 'anchor "[frame 0-3]" lies outside the scene', "It has frames 1 to 35."),
        (
            "row 6",
            'anchor "[frame row 6]" lies outside the feature map',
            "It has rows 1 to 5, and the scene frames 1 to 35.",
        ),
        (
            "out 0,1",
            'anchor "[frame out 0,1]" lies outside the feature map',
            "It has rows 1 to 5 and columns 1 to 7, and the scene frames 1 to 35.",
        ),
        ("9-8", "the frames 9-8 run backwards", "Write 8-9."),
    ],
)
def test_an_anchor_outside_says_what_there_is(anchor: str, message: str, hint: str) -> None:
    """The message repeats the anchor, and the hint counts the frames."""
    with pytest.raises(InvalidValue) as caught:
        frame_range(anchor, REEL)

    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("reel", "anchor", "message", "hint"),
    [
        pytest.param(reel, anchor, message, hint, id=anchor)
        for reel, anchor, message, hint in (
            (FILTERS, "filter 3", "feature map", "filters 1 to 2"),
            (FILTERS, "filter 0", "feature map", "filters 1 to 2"),
            (FILTERS, "row 4", "feature map", "rows 1 to 3"),
            (FILTERS, "out 3,3", "feature map", "rows 1 to 3 and columns 1 to 2"),
            (FILTERS, "filter 3 row 1", "feature map", "filters 1 to 2 and rows 1 to 3"),
            (
                FILTERS,
                "filter 2 out 4,2",
                "feature map",
                "filters 1 to 2 and rows 1 to 3 and columns 1 to 2",
            ),
            (SPREAD, "channel 3", "image", "channels 1 to 2"),
            (SPREAD, "in 4,1", "image", "rows 1 to 3 and columns 1 to 3"),
            (SPREAD, "in 0,1", "image", "rows 1 to 3 and columns 1 to 3"),
            (SPREAD, "row 4", "image", "rows 1 to 3"),
            (POOL, "filter 3", "feature map", "channels 1 to 2"),
            (POOL, "channel 3", "feature map", "channels 1 to 2"),
            (REEL, "filter 2", "feature map", "filter 1 only"),
        )
    ],
)
def test_an_anchor_outside_says_which_planes_there_are(
    reel: Reel, anchor: str, message: str, hint: str
) -> None:
    """Filters are counted only where one is named; of a transposed scene the image is counted."""
    with pytest.raises(InvalidValue) as caught:
        frame_range(anchor, reel)

    assert caught.value.message == f'anchor "[frame {anchor}]" lies outside the {message}'
    assert caught.value.hint == f"It has {hint}, and the scene frames 1 to {len(reel.frames)}."


@pytest.mark.parametrize(
    "anchor", ["in 1,1", "channel 1", "channel 2 in 1,1", "filter 2 in 1,1", "channel 1 row 1"]
)
def test_a_pixel_is_no_place_of_a_window(anchor: str) -> None:
    """The message says what there is instead."""
    with pytest.raises(InvalidValue) as caught:
        frame_range(anchor, FILTERS)

    assert caught.value.message == f'anchor "[frame {anchor}]" lies on the other side'
    assert caught.value.hint == "Frames belong to the output: write out 1,2 or filter 1."


@pytest.mark.parametrize(
    "anchor", ["out 1,1", "filter 1", "filter 2 out 1,1", "channel 2 out 1,1", "filter 1 row 1"]
)
def test_a_cell_of_the_output_is_no_pixel_that_spreads(anchor: str) -> None:
    """The message says what there is instead."""
    with pytest.raises(InvalidValue) as caught:
        frame_range(anchor, SPREAD)

    assert caught.value.message == f'anchor "[frame {anchor}]" lies on the other side'
    assert caught.value.hint == "A transposed scene has a frame for each pixel: write in 1,2 or channel 1."


@pytest.mark.parametrize(
    ("reel", "forms"),
    [
        (REEL, "out 3,4"),
        (FILTERS, "out 3,4, filter 2, filter 2 row 2, filter 2 out 3,4"),
        (POOL, "out 3,4, channel 2, channel 2 row 2, channel 2 out 3,4"),
        (SPREAD, "in 3,4, channel 2, channel 2 row 2, channel 2 in 3,4"),
    ],
    ids=["plain", "filters", "pools", "spread"],
)
def test_an_unknown_anchor_is_answered_with_those_of_the_scene(reel: Reel, forms: str) -> None:
    """Planes are named where there are several, and places on the side where the frames are."""
    with pytest.raises(InvalidValue) as caught:
        frame_range("middle", reel)

    assert caught.value.hint == f"Anchors look like: first, last, peak, all, 12, 6-10, row 2, {forms}."


@pytest.mark.parametrize(
    "anchor", ["filter", "filter2", "filter x", "filter 1 2", "filter 1, row 2", "row 2 filter 1"]
)
def test_a_filter_is_named_in_one_way(anchor: str) -> None:
    """By its number, before the row or the cell."""
    with pytest.raises(InvalidValue, match="unknown anchor"):
        frame_range(anchor, FILTERS)


@pytest.mark.parametrize("anchor", ["", "middle", "-1", "1.5", "row", "out 3", "1-2-3", "²", "٣", "9" * 10])
def test_an_anchor_of_no_known_form_is_refused(anchor: str) -> None:
    """Only the forms that the hint lists are anchors."""
    with pytest.raises(InvalidValue, match="unknown anchor"):
        frame_range(anchor, REEL)
