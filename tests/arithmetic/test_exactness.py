"""Magnitudes of whole numbers of every type."""

from typing import Any

import numpy as np
import pytest

from generator.arithmetic.exactness import largest


@pytest.mark.parametrize("name", ["?", "u1", "i1", "<u2", ">u2", "<i4", ">i4", "<u8", ">u8", "<i8", ">i8"])
def test_the_largest_magnitude_is_that_of_exact_numbers(name: str) -> None:
    """All types, in both orders of bytes, up to the ends of their range, contiguous or not."""
    number_type: np.dtype[Any] = np.dtype(name)
    ends = (0, 1) if name == "?" else (np.iinfo(number_type).min, np.iinfo(number_type).max)
    for values in ([ends[0]], [ends[1]], [0, *ends], [ends[0] + 1, 0, 1], [0, 1, 0], []):
        array = np.array(values, number_type)

        assert largest(array) == max(map(abs, map(int, values)), default=0)
        assert largest(np.array([array, array]).T[::-1]) == largest(array)
