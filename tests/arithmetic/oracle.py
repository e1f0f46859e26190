"""The arithmetic of layers a second time: plain loops over exact numbers, one output at a time.

It shares no code with the project, and pads by walking: what lies beside the image is found step by step.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

Number: TypeAlias = Fraction | int
Cube: TypeAlias = Sequence[Sequence[Sequence[Number]]]
Kernels: TypeAlias = Sequence[Cube]
Found: TypeAlias = list[list[list[Any]]]


@dataclass(frozen=True)
class Options:
    stride: tuple[int, int] = (1, 1)
    padding: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    padding_mode: str = "zeros"
    dilation: tuple[int, int] = (1, 1)
    groups: int = 1
    transposed: bool = False
    output_padding: tuple[int, int] = (0, 0)
    padding_value: Number = 0
    ceil_mode: bool = False


def walked(place: int, size: int, mode: str) -> int | None:
    """Return where one ends who walks from line 0 to a place: turns at or behind an edge, halts, or jumps."""
    at, way = 0, 1 if place > 0 else -1
    for _ in range(abs(place)):
        at += way
        if 0 <= at < size:
            continue
        if mode in {"zeros", "constant"}:
            return None
        if mode == "reflect":
            way = -way
            at += 2 * way
        elif mode == "symmetric":
            at -= way
            way = -way
        elif mode == "replicate":
            at -= way
        else:
            at -= way * size
    return at


def positions(
    size: int, margins: tuple[int, int], reach: int, stride: int, *, ceil_mode: bool = False
) -> list[int]:
    """Return where windows begin, tried one after the other until one sticks out.

    In ceil mode that one counts too if it begins before the image ends, and sticks out less than a step.
    """
    found, start = [], -margins[0]
    while start + reach <= size + margins[1]:
        found.append(start)
        start += stride
    sticks_out = start + reach - size - margins[1]
    return [*found, start] if ceil_mode and start < size and sticks_out < stride else found


def fitted(size: int, reach: int, stride: int, word: str) -> tuple[int, int]:
    """Return margins for as many windows as steps begin on a pixel, grown one by one, that at the end first.

    Of "same-lower" the one at the beginning is first.
    """
    margins = [0, 0]
    while len(positions(size, (margins[0], margins[1]), reach, stride)) < len(range(0, size, stride)):
        margins[(sum(margins) + (word == "same-upper")) % 2] += 1
    return margins[0], margins[1]


def reaches(kernel: Sequence[Sequence[Number]], options: Options) -> tuple[int, int]:
    down = 1 + sum(options.dilation[0] for _ in kernel[1:])
    return down, 1 + sum(options.dilation[1] for _ in kernel[0][1:])


def windows(image: Cube, kernel: Sequence[Sequence[Number]], options: Options) -> tuple[list[int], list[int]]:
    down, across = reaches(kernel, options)
    ceil_mode = options.ceil_mode
    return (
        positions(len(image[0]), options.padding[0], down, options.stride[0], ceil_mode=ceil_mode),
        positions(len(image[0][0]), options.padding[1], across, options.stride[1], ceil_mode=ceil_mode),
    )


def under(  # noqa: PLR0917 - a plain loop's numbers
    plane: Sequence[Sequence[Number]], top: int, left: int, height: int, width: int, options: Options
) -> Iterator[tuple[int, int, Number | None, tuple[int | None, int | None]]]:
    """Yield row and column of each weight, the pixel it lies on (None for none), and the pixel's place."""
    for j in range(height):
        for k in range(width):
            row = walked(top + j * options.dilation[0], len(plane), options.padding_mode)
            column = walked(left + k * options.dilation[1], len(plane[0]), options.padding_mode)
            nothing = row is None or column is None
            yield j, k, None if nothing else plane[row or 0][column or 0], (row, column)


def products(image: Cube, weights: Kernels, options: Options) -> list[Any]:
    """Return the products, nested as (O, OH, OW, C / groups, KH, KW)."""
    each = len(weights) // options.groups
    made = []
    for number, filters in enumerate(weights):
        first = number // each * len(filters)
        rows, columns = windows(image, filters[0], options)
        made.append(
            [
                [
                    [
                        _products(image[first + channel], kernel, top, left, options)
                        for channel, kernel in enumerate(filters)
                    ]
                    for left in columns
                ]
                for top in rows
            ]
        )
    return made


def _products(
    plane: Sequence[Sequence[Number]],
    kernel: Sequence[Sequence[Number]],
    top: int,
    left: int,
    options: Options,
) -> list[list[Number]]:
    made: list[list[Number]] = [[0] * len(kernel[0]) for _ in kernel]
    for j, k, pixel, _ in under(plane, top, left, len(kernel), len(kernel[0]), options):
        made[j][k] = (options.padding_value if pixel is None else pixel) * kernel[j][k]
    return made


def output(
    image: Cube, weights: Kernels, options: Options, bias: Sequence[Number] | None, activation: str | None
) -> Found:
    """Return a layer's output, nested as (O, OH, OW)."""
    if options.transposed:
        sums = spread(image, weights, options)
    else:
        sums = [
            [
                [sum(n for plane in window for row in plane for n in row) for window in line]
                for line in filters
            ]
            for filters in products(image, weights, options)
        ]
    for number, plane in enumerate(sums):
        for row in plane:
            row[:] = [activated(value + (bias[number] if bias else 0), activation) for value in row]
    return sums


def activated(value: Number, activation: str | None) -> Number:
    """Return what an activation makes of a number: exactly, or the double nearest to a curve."""
    if activation in {"sigmoid", "tanh"}:
        return _curve(value, activation)
    if value < 0 and activation == "leaky-relu":
        return Fraction(value, 100)
    if value < 0 and activation:
        return -value if activation == "abs" else 0
    return 255 if activation == "clamp" and value > 255 else value


@cache
def _curve(value: Number, activation: str | None) -> Fraction:
    exact = Fraction(value)
    if activation == "tanh" and abs(exact) < Fraction(1, 10**20):
        return exact
    with localcontext() as context:
        context.prec = 40
        size = abs(Decimal(exact.numerator) / Decimal(exact.denominator))
        if activation == "tanh":
            falling = (-2 * size).exp()
            result = Fraction(float((1 - falling) / (1 + falling)))
            return result if exact >= 0 else -result
        falling = (-size).exp()
        return Fraction(float((falling if exact < 0 else 1) / (1 + falling)))


def spread(image: Cube, weights: Kernels, options: Options) -> Found:
    """Return what each pixel of an image adds to a transposed layer's output."""
    down, across = reaches(weights[0][0], options)
    (top, bottom), (left, right) = options.padding
    height = (len(image[0]) - 1) * options.stride[0] + down - top - bottom + options.output_padding[0]
    width = (len(image[0][0]) - 1) * options.stride[1] + across - left - right + options.output_padding[1]
    each = len(weights[0])
    made: Found = [[[0] * width for _ in range(height)] for _ in range(each * options.groups)]
    for channel, plane in enumerate(image):
        group = channel // (len(image) // options.groups)
        for o, kernel in enumerate(weights[channel]):
            for y, line in enumerate(plane):
                for x, pixel in enumerate(line):
                    for j, row in enumerate(kernel):
                        for k, weight in enumerate(row):
                            to_row = y * options.stride[0] + j * options.dilation[0] - top
                            to_column = x * options.stride[1] + k * options.dilation[1] - left
                            if 0 <= to_row < height and 0 <= to_column < width:
                                made[group * each + o][to_row][to_column] += pixel * weight
    return made


def largest(image: Cube, size: tuple[int, int], options: Options) -> tuple[Found, Found]:
    """Return the largest pixel under each window and its place, the first of equals; None for none."""
    values: Found = []
    places: Found = []
    kernel = [[1] * size[1]] * size[0]
    rows, columns = windows(image, kernel, options)
    for plane in image:
        found = [
            [
                min(
                    (
                        (-pixel, place)
                        for _, _, pixel, place in under(plane, r, c, *size, options)
                        if pixel is not None
                    ),
                    default=None,
                )
                for c in columns
            ]
            for r in rows
        ]
        values.append([[cell and -cell[0] for cell in row] for row in found])
        places.append([[cell and list(cell[1]) for cell in row] for row in found])
    return values, places


def average(image: Cube, size: tuple[int, int], options: Options, count_include_pad: bool) -> Found:
    """Return the exact average under each window; None where it counts pixels alone and there is none."""
    rows, columns = windows(image, [[1] * size[1]] * size[0], options)
    counts = divisors(image, size, options, count_include_pad)
    made: Found = [[[None for _ in columns] for _ in rows] for _ in image]
    for plane, averages in zip(image, made, strict=True):
        for r, top in enumerate(rows):
            for c, left in enumerate(columns):
                pixels = [p for _, _, p, _ in under(plane, top, left, *size, options) if p is not None]
                averages[r][c] = Fraction(sum(pixels)) / counts[r][c] if counts[r][c] else None
    return made


def divisors(
    image: Cube, size: tuple[int, int], options: Options, count_include_pad: bool
) -> list[list[int]]:
    """Return how many cells of each window are pixels, or if so wished pixels or padding."""
    (above, below), (before, after) = options.padding if count_include_pad else ((0, 0), (0, 0))
    height, width = len(image[0]), len(image[0][0])
    rows, columns = windows(image, [[1] * size[1]] * size[0], options)
    counts = [[0 for _ in columns] for _ in rows]
    for r, top in enumerate(rows):
        for c, left in enumerate(columns):
            for j in range(size[0]):
                for k in range(size[1]):
                    row, column = top + j * options.dilation[0], left + k * options.dilation[1]
                    counts[r][c] += -above <= row < height + below and -before <= column < width + after
    return counts
