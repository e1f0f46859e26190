"""The pen for the film: what it draws is what the page's pen draws, in as few colours as can be."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from generator.drawing import svg
from generator.drawing.marks import ADVANCE, Mark, Outline, Tile, Words
from generator.drawing.panels.panel import Panel, drawn_over, marks_at
from generator.drawing.pens.raster import ALIKE, CLEAR, Canvas, Inks, Pen, new_picture
from generator.drawing.stages import stage_of
from generator.scenes import Frame, Reel
from generator.site.theme import style_tokens
from tests.browser import NewPage
from tests.drawing.samples import FLAGSHIP, FONT, LIGHT, PALETTE, THEME, WILD, grid, reel
from tests.scenes.making import reel_from
from tests.scenes.option_scenes import OPTION_SCENES

SCALE = 1.5
REELS = {"flagship": FLAGSHIP, "wild": WILD, "many greys": reel(grid(8, 8), grid(4, 4))}
EVERY_REEL = pytest.mark.parametrize("reel", REELS.values(), ids=REELS)
KINDS: Mapping[str, Callable[[Reel], Panel]] = {
    "input": lambda reel: stage_of(reel).inputs[0],
    "sum": lambda reel: stage_of(reel).work,
    "map": lambda reel: stage_of(reel).maps[0],
}
PANELS = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
RGB = tuple[int, int, int]
Kind = Callable[[Reel], Panel]


def drawn(size: tuple[float, float], marks: Iterable[Mark], scale: float = SCALE) -> Image.Image:
    """Return marks as the film draws them, in full colour."""
    inks = Inks(LIGHT)
    picture = new_picture((round(size[0] * scale), round(size[1] * scale)), inks.role("paper"))
    Pen(inks, FONT).draw(Canvas(picture, "paper", scale), marks)
    picture.putpalette([part for colour in inks.colours for part in colour])
    return picture.convert("RGB")


def colour(picture: Image.Image, x: float, y: float, scale: float = SCALE) -> RGB:
    """Return the colour at a point in units."""
    found = picture.getpixel((round(x * scale), round(y * scale)))
    assert isinstance(found, tuple)
    red, green, blue = found
    return red, green, blue


def distance(one: RGB, other: RGB) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def colours_in(picture: Image.Image, box: tuple[float, float, float, float]) -> set[RGB]:
    """Return every colour inside a box (x, y, width, height) in units."""
    x, y, width, height = (round(part * SCALE) for part in box)
    data = picture.crop((x, y, x + width, y + height)).tobytes()
    return set(zip(data[::3], data[1::3], data[2::3], strict=True))


def three_frames(reel: Reel) -> tuple[Frame, ...]:
    return reel.frames[0], reel.frames[len(reel.frames) // 2], reel.frames[-1]


@EVERY_REEL
@PANELS
def test_every_tile_has_the_colour_of_its_role(reel: Reel, kind: Kind) -> None:
    """Near its corner, where no letter comes, a tile has its fill, as nearly as indices are shared."""
    for frame in three_frames(reel):
        panel = kind(reel)
        marks = list(marks_at(panel, reel, frame))
        picture = drawn(panel.size, marks)
        for cell in (mark for mark in marks if isinstance(mark, Tile)):
            seen = colour(picture, cell.x + 4, cell.y + 4)
            assert distance(seen, LIGHT[cell.fill]) <= ALIKE, cell


@EVERY_REEL
@PANELS
def test_every_number_is_printed_in_its_ink(reel: Reel, kind: Kind) -> None:
    """Inside a tile stands something of the ink's colour."""
    for frame in three_frames(reel):
        panel = kind(reel)
        marks = list(marks_at(panel, reel, frame))
        picture = drawn(panel.size, marks)
        for cell in (mark for mark in marks if isinstance(mark, Tile)):
            inside = colours_in(picture, (cell.x + 4, cell.y + 4, cell.width - 8, cell.height - 8))
            assert min(distance(seen, LIGHT[cell.ink]) for seen in inside) <= ALIKE, cell


@pytest.mark.parametrize("text", OPTION_SCENES.values(), ids=OPTION_SCENES)
def test_every_option_is_drawn_in_its_colours(text: str) -> None:
    """Copies beyond an edge, zeros, pools and patches have the fill and the ink of their roles."""
    reel = reel_from(text)
    stage = stage_of(reel)
    for panel in (*stage.inputs, stage.work, *stage.maps):
        marks = list(marks_at(panel, reel, reel.frames[len(reel.frames) // 2]))
        picture = drawn(panel.size, marks)
        for cell in (mark for mark in marks if isinstance(mark, Tile)):
            unhatched = colour(picture, cell.x + cell.width - 4, cell.y + 4)
            assert distance(unhatched, LIGHT[cell.fill]) <= ALIKE, cell
            inside = colours_in(picture, (cell.x + 4, cell.y + 4, cell.width - 8, cell.height - 8))
            assert not cell.text or min(distance(seen, LIGHT[cell.ink]) for seen in inside) <= ALIKE, cell


@EVERY_REEL
def test_the_window_is_drawn_on_its_edge(reel: Reel) -> None:
    """The four sides of the window are amber, and the inside of it is not."""
    panel = stage_of(reel).inputs[0]
    for frame in three_frames(reel):
        (window,) = (mark for mark in drawn_over(panel, frame) if isinstance(mark, Outline))
        picture = drawn(panel.size, list(marks_at(panel, reel, frame)))
        middle_x, middle_y = window.x + window.width / 2, window.y + window.height / 2
        for x, y in (
            (window.x, middle_y),
            (window.x + window.width, middle_y),
            (middle_x, window.y),
            (middle_x, window.y + window.height),
        ):
            assert colour(picture, x, y) == LIGHT["window"]
        assert LIGHT["window"] not in colours_in(
            picture, (window.x + 4, window.y + 4, window.width - 8, window.height - 8)
        )


@pytest.mark.parametrize("letter", "0123456789−+/.")
def test_a_digit_keeps_clear_of_its_neighbour(letter: str) -> None:
    """No letter of a number is wider than the room it takes."""
    once = drawn((40, 40), [Words(8, 28, letter, "ink", 20)])
    box = once.convert("L").point(lambda level: 255 * (level < 200)).getbbox()
    assert box is not None
    assert box[0] >= 8 * SCALE - 1
    assert box[2] <= (8 + 20 * ADVANCE) * SCALE + 1


def test_words_end_and_centre_where_they_are_told() -> None:
    """The anchor says which end of the text stands at its place."""
    for anchor, left, right in (("start", 40, 64), ("middle", 28, 52), ("end", 16, 40)):
        ink = drawn((80, 40), [Words(40, 28, "88", "ink", 20, anchor)], 1).convert("L")
        box = ink.point(lambda level: 255 * (level < 200)).getbbox()
        assert box is not None
        assert left <= box[0] <= left + 3
        assert right - 3 <= box[2] <= right


def test_a_number_too_small_to_read_is_left_out() -> None:
    """At a tenth of its size a tile keeps its shade and drops its number."""
    tile = Tile(0, 0, 38, 38, "plus-1", "88")
    assert len(colours_in(drawn((38, 38), [tile]), (0, 0, 38, 38))) > 1
    small = drawn((38, 38), [tile], 0.1)
    assert small.getcolors() == [(16, LIGHT["plus-1"])]


def test_what_is_drawn_twice_looks_the_same() -> None:
    """A tile that is pasted again is the tile that was drawn first."""
    picture = drawn((80, 40), [Tile(0, 0, 38, 38, "zero", "17"), Tile(40, 0, 38, 38, "zero", "17")])
    left, right = picture.crop((0, 0, 57, 57)), picture.crop((60, 0, 117, 57))
    assert left.tobytes() == right.tobytes()


@pytest.mark.parametrize("scale", [1.2857, 1.3454, 1.3546, 1.4598])
def test_a_filled_cell_hides_the_line_of_the_empty_one(scale: float) -> None:
    """At the sizes in which the flagship is printed, a filled map shows nothing of the empty cells."""
    panel = stage_of(FLAGSHIP).maps[0]
    label, *empty = panel.still()
    filled = [mark for frame in FLAGSHIP.frames for mark in panel.lasting(frame)]
    covered = drawn(panel.size, (label, *empty, *filled), scale)
    assert covered.tobytes() == drawn(panel.size, (label, *filled), scale).tobytes()
    assert covered.tobytes() != drawn(panel.size, (label, *empty), scale).tobytes()


def test_marks_outside_a_picture_are_cut_off() -> None:
    """A mark that sticks out is drawn as far as the picture goes."""
    picture = drawn((40, 40), [Tile(20, 20, 38, 38, "plus-3", "8"), Outline(-10, -10, 30, 30)])
    assert picture.size == (60, 60)


def test_colours_that_nobody_can_tell_apart_share_an_index() -> None:
    """A role that looks like an earlier one takes its index; one that does not gets a new one."""
    inks = Inks({**LIGHT, "like-paper": (250, 250, 250), "unlike": (0, 255, 0)})
    before = len(inks.colours)
    assert inks.role("like-paper") == inks.role("paper")
    assert len(inks.colours) == before
    assert inks.role("unlike") == before


def test_no_role_is_clear() -> None:
    """The index that shows the page is never given to a colour, not even to black."""
    inks = Inks({**LIGHT, "black": (0, 0, 0)})
    assert CLEAR not in {inks.role(role) for role in (*LIGHT, "black")}


@pytest.mark.browser
@PANELS
def test_both_pens_draw_the_same_picture(new_page: NewPage, kind: Kind) -> None:
    """In a browser every tile's corner, every line and every ground has the film's colour."""
    panel = kind(FLAGSHIP)
    marks = list(marks_at(panel, FLAGSHIP, FLAGSHIP.frames[12]))
    film, page = drawn(panel.size, marks), photographed(new_page, panel, marks)
    for mark in marks:
        if isinstance(mark, Tile):
            points = ((mark.x + 3, mark.y + 3), (mark.x + mark.width - 3, mark.y + mark.height - 3))
        elif isinstance(mark, Outline) and mark.ink == "window":
            points = ((mark.x, mark.y + mark.height / 2), (mark.x + mark.width / 2, mark.y))
        else:
            continue
        for x, y in points:
            assert distance(colour(film, x, y), colour(page, x, y)) <= ALIKE, mark


@pytest.mark.browser
@PANELS
def test_both_pens_print_at_the_same_places(new_page: NewPage, kind: Kind) -> None:
    """In a browser every text covers the part of the panel that it covers on the film."""
    panel = kind(FLAGSHIP)
    marks = list(marks_at(panel, FLAGSHIP, FLAGSHIP.frames[12]))
    film, page = drawn(panel.size, marks), photographed(new_page, panel, marks)
    for cell in (mark for mark in marks if isinstance(mark, Tile) and mark.text):
        inside = (cell.x + 4, cell.y + 4, cell.width - 8, cell.height - 8)
        boxes = [text_box(picture, inside, LIGHT[cell.fill]) for picture in (film, page)]
        assert all(abs(one - other) <= 2 for one, other in zip(*boxes, strict=True)), (cell, boxes)


def text_box(
    picture: Image.Image, box: tuple[float, float, float, float], ground: RGB
) -> tuple[int, int, int, int]:
    """Return where, inside a box in units, a picture differs clearly from its ground."""
    x, y, width, height = (round(part * SCALE) for part in box)
    part = picture.crop((x, y, x + width, y + height))
    differing = ImageChops.difference(part, Image.new("RGB", part.size, ground))
    found = differing.point(lambda level: 255 * (level > 90)).getbbox()
    assert found is not None
    return found


def photographed(new_page: NewPage, panel: Panel, marks: list[Mark]) -> Image.Image:
    """Return a panel as a browser shows it, with the theme's colours and font."""
    page = new_page(viewport={"width": 1000, "height": 700}, device_scale_factor=1).page
    font = b64encode(THEME.font).decode()
    width, height = (round(length * SCALE) for length in panel.size)
    page.set_content(
        f"<style>@font-face {{ font-family: Numbers; src: url(data:font/woff2;base64,{font}) }}"
        f"{style_tokens(PALETTE)} body {{ margin: 0; background: var(--paper) }}"
        f"svg {{ display: block; width: {width}px; height: {height}px; font-family: Numbers }}</style>"
        f"{svg(panel.size, marks, 'panel')}"
    )
    page.evaluate("document.fonts.ready")
    shown = page.locator("svg").screenshot()
    return Image.open(BytesIO(shown)).convert("RGB")
