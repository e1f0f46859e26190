"""A photograph on the screen: the window at its place, its numbers, and the answers so far."""

import json
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.browser import NewPage
from tests.built import build_shown
from tests.lesson.reader import STEP, Reader, shown_as
from tests.scenes.photographs import planes

pytestmark = pytest.mark.browser

COURSE = 'title = "Photographs"\nsummary = "S."\n[[parts]]\ntitle = "One"\nchapters = ["01-seeing"]\n'
SCENES = {
    "told": 'image = "grey.png"\nkernel = "sobel-x"\nframes = "sample 7"\n',
    "walked": 'image = "grey.png"\nkernel = "outline"\npadding = 1\nframes = "path 1,80 30,60"\n',
    "colours": 'image = "colour.png"\ncolour = true\nkernel = "outline"\ngroups = 3\nframes = "sample 8"\n',
    "mixed": 'image = "colour.png"\ncolour = true\nkernel = [[[0.5]], [[-2]], [[3]]]\nactivation = "relu"\n'
    'frames = "sample 5"\n',
    "switched": 'image = "grey.png"\nkernels = ["sobel-x", "box-blur"]\nframes = "sample 5"\n',
}
POINTING = {
    "pointed": 'image = "grey.png"\nkernel = "sobel-x"\nframes = "sample 7"\n',
    "linked": 'image = "grey.png"\nkernel = "sobel-x"\nframes = "sample 5"\n',
}
TEXTS = {
    "pointed": "[frame 3] See [there](place:40,60).\n\n[frame 5] Half-way.\n\n[frame last] All.\n",
    "linked": "Look at [a place](place:61,20), or at [another](place:2,70).\n",
}
TOLD = "[frame first] At the corner.\n\n[frame 4] Half-way.\n\n[frame last] All.\n"

SHOWN = """section => {
  const box = node => {
    const { left, top, width, height } = node.getBoundingClientRect();
    return [left, top, width, height];
  };
  const stage = section.querySelector(".version:not([hidden])");
  const texts = name => Array.from(stage.querySelectorAll(`.${name}-text`), node => node.textContent);
  const visible = node => node && getComputedStyle(node).visibility === "visible";
  return {
    frame: Number(section.dataset.frame),
    factors: texts("factor"), products: texts("product"), total: texts("total")[0],
    photo: box(stage.querySelector(".input img")), spot: box(stage.querySelector(".spot")),
    maps: Array.from(stage.querySelectorAll(".map"), map => ({
      box: box(map.querySelector("img")),
      target: visible(map.querySelector(".lens")) ? box(map.querySelector(".target")) : null,
    })),
  };
}"""
WAIT_FOR_PICTURES = """section => Promise.all(Array.from(
  section.querySelectorAll(".version:not([hidden]) .plate-picture img"),
  image => image.complete ? image.decode() : new Promise(done => { image.onload = done; }),
))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course of photographs; what is only printed or downloaded is left out."""
    content = tmp_path_factory.mktemp("photographs")
    for name in ("chapters", "images"):
        (content / name).mkdir()
    (content / "course.toml").write_text(COURSE)
    for name in ("grey.png", "colour.png"):
        pixels = np.moveaxis(planes(name), 0, -1).astype(np.uint8)
        Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels).save(content / "images" / name)
    away = "A line of text.\n\n" * 150
    texts = {"told": TOLD, **TEXTS}
    scenes = (
        f'{away}```scene\nid = "{name}"\ncaption = "{name}"\n{text}```\n\n{texts.get(name, "")}\n## After\n'
        for name, text in {**SCENES, **POINTING}.items()
    )
    (content / "chapters" / "01-seeing.md").write_text('+++\ntitle = "Seeing"\n+++\n\n' + "\n".join(scenes))
    return build_shown(content, tmp_path_factory.mktemp("photographs-site") / "site")


def url(site: Path) -> str:
    return (site / "01-seeing" / "index.html").as_uri()


@pytest.fixture
def reader(new_page: NewPage, site: Path) -> Reader:
    return Reader(new_page(viewport={"width": 1280, "height": 800}), url(site))


def shown(reader: Reader, scene: str) -> dict[str, Any]:
    found: dict[str, Any] = reader.section(scene).evaluate(SHOWN)
    return found


def document_of(site: Path, scene: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((site / "01-seeing" / scene / "frames.json").read_text())
    return document


def flat(numbers: Any) -> list[float]:  # noqa: ANN401 - lists of lists
    return [n for part in numbers for n in flat(part)] if isinstance(numbers, list) else [numbers]


def under(document: dict[str, Any], frame: dict[str, Any]) -> list[float]:
    """Return the pixels under a frame's window, zeros around the photograph."""
    stored = planes("grey.png" if document["input"]["shape"][0] == 1 else "colour.png")
    (top, bottom), (left, right) = document["padding"]
    pixels = np.pad(stored, ((0, 0), (top, bottom), (left, right)))
    _, channels, height, width = document["kernel"]["shape"]
    first = frame["out"][0] * channels if document["groups"] > 1 else 0
    row, column = frame["window"][0] + top, frame["window"][1] + left
    seen = pixels[first : first + channels, row : row + height, column : column + width]
    return [float(value) for value in seen.ravel()]


@pytest.mark.parametrize("scene", [name for name in SCENES if name != "switched"])
def test_every_frame_shows_the_numbers_under_its_window(reader: Reader, site: Path, scene: str) -> None:
    """Forwards, and backwards again."""
    document = document_of(site, scene)
    count = len(document["frames"])
    numbers = (*range(1, count + 1), *range(count, 0, -1))
    for number, seen in zip(numbers, reader.seen_at_each_frame(scene, numbers, SHOWN), strict=True):
        frame = document["frames"][number - 1]
        assert seen["frame"] == number
        assert all(map(shown_as, under(document, frame), seen["factors"]))
        assert all(map(shown_as, flat(frame["products"]), (text.lstrip("+") for text in seen["products"])))
        assert len(seen["products"]) == len(flat(frame["products"])) == len(seen["factors"])
        assert shown_as(frame["sum"], seen["total"])
    assert reader.visit.errors == []


@pytest.mark.parametrize("scene", SCENES)
def test_the_marks_lie_on_the_photograph_where_the_frame_is(reader: Reader, site: Path, scene: str) -> None:
    """The window's corner and size on the input, and the cell's middle on the map that it belongs to."""
    document = document_of(site, scene)
    shown_at = reader.seen_at_each_frame(scene, read=SHOWN)
    for frame, seen in zip(document["frames"], shown_at, strict=True):
        left, top, width, _ = seen["photo"]
        pitch = width / document["input"]["shape"][2]
        x, y, across, down = seen["spot"]
        row, column = frame["window"]
        assert [x, y] == pytest.approx([left + column * pitch, top + row * pitch], abs=1.5)
        kernel = document["kernel"]["shape"]
        assert [across, down] == pytest.approx([kernel[3] * pitch, kernel[2] * pitch], abs=2.5)
        plane, row, column = frame["out"]
        assert [map_["target"] is not None for map_ in seen["maps"]] == [
            at == plane for at in range(len(seen["maps"]))
        ]
        left, top, width, _ = seen["maps"][plane]["box"]
        pitch = width / document["output"]["shape"][2]
        x, y, across, down = seen["maps"][plane]["target"]
        middle = [left + (column + 0.5) * pitch, top + (row + 0.5) * pitch]
        assert [x + across / 2, y + down / 2] == pytest.approx(middle, abs=1.5)


def painted(reader: Reader, scene: str, plane: int = 0) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the picture of the answers as it is on the screen, without the mark that lies on it."""
    section = reader.section(scene)
    section.scroll_into_view_if_needed()
    section.evaluate(WAIT_FOR_PICTURES)
    section.evaluate(
        "section => section.querySelectorAll('.lens').forEach(lens => lens.style.display = 'none')"
    )
    plate = section.locator(".version:not([hidden]) .map .plate-picture").nth(plane)
    data = plate.screenshot(animations="disabled")
    return np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(np.int64)


def is_flat(part: np.ndarray[Any, np.dtype[np.int64]]) -> bool:
    """Return whether a part has one colour; where two covers meet, a browser may round it."""
    return bool((part.max(axis=(0, 1)) - part.min(axis=(0, 1)) <= 2).all())


def rows_of(frame: dict[str, Any], document: dict[str, Any], height: int) -> tuple[int, int]:
    """Return the screen's rows above which all answers are seen, and below which none is."""
    pitch = height / document["output"]["shape"][1]
    row = frame["out"][1]
    return max(2, int(row * pitch) - 2), int((row + 1) * pitch) + 3


def test_answers_are_uncovered_as_the_window_passes(reader: Reader, site: Path) -> None:
    """What is above the cell is seen, what is below is paper; and covered again on the way back."""
    document = document_of(site, "colours")
    reader.slide("colours", 8)
    whole = painted(reader, "colours", 0)
    assert len(np.unique(whole.reshape(-1, 3), axis=0)) > 8
    for number in (2, 3, 1, 8, 2):
        reader.slide("colours", number)
        seen = painted(reader, "colours", 0)
        frame = document["frames"][number - 1]
        if frame["out"][0] > 0:
            assert (seen == whole).all()
            continue
        above, below = rows_of(frame, document, seen.shape[0])
        assert (seen[2:above] == whole[2:above]).all()
        assert is_flat(seen[below:-2, 2:-2])
        right = int((frame["out"][2] + 1) * seen.shape[1] / document["output"]["shape"][2]) + 3
        assert is_flat(seen[above + 4 : -2, right:-2])
    reader.slide("colours", 2)
    assert is_flat(painted(reader, "colours", 2)[2:-2, 2:-2])


def test_along_a_path_the_answers_so_far_light_up(reader: Reader) -> None:
    """All are there, pale; at the end of the path more of them have their colour than at its beginning."""
    pictures = []
    for number in (1, 30, 1):
        reader.slide("walked", number)
        pictures.append(painted(reader, "walked"))
    first, last, again = pictures
    changed = (first != last).any(axis=2)

    assert (first == again).all()
    assert 0.03 < changed.mean() < 0.5
    assert len(np.unique(first[-40:].reshape(-1, 3), axis=0)) > 8


def test_scrolling_passes_every_frame_in_order_and_back(reader: Reader, site: Path) -> None:
    """Whatever has been passed on the way, a frame looks the same."""
    count = len(document_of(site, "told")["frames"])
    reader.top_of("told")
    first = reader.frame("told")
    passed = []
    for step in (30, -30):
        reader.listen("told")
        reader.pass_in_steps("told", step)
        reader.rest()
        passed.append([frame for frame, _ in groupby(reader.heard())])
    assert [first, *passed[0]] == list(range(count + 1))
    assert passed[1] == list(range(count - 1, -1, -1))
    reader.slide("told", 3)
    there = reader.picture("told")
    for number in (count, 1, 3):
        reader.slide("told", number)
    assert reader.picture("told") == there


def test_pictures_come_late_and_nothing_moves_when_they_come(reader: Reader) -> None:
    """Far above, they are not fetched; their room is there before them."""
    last = reader.section("switched")
    loaded = "section => section.querySelector('.input img').naturalWidth"
    size = "section => section.querySelector('.panels').getBoundingClientRect().height"
    before = last.evaluate(size)
    assert last.evaluate(loaded) == 0
    last.scroll_into_view_if_needed()
    last.evaluate(WAIT_FOR_PICTURES)
    assert last.evaluate(loaded) > 0
    assert last.evaluate(size) == before > 100


def test_dark_surroundings_have_their_own_picture(new_page: NewPage, site: Path) -> None:
    """Its zero is the paper of the page."""
    dark = Reader(new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark"), url(site))
    dark.slide("told", 7)
    picture = painted(dark, "told")
    current = "section => section.querySelector('.map img').currentSrc"

    assert dark.section("told").evaluate(current).endswith("told/map-dark.webp")
    assert picture[20, 20].max() < 60  # the flat half answers 0 everywhere


def test_a_switch_keeps_the_frame(reader: Reader, site: Path) -> None:
    """The other version shows its own numbers for the same position."""
    reader.slide("switched", 3)
    reader.section("switched").locator("label").nth(1).click()
    seen = shown(reader, "switched")
    frame = json.loads((site / "01-seeing" / "switched" / "box-blur" / "frames.json").read_text())["frames"][
        2
    ]

    assert seen["frame"] == 3
    assert shown_as(frame["sum"], seen["total"])


def test_a_listener_hears_the_answer(reader: Reader, site: Path) -> None:
    """The place and the sum: the nine products of every position would tire anybody."""
    answer = document_of(site, "walked")["frames"][0]["sum"]
    reader.section("walked").locator(".stage").press("Home")
    reader.await_said("walked", 1)
    said = str(answer).replace("-", "minus ")
    assert reader.section("walked").locator(".spoken").inner_text() == (
        f"Row 1, column 80: the sum equals {said}."
    )


@pytest.mark.parametrize("width", [360, 390, 844, 1440])
def test_nothing_sticks_out(new_page: NewPage, site: Path, width: int) -> None:
    """On no screen is a photograph wider than the page, or smaller than can be looked at."""
    narrow = Reader(new_page(viewport={"width": width, "height": 800}), url(site))
    for scene in SCENES:
        narrow.slide(scene, 2)
        seen = shown(narrow, scene)
        for left, _, across, _ in (seen["photo"], *(map_["box"] for map_ in seen["maps"])):
            assert left >= 0
            assert left + across <= width
            assert across >= (60 if scene == "colours" else 110)
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= width


STANDING = """section => {
  const box = node => node.getBoundingClientRect();
  const stage = section.querySelector(".version:not([hidden])");
  const [photo, spot] = [".input img", ".spot"].map(name => box(stage.querySelector(name)));
  const glass = stage.querySelector(".magnifier");
  const [picture, frame] = ["img", "rect"].map(name => box(glass.querySelector(name)));
  const [pixel, times] = [photo.width / 90, picture.width / 90];
  return {
    y: scrollY, frame: Number(section.dataset.frame), address: location.hash,
    lit: Array.from(section.querySelectorAll(".beat.lit .told"), node => node.textContent),
    window: [spot.top - photo.top, spot.left - photo.left].map(length => length / pixel),
    magnified: [frame.top - picture.top, frame.left - picture.left].map(length => length / times),
    times, across: box(glass).width / times,
  };
}"""
"""Reads off a scene on the grey photograph where the window lies, in pixels, and what the magnifier shows."""


def standing(reader: Reader, scene: str) -> dict[str, Any]:
    found: dict[str, Any] = reader.section(scene).evaluate(STANDING)
    return found


def test_the_window_lies_to_begin_with_where_the_text_does(reader: Reader, site: Path) -> None:
    """Without beats the scene stands at its first link, and all answers are seen."""
    seen = standing(reader, "linked")
    assert seen["frame"] == 6
    assert seen["window"] == pytest.approx([60, 19], abs=0.5)
    assert reader.section("linked").locator(".count").inner_text().split() == ["6", "of", "7"]
    at_link = painted(reader, "linked")
    reader.slide("linked", 5)
    assert (painted(reader, "linked") == at_link).all()

    reader.top_of("pointed")
    document = document_of(site, "pointed")
    assert standing(reader, "pointed")["frame"] == 0
    assert standing(reader, "pointed")["window"] == pytest.approx(document["frames"][2]["window"], abs=0.5)


def test_scrolling_begins_at_the_first_frame_that_is_told_and_keeps_out_of_links(reader: Reader) -> None:
    """The frames before it, and those of links, are there for buttons and slider."""
    reader.top_of("pointed")
    reader.listen("pointed")
    reader.pass_in_steps("pointed", 30)
    reader.rest()
    assert [frame for frame, _ in groupby(reader.heard())] == [3, 4, 5, 6, 7]

    reader.page.goto(f"{reader.url}#pointed=3")
    reader.await_frame("pointed", 3)
    place = standing(reader, "pointed")["y"]
    reader.press("pointed", ".back")
    assert (reader.frame("pointed"), standing(reader, "pointed")["y"]) == (2, place)


def test_a_link_moves_the_window_and_leaves_the_text_where_it_is(reader: Reader) -> None:
    """Once the reader scrolls on, the text has its frame again; and the way back leads to where one was."""
    reader.page.goto(f"{reader.url}#pointed=3")
    reader.await_frame("pointed", 3)
    before = standing(reader, "pointed")
    with reader.time_passing(STEP):
        reader.section("pointed").locator("a.place").click()
    after = standing(reader, "pointed")
    assert (after["y"], after["lit"]) == (before["y"], before["lit"]) == (before["y"], ["See there."])
    assert (after["frame"], after["address"]) == (8, "#pointed=8")
    assert after["window"] == pytest.approx([39, 59], abs=0.5)

    reader.page.mouse.wheel(0, 10)
    reader.await_frame("pointed", 3)
    assert standing(reader, "pointed")["lit"] == ["See there."]
    reader.rest()
    reader.page.go_back()
    reader.page.go_forward()
    reader.await_frame("pointed", 3)
    assert reader.visit.errors == []


@pytest.mark.parametrize("size", [(1280, 800), (640, 400)])
def test_a_link_brings_the_stage_into_sight_where_it_does_not_stay(
    new_page: NewPage, site: Path, size: tuple[int, int]
) -> None:
    """Below a scene without beats, and beside one in a low window; with the keyboard."""
    width, height = size
    reader = Reader(new_page(viewport={"width": width, "height": height}), url(site))
    for scene, frame in (("linked", 7), ("pointed", 8)):
        link = reader.page.locator(f'a.place[href="#{scene}={frame}"]')
        link.focus()
        with reader.time_passing(STEP):
            link.press("Enter")
        assert reader.frame(scene) == frame
        photo = reader.section(scene).locator(".input img").bounding_box()
        assert photo
        assert -1 <= photo["y"] <= photo["y"] + photo["height"] <= height + 1


def test_the_magnifier_moves_with_the_window(reader: Reader) -> None:
    """At every moment of a glide it shows what is under the window, in whole pixels, as many as it says."""
    reader.page.goto(f"{reader.url}#pointed=3")
    reader.await_frame("pointed", 3)
    moments = reader.moments_of_step("pointed", tick=30, read=STANDING)
    windows = {tuple(round(length, 1) for length in seen["window"]) for seen in moments}
    assert len(windows) > 4
    for seen in moments:
        assert seen["magnified"] == pytest.approx(seen["window"], abs=0.6)
        assert seen["times"] == pytest.approx(round(seen["times"]), abs=0.01)
        assert (seen["times"] >= 4, seen["across"]) == (True, pytest.approx(15, abs=0.01))


def test_without_a_script_there_is_no_magnifier(new_page: NewPage, site: Path) -> None:
    """Nothing would move it."""
    page = new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False).page
    page.goto(url(site))
    assert page.locator("#linked .spot").is_visible()
    assert not page.locator(".magnifier").first.is_visible()


RULERS = """section => Array.from(section.querySelectorAll(".plate:not(.glass)"), plate => {
  const picture = plate.querySelector("img").getBoundingClientRect();
  const [columns, rows] = [".columns", ".rows"].map(name => Array.from(
    plate.querySelectorAll(`${name} text`),
    (text, n) => {
      const path = plate.querySelector(`${name} path`);
      const [x, y] = path.getAttribute("d").split("M")[n + 1].split(/[ VH]/).map(Number);
      const tick = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return {
        number: Number(text.textContent), at: [tick.y - picture.top, tick.x - picture.left],
        size: parseFloat(getComputedStyle(text).fontSize),
        outside: name === ".columns" ? bottom <= picture.top + 1 : right <= picture.left + 1,
        seen: left >= 0 && right <= innerWidth,
      };
    },
  ));
  return { height: picture.height, width: picture.width, columns, rows };
})"""


@pytest.mark.parametrize(("width", "least"), [(1280, 11), (820, 11), (360, 8)])
def test_rulers_count_rows_and_columns(new_page: NewPage, site: Path, width: int, least: int) -> None:
    """Beside the photograph and its map, at the middles of their pixels; their numbers can be read."""
    reader = Reader(new_page(viewport={"width": width, "height": 800}), url(site))
    photo, answers = reader.section("linked").evaluate(RULERS)
    for plate, rows, columns in ((photo, 70, 90), (answers, 68, 88)):
        assert [mark["number"] for mark in plate["rows"]] == [20, 40, 60]
        assert [mark["number"] for mark in plate["columns"]] == [20, 40, 60, 80]
        for marks, count, length, axis in (
            (plate["rows"], rows, plate["height"], 0),
            (plate["columns"], columns, plate["width"], 1),
        ):
            for mark in marks:
                assert mark["at"][axis] == pytest.approx((mark["number"] - 0.5) * length / count, abs=1)
                assert mark["size"] >= least
                assert (mark["outside"], mark["seen"]) == (True, True)
