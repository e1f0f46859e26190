"""Pictures of the text as they are published: upright, in sRGB, and with nothing in the file but the picture.

Where no more than that has to be left out, the picture stays as it is coded. A photograph that was taken
sideways, or one in the colours of another device, is drawn anew: without loss where it was stored without,
and else as finely as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import product
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageSequence
from PIL.JpegImagePlugin import get_sampling

from generator.drawing.pictures.files import shown_part
from generator.drawing.pictures.values import GREY, alpha_of, in_8_bits, opened, reading, turn_of, turned
from generator.errors import InvalidValue

BASES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
"""Pillow's name for the colours of a profile."""
ALIKE = 2
"""So many of 255 levels between a profile and sRGB nobody sees."""
MOST_PIXELS = 64_000_000
"""Of all frames together; what the largest cameras make."""
LEVELS = tuple(range(0, 256, 15))
HALF_SAMPLED = 2
"""Pillow's number for colours at half the size, which stay so when the picture is turned."""
KEPT = ("loop", "default_image")
"""What Pillow knows of a whole animation."""
ON_SIDE = (
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
)
"""Turns after which rows are columns; so they are in the tables of a JPEG's fineness."""
FINE_WEBP = {"quality": 92, "method": 4}
EXACT_WEBP = {"lossless": True, "exact": True}


@dataclass(frozen=True, eq=False)
class _Conversion:
    """From the colours of a profile to sRGB."""

    transform: ImageCms.ImageCmsTransform
    base: str

    def __call__(self, picture: Image.Image) -> Image.Image:
        """Return a picture in sRGB, as transparent as it was."""
        alpha = alpha_of(picture) if picture.has_transparency_data else None
        picture.info.pop("transparency", None)
        made = ImageCms.applyTransform(in_8_bits(picture).convert(self.base), self.transform)
        if made is None:
            raise ValueError("the colours were changed in place")
        made = made.convert("L") if picture.mode in GREY else made
        if alpha:
            made.putalpha(alpha)
        return made


def published_picture(data: bytes, name: str) -> bytes:
    """Return a picture's file as it is published; the same bytes where they hold nothing but the picture.

    Raises:
        InvalidValue: the bytes are not a picture that can be read.

    """
    with reading(name), opened(data) as picture:
        _check_size(picture, name)
        picture.load()
        conversion = _conversion(picture)
        shown = shown_part(data, picture.format or "")
        if shown is not None and conversion is None and turn_of(picture) is None:
            return shown
        return _redrawn(picture, conversion, lossless=b"VP8L" in data)


def _check_size(picture: Image.Image, name: str) -> None:
    """Refuse a picture that no telephone can show; a few bytes may stand for one that fills the memory."""
    pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
    if pixels > MOST_PIXELS:
        fact = f'"{name}" has {pixels:,} pixels in all'
        raise InvalidValue(fact, f"At most {MOST_PIXELS:,} can be shown: shrink it.")


def _conversion(picture: Image.Image) -> _Conversion | None:
    """Return how the picture's colours become sRGB; None where they are, or where nobody can tell."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info.get("icc_profile", b"")))
        base = BASES.get(profile.profile.xcolor_space.strip(), "")
        if not base or base not in _bases_of(picture.mode):
            return None
        made = _Conversion(ImageCms.buildTransform(profile, _srgb(), base, "RGB"), base)
    except (ImageCms.PyCMSError, OSError):
        return None
    return None if base != "CMYK" and _is_srgb(made) else made


def _bases_of(mode: str) -> tuple[str, ...]:
    """Return the colours that a profile for a picture may be about; greys are colours, too."""
    if mode == "CMYK":
        return ("CMYK",)
    return ("L", "RGB") if mode in GREY else ("RGB",)


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _is_srgb(conversion: _Conversion) -> bool:
    """Tell whether colours of all kinds stay as they are."""
    colours = bytes(part for colour in product(LEVELS, repeat=3) for part in colour)
    probe = Image.frombytes("RGB", (len(LEVELS) ** 2, len(LEVELS)), colours)
    probe = probe.convert("L") if conversion.base == "L" else probe
    differences = ImageChops.difference(probe.convert("RGB"), conversion(probe).convert("RGB"))
    return max(differences.tobytes()) <= ALIKE


def _redrawn(picture: Image.Image, conversion: _Conversion | None, *, lossless: bool) -> bytes:
    kind = "JPEG" if picture.format == "MPO" else picture.format or ""
    options: dict[str, Any] = {}
    if kind == "JPEG":
        options = _as_fine(picture)
    elif kind == "WEBP":
        options = EXACT_WEBP if lossless else FINE_WEBP
    (first, _), *others = shots = list(_shots(picture, conversion))
    if others:
        options = {**options, **_running(picture, [duration for _, duration in shots])}
        options["append_images"] = [other for other, _ in others]
    data = BytesIO()
    first.save(data, kind, **options)
    return data.getvalue()


def _shots(picture: Image.Image, conversion: _Conversion | None) -> Iterator[tuple[Image.Image, float]]:
    """Yield the picture, or each of an animation, with its time in milliseconds; no note clings to them."""
    frames = [picture] if picture.format in ("JPEG", "MPO") else ImageSequence.Iterator(picture)
    turn = turn_of(picture)
    for frame in frames:
        frame.load()  # only now its time is known
        duration = frame.info.get("duration", 0)
        shot = turned(frame, turn)
        shot = conversion(shot) if conversion else shot
        key = None if "A" in shot.mode else shot.info.get("transparency")
        shot.info = {} if key is None else {"transparency": key}
        yield shot, duration


def _as_fine(picture: Any) -> dict[str, Any]:  # noqa: ANN401 - what Pillow knows of a JPEG, it tells no type of
    """Return how to store a JPEG with what loss it has, and no more."""
    sampling = HALF_SAMPLED if get_sampling(picture) == HALF_SAMPLED else 0
    progressive = bool(picture.info.get("progressive"))
    tables = picture.quantization.values()
    if turn_of(picture) in ON_SIDE:
        tables = [[table[at % 8 * 8 + at // 8] for at in range(64)] for table in tables]
    return {"qtables": list(tables), "subsampling": sampling, "progressive": progressive}


def _running(picture: Image.Image, durations: list[float]) -> dict[str, Any]:
    """Return how to store an animation that runs as long, and as often."""
    kept: dict[str, Any] = {key: picture.info[key] for key in KEPT if key in picture.info}
    return {"save_all": True, "duration": durations, **kept}
