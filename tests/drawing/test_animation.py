"""The animation: every frame in turn, as the film shows it, with time to read where the text pauses."""

from functools import cache
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageSequence

from generator.drawing import animation_gif, animation_webp
from generator.drawing.film.filmstrip import film_cut
from generator.drawing.film.frame import Cut, FilmFrame
from generator.drawing.pens.raster import Inks, Pen, new_picture
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel
from tests.drawing.samples import FLAGSHIP, FONT, LIGHT, WILD, grid, reel

PAUSES = frozenset({2, 5, 20})
MAKE = (animation_webp, animation_gif)
KINDS = pytest.mark.parametrize("kind", [0, 1], ids=["webp", "gif"])
REELS = {
    "flagship": FLAGSHIP,
    "one frame": reel([[3]], [[2]]),
    "two frames": reel([[3, 4]], [[2]]),
    "frames that look alike": reel("flat", "identity"),
    "wild": WILD,
}
EVERY_REEL = pytest.mark.parametrize("of", REELS.values(), ids=REELS)
ALIKE = 72
"""How far the edge of a letter may be from the shade that it has on a frame drawn alone, in any channel."""


@cache
def made(of: Reel) -> tuple[bytes, bytes]:
    """Return the WebP and the GIF."""
    return animation_webp(of, PAUSES, LIGHT, FONT), animation_gif(of, PAUSES, LIGHT, FONT)


@cache
def shown(of: Reel, kind: int) -> list[tuple[Image.Image, int]]:
    """Return each picture as it is shown, with its time in milliseconds."""
    with Image.open(BytesIO(made(of)[kind])) as opened:
        return [
            (picture.convert("RGB"), picture.info["duration"]) for picture in ImageSequence.Iterator(opened)
        ]


def distance(one: Image.Image, other: Image.Image) -> int:
    """Return the largest difference in any channel of any pixel."""
    return max(ImageChops.difference(one, other).tobytes())


def alone(of: Reel, frame: Frame, cut: Cut) -> Image.Image:
    """Return a frame that is drawn on its own, with inks of its own."""
    inks = Inks(LIGHT)
    pen = Pen(inks, FONT)
    film = FilmFrame(of, cut)
    picture = new_picture(film.size, inks.role("paper"))
    pen.lay(picture, film.still())
    for done in of.frames[: frame.number]:
        pen.lay(picture, film.lasting(done))
    pen.lay(picture, film.moving(frame))
    picture.putpalette([part for colour in inks.colours for part in colour])
    return picture.convert("RGB")


@EVERY_REEL
@KINDS
def test_there_are_as_many_pictures_as_frames(of: Reel, kind: int) -> None:
    """Not one is left out, even where two look alike."""
    assert len(shown(of, kind)) == len(of.frames)


@KINDS
def test_each_picture_is_its_frame(kind: int) -> None:
    """Picture n shows what frame n shows when it is drawn alone: its number, its sum, its map."""
    for frame, (picture, _) in zip(FLAGSHIP.frames, shown(FLAGSHIP, kind), strict=True):
        assert distance(picture, alone(FLAGSHIP, frame, film_cut(FLAGSHIP))) <= ALIKE, frame.number


@KINDS
def test_no_two_pictures_look_alike(kind: int) -> None:
    """Every frame of the flagship is a picture of its own, which a frame drawn alone can be told from."""
    pictures = [picture for picture, _ in shown(FLAGSHIP, kind)]

    assert all(distance(one, other) > ALIKE for one, other in pairwise(pictures))


@EVERY_REEL
def test_gif_and_webp_show_the_same(of: Reel) -> None:
    """Both files are without loss, so not one pixel differs, and the times are the same."""
    for (webp, webp_time), (gif, gif_time) in zip(shown(of, 0), shown(of, 1), strict=True):
        assert distance(webp, gif) == 0
        assert webp_time == gif_time or len(of.frames) == 1  # a still picture has no time


@KINDS
def test_it_pauses_where_the_text_does(kind: int) -> None:
    """A frame with a beat stays four times as long, the last one longest; all others take the same time."""
    times = {number: time for number, (_, time) in enumerate(shown(FLAGSHIP, kind), 1)}
    [step] = {time for number, time in times.items() if number not in PAUSES | {25}}
    [pause] = {times[number] for number in PAUSES}

    assert 200 <= step <= 600
    assert pause == 4 * step
    assert times[25] > pause


def test_a_webp_has_of_each_frame_what_changes() -> None:
    """It weighs less than half of what its frames do one by one."""
    apart = 0
    for picture, _ in shown(FLAGSHIP, 0):
        data = BytesIO()
        picture.save(data, "WEBP", lossless=True, method=1, quality=0)
        apart += len(data.getvalue())
    assert len(made(FLAGSHIP)[0]) < apart / 2


@EVERY_REEL
@KINDS
def test_it_begins_anew(of: Reel, kind: int) -> None:
    """It loops for as long as it is looked at; a single frame has nothing to begin anew."""
    with Image.open(BytesIO(made(of)[kind])) as opened:
        assert len(of.frames) == 1 or opened.info["loop"] == 0


@KINDS
def test_the_flagship_fits_into_a_message(kind: int) -> None:
    """Less than 300 kilobytes."""
    assert len(made(FLAGSHIP)[kind]) < 300_000


@pytest.mark.parametrize("of", [FLAGSHIP, WILD], ids=["flagship", "wild"])
def test_its_numbers_can_be_read_as_well_as_in_the_filmstrip(of: Reel) -> None:
    """Each number of a frame is as large as there, which is eight pixels at least."""
    [(picture, _), *_] = shown(of, 0)
    stage, cut = stage_of(of), film_cut(of)

    assert picture.size == FilmFrame(of, cut).size
    assert cut.grids * stage.grid_size >= 8
    assert cut.total * stage.work.number_size >= 7.99


@pytest.mark.parametrize(("side", "frames"), [(12, 100), (34, 1024)])
@KINDS
def test_a_long_reel_has_small_frames(side: int, frames: int, kind: int) -> None:
    """It comes with the frames of its filmstrip, all together sixteen megapixels at most."""
    of = reel(grid(side, side), "sobel-x")
    with Image.open(BytesIO(MAKE[kind](of, PAUSES, LIGHT, FONT))) as picture:
        assert getattr(picture, "n_frames", 1) == frames
        assert picture.width * picture.height * frames <= 16_000_000
        assert picture.size == FilmFrame(of, film_cut(of)).size


@KINDS
def test_a_very_wide_frame_is_shrunk(kind: int) -> None:
    """An image of four thousand pixels in one row is not too long for either kind of file."""
    of = reel(grid(1, 4096), grid(1, 4090))
    with Image.open(BytesIO(MAKE[kind](of, PAUSES, LIGHT, FONT))) as picture:
        assert max(picture.size) <= 16_383


def test_the_same_reel_gives_the_same_bytes() -> None:
    """Nothing but the reel, the pauses, the colours and the font is in the files."""
    assert tuple(make(FLAGSHIP, PAUSES, LIGHT, FONT) for make in MAKE) == made(FLAGSHIP)
