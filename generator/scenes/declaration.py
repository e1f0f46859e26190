"""From the TOML of a scene block to a checked `Scene`, with every problem of the block told at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import lcm
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import numpy as np

from generator.arithmetic import (
    KERNELS,
    NO_MARGINS,
    PATTERNS,
    Array,
    Geometry,
    NamedKernel,
    declared_padding,
    declared_pair,
    filter_count,
    geometry_of,
    losses,
    pooling_geometry_of,
)
from generator.errors import AuthorError, InvalidValue, Problem, counted, gathering, suggestion
from generator.scenes.declared_arrays import (
    LARGEST_NUMBER,
    check_number,
    declared_array,
    is_list_of_texts,
)
from generator.scenes.frame_choice import chosen_frames
from generator.scenes.limits import Extent, check_extent, check_padded
from generator.scenes.numerals import size_text
from generator.scenes.photographs import (
    check_photo,
    check_pixels,
    check_small,
    picture_planes,
    transparency_words,
)
from generator.scenes.scene import MAX_PIXELS, FrameChoice, Picture, Scene, SceneKernel
from generator.scenes.stack_declaration import layer_form, lone_tables, stack_of, strays
from generator.scenes.toml_block import TomlBlock, kind_text
from generator.scenes.values import VALUE_FAMILIES

Made = TypeVar("Made")

ImageReader = Callable[[str], Picture]
"""Reads a picture under `images/` by its name; raises `InvalidValue`."""

GEOMETRY_KEYS = ("stride", "padding", "padding_mode", "dilation", "groups", "transposed", "output_padding")
PICTURE_NAME = re.compile(r"[/\\]|\.[A-Za-z]{3,4}$")
SCALE_FORM = re.compile(r"(?P<over>[+-]?\d{1,18}(\.\d{1,18})?)(/(?P<under>\d{1,18}))?")
ID_FORM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 60
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices: a folder cannot have them."""
PAGE_IDS = frozenset({"main"})
"""Anchors that every page has already."""

NAME_OR_ROWS = "a name or rows of numbers"
NAMES_OR_ROWS = "a name, a list of names, or rows of numbers"
WHOLE_OR_PAIR = "a whole number or a pair of them, rows first"


class SceneKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of every kind of scene block, with their types; what they mean is checked afterwards."""

    id: Annotated[str, msgspec.Meta(examples=['id = "sobel-edge"'])]
    kind: Literal["convolution", "pooling", "stack"] = "convolution"
    image: Annotated[str | list[Any], msgspec.Meta(description=NAME_OR_ROWS, examples=['image = "step"'])]
    colour: Annotated[bool, msgspec.Meta(description="true or false")] = False
    frames: Annotated[
        str, msgspec.Meta(description='text such as "sample 40", "row 12" or "path 10,20 40,60"')
    ] = ""
    caption: str = ""
    alt: str = ""
    worksheet: Annotated[bool, msgspec.Meta(description="true or false")] = False
    blank: Annotated[
        str | list[Any], msgspec.Meta(description='text such as "out peak", or a list of such texts')
    ] = msgspec.field(default_factory=list)


class WindowKeys(SceneKeys, frozen=True, kw_only=True):
    """The keys of every scene with one window."""

    stride: Any = 1
    padding: Any = 0
    dilation: Any = 1


class ConvolutionKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of a convolution."""

    kernel: Annotated[
        str | list[Any], msgspec.Meta(description=NAMES_OR_ROWS, examples=['kernel = "sobel-x"'])
    ]
    scale: Annotated[str | int | float, msgspec.Meta(description='a fraction such as "1/9" or a number')] = 1
    operation: Literal["cross-correlation", "convolution"] = "cross-correlation"
    padding_mode: Literal["zeros", "reflect", "replicate", "circular"] = "zeros"
    groups: Any = 1
    bias: Annotated[
        int | float | list[Any], msgspec.Meta(description="a number, or a list with one for each filter")
    ] = 0
    activation: Literal["relu"] | None = None
    transposed: Annotated[bool, msgspec.Meta(description="true or false")] = False
    output_padding: Any = 0


class PoolingKeys(WindowKeys, frozen=True, kw_only=True):
    """The keys of pooling."""

    operation: Annotated[Literal["max", "average"], msgspec.Meta(examples=['operation = "max"'])]
    kernel_size: Annotated[Any, msgspec.Meta(description=WHOLE_OR_PAIR, examples=["kernel_size = 2"])]


class StackKeys(SceneKeys, frozen=True, kw_only=True):
    """The keys of a stack of layers."""

    layers: Annotated[
        list[dict[str, Any]],
        msgspec.Meta(description="two to five blocks [[layers]]", examples=["[[layers]]"]),
    ]


KINDS: dict[str, type[SceneKeys]] = {
    "convolution": ConvolutionKeys,
    "pooling": PoolingKeys,
    "stack": StackKeys,
}
LAYERS: dict[str, type[msgspec.Struct]] = {
    kind: layer_form(KINDS[kind]) for kind in ("convolution", "pooling")
}
"""The keys of each kind of layer in a stack."""
LAYER_KEYS = frozenset(key for form in LAYERS.values() for key in form.__struct_fields__) - {"kind"}


def checked_scene(block: TomlBlock, values: Mapping[str, Any], read_image: ImageReader) -> Scene:
    """Return the scene of a block's values.

    Args:
        block: says where each key stands.
        values: the keys with their values, as they were written.
        read_image: reads a picture that the block names.

    Raises:
        AuthorError: everything that is wrong with these values.

    """
    kind = values.get("kind")
    if isinstance(kind, str) and kind not in KINDS:  # what else is wrong depends on the kind that is meant
        fault = InvalidValue(f'unknown kind "{kind}"', suggestion(kind, ("compare", *KINDS)), "kind")
        raise AuthorError([block.problem(fault)])
    form = KINDS.get(kind, ConvolutionKeys) if isinstance(kind, str) else ConvolutionKeys
    misplaced = strays(block, values, LAYER_KEYS) if form is StackKeys else lone_tables(block, values)
    misplaced |= _of_another_kind(block, values, form)
    given, problems = block.checked(form, {key: values[key] for key in values if key not in misplaced})
    problems += misplaced.values()
    check = _Check(block, given, problems)
    check("id", _check_id)
    check("blank", _check_blank)
    colour, chosen = bool(given.get("colour")), "frames" in values or form is StackKeys
    notes: list[Problem] = []

    def read_noting(name: str) -> Picture:
        picture = read_image(name)
        if picture.transparent:
            fault = InvalidValue(*transparency_words(name, picture), key="image")
            notes.append(replace(block.problem(fault), is_note=True))
        return picture

    def read(declared: str | list[Any]) -> Array:
        image = _image(declared, read_noting, colour=colour, chosen=chosen)
        return check_small(image, "a stack") if form is StackKeys else image

    image = check("image", read)
    check.line = image is not None and image.shape[1] == 1
    made = MAKERS[form](check, image)
    if problems or image is None or made is None:
        raise AuthorError(problems)
    return replace(made, warnings=(*notes, *made.warnings))


def _of_another_kind(
    block: TomlBlock, values: Mapping[str, Any], form: type[SceneKeys]
) -> dict[str, Problem]:
    """Return what is wrong with keys of convolutions that stand in pooling, and the other way round."""
    problems = {}
    for key in _keys_of_the_other(form) & values.keys():
        fault = InvalidValue(f"pooling has no {key}", "Leave it out.", key)
        if form is ConvolutionKeys:
            fault = InvalidValue(f"only pooling has a {key}", 'Add kind = "pooling", or leave it out.', key)
        problems[key] = block.problem(fault)
    return problems


def _keys_of_the_other(form: type[SceneKeys]) -> set[str]:
    """Return the keys that only pooling has, for a convolution, or only a convolution has, for pooling."""
    convolution, pooling = set(ConvolutionKeys.__struct_fields__), set(PoolingKeys.__struct_fields__)
    if form is ConvolutionKeys:
        return pooling - convolution
    return convolution - pooling if form is PoolingKeys else set()


class _Check:
    """Checks the values of a block one by one, and notes what is wrong with each."""

    def __init__(self, block: TomlBlock, given: dict[str, Any], problems: list[Problem]) -> None:
        """Check a block whose values `given` have the right types."""
        self.block = block
        self.given = given
        self.problems = problems
        self.line = False
        """Whether the declared image has one row, so that a single number is about columns."""
        self.framed = True
        """Whether each cell of the output is a frame to look at; those of a stack's lower layers are not."""

    def __call__(self, key: str, make: Callable[[Any], Made]) -> Made | None:
        """Return what is made of a key's value; None where the key is not given, or is noted as wrong."""
        return self.of(key, lambda: make(self.given[key])) if key in self.given else None

    def of(self, key: str, make: Callable[[], Made]) -> Made | None:
        """Return what is made of several values; None where it is noted as wrong, at `key` if no other."""
        try:
            return make()
        except InvalidValue as fault:
            fault.key = fault.key if fault.key in self.given else key
            self.problems.append(self.block.problem(fault))
            return None

    def warnings(self, geometry: Geometry, image: Array, size: tuple[int, int]) -> tuple[Problem, ...]:
        """Return what the geometry loses, each at its key, and a mode of padding that pads nothing."""
        faults = [
            InvalidValue(loss.message, loss.hint, loss.key)
            for loss in losses(geometry, (image.shape[1], image.shape[2]), size)
        ]
        if geometry.padding_mode != "zeros" and geometry.padding == NO_MARGINS:
            fact = f'padding_mode = "{geometry.padding_mode}" pads nothing, for the padding is 0'
            faults.append(InvalidValue(fact, "Add padding = 1, or leave it out.", "padding_mode"))
        return tuple(map(self.block.problem, faults))

    def scene(self, **computed: Any) -> Scene:  # noqa: ANN401 - the fields of a scene
        """Return a scene of what is declared as it stands, and of what was made of the rest."""
        given = self.given
        name, shows = _image_words(given["image"])
        blank = given.get("blank", [])
        return Scene(
            id=given["id"],
            image_name=name,
            shows=shows,
            caption=given.get("caption", ""),
            alt=given.get("alt", ""),
            worksheet=given.get("worksheet", "blank" in given),
            blank=(blank,) if isinstance(blank, str) else tuple(blank),
            file=self.block.file,
            line=self.block.line,
            **computed,
        )


def _convolution(check: _Check, image: Array | None) -> Scene | None:
    given = check.given
    scale = check("scale", _scale) if "scale" in given else Fraction(1)
    kernel = check("kernel", lambda declared: _kernel(declared, scale or Fraction(1)))
    geometry = _geometry(check, kernel)
    check("bias", _check_bias)
    if check.problems or image is None or kernel is None or geometry is None:
        return None
    return check.of("kernel", lambda: _layer(check, image, kernel, geometry))


def _geometry(check: _Check, kernel: SceneKernel | None) -> Geometry | None:
    """Return how the kernel lies on the image, once each value by itself can be used."""
    given, line, known = check.given, check.line, len(check.problems)
    for key in ("stride", "dilation", "output_padding"):
        check(key, partial(declared_pair, key, line=line))
    check("groups", lambda declared: Geometry(groups=declared))
    size = kernel.size if kernel else (1, 1)
    if not (given.get("transposed") and isinstance(given.get("padding"), str)):
        check("padding", lambda declared: declared_padding(declared, size, line=line))
    if len(check.problems) > known:
        return None
    options = {key: given[key] for key in GEOMETRY_KEYS if key in given}
    return check.of("padding", lambda: geometry_of(size, **options, line=line))


def _layer(check: _Check, image: Array, kernel: SceneKernel, geometry: Geometry) -> Scene:
    """Return the scene of values that can be used each by itself, if they go together."""
    weights = _filters(kernel.weights, len(image), geometry)
    filters = filter_count(image, weights, geometry)
    given = check.given
    check_photo(image, filters, geometry, given)
    _check_worksheet(given, filters, geometry)
    choice = _choice(given, image, filters, kernel.size, geometry)
    check_extent(Extent(image, weights, filters, geometry, choice, check.framed))
    return check.scene(
        kind="convolution",
        image=image,
        kernel=replace(kernel, weights=weights),
        geometry=geometry,
        bias=_bias(given.get("bias", 0), filters),
        activation=given.get("activation"),
        operation=given.get("operation", "cross-correlation"),
        pooling=None,
        choice=choice,
        warnings=check.warnings(geometry, image, kernel.size),
    )


def _pooling(check: _Check, image: Array | None) -> Scene | None:
    given = check.given
    options = {key: given[key] for key in ("stride", "padding", "dilation") if key in given}
    made = check("kernel_size", lambda declared: pooling_geometry_of(declared, **options, line=check.line))
    if given.get("operation") == "average" and made and made[1].dilation != (1, 1):
        fact = f"average pooling has no dilation, and it is {options['dilation']}"
        check.problems.append(check.block.problem(InvalidValue(fact, "Leave it out.", "dilation")))
    if check.problems or image is None or made is None:
        return None
    return check.of("kernel_size", lambda: _pooled(check, image, *made))


def _pooled(check: _Check, image: Array, size: tuple[int, int], geometry: Geometry) -> Scene:
    """Return the scene of values that can be used each by itself, if they go together."""
    check_small(image, "pooling")
    check_padded(image, geometry, size)
    geometry.output_size((image.shape[1], image.shape[2]), size)  # refuses a window larger than that
    ones = np.ones((len(image), 1, *size), np.int64)
    _check_worksheet(check.given, 0, geometry)
    choice = _choice(check.given, image, len(image), size, geometry)
    check_extent(Extent(image, ones, len(image), geometry, choice, check.framed))
    return check.scene(
        kind="pooling",
        image=image,
        kernel=SceneKernel("", ones, Fraction(1), ""),
        geometry=geometry,
        bias=np.zeros(len(image), np.int64),
        activation=None,
        operation="cross-correlation",
        pooling=check.given["operation"],
        choice=choice,
        warnings=check.warnings(geometry, image, size),
    )


def _stack(check: _Check, image: Array | None) -> Scene | None:
    """Return the scene of a stack's last layer, with all below it."""
    shared = {key: check.given.get(key, "") for key in ("id", "image", "caption", "alt")}

    def layer(
        place: TomlBlock, given: dict[str, Any], problems: list[Problem], reached: Array | None, last: bool
    ) -> Scene | None:
        inner = _Check(place, {**shared, **given}, problems)
        inner.line, inner.framed = check.line, last
        return MAKERS[KINDS[given.get("kind", "convolution")]](inner, reached)

    if "layers" in check.given:
        with gathering(check.problems):
            return stack_of(check.block, check.given["layers"], image, LAYERS, layer)
    return None


MAKERS: dict[type[SceneKeys], Callable[[_Check, Array | None], Scene | None]] = {
    ConvolutionKeys: _convolution,
    PoolingKeys: _pooling,
    StackKeys: _stack,
}


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


def _image(declared: str | list[Any], read_image: ImageReader, *, colour: bool, chosen: bool) -> Array:
    """Return an image, shape (C, H, W); `chosen` frames allow a photograph."""
    is_picture = isinstance(declared, str) and declared not in PATTERNS and PICTURE_NAME.search(declared)
    if colour and not is_picture:
        fact = "colour is true, and the image is no picture from a file"
        raise InvalidValue(fact, "Leave colour out; numbers in colour are three planes.", "colour")
    if isinstance(declared, list):
        pixels = declared_array(declared, "image")
        pixels = pixels if pixels.ndim == 3 else pixels[np.newaxis]
        way_out = (
            f"A scene shows every number, so it holds at most {MAX_PIXELS:,} (64×64); crop or shrink it."
        )
        check_pixels(pixels.shape[1], pixels.shape[2], MAX_PIXELS, way_out)
        return pixels
    if declared in PATTERNS:
        return np.array(PATTERNS[declared].pixels)[np.newaxis]
    if is_picture:
        return picture_planes(declared, read_image(declared), colour=colour, chosen=chosen)
    raise InvalidValue(f'unknown image "{declared}"', suggestion(declared, PATTERNS))


def _image_words(declared: str | list[Any]) -> tuple[str, str]:
    """Return the image's name and what it shows, as far as they are known."""
    if isinstance(declared, list):
        return "", ""
    return declared, PATTERNS[declared].shows if declared in PATTERNS else ""


def _kernel(declared: str | list[Any], scale: Fraction) -> SceneKernel:
    """Return a kernel whose weights have as many axes as the author wrote."""
    if is_list_of_texts(declared):
        return _named_filters(declared, scale)
    if isinstance(declared, list):
        return SceneKernel("", declared_array(declared, "kernel"), scale, "")
    named = _named(declared)
    return SceneKernel(declared, np.array(named.weights), named.scale * scale, named.asks)


def _named_filters(names: list[str], scale: Fraction) -> SceneKernel:
    """Return named kernels as the filters of one, their scales brought to one denominator."""
    kernels = [_named(name, row) for row, name in enumerate(names, 1)]
    sizes = [size_text(*np.shape(kernel.weights)) for kernel in kernels]
    for row, size in enumerate(sizes, 1):
        if size != sizes[0]:
            fact = f'"{names[row - 1]}" is a {size} kernel, and "{names[0]}" {sizes[0]}'
            raise InvalidValue(fact, "The filters of one scene have the same size.", row=row)
    common = Fraction(1, lcm(*(kernel.scale.denominator for kernel in kernels)))
    weights = [np.array(kernel.weights) * int(kernel.scale / common) for kernel in kernels]
    return SceneKernel(", ".join(names), np.stack(weights)[:, np.newaxis], common * scale, "")


def _named(name: str, row: int = 0) -> NamedKernel:
    if name not in KERNELS:
        raise InvalidValue(f'unknown kernel "{name}"', suggestion(name, KERNELS), row=row)
    return KERNELS[name]


def _filters(weights: Array, channels: int, geometry: Geometry) -> Array:
    """Return weights with all four axes; one grid with a group for each channel lies on each of them."""
    if weights.ndim == 2 and geometry.groups == channels:
        return np.repeat(weights[np.newaxis, np.newaxis], channels, axis=0)
    if weights.ndim == 2 and channels > 1 and channels % geometry.groups == 0:
        raise InvalidValue(
            f"the kernel is one grid, and the image has {channels} channels",
            f"Add groups = {channels} to lay it on each of them, or give it a grid for each channel.",
            "kernel",
        )
    return weights.reshape((1,) * (4 - weights.ndim) + weights.shape)


def _scale(declared: str | float) -> Fraction:
    written = declared if isinstance(declared, str) else format(Decimal(repr(declared)), "f")
    form = SCALE_FORM.fullmatch(written.replace(" ", ""))
    under = int(form["under"] or 1) if form else 0
    scale = Fraction(form["over"]) / under if form and under else Fraction(0)
    if scale == 0 or abs(scale) > LARGEST_NUMBER:
        raise InvalidValue(f'"{declared}" cannot be a scale', 'Write a fraction such as "1/9" or a number.')
    return scale


def _check_bias(declared: float | list[Any]) -> None:
    if not isinstance(declared, list):
        check_number(declared, "the bias")
        return
    if not declared:
        raise InvalidValue("the list of biases is empty", "Write one number for each filter.")
    for number, value in enumerate(declared, 1):
        check_number(value, f"number {number} of the bias", number)


def _bias(declared: float | list[Any], filters: int) -> Array:
    """Return the bias of each filter; a single number is that of all."""
    numbers = declared if isinstance(declared, list) else [declared] * filters
    if len(numbers) != filters:
        fact = f"the bias has {counted(len(numbers), 'number')}, and the kernel {counted(filters, 'filter')}"
        raise InvalidValue(fact, "Write one number for each filter, or a single one for all.", "bias")
    whole = all(float(number).is_integer() for number in numbers)
    return np.array(numbers, dtype=np.int64 if whole else np.float64)


def _choice(
    given: Mapping[str, Any], image: Array, filters: int, size: tuple[int, int], geometry: Geometry
) -> FrameChoice | None:
    """Return which positions the reel holds."""
    if "frames" not in given:
        return None
    if geometry.transposed:
        fact = "frames chooses positions of a window, and a transposed scene has none"
        raise InvalidValue(fact, "Leave frames out; each pixel spreads in turn.", "frames")
    rows, columns = geometry.output_size((image.shape[1], image.shape[2]), size)
    check_padded(image, geometry, size)
    return chosen_frames(given["frames"], (filters, rows, columns))


def _check_blank(declared: str | list[Any]) -> None:
    """Refuse a list of blanks that is empty, or holds something that is not text."""
    if declared == []:
        raise InvalidValue("the list of blanks is empty", 'Write one, as in blank = ["out peak", "row 2"].')
    for number, words in enumerate(declared, 1):
        if not isinstance(words, str):
            fact = f"blank {number} is {kind_text(words)}, not text"
            raise InvalidValue(fact, 'Write it in quotes, as in blank = ["out peak", "12"].', row=number)


def _check_worksheet(given: Mapping[str, Any], filters: int, geometry: Geometry) -> None:
    """Refuse a worksheet of what is no plain sum; `filters` is 0 where the scene pools."""
    if not given.get("worksheet", "blank" in given) or (filters == 1 and not geometry.transposed):
        return
    key = "blank" if "blank" in given else "worksheet"
    what = "pools" if not filters else "is transposed" if geometry.transposed else f"has {filters} filters"
    raise InvalidValue(
        f"a worksheet leaves sums of one feature map empty, and the scene {what}", f"Leave {key} out.", key
    )
