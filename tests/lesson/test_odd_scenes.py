"""Scenes at the edge of what can be declared scroll, step and end like any other."""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import NewPage, begin_visit
from tests.built import build
from tests.lesson.reader import Reader

pytestmark = pytest.mark.browser

COURSE = """
title = "Odd scenes"
summary = "Scenes at the edge."
language = "en"

[[parts]]
title = "Odd"
chapters = ["01-odd"]
"""
SCENE = """
```scene
id = "{id}"
image = {image}
kernel = [[1, -1], [2, 0]]
caption = "{id}"
```
"""
SQUARE = "[[1, 2], [3, 4]]"
LARGER = "[[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6], [5, 4, 3, 2]]"
CHAPTER = "\n".join(
    (
        '+++\ntitle = "Odd"\nsummary = "Odd."\n+++\n',
        SCENE.format(id="one", image=SQUARE),
        "[frame all] The only one.\n\n## Back\n",
        SCENE.format(id="back", image=LARGER),
        "[frame 5] Five.\n\n[frame 2] Back to two.\n\n[frame last] On to the end.\n\n[frame 1] And back.\n",
        "## All\n",
        SCENE.format(id="all", image=LARGER),
        "[frame all] All at once.\n\n## Still\n",
        SCENE.format(id="still", image=LARGER),
        "## One, still\n",
        SCENE.format(id="single", image=SQUARE),
        "## At the end\n",
        SCENE.format(id="end", image=LARGER),
        "[frame first] First.\n\n[frame last] Last.\n",
    )
)
SCROLLING = ("one", "back", "all", "end")
OpenOdd = Callable[..., Reader]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build a course of odd scenes, and return its chapter's address."""
    content = tmp_path_factory.mktemp("odd")
    (content / "chapters").mkdir()
    (content / "course.toml").write_text(COURSE)
    (content / "chapters" / "01-odd.md").write_text(CHAPTER)
    site: Path = build(content, tmp_path_factory.mktemp("odd-site") / "site")
    return (site / "01-odd" / "index.html").as_uri()


@pytest.fixture
def opened(new_page: NewPage, odd: str) -> OpenOdd:
    def open_odd(width: int = 1280, height: int = 800, at: str = "") -> Reader:
        return Reader(new_page(viewport={"width": width, "height": height}), odd + at)

    return open_odd


@pytest.fixture(scope="module")
def passed(browser: Browser, odd: str) -> dict[str, list[int]]:
    """Return every frame that is seen of each scene while the page is scrolled from its top to its end.

    What a scene holds while its stage is off the screen is no reader's concern.
    """
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), odd)
    reader.page.evaluate(
        """() => {
            window.shown = {};
            const sections = Array.from(document.querySelectorAll("[data-scene]"));
            for (const { id } of sections) shown[id] = [];
            const look = () => {
                for (const { id, dataset } of sections) {
                    const { top, bottom } = document.querySelector(`#${id} .stage`).getBoundingClientRect();
                    if (top < innerHeight && bottom > 0) shown[id].push(Number(dataset.frame));
                }
                requestAnimationFrame(look);
            };
            look();
        }"""
    )
    reader.scroll_all(30)
    shown: dict[str, list[int]] = reader.page.evaluate("shown")
    reader.page.context.close()
    return {scene: [frame for frame, _ in groupby(frames)] for scene, frames in shown.items()}


def stops(reader: Reader, scene: str) -> list[int]:
    """Return the frames at which scrolling stops in order, from where nothing is computed."""
    edges = reader.section(scene).locator("[data-stops]").all()
    listed = [0, *(int(n) for edge in edges for n in (edge.get_attribute("data-stops") or "").split())]
    return [n for n, _ in groupby(listed)]


@pytest.mark.parametrize("scene", SCROLLING)
def test_scrolling_passes_the_frames_of_the_beats_in_their_order(
    opened: OpenOdd, passed: dict[str, list[int]], scene: str
) -> None:
    reader = opened()
    assert passed[scene] == stops(reader, scene)
    assert reader.visit.errors == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (1280, 1600), (700, 1400)])
def test_a_scene_at_the_pages_end_is_finished_there(opened: OpenOdd, width: int, height: int) -> None:
    reader = opened(width, height)
    reader.scroll_all(200)
    seen = reader.seen("end")
    assert (seen["frame"], None in seen["cells"]) == (9, False)


def test_every_frame_of_a_scene_at_the_pages_end_can_be_jumped_to(opened: OpenOdd) -> None:
    reader = opened(1280, 1600)
    for number in range(1, 10):
        reader.slide("end", number)
        assert reader.frame("end") == number


def test_a_scene_of_one_frame_takes_every_command(opened: OpenOdd) -> None:
    reader = opened()
    for scene in ("one", "single"):
        for button in (".next", ".back", ".play"):
            reader.press(scene, button)
        reader.section(scene).locator(".stage").press("Home")
        reader.section(scene).locator(".cell").click(force=True)
        reader.await_said(scene, 1)
        seen = reader.seen(scene)
        assert (seen["frame"], seen["total"], seen["cells"]) == (1, "5", ["5"])
    assert reader.visit.errors == []


def test_next_goes_through_beats_that_go_back(opened: OpenOdd) -> None:
    reader = opened(at="#back=1")
    for number in range(2, 5):
        reader.press("back", ".next")
        assert reader.frame("back") == number


def test_every_frame_can_be_jumped_to_where_beats_go_back(opened: OpenOdd) -> None:
    reader = opened()
    for number in (9, 1, 5, 2, 8, 3):
        reader.slide("back", number)
        assert reader.frame("back") == number


def test_scenes_on_one_page_keep_their_own_frames(opened: OpenOdd) -> None:
    reader = opened()
    reader.slide("still", 4)
    still = reader.picture("still")
    for scene in ("end", "all", "back"):
        reader.slide(scene, 3)
        reader.press(scene, ".next")
    assert reader.picture("still") == still
    assert reader.seen("all")["frame"] == 0  # not yet reached from the scene above
    assert reader.seen("one")["frame"] == 1


def test_a_scene_without_beats_does_not_follow_the_scroll(passed: dict[str, list[int]]) -> None:
    assert (passed["still"], passed["single"]) == ([9], [1])
