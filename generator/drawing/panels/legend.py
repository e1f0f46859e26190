"""The legend of a map: its colours in a row, between the numbers that have the first and the last of them."""

from collections.abc import Callable, Iterator, Sequence

from generator.drawing.marks import LABEL_SIZE, MIDDLE, Mark, Tile, Words, text_width
from generator.drawing.numbers import signed
from generator.drawing.palette import PIXEL_SHADES, TINTS
from generator.scenes import Signs, Tone

HEIGHT = 26
"""What a legend takes below its map, in units."""
SWATCH = (6, 12)
"""The (width, height) of one colour."""
EVERY = 2
"""Of so many greys one is shown."""
BESIDE = 5
"""Between a number and the colours."""
PART = "legend"


def legend(tone: Tone, text: Callable[[float], str], size: float, x: float, y: float) -> Iterator[Mark]:
    """Yield the legend of a tone whose upper left corner is at a point; `text` prints a number.

    The size is that of the map's numbers: larger ones would make a small map's legend so wide that all of the
    stage has to be smaller.
    """
    middle = y + HEIGHT / 2
    for piece in _pieces(tone, text):
        if isinstance(piece, str):
            yield Words(x, middle + MIDDLE * _size(size), piece, size=_size(size), part=PART)
        else:
            for at, fill in enumerate(piece):
                yield Tile(x + at * SWATCH[0], middle - SWATCH[1] / 2, *SWATCH, fill)
        x += _width(piece, size) + BESIDE


def legend_width(tone: Tone, text: Callable[[float], str], size: float) -> float:
    """Return how wide a legend is."""
    return sum(_width(piece, size) + BESIDE for piece in _pieces(tone, text)) - BESIDE


def ends(tone: Tone, text: Callable[[float], str]) -> tuple[str, str]:
    """Return the numbers that have the first and the last colour.

    >>> ends(Signs(32), str)
    ('-32', '+32')
    """
    if isinstance(tone, Signs):
        return text(-tone.largest), signed(text(tone.largest), -1)
    return text(tone.dark), text(tone.bright)


def _pieces(tone: Tone, text: Callable[[float], str]) -> Iterator[str | Sequence[str]]:
    """Yield numbers, and between them the roles of colours."""
    first, last = ends(tone, text)
    yield first
    if isinstance(tone, Signs):
        yield [f"minus-{step}" for step in range(TINTS, 0, -1)]
        yield "0"
        yield [f"plus-{step}" for step in range(1, TINTS + 1)]
    else:
        yield [f"pixel-{step}" for step in range(0, PIXEL_SHADES, EVERY)]
    yield last


def _size(of_numbers: float) -> float:
    return min(LABEL_SIZE, of_numbers)


def _width(piece: str | Sequence[str], size: float) -> float:
    return text_width(piece, _size(size)) if isinstance(piece, str) else len(piece) * SWATCH[0]
