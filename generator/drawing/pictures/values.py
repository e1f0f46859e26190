"""Pictures from a file become numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from struct import error
from warnings import catch_warnings, simplefilter

from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import Base

from generator.errors import InvalidValue
from generator.scenes import Pixels, check_photo_pixels

KINDS = ("PNG", "JPEG", "WEBP", "GIF")
"""The kinds of file that browsers show as well."""
GREY = ("1", "L", "LA", "La", "I", "I;16", "F")
"""Pillow's names for pictures without colour."""
OPAQUE = 255
DEPTH_PLACE = 24
"""Where a PNG says how many bits a channel has."""
Key = int | tuple[int, ...] | bytes
"""A grey or a colour that is transparent; of a palette the index, or how opaque each is."""
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture stand upright, by the number in EXIF that says how it does not."""
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,  # Pillow's word for broken chunks
    *(ValueError, TypeError, LookupError, ArithmeticError, EOFError, error),  # for numbers that cannot be
)


def picture_values(data: bytes, name: str) -> Pixels:
    """Return a picture's values, 0 to 255: greys, or red, green and blue where the file holds colours.

    They are taken as they are stored, in sRGB, and turned upright as a browser turns them; 16 bits become 8;
    what is transparent is laid on white, and its pixels are counted.

    Raises:
        InvalidValue: the bytes are not a picture that can be read, or it is too large for a scene.

    """
    with reading(name), opened(data) as picture:
        check_photo_pixels(picture.height, picture.width)
        upright = turned(picture, turn_of(picture))
        grey = upright.mode in GREY
        alpha = alpha_of(upright)
        upright.info.pop("transparency", None)  # Pillow would carry it over, and warns where it cannot
        plain = in_8_bits(upright).convert("L" if grey else "RGB")
        laid = Image.new(plain.mode, plain.size, "white")
        laid.paste(plain, mask=alpha)
        transparent = sum(alpha.histogram()[:OPAQUE])
        return Pixels(plain.height, plain.width, laid.tobytes(), 1 if grey else 3, transparent)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Tell whatever makes a picture unreadable as the author's error, with the picture's name.

    Raises:
        InvalidValue: what is read inside is not a picture that can be read.

    """
    try:
        with catch_warnings():
            simplefilter("ignore")  # Pillow's are of no use to an author, and of sizes we tell ourselves
            yield
    except InvalidValue:
        raise
    except (Image.DecompressionBombError, MemoryError):
        raise InvalidValue(f'"{name}" has more pixels than can be opened', "Crop or shrink it.") from None
    except UNREADABLE:
        raise InvalidValue(
            f'"{name}" cannot be read as a picture', "Save it as PNG, JPEG, WebP or GIF."
        ) from None


def turn_of(picture: Image.Image) -> Image.Transpose | None:
    """Return what makes a picture stand upright; None where it does."""
    # Pillow would also ask XMP, of which browsers know nothing.
    try:
        exif = Image.Exif()
        exif.load(picture.info.get("exif", b""))
        return TURNS.get(exif.get(Base.Orientation, 1))
    except UNREADABLE:  # what a camera wrote is broken, and the picture need not be
        return None


def turned(picture: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    """Return a copy of a picture, turned."""
    return picture.copy() if turn is None else picture.transpose(turn)


def in_8_bits(picture: Image.Image) -> Image.Image:
    """Return a picture whose greys run to 255; Pillow would take all that is brighter for white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey * (255 / 65535) + 0.5)


def alpha_of(picture: Image.Image) -> Image.Image:
    """Return how far each pixel of a picture is from transparent, 0, to opaque, 255."""
    if not picture.has_transparency_data:
        return Image.new("L", picture.size, OPAQUE)
    if not picture.mode.startswith("I"):
        return picture.convert("RGBA").getchannel("A")
    key = picture.info["transparency"]
    table = [0 if grey == key else OPAQUE for grey in range(65536)]
    return picture.convert("I").point(table, "L")


def opened(data: bytes) -> Image.Image:
    """Return the picture, not decoded yet; with its transparent colour as it will be decoded."""
    picture = Image.open(BytesIO(data), formats=KINDS)
    if picture.format == "PNG" and "transparency" in picture.info:
        picture.info["transparency"] = _decoded_key(picture, data[DEPTH_PLACE])
    return picture


def _decoded_key(picture: Image.Image, depth: int) -> Key:
    """Return the transparent colour of a PNG as Pillow decodes it, which hands on the number in the file."""
    key: Key = picture.info["transparency"]
    if isinstance(key, tuple):
        return tuple(part >> 8 for part in key) if depth == 16 else key
    if isinstance(key, int) and picture.mode == "L":
        return key * (OPAQUE // ((1 << depth) - 1))
    return key
