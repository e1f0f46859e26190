"""Arrays of very many numbers: NumPy files beside the JSON, which names them in place of the values."""

from io import BytesIO

import numpy as np

from generator.arithmetic import Array
from generator.scenes.documents import MOST_NUMBERS
from generator.scenes.reel import Reel

WHOLE_TYPES = ("uint8", "int16", "int32", "int64")
"""The number types of a file of whole numbers; the first that holds all of them is taken."""


def array_files(reel: Reel) -> dict[str, bytes]:
    """Return the files, by name, of those arrays of a reel that its JSON does not spell out."""
    return {name: _npy(array) for name, array in reel.filed.items() if array.size > MOST_NUMBERS}


def _npy(array: Array) -> bytes:
    """Return an array as a NumPy file: in as few bits as hold each of its numbers exactly."""
    if array.dtype.kind == "f":
        with np.errstate(over="ignore"):  # what is too large is not equal
            kind = "float32" if np.array_equal(array.astype("float32"), array) else "float64"
    else:
        kind = _smallest(int(array.min()), int(array.max()))
    data = BytesIO()
    np.save(data, np.ascontiguousarray(array.astype(kind)), allow_pickle=False)
    return data.getvalue()


def _smallest(low: int, high: int) -> str:
    """Return the first type of whole numbers that holds both.

    >>> _smallest(0, 255), _smallest(-1, 255), _smallest(0, 70_000)
    ('uint8', 'int16', 'int32')
    """
    limits = {name: np.iinfo(name) for name in WHOLE_TYPES}
    return next(name for name, limit in limits.items() if limit.min <= low and high <= limit.max)
