"""How large a picture is, read from the beginning of its file."""

from struct import error, unpack_from
from typing import NamedTuple

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Endings of the files whose size can be read."""

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8"
NOT_A_FRAME = {0xC4, 0xC8, 0xCC}
"""JPEG markers among those of frame headers that mean something else."""


class PictureSize(NamedTuple):
    """Width and height in pixels as they are stored."""

    width: int
    height: int
    turnable: bool = False
    """Whether the file may bid a browser to show it lying on its side, as photographs do."""


def picture_size(data: bytes) -> PictureSize | None:
    """Return the size of a PNG, JPEG, GIF or WebP; None where the data is none of these or ends too early."""
    try:
        if data.startswith(PNG):
            return PictureSize(*unpack_from(">II", data, 16))
        if data.startswith((b"GIF87a", b"GIF89a")):
            return PictureSize(*unpack_from("<HH", data, 6))
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _webp_size(data)
        return _jpeg_size(data) if data.startswith(JPEG) else None
    except error:
        return None


def _webp_size(data: bytes) -> PictureSize | None:
    kind = data[12:16]
    if kind == b"VP8 ":  # two bits of each number say how it is to be scaled
        width, height = unpack_from("<HH", data, 26)
        return PictureSize(width & 0x3FFF, height & 0x3FFF)
    if kind == b"VP8L":  # 14 bits each, less 1
        (bits,) = unpack_from("<I", data, 21)
        return PictureSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8X":  # 24 bits each, less 1
        low, middle, high = unpack_from("<HHH", data, 24)
        return PictureSize((low | (middle & 0xFF) << 16) + 1, (middle >> 8 | high << 8) + 1)
    return None


def _jpeg_size(data: bytes) -> PictureSize | None:
    """Return the size from the frame header, which stands behind segments of any length."""
    at = len(JPEG)
    while True:
        mark, kind = unpack_from("BB", data, at)
        if mark != 0xFF:
            return None
        if kind == 0xFF:  # padding
            at += 1
        elif 0xC0 <= kind <= 0xCF and kind not in NOT_A_FRAME:
            height, width = unpack_from(">HH", data, at + 5)
            return PictureSize(width, height, turnable=True)
        else:
            at += 2 + unpack_from(">H", data, at + 2)[0]
