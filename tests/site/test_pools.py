"""Pools in words: what is counted is told, and what lies beside it is not."""

import re

import pytest

from generator.scenes import Reel
from generator.site.words import scene_alt, spoken
from tests.drawing.test_stacks import stack
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import POOLS, SLIDING, pool

LINE = "[[1, 2, 4, 8, 16]]"


def sentences(reel: Reel) -> list[str]:
    """Return what is said of each frame, without where it is."""
    return [spoken(reel, frame).partition(": ")[2] for frame in reel.frames]


def test_what_a_window_hangs_over_is_not_told() -> None:
    """The last window of a line of five holds a single pixel, and the average is its own."""
    largest, average = (reel_from(pool(kept, LINE, "2", ceil_mode="true")) for kept in ("max", "average"))

    assert sentences(largest)[1:] == ["the largest of 4, 8 is 8.", "the largest of 16 is 16."]
    assert sentences(average)[1:] == ["the average of 4, 8 is 6.", "the average of 16 is 16."]


def test_padding_is_told_where_it_is_counted() -> None:
    """An average that does not count it is one of fewer numbers."""
    options = {"stride": "4", "padding": "[0, 1]"}
    counted = reel_from(pool("average", LINE, "3", **options))
    uncounted = reel_from(pool("average", LINE, "3", **options, count_include_pad="false"))

    assert sentences(counted) == ["the average of 0, 1, 2 is 1.", "the average of 8, 16, 0 is 8."]
    assert sentences(uncounted) == ["the average of 1, 2 is 1.5.", "the average of 8, 16 is 12."]


def test_an_average_that_is_rounded_says_so_by_what_is_counted() -> None:
    """The sum is shared by as many as are told."""
    reel = reel_from(pool("average", "[[1, 1, 2, 5]]", "3", padding="[0, 1]", count_include_pad="false"))

    assert sentences(reel) == ["the average of 1, 1 is 1.", "the average of 2, 5 is 3.5."]
    rounded = reel_from(pool("average", "[[1, 1, 2]]", "4", stride="1", ceil_mode="true", padding="[0, 1]"))
    assert sentences(rounded)[0] == "the average of 0, 1, 1, 2 is 1."


def test_the_numbers_of_a_whole_image_are_not_listed() -> None:
    """They would take minutes to hear."""
    reel = reel_from(POOLS["the average of all"])

    assert sentences(reel) == ["the average of all 20 pixels is 4.2."]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            POOLS["the largest, hanging over"],
            "largest pixel with stride 2, last windows that may hang over the edge",
        ),
        (POOLS["the average of pixels alone"], "average pixel with stride 2, padding 1 that is not counted"),
        (POOLS["the largest of all"], "a 3×3 window that takes the largest pixel of the whole image"),
        (SLIDING["a map for each step"], "stride 3 down and 2 across, padding"),
        (SLIDING["a line that sees nothing to come"], "padding"),
    ],
)
def test_a_description_has_every_option(text: str, told: str) -> None:
    """Those who cannot see the figure hear how windows lie, and what they count."""
    assert told in scene_alt(reel_from(text))


def test_a_stack_tells_the_edges_of_its_pools() -> None:
    """Each layer with its own options."""
    reel = stack(
        {"kernel": "sobel-x", "padding": "same-upper", "stride": 2},
        {"kind": "pooling", "operation": "average", "kernel_size": 3, "ceil_mode": True, "stride": 2},
        {"kind": "pooling", "operation": "max", "kernel_size": "global"},
    )

    assert re.findall(r"layer \d, (.*?): a ", scene_alt(reel)) == [
        "a 3×3 Sobel x kernel with stride 2, padding 1 with zeros",
        "the average of 3×3 with stride 2, last windows that may hang over the edge",
        "the global max of 2×2",
    ]
