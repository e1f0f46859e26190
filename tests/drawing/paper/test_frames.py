"""Frames for paper: few pictures that hold all of a reel that a page prints."""

from io import BytesIO

import pytest
from PIL import Image

from generator.drawing.film.frame import FilmFrame
from generator.drawing.paper import frame_pictures, frame_pieces
from generator.drawing.paper.film import films
from generator.scenes import Reel
from tests.drawing.paper.frames_alone import frames_alone
from tests.drawing.samples import FLAGSHIP, FONT, PRINTED, WILD, grid, reel

EVERY = range(1, 26)
LONG = reel(grid(12, 12), "sobel-x")


def film_of(of: Reel) -> FilmFrame:
    """Return the film as it is on a sheet."""
    return next(film for film in films(of) if film.size[0] <= 2244)


@pytest.mark.parametrize("of", [FLAGSHIP, WILD, LONG], ids=["flagship", "wild", "a hundred frames"])
def test_every_frame_stands_in_a_picture_that_browsers_draw(of: Reel) -> None:
    """No picture is wider than 16,000 pixels or has more than 16 million; frames keep clear of each other."""
    numbers = range(1, len(of.frames) + 1)
    sizes = [Image.open(BytesIO(png)).size for png in frame_pictures(of, numbers, PRINTED, FONT)]
    places = frame_pieces(of, numbers)

    assert list(places) == list(numbers)
    assert len(set(places.values())) == len(numbers)
    for width, height in sizes:
        assert width <= 16_000
        assert width * height <= 16_000_000
    for piece in places.values():
        width, height = sizes[piece.picture - 1]
        assert all(  # at 200 dpi, two thirds of what it is on a sheet
            0.98 <= side * 1.5 / length <= 1.01
            for side, length in zip((piece.width, piece.height), film_of(of).size, strict=True)
        )
        assert abs(piece.printed[0] - piece.width * 1.5) <= 0.5
        assert piece.x % piece.width == piece.y % piece.height == 0
        assert piece.x + piece.width <= width
        assert piece.y + piece.height <= height


def test_each_piece_is_its_frame() -> None:
    """Whichever others stand beside it, a frame looks the same."""
    all_of_them = frames_alone(FLAGSHIP, EVERY)
    for number in (1, 12, 25):
        [alone] = frames_alone(FLAGSHIP, [number])
        assert alone.tobytes() == all_of_them[number - 1].tobytes()
    assert len({picture.tobytes() for picture in all_of_them}) == 25


def test_frames_side_by_side_take_little() -> None:
    """All of the flagship take less than eight of them apart would."""
    [together] = frame_pictures(FLAGSHIP, EVERY, PRINTED, FONT)
    apart = [png for number in EVERY for png in frame_pictures(FLAGSHIP, [number], PRINTED, FONT)]
    assert len(together) < sum(map(len, apart)) * 8 / 25
    assert len(together) < 40_000


def test_paper_makes_do_with_sixteen_colours() -> None:
    """An image of all ten digits takes 4 bits a pixel."""
    digits = reel([[(3 * row + column) % 10 for column in range(7)] for row in range(7)], "sobel-x")
    [few] = frame_pictures(digits, EVERY, PRINTED, FONT)
    assert few[24] == 4
    assert len(set(Image.open(BytesIO(few)).tobytes())) <= 16


def test_a_long_reel_has_none() -> None:
    """Nobody reads more than a hundred and twenty frames beside a text."""
    long = reel(grid(14, 14), "sobel-x")
    assert list(frame_pictures(long, [1, 2], PRINTED, FONT)) == []
    assert frame_pieces(long, [1, 2]) == {}
