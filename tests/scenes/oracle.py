"""What a scene declares, computed a second time: by the definitions, in exact numbers, frame by frame.

It starts from the TOML alone and shares no code with the project. Padding is built as longer rows, a
dilated window is cut out with steps, and every sum is taken of the products that are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, TypeVar

Number: TypeAlias = int | Fraction
Plane: TypeAlias = list[list[Number]]
Cube: TypeAlias = list[Plane]
Kernels: TypeAlias = list[Cube]
Pair: TypeAlias = tuple[int, int]
Margins: TypeAlias = tuple[Pair, Pair]
Seen: TypeAlias = list[list[tuple[Number, list[int]] | None]]
"""Pixels with their places, and zeros that are counted without one; None stands for what is not counted."""
Document: TypeAlias = dict[str, Any]
Thing = TypeVar("Thing")

CURVES = ("sigmoid", "tanh")

NAMED: Mapping[str, tuple[list[list[int]], Fraction]] = {
    "sobel-x": ([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], Fraction(1)),
    "sobel-y": ([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], Fraction(1)),
    "prewitt-x": ([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]], Fraction(1)),
    "laplacian": ([[0, 1, 0], [1, -4, 1], [0, 1, 0]], Fraction(1)),
    "box-blur": ([[1, 1, 1], [1, 1, 1], [1, 1, 1]], Fraction(1, 9)),
    "gaussian": ([[1, 2, 1], [2, 4, 2], [1, 2, 1]], Fraction(1, 16)),
}
"""Some kernels with their scale, as Sobel and Feldman, Prewitt, and Gonzalez and Woods print them."""

PATTERNS: Mapping[str, list[list[int]]] = {
    "step": [[1, 1, 1, 9, 9, 9, 9] for _ in range(7)],
    "step-down": [[1] * 7] * 3 + [[9] * 7] * 4,
}


@dataclass(frozen=True)
class Layer:
    """A declared convolution in exact numbers, with every default and every word spelled out."""

    image: Cube
    weights: Kernels
    """As declared, times the scale: (O, C / groups, KH, KW), or transposed (C, O / groups, KH, KW)."""
    bias: list[Number]
    stride: Pair
    padding: Margins
    padding_mode: str
    dilation: Pair
    groups: int
    output_padding: Pair
    padding_value: Number
    transposed: bool
    operation: str
    activation: str | None

    @property
    def laid(self) -> Kernels:
        """Return the weights as they lie on the window: a convolution's are turned by half a circle."""
        if self.operation == "cross-correlation":
            return self.weights
        return [[[row[::-1] for row in plane[::-1]] for plane in cube] for cube in self.weights]


@dataclass(frozen=True)
class Pooling:
    """A declared pooling in exact numbers."""

    image: Cube
    operation: str
    kernel_size: Pair
    stride: Pair
    padding: Margins
    dilation: Pair
    ceil_mode: bool
    count_include_pad: bool


def expected(declared: Mapping[str, Any]) -> Document:
    """Return what `frames.json` has to say about a declared scene, with fractions where it has floats."""
    document = document_of(read(declared))
    document["kernel"]["name"] = kernel_name(declared.get("kernel"))
    return document


def kernel_name(kernel: str | list[Any] | None) -> str | None:
    """Return a kernel's name in a file; several stand with commas between them, and numbers have none."""
    if isinstance(kernel, list):
        return ", ".join(kernel) if isinstance(kernel[0], str) else None
    return kernel


def magnitudes(declared: Mapping[str, Any]) -> Document:
    """Return the same document of the same scene without minus signs: how large the terms of each sum are.

    No activation makes a sum that is off by a little be off by more, so that there is none.
    """
    return document_of(_without_signs(read(declared)))


def _without_signs(scene: Layer | Pooling) -> Layer | Pooling:
    image: Cube = _positive(scene.image)
    if isinstance(scene, Pooling):
        return replace(scene, image=image)
    return replace(
        scene,
        image=image,
        weights=_positive(scene.weights),
        bias=_positive(scene.bias),
        padding_value=_positive(scene.padding_value),
        activation=None,
    )


def is_whole(declared: Mapping[str, Any]) -> bool:
    """Return whether all numbers are whole, the scale left out: then no sum may be off by anything."""
    scene = read({**declared, "scale": 1})
    parts = [scene.image] if isinstance(scene, Pooling) else [scene.image, scene.bias]
    kernel = declared.get("kernel")
    return all(isinstance(number, int) for part in (*parts, kernel) for number in _exact_leaves(part))


def output_of(scene: Layer | Pooling) -> Cube:
    """Return the finished output alone."""
    if isinstance(scene, Layer) and scene.transposed:
        *_, (*_, sums) = _spreading(scene)
        return _activated(sums, scene)
    output: Cube = document_of(scene)["output"]["values"]
    return output


def document_of(scene: Layer | Pooling) -> Document:
    if isinstance(scene, Pooling):
        return _pooling_document(scene)
    return _transposed_document(scene) if scene.transposed else _layer_document(scene)


# From the declaration to exact numbers.


def read(declared: Mapping[str, Any]) -> Layer | Pooling:
    """Return a scene with its numbers exact: 0.1 is a tenth."""
    return pooling_of(declared) if declared.get("kind") == "pooling" else layer_of(declared)


def layer_of(declared: Mapping[str, Any]) -> Layer:
    image, weights = _cube(declared["image"]), _weights(declared)
    line, size = len(image[0]) == 1, kernel_size(weights)
    groups, transposed = declared.get("groups", 1), declared.get("transposed", False)
    dilation = _pair(declared.get("dilation", 1), 1, line=line)
    stride = _pair(declared.get("stride", 1), 1, line=line)
    return Layer(
        image=image,
        weights=weights,
        bias=_bias(declared.get("bias", 0), len(weights[0]) * groups if transposed else len(weights)),
        stride=stride,
        padding=_margins(declared.get("padding", 0), image, stride, reach(size, dilation), line=line),
        padding_mode=declared.get("padding_mode", "zeros"),
        padding_value=_exact(declared.get("padding_value", 0)),
        dilation=dilation,
        groups=groups,
        output_padding=_pair(declared.get("output_padding", 0), 0, line=line),
        transposed=transposed,
        operation=declared.get("operation", "cross-correlation"),
        activation=declared.get("activation"),
    )


def pooling_of(declared: Mapping[str, Any]) -> Pooling:
    image = _cube(declared["image"])
    line = len(image[0]) == 1
    whole = len(image[0]), len(image[0][0])
    is_global = declared["kernel_size"] == "global"
    size = whole if is_global else _pair(declared["kernel_size"], 1, line=line)
    dilation = _pair(declared.get("dilation", 1), 1, line=line)
    usual = (1, 1) if is_global else size
    stride = _pair(declared["stride"], 1, line=line) if "stride" in declared else usual
    return Pooling(
        image=image,
        operation=declared["operation"],
        kernel_size=size,
        stride=stride,
        padding=_margins(declared.get("padding", 0), image, stride, reach(size, dilation), line=line),
        dilation=dilation,
        ceil_mode=declared.get("ceil_mode", False),
        count_include_pad=declared.get("count_include_pad", True),
    )


def kernel_size(weights: Kernels) -> Pair:
    """Return the (height, width) of every filter."""
    return len(weights[0][0]), len(weights[0][0][0])


def exact(value: Number | float) -> Number:
    """Return the number as it is written.

    >>> exact(0.1), exact(2.0), exact(-3)
    (Fraction(1, 10), 2, -3)
    """
    if isinstance(value, int):
        return value
    number = value if isinstance(value, Fraction) else Fraction(str(value))
    return number.numerator if number.denominator == 1 else number


def depth(value: object) -> int:
    """Return how many lists deep a value lies."""
    return 1 + depth(value[0]) if isinstance(value, list) else 0


def _exact_leaves(value: Any) -> Iterator[Number]:  # noqa: ANN401 - nested to any depth
    if isinstance(value, list):
        for part in value:
            yield from _exact_leaves(part)
    elif isinstance(value, Fraction):
        yield value
    elif isinstance(value, int | float):
        yield exact(value)


def _exact(nested: Any) -> Any:  # noqa: ANN401 - nested to any depth
    return [_exact(part) for part in nested] if isinstance(nested, list) else exact(nested)


def _positive(nested: Any) -> Any:  # noqa: ANN401 - nested to any depth
    return [_positive(part) for part in nested] if isinstance(nested, list) else abs(nested)


def _times(nested: Any, factor: Fraction) -> Any:  # noqa: ANN401 - nested to any depth
    if factor == 1:
        return nested
    if isinstance(nested, list):
        return [_times(part, factor) for part in nested]
    product = nested * factor
    return product.numerator if product.denominator == 1 else product


def _cube(declared: str | list[Any]) -> Cube:
    """Return an image as planes: rows alone are the one plane of one channel."""
    pixels = PATTERNS[declared] if isinstance(declared, str) else declared
    cube: Cube = _exact([pixels] if depth(pixels) == 2 else pixels)
    return cube


def _weights(declared: Mapping[str, Any]) -> Kernels:
    """Return the weights times the scale; rows alone, and a name, are laid on each group by itself."""
    kernel, groups = declared["kernel"], declared.get("groups", 1)
    if isinstance(kernel, str) or depth(kernel) == 2:
        kernels = [[_plane(kernel)]] * groups
    elif isinstance(kernel[0], str):
        kernels = [[_plane(name)] for name in kernel]
    else:
        kernels = _exact([kernel] if depth(kernel) == 3 else kernel)
    scaled: Kernels = _times(kernels, Fraction(str(declared.get("scale", 1)).replace(" ", "")))
    return scaled


def _plane(kernel: str | list[Any]) -> Plane:
    rows, scale = NAMED[kernel] if isinstance(kernel, str) else (kernel, Fraction(1))
    plane: Plane = _times(_exact(rows), scale)
    return plane


def _bias(declared: float | list[float], filters: int) -> list[Number]:
    return [exact(n) for n in (declared if isinstance(declared, list) else [declared] * filters)]


def _pair(declared: int | Sequence[int], neutral: int, *, line: bool) -> Pair:
    """Return rows before columns; where the image is one line, a single number leaves its rows alone."""
    if isinstance(declared, int):
        return neutral if line else declared, declared
    return declared[0], declared[1]


def _margins(declared: Any, image: Cube, stride: Pair, reaches: Pair, *, line: bool) -> Margins:  # noqa: ANN401
    if isinstance(declared, str) and declared.startswith("same-"):
        sizes = zip((len(image[0]), len(image[0][0])), stride, reaches, strict=True)
        rows, columns = (_fitted(declared, *direction) for direction in sizes)
        return rows, columns
    if isinstance(declared, str):
        rows, columns = (_worded(declared, lines - 1) for lines in reaches)
        return ((0, 0), columns) if declared == "causal" else (rows, columns)
    down, across = _pair(declared, 0, line=line) if isinstance(declared, int) else declared
    return _sides(down), _sides(across)


def _sides(declared: int | Sequence[int]) -> Pair:
    return (declared, declared) if isinstance(declared, int) else (declared[0], declared[1])


def _worded(word: str, lost: int) -> Pair:
    """Return the padding along one direction in which a kernel without padding would lose so many lines.

    "same" gives them all back, of an odd number one more after the image than before it.

    >>> _worded("same", 3), _worded("full", 3), _worded("valid", 3)
    ((1, 2), (3, 3), (0, 0))
    """
    if word == "causal":
        return lost, 0
    before = {"valid": 0, "same": lost // 2, "full": lost}[word]
    return before, lost - before if word == "same" else before


def _fitted(word: str, size: int, step: int, lines: int) -> Pair:
    """Return the least padding with which a window starts on the first line of each step of the image.

    >>> _fitted("same-upper", 6, 2, 3), _fitted("same-lower", 6, 2, 3), _fitted("same-upper", 5, 3, 1)
    ((0, 1), (1, 0), (0, 0))
    """
    windows, total = len(range(0, size, step)), 0
    while len(range(0, size + total - lines + 1, step)) < windows:
        total += 1
    less, more = total // 2, total - total // 2
    return (less, more) if word == "same-upper" else (more, less)


# Padding and windows.


def lengthened(line: list[Thing], sides: Pair, mode: str, nothing: Thing) -> list[Thing]:
    """Return a line with its padding; "reflect" and "circular" need one that is long enough.

    >>> [lengthened([1, 2, 3], (2, 1), m, 0) for m in ("zeros", "reflect")]
    [[0, 0, 1, 2, 3, 0], [3, 2, 1, 2, 3, 2]]
    >>> [lengthened([1, 2, 3], (2, 1), m, 0) for m in ("replicate", "circular")]
    [[1, 1, 1, 2, 3, 3], [2, 3, 1, 2, 3, 1]]
    """
    before, after = sides
    size = len(line)
    left, right = {
        "zeros": ([nothing] * before, [nothing] * after),
        "constant": ([nothing] * before, [nothing] * after),
        "symmetric": (line[:before][::-1], line[size - after :][::-1]),
        "reflect": (line[1 : before + 1][::-1], line[size - 1 - after : size - 1][::-1]),
        "replicate": (line[:1] * before, line[-1:] * after),
        "circular": (line[size - before :], line[:after]),
    }[mode]
    return left + line + right


def padded(plane: list[list[Thing]], margins: Margins, mode: str, nothing: Thing) -> list[list[Thing]]:
    """Return a plane with its padding: first every row becomes longer, then rows are added."""
    rows = [lengthened(row, margins[1], mode, nothing) for row in plane]
    return lengthened(rows, margins[0], mode, [nothing] * len(rows[0]))


def overhang(pooling: Pooling) -> Pair:
    """Return by how many rows and columns the last windows hang over the padded image."""
    return _hanging(pooling, 0), _hanging(pooling, 1)


def overhung(around: list[list[Thing]], pooling: Pooling, nothing: Thing) -> list[list[Thing]]:
    """Return a padded plane, made longer where the last windows hang over its edges."""
    below, beside = overhang(pooling)
    rows = [row + [nothing] * beside for row in around]
    return rows + [[nothing] * len(rows[0]) for _ in range(below)]


def _hanging(pooling: Pooling, axis: int) -> int:
    """Return by how much the last windows hang over: they begin before the image ends, and miss no step."""
    size, (before, after) = (len(pooling.image[0]), len(pooling.image[0][0]))[axis], pooling.padding[axis]
    step, start = pooling.stride[axis], 0
    span = reach(pooling.kernel_size, pooling.dilation)[axis]
    while start + span <= before + size + after:
        start += step
    over = start + span - before - size - after
    return over if pooling.ceil_mode and start < before + size and over < step else 0


def reach(size: Pair, dilation: Pair) -> Pair:
    """Return over how many rows and columns a dilated kernel lies."""
    return dilation[0] * (size[0] - 1) + 1, dilation[1] * (size[1] - 1) + 1


def corners(
    plane: list[list[Thing]], size: Pair, dilation: Pair, stride: Pair
) -> Iterator[tuple[Pair, Pair]]:
    """Yield for each window (row, column) of the output, and its corner in the padded plane."""
    down, across = reach(size, dilation)
    for row, top in enumerate(range(0, len(plane) - down + 1, stride[0])):
        for column, left in enumerate(range(0, len(plane[0]) - across + 1, stride[1])):
            yield (row, column), (top, left)


def window(plane: list[list[Thing]], corner: Pair, size: Pair, dilation: Pair) -> list[list[Thing]]:
    """Return what of a padded plane lies under the weights of a kernel."""
    (top, left), (down, across) = corner, reach(size, dilation)
    rows = plane[top : top + down : dilation[0]]
    return [row[left : left + across : dilation[1]] for row in rows]


def _total(nested: Any) -> Number:  # noqa: ANN401 - nested to any depth
    return sum(map(_total, nested)) if isinstance(nested, list) else nested


def _folded(frames: list[Document], key: str, activation: str | None = None) -> Cube:
    """Return the output that frames fill, in reading order."""
    filters, rows, columns = (1 + last for last in frames[-1]["out"])
    values = (activated(frame[key], activation) for frame in frames)
    return [[[next(values) for _ in range(columns)] for _ in range(rows)] for _ in range(filters)]


def activated(value: Number, activation: str | None) -> Number:
    """Return what becomes of a sum; of the two curves, the nearest double.

    >>> [activated(n, "leaky-relu") for n in (-5, 5)], [activated(n, "clamp") for n in (-5, 7, 300)]
    ([Fraction(-1, 20), 5], [0, 7, 255])
    """
    if activation in CURVES:
        return _curve(value, activation)
    if activation == "clamp":
        return min(max(value, 0), 255)
    if activation is None or value >= 0:
        return value
    if activation == "leaky-relu":
        return Fraction(value) / 100
    return -value if activation == "abs" else 0


@cache
def _curve(value: Number, activation: str) -> Fraction:
    """Return a point of the logistic curve, or of tanh, which is the same curve stretched: 2 σ(2x) − 1.

    It is computed to sixty digits, and is the double nearest to that.
    """
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
        return Fraction(float(2 * _logistic(2 * exact) - 1 if activation == "tanh" else _logistic(exact)))


def _logistic(value: Decimal) -> Decimal:
    """Return σ(x), the power of e taken of what is not positive: it never grows large."""
    falling = (-abs(value)).exp()
    return (1 if value > 0 else falling) / (1 + falling)


def _shaped(nested: Any) -> Document:  # noqa: ANN401 - nested to any depth
    return {"shape": _shape(nested), "values": nested}


def _shape(nested: Any) -> list[int]:  # noqa: ANN401 - nested to any depth
    return [len(nested), *_shape(nested[0])] if isinstance(nested, list) else []


def _placed(corner: Pair, margins: Margins) -> list[int]:
    """Return a corner of the padded plane in the coordinates of the image."""
    return [corner[0] - margins[0][0], corner[1] - margins[1][0]]


def _head(layer: Layer) -> Document:
    return {
        "operation": layer.operation,
        "transposed": layer.transposed,
        "input": _shaped(layer.image),
        "kernel": _shaped(layer.weights),
        "bias": layer.bias,
        "activation": layer.activation,
        "stride": list(layer.stride),
        "padding": [list(sides) for sides in layer.padding],
        "padding_mode": layer.padding_mode,
        **({"padding_value": layer.padding_value} if layer.padding_mode == "constant" else {}),
        "dilation": list(layer.dilation),
        "groups": layer.groups,
        "output_padding": list(layer.output_padding),
    }


# A layer: every window of every filter.


def _layer_document(layer: Layer) -> Document:
    frames = list(_layer_frames(layer))
    return {**_head(layer), "output": _shaped(_folded(frames, "sum", layer.activation)), "frames": frames}


def _layer_frames(layer: Layer) -> Iterator[Document]:
    planes = [padded(plane, layer.padding, layer.padding_mode, layer.padding_value) for plane in layer.image]
    size = kernel_size(layer.weights)
    each = len(layer.weights) // layer.groups
    for number, kernel in enumerate(layer.laid):
        first = number // each * len(kernel)
        seen = planes[first : first + len(kernel)]
        for (row, column), corner in corners(planes[0], size, layer.dilation, layer.stride):
            products = [
                _products(window(plane, corner, size, layer.dilation), weights)
                for plane, weights in zip(seen, kernel, strict=True)
            ]
            yield {
                "out": [number, row, column],
                "window": _placed(corner, layer.padding),
                "products": products,
                "sum": _total(products) + layer.bias[number],
            }


def _products(pixels: Plane, weights: Plane) -> Plane:
    return [[p * w for p, w in zip(*rows, strict=True)] for rows in zip(pixels, weights, strict=True)]


# A transposed layer: every pixel spreads.


def spread_size(layer: Layer) -> Pair:
    """Return height and width of what all patches together cover, cropped and added to as declared."""
    down, across = reach(kernel_size(layer.weights), layer.dilation)
    height = (len(layer.image[0]) - 1) * layer.stride[0] + down
    width = (len(layer.image[0][0]) - 1) * layer.stride[1] + across
    return (
        height - sum(layer.padding[0]) + layer.output_padding[0],
        width - sum(layer.padding[1]) + layer.output_padding[1],
    )


def _transposed_document(layer: Layer) -> Document:
    frames = [
        {"in": place, "window": corner, "patch": patch, "output": _activated(output, layer)}
        for place, corner, patch, output in _spreading(layer)
    ]
    return {**_head(layer), "output": _shaped(frames[-1]["output"]), "frames": frames}


def _spreading(layer: Layer) -> Iterator[tuple[list[int], list[int], Cube, Cube]]:
    """Yield for each pixel its place, the corner of its patch, the patch, and the sums with it."""
    height, width = spread_size(layer)
    output: Cube = [[[bias] * width for _ in range(height)] for bias in layer.bias]
    each = len(layer.weights[0])
    for channel, plane in enumerate(layer.image):
        first = channel // (len(layer.image) // layer.groups) * each
        for row, line in enumerate(plane):
            for column, pixel in enumerate(line):
                patch = [[[pixel * w for w in weights] for weights in part] for part in layer.laid[channel]]
                corner = _placed((row * layer.stride[0], column * layer.stride[1]), layer.padding)
                for part, target in zip(patch, output[first : first + each], strict=True):
                    _add(part, target, corner, layer.dilation)
                yield [channel, row, column], corner, patch, output


def _activated(sums: Cube, layer: Layer) -> Cube:
    return [[[activated(value, layer.activation) for value in row] for row in plane] for plane in sums]


def _add(part: Plane, target: Plane, corner: list[int], dilation: Pair) -> None:
    """Add a patch to a plane of the output where it lies on it; the rest is cropped."""
    for j, line in enumerate(part):
        for k, value in enumerate(line):
            row, column = corner[0] + j * dilation[0], corner[1] + k * dilation[1]
            if 0 <= row < len(target) and 0 <= column < len(target[0]):
                target[row][column] += value


# Pooling: every window of every channel.


def _pooling_document(pooling: Pooling) -> Document:
    """Return what a file says of a pooling: it is depthwise, with neither weights nor bias."""
    frames = list(_pooling_frames(pooling))
    channels = len(pooling.image)
    return {
        "kind": "pooling",
        "operation": pooling.operation,
        "transposed": False,
        "input": _shaped(pooling.image),
        "kernel": {"shape": [channels, 1, *pooling.kernel_size]},
        "bias": [0] * channels,
        "activation": None,
        "stride": list(pooling.stride),
        "padding": [list(sides) for sides in pooling.padding],
        "padding_mode": "zeros",
        **({"ceil_mode": True} if pooling.ceil_mode else {}),
        **({} if pooling.count_include_pad else {"count_include_pad": False}),
        "dilation": list(pooling.dilation),
        "groups": channels,
        "output_padding": [0, 0],
        "output": _shaped(_folded(frames, "value")),
        "frames": frames,
    }


def _pooling_frames(pooling: Pooling) -> Iterator[Document]:
    for channel, plane in enumerate(pooling.image):
        places: Seen = [[(value, [r, c]) for c, value in enumerate(row)] for r, row in enumerate(plane)]
        padding: tuple[Number, list[int]] | None = (
            (0, []) if pooling.operation == "average" and pooling.count_include_pad else None
        )
        around = overhung(padded(places, pooling.padding, "zeros", padding), pooling, None)
        for (row, column), corner in corners(around, pooling.kernel_size, pooling.dilation, pooling.stride):
            seen = window(around, corner, pooling.kernel_size, pooling.dilation)
            yield {
                "out": [channel, row, column],
                "window": _placed(corner, pooling.padding),
                **(_largest if pooling.operation == "max" else _average)(seen),
            }


def _largest(seen: Seen) -> Document:
    """Return the largest pixel under a window and its place: of equal ones, the first that is met."""
    pixels = [cell for row in seen for cell in row if cell]
    value, place = max(pixels, key=lambda cell: cell[0])
    return {"values": [[cell and cell[0] for cell in row] for row in seen], "winner": place, "value": value}


def _average(seen: Seen) -> Document:
    """Return the sum of what is counted under a window, and its share of each."""
    values = [[cell and cell[0] for cell in row] for row in seen]
    counted = [cell[0] for row in seen for cell in row if cell]
    return {"values": values, "sum": sum(counted), "value": Fraction(sum(counted)) / len(counted)}
