"""Files of pictures, piece by piece: what of them shows the picture is kept as it is, all else is left out.

Where a camera stood, who held it, what a program noted, a small copy of the picture as it was before it was
cropped: none of it is needed to show a picture, and all of it stands in pieces of its own. Left out are also
those that nobody has heard of yet, and whatever follows the end. No pixel is coded anew, so none changes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from struct import error, pack, unpack_from
from zlib import decompressobj
from zlib import error as zlib_error

PNG_SIGNATURE = 8
"""Bytes."""
PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
PNG_COLOURS = frozenset({b"gAMA", b"cHRM", b"sRGB", b"cICP"})
"""What the numbers mean, where no profile says it."""
PNG_SHOWN = PNG_COLOURS | {b"IHDR", b"PLTE", b"tRNS", b"sBIT", b"pHYs", b"IDAT", b"acTL", b"fcTL", b"fdAT"}
PNG_LENGTHS = {
    b"IHDR": 13,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"cICP": 4,
    b"pHYs": 9,
    b"acTL": 8,
    b"fcTL": 26,
}
PNG_REPEATED = frozenset({b"IDAT", b"fcTL", b"fdAT"})
PNG_MOST = {b"PLTE": 768, b"sBIT": 4}
TRANSPARENCY = {0: 2, 2: 6, 3: 256}
"""Bytes at most, by the kind of colours."""
COLOUR_PLACE = PNG_SIGNATURE + 8 + 9
PALETTED = 3
SEQUENCE = 4
"""Bytes of a number in front of a later frame's data."""
PROFILE = b"iCCP"

JPEG_START, JPEG_END, SCAN, JFIF, ADOBE = 0xD8, 0xD9, 0xDA, 0xE0, 0xEE
JPEG_SHOWN = frozenset({*range(0xC0, 0xD0), SCAN, 0xDB, 0xDD})
"""Sizes, tables and scans."""
WITHOUT_LENGTH = frozenset({0x00, 0x01, *range(0xD0, JPEG_START + 1)})
AFTER_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""The first mark that is neither a stuffed byte nor a restart."""
NO_THUMBNAIL = b"\0\0"

WEBP_SHOWN = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
FRAME_HEADER = 16
"""Bytes of place and time in front of a frame's own pieces."""
NOTES_FOLLOW = 0x20 | 0x08 | 0x04
"""Bits that announce a profile, EXIF and XMP."""

MOST_AT_ONCE = 1_000_000
"""Bytes, so that a small file cannot fill the memory."""

GIF_EXTENSION, GIF_IMAGE, GIF_END = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications whose note says how often an animation runs; all others say something else."""
CONTROL_LENGTH = 8
LOOP = 18
"""Bytes up to the number of times."""


class _Odd(Exception):  # noqa: N818 - it says what the file is
    """A file that is not put together as it should be."""


def shown_part(data: bytes, kind: str) -> bytes | None:
    """Return a file with no more in it than shows the picture; the same bytes where there is no more.

    None means that the file is not put together as files of this kind ("PNG", "JPEG", "MPO", "WEBP" or
    "GIF") are; programs may show it all the same.
    """
    try:
        return b"".join(_PARTS[kind](data))
    except (_Odd, error, IndexError):  # the latter two where it ends too early
        return None


def _png(data: bytes) -> Iterator[bytes]:
    chunks = list(_png_chunks(data))
    has_profile = any(name == PROFILE for name, _ in chunks)
    shown = PNG_SHOWN - PNG_COLOURS if has_profile else PNG_SHOWN
    if data[COLOUR_PLACE] != PALETTED:  # a palette would only be a suggestion
        shown -= {b"PLTE"}
    kept = [(name, chunk) for name, chunk in chunks if name in shown]
    _check_png(kept, PNG_MOST | {b"tRNS": TRANSPARENCY.get(data[COLOUR_PLACE], 0)})
    yield data[:PNG_SIGNATURE]
    yield from (chunk for _, chunk in kept)
    yield PNG_END


def _check_png(chunks: list[tuple[bytes, bytes]], most: Mapping[bytes, int]) -> None:
    """Refuse chunks that have room for more than they say, stand twice, or go on behind the picture."""
    names = [name for name, _ in chunks if name not in PNG_REPEATED]
    lengths = [(name, len(chunk) - 12) for name, chunk in chunks]
    too_long = any(
        length != PNG_LENGTHS.get(name, length) or length > most.get(name, length) for name, length in lengths
    )
    streams = [b"".join(chunk[8:-4] for name, chunk in chunks if name == b"IDAT"), *_later_streams(chunks)]
    if too_long or len(set(names)) < len(names) or not all(map(_is_one_stream, streams)):
        raise _Odd


def _later_streams(chunks: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Yield the data of each frame of an animation but the first."""
    stream = b""
    for name, chunk in chunks:
        if name == b"fcTL" and stream:
            yield stream
            stream = b""
        if name == b"fdAT":
            stream += chunk[8 + SEQUENCE : -4]
    if stream:
        yield stream


def _is_one_stream(data: bytes) -> bool:
    """Tell whether data is compressed to its last byte."""
    reader = decompressobj()
    try:
        while data and not reader.eof:
            reader.decompress(data, MOST_AT_ONCE)
            data = reader.unconsumed_tail
    except zlib_error:
        return False
    return reader.eof and not reader.unused_data


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the whole of each chunk before the end."""
    at = PNG_SIGNATURE
    while True:
        length, name = unpack_from(">I4s", data, at)
        if name == b"IEND":
            return
        chunk = data[at : at + 12 + length]
        yield name, chunk
        at += len(chunk)


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield bytes([0xFF, JPEG_START])
    at = 2
    while True:
        mark, kind = unpack_from("BB", data, at)
        if mark != 0xFF or kind in WITHOUT_LENGTH:
            raise _Odd
        if kind == 0xFF:  # padding
            at += 1
            continue
        if kind == JPEG_END:
            yield bytes([0xFF, JPEG_END])
            return
        end = at + 2 + unpack_from(">H", data, at + 2)[0]
        yield _shown_segment(kind, data[at:end])
        if kind == SCAN:
            at, end = end, _scan_end(data, end)
            yield data[at:end]
        at = end


def _shown_segment(kind: int, segment: bytes) -> bytes:
    """Return what of a segment is needed: how colours are meant, but neither a thumbnail nor notes."""
    if kind == JFIF and segment[4:9] == b"JFIF\0":
        return b"\xff\xe0\0\x10" + segment[4:16] + NO_THUMBNAIL
    if kind == ADOBE and segment[4:9] == b"Adobe":
        return b"\xff\xee\0\x0e" + segment[4:16]
    return segment if kind in JPEG_SHOWN else b""


def _scan_end(data: bytes, start: int) -> int:
    match = AFTER_SCAN.search(data, start)
    if not match:
        raise _Odd
    return match.start()


def _webp(data: bytes) -> Iterator[bytes]:
    end = 8 + unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise _Odd
    chunks = b"".join(_webp_chunks(data[12:end]))
    _check_webp(chunks)
    yield b"RIFF" + pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def _check_webp(chunks: bytes) -> None:
    """Refuse pieces that stand twice, or without the ones that say what they are for."""
    at, names = 0, []
    while at < len(chunks):
        name, length = unpack_from("<4sI", chunks, at)
        names += [name] if name != b"ANMF" else []
        at += 8 + length + length % 2
    coded = {b"VP8 ", b"VP8L"} & set(names)
    needless = {b"ALPH", b"ANIM"} & set(names) and b"VP8X" not in names
    if len(set(names)) < len(names) or len(coded) > 1 or needless:
        raise _Odd


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the chunks that are shown, those inside frames too."""
    at = 0
    while at < len(data):
        name, length = unpack_from("<4sI", data, at)
        content = data[at + 8 : at + 8 + length]
        if name == b"VP8X":
            content = bytes([content[0] & ~NOTES_FOLLOW]) + content[1:]
        elif name == b"ANMF":
            content = content[:FRAME_HEADER] + b"".join(_webp_chunks(content[FRAME_HEADER:]))
        if name in WEBP_SHOWN:
            yield name + pack("<I", len(content)) + content + bytes(len(content) % 2)
        at += 8 + length + length % 2


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _palette_length(data[10])
    yield data[:at]
    while data[at] != GIF_END:
        start = at
        if data[at] == GIF_EXTENSION:
            at = _blocks_end(data, at + 2)
            yield _shown_extension(data[start:at])
        elif data[at] == GIF_IMAGE:
            at = _blocks_end(data, at + 11 + _palette_length(data[at + 9]))
            yield data[start:at]
        else:
            raise _Odd
    yield bytes([GIF_END])


def _palette_length(flags: int) -> int:
    return 3 * 2 ** (flags % 8 + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    """Return where blocks end that each say their length, the last being empty."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _shown_extension(extension: bytes) -> bytes:
    """Return the time and the transparent colour of a frame, and how often all of them run."""
    if extension[1] == CONTROL:
        if len(extension) != CONTROL_LENGTH:
            raise _Odd
        return extension
    is_loop = extension[1] == APPLICATION and extension[3:14] in LOOPS and extension[14:16] == b"\3\1"
    return extension[:LOOP] + b"\0" if is_loop else b""


_PARTS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {
    "PNG": _png,
    "JPEG": _jpeg,
    "MPO": _jpeg,  # a JPEG behind which others lie
    "WEBP": _webp,
    "GIF": _gif,
}
