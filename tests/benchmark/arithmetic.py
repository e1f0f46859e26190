"""What cross-correlation and layers cost, beside SciPy and PyTorch."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage, signal

from generator.arithmetic import Geometry, layer_output
from tests.arithmetic.one_channel import cross_correlate
from tests.benchmark.timing import Contender, medians, table

Matrix = npt.NDArray[np.int64] | npt.NDArray[np.float64]


def cross_correlation() -> str:
    """Return the table of cross-correlation against the two of SciPy."""
    rng = np.random.default_rng(0)
    rows = {
        f"float64 {size}², {side}×{side}": _correlation_row(
            rng.random((size, size)), rng.random((side, side))
        )
        for size, side in ((512, 3), (512, 5), (512, 11), (2048, 3))
    }
    image, kernel = rng.integers(0, 256, (512, 512)), rng.integers(-9, 10, (3, 3))
    rows["int64 512², 3×3"] = _correlation_row(image, kernel)
    return table("Cross-correlation", rows)


def _correlation_row(image: Matrix, kernel: Matrix) -> dict[str, float]:
    """Return the medians for one image and kernel, once all contenders are seen to agree."""
    contenders: dict[str, Callable[[], npt.NDArray[Any]]] = {
        "layer_output": lambda: cross_correlate(image, kernel),
        "scipy.signal.correlate2d": lambda: signal.correlate2d(image, kernel, "valid"),
        "scipy.ndimage.correlate": lambda: _ndimage_valid(image, kernel),
    }
    ours, *others = (contender() for contender in contenders.values())
    for theirs in others:
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    return medians(contenders)


def _ndimage_valid(image: Matrix, kernel: Matrix) -> npt.NDArray[Any]:
    """Return SciPy's answer without the places where the kernel sticks out of the image."""
    top, left = kernel.shape[0] // 2, kernel.shape[1] // 2
    answer: npt.NDArray[Any] = ndimage.correlate(image, kernel)
    return answer[
        top : top + image.shape[0] - kernel.shape[0] + 1, left : left + image.shape[1] - kernel.shape[1] + 1
    ]


def layers() -> str:
    """Return the table of layers with stride, padding and dilation, against PyTorch where it is installed."""
    rows = {
        f"512², {side}×{side}, stride {stride}, dilation {apart}, padding {around}": _layer_row(
            side, stride, apart, around
        )
        for side, stride, apart in product((3, 11), (1, 2, 3), (1, 2))
        for around in (0, side // 2 * apart)
    }
    return table("Layers, processor time", rows)


def _layer_row(side: int, stride: int, apart: int, around: int) -> dict[str, float]:
    """Return the medians for an 8-bit image and small whole weights, PyTorch on one thread."""
    rng = np.random.default_rng(0)
    arrays = rng.integers(0, 256, (1, 512, 512)), rng.integers(-9, 10, (1, 1, side, side))
    geometry = Geometry((stride, stride), ((around, around), (around, around)), dilation=(apart, apart))
    contenders: dict[str, Contender] = {}
    for name in ("int64", "float64"):
        image, weights = (array.astype(name) for array in arrays)
        contenders[f"layer_output, {name}"] = partial(layer_output, image, weights, geometry)
    if find_spec("torch"):
        torch: Any = import_module("torch")
        torch.set_num_threads(1)
        for name in ("float64", "float32"):
            given = [torch.tensor(array, dtype=getattr(torch, name)) for array in arrays]
            contenders[f"conv2d, {name}"] = partial(
                torch.nn.functional.conv2d, *given, stride=stride, padding=around, dilation=apart
            )
    ours, *others = (np.asarray(contender()) for contender in contenders.values())
    for theirs in others:
        np.testing.assert_array_equal(ours, theirs)
    return medians(contenders, clock=process_time)
