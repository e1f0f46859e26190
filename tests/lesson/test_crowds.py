"""Scenes with much to show on screens with little room, and on paper."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, FloatRect

from tests.browser import NewPage, begin_visit
from tests.built import build_shown
from tests.lesson.reader import Reader

pytestmark = pytest.mark.browser

COURSE = 'title = "Crowds"\nsummary = "S."\n[[parts]]\ntitle = "One"\nchapters = ["01-crowds"]\n'
EIGHT = '["sobel-x", "sobel-y", "prewitt-x", "prewitt-y", "scharr-x", "scharr-y", "laplacian", "outline"]'
SIDE = '\n[[sides]]\ntitle = "{0}"\npadding_mode = "{0}"\n'
MODES = ("zeros", "reflect", "replicate", "circular")
COMPARED = 'kind = "compare"\npadding = 1\nkernel = {kernel}\nimage = {image}\n'
SCENES = {
    "eight": f'image = "step"\nkernels = {EIGHT}\n',
    "pairs": 'images = ["step", "ramp"]\nkernels = ["sobel-x", "sobel-y", "box-blur", "laplacian"]\n',
    "sizes": 'image = "step"\nkernels = ["sobel-x", [[1, 1, 1, 1, 1], [2, 2, 2, 2, 2]]]\n',
    "modes": COMPARED.format(kernel='"box-blur"', image='"corner"') + "".join(map(SIDE.format, MODES[:3])),
    "lines": COMPARED.format(kernel="[[-1, 0, 1]]", image="[[1, 1, 1, 9, 9, 9, 7]]")
    + "".join(map(SIDE.format, MODES)),
    "paces": 'kind = "compare"\nimage = "step"\nkernel = "sobel-x"\n'
    '\n[[sides]]\ntitle = "Stride 2"\nstride = 2\n\n[[sides]]\ntitle = "Stride 1"\n',
    "colours": 'image = "photo.png"\ncolour = true\nkernel = "sobel-x"\ngroups = 3\nframes = "sample 9"\n',
    "tall": 'image = "tall.png"\nkernel = ["sobel-x", "sobel-y"]\nframes = "sample 8"\n',
    "filters": 'image = "photo.png"\nkernel = ["sobel-x", "sobel-y"]\nframes = "sample 8"\n',
}
TOLD = "[frame first] It begins.\n\n[frame 2-6] On it goes.\n\n[frame last] It ends.\n"
SMALL = [(390, 844), (390, 664), (375, 667), (360, 640)]

NUMBERS = """section => Array.from(section.querySelectorAll(".pixel-text, .cell-text"))
  .filter(node => node.checkVisibility() && node.textContent)
  .map(node => Number(node.getAttribute("font-size"))
    * node.ownerSVGElement.getBoundingClientRect().width / node.ownerSVGElement.viewBox.baseVal.width)"""
"""How high the numbers of the grids are on the screen."""
PLATES = """section => Promise.all(Array.from(section.querySelectorAll(".plate:not(.glass)"), async plate => {
  const image = plate.querySelector("img");
  image.loading = "eager";
  await image.decode();
  const [seen, over] = [image, plate.querySelector(".over")].map(node => node.getBoundingClientRect());
  const scale = Math.min(seen.width / image.naturalWidth, seen.height / image.naturalHeight);
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale];
  const [x, y] = getComputedStyle(image).objectPosition.split(" ").map(share => parseFloat(share) / 100);
  const [left, top] = [seen.left + (seen.width - width) * x, seen.top + (seen.height - height) * y];
  return [left - over.left, top - over.top, width - over.width, height - over.height];
}))"""
"""How far each picture and the figure over it are apart."""
AFTER_TWO_PAINTS = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""
FILLED = """section => Array.from(section.querySelectorAll(".version"),
  version => version.querySelectorAll(".cell:not(.unfilled)").length)"""
"""How many cells of each version are filled."""
BOXES = """section => Array.from(section.querySelectorAll(".plate p"))
  .filter(node => node.checkVisibility())
  .map(node => node.getBoundingClientRect())
  .map(({ left, top, right, bottom }) => [left, top, right, bottom])"""


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the course without what is only downloaded, and return its chapter's address."""
    content = tmp_path_factory.mktemp("crowds")
    for name in ("chapters", "images"):
        (content / name).mkdir()
    (content / "course.toml").write_text(COURSE)
    ramp = np.add.outer(np.arange(200), np.arange(300)) % 256
    photo = np.stack([ramp, ramp[::-1], np.where(ramp > 120, 255, 0)], axis=-1).astype(np.uint8)
    Image.fromarray(photo).save(content / "images" / "photo.png")
    Image.fromarray(photo.transpose(1, 0, 2)[:, :100]).save(content / "images" / "tall.png")
    scenes = (
        f'## About {name}\n\n```scene\nid = "{name}"\n{keys}```\n\n{TOLD}' for name, keys in SCENES.items()
    )
    text = '+++\ntitle = "Crowds"\n+++\n\n' + "\n".join(scenes)
    (content / "chapters" / "01-crowds.md").write_text(text)
    site: Path = build_shown(content, tmp_path_factory.mktemp("crowds-site") / "site")
    return (site / "01-crowds" / "index.html").as_uri()


def opened(new_page: NewPage, chapter: str, at: str, width: int, height: int) -> Reader:
    return Reader(new_page(viewport={"width": width, "height": height}), f"{chapter}#{at}")


@pytest.fixture(scope="module")
def page(browser: Browser, chapter: str) -> Iterator[Reader]:
    """Open the chapter once; whoever takes it says how large the screen is."""
    reader = Reader(begin_visit(browser), chapter)
    yield reader
    reader.page.context.close()


@pytest.fixture
def wide(page: Reader) -> Reader:
    return resized(page, 1280, 800)


def resized(page: Reader, width: int, height: int) -> Reader:
    page.page.set_viewport_size({"width": width, "height": height})
    page.page.evaluate(AFTER_TWO_PAINTS)
    return page


def seen(reader: Reader, scene: str) -> list[bool]:
    """Return which versions can be seen."""
    return [version.is_visible() for version in reader.section(scene).locator(".version").all()]


def box(reader: Reader, scene: str, part: str) -> FloatRect:
    found = reader.section(scene).locator(part).bounding_box()
    assert found
    return found


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize(("width", "height"), SMALL)
def test_on_a_phone_the_stage_leaves_room_for_the_text(
    page: Reader, scene: str, width: int, height: int
) -> None:
    """However many versions or maps there are, the controls stay inside the stage, and the text below it."""
    reader = resized(page, width, height)
    reader.slide(scene, 4)
    stage, controls = box(reader, scene, ".stage"), box(reader, scene, ".controls")
    assert stage["height"] <= (0.6 if height > 720 else 0.66) * height + 1
    assert controls["y"] + controls["height"] <= stage["y"] + stage["height"] + 1
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scene", SCENES)
def test_on_a_phone_held_sideways_the_controls_can_be_reached(page: Reader, scene: str) -> None:
    reader = resized(page, 844, 390)
    reader.slide(scene, 4)
    controls = box(reader, scene, ".controls")
    assert controls["y"] + controls["height"] <= 391


def test_a_phone_shows_sides_in_turn_where_all_would_be_too_small(new_page: NewPage, chapter: str) -> None:
    """One side has the room of a whole stage, with its sum; another is a touch away, at the same frame."""
    reader = opened(new_page, chapter, "modes=4", 390, 844)
    assert seen(reader, "modes") == [True, False, False]
    assert min(reader.section("modes").evaluate(NUMBERS)) >= 7
    reader.section("modes").get_by_text("replicate", exact=True).first.click()
    assert seen(reader, "modes") == [False, False, True]
    assert reader.frame("modes") == 4
    assert reader.section("modes").locator(".version").nth(2).locator(".total-text").is_visible()
    assert seen(reader, "lines") == [True] * 4


def test_a_wide_screen_shows_all_sides(wide: Reader) -> None:
    """Whichever was chosen on the phone that has been turned."""
    assert seen(wide, "modes") == [True] * 3
    assert not wide.section("modes").locator("fieldset").is_visible()
    wide.slide("modes", 9)
    maps = wide.section("modes").locator(".version")
    filled = [maps.nth(n).locator(".cell:not(.unfilled)").count() for n in range(3)]
    assert filled == [9, 9, 9]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scene", ["eight", "sizes"])
def test_a_walk_through_all_versions_ends_at_the_frame_where_it_began(
    new_page: NewPage, chapter: str, scene: str, width: int, height: int
) -> None:
    """Also where a version is higher than another, and where the frame is one of many in its beat."""
    reader = opened(new_page, chapter, f"{scene}=5", width, height)
    labels = reader.section(scene).locator(".switch label")
    for number in (*range(labels.count()), 0):
        labels.nth(number).click()
        reader.page.evaluate(AFTER_TWO_PAINTS)
        assert reader.frame(scene) == 5
    assert reader.section(scene).locator(".version").first.locator(".total-text").text_content()


def test_a_side_of_more_frames_than_the_first_passes_all_of_them(wide: Reader) -> None:
    """Several in the time of one: no window is left out, and both sides end together."""
    wide.top_of("paces")
    moments = wide.moments_passing("paces", 20, tick=15, read=FILLED)
    assert {filled[1] for filled, _ in moments} == set(range(26))
    assert moments[-1][0] == [9, 25]


@pytest.mark.parametrize("scene", ["colours", "filters", "tall"])
@pytest.mark.parametrize(("width", "height"), [*SMALL, (844, 390), (1280, 800)])
def test_a_figure_lies_on_its_picture(page: Reader, scene: str, width: int, height: int) -> None:
    """On every screen the marks are where the picture is."""
    reader = resized(page, width, height)
    reader.slide(scene, 4)
    plates = reader.section(scene).evaluate(PLATES)
    assert len(plates) == 1 + reader.section(scene).locator(".plate.map").count() > 1
    for apart in plates:
        assert max(map(abs, apart)) < 1.5


def test_words_about_pictures_do_not_overlap(page: Reader) -> None:
    reader = resized(page, 390, 844)
    reader.slide("colours", 4)
    boxes = reader.section("colours").evaluate(BOXES)
    assert len(boxes) == 5, "four names, and one note for all maps"
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert right <= 390
        for other in boxes[at + 1 :]:
            assert left >= other[2] or other[0] >= right or top >= other[3] - 1 or other[1] >= bottom - 1


def test_maps_of_a_colour_photograph_have_the_names_of_its_channels(wide: Reader) -> None:
    names = wide.section("colours").locator(".plate:not(.glass) p:first-child").all_text_contents()
    assert [name.split()[0] for name in names] == ["input", "red", "green", "blue"]


@pytest.mark.parametrize("scene", ["eight", "modes"])
def test_what_is_printed_is_finished(new_page: NewPage, chapter: str, scene: str) -> None:
    """Wherever the reader stands, paper shows all versions as they end, and the screen goes on as it was."""
    reader = opened(new_page, chapter, f"{scene}=4", 390, 844)
    before = reader.section(scene).evaluate(FILLED)
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = reader.section(scene).evaluate(FILLED)
    reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert printed == [25] * 8 if scene == "eight" else [49] * 3
    assert before[0] == 4
    assert reader.section(scene).evaluate(FILLED)[0] == 4


@pytest.mark.parametrize("script", [True, False], ids=["with the script", "without"])
def test_on_paper_sides_stand_beside_each_other(new_page: NewPage, chapter: str, script: bool) -> None:
    """Two in a row, as large as they fit, and each beat beside a frame of every side."""
    visit = new_page(viewport={"width": 703, "height": 1000}, java_script_enabled=script)
    reader = Reader(visit, chapter)
    reader.page.emulate_media(media="print")
    boxes = [version.bounding_box() for version in reader.section("modes").locator(".version").all()]
    first, second, third = (box for box in boxes if box)
    assert (first["y"], first["x"]) == (second["y"], third["x"])
    assert min(first["width"], second["width"], third["width"]) > 300
    assert reader.section("modes").locator(".shots svg").count() == 9
