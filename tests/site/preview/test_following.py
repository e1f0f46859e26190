"""Open pages follow what an author saves, and their readers stay where they are."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import NewPage
from tests.site.preview.serving import Preview, serving

pytestmark = pytest.mark.browser

HEAD = '+++\ntitle = "Edges"\n+++\n\n'
LINES = "".join(f"Line {number} of a text that is read.\n\n" for number in range(1, 31))
SCENE = '```scene\nid = "{}"\nimage = "step"\nkernel = "sobel-x"\n```\n\n'
BEATS = "".join(f"[frame {number}] {'Beat. ' * 60}\n\n" for number in range(1, 9))
TEXT = f"{HEAD}## One\n\n{LINES}{SCENE.format('told')}{BEATS}## Two\n\n{SCENE.format('alone')}\n\n{LINES}"
MORE = "A paragraph more.\n\n" * 12
FOLDER = "/01-edges/"
PATIENCE = 20_000
"""Milliseconds."""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Serve a course of one chapter; where much is going on, it takes its time."""
    expect.set_options(timeout=PATIENCE)
    with serving(tmp_path_factory.mktemp("served"), TEXT) as preview:
        preview.until("Built")
        yield preview


@pytest.fixture
def page(preview: Preview, new_page: NewPage) -> Page:
    """Open the chapter as it is at first."""
    preview.chapter.write_text(TEXT, "utf-8")
    visit = new_page()
    visit.page.goto(f"{preview.address}{FOLDER.lstrip('/')}")
    expect(visit.page.get_by_role("heading", name="One", exact=True)).to_be_attached()
    return visit.page


def save(preview: Preview, page: Page, text: str) -> None:
    """Save a text that has a mark, and wait until a page shows the mark and has come to rest."""
    preview.chapter.write_text(text, "utf-8")
    expect(page.get_by_role("heading", name="Anew")).to_be_attached()
    page.wait_for_load_state("load")


def top_of(page: Page, words: str) -> float:
    """Return how far below the window's upper edge a paragraph is."""
    return float(
        page.get_by_text(words, exact=True).first.evaluate("node => node.getBoundingClientRect().top")
    )


def test_the_reader_stays_at_the_text_though_that_above_it_grew(preview: Preview, page: Page) -> None:
    """The paragraph that was read stands where it stood, to the pixel; the one before it may be another."""
    page.get_by_text("Line 20 of", exact=False).first.evaluate(
        "node => scrollTo(0, scrollY + node.getBoundingClientRect().top - 200)"
    )
    words = "Line 20 of a text that is read."
    before = top_of(page, words)
    scrolled = page.evaluate("scrollY")
    save(preview, page, TEXT.replace("## One", f"## Anew\n\n{MORE}").replace("Line 19 of", "Another of"))
    assert top_of(page, words) == pytest.approx(before, abs=1)
    assert page.evaluate("scrollY") > scrolled + 300


def test_the_frame_that_scrolling_chose_is_shown_again(preview: Preview, page: Page) -> None:
    """At the same place of its text, without a movement to it."""
    page.goto(f"{preview.address}{FOLDER.lstrip('/')}#told=5")
    page.reload()
    told = page.locator("#told")
    expect(told).to_have_attribute("data-frame", "5")
    before = told.locator(".beat").nth(4).bounding_box()
    save(preview, page, TEXT.replace("## One", f"## Anew\n\n{MORE}"))
    expect(told).to_have_attribute("data-frame", "5")
    after = told.locator(".beat").nth(4).bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    assert page.url.endswith("#told=5")


def test_a_frame_that_no_scrolling_chooses_is_shown_again(preview: Preview, page: Page) -> None:
    """With the focus on the button that chose it, and what was unfolded."""
    alone = page.locator("#alone")
    alone.locator(".next").scroll_into_view_if_needed()
    page.locator("nav.sections summary").evaluate("node => node.parentElement.open = true")
    alone.locator(".slider").fill("7")
    alone.locator(".back").click()
    expect(alone).to_have_attribute("data-frame", "6")
    save(preview, page, TEXT.replace("## One", f"## Anew\n\n{MORE}"))
    expect(alone).to_have_attribute("data-frame", "6")
    expect(alone.locator(".back")).to_be_focused()
    expect(page.locator("nav.sections details")).to_have_attribute("open", "")


def test_a_mistake_is_shown_over_the_page_until_it_is_mended(preview: Preview, page: Page) -> None:
    """With file, line, the line itself and the way out; the page below stays as it was."""
    page.evaluate("window.same = true")
    preview.chapter.write_text(TEXT.replace("sobel-x", "sobelx", 1), "utf-8")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("1 problem")
    line = TEXT[: TEXT.index('kernel = "sobel-x"')].count("\n") + 1
    for words in (f"01-edges.md:{line}", 'unknown kernel "sobelx"', 'Did you mean "sobel-x"?'):
        expect(alert.get_by_text(words)).to_be_visible()
    expect(alert.locator("[aria-current]")).to_have_text('kernel = "sobelx"')
    page.keyboard.press("Escape")
    expect(alert.get_by_text("Did you mean")).to_be_hidden()
    expect(page.get_by_role("heading", name="One", exact=True)).to_be_attached()
    preview.chapter.write_text(TEXT, "utf-8")
    expect(alert).to_have_count(0)
    assert page.evaluate("window.same")


def test_any_number_of_pages_follow(preview: Preview, page: Page) -> None:
    """Also more than a browser has connections to one host; one of them listens for all."""
    others = [page.context.new_page() for _ in range(7)]
    for other in others:
        other.goto(page.url)
        expect(other.get_by_role("heading", name="One", exact=True)).to_be_attached()
    page.goto("about:blank")  # it was the one that listened
    for other in others:
        save(preview, other, TEXT.replace("## One", "## Anew"))
        other.close()


def test_a_warning_is_at_hand(preview: Preview, page: Page) -> None:
    """It is folded, and unfolds."""
    preview.chapter.write_text(TEXT.replace("Edges", "漢 Edges"), "utf-8")
    warnings = page.locator(".warnings")
    expect(warnings).to_be_visible()
    expect(warnings.locator(".message")).to_be_hidden()
    warnings.locator("summary").click()
    expect(warnings.locator(".message")).to_be_visible()


def test_a_course_that_was_never_whole_is_shown_once_it_is(tmp_path: Path, new_page: NewPage) -> None:
    """Until then a page of the preview's own tells what is wrong."""
    bad = HEAD + SCENE.format("edge").replace("sobel-x", "sobelx")
    with serving(tmp_path, bad) as preview:
        visit = new_page()
        visit.page.goto(f"{preview.address}{FOLDER.lstrip('/')}")
        expect(visit.page.get_by_role("alert")).to_contain_text('unknown kernel "sobelx"')
        expect(visit.page.get_by_role("alert")).to_contain_text("There is no page yet.")
        preview.chapter.write_text(f"{HEAD}Now it is right.\n", "utf-8")
        expect(visit.page.get_by_text("Now it is right.")).to_be_visible()
        expect(visit.page.get_by_role("alert")).to_have_count(0)
    assert visit.errors == []


def test_the_preview_asks_no_other_host(preview: Preview, new_page: NewPage) -> None:
    """Nor does any policy keep it from what it needs."""
    visit = new_page()
    with visit.page.expect_request("**/_preview/events"):
        visit.page.goto(f"{preview.address}{FOLDER.lstrip('/')}")
    assert {url for url in visit.requests if not url.startswith(preview.address)} == set()
    assert json.dumps([*visit.console, *visit.errors]) == "[]"
