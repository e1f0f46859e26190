"""The card: the picture beside a shared link, with a title and the real numbers of a scene's peak frame."""

from functools import cache
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from generator.drawing.card import CARD_SIZE, MARGIN, READABLE_SCALE, SMALLEST_NUMBER, card_drawings, card_png
from generator.drawing.marks import ADVANCE, Drawing, Outline, Tile, Words
from generator.drawing.pens.raster import ALIKE
from generator.scenes import Reel
from tests.drawing.samples import FLAGSHIP, FONT, LIGHT, WILD, grid, reel

COURSE = "How machines see"
TITLE = "Convolution and filters"
LONG = (
    "A title so long that nobody would ever want to read all of it aloud in front of a class, "
    "let alone print it on a card"
)
TITLES = {
    "none": "",
    "one letter": "I",
    "usual": TITLE,
    "two lines": "What a network looks at when nobody tells it where",
    "long": LONG,
    "one long word": "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
}
REELS = {
    "flagship": FLAGSHIP,
    "a picture": reel(grid(20, 20), "sobel-x"),
    "a large picture": reel(grid(34, 34), "sobel-x"),
    "most pixels": reel(grid(64, 64), grid(61, 61)),
    "a row": reel(grid(1, 12), [[-1, 0, 1]]),
    "a column": reel(grid(20, 1), [[-1], [0], [1]]),
    "a long row": reel(grid(3, 400), "sobel-x"),
    "a long column": reel(grid(400, 3), "sobel-x"),
    "one pixel": reel([[3]], [[2]]),
    "a wide kernel": reel(grid(13, 13), grid(11, 11)),
    "wild": WILD,
}
EVERY_REEL = pytest.mark.parametrize("reel", REELS.values(), ids=REELS)
CASES = {
    **{f"{name}, long title": (reel, LONG) for name, reel in REELS.items()},
    **{f"flagship, title: {name}": (FLAGSHIP, title) for name, title in TITLES.items()},
}
EVERY_CARD = pytest.mark.parametrize(("reel", "title"), CASES.values(), ids=CASES)
Box = tuple[float, float, float, float]
RGB = tuple[int, int, int]


def card(reel: Reel = FLAGSHIP, title: str = TITLE, subtitle: str = COURSE) -> Image.Image:
    return Image.open(BytesIO(card_png(reel, title, subtitle, LIGHT, FONT)))


@cache
def drawings_of(reel: Reel, title: str, subtitle: str = COURSE) -> tuple[Drawing, ...]:
    """Return everything on a card, the heading first."""
    return tuple(card_drawings(reel, title, subtitle))


def panels(reel: Reel, title: str = TITLE) -> list[Drawing]:
    """Return the panels on a card, from left to right or from above, labels drawn apart left out."""
    _, *drawings = drawings_of(reel, title)
    return [drawing for drawing in drawings if any(isinstance(mark, Tile) for mark in drawing.marks)]


def box_of(drawing: Drawing) -> Box:
    """Return (left, top, right, bottom) in pixels of all that a drawing covers."""
    boxes: list[Box] = []
    for mark in drawing.marks:
        if isinstance(mark, Words):
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
            length = len(mark.text) * mark.size * ADVANCE
            left = mark.x - shift * length
            boxes.append((left, mark.y - mark.size * 0.8, left + length, mark.y + mark.size * 0.25))
        else:
            line = mark.thickness / 2 if isinstance(mark, Outline) else 0
            right, bottom = mark.x + mark.width + line, mark.y + mark.height + line
            boxes.append((mark.x - line, mark.y - line, right, bottom))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    x, y, scale = drawing.x, drawing.y, drawing.scale
    return (
        x + min(lefts) * scale,
        y + min(tops) * scale,
        x + max(rights) * scale,
        y + max(bottoms) * scale,
    )


def cells(drawing: Drawing, part: str) -> list[Tile]:
    return [mark for mark in drawing.marks if isinstance(mark, Tile) and mark.part == part]


def colour(picture: Image.Image, drawing: Drawing, x: float, y: float) -> RGB:
    """Return the colour of a card at a point of a drawing."""
    place = drawing.x + round(x * drawing.scale), drawing.y + round(y * drawing.scale)
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    red, green, blue = found[:3]
    return red, green, blue


@EVERY_CARD
def test_a_card_has_the_size_that_is_asked_for_and_is_light(reel: Reel, title: str) -> None:
    """1200×630 pixels, none of them clear, in less than 60 kilobytes."""
    data = card_png(reel, title, COURSE, LIGHT, FONT)
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert picture.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    assert len(data) < 60_000


@EVERY_CARD
def test_everything_stands_inside_the_margins(reel: Reel, title: str) -> None:
    """Nothing but paper is in the outer third of the margins, however long the title and large the scene."""
    picture = card(reel, title, LONG).convert("RGB")
    quiet = MARGIN // 3
    inside = picture.crop((quiet, quiet, 1200 - quiet, 630 - quiet))
    empty = Image.new("RGB", CARD_SIZE, picture.getpixel((0, 0)))
    empty.paste(inside, (quiet, quiet))
    assert picture.tobytes() == empty.tobytes()
    for drawing in drawings_of(reel, title, LONG):
        left, top, right, bottom = box_of(drawing)
        assert left >= MARGIN - 4
        assert top >= MARGIN - 4
        assert right <= 1200 - MARGIN + 4
        assert bottom <= 630 - MARGIN + 12


@EVERY_CARD
def test_title_and_panels_stand_apart(reel: Reel, title: str) -> None:
    """No part covers another one."""
    heading, *_ = drawings_of(reel, title)
    boxes = [box_of(heading), *map(box_of, panels(reel, title))]
    for one, other in combinations(boxes, 2):
        beside = one[2] <= other[0] or other[2] <= one[0]
        assert beside or one[3] <= other[1] or other[3] <= one[1]


@EVERY_REEL
def test_the_three_panels_are_there(reel: Reel) -> None:
    """Input, sum and map; the sum at a size at which it can be read."""
    found = [sorted({mark.part for mark in panel.marks if isinstance(mark, Tile)}) for panel in panels(reel)]
    assert len(found) == 3
    assert [kinds for kinds in found if kinds == ["pixel"]]
    assert [kinds for kinds in found if kinds == ["cell"]]
    (total,) = (panel for panel in panels(reel) if cells(panel, "total"))
    assert total.scale >= (READABLE_SCALE if max(reel.windows.kernel_size) < 10 else 0.45)


def test_the_numbers_are_those_of_the_peak_frame() -> None:
    """1×(−1) + 1×(−2) + 1×(−1) + 9×1 + 9×2 + 9×1 is 32, for the last time where the map is nearly full."""
    image, total, answers = panels(FLAGSHIP)
    assert [cell.text for cell in cells(image, "pixel")] == ["1", "1", "1", "9", "9", "9", "9"] * 7
    assert [cell.text for cell in cells(total, "factor")] == ["1", "9", "9"] * 3
    assert [cell.text for cell in cells(total, "weight")] == [
        "−1",
        "0",
        "+1",
        "−2",
        "0",
        "+2",
        "−1",
        "0",
        "+1",
    ]
    assert [cell.text for cell in cells(total, "product")] == [
        "−1",
        "0",
        "+9",
        "−2",
        "0",
        "+18",
        "−1",
        "0",
        "+9",
    ]
    assert [cell.text for cell in cells(total, "total")] == ["32"]
    assert [cell.text for cell in cells(answers, "cell")] == (["0", "32", "32", "0", "0"] * 5)[:23]


def test_the_numbers_are_on_the_picture() -> None:
    """Every tile has its colour on the card, and its number something of its ink."""
    picture = card().convert("RGB")
    for panel in panels(FLAGSHIP):
        for cell in (mark for mark in panel.marks if isinstance(mark, Tile)):
            ground = colour(picture, panel, cell.x + 4, cell.y + 4)
            assert max(abs(a - b) for a, b in zip(ground, LIGHT[cell.fill], strict=True)) <= ALIKE
            left, top = panel.x + round(cell.x * panel.scale) + 4, panel.y + round(cell.y * panel.scale) + 4
            inside = picture.crop((left, top, left + round(28 * panel.scale), top + round(28 * panel.scale)))
            assert inside.getextrema() != tuple((shade, shade) for shade in ground), cell


def test_the_window_is_seen_on_the_largest_picture() -> None:
    """Where a pixel is a few of the card's, the window's outline is still three thick."""
    reel = REELS["a large picture"]
    image = panels(reel)[0]
    (window,) = (mark for mark in image.marks if isinstance(mark, Outline))
    picture = card(reel).convert("RGB")
    middle = window.y + window.height / 2
    at = [colour(picture, image, window.x + step / image.scale, middle) for step in (-1, 0, 1)]
    assert at == [LIGHT["window"]] * 3


@EVERY_REEL
def test_no_number_in_a_grid_is_a_smudge(reel: Reel) -> None:
    """A number that cannot be read is left out, and its tile stands as a plain shade."""
    for panel in panels(reel):
        for cell in (*cells(panel, "pixel"), *cells(panel, "cell")):
            assert not cell.text or cell.size * panel.scale >= SMALLEST_NUMBER


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (TITLE, [TITLE]),
        ("What a network looks at when nobody tells it where", None),
        (LONG, ["A title so long that nobody would", "ever want to read all of it aloud in…"]),
        ("x" * 100, ["x" * 37, "x" * 36 + "…"]),
    ],
)
def test_a_title_takes_two_lines_at_most_and_is_cut_at_a_word(title: str, lines: list[str] | None) -> None:
    """What fits is printed whole; what does not ends in dots."""
    heading, *_ = card_drawings(FLAGSHIP, title, COURSE)
    above, *printed = (mark.text for mark in heading.marks if isinstance(mark, Words))
    assert above == COURSE
    assert printed == lines if lines else " ".join(printed) == title
    assert len(printed) <= 2


def test_a_longer_title_is_no_larger() -> None:
    """Short titles are printed large."""
    sizes = []
    for letters in range(1, 90, 4):
        heading, *_ = card_drawings(FLAGSHIP, "x" * letters, COURSE)
        sizes.append(max(mark.size for mark in heading.marks if isinstance(mark, Words)))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] >= 48


def test_the_same_scene_gives_the_same_bytes() -> None:
    """Nothing that was drawn before changes a card."""
    first = card_png(FLAGSHIP, TITLE, COURSE, LIGHT, FONT)
    card_png(WILD, LONG, COURSE, LIGHT, FONT)
    assert card_png(FLAGSHIP, TITLE, COURSE, LIGHT, FONT) == first
