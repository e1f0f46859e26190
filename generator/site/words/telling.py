"""Numbers, sizes and places in words, as all kinds of scenes tell them."""

from generator.arithmetic import NO_MARGINS
from generator.scenes import Array, Geometry, Reel
from generator.scenes.numerals import MINUS, SCIENTIFIC, margins_text, pair_text, size_text


def said(number: str) -> str:
    """Return a printed number in words that can be spoken.

    >>> said("−1/9"), said("3e−7")
    ('minus 1 over 9', '3 times 10 to the minus 7')
    """
    spelled = SCIENTIFIC.sub(r" times 10 to the \1\2", number)
    return spelled.replace(MINUS, "minus ").replace("/", " over ")


def about(reel: Reel, value: float) -> str:
    """Return a printed answer, and that it is rounded where it is."""
    text = reel.answer_text(value)
    return text if reel.is_output_exact(value) else f"about {text}"


def image_words(reel: Reel) -> str:
    """Return what the image is, as the beginning of a sentence."""
    shows = f", {reel.scene.shows}" if reel.scene.shows else ""
    return f"A {size_text(*reel.input_size)} image{_channels(reel.image)}{shows}"


def _channels(image: Array) -> str:
    return f" of {len(image)} channels" if len(image) > 1 else ""


def answers_words(reel: Reel) -> str:
    """Return what all answers together are, with the smallest and the largest."""
    size = size_text(*reel.output_size)
    several = len(reel.output) > 1
    what = f"{len(reel.output)} {size} feature maps" if several else f"the {size} feature map they make"
    return f"{what}, {range_words(reel)}"


def range_words(reel: Reel) -> str:
    """Return the smallest and the largest answer, and how many were cut off."""
    ends = f"from {about(reel, reel.output.min())} to {about(reel, reel.output.max())}"
    cut = int(reel.cut_cells.sum())
    return f"{ends}, {cut:,} of the {reel.output.size:,} answers cut off" if cut else ends


def geometry_words(geometry: Geometry, around: str) -> list[str]:
    """Return how something is laid, as far as that is unusual; `around` says with what is padded."""
    told = []
    if geometry.stride != (1, 1):
        told.append(f"stride {pair_text(geometry.stride)}")
    if geometry.padding != NO_MARGINS:
        told.append(f"padding {margins_text(geometry.padding)}{around}")
    if geometry.dilation != (1, 1):
        told.append(f"dilation {pair_text(geometry.dilation)}")
    return told


def with_options(told: list[str]) -> str:
    """Return options as a clause that follows what they are about."""
    return f" with {', '.join(told)}" if told else ""


def place_words(reel: Reel, number: int) -> str:
    """Return where a frame, counted from 1, is, as the beginning of a sentence."""
    if reel.positions is None:
        return f"Step {number}"
    plane, row, column = reel.positions.of_frames[number - 1]
    noun = "Channel" if reel.positions.side == "in" else "Map"
    first = f"{noun} {plane + 1}, row" if reel.positions.shape[0] > 1 else "Row"
    return f"{first} {row + 1}, column {column + 1}"
