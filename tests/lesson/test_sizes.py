"""The size explorer on the screen: sliders, the formula, the picture; and without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import begin_visit
from tests.built import build_chapter

pytestmark = pytest.mark.browser

CHAPTER = '+++\ntitle = "Sizes"\n+++\n\n```figure\nshows = "sizes"\ncaption = "Try it."\n```\n'
SHOWN = """figure => {
  const box = node => node.getBoundingClientRect();
  const seen = (nodes, side) => Array.from(nodes, box).filter(each => each[side] > 1);
  const squares = seen(figure.querySelectorAll(".image i"), "width");
  const places = seen(figure.querySelectorAll(".place i"), "height");
  const [first] = squares;
  const cell = first.width;
  return {
    squares: squares.length,
    places: places.map(({ left, width }) => [left - first.left, width].map(each => Math.round(each / cell))),
    words: Array.from(figure.querySelectorAll("b"), node => getComputedStyle(node, "::before").content),
  };
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    chapter: Path = build_chapter(tmp_path_factory.mktemp("sizes"), "01-sizes", CHAPTER)
    return (chapter / "index.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    visit = begin_visit(browser, viewport={"width": 1000, "height": 900})
    visit.page.goto(address)
    yield visit.page
    visit.page.context.close()


@pytest.mark.parametrize(
    ("chosen", "told", "places"),
    [
        ({}, ["7", "3", "5"], [[at, 3] for at in range(5)]),
        ({"n": 10, "p": 1, "s": 2, "d": 2}, ["12", "5", "4"], [[0, 5], [2, 5], [4, 5], [6, 5]]),
        ({"n": 12, "k": 1, "p": 3}, ["18", "1", "18"], [[at, 1] for at in range(18)]),
        ({"n": 4, "k": 5}, ["4", "5", "0"], []),
    ],
)
def test_sliders_choose_what_is_told_and_drawn(
    page: Page, chosen: dict[str, int], told: list[str], places: list[list[int]]
) -> None:
    """The three results are looked up; squares and places of the picture are as many as they say."""
    for name, value in chosen.items():
        page.locator(f".sizes input[name={name}]").fill(str(value))
    for number, text in enumerate(told):
        expect(page.locator(".sizes output").nth(number)).to_have_text(text)
    shown = page.locator(".sizes").evaluate(SHOWN)
    assert shown["squares"] == int(told[0])
    assert shown["places"] == places


def test_the_term_of_the_slider_that_is_held_is_marked(page: Page) -> None:
    marked = "rgba(0, 0, 0, 0)"
    page.locator(".sizes input[name=k]").focus()
    lines = page.locator(".sizes .term")
    colours = [lines.nth(at).evaluate("node => getComputedStyle(node).borderLeftColor") for at in range(3)]
    assert [colour == marked for colour in colours] == [True, False, True]


def test_without_a_script_there_is_a_table_of_all(browser: Browser, address: str) -> None:
    """No slider that does nothing; the example that the sliders begin with; and every other in a table."""
    visit = begin_visit(browser, java_script_enabled=False)
    visit.page.goto(address)
    figure = visit.page.locator(".sizes")
    expect(figure.locator("input").first).to_be_hidden()
    assert figure.locator("output").all_inner_texts() == ["7", "3", "5"]
    figure.locator("summary").click()
    row = figure.locator("tbody tr").filter(has_text="3").first
    expect(row).to_be_visible()
    assert figure.locator("tbody td").count() == 1620
    visit.page.context.close()


def test_paper_has_the_picture_and_the_formula_and_no_sliders(page: Page) -> None:
    """What was chosen before; and the squares of the image keep their colour, which is all that they are."""
    page.locator(".sizes input[name=n]").fill("10")
    page.emulate_media(media="print")
    assert page.locator(".sizes").evaluate(SHOWN)["squares"] == 10
    expect(page.locator(".sizes .reckoned")).to_be_visible()
    for part in (".choices", "details"):
        expect(page.locator(f".sizes {part}")).to_be_hidden()
    kept = "squares => squares.every(each => getComputedStyle(each).printColorAdjust === 'exact')"
    assert page.locator(".sizes .image i").evaluate_all(kept)
