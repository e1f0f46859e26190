"""Where a kernel lies: stride, padding, dilation and groups, with PyTorch's names and meanings.

Sizes and places come from here alone, before a single number is computed. Source of the formulas: the
documentation of `torch.nn.Conv2d` and `torch.nn.ConvTranspose2d`, and V. Dumoulin and F. Visin, "A guide
to convolution arithmetic for deep learning" (2016).
"""

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from generator.arithmetic.padding import (
    LINES,
    NOTHING,
    PADDING_MODES,
    Margins,
    PaddingMode,
    Pair,
    Places,
    require_paddable,
    seen_lines,
    size_text,
)
from generator.errors import InvalidValue, counted, shortened, suggestion

NO_MARGINS: Margins = ((0, 0), (0, 0))

FORMS = {
    "stride": "stride = 2, or rows first: stride = [1, 2]",
    "dilation": "dilation = 2, or rows first: dilation = [1, 2]",
    "output_padding": "output_padding = 1, or rows first: output_padding = [0, 1]",
    "kernel_size": 'kernel_size = 2, or rows first: kernel_size = [1, 2], or "global"',
    "padding": (
        "padding = 1, [rows, columns], [[top, bottom], [left, right]], "
        '"valid", "same", "full", "same-upper", "same-lower" or "causal"'
    ),
    "groups": "groups = 1, or another number that divides the channels",
    "padding_value": "padding_value = 255",
}
"""How an author writes each value."""

LARGEST_STEP = 1_000_000
"""No image is larger; so sizes stay small enough to be counted by NumPy."""


@dataclass(frozen=True)
class Geometry:
    """How a kernel is laid on an image, or with `transposed` how each pixel spreads over an output.

    Rows come before columns. Making one raises `InvalidValue` with the key that cannot be used.

    >>> Geometry(stride=(2, 2), padding=((1, 1), (1, 1))).output_size((5, 5), (3, 3))
    (3, 3)
    """

    stride: Pair = (1, 1)
    padding: Margins = NO_MARGINS
    """((top, bottom), (left, right)); a transposed layer crops its output by as much."""
    padding_mode: PaddingMode = "zeros"
    dilation: Pair = (1, 1)
    groups: int = 1
    """The channels are split into so many groups, and each filter sees one group."""
    transposed: bool = False
    output_padding: Pair = (0, 0)
    """Rows and columns that a transposed layer adds at the bottom and the right of its output."""
    padding_value: float = 0
    """What the padding mode "constant" puts around the image."""
    ceil_mode: bool = False
    """Of pooling: a last window may stick out past the padding, if it begins in the image or before it."""

    def __post_init__(self) -> None:
        """Raise `InvalidValue` if a value is out of range, or does not go with another one."""
        for key, pair, least in (
            ("stride", self.stride, 1),
            ("dilation", self.dilation, 1),
            ("output_padding", self.output_padding, 0),
            ("padding", self.padding[0], 0),
            ("padding", self.padding[1], 0),
            ("groups", (self.groups,), 1),
        ):
            for number in pair:
                require_number(number, least, key)
        if self.padding_mode not in PADDING_MODES:
            fact = f'unknown padding_mode "{shortened(str(self.padding_mode))}"'
            raise InvalidValue(fact, suggestion(str(self.padding_mode), PADDING_MODES), key="padding_mode")
        self._require_padding_value()
        if self.ceil_mode and (self.transposed or self.padding_mode != "zeros"):
            raise InvalidValue("only pooling has ceil_mode", "Leave it out.", key="ceil_mode")
        if self.transposed:
            self._require_transposable()
        elif any(self.output_padding):
            fact = f"output_padding is {list(self.output_padding)} without transposed = true"
            raise InvalidValue(fact, "Leave it out: only a transposed layer has it.", key="output_padding")

    def _require_padding_value(self) -> None:
        value = self.padding_value
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < inf:
            fact = f"the padding_value is {_written(value)}, not a number"
            raise InvalidValue(fact, f"Write {FORMS['padding_value']}.", key="padding_value")
        if value and self.padding_mode != "constant":
            fact = f'padding_value is {value}, and padding_mode is "{self.padding_mode}"'
            hint = 'Write padding_mode = "constant", or leave padding_value out.'
            raise InvalidValue(fact, hint, key="padding_value")

    def _require_transposable(self) -> None:
        if self.padding_mode != "zeros":
            fact = f'a transposed layer crops its output, and padding_mode is "{self.padding_mode}"'
            raise InvalidValue(fact, "Leave padding_mode out.", key="padding_mode")
        for line, extra, stride, dilation in zip(
            LINES, self.output_padding, self.stride, self.dilation, strict=True
        ):
            if extra >= max(stride, dilation):
                fact = (
                    f"output_padding adds {counted(extra, line)} at stride {stride} and dilation {dilation}"
                )
                hint = f"Here it may be {max(stride, dilation) - 1} at most."
                raise InvalidValue(fact, hint, key="output_padding")

    def span(self, kernel_size: Pair) -> Pair:
        """Return the rows and columns from the first to the last weight of a kernel, dilated.

        >>> Geometry(dilation=(2, 1)).span((5, 3))
        (9, 3)
        """
        return span(kernel_size[0], self.dilation[0]), span(kernel_size[1], self.dilation[1])

    def padded_size(self, image_size: Pair) -> Pair:
        """Return the height and width of an image with its padding."""
        return image_size[0] + sum(self.padding[0]), image_size[1] + sum(self.padding[1])

    def output_size(self, image_size: Pair, kernel_size: Pair) -> Pair:
        """Return how many windows there are down and across, or how large a transposed output is.

        A layer has ⌊(n + before + after − dilation (k − 1) − 1) / stride⌋ + 1 rows, a transposed one
        (n − 1) stride − before − after + dilation (k − 1) + output_padding + 1; columns likewise. With
        `ceil_mode` there is one more if some are left over, and it begins before row n.

        Raises `InvalidValue` if there is none, or the padding is wider than its mode can fill.

        >>> Geometry(stride=(2, 2), transposed=True, output_padding=(1, 1)).output_size((3, 3), (3, 3))
        (8, 8)
        """
        if min(kernel_size) < 1:
            raise InvalidValue(f"the kernel has {size_text(kernel_size)} weights", key="kernel")
        require_paddable(image_size, self.padding, self.padding_mode)
        if self.transposed:
            return self._spread_size(image_size, kernel_size)
        self._require_fit(image_size, kernel_size)
        rows, columns = (self._windows(axis, image_size[axis], kernel_size[axis]) for axis in (0, 1))
        return rows, columns

    def _windows(self, axis: int, size: int, kernel: int) -> int:
        """Return how many windows there are in one direction."""
        (before, after), stride = self.padding[axis], self.stride[axis]
        whole, left_over = divmod(before + size + after - span(kernel, self.dilation[axis]), stride)
        begins = (whole + 1) * stride - before
        return whole + 2 if self.ceil_mode and left_over and begins < size else whole + 1

    def overhang(self, image_size: Pair, kernel_size: Pair) -> Pair:
        """Return by how many rows and columns the last windows stick out past the padding, with `ceil_mode`.

        What lies there is neither a pixel nor padding.

        Raises `InvalidValue` like `output_size`.

        >>> Geometry(stride=(2, 2), ceil_mode=True).overhang((5, 6), (2, 2))
        (1, 0)
        """
        if not self.ceil_mode:
            return 0, 0
        rows, columns = (
            max(0, (count - 1) * stride + reach - size)
            for count, stride, reach, size in zip(
                self.output_size(image_size, kernel_size),
                self.stride,
                self.span(kernel_size),
                self.padded_size(image_size),
                strict=True,
            )
        )
        return rows, columns

    def margins(self, image_size: Pair, kernel_size: Pair) -> Margins:
        """Return the padding, made wider at the end by what sticks out: all that windows can lie on.

        Raises `InvalidValue` like `output_size`.

        >>> Geometry(stride=(2, 2), ceil_mode=True).margins((5, 6), (2, 2))
        ((0, 1), (0, 0))
        """
        (top, bottom), (left, right) = self.padding
        below, beside = self.overhang(image_size, kernel_size)
        return (top, bottom + below), (left, right + beside)

    def _spread_size(self, image_size: Pair, kernel_size: Pair) -> Pair:
        spread = self.spread_size(image_size, kernel_size)
        left = [
            size - sum(margins) + extra
            for size, margins, extra in zip(spread, self.padding, self.output_padding, strict=True)
        ]
        for line, size, margins, rest in zip(LINES, spread, self.padding, left, strict=True):
            if rest < 1:
                fact = f"the image spreads over {counted(size, line)}, and padding crops {sum(margins)}"
                raise InvalidValue(fact, f"Crop {size - 1} in all at most.", key="padding")
        return left[0], left[1]

    def spread_size(self, image_size: Pair, kernel_size: Pair) -> Pair:
        """Return over how many rows and columns a transposed layer spreads an image, before it is cropped.

        >>> Geometry(stride=(2, 2), transposed=True).spread_size((3, 3), (3, 3))
        (7, 7)
        """
        rows, columns = (
            (size - 1) * stride + reach
            for size, stride, reach in zip(image_size, self.stride, self.span(kernel_size), strict=True)
        )
        return rows, columns

    def _require_fit(self, image_size: Pair, kernel_size: Pair) -> None:
        image = "padded image" if self.padding != NO_MARGINS else "image"
        sizes = zip(LINES, self.span(kernel_size), self.padded_size(image_size), self.dilation, strict=True)
        beyond = [step - 1 if self.ceil_mode else 0 for step in self.stride]
        for (line, reach, size, dilation), more in zip(sizes, beyond, strict=True):
            if reach > size + more:
                dilated = f" with dilation {dilation}" if dilation > 1 else ""
                fact = f"a {size_text(kernel_size)} kernel{dilated} spans {counted(reach, line)}"
                smaller = "a smaller kernel or dilation" if dilated else "a smaller kernel"
                hint = f"Use {smaller}, a larger image, or {'more ' * (image != 'image')}padding."
                if line == "row" and image_size[0] == 1:
                    hint = "An image of one row takes a kernel of one row, such as [[1, 2, 1]]."
                key = "dilation" if dilated else "kernel"
                raise InvalidValue(f"{fact}; the {image} has {size}", hint, key=key)

    def window(self, row: int, column: int) -> Pair:
        """Return the top left corner of a window in the image, below 0 inside the padding.

        The row and column are those of the output. In a transposed layer they are those of the image, and
        the corner is that of its patch in the output, below 0 where it is cropped.

        >>> Geometry(stride=(2, 2), padding=((1, 1), (1, 1))).window(0, 2)
        (-1, 3)
        """
        return (
            row * self.stride[0] - self.padding[0][0],
            column * self.stride[1] - self.padding[1][0],
        )


def span(kernel: int, dilation: int) -> int:
    """Return the rows from the first to the last of `kernel` weights that stand `dilation` apart.

    >>> span(5, 2), span(1, 9)
    (9, 1)
    """
    return dilation * (kernel - 1) + 1


def lines_under(geometry: Geometry, image_size: Pair, kernel_size: Pair) -> tuple[Places, Places]:
    """Return on which row of the image each weight lies, for each row of the output; columns likewise.

    The arrays are of shape (OH, KH) and (OW, KW), with `NOTHING` where no pixel lies, but a zero or the
    padding value. In a transposed layer they are of shape (H, KH) and (W, KW) and tell on which row of the
    output each weight is spread, with `NOTHING` where it is cropped.

    Raises `InvalidValue` like `Geometry.output_size`.

    >>> lines_under(Geometry(padding=((0, 0), (1, 0))), (1, 3), (1, 2))[1].tolist()
    [[-1, 0], [0, 1], [1, 2]]
    """
    output_size = geometry.output_size(image_size, kernel_size)
    margins = geometry.margins(image_size, kernel_size)
    rows, columns = (
        _under(geometry, axis, margins[axis], image_size[axis], output_size[axis], kernel_size[axis])
        for axis in (0, 1)
    )
    return rows, columns


def _under(  # noqa: PLR0913, PLR0917 - the numbers of one direction
    geometry: Geometry, axis: int, margins: Pair, size: int, outputs: int, kernel: int
) -> Places:
    starts = np.arange(size if geometry.transposed else outputs) * geometry.stride[axis]
    places: Places = starts[:, np.newaxis] + np.arange(kernel) * geometry.dilation[axis]
    if not geometry.transposed:
        return seen_lines(size, margins, geometry.padding_mode)[places]
    places -= margins[0]
    return np.where((places >= 0) & (places < outputs), places, NOTHING)


def require_number(number: Any, least: int, key: str) -> int:  # noqa: ANN401 - as the author wrote it
    """Return the number if it is a whole one from `least`, or raise."""
    if isinstance(number, bool) or not isinstance(number, int) or number < least:
        named = key if key == "groups" else f"the {key}"
        fact = f"{named} is {_written(number)}, not a whole number from {least}"
        raise InvalidValue(fact, f"Write {FORMS[key]}.", key=key)
    if number > LARGEST_STEP:
        raise InvalidValue(
            f"the {key} is {shortened(f'{number:,}')}", f"It may be {LARGEST_STEP:,} at most.", key=key
        )
    return number


def _written(value: Any) -> str:  # noqa: ANN401 - as the author wrote it
    """Return a value as it stands in TOML; a table by its name.

    >>> _written("2"), _written(True), _written(0.5), _written({"top": 1})
    ('"2"', 'true', '0.5', 'a table')
    """
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, str):
        return f'"{shortened(value)}"'
    return shortened(str(value).lower())


def pair_text(pair: Pair) -> str:
    """Return a pair as an author would write it, as one number where both are the same.

    >>> pair_text((2, 2)), pair_text((0, 1))
    ('2', '[0, 1]')
    """
    return str(pair[0]) if pair[0] == pair[1] else str(list(pair))
