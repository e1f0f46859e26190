"""Photographs drawn: grey stays grey, signs have their colours, and answers are seen once they are there."""

from io import BytesIO
from math import ceil

import numpy as np
import pytest
from PIL import Image, ImageChops

from generator.drawing import (
    animation_gif,
    animation_webp,
    answer_files,
    card_png,
    filmstrip_png,
    page_size,
    photo_picture,
    whole_answer_files,
)
from generator.drawing.film.frame import Cut, FilmFrame
from generator.drawing.marks import CELL, Tile, Words
from generator.drawing.panels.panel import marks_at
from generator.drawing.panels.photo import AnswersPanel, PhotoPanel, run_boxes
from generator.drawing.paper import A4, PAPERS, Paper, page_pngs, print_pdf, sheets
from generator.drawing.pens.raster import CLEAR
from generator.drawing.pictures.photographs import answer_png
from generator.drawing.pictures.plates import SIGNED_STEPS, developed
from generator.drawing.stages import stage_of
from generator.scenes import Reel
from generator.scenes.kinds.answer_scale import WHITE
from generator.scenes.kinds.sliding import SlidingReel
from tests.drawing.paper.frames_alone import frames_alone
from tests.drawing.paper.poppler import pictures_of, text_of
from tests.drawing.paper.prints import IMPRINT, grey, look
from tests.drawing.paper.test_sheets import MOST_INK
from tests.drawing.samples import DARK, FONT, LIGHT, PRINTED
from tests.drawing.test_raster import distance, drawn
from tests.scenes.photographs import photo_reel, planes

SAMPLE = photo_reel()
PATH = photo_reel(frames='"path 20,50 20,70"')
BLUR = photo_reel(kernel='"box-blur"')
COLOURS = photo_reel(image='"colour.png"', colour="true", groups="3", kernel='"outline"', frames='"sample 9"')
DIM = photo_reel(image='"black.png"', kernel='"identity"')
REELS = {"sample": SAMPLE, "path": PATH, "grey answers": BLUR, "colours": COLOURS}
EVERY_REEL = pytest.mark.parametrize("reel", REELS.values(), ids=REELS)


INNER = (slice(1, -1), slice(1, -1))
"""All cells but those at the edge: at one pixel a cell, the line around the map may lie on them."""


def number(text: str) -> int:
    return int(text.replace("−", "-"))


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def seen(reel: SlidingReel, number: int, plane: int = 0) -> Image.Image:
    """Return the answers as the film has them at a frame, one pixel a cell, without the mark that moves."""
    panel = AnswersPanel(reel, plane)
    x, y, width, height = panel.picture.box
    scale = 1 / panel.picture.unit
    frame = reel.frames[number - 1]
    lenses = sum(len(lens.marks) for lens in panel.lenses(frame) if lens.shown)
    marks = list(marks_at(panel, reel, frame))
    picture = drawn(panel.size, marks[: len(marks) - lenses], scale)
    left, top = round(x * scale), round(y * scale)
    return picture.crop((left, top, left + round(width * scale), top + round(height * scale)))


def test_answers_are_uncovered_in_reading_order() -> None:
    """At each frame all up to its own cell are seen, and where others will be there is paper."""
    whole = np.asarray(seen(SAMPLE, len(SAMPLE.frames))).astype(int)
    paper = np.array(LIGHT["paper"])
    for frame in SAMPLE.frames:
        _, row, column = frame.place
        picture = np.asarray(seen(SAMPLE, frame.number)).astype(int)
        reached = np.arange(whole.shape[0] * whole.shape[1]).reshape(whole.shape[:2])
        is_seen = reached <= row * whole.shape[1] + column
        wanted = np.where(is_seen[:, :, np.newaxis], whole, paper)
        assert (picture == wanted)[INNER].all()


def test_maps_are_uncovered_one_after_the_other() -> None:
    """While the second grows, the first is whole, and the third empty."""
    middle = next(frame.number for frame in COLOURS.frames if frame.place[0] == 1)

    assert seen(COLOURS, middle, 0).tobytes() == seen(COLOURS, 9, 0).tobytes()
    assert (np.asarray(seen(COLOURS, middle, 2))[INNER] == LIGHT["paper"]).all()
    assert not (np.asarray(seen(COLOURS, middle + 1, 1))[INNER] == LIGHT["paper"]).all()


def test_along_a_path_answers_light_up() -> None:
    """The map is there, pale; around the cells so far it has its full colour."""
    before, after, end = (np.asarray(seen(PATH, number)).astype(int) for number in (1, 11, 21))
    changed = (before != after).any(axis=2)
    rows, columns = np.nonzero(changed)

    assert (np.abs(rows - 19) <= 3).all()
    assert 59 < columns.max() <= 59 + 3
    assert (after[60:] == end[60:]).all()
    assert len(np.unique(end[60:].reshape(-1, 3), axis=0)) > 5


def test_signs_have_their_colours() -> None:
    """Blue above zero, burnt orange below, paper at zero; deeper the farther, up to the stated number."""
    picture = np.asarray(seen(SAMPLE, len(SAMPLE.frames))).astype(int)
    full = SAMPLE.answer_scale.full_answer
    for place in np.ndindex(*SAMPLE.output.shape[1:]):
        answer = SAMPLE.output[0][place]
        depth = min(abs(answer) / full, 1)
        ink = np.array(LIGHT["plus" if answer > 0 else "minus"])
        wanted = np.array(LIGHT["paper"]) * (1 - depth) + ink * depth
        step = np.abs(ink - np.array(LIGHT["paper"])).max() / SIGNED_STEPS
        assert np.abs(picture[place] - wanted).max() <= step / 2 + 2, (place, answer)


def test_a_photograph_and_its_blur_keep_their_greys() -> None:
    """No farther from the stored value than half of one of sixteen steps."""
    picture = np.asarray(seen(BLUR, len(BLUR.frames))).astype(int)

    assert np.abs(picture - np.round(BLUR.output[0])[:, :, np.newaxis]).max() <= WHITE / 15 / 2 + 1


def test_nothing_below_zero_is_shown_as_zero() -> None:
    """An answer of half the full colour and less is told from its positive twin in every picture."""
    files = {**dict(answer_files(SAMPLE, LIGHT, DARK)), **dict(whole_answer_files(SAMPLE, LIGHT))}
    _, row, column = np.unravel_index(np.argmin(SAMPLE.output), SAMPLE.output.shape)
    for name in ("map.webp", "map-dark.webp", "result.png"):
        picture = opened(files[name])
        times = picture.width // SAMPLE.output.shape[2]
        red, _, blue = picture.getpixel((int(column) * times, int(row) * times))  # type: ignore[misc]
        assert red > blue + 40, name


def test_the_page_has_the_pictures_that_it_needs() -> None:
    """Signed answers in light and in dark colours, brightnesses once."""
    assert list(dict(answer_files(SAMPLE, LIGHT, DARK))) == ["map.webp", "map-dark.webp"]
    assert list(dict(answer_files(BLUR, LIGHT, DARK))) == ["map.webp"]
    assert list(dict(answer_files(COLOURS, LIGHT, DARK)))[2:4] == ["map-2.webp", "map-2-dark.webp"]


@pytest.mark.parametrize(("scheme", "name"), [(LIGHT, "map.webp"), (DARK, "map-dark.webp")])
def test_a_page_picture_has_the_colours_of_its_surroundings(
    scheme: dict[str, tuple[int, int, int]], name: str
) -> None:
    """Where the answer is zero it is the paper that it lies on."""
    picture = opened(dict(answer_files(SAMPLE, LIGHT, DARK))[name])

    assert picture.size == page_size((88, 68))
    assert distance(picture.getpixel((10, 10)), scheme["paper"]) == 0  # type: ignore[arg-type]


def test_the_whole_answers_are_exact() -> None:
    """As a PNG without loss, at their own size: a grey is the rounded answer, a colour says its sign."""
    files = dict(whole_answer_files(BLUR, LIGHT))
    assert np.array_equal(np.asarray(Image.open(BytesIO(files["result.png"]))), np.round(BLUR.output[0]))

    signed = Image.open(BytesIO(dict(whole_answer_files(SAMPLE, LIGHT))["result.png"]))
    levels = np.asarray(signed).astype(int) - 127
    shares = np.clip(SAMPLE.output[0] / SAMPLE.answer_scale.full_answer, -1, 1) * 127
    assert np.abs(levels - shares).max() <= 0.5


def test_the_photograph_of_a_page_is_the_photograph() -> None:
    """With what a lossy picture loses, in its own colours; a large one is shrunk."""
    for reel, stored in ((SAMPLE, planes("grey.png")), (COLOURS, planes("colour.png"))):
        picture = np.asarray(opened(photo_picture(reel))).astype(int)
        height, width = stored.shape[1:]
        assert picture.shape[:2] == page_size((width, height))[::-1]
        times = picture.shape[0] // height
        left = picture[::times, : times * (width // 2 - 8) : times]  # the flat half
        assert np.abs(left - 90).max() <= 6


@pytest.mark.parametrize(
    ("size", "wanted"), [((256, 254), (256, 254)), ((1024, 512), (320, 160)), ((30, 40), (150, 200))]
)
def test_a_page_picture_is_neither_large_nor_tiny(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    """Wide ones are shrunk, and of small ones each cell becomes a square."""
    assert page_size(size) == wanted


def test_long_fractions_have_their_factor_over_the_kernel_and_products_are_short() -> None:
    """On each tile is a whole number, and no product has so many signs that it gets small."""
    reel = photo_reel(kernel='"unsharp"')
    marks = list(marks_at(stage_of(reel).work, reel, reel.frames[0]))
    assert "kernel × 1/256" in [mark.text for mark in marks if isinstance(mark, Words)]
    tiles = [mark for mark in marks if isinstance(mark, Tile)]
    weights = [number(tile.text) for tile in tiles if tile.part == "weight"]
    assert [weight / 256 for weight in weights] == reel.layer.values.ravel().tolist()
    assert max(len(tile.text.lstrip("+−")) for tile in tiles if tile.part == "product") <= 4


@pytest.mark.parametrize(("kernel", "lines"), [("sobel-x", 2), ("unsharp", 2), ("motion-blur", 3)])
def test_the_arithmetic_of_a_photograph_is_folded(kernel: str, lines: int) -> None:
    """Window, kernel and products stand in so many lines, and the sum beside the products."""
    reel = photo_reel(kernel=f'"{kernel}"')
    panel = stage_of(reel).work
    tiles = [mark for mark in marks_at(panel, reel, reel.frames[0]) if isinstance(mark, Tile)]
    tops = {
        part: min(tile.y for tile in tiles if tile.part == part) for part in ("factor", "weight", "product")
    }
    assert len(set(tops.values())) == lines
    assert max(tile.x + tile.width for tile in tiles) <= panel.size[0]
    assert max(tile.y + tile.height for tile in tiles) <= panel.size[1]
    (total,) = (tile for tile in tiles if tile.part == "total")
    assert total.y + total.height / 2 > tops["product"]


def test_the_window_is_at_its_true_place() -> None:
    """The inner outline has the window's size and corner, the loupe around it the same middle."""
    panel = PhotoPanel(PATH)
    unit, (x, y, _, _) = panel.picture.unit, panel.picture.box
    for frame in PATH.frames:
        (lens,) = panel.lenses(frame)
        spot, loupe = lens.marks
        (top, left), (height, width) = frame.window, PATH.kernel_size
        assert (lens.x + spot.x, lens.y + spot.y) == pytest.approx((x + left * unit, y + top * unit))
        assert (spot.width, spot.height) == pytest.approx((width * unit, height * unit))  # type: ignore[union-attr]
        assert loupe.x + loupe.width / 2 == pytest.approx(width * unit / 2)  # type: ignore[union-attr]
        assert loupe.width > 2 * CELL / 4  # type: ignore[union-attr]


@pytest.mark.parametrize(("first", "end"), [(0, 0), (0, 5), (2, 4), (3, 17), (4, 8), (0, 20), (7, 9)])
def test_boxes_hold_a_run_of_cells(first: int, end: int) -> None:
    """Each cell of the run is in one box, and no other."""
    held = np.zeros((5, 4), int)
    boxes = list(run_boxes(first, end, 4))
    for left, top, right, bottom in boxes:
        held[top:bottom, left:right] += 1

    assert len(boxes) <= 3
    assert held.ravel().tolist() == [int(first <= cell < end) for cell in range(20)]


def test_the_panel_says_how_to_read_it() -> None:
    """The numbers that have its first and last colour, and whether some lie beyond."""
    full = f"{SAMPLE.answer_scale.full_answer:.0f}"
    assert (AnswersPanel(SAMPLE).ends, AnswersPanel(SAMPLE).note) == ((f"−{full}", f"+{full}"), "or more")
    assert (AnswersPanel(BLUR).ends, AnswersPanel(BLUR).note) == (("0", "255"), "")
    total = photo_reel(kernel="[[1, 1]]")
    assert AnswersPanel(total).ends == ("0", f"{total.output.max()}")


def test_what_is_cut_off_is_marked_and_no_other_pixel() -> None:
    """It stays as dark or as bright as it is, and all else is a grey."""
    reel = photo_reel(kernel="[[9, -8]]", activation='"clamp"')
    cut = reel.cut_cells[0]
    plate = AnswersPanel(reel).plate
    height, width = reel.output_size
    colours = np.array(developed(plate, LIGHT, (width, height)))
    is_grey = (colours == colours[..., :1]).all(-1)

    assert cut.any()
    assert (is_grey == ~cut).all()
    for end, role in ((0, "cut-dark"), (255, "cut-bright")):
        assert {tuple(colour) for colour in colours[cut & (reel.output[0] == end)].tolist()} == {LIGHT[role]}
    assert np.array(Image.open(BytesIO(answer_png(reel, 0, LIGHT)))).tolist() == reel.output[0].tolist()


@EVERY_REEL
def test_the_film_shows_every_frame(reel: Reel) -> None:
    """The filmstrip is within its pixels, the animation has each frame and stays light."""
    film = Image.open(BytesIO(filmstrip_png(reel, LIGHT, FONT)))
    assert film.width * film.height <= 16_000_000
    webp, gif = (make(reel, {3}, LIGHT, FONT) for make in (animation_webp, animation_gif))
    assert Image.open(BytesIO(webp)).n_frames == Image.open(BytesIO(gif)).n_frames == len(reel.frames)  # type: ignore[attr-defined]
    assert max(len(webp), len(gif)) < 300_000
    assert Image.open(BytesIO(card_png(reel, "A title", "A course", LIGHT, FONT))).size == (1200, 630)


@EVERY_REEL
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_sheets_take_little_ink(reel: Reel, paper: Paper) -> None:
    """Printed photographs are light."""
    assert max(look(png).ink for png in page_pngs(sheets(reel, paper, IMPRINT), PRINTED, FONT)) <= MOST_INK


def test_the_darkest_photograph_takes_little_ink() -> None:
    """One that is black, and stays black."""
    assert max(look(png).ink for png in page_pngs(sheets(DIM, A4, IMPRINT), PRINTED, FONT)) <= MOST_INK


@EVERY_REEL
def test_both_pens_print_the_same_sheets(reel: Reel, pdftoppm: object) -> None:
    """The PDF has the photograph and the answers where the picture has them, and text to select."""
    made = sheets(reel, A4, IMPRINT)
    data = print_pdf(made, PRINTED, FONT)
    pages = pictures_of(data, pdftoppm, 60)  # type: ignore[arg-type]
    for page, png in zip(pages, page_pngs(made, PRINTED, FONT), strict=True):
        rastered = grey(png).resize(page.size, Image.Resampling.BOX)
        small = (page.width // 8, page.height // 8)
        difference = ImageChops.difference(
            page.resize(small, Image.Resampling.BOX), rastered.resize(small, Image.Resampling.BOX)
        )
        assert difference.getextrema()[1] <= 40  # type: ignore[operator]
    assert f"1 of {len(reel.frames)}" in text_of(data, pdftoppm)[0]  # type: ignore[arg-type]


def test_a_pdf_holds_each_picture_once() -> None:
    """Photograph, map and legend; fifty times as many frames do not make it fifty times as long."""
    few = print_pdf(sheets(photo_reel(frames='"sample 2"'), A4, IMPRINT), PRINTED, FONT)
    many = print_pdf(sheets(photo_reel(frames='"sample 100"'), A4, IMPRINT), PRINTED, FONT)

    assert few.count(b"/Subtype /Image") == many.count(b"/Subtype /Image") == 3
    assert len(many) < 10 * len(few)


def test_frames_for_paper_have_the_whole_photograph() -> None:
    """At no less than six points for every number."""
    frames = frames_alone(PATH, range(1, len(PATH.frames) + 1))

    assert len(frames) == len(PATH.frames)
    assert frames[0].tobytes() != frames[-1].tobytes()


def test_a_photograph_has_its_maps_two_in_a_row_on_film() -> None:
    """So that three maps make the frame no wider than one."""
    one, three = (FilmFrame(reel, Cut(1, 1)).size[0] for reel in (SAMPLE, COLOURS))

    assert three <= ceil(one * 1.1)


def test_nothing_of_a_photograph_is_clear() -> None:
    """The index of what shows the page behind the film is not one of its colours."""
    film = Image.open(BytesIO(filmstrip_png(BLUR, LIGHT, FONT)))
    middle = film.crop((30, 120, 120, 160))

    assert CLEAR not in {index for _, index in middle.getcolors() or []}
