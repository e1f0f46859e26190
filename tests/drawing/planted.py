"""Pictures with secrets: whatever a camera or a program may write into a file beside the picture."""

from collections.abc import Iterable
from io import BytesIO
from struct import pack
from typing import Any
from zlib import crc32

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

SECRET = b"SECRET-48.2082N"
WORDS = SECRET.decode()
MARKS = (
    SECRET,
    *(
        b"Exif",
        b"xmpmeta",
        b"ns.adobe.com",
        b"Photoshop",
        b"8BIM",
        b"ICC_PROFILE",
        b"acsp",
        b"JFXX",
        b"MPF\0",
    ),
    *(
        b"tEXt",
        b"zTXt",
        b"iTXt",
        b"eXIf",
        b"iCCP",
        b"tIME",
        b"EXIF",
        b"XMP ",
        b"ICCP",
        b"XMP DataXMP",
        b"ICCRGB",
    ),
)
"""None of them is in a published file."""
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
SWAPPED = SRGB.replace(b"rXYZ", b"?XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"?XYZ", b"bXYZ", 1)
"""The profile of a device whose red is blue."""
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
BEHIND = b"behind the end: " + SECRET
FRAMES = 3


def exif(orientation: int = 1) -> bytes:
    """Return EXIF of a camera that knows where it stood."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = made[0x0110] = WORDS
    made.get_ifd(0x8825).update({1: "N", 2: (48.0, 12.0, 29.5), 29: WORDS})
    return made.tobytes()


def drawn(mode: str = "RGB", shift: int = 0) -> Image.Image:
    """Return a picture of 24×16 soft colours, which no two sides share."""
    pixels = bytes(
        part for y in range(16) for x in range(24) for part in (x * 10, y * 15, (x * y + 40 * shift) % 256)
    )
    picture = Image.frombytes("RGB", (24, 16), pixels)
    if mode == "RGBA":
        picture.putalpha(picture.getchannel("R"))
    if mode == "I;16":
        return Image.frombytes("I;16", (24, 16), bytes(range(256)) * 3)
    return picture if mode in ("RGB", "RGBA") else picture.convert(mode)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:  # noqa: ANN401 - as Pillow takes them
    data = BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


def moving(kind: str, mode: str = "RGB", **options: Any) -> bytes:  # noqa: ANN401 - as Pillow takes them
    """Return an animation of three pictures."""
    first, *others = (drawn(mode, shift) for shift in range(FRAMES))
    times = [100, 250, 400]
    return saved(first, kind, save_all=True, append_images=others, duration=times, loop=2, **options)


def png_notes() -> PngInfo:
    notes = PngInfo()
    notes.add_text("Author", WORDS)
    notes.add_text("Comment", WORDS * 9, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return notes


def planted_png(data: bytes) -> bytes:
    """Return a PNG with a time, a chunk of somebody's own, and something behind its end."""
    at = data.index(b"IDAT") - 4
    chunks = ((b"tIME", pack(">H5B", 2024, 5, 1, 12, 0, 0)), (b"seCr", SECRET))
    own = (pack(">I", len(body)) + name + body + pack(">I", crc32(name + body)) for name, body in chunks)
    return data[:at] + b"".join(own) + data[at:] + BEHIND


def planted_jpeg(data: bytes) -> bytes:
    """Return a JPEG with segments of many programs, and a second JPEG behind its end."""
    thumbnail = saved(drawn().resize((4, 4)), "JPEG", comment=SECRET)
    segments = (
        (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET),
        (0xE2, b"MPF\0" + SECRET),
        (0xE0, b"JFXX\0\x10" + thumbnail),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04" + SECRET),
        (0xEE, b"Mine" + SECRET),
        (0xFE, SECRET),
    )
    planted = b"".join(bytes([0xFF, mark]) + pack(">H", len(body) + 2) + body for mark, body in segments)
    head, rest = data[:2], data[2:]
    if data[6:11] == b"JFIF\0":  # with a thumbnail of 5×1 pixels in it
        head, rest = data[:4] + pack(">H", 16 + 15) + data[6:18] + b"\5\1" + SECRET, data[20:]
    return head + planted + rest + thumbnail + BEHIND


def double() -> bytes:
    """Return a JPEG behind which a second one lies, as some cameras write them."""
    return saved(drawn(), "MPO", save_all=True, append_images=[drawn(shift=1)], exif=exif()) + BEHIND


def planted_gif(data: bytes) -> bytes:
    """Return a GIF with XMP, a profile and a text of its own, and something behind its end."""
    at = data.index(b"!\xf9") if b"!\xf9" in data else data.index(b",", 13 + 3 * 2 ** (data[10] % 8 + 1))
    block = bytes([len(SECRET)]) + SECRET + b"\0"
    xmp = b"!\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    others = b"!\xff\x0bICCRGBG1012" + block + b"!\x01\x0c" + bytes(12) + block + b"!\xfe" + block
    return data[:at] + xmp + others + data[at:] + BEHIND


def planted_webp(data: bytes) -> bytes:
    """Return a WebP with a chunk that nobody knows, and something behind its end."""
    whole = data + b"SECR" + pack("<I", len(SECRET)) + SECRET + bytes(len(SECRET) % 2)
    return whole[:4] + pack("<I", len(whole) - 8) + whole[8:] + BEHIND


NOTES = {"exif": exif(), "xmp": XMP}


def png(mode: str = "RGB", **options: Any) -> bytes:  # noqa: ANN401 - as Pillow takes them
    return planted_png(saved(drawn(mode), "PNG", **{"pnginfo": png_notes(), "exif": exif(), **options}))


def jpeg(mode: str = "RGB", **options: Any) -> bytes:  # noqa: ANN401 - as Pillow takes them
    return planted_jpeg(
        saved(drawn(mode), "JPEG", **{"exif": exif(), "xmp": XMP, "comment": SECRET, **options})
    )


def webp(mode: str = "RGB", **options: Any) -> bytes:  # noqa: ANN401 - as Pillow takes them
    return planted_webp(saved(drawn(mode), "WEBP", **{**NOTES, **options}))


PLANTED: dict[str, bytes] = {
    "plain.png": png(),
    "profile.png": png(icc_profile=SRGB),
    "clear.png": png("RGBA"),
    "palette.png": png("P"),
    "clear-palette.png": png("P", transparency=bytes(range(0, 250, 2))),
    "grey.png": png("L", transparency=90),
    "deep.png": png("I;16"),
    "bits.png": png("1"),
    "moving.png": planted_png(moving("PNG", pnginfo=png_notes(), exif=exif())),
    "plain.jpg": jpeg(icc_profile=SRGB),
    "progressive.jpg": jpeg(progressive=True),
    "grey.jpeg": jpeg("L"),
    "inks.jpg": jpeg("CMYK"),
    "double.jpg": double(),
    "plain.webp": webp(icc_profile=SRGB),
    "lossless.webp": webp("RGBA", lossless=True),
    "moving.webp": planted_webp(moving("WEBP", exif=exif(), xmp=XMP, icc_profile=SRGB)),
    "plain.gif": planted_gif(saved(drawn("P"), "GIF", comment=SECRET)),
    "moving.gif": planted_gif(moving("GIF", comment=SECRET)),
}
"""Upright, and in sRGB."""
TURNED: dict[str, bytes] = {
    "turned.png": png(exif=exif(6)),
    "turned-deep.png": png("I;16", exif=exif(8)),
    "turned-palette.png": png("P", exif=exif(6), transparency=bytes(range(0, 250, 2))),
    "turned-moving.png": planted_png(moving("PNG", exif=exif(6))),
    "turned.jpg": jpeg(exif=exif(6), quality=83),
    "turned-420.jpg": jpeg(exif=exif(5), quality=91, subsampling="4:2:0", progressive=True),
    "turned-inks.jpg": jpeg("CMYK", exif=exif(6)),
    "turned-lossless.webp": webp("RGBA", exif=exif(6), lossless=True, exact=True),
    "turned.webp": webp(exif=exif(7)),
    "turned-moving.webp": planted_webp(moving("WEBP", exif=exif(6), lossless=True)),
}
"""They lie on their sides."""
FOREIGN: dict[str, bytes] = {
    "foreign.png": png(icc_profile=SWAPPED),
    "foreign-clear.png": png("RGBA", icc_profile=SWAPPED),
    "foreign-palette.png": png("P", icc_profile=SWAPPED),
    "foreign.jpg": jpeg(icc_profile=SWAPPED, subsampling=0, quality=95),
    "foreign.webp": webp(icc_profile=SWAPPED, lossless=True),
    "foreign-moving.webp": planted_webp(moving("WEBP", icc_profile=SWAPPED, lossless=True)),
}
"""In colours of which red and blue are swapped."""


def marks_in(data: bytes) -> Iterable[bytes]:
    """Return what of all that is planted is still in a file."""
    return [mark for mark in MARKS if mark in data]
