"""PNG files of palette indices, written by hand.

Pillow's own encoder hands a palette's rows to zlib one by one and unfiltered, and takes half as long again
for more bytes. Here every row is stored as its difference from the row above (PNG's filter "Up"), which is
all zeros wherever a tile goes on downwards.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from struct import pack
from zlib import compressobj, crc32

from PIL import Image, ImageChops

from generator.drawing.palette import RGB

SIGNATURE = b"\x89PNG\r\n\x1a\n"
UP = 2
"""The filter's number, which stands in front of every row."""
FEW = 16
"""As many colours fit into 4 bits a pixel."""
LEVEL = 6
"""zlib's level: one less saves a tenth of the time for a quarter more bytes."""
PHOTO_LEVEL = 3
"""For pages full of photographs, of which two levels more take twice as long for a quarter of the bytes."""
ROWS_AT_ONCE = 256
"""Few enough that the rows and their differences stay in the processor's cache."""
METRES_PER_INCH = 0.0254


def indexed_png(
    picture: Image.Image, colours: Sequence[RGB], clear: int | None, dots_per_inch: int, level: int = LEVEL
) -> bytes:
    """Return a picture of palette indices (mode "P") as a PNG in which the index `clear` is transparent.

    It has a colour of its own, and where no pixel is clear nothing is said of it: programs that make a
    palette's picture one of colours take every pixel of that colour for transparent. None is no index.
    """
    bits = 4 if len(colours) <= FEW else 8
    dots_per_metre = round(dots_per_inch / METRES_PER_INCH)
    transparency = []
    if clear is not None:
        colours = [*colours[:clear], _other_colour(colours), *colours[clear + 1 :]]
        if clear in picture.tobytes():
            transparency = [(b"tRNS", b"\xff" * clear + b"\x00")]
    chunks = (
        (b"IHDR", pack(">IIBBBBB", *picture.size, bits, 3, 0, 0, 0)),
        (b"PLTE", bytes(part for colour in colours for part in colour)),
        *transparency,
        (b"pHYs", pack(">IIB", dots_per_metre, dots_per_metre, 1)),
        (b"IDAT", _compressed(picture, bits, level)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def with_few_colours(
    picture: Image.Image, colours: Sequence[RGB], tolerance: int
) -> tuple[Image.Image, Sequence[RGB]]:
    """Return a picture and its palette with so few colours that they fit into 4 bits a pixel, if they can.

    Of colours that are nearest to each other the later ones give way, as long as no channel of any changes
    by more than the tolerance; where too many would be left, the same picture and palette are returned.
    """
    groups = [[index] for index in range(len(colours))]
    while len(groups) > FEW:
        distance, one, other = min(
            (_farthest(colours, into[0], gone), at, place)
            for (at, into), (place, gone) in combinations(enumerate(groups), 2)
        )
        if distance > tolerance:
            return picture, colours
        groups[one] += groups.pop(other)
    table = [0] * 256
    for place, group in enumerate(groups):
        for index in group:
            table[index] = place
    return picture.point(table), [colours[first] for first, *_ in groups]


def _farthest(colours: Sequence[RGB], one: int, others: Sequence[int]) -> int:
    """Return how far the farthest of some colours is from one, in any channel."""
    return max(abs(a - b) for other in others for a, b in zip(colours[one], colours[other], strict=True))


def _other_colour(colours: Sequence[RGB]) -> RGB:
    """Return a colour that is not among others, nearly white: paper to programs that know no transparency.

    >>> _other_colour([(0, 0, 0), (255, 255, 255), (254, 254, 254)])
    (253, 253, 253)
    """
    return next((grey, grey, grey) for grey in range(255, -1, -1) if (grey, grey, grey) not in colours)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))


def _compressed(picture: Image.Image, bits: int, level: int) -> bytes:
    compressor = compressobj(level)
    pieces = [compressor.compress(rows) for rows in _filtered(picture, bits)]
    return b"".join([*pieces, compressor.flush()])


def _filtered(picture: Image.Image, bits: int) -> Iterator[bytes]:
    """Yield the rows, some at once, each as the filter's number and the differences from the row above."""
    width, height = picture.size
    length = (width * bits + 7) // 8
    above = Image.new("L", (length, 1))
    for top in range(0, height, ROWS_AT_ONCE):
        count = min(ROWS_AT_ONCE, height - top)
        part = picture.crop((0, top, width, top + count))
        rows = Image.frombytes("L", (length, count), part.tobytes("raw", "P;4" if bits == 4 else "P"))
        # One column more, UP in the rows and zero above them, so that each difference begins with UP.
        these, those = Image.new("L", (length + 1, count), UP), Image.new("L", (length + 1, count))
        these.paste(rows, (1, 0))
        those.paste(above, (1, 0))
        those.paste(rows, (1, 1))
        yield ImageChops.subtract_modulo(these, those).tobytes()
        above = rows.crop((0, count - 1, length, count))
