"""From the TOML of a scene block to a checked `Scene`, with every problem of the block told at once."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import numpy as np

from generator.arithmetic import KERNELS, PATTERNS, Array
from generator.errors import AuthorError, InvalidValue, Problem, suggestion
from generator.scenes.numerals import size_text
from generator.scenes.scene import GreyPicture, Scene, SceneKernel
from generator.scenes.toml_block import TomlBlock, kind_text
from generator.scenes.values import VALUE_FAMILIES

Made = TypeVar("Made")

ImageReader = Callable[[str], GreyPicture]
"""Reads a picture under `images/` by its name; raises `InvalidValue`."""

LARGEST_NUMBER = 1_000_000
"""A longer number would not fit a cell; and whole numbers up to here stay exact everywhere."""
MAX_PIXELS = 64 * 64
MAX_FRAMES = 32 * 32
"""Every position becomes a frame that is drawn, so a scene stays small enough to look at."""

MAX_PRODUCTS = 64_000
"""Of all frames together: each is drawn, printed and spoken; a 7×7 kernel at every position is below it."""

PICTURE_NAME = re.compile(r"[/\\]|\.[A-Za-z]{3,4}$")
SCALE_FORM = re.compile(r"(?P<over>[+-]?\d{1,18}(\.\d{1,18})?)(/(?P<under>\d{1,18}))?")
FRACTION = re.compile(r"\s*[+-]?\d+\s*/\s*(?P<under>\d+)\s*")
ID_FORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 60
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices: a folder cannot have them."""
PAGE_IDS = frozenset({"main"})
"""Anchors that every page has already."""

NAME_OR_ROWS = "a name or rows of numbers"


class Declaration(msgspec.Struct, frozen=True):
    """The keys of a scene block, with their types; what the values mean is checked afterwards."""

    id: Annotated[str, msgspec.Meta(examples=['id = "sobel-edge"'])]
    image: Annotated[str | list[Any], msgspec.Meta(description=NAME_OR_ROWS, examples=['image = "step"'])]
    kernel: Annotated[
        str | list[Any], msgspec.Meta(description=NAME_OR_ROWS, examples=['kernel = "sobel-x"'])
    ]
    scale: Annotated[str | int | float, msgspec.Meta(description='a fraction such as "1/9" or a number')] = 1
    operation: Literal["cross-correlation", "convolution"] = "cross-correlation"
    caption: str = ""
    alt: str = ""
    worksheet: Annotated[bool, msgspec.Meta(description="true or false")] = False
    blank: Annotated[
        str | list[Any], msgspec.Meta(description='text such as "out peak", or a list of such texts')
    ] = msgspec.field(default_factory=list)


def scene_from_toml(text: str, file: str, line: int, read_image: ImageReader) -> Scene:
    """Return the scene that a block declares.

    Args:
        text: the block's TOML, without its fences.
        file: the chapter's path, for messages.
        line: the line of the opening fence; the text starts on the next.
        read_image: reads a picture that the block names.

    Raises:
        AuthorError: everything that is wrong with this block.

    """
    block = TomlBlock(text, file, line, "scene")
    given, problems = block.checked(Declaration, block.values())
    check = _Check(block, given, problems)
    check("id", _check_id)
    image = check("image", lambda declared: _image(declared, read_image))
    scale = check("scale", _scale) if "scale" in given else Fraction(1)
    kernel = check("kernel", lambda declared: _kernel(declared, scale or Fraction(1)))
    if image is not None and kernel is not None:
        check("kernel", lambda _: _check_sizes(image.shape, kernel.weights.shape))
    check("blank", _check_blank)
    if problems or image is None or kernel is None:
        raise AuthorError(problems)
    declared = Declaration(**given)
    name, shows = _image_words(declared.image)
    return Scene(
        id=declared.id,
        image_name=name,
        image=image,
        shows=shows,
        kernel=kernel,
        operation=declared.operation,
        caption=declared.caption,
        alt=declared.alt,
        worksheet=declared.worksheet if "worksheet" in given else "blank" in given,
        blank=(declared.blank,) if isinstance(declared.blank, str) else tuple(declared.blank),
        file=file,
        line=line,
    )


class _Check:
    """Checks the values of a block one by one, and notes what is wrong with each."""

    def __init__(self, block: TomlBlock, given: dict[str, Any], problems: list[Problem]) -> None:
        self.block = block
        self.given = given
        self.problems = problems

    def __call__(self, key: str, make: Callable[[Any], Made]) -> Made | None:
        """Return what is made of a key's value; None where the key is not given, or is noted as wrong."""
        try:
            return make(self.given[key]) if key in self.given else None
        except InvalidValue as fault:
            fault.key = fault.key or key
            self.problems.append(self.block.problem(fault))
            return None


def _check_id(scene_id: str) -> None:
    if not ID_FORM.fullmatch(scene_id):
        plain = re.sub(r"[^a-z0-9]+", "-", scene_id.lower()).strip("-")
        example = plain if ID_FORM.fullmatch(plain) else "edge-1"
        hint = f'Use small letters, digits and hyphens, as in "{example}".'
        raise InvalidValue(f'"{scene_id}" cannot be an id', hint)
    if len(scene_id) > LONGEST_ID:
        raise InvalidValue(f"the id has {len(scene_id)} signs", f"It may have {LONGEST_ID}.")
    for names, reason in (
        (DEVICES, "a name that Windows keeps for itself"),
        (PAGE_IDS, "taken by the page itself"),
        (VALUE_FAMILIES, f"the beginning of values such as {{{scene_id}.…}}"),
    ):
        if scene_id in names:
            raise InvalidValue(f'the id "{scene_id}" is {reason}', f'Add a word, as in "{scene_id}-1".')


def _image(declared: str | list[Any], read_image: ImageReader) -> Array:
    if isinstance(declared, list):
        return _matrix(declared, "image")
    if declared in PATTERNS:
        return np.array(PATTERNS[declared].pixels)
    if PICTURE_NAME.search(declared):
        picture = read_image(declared)
        check_pixels(picture.height, picture.width)
        pixels = np.frombuffer(picture.values, dtype=np.uint8).reshape(picture.height, picture.width)
        return pixels.astype(np.int64)
    raise InvalidValue(f'unknown image "{declared}"', suggestion(declared, PATTERNS))


def _image_words(declared: str | list[Any]) -> tuple[str, str]:
    """Return the image's name and what it shows, as far as they are known."""
    if isinstance(declared, list):
        return "", ""
    return declared, PATTERNS[declared].shows if declared in PATTERNS else ""


def _kernel(declared: str | list[Any], scale: Fraction) -> SceneKernel:
    if isinstance(declared, list):
        return SceneKernel("", _matrix(declared, "kernel"), scale, "")
    if declared not in KERNELS:
        raise InvalidValue(f'unknown kernel "{declared}"', suggestion(declared, KERNELS))
    named = KERNELS[declared]
    return SceneKernel(declared, np.array(named.weights), named.scale * scale, named.asks)


def _scale(declared: str | float) -> Fraction:
    form = SCALE_FORM.fullmatch(str(declared).replace(" ", ""))
    under = int(form["under"] or 1) if form else 0
    scale = Fraction(form["over"]) / under if form and under else Fraction(0)
    if scale == 0 or abs(scale) > LARGEST_NUMBER:
        raise InvalidValue(f'"{declared}" cannot be a scale', 'Write a fraction such as "1/9" or a number.')
    return scale


def _matrix(rows: list[Any], key: str) -> Array:
    """Return rows of numbers as an array (H, W), `int64` where all are whole.

    Raises:
        InvalidValue: no rows, ragged rows, or something that is not a usable number.

    """
    example = f"{key} = [[1, 9], [1, 9]]"
    if not rows or rows[0] == []:
        raise InvalidValue(f"the {key} is empty", f"Write rows of numbers: {example}.")
    if not any(isinstance(row, list) for row in rows):
        hint = f"Write each row in its own brackets: {example}."
        raise InvalidValue(f"the {key} is a list of single values, not of rows", hint)
    for number, row in enumerate(rows, 1):
        if not isinstance(row, list):
            fact = f"row {number} of the {key} is {kind_text(row)}, not a list"
            raise InvalidValue(fact, f"Write each row in its own brackets: {example}.", row=number)
        _check_row(row, number, len(rows[0]), key)
    if key == "image":
        check_pixels(len(rows), len(rows[0]))
    whole = all(float(value).is_integer() for row in rows for value in row)
    return np.array(rows, dtype=np.int64 if whole else np.float64)


def _check_row(row: list[Any], number: int, width: int, key: str) -> None:
    if len(row) != width:
        fact = f"row {number} of the {key} has {len(row)} number{'s' * (len(row) != 1)}, row 1 has {width}"
        raise InvalidValue(fact, "All rows have the same length.", row=number)
    for column, value in enumerate(row, 1):
        place = f"row {number}, column {column} of the {key}"
        if isinstance(value, list):
            raise InvalidValue(f"{place} is a list", "A scene has one channel: rows of numbers.", row=number)
        if isinstance(value, bool) or not isinstance(value, int | float):
            fraction = FRACTION.fullmatch(str(value)) if key == "kernel" else None
            hint = f'Write whole numbers and scale = "1/{fraction["under"]}".' if fraction else ""
            raise InvalidValue(f"{place} is {kind_text(value)}, not a number", hint, row=number)
        if not abs(value) <= LARGEST_NUMBER:
            limit = f"Use numbers between −{LARGEST_NUMBER:,} and {LARGEST_NUMBER:,}."
            raise InvalidValue(f"{place} is {value}", limit, row=number)


def check_pixels(height: int, width: int) -> None:
    """Refuse an image whose numbers could not all be shown.

    Raises:
        InvalidValue: it has too many pixels.

    """
    if height * width > MAX_PIXELS:
        raise InvalidValue(
            f"the image has {size_text(height, width)} = {height * width:,} pixels",
            f"A scene shows every number, so it holds at most {MAX_PIXELS:,} (64×64); crop or shrink it.",
        )


def _check_blank(declared: str | list[Any]) -> None:
    """Refuse a list of blanks that is empty, or holds something that is not text."""
    if declared == []:
        raise InvalidValue("the list of blanks is empty", 'Write one, as in blank = ["out peak", "row 2"].')
    for number, words in enumerate(declared, 1):
        if not isinstance(words, str):
            fact = f"blank {number} is {kind_text(words)}, not text"
            raise InvalidValue(fact, 'Write it in quotes, as in blank = ["out peak", "12"].', row=number)


def _check_sizes(image: tuple[int, ...], kernel: tuple[int, ...]) -> None:
    rows, columns = image[0] - kernel[0] + 1, image[1] - kernel[1] + 1
    if min(rows, columns) < 1:
        raise InvalidValue(
            f"the {size_text(*kernel)} kernel is larger than the {size_text(*image)} image",
            "It has to fit inside: use a smaller kernel or a larger image.",
        )
    if rows * columns > MAX_FRAMES:
        raise InvalidValue(
            f"the scene has {rows * columns:,} window positions",
            f"Each is a frame to look at; use a smaller image, so that there are at most {MAX_FRAMES:,}.",
            "image",
        )
    if rows * columns * kernel[0] * kernel[1] > MAX_PRODUCTS:
        raise InvalidValue(
            f"the scene has {rows * columns:,} window positions of {kernel[0] * kernel[1]:,} products each",
            f"Use a smaller kernel or image, so that there are at most {MAX_PRODUCTS:,} products.",
            "kernel",
        )
