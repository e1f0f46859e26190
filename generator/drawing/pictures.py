"""Pictures from a file become numbers."""

from io import BytesIO
from warnings import catch_warnings, simplefilter

from PIL import Image, UnidentifiedImageError
from PIL.ImageOps import exif_transpose

from generator.errors import InvalidValue
from generator.scenes import Picture, check_photo_pixels

KINDS = ("PNG", "JPEG", "WEBP", "GIF")
"""The kinds of file that browsers show as well."""
GREY = ("1", "L", "LA", "La", "I", "I;16", "F")
"""Pillow's names for pictures without colour."""
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,  # Pillow's word for broken chunks
    ValueError,
)


def picture_values(data: bytes, name: str) -> Picture:
    """Return a picture's values, 0 to 255: greys, or red, green and blue where the file holds colours.

    They are taken as they are stored, in sRGB, and turned upright as a browser turns them; 16 bits become 8;
    what is transparent counts with its own colour.

    Raises:
        InvalidValue: the bytes are not a picture that can be read, or it is too large for a scene.

    """
    try:
        with _opened(data) as picture:
            check_photo_pixels(picture.height, picture.width)
            upright = exif_transpose(picture)
            grey = upright.mode in GREY
            plain = _in_8_bits(upright).convert("L" if grey else "RGB")
            return Picture(plain.height, plain.width, plain.tobytes(), 1 if grey else 3)
    except InvalidValue:
        raise
    except Image.DecompressionBombError:
        raise InvalidValue(f'"{name}" has more pixels than can be opened', "Crop or shrink it.") from None
    except UNREADABLE:
        raise InvalidValue(
            f'"{name}" cannot be read as a picture', "Save it as PNG, JPEG, WebP or GIF."
        ) from None


def _in_8_bits(picture: Image.Image) -> Image.Image:
    """Return a picture whose greys run to 255; Pillow would take all that is brighter for white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey * (255 / 65535) + 0.5)


def _opened(data: bytes) -> Image.Image:
    """Return the picture, not decoded yet; we look at its size, so Pillow need not warn of it."""
    with catch_warnings():
        simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(BytesIO(data), formats=KINDS)
