"""The oracle of scenes, held against others: NumPy's padding, SciPy's correlations and convolutions."""

import tomllib
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy

from tests.scenes import oracle
from tests.scenes.oracle import Layer, Pooling
from tests.scenes.random_scenes import scene_text

CASES = 1000
NEARLY = 1e-12

NUMPYS_MODES: dict[str, Any] = {
    "zeros": "constant",
    "symmetric": "symmetric",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}

SCIPYS_ACTIVATIONS: dict[str | None, Any] = {
    None: np.positive,
    "relu": lambda sums: sums.clip(min=0),
    "leaky-relu": lambda sums: np.where(sums < 0, 0.01 * sums, sums),
    "sigmoid": scipy.special.expit,
    "tanh": np.tanh,
    "abs": np.abs,
    "clamp": lambda sums: sums.clip(0, 255),
}

Floats = npt.NDArray[np.float64]


def scipy_output(layer: Layer) -> Floats:
    """Return a layer's output as SciPy computes it on images that NumPy padded, or spread out."""
    image, weights = floats(layer.image), spread_out(floats(layer.laid), layer.dilation)
    spread = scipy_spread if layer.transposed else scipy_sums
    output = spread(layer, image, weights) + floats(layer.bias)[:, np.newaxis, np.newaxis]
    return floats(SCIPYS_ACTIVATIONS[layer.activation](output))


def floats(nested: Any) -> Floats:  # noqa: ANN401 - nested to any depth
    return np.array(nested, dtype=np.float64)


def spread_out(planes: Floats, steps: tuple[int, int]) -> Floats:
    """Return planes with zeros between their numbers, which then stand so many steps apart."""
    *_, height, width = planes.shape
    shape = (*planes.shape[:-2], (height - 1) * steps[0] + 1, (width - 1) * steps[1] + 1)
    made = np.zeros(shape)
    made[..., :: steps[0], :: steps[1]] = planes
    return made


def scipy_sums(layer: Layer, image: Floats, weights: Floats) -> Floats:
    """Return the sums of every step-th window."""
    around, mode = ((0, 0), *layer.padding), layer.padding_mode
    if mode == "constant":
        planes = np.pad(image, around, "constant", constant_values=float(layer.padding_value))
    else:
        planes = np.pad(image, around, NUMPYS_MODES[mode])
    channels, each = weights.shape[1], len(weights) // layer.groups
    sums = [
        sum(
            scipy.signal.correlate2d(planes[n // each * channels + c], kernel[c], "valid")
            for c in range(channels)
        )
        for n, kernel in enumerate(weights)
    ]
    return floats(sums)[:, :: layer.stride[0], :: layer.stride[1]]


def scipy_spread(layer: Layer, image: Floats, weights: Floats) -> Floats:
    """Return a transposed layer's sums: a full convolution of the image with zeros between its pixels."""
    rows, columns = layer.output_padding
    planes = np.pad(spread_out(image, layer.stride), ((0, 0), (0, rows), (0, columns)))
    channels, each = len(image) // layer.groups, weights.shape[1]
    sums = [
        sum(
            scipy.signal.convolve2d(planes[c], weights[c, o])
            for c in range(group * channels, (group + 1) * channels)
        )
        for group in range(layer.groups)
        for o in range(each)
    ]
    (top, bottom), (left, right) = layer.padding
    _, height, width = floats(sums).shape
    return floats(sums)[:, top : height - bottom, left : width - right]


def scipy_pooled(pooling: Pooling) -> Floats:
    """Return the largest number, or the average of what is counted, of every step-th window."""
    filler = -np.inf if pooling.operation == "max" else 0
    image = floats(pooling.image)
    windows = every_window(np.pad(image, ((0, 0), *pooling.padding), constant_values=filler), pooling, filler)
    if pooling.operation == "max":
        return floats(windows.max((3, 4)))
    counted = np.pad(
        np.ones_like(image), ((0, 0), *pooling.padding), constant_values=pooling.count_include_pad
    )
    return floats(windows.sum((3, 4)) / every_window(counted, pooling, 0).sum((3, 4)))


def every_window(planes: Floats, pooling: Pooling, beyond: float) -> Floats:
    """Return what every step-th window sees, as many as PyTorch's formula says, shape (C, OH, OW, KH, KW)."""
    size = oracle.reach(pooling.kernel_size, pooling.dilation)
    image, counts = floats(pooling.image), []
    for axis, ((before, _), step) in enumerate(zip(pooling.padding, pooling.stride, strict=True)):
        left = planes.shape[axis + 1] - size[axis]
        count = (left + (step - 1) * pooling.ceil_mode) // step + 1
        if pooling.ceil_mode and (count - 1) * step >= image.shape[axis + 1] + before:
            count -= 1
        counts.append(count)
    room = [(0, step) if pooling.ceil_mode else (0, 0) for step in pooling.stride]
    planes = np.pad(planes, ((0, 0), *room), constant_values=beyond)
    (down, across), (below, beside) = pooling.stride, pooling.dilation
    windows = np.lib.stride_tricks.sliding_window_view(planes, size, axis=(1, 2))
    return floats(windows[:, ::down, ::across, ::below, ::beside][:, : counts[0], : counts[1]])


def test_the_oracle_agrees_with_scipy() -> None:
    """Outputs of every kind: NumPy's padding and SciPy's correlations know nothing of our loops."""
    for seed in range(CASES):
        text = scene_text(seed)
        declared = tomllib.loads(text)
        scene = oracle.read(declared)
        theirs = scipy_pooled(scene) if isinstance(scene, Pooling) else scipy_output(scene)
        ours = floats(oracle.expected(declared)["output"]["values"])
        sizes = floats(oracle.magnitudes(declared)["output"]["values"])

        assert theirs.shape == ours.shape, f"random scene {seed}\n{text}"
        assert (np.abs(theirs - ours) <= NEARLY * np.maximum(sizes, 1)).all(), f"random scene {seed}\n{text}"
