"""The animation: every frame in turn, for slides and messages, with time to read where the text pauses."""

from collections.abc import Iterator, Mapping, Set
from io import BytesIO

from PIL import Image

from generator.drawing.film.exposure import exposures
from generator.drawing.film.filmstrip import LARGEST_FILM, film_cut
from generator.drawing.film.frame import Cut, FilmFrame
from generator.drawing.palette import RGB
from generator.drawing.pens.raster import Inks, Pen
from generator.drawing.stages import stage_of
from generator.scenes import Reel

LONGEST_SIDE = 16_383
"""Pixels; WebP knows no more."""
STEP = 450
"""Milliseconds that a frame stays."""
PAUSE = 1800
"""Where the narration pauses."""
END = 3500
"""At the last frame, before it begins anew."""
EFFORT = {"method": 1, "quality": 0}
"""How hard WebP tries: without loss, more than this takes twice as long for a fifth of the bytes."""


def animations(reel: Reel, pauses: Set[int], roles: Mapping[str, RGB], font: bytes) -> tuple[bytes, bytes]:
    """Return the reel as an animated WebP, without loss, and as a GIF for programs that know no other.

    Args:
        reel: what to show.
        pauses: numbers of the frames that stay longer.
        roles: the colour of every role.
        font: the monospace font's file.

    """
    pictures = list(_pictures(reel, roles, font))
    last = len(pictures)
    times = [END if n == last else PAUSE if n in pauses else STEP for n in range(1, last + 1)]
    return _webp(pictures, times), _gif(pictures, times)


def _pictures(reel: Reel, roles: Mapping[str, RGB], font: bytes) -> Iterator[Image.Image]:
    film = FilmFrame(reel, _cut(reel))
    inks = Inks(roles)
    pen = Pen(inks, font)
    pictures: list[Image.Image] = []
    for frame, base in exposures(pen, film):
        picture = base.copy()
        pen.lay(picture, film.moving(frame))
        pictures.append(picture)
    for picture in pictures:  # only now all colours are known, and frames that share a palette stay small
        picture.putpalette([part for colour in inks.colours for part in colour])
        yield picture


def _cut(reel: Reel) -> Cut:
    """Return how a frame is drawn: one pixel a unit, or as in the filmstrip, and short enough for WebP."""
    if scale := stage_of(reel).moving_scale:
        return Cut(scale, scale)
    width, height = FilmFrame(reel, Cut(1, 1)).size
    cut = Cut(1, 1) if width * height * len(reel.frames) <= LARGEST_FILM else film_cut(reel)
    share = min(1, LONGEST_SIDE / max(FilmFrame(reel, cut).size))
    return cut.scaled(share)


def _webp(pictures: list[Image.Image], times: list[int]) -> bytes:
    data = BytesIO()
    first, *others = (picture.convert("RGB") for picture in pictures)
    first.save(
        data,
        "WEBP",
        save_all=True,
        append_images=others,
        duration=times,
        loop=0,
        lossless=True,
        **EFFORT,
    )
    return data.getvalue()


def _gif(pictures: list[Image.Image], times: list[int]) -> bytes:
    data = BytesIO()
    first, *others = pictures
    first.save(data, "GIF", save_all=True, append_images=others, duration=times, loop=0)
    return data.getvalue()
