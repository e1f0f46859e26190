"""The filmstrip: all frames in order, each as it would be drawn alone, in a small and sharp PNG."""

from io import BytesIO
from itertools import pairwise
from struct import unpack

import pytest
from PIL import Image, ImageChops

from generator.drawing import filmstrip_png
from generator.drawing.film.filmstrip import (
    BETWEEN,
    EDGE,
    FILM_WIDTH,
    LARGEST_FILM,
    PRINT_SIZE,
    _baselines,
    _edge_texts,
    _holes,
    _Layout,
    _layout,
    _readable_scale,
)
from generator.drawing.film.frame import SMALLEST_SCALE, Cut
from generator.drawing.marks import ADVANCE, Tile, Words
from generator.drawing.pens.raster import ASCENT, DESCENT, Inks, Pen, new_picture
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel
from tests.drawing.samples import FLAGSHIP, FONT, LIGHT, WILD, grid, reel

REELS = {
    "flagship": FLAGSHIP,
    "one pixel": reel([[3]], [[2]]),
    "a map of one": reel(grid(3, 3), "sobel-x"),
    "a row": reel(grid(1, 20), [[-1, 0, 1]]),
    "a column": reel(grid(20, 1), [[-1], [0], [1]]),
    "a kernel of one": reel("corner", [[2]]),
    "a wide kernel": reel(grid(9, 9), grid(5, 5)),
    "a very wide kernel": reel(grid(13, 13), grid(11, 11)),
    "wild": WILD,
    "many frames": reel(grid(16, 16), "sobel-x"),
    "a long row": reel(grid(3, 400), "sobel-x"),
    "a long column": reel(grid(400, 3), "sobel-x"),
    "most frames": reel(grid(34, 34), "sobel-x"),
    "most frames, largest kernel": reel(grid(38, 38), grid(7, 7)),
}
EVERY_REEL = pytest.mark.parametrize("reel", REELS.values(), ids=REELS)
READABLE = pytest.mark.parametrize(
    "reel",
    [each for each in REELS.values() if len(each.frames) < 100],
    ids=lambda each: str(len(each.frames)),
)


def film(reel: Reel) -> Image.Image:
    return Image.open(BytesIO(filmstrip_png(reel, LIGHT, FONT)))


def frame_alone(reel: Reel, frame: Frame) -> Image.Image:
    """Return one frame drawn on a picture of its own, in full colour."""
    inks = Inks(LIGHT)
    pen = Pen(inks, FONT)
    layout = _layout(reel)
    picture = new_picture(layout.frame.size, inks.role("paper"))
    pen.lay(picture, layout.frame.still())
    for done in reel.frames[: frame.number]:
        pen.lay(picture, layout.frame.lasting(done))
    pen.lay(picture, layout.frame.moving(frame))
    picture.putpalette([part for colour in inks.colours for part in colour])
    return picture.convert("RGB")


def cut_out(strip: Image.Image, layout: _Layout, frame: Frame) -> Image.Image:
    x, y = layout.place(frame)
    width, height = layout.frame.size
    return strip.crop((x, y, x + width, y + height))


@READABLE
def test_a_frame_cut_out_of_the_film_is_that_frame(reel: Reel) -> None:
    """Frame n, cut out where it lies, is frame n drawn alone: its number, its sum, its map."""
    strip, layout = film(reel).convert("RGB"), _layout(reel)
    for frame in reel.frames:
        alone = frame_alone(reel, frame)
        assert distance(cut_out(strip, layout, frame), alone) <= 72, frame.number


def distance(one: Image.Image, other: Image.Image) -> int:
    """Return the largest difference; an edge of a letter may find another near shade on the film."""
    return max(ImageChops.difference(one, other).tobytes())


def test_the_flagships_frames_are_exactly_those_drawn_alone() -> None:
    """On the flagship's film not one pixel differs from its frames drawn one by one."""
    strip, layout = film(FLAGSHIP).convert("RGB"), _layout(FLAGSHIP)
    for frame in FLAGSHIP.frames:
        assert cut_out(strip, layout, frame).tobytes() == frame_alone(FLAGSHIP, frame).tobytes()


def test_no_two_frames_of_the_flagship_look_alike() -> None:
    """Twenty-five positions are twenty-five pictures."""
    strip, layout = film(FLAGSHIP).convert("RGB"), _layout(FLAGSHIP)
    assert len({cut_out(strip, layout, frame).tobytes() for frame in FLAGSHIP.frames}) == 25


@EVERY_REEL
def test_frames_run_from_left_to_right_and_from_top_to_bottom(reel: Reel) -> None:
    """Each frame lies behind the one before it, or begins the next strip; none leaves the film."""
    layout = _layout(reel)
    places = [layout.place(frame) for frame in reel.frames]
    for (x, y), (next_x, next_y) in pairwise(places):
        beside = next_y == y and next_x >= x + layout.frame.size[0]
        below = next_x == places[0][0] and next_y >= y + layout.frame.size[1]
        assert beside or below
    right = max(x for x, _ in places) + layout.frame.size[0]
    bottom = max(y for _, y in places) + layout.frame.size[1]
    assert right <= layout.size[0]
    assert bottom <= layout.size[1]


def test_a_strip_of_the_flagship_holds_one_row_of_its_map() -> None:
    """Five rows of positions are five strips, as wide as A4 at 225 dpi."""
    layout = _layout(FLAGSHIP)
    assert (layout.columns, layout.rows) == (5, 5)
    assert FILM_WIDTH - 10 <= layout.size[0] <= FILM_WIDTH


def test_a_narrow_map_puts_several_rows_on_a_strip() -> None:
    """A map one cell wide does not become a film one frame wide."""
    assert _layout(REELS["a column"]).columns == 5


@EVERY_REEL
def test_no_film_is_larger_than_sixteen_megapixels(reel: Reel) -> None:
    """Whatever the scene, the picture can be opened on a phone."""
    width, height = film(reel).size
    assert width * height <= LARGEST_FILM == 16_000_000
    assert (width, height) == _layout(reel).size


@READABLE
def test_every_number_of_a_usual_film_can_be_read(reel: Reel) -> None:
    """Up to a hundred frames, the smallest number of the sum is at least eight pixels high."""
    cut = _layout(reel).cut
    sizes = [
        mark.size * cut.total
        for frame in reel.frames
        for mark in stage_of(reel).work.moving(frame)
        if isinstance(mark, Tile)
    ]
    assert min(sizes) >= 7.99


def test_long_numbers_make_larger_frames() -> None:
    """A reel with a number of nine characters is drawn at a scale at which that can be read."""
    assert _readable_scale(FLAGSHIP) == SMALLEST_SCALE
    assert _layout(WILD).cut.grids >= _readable_scale(WILD) > 1


def test_many_frames_give_up_the_grids_numbers_before_the_sums() -> None:
    """A hundred and ninety-six frames keep their arithmetic; a thousand keep number, place and sum."""
    many, most = _layout(REELS["many frames"]).cut, _layout(REELS["most frames"]).cut
    assert many.grids < many.total == SMALLEST_SCALE
    assert most.total == 0


@EVERY_REEL
def test_the_line_over_a_frame_does_not_run_into_itself(reel: Reel) -> None:
    """Number and place of every frame have room beside each other, and stay inside the frame."""
    layout = _layout(reel)
    for frame in (reel.frames[0], reel.frames[-1]):
        number, place = (mark for mark in layout.frame.header(frame) if isinstance(mark, Words))
        assert (
            number.x + len(number.text) * number.size * ADVANCE
            < place.x - len(place.text) * place.size * ADVANCE
        )
        assert place.x * layout.cut.text <= layout.frame.size[0]


@EVERY_REEL
def test_panels_stand_apart_inside_their_frame(reel: Reel) -> None:
    """Input, map and sum do not overlap, and none sticks out."""
    frame = _layout(reel).frame
    boxes = [
        (part.x, part.y, part.x + part.panel.size[0] * part.scale, part.y + part.panel.size[1] * part.scale)
        for part in frame.parts
    ]
    for index, (left, top, right, bottom) in enumerate(boxes):
        assert min(left, top) >= 0
        assert right <= frame.size[0] + 1
        assert bottom <= frame.size[1] + 1
        for other in boxes[index + 1 :]:
            assert right <= other[0] + 1 or bottom <= other[1] + 1


@EVERY_REEL
def test_the_edge_print_keeps_clear_of_the_holes(reel: Reel) -> None:
    """Letters stand between the holes and the frame, above it and below it."""
    layout = _layout(reel)
    size, (above, below) = layout.scaled(PRINT_SIZE), _baselines(layout)
    edge, height = layout.scaled(EDGE), layout.strip_size[1]
    tops, bottoms = zip(*((top, bottom) for _, top, _, bottom in _holes(layout)), strict=True)
    assert min(bottoms) < above - size * ASCENT
    assert above + size * DESCENT <= edge
    assert height - edge <= below - size * ASCENT
    assert below + size * DESCENT < max(tops)


@EVERY_REEL
def test_the_holes_lie_evenly_inside_the_film(reel: Reel) -> None:
    """The distance from hole to hole is the same all along a strip, to a pixel."""
    layout = _layout(reel)
    lefts = sorted({left for left, *_ in _holes(layout)})
    steps = [right - left for left, right in pairwise([*lefts, lefts[0] + layout.pitch])]
    assert max(steps) - min(steps) <= 1
    assert all(min(box) >= 0 and box[3] < layout.strip_size[1] for box in _holes(layout))


@pytest.mark.parametrize("length", [1, 10, 40, 60])
def test_a_long_name_does_not_run_into_the_frame_number(length: int) -> None:
    """A scene's name is cut, with dots, where frame number and frame leave no room for it."""
    name = ("abcdefghi-" * 6)[: length - 1] + "z"
    layout = _layout(reel(name=name))
    printed, _ = _edge_texts(layout)
    room = layout.frame.size[0] - (2 + len("25")) * PRINT_SIZE * ADVANCE
    assert len(printed) * PRINT_SIZE * ADVANCE < room
    assert printed == name.upper() or (printed.endswith("…") and name.upper().startswith(printed[:-1]))


def test_the_edge_print_names_scene_and_sizes() -> None:
    """Between holes and frame stand the scene's name and the sizes of image, kernel and map."""
    assert _edge_texts(_layout(FLAGSHIP)) == ("SOBEL-EDGE", "7×7 · 3×3 → 5×5")


def test_a_tiny_frame_leaves_out_what_does_not_fit_its_edge() -> None:
    """A name of which hardly a letter would remain is not printed."""
    layout = _Layout(reel(name="a-very-long-name"), Cut(0.025, 0, 0.6))
    assert _edge_texts(layout)[1] == ""


def test_the_film_knows_its_resolution() -> None:
    """The file says 225 dots an inch, so that it prints as wide as A4."""
    x, y = film(FLAGSHIP).info["dpi"]
    assert (round(x), round(y)) == (225, 225)


def test_the_flagship_is_a_small_file_of_few_colours() -> None:
    """A palette of at most 24 colours, those of the legend among them, and at most 120 kilobytes."""
    data = filmstrip_png(FLAGSHIP, LIGHT, FONT)
    bits, kind = unpack(">BB", data[24:26])
    assert (bits, kind) == (8, 3)
    assert len(set(film(FLAGSHIP).tobytes())) <= 24
    assert len(data) <= 120_000


def test_a_film_of_many_colours_has_eight_bits() -> None:
    """Where sixteen colours are not enough, none is given up."""
    data = filmstrip_png(REELS["a wide kernel"], LIGHT, FONT)
    assert data[24] == 8
    assert len(set(Image.open(BytesIO(data)).tobytes())) > 16


def test_the_page_shows_through_the_holes_and_between_the_strips() -> None:
    """Holes and gaps are transparent; film and frames are not."""
    layout = _layout(FLAGSHIP)
    alpha = film(FLAGSHIP).convert("RGBA").getchannel("A")
    left, top, right, bottom = next(_holes(layout))
    x, y = BETWEEN // 2 + (left + right) // 2, (top + bottom) // 2
    assert alpha.getpixel((x, y)) == 0
    assert alpha.getpixel((x, layout.strip_size[1] + 3)) == 0
    assert alpha.getpixel((x, 1)) == 255
    assert cut_out(alpha, layout, FLAGSHIP.frames[12]).getextrema() == (255, 255)


def test_the_same_reel_gives_the_same_bytes() -> None:
    """Nothing that was drawn before changes a film."""
    first = filmstrip_png(FLAGSHIP, LIGHT, FONT)
    filmstrip_png(WILD, LIGHT, FONT)
    assert filmstrip_png(FLAGSHIP, LIGHT, FONT) == first
