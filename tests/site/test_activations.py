"""Activations in words: what becomes of a sum is told, how exact it is, and what is cut off."""

import pytest

from generator.site.words import scene_alt, spoken
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import scene

PIXELS = "[[-300, -2, 0, 300]]"
TOLD = {
    "relu": ("ReLU", ["after ReLU 0", "after ReLU 0", "after ReLU 0", "after ReLU 300"]),
    "leaky-relu": (
        "leaky ReLU",
        [
            "after leaky ReLU minus 3",
            "after leaky ReLU minus 0.02",
            "after leaky ReLU 0",
            "after leaky ReLU 300",
        ],
    ),
    "sigmoid": (
        "a sigmoid",
        ["after the sigmoid " + answer for answer in ("about 0", "about 0.12", "0.5", "about 1")],
    ),
    "tanh": (
        "tanh",
        ["after tanh " + answer for answer in ("about minus 1", "about minus 0.96", "0", "about 1")],
    ),
    "abs": (
        "the absolute value of each sum",
        ["its absolute value is " + answer for answer in ("300", "2", "0", "300")],
    ),
    "clamp": (
        "a clamp to between 0 and 255",
        ["the clamp cuts it off at 0"] * 2 + ["after the clamp 0", "the clamp cuts it off at 255"],
    ),
}
"""What a layer is said to have, and what becomes of each pixel."""
RANGES = {
    "sigmoid": "from about 0 to about 1.",
    "tanh": "from about −1 to about 1.",
    "clamp": "from 0 to 255, 3 of the 4 answers cut off.",
    "abs": "from 0 to 300.",
}


@pytest.mark.parametrize("activation", TOLD)
def test_what_becomes_of_a_sum_is_told(activation: str) -> None:
    """An answer that no digits can say is about what it is printed as."""
    reel = reel_from(scene(PIXELS, "[[1]]", activation=f'"{activation}"'))
    option, steps = TOLD[activation]

    assert [spoken(reel, frame).rpartition("; ")[2] for frame in reel.frames] == [
        f"{step}." for step in steps
    ]
    assert f"a 1×1 kernel with {option}; " in scene_alt(reel)
    assert scene_alt(reel).endswith(RANGES.get(activation, ""))


def test_what_a_stack_cuts_off_is_told() -> None:
    """In the sentence of the cell, and of the whole grid."""
    head = f'id = "a"\nkind = "stack"\nimage = {PIXELS}\n'
    reel = reel_from(f'{head}[[layers]]\nkernel = [[2]]\n[[layers]]\nkernel = [[1]]\nactivation = "clamp"\n')

    assert [spoken(reel, frame).endswith("cut off.") for frame in reel.frames] == [True, True, False, True]
    assert "from 0 to 255, 3 of the 4 answers cut off." in scene_alt(reel)


def test_numbers_made_of_curves_are_never_exact() -> None:
    """A sum of answers near 1 is printed as a whole number, and said to be rounded."""
    text = (
        'id = "a"\nkind = "stack"\nimage = [[900, 900]]\n[[layers]]\nkernel = [[1]]\nactivation = "sigmoid"\n'
    )
    reel = reel_from(f"{text}[[layers]]\nkernel = [[1, 1]]\n")

    assert spoken(reel, reel.frames[0]).endswith("it holds about 2.")


def test_small_answers_of_tanh_are_told() -> None:
    """They are near no end of it."""
    pixels = "[[0.01, 0.02, 0.03], [0.2, 0.1, 0.03]]"
    reel = reel_from(scene(pixels, "[[0.1, -0.2]]", activation='"tanh"'))

    assert spoken(reel, reel.frames[0]).endswith("; after tanh about minus 0.003.")
    assert scene_alt(reel).endswith(", from about −0.004 to about 0.004.")


def test_a_bias_that_is_cut_off_counts() -> None:
    """Also where no pixel spreads to."""
    options = {"stride": "3", "bias": "-3", "activation": '"clamp"', "transposed": "true"}
    reel = reel_from(scene("[[1, 2], [3, 4]]", "[[1]]", **options))

    assert scene_alt(reel).endswith("from 0 to 1, 14 of the 16 answers cut off.")
