"""The animation: every frame in turn, for slides and messages, with time to read where the text pauses."""

from collections.abc import Mapping, Sequence, Set
from io import BytesIO

from PIL import Image

from generator.drawing.film.exposure import exposed_frames
from generator.drawing.film.filmstrip import film_cut
from generator.drawing.film.frame import Cut, FilmFrame
from generator.drawing.film.webp import animated_webp
from generator.drawing.palette import RGB
from generator.drawing.pens.raster import CLEAR
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


def animation_webp(reel: Reel, pauses: Set[int], roles: Mapping[str, RGB], font: bytes) -> bytes:
    """Return the reel as an animated WebP, without loss.

    Args:
        reel: what to show.
        pauses: numbers of the frames that stay longer.
        roles: the colour of every role.
        font: the monospace font's file.

    """
    pictures, colours = _pictures(reel, roles, font)
    return animated_webp(pictures, colours, CLEAR, _times(reel, pauses))


def animation_gif(reel: Reel, pauses: Set[int], roles: Mapping[str, RGB], font: bytes) -> bytes:
    """Return the same as a GIF, for programs that know no other animation."""
    pictures, colours = _pictures(reel, roles, font)
    pictures = [picture.copy() for picture in pictures]
    for picture in pictures:  # frames that share a palette stay small
        picture.putpalette([part for colour in colours for part in colour])
    data = BytesIO()
    first, *others = pictures
    first.save(data, "GIF", save_all=True, append_images=others, duration=_times(reel, pauses), loop=0)
    return data.getvalue()


def _times(reel: Reel, pauses: Set[int]) -> list[int]:
    last = len(reel.frames)
    return [END if n == last else PAUSE if n in pauses else STEP for n in range(1, last + 1)]


def _pictures(
    reel: Reel, roles: Mapping[str, RGB], font: bytes
) -> tuple[Sequence[Image.Image], Sequence[RGB]]:
    """Return every frame as palette indices, and the palette of all of them."""
    exposed = exposed_frames(reel, _cut(reel), tuple(roles.items()), font)
    return exposed.pictures, exposed.inks.colours


def _cut(reel: Reel) -> Cut:
    """Return how a frame is drawn: as in the filmstrip, where it can be read, and short enough for WebP."""
    cut = film_cut(reel)
    if scale := stage_of(reel).moving_scale:
        cut = Cut(scale, scale)
    share = min(1, LONGEST_SIDE / max(FilmFrame(reel, cut).size))
    return cut.scaled(share) if share < 1 else cut
