"""The contents page: it shows where to begin, with a picture, before anybody scrolls."""

from pathlib import Path

import pytest

from tests.browser import NewPage
from tests.built import build_shown

pytestmark = pytest.mark.browser

LONG = "A text so long that it takes more than a line, however wide the column is in which it stands. " * 3
INNER_WIDTH = "text => text.clientWidth - parseFloat(getComputedStyle(text).paddingRight)"
SCREENS = [(1440, 900), (1024, 768), (390, 844), (360, 740)]


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("script", [True, False])
def test_who_opens_the_course_sees_where_to_start_and_its_picture(
    new_page: NewPage, site: Path, width: int, height: int, *, script: bool
) -> None:
    """Both whole, with numbers that can be read, and the page no wider than the window."""
    page = new_page(viewport={"width": width, "height": height}, java_script_enabled=script).page
    page.goto((site / "index.html").as_uri())
    for name in (".start a", ".start svg"):
        box = page.locator(name).bounding_box()
        assert box
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert 0 <= box["y"] < box["y"] + box["height"] <= height, name
    drawn = page.locator(".start svg").bounding_box()
    assert drawn
    units = (page.locator(".start svg").get_attribute("viewBox") or "").split()[2]
    assert 20 * drawn["width"] / float(units) >= 11  # numbers are of 20 units
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_picture_never_covers_the_text_beside_it(new_page: NewPage, site: Path) -> None:
    for width in (320, 700, 959, 960, 1440):
        page = new_page(viewport={"width": width, "height": 800}).page
        page.goto((site / "index.html").as_uri())
        assert (
            page.evaluate(
                """() => Array.from(document.querySelectorAll("li, .title")).filter(block => {
                const picture = block.querySelector(".thumbnail").getBoundingClientRect();
                return Array.from(block.querySelectorAll("p, h1")).some(text => {
                    const range = document.createRange();
                    range.selectNodeContents(text.querySelector("a")?.firstChild ?? text);
                    return Array.from(range.getClientRects()).some(line =>
                        line.right > picture.left && line.left < picture.right
                        && line.bottom > picture.top + 1 && line.top < picture.bottom - 1);
                });
            }).length"""
            )
            == 0
        ), width


def test_where_there_is_no_picture_no_room_is_kept_for_one(new_page: NewPage, tmp_path: Path) -> None:
    """In a course of words alone the text has the width that it has in a chapter."""
    (tmp_path / "content" / "chapters").mkdir(parents=True)
    parts = 'start = "01-words"\n[[parts]]\ntitle = "A part"\nchapters = ["01-words"]\n'
    (tmp_path / "content" / "course.toml").write_text(f'title = "A course"\nsummary = "{LONG}"\n{parts}')
    chapter = f'+++\ntitle = "Words"\nsummary = "{LONG}"\n+++\n\n{LONG}\n'
    (tmp_path / "content" / "chapters" / "01-words.md").write_text(chapter)
    site = build_shown(tmp_path / "content", tmp_path / "site")
    page = new_page(viewport={"width": 1440, "height": 900}).page
    widths = []
    for name, text in (("01-words/index.html", ".prose"), ("index.html", ".lead"), ("index.html", "li")):
        page.goto((site / name).as_uri())
        widths.append(page.locator(text).evaluate(INNER_WIDTH))
    assert len(set(widths)) == 1


def test_the_pictures_have_the_colours_of_the_surroundings(new_page: NewPage, site: Path) -> None:
    page = new_page(color_scheme="light").page
    page.goto((site / "index.html").as_uri())
    empty = "getComputedStyle(document.querySelector('.start .line-hairline')).stroke"
    light = page.evaluate(empty)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(empty) != light
