"""Several versions of a scene: a switch shows one of them, a comparison all, and one state moves them."""

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Unpack

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import ContextOptions, NewPage, begin_visit
from tests.lesson.conftest import OPTIONS as CHAPTER
from tests.lesson.reader import INKED, Reader, shown_as
from tests.lesson.test_options import (
    ALL_SHOWN,
    FOLDERS,
    SHOWN,
    STEP,
    Layer,
    alike,
    flat,
    numbers,
    read_layer,
)

pytestmark = pytest.mark.browser

SWITCHES = {
    "kernels": ("Sobel x", "Sobel y", "blur"),
    "images": ("image 1", "image 2"),
    "both": (
        "kernel 1, image 1",
        "kernel 1, image 2",
        "kernel 2, image 1",
        "kernel 2, image 2",
    ),
}
COMPARISONS = {
    "flips": ("Cross-correlation", "Convolution"),
    "strides": ("Stride 1", "Stride 2"),
    "strides-back": ("Stride 2", "Stride 1"),
    "borders": ("Zeros", "Reflect", "Replicate", "Circular"),
}
TITLES = {**SWITCHES, **COMPARISONS}
NINE_TO_FOUR = (1, 1, 2, 2, 3, 3, 4, 4, 4)
"""The frame of a version with four, at each frame of one with nine."""
FOUR_TO_NINE = (3, 5, 7, 9)
CROWDED = ("colours", "flips", "strides", "kernels")
"""Scrolling scenes with three channels and four filters, with two images of 7×7 pixels, with a switch."""

TILES = """() => {
  const clear = node => !(INKED)(node);
  const parts = colour => (colour.match(/[\\d.]+/g) ?? []).slice(0, 3).map(Number);
  const light = colour => parts(colour).map(n => n / 255)
    .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
    .reduce((sum, n, at) => sum + n * [0.2126, 0.7152, 0.0722][at], 0);
  return Array.from(document.querySelectorAll(".panels text")).flatMap(node => {
    let tile = node.previousElementSibling;
    if (tile?.matches(".hatch")) tile = tile.previousElementSibling;
    if (!/-text/.test(node.getAttribute("class")) || !node.textContent || !node.checkVisibility()) return [];
    const scene = node.closest("[data-scene]").id;
    const svg = node.ownerSVGElement;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const [ink, fill] = [getComputedStyle(node).fill, getComputedStyle(tile).fill];
    const size = parseFloat(getComputedStyle(node).fontSize) * scale;
    if (clear(node) || !size) return [];
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    const [one, other] = [ink, clear(tile) ? paper : fill].map(light);
    return [{
      scene,
      part: node.classList[0],
      text: node.textContent,
      size,
      contrast: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05),
    }];
  });
}""".replace("INKED", INKED)
"""Returns every number on a tile: how high its letters are on the screen, and how it stands out."""

OpenOptions = Callable[..., Reader]
Shown = dict[str, Any]


@pytest.fixture(scope="module")
def url(options: Path) -> str:
    return (options / CHAPTER / "index.html").as_uri()


@pytest.fixture
def opened(new_page: NewPage, url: str) -> OpenOptions:
    """Hand the test a function that opens the chapter as one reader has it, `at` a part of it."""

    def open_options(at: str = "", **options: Unpack[ContextOptions]) -> Reader:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        return Reader(new_page(**options), url + at)

    return open_options


@pytest.fixture(scope="module")
def page(browser: Browser, url: str) -> Iterator[Reader]:
    """Open the chapter once for the tests that begin by choosing a version and a frame."""
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), url)
    yield reader
    reader.page.context.close()


def choose(page: Reader, scene: str, number: int) -> None:
    """Choose a version as a pointer does: by its name."""
    page.section(scene).locator(".switch label").nth(number).click()


def shown(page: Reader, scene: str, number: int) -> Shown:
    """Return what a version shows."""
    seen: Shown = page.section(scene).locator(".version").nth(number).evaluate(SHOWN)
    return seen


def visible(page: Reader, scene: str) -> list[bool]:
    """Return which versions can be seen."""
    stages = page.section(scene).locator(".version .panels").all()
    return [stage.is_visible() for stage in stages]


def stands_at(layer: Layer, number: int, seen: Shown) -> bool:
    """Return whether a version shows one of its frames, finished: its sum, and its maps up to there."""
    total = layer.total(number)
    assert total is not None
    return shown_as(total, seen["total"] or "0") and filled_up_to(layer, number, seen)


def filled_up_to(layer: Layer, number: int, seen: Shown) -> bool:
    return all(alike(layer.map(number, plane), grid["cells"]) for plane, grid in enumerate(seen["maps"]))


# --- The files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", TITLES)
def test_the_first_version_lists_all_with_their_files(options: Path, scene: str) -> None:
    folder = options / CHAPTER / scene
    listed = json.loads((folder / "frames.json").read_text())["versions"]
    files = [f"{name}/frames.json".lstrip("/") for name in FOLDERS[scene]]
    assert listed == [
        {"title": title, "file": file} for title, file in zip(TITLES[scene], files, strict=True)
    ]
    for number, file in enumerate(files):
        data = json.loads((folder / file).read_text())
        assert (data["format"], "versions" in data) == ("convolution-frames", number == 0)
        assert (folder / file).with_name("filmstrip.png").read_bytes().startswith(b"\x89PNG")


def test_a_scene_without_versions_lists_none(options: Path) -> None:
    assert "versions" not in read_layer(options, "relu").data


# --- Switching ------------------------------------------------------------------------------------------


def test_one_version_is_seen_the_first_at_first(opened: OpenOptions) -> None:
    reader = opened()
    for scene, titles in SWITCHES.items():
        assert visible(reader, scene) == [True] + [False] * (len(titles) - 1)


@pytest.mark.parametrize("scene", SWITCHES)
def test_a_switch_shows_what_is_chosen_at_the_same_frame(page: Reader, options: Path, scene: str) -> None:
    page.slide(scene, 3)
    layers = [read_layer(options, scene, folder) for folder in FOLDERS[scene]]
    for number in (*range(len(layers)), 0):
        choose(page, scene, number)
        assert visible(page, scene) == [at == number for at in range(len(layers))]
        assert page.frame(scene) == 3
        assert page.section(scene).locator(".slider").input_value() == "3"
        own = NINE_TO_FOUR[2] if (scene, number) == ("images", 1) else 3
        assert stands_at(layers[number], own, shown(page, scene, number))


def test_versions_of_one_scene_differ(options: Path) -> None:
    for scene, folders in FOLDERS.items():
        outputs = [read_layer(options, scene, folder).data["output"]["values"] for folder in folders]
        assert all(outputs.count(output) == 1 for output in outputs), scene


def test_a_version_with_fewer_frames_shows_the_one_as_far_along(page: Reader, options: Path) -> None:
    layer = read_layer(options, "images", FOLDERS["images"][1])
    for frame, own in enumerate(NINE_TO_FOUR, 1):
        choose(page, "images", 0)
        page.slide("images", frame)
        choose(page, "images", 1)
        assert page.frame("images") == frame
        assert stands_at(layer, own, shown(page, "images", 1))


@pytest.mark.parametrize("scene", SWITCHES)
def test_a_version_looks_the_same_whenever_it_is_chosen(page: Reader, scene: str) -> None:
    choose(page, scene, 1)
    page.slide(scene, 3)
    first = shown(page, scene, 1)
    page.slide(scene, 1)
    choose(page, scene, 0)
    for frame in (4, 3):
        page.slide(scene, frame)
    choose(page, scene, 1)
    assert {**shown(page, scene, 1), "spoken": ""} == {**first, "spoken": ""}


def test_next_goes_on_from_the_frame_in_the_version_that_is_chosen(page: Reader, options: Path) -> None:
    choose(page, "images", 0)
    page.slide("images", 4)
    choose(page, "images", 1)
    page.section("images").locator(".next").click()
    page.await_frame("images", 5)
    expect(page.section("images").locator(".spoken")).to_have_text(
        "Row 2, column 1: 2 times 1, plus 7 times minus 1; plus 6 times 2, plus 4 times 0 equals 7."
    )
    layer = read_layer(options, "images", FOLDERS["images"][1])
    assert stands_at(layer, 3, shown(page, "images", 1))


def test_scrolling_moves_the_version_that_is_chosen(page: Reader, options: Path) -> None:
    page.top_of("kernels")
    choose(page, "kernels", 2)
    layer = read_layer(options, "kernels", "blur")
    page.slide("kernels", 1)
    samples = [seen for (seen,) in page.seen_passing("kernels", STEP, tick=85, read=ALL_SHOWN)]
    assert [frame for frame, _ in groupby(seen["frame"] for seen in samples)] == list(range(1, 10))
    for seen in samples:
        assert any(filled_up_to(layer, frame, seen) for frame in (seen["frame"] - 1, seen["frame"]))
    assert stands_at(layer, 9, samples[-1])


def test_a_switch_in_the_middle_of_a_step_shows_the_other_as_far_along(page: Reader) -> None:
    choose(page, "kernels", 0)
    page.slide("kernels", 5)
    page.hold()
    page.section("kernels").locator(".next").click()
    page.let_pass(400)
    before = shown(page, "kernels", 0)
    assert 0 < len(numbers(before["products"])) < 9
    choose(page, "kernels", 1)
    after = shown(page, "kernels", 1)
    page.release()
    assert after["frame"] == before["frame"] == 6
    assert len(numbers(after["products"])) == len(numbers(before["products"]))
    filled = [[sum(map(bool, grid["cells"])) for grid in seen["maps"]] for seen in (before, after)]
    assert filled[0] == filled[1]


def test_a_switch_moves_nothing_else_on_the_page(page: Reader) -> None:
    page.slide("kernels", 5)
    page.rest()
    places = set()
    for number in (0, 1, 2, 0):
        choose(page, "kernels", number)
        page.rest()
        places.add(
            page.section("kernels").evaluate(
                "section => [scrollY, document.documentElement.scrollHeight, ...Array.from("
                "section.querySelectorAll('.controls, .switch, .version:not([hidden]) svg'), node => {"
                " const { left, top, width, height } = node.getBoundingClientRect();"
                " return [left, top, width, height].map(n => n.toFixed(1)); })].join(' ')"
            )
        )
    assert len(places) == 1


def test_a_click_on_a_cell_goes_to_the_frame_that_fills_it(page: Reader, options: Path) -> None:
    layer = read_layer(options, "images", FOLDERS["images"][1])
    choose(page, "images", 1)
    for cell in (3, 0, 2, 1):
        page.section("images").locator(".version").nth(1).locator(".cell").nth(cell).click(force=True)
        assert stands_at(layer, cell + 1, shown(page, "images", 1))


@pytest.mark.parametrize("scene", SWITCHES)
def test_the_arrow_keys_choose_and_do_not_step(page: Reader, scene: str) -> None:
    choose(page, scene, 0)
    page.slide(scene, 3)
    page.rest()
    page.listen(scene)
    radios = page.section(scene).locator(".switch input")
    radios.first.focus()
    page.page.keyboard.press("ArrowRight")
    expect(radios.nth(1)).to_be_focused()
    expect(radios.nth(1)).to_be_checked()
    assert visible(page, scene)[:2] == [False, True]
    page.page.keyboard.press("ArrowLeft")
    assert visible(page, scene)[:2] == [True, False]
    page.page.keyboard.press("ArrowLeft")
    assert visible(page, scene) == [False] * (len(SWITCHES[scene]) - 1) + [True]
    page.rest()
    assert (page.frame(scene), page.heard()) == (3, [])


def test_the_arrow_keys_step_the_chosen_version_on_the_stage(page: Reader, options: Path) -> None:
    page.slide("both", 1)
    choose(page, "both", 2)
    stage = page.section("both").locator(".stage")
    stage.press("ArrowRight")
    page.await_frame("both", 2)
    stage.press("End")
    assert stands_at(read_layer(options, "both", FOLDERS["both"][2]), 4, shown(page, "both", 2))


@pytest.mark.parametrize("scene", SWITCHES)
def test_the_switch_is_a_named_group_of_named_choices(page: Reader, scene: str) -> None:
    group = page.section(scene).get_by_role("group", name="Choose", exact=True)
    expect(group).to_have_count(1)
    expect(group.get_by_role("radio")).to_have_count(len(SWITCHES[scene]))
    for title in SWITCHES[scene]:
        expect(group.get_by_role("radio", name=title, exact=True)).to_be_enabled()


def test_tab_goes_from_the_stage_to_the_choice_and_on_to_the_buttons(page: Reader) -> None:
    choose(page, "both", 1)
    page.section("both").locator(".stage").focus()
    reached = []
    for _ in range(4):
        page.page.keyboard.press("Tab")
        reached.append(page.page.evaluate("document.activeElement.value || document.activeElement.className"))
    assert reached == ["1", "blink", "pick", "back"]


def test_the_chosen_name_is_marked_and_focus_is_seen(page: Reader) -> None:
    choose(page, "kernels", 1)
    labels = page.section("kernels").locator(".switch label")
    borders = [label.evaluate("label => getComputedStyle(label).borderBottomColor") for label in labels.all()]
    assert borders[0] == borders[2] != borders[1]
    page.page.keyboard.press("ArrowRight")
    outlines = [label.evaluate("label => getComputedStyle(label).outlineStyle") for label in labels.all()]
    assert [style in {"none", "hidden"} for style in outlines] == [True, True, False]


@pytest.mark.parametrize("scene", SWITCHES)
def test_after_a_switch_the_sentence_is_not_that_of_the_other_version(
    page: Reader, options: Path, scene: str
) -> None:
    choose(page, scene, 0)
    page.slide(scene, 2)
    choose(page, scene, 1)
    own = NINE_TO_FOUR[1] if scene == "images" else 2
    total = read_layer(options, scene, FOLDERS[scene][1]).total(own)
    spoken = shown(page, scene, 1)["spoken"]
    assert spoken == "" or shown_as(total or 0, said_total(spoken))


def said_total(sentence: str) -> str:
    """Return the number that a sentence ends with.

    >>> said_total("Row 1, column 2: 3 times 4 equals minus 12.")
    '−12'
    """
    return sentence.rstrip(".").rpartition(" equals ")[2].replace("minus ", "−")


def test_a_link_to_a_frame_a_switch_and_a_reload(opened: OpenOptions, options: Path) -> None:
    reader = opened("#kernels=5")
    reader.await_said("kernels", 5)
    choose(reader, "kernels", 1)
    reader.rest()
    assert stands_at(read_layer(options, "kernels", "sobel-y"), 5, shown(reader, "kernels", 1))
    assert reader.page.url.endswith("#kernels=5")
    reader.page.reload()
    reader.await_frame("kernels", 5)
    reader.rest()
    checked = (
        reader.section("kernels")
        .locator(".switch input")
        .evaluate_all("radios => radios.map(radio => radio.checked)")
    )
    assert visible(reader, "kernels") == checked
    assert checked.count(True) == 1
    assert reader.frame("kernels") == 5


# --- Comparing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scene", COMPARISONS)
def test_all_sides_are_seen_with_their_titles(page: Reader, scene: str) -> None:
    titles = page.section(scene).locator(".version-title")
    assert titles.all_text_contents() == list(COMPARISONS[scene])
    assert all(title.is_visible() for title in titles.all())
    assert visible(page, scene) == [True] * len(COMPARISONS[scene])
    assert page.section(scene).locator(".switch").count() == 0


def test_one_scroll_moves_both_sides_in_step(page: Reader, options: Path) -> None:
    sides = [read_layer(options, "flips", folder) for folder in FOLDERS["flips"]]
    page.top_of("flips")
    for step in (STEP, -STEP):
        for (left, right), at in page.moments_passing("flips", step, tick=85, read=ALL_SHOWN):
            assert left["frame"] == right["frame"]
            assert [grid["under"] for grid in left["inputs"]] == [grid["under"] for grid in right["inputs"]]
            # On the way to the first frame one kernel turns, and the other waits for nothing.
            alike = len(numbers(left["products"])) == len(numbers(right["products"]))
            assert alike or (at["moving"] and left["frame"] <= 1)
            assert any(
                all(
                    filled_up_to(layer, frame, seen) for layer, seen in zip(sides, (left, right), strict=True)
                )
                for frame in range(max(0, left["frame"] - 1), left["frame"] + 1)
            )


def test_a_side_with_fewer_frames_keeps_up_on_the_same_scroll(page: Reader, options: Path) -> None:
    sides = [read_layer(options, "strides", folder) for folder in FOLDERS["strides"]]
    counts = [len(layer.frames) for layer in sides]
    assert counts == [25, 9]
    page.top_of("strides")
    seen_at = set()
    for left, right in page.seen_passing("strides", STEP, tick=85, read=ALL_SHOWN):
        filled = [len(numbers(flat([grid["cells"] for grid in seen["maps"]]))) for seen in (left, right)]
        assert all(
            filled_up_to(layer, n, s) for layer, n, s in zip(sides, filled, (left, right), strict=True)
        )
        assert 0 <= filled[1] - filled[0] * 9 / 25 <= 1  # as far along, and never behind
        seen_at.add(filled[1])
    assert seen_at == set(range(10))


@pytest.mark.parametrize(("scene", "frames"), [("strides-back", FOUR_TO_NINE), ("borders", (1, 2, 3, 4))])
def test_one_slider_moves_all_sides(page: Reader, options: Path, scene: str, frames: tuple[int, ...]) -> None:
    sides = [read_layer(options, scene, folder) for folder in FOLDERS[scene]]
    for frame in (*range(1, 5), 3, 2, 1):
        page.slide(scene, frame)
        assert stands_at(sides[0], frame, shown(page, scene, 0))
        for number, layer in enumerate(sides[1:], 1):
            assert stands_at(layer, frames[frame - 1], shown(page, scene, number))


def test_what_is_said_of_a_comparison_tells_every_side(page: Reader, options: Path) -> None:
    page.slide("flips", 3)
    spoken = page.section("flips").locator(".spoken").text_content() or ""
    totals = [read_layer(options, "flips", folder).total(3) or 0 for folder in FOLDERS["flips"]]
    assert totals == [32, -32]
    assert alike(totals, [said_total(sentence) for sentence in spoken.split(". ")])


# --- Without the script ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(browser: Browser, url: str) -> Iterator[Reader]:
    visit = begin_visit(browser, viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    yield Reader(visit, url)
    visit.page.context.close()


@pytest.mark.parametrize("scene", TITLES)
def test_without_the_script_all_versions_stand_finished(plain: Reader, options: Path, scene: str) -> None:
    titles = plain.section(scene).locator(".version-title")
    assert titles.all_text_contents() == list(TITLES[scene])
    assert all(title.is_visible() for title in titles.all())
    assert visible(plain, scene) == [True] * len(TITLES[scene])
    for number, folder in enumerate(FOLDERS[scene]):
        layer = read_layer(options, scene, folder)
        assert stands_at(layer, len(layer.frames), shown(plain, scene, number))


@pytest.mark.parametrize("scene", TITLES)
def test_without_the_script_there_is_a_film_of_each_version(plain: Reader, scene: str) -> None:
    films = plain.section(scene).locator(".film img")
    assert [film.get_attribute("src") for film in films.all()] == [
        "/".join(filter(None, (scene, folder, "filmstrip.png"))) for folder in FOLDERS[scene]
    ]
    for film in films.all():
        film.scroll_into_view_if_needed()
        expect(film).to_be_visible()
        plain.page.wait_for_function("film => film.naturalWidth > 0", arg=film.element_handle())


def test_without_the_script_no_switch_is_offered(plain: Reader) -> None:
    for switch in plain.page.get_by_role("radio", include_hidden=True).all():
        expect(switch).to_be_hidden()
    assert plain.page.get_by_role("group", name="Choose").count() == 0


# --- On a phone, in the dark, on paper ------------------------------------------------------------------


@pytest.fixture(scope="module")
def phone(browser: Browser, url: str) -> Iterator[Reader]:
    visit = begin_visit(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield Reader(visit, url)
    visit.page.context.close()


def test_on_a_phone_nothing_is_wider_than_the_screen(phone: Reader) -> None:
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    outside = phone.page.evaluate(
        """() => ["svg", ".controls > *", ".switch label", ".version-title"]
            .flatMap(name => Array.from(document.querySelectorAll(`.stage ${name}`)))
            .filter(node => node.checkVisibility()).filter(node => {
                const { left, right } = node.getBoundingClientRect();
                return left < -0.5 || right > 390.5;
            }).map(node => node.closest("[data-scene]").id)"""
    )
    assert outside == []


def finish(page: Reader) -> None:
    """Scroll to the page's end, where every scene is finished."""
    page.page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    page.rest()


def test_on_a_phone_every_number_can_be_read(phone: Reader) -> None:
    finish(phone)
    tiles = phone.page.evaluate(TILES)
    for scene in CROWDED:
        assert {"pixel-text", "cell-text"} <= {tile["part"] for tile in tiles if tile["scene"] == scene}
    least = {"laid-text": 8}  # a weight that lies on a pixel stands beside it too
    assert [tile for tile in tiles if tile["size"] < least.get(tile["part"], 8.5)] == []


@pytest.mark.parametrize("scene", CROWDED)
def test_on_a_phone_the_stage_leaves_room_for_the_text(phone: Reader, scene: str) -> None:
    phone.slide(scene, 3)
    stage = phone.section(scene).locator(".stage").bounding_box()
    controls = phone.section(scene).locator(".controls").bounding_box()
    assert stage
    assert controls
    assert stage["height"] <= 0.6 * 844 + 1
    assert controls["y"] + controls["height"] <= stage["y"] + stage["height"] + 1


def test_on_a_phone_the_switch_can_be_touched(phone: Reader, options: Path) -> None:
    phone.slide("kernels", 3)
    label = phone.section("kernels").locator(".switch label").nth(1)
    box = label.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    label.tap()
    assert stands_at(read_layer(options, "kernels", "sobel-y"), 3, shown(phone, "kernels", 1))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_number_stands_out_from_its_tile(page: Reader, scheme: str) -> None:
    page.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for scene, titles in SWITCHES.items():
        choose(page, scene, len(titles) - 1)
    finish(page)
    tiles = page.page.evaluate(TILES)
    assert {tile["scene"] for tile in tiles} >= set(TITLES)
    assert [tile for tile in tiles if tile["contrast"] < 4] == []


@pytest.fixture(scope="module", params=[True, False], ids=["with the script", "without"])
def paper(request: pytest.FixtureRequest, browser: Browser, url: str) -> Iterator[Reader]:
    """Lay the chapter on paper of A4's width."""
    script: bool = request.param
    visit = begin_visit(browser, viewport={"width": 703, "height": 1000}, java_script_enabled=script)
    reader = Reader(visit, url)
    reader.page.emulate_media(media="print")
    yield reader
    reader.page.context.close()


@pytest.mark.parametrize("scene", TITLES)
def test_on_paper_every_version_is_there(paper: Reader, scene: str) -> None:
    """Each as its finished stage or as frames of its own, with its title, and no switch."""
    seen = paper.section(scene).evaluate(
        """section => {
            const all = name => Array.from(section.querySelectorAll(name));
            const seen = name => all(name).filter(node => node.checkVisibility());
            return {
                stages: all(".version .panels").map(node => node.checkVisibility()),
                pictures: seen(".shots svg").map(shot => shot.querySelector("img").getAttribute("src")),
                switches: seen("fieldset, input").length,
                titles: seen(".version-title").map(title => title.textContent),
                wide: document.documentElement.scrollWidth,
            };
        }"""
    )
    for number, folder in enumerate(FOLDERS[scene]):
        own = "/".join(filter(None, (scene, folder, "printed.png")))
        assert seen["stages"][number] or own in seen["pictures"], folder
    assert seen["switches"] == 0
    assert seen["titles"] == list(TITLES[scene])
    assert seen["wide"] <= 703


def test_nothing_is_said_in_the_console(page: Reader) -> None:
    assert (page.visit.console, page.visit.errors, page.visit.failed) == ([], [], [])
