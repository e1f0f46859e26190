"""What an author writes for stride, padding and the like: forms, words, and every message of a wrong one."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.arithmetic import (
    Geometry,
    Margins,
    declared_padding,
    declared_pair,
    geometry_of,
    lines_under,
)
from generator.errors import InvalidValue
from tests.arithmetic import oracle


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 5), st.integers(6, 60))
def test_same_keeps_the_size_and_full_shows_every_overlap(
    height: int, width: int, dilation: int, size: int
) -> None:
    """Same gives as many answers as pixels, even kernels included; full one more for each step of overlap."""
    kernel = height, width
    same = geometry_of(kernel, padding="same", dilation=dilation)
    full = geometry_of(kernel, padding="full", dilation=dilation)

    assert same.output_size((size, size), kernel) == (size, size)
    assert all(0 <= after - before <= 1 for before, after in same.padding)
    assert full.output_size((size, size), kernel) == (
        size + dilation * (height - 1),
        size + dilation * (width - 1),
    )
    assert geometry_of(kernel, padding="valid", dilation=dilation).padding == ((0, 0), (0, 0))


@pytest.mark.parametrize("cases", [1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_sized_words_are_those_of_growing_margins(cases: int) -> None:
    """With any stride and dilation there are ⌈n / stride⌉ windows, and no margin is wider than they need."""
    rng = np.random.default_rng(14)
    for _ in range(cases):
        size, kernel, stride, dilation = (
            (int(a), int(b)) for a, b in (rng.integers(1, most, 2) for most in (20, 6, 6, 4))
        )
        reach = Geometry(dilation=dilation).span(kernel)
        for word in ("same-upper", "same-lower"):
            geometry = geometry_of(kernel, stride=stride, padding=word, dilation=dilation, image_size=size)

            assert geometry.padding == tuple(
                oracle.fitted(*numbers, word) for numbers in zip(size, reach, stride, strict=True)
            )
            assert geometry.output_size(size, kernel) == tuple(
                -(-n // step) for n, step in zip(size, stride, strict=True)
            )


@given(st.integers(1, 9), st.integers(1, 5), st.integers(1, 4), st.integers(1, 4))
def test_causal_answers_look_back_alone(size: int, kernel: int, dilation: int, stride: int) -> None:
    """The last weight of each window lies on the pixel of its step, others before it or in the padding."""
    geometry = geometry_of((1, kernel), padding="causal", dilation=dilation, stride=stride, line=True)

    _, places = lines_under(geometry, (1, size), (1, kernel))

    assert places[:, -1].tolist() == list(range(0, size, stride))
    assert (places <= places[:, -1:]).all()
    steps, apart = [1, stride], [1, dilation]
    by_size = geometry_of((1, kernel), padding="causal", dilation=apart, stride=steps, image_size=(1, size))
    assert by_size == geometry


@pytest.mark.parametrize(
    ("declared", "margins"),
    [
        (1, ((1, 1), (1, 1))),
        ([1, 2], ((1, 1), (2, 2))),
        ([[1, 2], [3, 4]], ((1, 2), (3, 4))),
        ([1, [2, 3]], ((1, 1), (2, 3))),
        ((0, 0), ((0, 0), (0, 0))),
        ("same", ((1, 2), (2, 2))),
        ("full", ((3, 3), (4, 4))),
    ],
)
def test_padding_is_declared_in_many_forms(declared: object, margins: Margins) -> None:
    """A number, a pair, pairs of pairs, and words."""
    assert declared_padding(declared, (4, 5)) == margins


def test_a_line_is_an_image_of_height_one() -> None:
    """On a line a single number is about columns, a pair is still rows first, and "same" pads columns."""
    geometry = geometry_of((1, 3), stride=2, padding=1, dilation=3, line=True)

    assert (geometry.stride, geometry.padding, geometry.dilation) == ((1, 2), ((0, 0), (1, 1)), (1, 3))
    assert geometry_of((1, 2), stride=1, padding="same", line=True).padding == ((0, 0), (0, 1))
    spread = geometry_of((1, 3), stride=2, transposed=True, output_padding=1, line=True)
    assert spread.output_padding == (0, 1)
    assert spread.output_size((1, 3), (1, 3)) == (1, 8)
    assert declared_pair("stride", [1, 2], line=True) == (1, 2)


WHOLE_PAIR = "Write stride = 2, or rows first: stride = [1, 2]."
PADDINGS = (
    "Write padding = 1, [rows, columns], [[top, bottom], [left, right]], "
    '"valid", "same", "full", "same-upper", "same-lower" or "causal".'
)


@pytest.mark.parametrize(
    ("compute", "message", "hint", "key"),
    [
        (
            lambda: declared_pair("stride", 0),
            "the stride is 0, not a whole number from 1",
            WHOLE_PAIR,
            "stride",
        ),
        (
            lambda: declared_pair("stride", [1, -2]),
            "the stride is -2, not a whole number from 1",
            WHOLE_PAIR,
            "stride",
        ),
        (
            lambda: declared_pair("stride", 1.5),
            "the stride is 1.5, not a whole number from 1",
            WHOLE_PAIR,
            "stride",
        ),
        (
            lambda: declared_pair("stride", "two"),
            'the stride is "two", not a whole number from 1',
            WHOLE_PAIR,
            "stride",
        ),
        (
            lambda: declared_pair("stride", True),
            "the stride is true, not a whole number from 1",
            WHOLE_PAIR,
            "stride",
        ),
        (lambda: declared_pair("stride", [1, 2, 3]), "the stride has 3 numbers", WHOLE_PAIR, "stride"),
        (
            lambda: declared_pair("dilation", [2]),
            "the dilation has 1 number",
            "Write dilation = 2, or rows first: dilation = [1, 2].",
            "dilation",
        ),
        (
            lambda: declared_pair("output_padding", -1),
            "the output_padding is -1, not a whole number from 0",
            "Write output_padding = 1, or rows first: output_padding = [0, 1].",
            "output_padding",
        ),
        (
            lambda: declared_pair("stride", 10**7),
            "the stride is 10,000,000",
            "It may be 1,000,000 at most.",
            "stride",
        ),
        (
            lambda: declared_padding(-1, (3, 3)),
            "the padding is -1, not a whole number from 0",
            PADDINGS,
            "padding",
        ),
        (lambda: declared_padding([1], (3, 3)), "the padding has 1 value", PADDINGS, "padding"),
        (
            lambda: declared_padding([[1, 2, 3], 1], (3, 3)),
            "a pair of the padding has 3 numbers",
            PADDINGS,
            "padding",
        ),
        (
            lambda: declared_padding("some", (3, 3)),
            'unknown padding "some"',
            'Did you mean "same"?',
            "padding",
        ),
        (
            lambda: declared_padding("same", (3, 3), stride=(2, 2)),
            'padding "same" keeps the size at stride 1 alone, and the stride is 2',
            "Write a number, as in padding = 1.",
            "padding",
        ),
        (
            lambda: geometry_of((3, 3), padding="same", stride=[2, 1], image_size=(7, 7)),
            'padding "same" keeps the size at stride 1 alone, and the stride is [2, 1]',
            'Write a number, as in padding = 1 or padding = "same-upper".',
            "padding",
        ),
        (
            lambda: geometry_of((3, 3), padding="SAME_LOWER", image_size=(7, 7)),
            'unknown padding "SAME_LOWER"',
            'Did you mean "same-lower"?',
            "padding",
        ),
        (
            lambda: geometry_of((3, 3), padding="same-upper"),
            'padding "same-upper" goes by the size of the image, which is not known here',
            "Write a number, as in padding = 1.",
            "padding",
        ),
        (
            lambda: geometry_of((1, 3), padding="causal", dilation=2, image_size=(5, 7)),
            'padding "causal" is for one row, and the image has 5 rows',
            "To pad before alone, write padding = [[0, 0], [4, 0]].",
            "padding",
        ),
        (
            lambda: declared_padding("causal", (3, 3)),
            'padding "causal" is for one row, and the image has several',
            "To pad before alone, write padding = [[2, 0], [2, 0]].",
            "padding",
        ),
        (
            lambda: declared_padding("causal", (2, 3), line=True),
            'padding "causal" is for one row, and the kernel has 2 rows',
            "To pad before alone, write padding = [[1, 0], [2, 0]].",
            "padding",
        ),
        (
            lambda: geometry_of((3, 3), padding_mode="zeroes"),
            'unknown padding_mode "zeroes"',
            'Did you mean "zeros"?',
            "padding_mode",
        ),
        (
            lambda: geometry_of((3, 3), groups=0),
            "groups is 0, not a whole number from 1",
            "Write groups = 1, or another number that divides the channels.",
            "groups",
        ),
        (
            lambda: geometry_of((3, 3), output_padding=1),
            "output_padding is [1, 1] without transposed = true",
            "Leave it out: only a transposed layer has it.",
            "output_padding",
        ),
        (
            lambda: geometry_of((3, 3), transposed=True, padding="same"),
            'a transposed layer crops its output by numbers, and padding is "same"',
            "Write a number, as in padding = 1.",
            "padding",
        ),
        (
            lambda: geometry_of((3, 3), transposed=True, padding_mode="reflect"),
            'a transposed layer crops its output, and padding_mode is "reflect"',
            "Leave padding_mode out.",
            "padding_mode",
        ),
        (
            lambda: geometry_of((3, 3), transposed=True, stride=2, output_padding=[0, 2]),
            "output_padding adds 2 columns at stride 2 and dilation 1",
            "Here it may be 1 at most.",
            "output_padding",
        ),
        (
            lambda: geometry_of((3, 3), padding=1, padding_value=0.5),
            'padding_value is 0.5, and padding_mode is "zeros"',
            'Write padding_mode = "constant", or leave padding_value out.',
            "padding_value",
        ),
        (
            lambda: geometry_of((3, 3), padding_mode="constant", padding_value=float("nan")),
            "the padding_value is nan, not a number",
            "Write padding_value = 255.",
            "padding_value",
        ),
        (
            lambda: geometry_of((3, 3), padding_mode="constant", padding_value="red"),  # type: ignore[arg-type]
            'the padding_value is "red", not a number',
            "Write padding_value = 255.",
            "padding_value",
        ),
        (
            lambda: geometry_of((3, 3), transposed=True, padding_mode="constant", padding_value=5),
            'a transposed layer crops its output, and padding_mode is "constant"',
            "Leave padding_mode out.",
            "padding_mode",
        ),
    ],
)
def test_values_that_cannot_be_used_are_refused(
    compute: Callable[[], object], message: str, hint: str, key: str
) -> None:
    """The fact has the received value, the hint a way out, the key the option it is about."""
    with pytest.raises(InvalidValue) as caught:
        compute()

    assert (caught.value.message, caught.value.hint, caught.value.key) == (message, hint, key)
