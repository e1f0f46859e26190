"""Numbers on tiles: how they are printed, and the role of the colour under them."""

from collections.abc import Iterable
from math import ceil

from generator.drawing.palette import LIGHT_INKED, PIXEL_SHADES, TINTS
from generator.scenes import Array, Greys, Signs, Tone
from generator.scenes.numerals import MINUS


def tint(value: float, largest: float) -> str:
    """Return the role that colours a signed number: its sign and how much of the largest it is.

    >>> tint(-32, 32), tint(4, 32), tint(0, 32)
    ('minus-4', 'plus-1', 'zero')
    """
    if not value or not largest:
        return "zero"
    step = min(TINTS, max(1, ceil(TINTS * abs(value) / largest - 1e-9)))
    return f"{'plus' if value > 0 else 'minus'}-{step}"


def tile_colours(value: float, tone: Tone) -> tuple[str, str]:
    """Return the roles of a number's tile and of the number on it.

    >>> tile_colours(9, Greys(0, 9)), tile_colours(-9, Signs(9))
    (('pixel-18', 'on-bright'), ('minus-4', 'ink'))
    """
    if isinstance(tone, Signs):
        return tint(value, tone.largest), "ink"
    step = shade(value, tone)
    return f"pixel-{step}", "on-dark" if step < LIGHT_INKED else "on-bright"


def shade(value: float, greys: Greys) -> int:
    """Return the grey step of a brightness.

    >>> shade(9, Greys(0, 9)), shade(0, Greys(0, 9)), shade(1, Greys(0, 9)), shade(10, Greys(0, 9))
    (18, 0, 2, 18)
    """
    share = (value - greys.dark) / (greys.bright - greys.dark)
    return round(min(max(share, 0), 1) * (PIXEL_SHADES - 1))


def weight_ink(weight: float) -> str:
    """Return the role that colours a weight."""
    return "plus" if weight > 0 else "minus" if weight < 0 else "muted"


def signed(text: str, against: float) -> str:
    """Return a printed number, its plus too where some number that it stands with is negative.

    >>> signed("18", against=-9), signed("0", against=-9), signed("−1", against=-9), signed("1/9", against=0)
    ('+18', '0', '−1', '1/9')
    """
    return f"+{text}" if against < 0 and text != "0" and not text.startswith(MINUS) else text


def values_in(arrays: Iterable[Array]) -> set[float]:
    """Return the different numbers that occur in some arrays."""
    return {value for array in arrays for value in array.ravel().tolist()}
