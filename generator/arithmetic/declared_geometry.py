"""Stride, padding and the like as an author writes them: numbers, pairs, pairs of pairs, and words."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, TypeGuard, get_args

from generator.arithmetic.geometry import FORMS, Geometry, pair_text, require_number, span
from generator.arithmetic.padding import PADDING_MODES, Margins, Pair
from generator.errors import InvalidValue, counted, nearest, shortened

PaddingWord: TypeAlias = Literal["valid", "same", "full", "same-upper", "same-lower", "causal"]

PADDING_WORDS: tuple[PaddingWord, ...] = get_args(PaddingWord)

SIZED_WORDS: tuple[PaddingWord, ...] = ("same-upper", "same-lower")
"""Those that go by the size of the image."""

IMAGE_WORDS: tuple[PaddingWord, ...] = (*SIZED_WORDS, "causal")
"""Those of which only the image tells whether they can be used."""


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
    image_size: Pair | None = None,
) -> Geometry:
    """Return the geometry that an author's values declare: numbers, pairs, pairs of pairs and words.

    With `line` the image has one row, and a single number is about columns alone. `image_size` is what the
    words "same-upper" and "same-lower" go by.

    Raises `InvalidValue` with the key of the first value that cannot be used.

    >>> geometry_of((3, 4), padding="same").padding
    ((1, 1), (1, 2))
    >>> geometry_of((3, 3), stride=2, padding="same-upper", image_size=(6, 7)).padding
    ((0, 1), (1, 1))
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
        padding=declared_padding(
            padding, kernel_size, stride=steps, dilation=spread, line=line, image_size=image_size
        ),
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


def declared_padding(  # noqa: PLR0913 - what the words go by
    declared: object,
    kernel_size: Pair,
    *,
    stride: Pair = (1, 1),
    dilation: Pair = (1, 1),
    line: bool = False,
    image_size: Pair | None = None,
) -> Margins:
    """Return a number, a pair, a pair of pairs or a word as ((top, bottom), (left, right)).

    "valid" is none; "full" is dilation (k − 1) on every side; "same" is as much in all, the smaller half
    before and the larger one after, as in PyTorch. With `line` a single number is about columns alone.

    "same-upper" and "same-lower" pad as much as ⌈n / stride⌉ windows need, an odd line after the image or
    before it, as ONNX's auto_pad does; TensorFlow's "SAME" is the former. "causal" is dilation (k − 1), all
    of it before an image of one row, as in Keras.

    Raises `InvalidValue` if it is none of these, if a number is below 0, for "same" past stride 1, for
    "causal" where image or kernel have several rows, and where the image's size is needed and not given.

    >>> declared_padding([1, 2], (3, 3)), declared_padding("full", (2, 3), dilation=(2, 1))
    (((1, 1), (2, 2)), ((2, 2), (2, 2)))
    """
    if isinstance(declared, str):
        word = _known_word(declared)
        if word == "causal":
            return _causal_padding(kernel_size, dilation, image_size[0] if image_size else int(line))
        if word in SIZED_WORDS:
            return _sized_padding(word, kernel_size, stride, dilation, image_size)
        return _worded_padding(word, kernel_size, stride, dilation, image_size)
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


def _known_word(word: str) -> PaddingWord:
    for known in PADDING_WORDS:
        if word == known:
            return known
    near = nearest(word, PADDING_WORDS)
    hint = f'Did you mean "{near}"?' if near else f"Write {FORMS['padding']}."
    if word in PADDING_MODES:
        hint = f'Write padding_mode = "{word}", and how much in padding, as in padding = 1.'
    raise InvalidValue(f'unknown padding "{shortened(word)}"', hint, key="padding")


def _worded_padding(
    word: PaddingWord, kernel_size: Pair, stride: Pair, dilation: Pair, image_size: Pair | None
) -> Margins:
    if word == "same" and stride != (1, 1):
        fact = f'padding "same" keeps the size at stride 1 alone, and the stride is {pair_text(stride)}'
        other = ' or padding = "same-upper"' if image_size else ""
        raise InvalidValue(fact, f"Write a number, as in padding = 1{other}.", key="padding")
    rows, columns = (
        _worded_margins(word, size, apart) for size, apart in zip(kernel_size, dilation, strict=True)
    )
    return rows, columns


def _worded_margins(word: str, kernel: int, dilation: int) -> Pair:
    total = span(kernel, dilation) - 1
    return {"valid": (0, 0), "same": (total // 2, total - total // 2), "full": (total, total)}[word]


def _sized_padding(
    word: PaddingWord, kernel_size: Pair, stride: Pair, dilation: Pair, image_size: Pair | None
) -> Margins:
    """Return the padding for ⌈n / stride⌉ windows.

    Source: ONNX, operator Conv, attribute auto_pad; TensorFlow, `tf.nn`, notes on padding.
    """
    if image_size is None:
        fact = f'padding "{word}" goes by the size of the image, which is not known here'
        raise InvalidValue(fact, "Write a number, as in padding = 1.", key="padding")
    margins = []
    for size, weights, step, apart in zip(image_size, kernel_size, stride, dilation, strict=True):
        total = max(0, (-(-size // step) - 1) * step + span(weights, apart) - size)
        halves = total // 2, total - total // 2
        margins.append(halves if word == "same-upper" else halves[::-1])
    return margins[0], margins[1]


def _causal_padding(kernel_size: Pair, dilation: Pair, image_rows: int) -> Margins:
    """Return the padding with which an answer sees nothing that comes after its pixel.

    Source: Keras, `Conv1D`, argument padding.
    """
    above, before = (span(weights, apart) - 1 for weights, apart in zip(kernel_size, dilation, strict=True))
    for thing, rows in (("image", image_rows), ("kernel", kernel_size[0])):
        if rows != 1:
            found = f"{rows} rows" if rows else "several"
            fact = f'padding "causal" is for one row, and the {thing} has {found}'
            hint = f"To pad before alone, write padding = [[{above}, 0], [{before}, 0]]."
            raise InvalidValue(fact, hint, key="padding")
    return (0, 0), (before, 0)


def _is_list(declared: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(declared, list | tuple)
