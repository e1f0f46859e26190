"""Scenes and frames in words: for those who listen, and for pictures that do not load."""

from generator.arithmetic import NO_MARGINS
from generator.scenes import Array, Frame, Reel, Scene
from generator.scenes.numerals import MINUS, SCIENTIFIC, is_exact, margins_text, pair_text, size_text

MOST_TERMS = 12
"""A longer sum, or one in a photograph, is told by its channels, or by its result alone."""
MODES = {
    "zeros": "zeros",
    "reflect": "its mirror image",
    "replicate": "its edge repeated",
    "circular": "its opposite side",
}
"""What padding puts around an image."""


def scene_alt(reel: Reel) -> str:
    """Return a description of the finished stage in words."""
    if reel.scene.below:
        return _stack_alt(reel)
    scene = reel.scene
    shows = f", {scene.shows}" if scene.shows else ""
    low, high = _about(reel, reel.output.min()), _about(reel, reel.output.max())
    maps = f"{len(reel.output)} {size_text(*reel.output_size)} feature maps"
    what = f"the {size_text(*reel.output_size)} feature map they make" if len(reel.output) == 1 else maps
    image = f"A {size_text(*reel.input_size)} image{_channels(reel.input)}{shows}"
    return f"{image}; {_window(reel)}{_options(scene)}; {what}, from {low} to {high}."


def _stack_alt(reel: Reel) -> str:
    first, layers = reel.scene.layers[0], reel.scene.layers
    shows = f", {first.shows}" if first.shows else ""
    made = "; ".join(
        f"layer {number}, {_layer(layer)}: {_maps(layer)}" for number, layer in enumerate(layers, 1)
    )
    sees = size_text(*reel.frames[0].sights[0].field[2:])
    return (
        f"A {size_text(*reel.image.shape[1:])} image{_channels(reel.image)}{shows}; {made}, "
        f"from {_about(reel, reel.output.min())} to {_about(reel, reel.output.max())}. "
        f"One cell of layer {len(layers)} sees {sees} pixels."
    )


def _layer(layer: Scene) -> str:
    """Return what a layer of a stack lays on what reaches it."""
    size = size_text(*layer.kernel.size)
    if layer.pooling:
        return f"the {layer.pooling} of {size}{_options(layer)}"
    name = f"{layer.kernel.name} kernel" if layer.kernel.name else "kernel"
    return f"a {size} {name}{_options(layer)}"


def _maps(layer: Scene) -> str:
    size = size_text(*layer.output_size)
    return f"{layer.filters} {size} feature maps" if layer.filters > 1 else f"a {size} feature map"


def _window(reel: Reel) -> str:
    """Return what slides or spreads."""
    size = size_text(*reel.kernel_size)
    if reel.scene.pooling:
        return f"a {size} window that takes the {_pooled(reel)} pixel"
    name = f"{reel.scene.kernel.name} kernel" if reel.scene.kernel.name else "kernel"
    spread = " that every pixel spreads over the output" if reel.scene.geometry.transposed else ""
    return f"a {size} {name}{spread}"


def _pooled(reel: Reel) -> str:
    return "largest" if reel.scene.pooling == "max" else "average"


def _channels(image: Array) -> str:
    return f" of {len(image)} channels" if len(image) > 1 else ""


def _options(scene: Scene) -> str:
    """Return what else was declared, as a clause that follows the kernel."""
    geometry = scene.geometry
    told = []
    if geometry.stride != (1, 1):
        told.append(f"stride {pair_text(geometry.stride)}")
    if geometry.padding != NO_MARGINS:
        around = "" if geometry.transposed or scene.pooling else f" with {MODES[geometry.padding_mode]}"
        told.append(f"padding {margins_text(geometry.padding)}{around}")
    if geometry.dilation != (1, 1):
        told.append(f"dilation {pair_text(geometry.dilation)}")
    if geometry.groups > 1:
        told.append(f"{geometry.groups} groups")
    if scene.bias.any():
        told.append("a bias")
    if scene.activation:
        told.append("ReLU")
    return f" with {', '.join(told)}" if told else ""


def spoken(reel: Reel, frame: Frame) -> str:
    """Return one sentence that says what happens in a frame, in words that can be spoken."""
    plane, row, column = frame.place
    geometry = reel.scene.geometry
    several = len(reel.input if geometry.transposed else reel.output) > 1
    noun = "Channel" if geometry.transposed else "Map"
    place = f"{noun} {plane + 1}, row {row + 1}" if several else f"Row {row + 1}"
    if reel.scene.below:
        return f"{place}, column {column + 1}: {_sees(frame)}; it holds {said(_about(reel, frame.value))}."
    told = _spread if geometry.transposed else _pool if reel.scene.pooling else _sum
    return f"{place}, column {column + 1}: {told(reel, frame)}."


def _sum(reel: Reel, frame: Frame) -> str:
    equations = reel.equations(frame)
    added = f", plus the bias {said(equations.bias)}" if reel.scene.bias[frame.place[0]] else ""
    equals = "equals" if equations.weights_add_up else "is about"
    result = f"{_terms(reel, frame)}{added} {equals} {said(equations.sum.text)}"
    if reel.scene.activation:
        result += f"; after ReLU {said(equations.value.text)}"
    return result


def _terms(reel: Reel, frame: Frame) -> str:
    """Return the sum's terms: each product, or what each channel adds where there are too many."""
    equations = reel.equations(frame)
    if frame.products.size <= MOST_TERMS and not reel.scene.is_photo:
        told = (f"{said(term.weight)} times {said(term.pixel)}" for term in equations.terms)
        return ", plus ".join(told)
    if len(frame.planes) == 1:
        return "the sum"
    parts = zip(frame.planes, equations.channel_sums, strict=True)
    return ", plus ".join(f"channel {n + 1}: {said(part.text)}" for n, part in parts)


def _pool(reel: Reel, frame: Frame) -> str:
    rows, columns = reel.window_cells(frame)
    bare = [unseen for row in reel.bare[rows] for unseen in row[columns]]
    pixels = zip(frame.products.ravel().tolist(), bare, strict=True)
    own = (pixel for pixel, unseen in pixels if not (unseen and frame.winner))
    numbers = ", ".join(said(reel.number_text(pixel)) for pixel in own)
    is_true = frame.winner is not None or reel.equations(frame).averages
    result = f"{'is' if is_true else 'is about'} {said(reel.result_text(frame.value))}"
    return f"the {_pooled(reel)} of {numbers} {result}"


def _sees(frame: Frame) -> str:
    """Return which pixels of the image a stack's cell sees."""
    seen = frame.sights[0].seen
    if seen is None:
        return "the cell sees no pixel of the image"
    rows, columns = _lines("row", seen.row, seen.height), _lines("column", seen.column, seen.width)
    size = f"{seen.height} by {seen.width} pixels" if seen.height * seen.width > 1 else "1 pixel"
    return f"the cell sees {size}, {rows}, {columns}"


def _lines(noun: str, first: int, count: int) -> str:
    """Return some lines, of which the first is counted from 0, as people count them.

    >>> _lines("row", 0, 3), _lines("column", 4, 1)
    ('rows 1 to 3', 'column 5')
    """
    return f"{noun}s {first + 1} to {first + count}" if count > 1 else f"{noun} {first + 1}"


def _spread(reel: Reel, frame: Frame) -> str:
    count = len(frame.changes)
    pixel = said(reel.number_text(frame.sum))
    return f"the pixel {pixel} times the kernel is added to {count} cell{'s' * (count != 1)} of the output"


def said(number: str) -> str:
    """Return a printed number in words that can be spoken.

    >>> said("−1/9"), said("3e−7")
    ('minus 1 over 9', '3 times 10 to the minus 7')
    """
    spelled = SCIENTIFIC.sub(r" times 10 to the \1\2", number)
    return spelled.replace(MINUS, "minus ").replace("/", " over ")


def _about(reel: Reel, value: float) -> str:
    """Return a printed answer, and that it is rounded where it is."""
    text = reel.result_text(value)
    return text if is_exact(text, value) else f"about {text}"
