"""Agreement with ONNX Runtime, where it is installed: what auto_pad means, for layers and for pooling."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from generator.arithmetic import (
    Geometry,
    Pair,
    average_pool,
    geometry_of,
    layer_output,
    max_pool,
    pooling_geometry_of,
)

onnx: Any = pytest.importorskip("onnx", reason="ONNX is not among the tests' requirements")
runtime: Any = pytest.importorskip("onnxruntime", reason="ONNX Runtime is not among the tests' requirements")

AUTO_PADS = {"same-upper": "SAME_UPPER", "same-lower": "SAME_LOWER"}


def answer(operator: str, inputs: dict[str, npt.NDArray[Any]], **attributes: Any) -> npt.NDArray[Any]:  # noqa: ANN401
    """Return what an operator makes of its inputs, one image at a time, in float32."""
    helper = onnx.helper
    tensors = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, array.shape)
        for name, array in inputs.items()
    ]
    outcome = helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, None)
    graph = helper.make_graph(
        [helper.make_node(operator, list(inputs), ["y"], **attributes)], "g", tensors, [outcome]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    session = runtime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    given = {name: array.astype(np.float32) for name, array in inputs.items()}
    made: npt.NDArray[Any] = session.run(None, given)[0][0]
    return made


def needs_cropping(size: Pair, reach: Pair, stride: Pair) -> bool:
    """Tell whether windows skip the end of the image: there ONNX crops or refuses, and others pad nothing."""
    return any(range(0, n, step)[-1] + span < n for n, span, step in zip(size, reach, stride, strict=True))


def drawn(rng: np.random.Generator, most: int) -> Pair:
    """Return a random pair of numbers from 1."""
    first, second = rng.integers(1, most, 2, endpoint=True).tolist()
    return first, second


@pytest.mark.parametrize("word", AUTO_PADS)
@pytest.mark.parametrize("cases", [200, pytest.param(1000, marks=pytest.mark.long)])
def test_layers_with_sized_padding_are_those_of_onnx(word: str, cases: int) -> None:
    """Any size, stride and dilation: Conv with auto_pad gives the same whole numbers.

    ONNX Runtime has no auto_pad with dilation, so there the gaps of the kernel are filled with zeros.
    """
    rng = np.random.default_rng(60)
    for _ in range(cases):
        size, kernel, stride, dilation = (drawn(rng, most) for most in (12, 5, 4, 3))
        if needs_cropping(size, Geometry(dilation=dilation).span(kernel), stride):
            continue
        image, weights = rng.integers(-9, 10, (1, *size)), rng.integers(-9, 10, (1, 1, *kernel))

        sparse = np.zeros((1, 1, *Geometry(dilation=dilation).span(kernel)), int)
        sparse[..., :: dilation[0], :: dilation[1]] = weights

        geometry = geometry_of(kernel, stride=stride, padding=word, dilation=dilation, image_size=size)
        ours = layer_output(image, weights, geometry)

        inputs = {"x": image[np.newaxis], "w": sparse}
        theirs = answer("Conv", inputs, auto_pad=AUTO_PADS[word], strides=stride)
        assert ours.tolist() == theirs.tolist(), (size, kernel, stride, dilation)


@pytest.mark.parametrize("word", AUTO_PADS)
def test_pools_with_sized_padding_are_those_of_onnx(word: str) -> None:
    """MaxPool, and AveragePool that counts pixels alone or padding too, with auto_pad."""
    rng = np.random.default_rng(61)
    for _ in range(200):
        shape, kernel, stride = (drawn(rng, most) for most in (12, 5, 4))
        if needs_cropping(shape, kernel, stride):
            continue
        image = rng.integers(-9, 10, (1, *shape))
        options = {"auto_pad": AUTO_PADS[word], "strides": stride, "kernel_shape": kernel}
        size, geometry = pooling_geometry_of(kernel, stride=stride, padding=word, image_size=shape)

        largest = max_pool(image, size, geometry).values

        assert largest.tolist() == answer("MaxPool", {"x": image[np.newaxis]}, **options).tolist()
        for counted in (True, False):
            ours = average_pool(image, size, geometry, count_include_pad=counted)
            theirs = answer("AveragePool", {"x": image[np.newaxis]}, count_include_pad=counted, **options)
            np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6)
