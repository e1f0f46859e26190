"""Random scenes with every option at once: each number of their files, against exact loops and PyTorch."""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from generator.errors import AuthorError, InvalidValue
from generator.scenes import frames_json
from tests.scenes import oracle
from tests.scenes.making import reel_from
from tests.scenes.oracle import Layer, Pooling
from tests.scenes.random_scenes import ACTIVATIONS, MODES, WORDS, impossible_text, scene_text
from tests.scenes.test_frames_json import VALIDATOR

BATCH = 100
CASES = range(0, 1000, BATCH)
LONG_CASES = range(10_000, 20_000, BATCH)
SCHEMA_CASES = range(20_000, 20_200)
NEARLY = 1e-12
WORDLIKE = (bool, str, type(None))


def document_of(text: str) -> dict[str, Any]:
    """Return what the project writes about a scene."""
    document: dict[str, Any] = json.loads(frames_json(reel_from(text)))
    return document


def differences(found: Any, exact: Any, size: Any, *, whole: bool, at: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield where a file differs from what is expected; `size` is as large as the terms of each number.

    Keys that are not expected may stand in the file. Whole numbers are integers in it, and with `whole`
    they are equal; others are as near as numbers of a file can be.
    """
    if isinstance(exact, dict) and isinstance(found, dict):
        for key, value in exact.items():
            there = found.get(key, "nothing")
            yield from differences(there, value, size.get(key), whole=whole, at=f"{at}.{key}")
    elif isinstance(exact, list) and isinstance(found, list) and len(found) == len(exact):
        for place, parts in enumerate(zip(found, exact, size, strict=True)):
            yield from differences(*parts, whole=whole, at=f"{at}[{place}]")
    elif not is_right(found, exact, size, whole=whole):
        yield f"{at.lstrip('.')} is {found!r}, not {exact}"


def is_right(found: Any, exact: Any, size: Any, *, whole: bool) -> bool:  # noqa: ANN401
    """Return whether a value of a file is the expected one, a number within `NEARLY` of its size."""
    if type(found) is type(exact) is int and found == exact:
        return True
    if isinstance(exact, WORDLIKE) or isinstance(found, (*WORDLIKE, list, dict)):
        return type(found) is type(exact) and found == exact
    if isinstance(found, float) and found.is_integer():
        return False
    tolerance = 0 if whole and exact.denominator == 1 else NEARLY * abs(size)
    return bool(abs(found - exact) <= tolerance)


def check(seed: int) -> None:
    """Compare all that the project writes about one random scene with what it has to be."""
    text = scene_text(seed)
    declared = tomllib.loads(text)
    expected, sizes = oracle.expected(declared), oracle.magnitudes(declared)

    wrong = list(differences(document_of(text), expected, sizes, whole=oracle.is_whole(declared)))

    assert not wrong, f"random scene {seed} differs in {len(wrong)} places:\n{text}\n" + "\n".join(wrong[:5])


@pytest.mark.parametrize("first", CASES)
def test_random_scenes_are_those_of_exact_loops(first: int) -> None:
    """Windows, products, sums, patches, winners and outputs of every kind of scene."""
    for seed in range(first, first + BATCH):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("first", LONG_CASES)
def test_very_many_random_scenes_are_those_of_exact_loops(first: int) -> None:
    """The same, ten times as often."""
    for seed in range(first, first + BATCH):
        check(seed)


def test_scenes_that_cannot_be_computed_are_refused() -> None:
    """Kernels that stick out, padding that cannot be filled, empty pools: by our own reckoning of each."""
    for seed in range(1000):
        text = impossible_text(seed)
        try:
            reel_from(text)
        except (AuthorError, InvalidValue):
            continue
        pytest.fail(f"impossible scene {seed} is computed:\n{text}")


def test_files_of_random_scenes_keep_to_the_schema() -> None:
    """What readers from outside are told holds for every option."""
    for seed in SCHEMA_CASES:
        text = scene_text(seed)
        fault = next(VALIDATOR.iter_errors(document_of(text)), None)

        assert fault is None, f"random scene {seed}: {fault.json_path} {fault.message}\n{text}"


def test_random_scenes_have_every_option() -> None:
    """Each form of each option comes up often enough in a thousand scenes."""
    forms: Counter[str] = Counter()
    for seed in range(1000):
        declared = tomllib.loads(scene_text(seed))
        forms.update(f"{key} {form_of(value)}" for key, value in declared.items())
        forms.update(sights(oracle.read(declared)))

    assert {form: forms[form] for form in EVERY_FORM if forms[form] < 10} == {}


def sights(scene: Layer | Pooling) -> Iterator[str]:
    """Yield what comes of several options together."""
    padded = any(map(any, scene.padding))
    kind = scene.operation if isinstance(scene, Pooling) else scene.padding_mode
    if len(scene.image[0]) == 1:
        yield "a line"
    if isinstance(scene, Layer) and scene.transposed:
        yield "cropped" if padded else "whole"
    elif padded:
        yield f"padded with {kind}"
    if isinstance(scene, Pooling):
        yield from pooling_sights(scene, padded=padded)


def pooling_sights(pooling: Pooling, *, padded: bool) -> Iterator[str]:
    """Yield what comes of the options of a pool."""
    if any(oracle.overhang(pooling)):
        yield f"{pooling.operation} hanging over"
    if padded and not pooling.count_include_pad:
        yield "padded, not counted"


def form_of(value: object) -> str:
    """Return how an author wrote a value: the word itself, a number, or a list so many lists deep."""
    if isinstance(value, list):
        return "names" if isinstance(value[0], str) else f"list {oracle.depth(value)}"
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else "number"


EVERY_FORM = (
    *("image list 2", "image list 3", "image step", "a line", "groups number"),
    *("kernel list 2", "kernel list 3", "kernel list 4", "kernel names", "kernel sobel-x", "kernel box-blur"),
    *("scale 1/9", "scale -3/7", "scale 1 / 256", "scale number"),
    *("stride number", "stride list 1", "dilation number", "dilation list 1"),
    *("padding number", "padding list 1", "padding list 2", *(f"padding {word}" for word in WORDS)),
    *(f"padding_mode {mode}" for mode in MODES),
    *(f"padded with {mode}" for mode in MODES),
    *("bias number", "bias list 1", *(f"activation {name}" for name in ACTIVATIONS)),
    *(f"operation {name}" for name in ("cross-correlation", "convolution", "max", "average")),
    *("transposed true", "output_padding number", "output_padding list 1"),
    *(
        "ceil_mode true",
        "max hanging over",
        "average hanging over",
        "count_include_pad false",
        "padded, not counted",
    ),
    *(
        "kernel_size number",
        "kernel_size list 1",
        "kernel_size global",
        "cropped",
        "padded with max",
        "padded with average",
    ),
)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("sum", 7.5),
        ("sum", 7),
        ("sum", "8"),
        ("out", [0, 0, 1]),
        ("products", [[[1, 2, 6]]]),
        ("window", [0]),
    ],
)
def test_a_wrong_number_is_found(key: str, value: object) -> None:
    """Whatever is wrong in one frame is told with its place."""
    declared = {"image": [[1, 1, 1]], "kernel": [[1, 2, 5]]}
    exact, found = oracle.expected(declared), oracle.expected(declared)
    found["frames"][0][key] = value

    wrong = list(differences(found, exact, exact, whole=True))

    assert len(wrong) == 1
    assert wrong[0].startswith(f"frames[0].{key}")


def pytorchs_output(scene: Layer | Pooling, torch: Any) -> Any:  # noqa: ANN401 - PyTorch's types are not here
    """Return PyTorch's answer in float64, shape (O, OH, OW)."""
    image = torch.tensor(np.array(scene.image, float))[None]
    if isinstance(scene, Pooling):
        return pytorchs_pools(scene, image, torch)[0].numpy()
    made = (pytorchs_spread if scene.transposed else pytorchs_sums)(
        image,
        torch.tensor(np.array(scene.laid, float)),
        torch.tensor(np.array(scene.bias, float)),
        scene,
        torch,
    )[0]
    return activated(made, torch)[scene.activation]().numpy()


def activated(made: Any, torch: Any) -> dict[str | None, Callable[[], Any]]:  # noqa: ANN401
    """Return what PyTorch makes of sums, by activation."""
    return {
        None: lambda: made,
        "relu": made.relu,
        "leaky-relu": lambda: torch.nn.functional.leaky_relu(made, 0.01),
        "sigmoid": made.sigmoid,
        "tanh": made.tanh,
        "abs": made.abs,
        "clamp": lambda: made.clamp(0, 255),
    }


def pytorchs_sums(image: Any, weights: Any, bias: Any, layer: Layer, torch: Any) -> Any:  # noqa: ANN401
    around = pytorchs_padded(image, layer, torch)
    return torch.nn.functional.conv2d(around, weights, bias, layer.stride, 0, layer.dilation, layer.groups)


def pytorchs_padded(image: Any, layer: Layer, torch: Any) -> Any:  # noqa: ANN401
    """Return an image with its padding; a mirrored edge PyTorch does not have, and NumPy does."""
    (top, bottom), (left, right) = layer.padding
    sides, mode = (left, right, top, bottom), layer.padding_mode
    if mode == "symmetric":
        return torch.tensor(np.pad(image.numpy(), ((0, 0), (0, 0), *layer.padding), "symmetric"))
    if mode in {"zeros", "constant"}:
        return torch.nn.functional.pad(image, sides, value=float(layer.padding_value))
    return torch.nn.functional.pad(image, sides, mode=mode)


def pytorchs_spread(image: Any, weights: Any, bias: Any, layer: Layer, torch: Any) -> Any:  # noqa: ANN401
    """Return the layer's answer; where padding is not the same on both sides, the rest is cropped after."""
    even = tuple(min(sides) for sides in layer.padding)
    made = torch.nn.functional.conv_transpose2d(
        image, weights, bias, layer.stride, even, layer.output_padding, layer.groups, layer.dilation
    )
    rows, columns = (
        slice(before - less, size - (after - less))
        for (before, after), less, size in zip(layer.padding, even, made.shape[2:], strict=True)
    )
    return made[:, :, rows, columns]


def pytorchs_pools(pooling: Pooling, image: Any, torch: Any) -> Any:  # noqa: ANN401
    functional = torch.nn.functional
    (top, bottom), (left, right) = pooling.padding
    least = float("-inf") if pooling.operation == "max" else 0
    around = functional.pad(image, (left, right, top, bottom), value=least)
    ceiling = pooling.ceil_mode
    if pooling.operation == "max":
        made = functional.max_pool2d(
            around, pooling.kernel_size, pooling.stride, 0, pooling.dilation, ceil_mode=ceiling
        )
        return begun(made, pooling)
    made = functional.avg_pool2d(around, pooling.kernel_size, pooling.stride, ceil_mode=ceiling)
    if not pooling.count_include_pad:
        own = functional.pad(torch.ones_like(image), (left, right, top, bottom))
        made = made / functional.avg_pool2d(own, pooling.kernel_size, pooling.stride, ceil_mode=ceiling)
    return begun(made, pooling)


def begun(made: Any, pooling: Pooling) -> Any:  # noqa: ANN401
    """Return what windows make that begin in the image or before it; others lie in the padding after it.

    PyTorch's own padding leaves them out in the same way, but is the same on both sides.
    """
    if not pooling.ceil_mode:
        return made
    sizes = zip(
        (len(pooling.image[0]), len(pooling.image[0][0])), pooling.padding, pooling.stride, strict=True
    )
    rows, columns = (-(-(size + before) // step) for size, (before, _), step in sizes)
    return made[:, :, :rows, :columns]


@pytest.mark.parametrize("cases", [1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_outputs_of_random_scenes_are_those_of_pytorch(cases: int) -> None:
    """What stands in a file as the output is what PyTorch computes with the same options."""
    torch: Any = pytest.importorskip("torch", reason="PyTorch is not among the tests' requirements")
    for seed in range(cases):
        text = scene_text(seed)
        declared = tomllib.loads(text)
        sizes = np.array(oracle.magnitudes(declared)["output"]["values"], float)
        ours = np.array(document_of(text)["output"]["values"], float)

        theirs = pytorchs_output(oracle.read(declared), torch)

        assert theirs.shape == ours.shape, f"random scene {seed}\n{text}"
        assert (np.abs(theirs - ours) <= NEARLY * sizes).all(), f"random scene {seed}\n{text}"
