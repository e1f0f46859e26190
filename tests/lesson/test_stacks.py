"""A stack on the screen: what one cell sees of every grid, frame by frame, in both directions."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import NewPage, begin_visit
from tests.built import build_shown
from tests.drawing.test_stacks import filters, planes
from tests.lesson.reader import INKED, Reader, shown_as
from tests.scenes.stacks import Declared, stack_text

pytestmark = pytest.mark.browser

COURSE = 'title = "Stacks"\nsummary = "S."\n[[parts]]\ntitle = "Stacks"\nchapters = ["01-stacks"]\n'
FIVE: list[Declared] = [
    {"kernel": filters(4, 3), "padding": 1, "activation": "relu"},
    {"kernel": filters(4, 4), "padding": 1, "activation": "relu"},
    {"kind": "pooling", "operation": "max", "kernel_size": 3, "stride": 1, "padding": 1},
    {"kernel": [[0, 1, 0], [0, 0, 0], [0, 0, 0]], "padding": 1, "groups": 4},
    {"kernel": filters(1, 4), "padding": 1, "bias": 1, "activation": "relu"},
]
MAPS: list[Declared] = [
    {"kernel": ["sobel-x", "sobel-y"], "padding": 1},
    {"kind": "pooling", "operation": "max", "kernel_size": 3, "stride": 2},
]
UP: list[Declared] = [
    {"kernel": [[1, 1], [1, 1]], "stride": 2},
    {"kernel": [[1, 2, 1], [2, 4, 2], [1, 2, 1]], "stride": 2, "transposed": True},
]
SCENES = {
    "deep": (planes(3), FIVE),
    "maps": ("ring", MAPS),
    "still": ("ring", MAPS),
    "up": ("ring", UP),
}
NARRATION = {
    "deep": "[frame first] One cell.\n\n[frame row 2] A row.\n\n[frame last] All.\n",
    "maps": "[frame first] One cell.\n\n[frame filter 2] Another map.\n",
    "still": "",
    "up": "[frame first] One cell.\n\n[frame row 3] Between others.\n\n[frame last] All.\n",
}

SHOWN = """section => {
  const seen = node => getComputedStyle(node).visibility === "visible";
  const inked = INKED;
  const box = node => node.getBoundingClientRect();
  const tiles = Array.from(section.querySelectorAll(".pixel, .value")).filter(seen);
  const within = ({ left, top, right, bottom }, node) => {
    const inner = box(node);
    const [x, y] = [inner.left + inner.width / 2, inner.top + inner.height / 2];
    return left < x && x < right && top < y && y < bottom;
  };
  const cells = Array.from(section.querySelectorAll(".cell")).filter(seen);
  return {
    frame: Number(section.dataset.frame),
    fields: Array.from(section.querySelectorAll(".window")).filter(seen).map(window =>
      tiles.filter(tile => within(box(window), tile)).map(tile => tile.nextElementSibling.textContent)),
    cells: cells.filter(inked).map(cell => cell.nextElementSibling.textContent),
    target: cells.filter(cell => within(box(section.querySelector(".target")), cell))
      .map(cell => cell.nextElementSibling.textContent),
    size: Math.min(...Array.from(section.querySelectorAll(".pixel-text, .value-text, .cell-text"), node =>
      Number(node.getAttribute("font-size")) * node.getScreenCTM().a)),
  };
}""".replace("INKED", INKED)
"""What stands within the outline on each grid, and the numbers of the last one."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course of stacks; what is only printed or downloaded is left out."""
    content = tmp_path_factory.mktemp("stacks")
    (content / "chapters").mkdir()
    (content / "course.toml").write_text(COURSE)
    scenes = (
        f'```scene\ncaption = "{name}"\n'
        + stack_text({"id": name, "kind": "stack", "image": image, "layers": layers})
        + f"```\n\n{NARRATION[name]}\n## After\n"
        for name, (image, layers) in SCENES.items()
    )
    (content / "chapters" / "01-stacks.md").write_text('+++\ntitle = "Stacks"\n+++\n\n' + "\n".join(scenes))
    return build_shown(content, tmp_path_factory.mktemp("stacks-site") / "site")


@pytest.fixture
def reader(new_page: NewPage, site: Path) -> Reader:
    return Reader(new_page(viewport={"width": 1280, "height": 800}), url(site))


def url(site: Path) -> str:
    return (site / "01-stacks" / "index.html").as_uri()


def shown(reader: Reader, scene: str) -> dict[str, Any]:
    found: dict[str, Any] = reader.section(scene).evaluate(SHOWN)
    return found


def document_of(site: Path, scene: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((site / "01-stacks" / scene / "frames.json").read_text())
    return document


def is_right(document: dict[str, Any], seen: dict[str, Any]) -> bool:
    """Return whether what is shown is what the file says of that frame."""
    frame = document["frames"][seen["frame"] - 1]
    plane, row, column = frame["out"]
    grids = [document["input"]["values"], *(layer["output"]["values"] for layer in document["layers"])]
    last = grids.pop()[plane]
    pools = [layer["operation"] == "max" for layer in document["layers"]]
    for at, ((top, left, height, width), texts) in enumerate(zip(frame["seen"], seen["fields"], strict=True)):
        front = grids[at][plane if all(pools[at:]) else 0]
        numbers = [n for line in front[top : top + height] for n in line[left : left + width]]
        if not all_shown(numbers, texts):
            return False
    filled = [n for line in last for n in line][: row * len(last[0]) + column + 1]
    return all_shown(filled, seen["cells"]) and all_shown([last[row][column]], seen["target"])


def all_shown(numbers: list[float], texts: list[str]) -> bool:
    return len(numbers) == len(texts) and all(map(shown_as, numbers, texts))


@pytest.mark.parametrize("scene", SCENES)
def test_every_frame_shows_what_its_file_says(reader: Reader, site: Path, scene: str) -> None:
    """Forwards, and backwards again."""
    document = document_of(site, scene)
    count = len(document["frames"])
    numbers = (*range(1, count + 1), *range(count, 0, -1))
    for number, seen in zip(numbers, reader.seen_at_each_frame(scene, numbers, SHOWN), strict=True):
        assert seen["frame"] == number
        assert is_right(document, seen), f"frame {number}: {seen}"
    assert reader.visit.errors == []


@pytest.mark.parametrize("scene", ["deep", "maps", "up"])
def test_scrolling_passes_every_frame_in_order_and_back(reader: Reader, site: Path, scene: str) -> None:
    """Whatever has been passed on the way, a frame looks the same."""
    count = len(document_of(site, scene)["frames"])
    reader.top_of(scene)
    first = reader.frame(scene)
    passed = []
    for step in (30, -30):
        reader.listen(scene)
        reader.pass_in_steps(scene, step)
        reader.rest()
        passed.append([frame for frame, _ in groupby(reader.heard())])
    assert [first, *passed[0]] == list(range(count + 1))
    assert passed[1] == list(range(count - 1, -1, -1))
    reader.slide(scene, 3)
    there = reader.picture(scene)
    for number in (count, 1, 3):
        reader.slide(scene, number)
    assert reader.picture(scene) == there


def test_an_outline_is_as_large_as_what_is_seen(reader: Reader) -> None:
    """It grows and shrinks with the frames, on each grid by itself."""
    widths = reader.section("deep").evaluate(
        """section => {
          const slider = section.querySelector(".slider");
          const at = number => {
            slider.value = number;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            const windows = Array.from(section.querySelectorAll(".window"));
            return windows.map(window => Number(window.getAttribute("width")));
          };
          return [at(1), at(2), at(3), at(1)];
        }"""
    )
    assert widths[0] == widths[3]
    assert [width / 40 for width in widths[0]] == [6, 5, 4, 3, 2]
    assert [width / 40 for width in widths[1]] == [6, 6, 5, 4, 3]


def test_a_cell_leads_to_the_frame_that_fills_it(reader: Reader) -> None:
    """Also on a card that was hidden before."""
    reader.slide("still", 2)
    reader.section("still").locator(".cell").nth(2).click(force=True)
    assert reader.frame("still") == 3
    reader.slide("still", 17)
    reader.section("still").locator(".cell:visible").nth(1).click(force=True)
    assert reader.frame("still") == 11


def test_a_listener_hears_what_the_cell_sees(reader: Reader, site: Path) -> None:
    value = document_of(site, "still")["frames"][0]["value"]
    reader.section("still").locator(".stage").press("Home")
    reader.await_said("still", 1)
    assert reader.section("still").locator(".spoken").inner_text() == (
        f"Map 1, row 1, column 1: the cell sees 4 by 4 pixels, rows 1 to 4, columns 1 to 4; it holds {value}."
    )


def test_five_layers_can_be_read_on_a_phone(new_page: NewPage, site: Path) -> None:
    """Three channels and four filters at 390 pixels: no number below nine, and nothing sticks out."""
    phone = Reader(new_page(viewport={"width": 390, "height": 844}), url(site) + "#deep=20")
    assert shown(phone, "deep")["size"] >= 9
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    stage = phone.section("deep").locator(".stage").bounding_box()
    assert stage
    assert stage["height"] <= 0.6 * 844 + 1


def test_without_a_script_the_finished_stage_is_there(browser: Browser, site: Path) -> None:
    visit = begin_visit(browser, java_script_enabled=False, viewport={"width": 1280, "height": 800})
    visit.page.goto(url(site))
    figures = visit.page.locator("#maps .map .cell:visible").count()
    tables = visit.page.locator("#maps table caption").all_text_contents()
    visit.page.context.close()
    assert figures == 9
    assert [text.strip() for text in tables] == [
        f"The feature map of layer {layer}, map {plane}" for layer in (1, 2) for plane in (1, 2)
    ]
