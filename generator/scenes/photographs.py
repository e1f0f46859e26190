"""Photographs: images of too many pixels to show each as a number, and what a scene can do with them."""

import numpy as np

from generator.arithmetic import Array, luma
from generator.errors import InvalidValue, counted
from generator.scenes.numerals import size_text
from generator.scenes.pixels import Pixels
from generator.scenes.showing import MAX_PIXELS, is_large

MAX_PHOTO_PIXELS = 1024 * 1024
"""Of a photograph, and of its output: all of it is computed, and handed on as a picture."""
MAX_PHOTO_FILTERS = 4
"""Each makes a whole picture."""
MAX_RATIO = 8
"""Of the longer side of a photograph to the shorter one."""
SHRINK = f"crop or shrink it to at most {MAX_PIXELS:,} (64×64)"


def picture_planes(name: str, picture: Pixels, *, colour: bool, chosen: bool) -> Array:
    """Return a picture's planes, shape (C, H, W): red, green and blue in `colour`, or else one of greys.

    Raises:
        InvalidValue: it has too many pixels, for a scene without `chosen` frames at least; or no colours.

    """
    check_photo_pixels(picture.height, picture.width)
    shape = picture.height, picture.width, picture.channels
    planes = np.moveaxis(np.frombuffer(picture.values, np.uint8).reshape(shape), -1, 0).astype(np.int64)
    if is_large(planes) and not chosen:
        hint = f'Choose some positions with a line such as frames = "sample 40", or {SHRINK}.'
        raise InvalidValue(f"{size_words(planes)}, and the scene names no frames", hint)
    if colour and len(planes) == 1:
        raise InvalidValue(f'colour is true, and "{name}" has greys alone', "Leave colour out.", "colour")
    return planes if colour or len(planes) == 1 else luma(planes)


def transparency_words(name: str, picture: Pixels) -> tuple[str, str]:
    """Return in how many pixels a picture is transparent, and what becomes of them."""
    count = f"{picture.transparent:,} of its {picture.height * picture.width:,} pixels"
    return f'"{name}" is transparent in {count}', "It is laid on white."


def check_photo_pixels(height: int, width: int) -> None:
    """Refuse a picture that no scene can take.

    Raises:
        InvalidValue: it has too many pixels.

    """
    way_out = f"A photograph has at most {MAX_PHOTO_PIXELS:,} (1024×1024); crop or shrink it."
    check_pixels(height, width, MAX_PHOTO_PIXELS, way_out)


def check_pixels(height: int, width: int, most: int, way_out: str) -> None:
    """Refuse an image of more than so many pixels.

    Raises:
        InvalidValue: it has too many.

    """
    if height * width > most:
        fact = f"the image has {size_text(height, width)} = {height * width:,} pixels"
        raise InvalidValue(fact, way_out)


def check_photo(image: Array, filters: int, worksheet_key: str) -> None:
    """Refuse what cannot be made of a photograph; of a smaller image it can.

    Args:
        image: shape (C, H, W).
        filters: how many pictures are made of it.
        worksheet_key: the key that asks for a worksheet, or "".

    Raises:
        InvalidValue: a strip, a worksheet, or too many filters.

    """
    if not is_large(image):
        return
    check_no_strip(image)
    if worksheet_key:
        fact = f"{size_words(image)}, too many for the numbers of a worksheet"
        raise InvalidValue(fact, f"Leave {worksheet_key} out, or {SHRINK}.", worksheet_key)
    if filters > MAX_PHOTO_FILTERS:
        hint = f"Each makes a whole picture; use at most {MAX_PHOTO_FILTERS}."
        raise InvalidValue(f"the kernel has {counted(filters, 'filter')}", hint, "kernel")


def check_no_strip(image: Array) -> None:
    """Refuse a photograph that is far longer than wide.

    Raises:
        InvalidValue: it is one.

    """
    shorter, longer = sorted(image.shape[1:])
    if is_large(image) and longer > MAX_RATIO * shorter:
        fact = f"{size_words(image)}, a strip that would be a line on the page"
        raise InvalidValue(fact, f"Crop it, so that no side is over {MAX_RATIO} times the other.", "image")


def check_places(scene_id: str, image: Array) -> None:
    """Refuse to draw all places of a window on a photograph.

    Raises:
        InvalidValue: the image is one.

    """
    if is_large(image):
        fact = f'"{scene_id}" shows a photograph, whose places are too many to draw'
        raise InvalidValue(fact, "Name a scene with a small image.")


def check_small(image: Array, what: str) -> Array:
    """Return an image of which every pixel can be shown as a number.

    Raises:
        InvalidValue: the image is one.

    """
    if is_large(image):
        fact = f"{size_words(image)}, and {what} shows each as a number"
        raise InvalidValue(fact, f"{SHRINK.capitalize()}.", "image")
    return image


def size_words(image: Array) -> str:
    """Return how large an image is, as messages say it."""
    _, height, width = image.shape
    return f"the image has {size_text(height, width)} = {height * width:,} pixels"
