"""Animated WebP files, written frame by frame: of each frame after the first only the pixels that change.

Pillow's own encoder for animations tries every frame several times. What has changed is known before it is
encoded: here it is cut out, all else in it is made transparent, and the pieces are put together by hand.
"""

from collections.abc import Sequence
from io import BytesIO
from struct import pack

from PIL import Image, ImageChops

from generator.drawing.palette import RGB

ANIMATED, TRANSPARENT = 0x02, 0x10
"""Bits that announce what is in a file."""
HEADER = 12
"""Bytes of a file in front of its first chunk."""
EFFORT = {"method": 1, "quality": 0}
"""How hard WebP tries: without loss, more than this takes twice as long for a fifth of the bytes."""
UNCHANGED = (0, 0, 1, 1)
"""What is encoded of a frame that looks like the one before it, so that it is a frame all the same."""

Box = tuple[int, int, int, int]


def animated_webp(
    pictures: Sequence[Image.Image], colours: Sequence[RGB], clear: int, times: Sequence[int]
) -> bytes:
    """Return pictures of palette indices, all of one size, as a WebP that runs for ever, without loss.

    Args:
        pictures: modes "P"; one alone makes a file without motion.
        colours: the palette of all of them.
        clear: an index that no picture has.
        times: how long each stays, in milliseconds.

    """
    first = pictures[0]
    still = _encoded(_painted(first.copy(), colours))
    if len(pictures) == 1:
        return _file(still)
    frames = [_frame(still, (0, 0, *first.size), times[0])]
    for before, picture, time in zip(pictures, pictures[1:], times[1:], strict=False):
        box, change = _change(before, picture, clear)
        frames.append(_frame(_encoded(_painted(change, colours, clear)), box, time))
    features = pack("<I", ANIMATED | TRANSPARENT) + _size(first.size)
    return _file(_chunk(b"VP8X", features), _chunk(b"ANIM", bytes(6)), *frames)


def _change(before: Image.Image, picture: Image.Image, clear: int) -> tuple[Box, Image.Image]:
    """Return where a picture differs from the one before it, and that part of it, clear where it does not."""
    difference = ImageChops.difference(before, picture)
    left, top, right, bottom = difference.getbbox() or UNCHANGED
    box = (left - left % 2, top - top % 2, right, bottom)  # the format knows no odd corners
    change = picture.crop(box)
    same = difference.crop(box).point([255] + [0] * 255, "L")
    change.im.paste(clear, (0, 0, *change.size), same.im)
    return box, change


def _painted(picture: Image.Image, colours: Sequence[RGB], clear: int | None = None) -> Image.Image:
    """Return palette indices in full colour."""
    if clear is None:
        picture.putpalette([part for colour in colours for part in colour])
        return picture.convert("RGB")
    opaque = [(*colour, 0 if index == clear else 255) for index, colour in enumerate(colours)]
    picture.putpalette([part for colour in opaque for part in colour], "RGBA")
    return picture.convert("RGBA")


def _encoded(picture: Image.Image) -> bytes:
    """Return a picture as the chunk that is all of its file: there is no loss, and no note."""
    data = BytesIO()
    picture.save(data, "WEBP", lossless=True, **EFFORT)
    return data.getvalue()[HEADER:]


def _frame(chunk: bytes, box: Box, time: int) -> bytes:
    """Return what lays an encoded picture on what is there, and leaves it for so long."""
    left, top, right, bottom = box
    place = _three(left // 2) + _three(top // 2) + _size((right - left, bottom - top))
    return _chunk(b"ANMF", place + _three(time) + b"\0" + chunk)


def _size(size: tuple[int, int]) -> bytes:
    return _three(size[0] - 1) + _three(size[1] - 1)


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + pack("<I", len(content)) + content + bytes(len(content) % 2)


def _file(*chunks: bytes) -> bytes:
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + pack("<I", len(content)) + content
