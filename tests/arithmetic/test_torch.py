"""Agreement with PyTorch itself, where it is installed: names and meanings are its own to the letter."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pytest

from generator.arithmetic import (
    ACTIVATIONS,
    Activation,
    Geometry,
    PaddingMode,
    activated,
    average_pool,
    geometry_of,
    gradient,
    layer_output,
    max_pool,
    slope,
)
from tests.arithmetic.random_layers import RandomLayer, random_layer
from tests.arithmetic.test_learning import lessons
from tests.arithmetic.test_network import drawn
from tests.arithmetic.test_pooling import random_pooling

torch: Any = pytest.importorskip("torch", reason="PyTorch is not among the tests' requirements")


THEIR_ACTIVATIONS: dict[Activation | None, Callable[[Any], Any]] = {
    None: lambda made: made,
    "relu": torch.relu,
    "leaky-relu": torch.nn.functional.leaky_relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "abs": torch.abs,
    "clamp": lambda made: torch.clamp(made, 0, 255),
}

PARTS = ("kernels", "biases", "classes", "class_biases")
"""Of a network."""

CONV2D_MODES: tuple[PaddingMode, ...] = ("zeros", "reflect", "replicate", "circular")


def around(image: Any, geometry: Geometry) -> Any:  # noqa: ANN401 - PyTorch's types are not here
    """Return the image with its padding, which for "symmetric" is NumPy's."""
    (top, bottom), (left, right) = geometry.padding
    if geometry.padding_mode == "symmetric":
        return torch.tensor(np.pad(image.numpy(), ((0, 0), *geometry.padding), "symmetric"))
    sides, mode = (left, right, top, bottom), geometry.padding_mode
    if mode in {"zeros", "constant"}:
        return torch.nn.functional.pad(image, sides, value=geometry.padding_value)
    return torch.nn.functional.pad(image[None], sides, mode=mode)[0]


def theirs(layer: RandomLayer) -> Any:  # noqa: ANN401 - PyTorch's types are not here
    """Return PyTorch's answer in float64; uneven padding is added beforehand, and cropped afterwards."""
    geometry = layer.geometry
    functional = torch.nn.functional
    image, weights = (torch.tensor(array, dtype=torch.float64) for array in (layer.image, layer.weights))
    bias = None if layer.bias is None else torch.tensor(layer.bias, dtype=torch.float64)
    (top, bottom), (left, right) = geometry.padding
    common = {"stride": geometry.stride, "dilation": geometry.dilation, "groups": geometry.groups}
    if geometry.transposed:
        even = (min(top, bottom), min(left, right))
        extra = geometry.output_padding
        made = functional.conv_transpose2d(
            image[None], weights, bias, padding=even, output_padding=extra, **common
        )[0]
        made = made[
            :,
            top - even[0] : made.shape[1] - (bottom - even[0]),
            left - even[1] : made.shape[2] - (right - even[1]),
        ]
    else:
        made = functional.conv2d(around(image, geometry)[None], weights, bias, **common)[0]
    return THEIR_ACTIVATIONS[layer.activation](made).numpy()


@pytest.mark.parametrize("cases", [1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_layers_are_those_of_pytorch(cases: int) -> None:
    """Every option at once: conv2d after pad, and conv_transpose2d with output_padding."""
    rng = np.random.default_rng(50)
    for case in range(cases):
        layer = random_layer(rng, whole=case % 2 == 0)
        ours = layer_output(layer.image, layer.weights, layer.geometry, layer.bias, layer.activation)
        size = layer_output(
            np.abs(layer.image),
            np.abs(layer.weights),
            replace(layer.geometry, padding_value=abs(layer.geometry.padding_value)),
            None if layer.bias is None else np.abs(layer.bias),
        )

        answer = theirs(layer)

        assert answer.shape == ours.shape, layer
        assert (np.abs(ours - answer) <= 1e-12 * size + 1e-15).all(), layer


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_are_those_of_pytorch(activation: Activation) -> None:
    """Random numbers of all magnitudes, both infinities, both zeros, and not-a-number."""
    rng = np.random.default_rng(53)
    values = np.concatenate(
        [rng.normal(size=10_000) * 10.0 ** rng.integers(-8, 8, 10_000), [np.inf, -np.inf, np.nan, 0.0, -0.0]]
    )

    answer = THEIR_ACTIVATIONS[activation](torch.tensor(values)).numpy()

    np.testing.assert_allclose(activated(values, activation), answer, rtol=1e-15, atol=1e-300)


@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
def test_same_pads_the_side_that_pytorch_pads() -> None:
    """Even kernels, dilated too, in every mode: `Conv2d(padding="same")` gives the same answers."""
    rng = np.random.default_rng(51)
    for mode in CONV2D_MODES:
        for _ in range(50):
            kernel = int(rng.integers(1, 5)), int(rng.integers(1, 5))
            dilation = int(rng.integers(1, 4)), int(rng.integers(1, 4))
            layer = torch.nn.Conv2d(
                1, 1, kernel, padding="same", padding_mode=mode, dilation=dilation, bias=False
            ).double()
            image = rng.normal(size=(1, 12, 12))
            geometry = geometry_of(kernel, padding="same", padding_mode=mode, dilation=dilation)

            ours = layer_output(image, layer.weight.detach().numpy(), geometry)

            answer = layer(torch.tensor(image)[None]).detach().numpy()[0]
            np.testing.assert_allclose(ours, answer, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("cases", [1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_pooling_is_that_of_pytorch(cases: int) -> None:
    """Values, places, averages and ceil_mode, for paddings that are the same on both sides."""
    rng = np.random.default_rng(52)
    tried = 0
    while tried < cases:
        image, size, geometry, _ = random_pooling(rng)
        if any(before != after for before, after in geometry.padding):
            continue
        tried += 1
        image = image % 50
        tensor = torch.tensor(image, dtype=torch.float64)
        even = geometry.padding[0][0], geometry.padding[1][0]
        steps = {"stride": geometry.stride, "padding": even, "ceil_mode": geometry.ceil_mode}
        values, places = torch.nn.functional.max_pool2d(
            tensor[None], size, dilation=geometry.dilation, return_indices=True, **steps
        )
        assert geometry.output_size((image.shape[1], image.shape[2]), size) == values.shape[2:]
        if torch.isfinite(values).all():
            pooled = max_pool(image, size, geometry)
            assert pooled.values.tolist() == values[0].tolist()
            flat = pooled.places[..., 0] * image.shape[2] + pooled.places[..., 1]
            assert flat.tolist() == places[0].tolist()
        if geometry.dilation == (1, 1):
            for counted in (True, False):
                ours = average_pool(image, size, geometry, count_include_pad=counted)
                answer = torch.nn.functional.avg_pool2d(
                    tensor[None], size, count_include_pad=counted, **steps
                )
                np.testing.assert_allclose(ours, answer[0].numpy(), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("cases", [500])
def test_gradients_are_those_of_autograd(cases: int) -> None:
    for lesson in islice(lessons(72), cases):
        learner = lesson.learner
        weights = torch.tensor(learner.weights, requires_grad=True)
        bias = None if learner.bias is None else torch.tensor(learner.bias, requires_grad=True)
        geometry = learner.geometry
        options = {"stride": geometry.stride, "dilation": geometry.dilation, "groups": geometry.groups}
        errors = []
        for example in lesson.examples:
            image = around(torch.tensor(example.image, dtype=torch.float64), geometry)
            made = torch.nn.functional.conv2d(image[None], weights, bias, **options)[0]
            errors.append(
                (THEIR_ACTIVATIONS[learner.activation](made) - torch.tensor(example.wanted)).ravel()
            )
        loss = torch.cat(errors).square().mean()
        loss.backward()
        ours = slope(learner, lesson.examples)
        assert ours.loss == pytest.approx(loss.item(), rel=1e-12)
        np.testing.assert_allclose(ours.weights, weights.grad.numpy(), rtol=1e-10, atol=1e-10)
        if bias is not None and ours.bias is not None:
            np.testing.assert_allclose(ours.bias, bias.grad.numpy(), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("seed", range(100))
def test_networks_are_those_of_pytorch(seed: int) -> None:
    """What they make of images, and all of their gradient."""
    network, images, labels = drawn(seed)
    parts = [torch.tensor(getattr(network, name), requires_grad=True) for name in PARTS]
    kernels, biases, classes, class_biases = parts
    functional = torch.nn.functional
    maps = torch.relu(functional.conv2d(torch.tensor(images)[:, None], kernels, biases, padding=1))
    pooled = functional.max_pool2d(maps, 2)
    scores = functional.linear(pooled.flatten(1), classes.flatten(1), class_biases)
    functional.cross_entropy(scores, torch.tensor(labels)).backward()
    np.testing.assert_allclose(network.seen(images).scores, scores.detach().numpy(), rtol=1e-10, atol=1e-12)
    ours = gradient(network, images, labels)
    for name, part in zip(PARTS, parts, strict=True):
        np.testing.assert_allclose(getattr(ours, name), part.grad.numpy(), rtol=1e-9, atol=1e-12)
