"""Stride, padding and the like as an author writes them: numbers, pairs, pairs of pairs, and words."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, TypeGuard, get_args

from generator.arithmetic.geometry import FORMS, Geometry, pair_text, require_number, span
from generator.arithmetic.padding import PADDING_MODES, Margins, Pair
from generator.errors import InvalidValue, counted, nearest, shortened

PaddingWord: TypeAlias = Literal["valid", "same", "full"]

PADDING_WORDS: tuple[PaddingWord, ...] = get_args(PaddingWord)


def geometry_of(  # noqa: PLR0913 - one argument for each option that PyTorch has
    kernel_size: Pair,
    *,
    stride: object = 1,
    padding: object = 0,
    padding_mode: str = "zeros",
    padding_value: float = 0,
    dilation: object = 1,
    groups: int = 1,
    transposed: bool = False,
    output_padding: object = 0,
    line: bool = False,
) -> Geometry:
    """Return the geometry that an author's values declare: numbers, pairs, pairs of pairs and words.

    With `line` the image has one row, and a single number is about columns alone.

    Raises `InvalidValue` with the key of the first value that cannot be used.

    >>> geometry_of((3, 4), padding="same").padding
    ((1, 1), (1, 2))
    >>> geometry_of((1, 3), stride=2, padding=1, line=True).stride
    (1, 2)
    """
    steps = declared_pair("stride", stride, line=line)
    spread = declared_pair("dilation", dilation, line=line)
    if transposed and isinstance(padding, str):
        fact = f'a transposed layer crops its output by numbers, and padding is "{shortened(padding)}"'
        raise InvalidValue(fact, "Write a number, as in padding = 1.", key="padding")
    return Geometry(
        stride=steps,
        padding=declared_padding(padding, kernel_size, stride=steps, dilation=spread, line=line),
        padding_mode=padding_mode,  # type: ignore[arg-type] # the record checks it
        padding_value=padding_value,
        dilation=spread,
        groups=groups,
        transposed=transposed,
        output_padding=declared_pair("output_padding", output_padding, line=line),
    )


def declared_pair(key: str, declared: object, *, line: bool = False) -> Pair:
    """Return a number, or a pair of numbers, as (rows, columns).

    `key` names the option. With `line` a single number is about columns, and rows stay as they are.

    Raises `InvalidValue` if it is neither, or below what the key allows.

    >>> declared_pair("stride", 2), declared_pair("stride", [1, 3]), declared_pair("stride", 2, line=True)
    ((2, 2), (1, 3), (1, 2))
    """
    least = 0 if key == "output_padding" else 1
    numbers = declared if _is_list(declared) else [least if line else declared, declared]
    if len(numbers) != 2:
        fact = f"the {key} has {counted(len(numbers), 'number')}"
        raise InvalidValue(fact, f"Write {FORMS[key]}.", key=key)
    rows, columns = (require_number(number, least, key) for number in numbers)
    return rows, columns


def declared_padding(
    declared: object,
    kernel_size: Pair,
    *,
    stride: Pair = (1, 1),
    dilation: Pair = (1, 1),
    line: bool = False,
) -> Margins:
    """Return a number, a pair, a pair of pairs or a word as ((top, bottom), (left, right)).

    "valid" is none; "full" is dilation (k − 1) on every side; "same" is as much in all, the smaller half
    before and the larger one after, as in PyTorch. With `line` a single number is about columns alone.

    Raises `InvalidValue` if it is none of these, if a number is below 0, and for "same" past stride 1.

    >>> declared_padding([1, 2], (3, 3)), declared_padding("full", (2, 3), dilation=(2, 1))
    (((1, 1), (2, 2)), ((2, 2), (2, 2)))
    """
    if isinstance(declared, str):
        return _worded_padding(declared, kernel_size, stride, dilation)
    sides = declared if _is_list(declared) else [0 if line else declared, declared]
    if len(sides) != 2:
        fact = f"the padding has {counted(len(sides), 'value')}"
        raise InvalidValue(fact, f"Write {FORMS['padding']}.", key="padding")
    rows, columns = (_declared_margins(side) for side in sides)
    return rows, columns


def _declared_margins(side: Any) -> Pair:  # noqa: ANN401 - as the author wrote it
    margins = side if _is_list(side) else [side, side]
    if len(margins) != 2:
        fact = f"a pair of the padding has {counted(len(margins), 'number')}"
        raise InvalidValue(fact, f"Write {FORMS['padding']}.", key="padding")
    before, after = (require_number(number, 0, "padding") for number in margins)
    return before, after


def _worded_padding(word: str, kernel_size: Pair, stride: Pair, dilation: Pair) -> Margins:
    if word not in PADDING_WORDS:
        near = nearest(word, PADDING_WORDS)
        hint = f'Did you mean "{near}"?' if near else f"Write {FORMS['padding']}."
        if word in PADDING_MODES:
            hint = f'Write padding_mode = "{word}", and how much in padding, as in padding = 1.'
        raise InvalidValue(f'unknown padding "{shortened(word)}"', hint, key="padding")
    if word == "same" and stride != (1, 1):
        fact = f'padding "same" keeps the size at stride 1 alone, and the stride is {pair_text(stride)}'
        raise InvalidValue(fact, "Write a number, as in padding = 1.", key="padding")
    rows, columns = (
        _worded_margins(word, size, apart) for size, apart in zip(kernel_size, dilation, strict=True)
    )
    return rows, columns


def _worded_margins(word: str, kernel: int, dilation: int) -> Pair:
    total = span(kernel, dilation) - 1
    return {"valid": (0, 0), "same": (total // 2, total - total // 2), "full": (total, total)}[word]


def _is_list(declared: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(declared, list | tuple)
