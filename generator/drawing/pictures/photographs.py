"""Files of a photograph: light ones that a page shows, and the whole answer for those who take it along."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from generator.drawing.palette import RGB
from generator.drawing.pictures.plates import Plate, answer_plate, developed, photo_plate, plain_plate
from generator.scenes import Reel
from generator.scenes.kinds.windows import WindowReel

WIDEST = 320
"""Pixels of a picture on a page; with it, a photograph weighs about ten kilobytes."""
NARROWEST = 128
"""A picture of fewer is enlarged, every cell a square."""
SEEN_EACH = 64
"""Pixels along a side of a part that is enlarged so much that each of them is seen."""
GREY_QUALITY = {"quality": 75, "method": 4}
SIGNED_QUALITY = {"lossless": True, "quality": 50, "method": 4}
"""Without loss, for what is lost first are the signs of thin lines; with few tints it weighs hardly more."""


class PagePicture(NamedTuple):
    """A picture for a page; where the dark scheme needs another one, both."""

    light: bytes
    dark: bytes
    """Empty where the first serves in dark surroundings too."""


def page_size(plate_size: tuple[int, int]) -> tuple[int, int]:
    """Return the (width, height) in pixels at which a page's picture is stored.

    >>> page_size((256, 192)), page_size((640, 480)), page_size((30, 20))
    ((256, 192), (320, 240), (150, 100))
    """
    width, height = plate_size
    if width > WIDEST:
        return WIDEST, max(1, round(height * WIDEST / width))
    times = -(-NARROWEST // width)
    return width * times, height * times


def photo_picture(reel: Reel) -> bytes:
    """Return the photograph as a WebP."""
    return _webp(_fine(photo_plate(reel)), GREY_QUALITY)


def part_picture(plate: Plate) -> bytes:
    """Return a part of a photograph as a WebP; one of few pixels, each of which is seen, without loss."""
    return _webp(plate.picture, SIGNED_QUALITY if max(plate.size) <= SEEN_EACH else GREY_QUALITY)


def answer_picture(
    reel: WindowReel, plane: int, light: Mapping[str, RGB], dark: Mapping[str, RGB]
) -> PagePicture:
    """Return one filter's answers as WebP; the roles' colours are those of light and of dark surroundings."""
    plate = answer_plate(reel, plane)
    if plate.kind == "grey":
        return PagePicture(_webp(_fine(plate), GREY_QUALITY), b"")
    size = page_size(plate.size)
    if plate.kind == "cut":
        picture = _with_colours(plate, light).convert("RGB").resize(size, Image.Resampling.NEAREST)
        return PagePicture(_webp(picture, SIGNED_QUALITY), b"")
    return PagePicture(*(_webp(developed(plate, roles, size), SIGNED_QUALITY) for roles in (light, dark)))


def answer_png(reel: WindowReel, plane: int, roles: Mapping[str, RGB]) -> bytes:
    """Return one filter's whole answers as a PNG: grey, or with the colours of their signs."""
    plate = plain_plate(reel, plane)
    picture = _with_colours(plate, roles) if plate.kind == "signed" else plate.picture
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def _with_colours(plate: Plate, roles: Mapping[str, RGB]) -> Image.Image:
    """Return a plate with all its colours, mode "P"."""
    picture = Image.frombytes("P", plate.picture.size, plate.picture.tobytes())
    picture.putpalette([part for colour in plate.fine_colours(roles) for part in colour])
    return picture


def answer_files(
    reel: WindowReel, light: Mapping[str, RGB], dark: Mapping[str, RGB]
) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of every filter's answers for the page, by name.

    The roles' colours are those of light and of dark surroundings.
    """
    for plane in range(len(reel.output)):
        made = answer_picture(reel, plane, light, dark)
        name, dark_name = answer_names(reel, plane)
        yield name, made.light
        if made.dark:
            yield dark_name, made.dark


def whole_answer_files(reel: WindowReel, light: Mapping[str, RGB]) -> Iterator[tuple[str, bytes]]:
    """Yield every filter's whole answers to take along, by name."""
    for plane in range(len(reel.output)):
        yield f"result{_number(reel, plane)}.png", answer_png(reel, plane, light)


def answer_names(reel: WindowReel, plane: int) -> tuple[str, str]:
    """Return the names of the pictures of a filter's answers: for light surroundings, and for dark ones."""
    number = _number(reel, plane)
    return f"map{number}.webp", f"map{number}-dark.webp"


def _number(reel: WindowReel, plane: int) -> str:
    """Return how a filter is told in the names of its files; the only one is not."""
    return f"-{plane + 1}" if len(reel.output) > 1 else ""


def _fine(plate: Plate) -> Image.Image:
    """Return a photograph with all its greys or colours, at the size for a page."""
    size = page_size(plate.size)
    shrunk = size[0] < plate.size[0]
    return plate.picture.resize(size, Image.Resampling.LANCZOS if shrunk else Image.Resampling.NEAREST)


def _webp(picture: Image.Image, quality: Mapping[str, int | bool]) -> bytes:
    data = BytesIO()
    picture.save(data, "WEBP", **quality)
    return data.getvalue()
