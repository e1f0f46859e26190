"""Every reader gets the lesson: by ear, by keyboard, without the script, with less motion, in the dark."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.lesson.conftest import ON_DISK_TOO, OpenReader
from tests.lesson.reader import SCROLLING, STEPPING, Reader

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("scene", [SCROLLING, STEPPING])


# --- With less motion ----------------------------------------------------------------------------------


def test_with_reduced_motion_frames_are_cut(reader: OpenReader) -> None:
    """Nothing moves: what is seen at any moment is a finished frame."""
    page = reader(reduced_motion="reduce")
    page.top_of(SCROLLING)
    for seen, at in page.moments_passing(SCROLLING, 71):
        assert not at["moving"]
        assert set(seen["opacities"]) == {1 if seen["frame"] else 0}
        assert (seen["ghosts"], seen["flight"]) == (0, "")
        assert sum(text is not None for text in seen["cells"]) == seen["frame"]


@BOTH
def test_with_reduced_motion_next_and_play_work(reader: OpenReader, scene: str) -> None:
    page = reader(reduced_motion="reduce")
    page.slide(scene, 4)
    page.press(scene, ".next")
    page.hold()
    page.section(scene).locator(".play").click()
    page.let_pass(2000)
    seen = page.seen(scene)
    page.release()
    assert 7 <= seen["frame"] < 25
    assert (seen["ghosts"], seen["flight"], set(seen["opacities"])) == (0, "", {1})


def test_a_wish_for_less_motion_is_heard_at_once(reader: OpenReader) -> None:
    page = reader(f"#{SCROLLING}=9")
    page.page.emulate_media(reduced_motion="reduce")
    page.section(SCROLLING).locator(".next").click()
    seen = page.seen(SCROLLING)
    assert (seen["frame"], sum(text is not None for text in seen["cells"])) == (10, 10)
    assert (seen["ghosts"], seen["flight"], set(seen["opacities"])) == (0, "", {1})


# --- Without the script --------------------------------------------------------------------------------


@pytest.fixture
def plain(reader: OpenReader) -> Reader:
    return reader(java_script_enabled=False)


@BOTH
def test_without_the_script_the_finished_stage_stands(plain: Reader, scene: str) -> None:
    seen = plain.seen(scene)
    assert None not in [*seen["cells"], *seen["products"], seen["total"]]
    assert len(seen["cells"]) == 25


def test_without_the_script_every_beat_can_be_read(plain: Reader) -> None:
    for beat in plain.page.locator(".told").all():
        beat.scroll_into_view_if_needed()
        expect(beat).to_be_in_viewport()
        covered = beat.evaluate(
            """beat => {
                const { left, top } = beat.querySelector(":scope > *").getBoundingClientRect();
                return !beat.contains(document.elementFromPoint(left + 5, top + 5));
            }"""
        )
        assert not covered


@ON_DISK_TOO
@BOTH
def test_without_the_script_the_film_is_shown(plain: Reader, scene: str) -> None:
    film = plain.section(scene).locator(".film img")
    film.scroll_into_view_if_needed()
    expect(film).to_be_visible()
    plain.page.wait_for_function("film => film.naturalWidth > 0", arg=film.element_handle())


def test_without_the_script_nothing_is_offered_that_needs_it(plain: Reader) -> None:
    for locator in plain.page.locator(".controls, .cue, .copy, .sprockets").all():
        expect(locator).to_be_hidden()


# --- By ear and by keyboard ----------------------------------------------------------------------------


@BOTH
def test_the_sentence_changes_on_a_step_and_not_before_it_is_done(reader: OpenReader, scene: str) -> None:
    page = reader()
    page.slide(scene, 7)
    page.section(scene).evaluate(
        """section => {
            window.said = [];
            new MutationObserver(() => said.push([section.dataset.frame,
                section.querySelectorAll(".cell:not(.unfilled)").length]))
                .observe(section.querySelector(".spoken"),
                    { childList: true, characterData: true, subtree: true });
        }"""
    )
    page.press(scene, ".next")
    assert page.page.evaluate("said") == [["8", 8]]


def test_only_the_sentence_is_announced(lesson: Reader) -> None:
    assert lesson.section(SCROLLING).locator("[aria-live], [role=status], output").count() == 1


@BOTH
def test_tab_reaches_stage_and_controls_in_order_and_shows_where(lesson: Reader, scene: str) -> None:
    lesson.section(scene).locator(".stage").focus()
    reached = []
    for _ in range(6):
        lesson.page.keyboard.press("Tab")
        name, outline = lesson.page.evaluate(
            "() => [document.activeElement.className, getComputedStyle(document.activeElement).outlineStyle]"
        )
        reached.append(name)
        assert outline not in {"none", "hidden"}
    assert reached == ["pick", "back", "play", "next", "pace", "slider"]


@BOTH
def test_the_focused_stage_is_marked(lesson: Reader, scene: str) -> None:
    lesson.section(scene).locator(".slider").focus()
    for _ in range(6):
        lesson.page.keyboard.press("Shift+Tab")
    stage = lesson.section(scene).locator(".stage")
    expect(stage).to_be_focused()
    assert stage.evaluate("stage => getComputedStyle(stage).outlineStyle") not in {"none", "hidden"}


def test_every_control_and_picture_has_a_name(lesson: Reader) -> None:
    nameless = lesson.page.evaluate(
        """() => Array.from(document.querySelectorAll(
            "button, input, a, summary, img, nav, [role=img], [role=group], [tabindex]"), node =>
            node.closest("[aria-hidden=true]") || node.getAttribute("aria-label") || node.getAttribute("alt")
            || node.textContent.trim() ? "" : node.outerHTML).filter(Boolean)"""
    )
    assert nameless == []


def test_the_page_has_one_heading_of_the_first_level_and_its_landmarks(lesson: Reader) -> None:
    counts = {name: lesson.page.locator(name).count() for name in ("h1", "main", "header h1", "footer")}
    assert counts == {"h1": 1, "main": 1, "header h1": 1, "footer": 1}


def test_no_heading_level_is_skipped(lesson: Reader) -> None:
    levels = lesson.page.evaluate(
        "() => Array.from(document.querySelectorAll('h1, h2, h3, h4'), h => Number(h.tagName[1]))"
    )
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_is_there_once(lesson: Reader) -> None:
    ids = lesson.page.evaluate("() => Array.from(document.querySelectorAll('[id]'), node => node.id)")
    assert len(ids) == len(set(ids))


def test_text_can_be_selected(lesson: Reader) -> None:
    lesson.page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    assert "One pixel to the right." in lesson.page.evaluate("getSelection().toString()")
    chosen = (
        "() => [...document.querySelectorAll('*')].filter(n => getComputedStyle(n).userSelect === 'none')"
    )
    assert lesson.page.evaluate(f"({chosen})().length") == 0


def test_find_in_page_brings_a_frame_near_the_text(lesson: Reader) -> None:
    lesson.page.evaluate("getSelection().removeAllRanges()")
    lesson.page.evaluate("scrollTo(0, 0)")
    assert lesson.page.evaluate("find('On the edge again')")
    lesson.rest()
    assert 14 <= lesson.frame(SCROLLING) <= 18  # a browser puts the words below the line where a text rests


# --- Copying ------------------------------------------------------------------------------------------


@ON_DISK_TOO
def test_the_copy_button_copies_the_listing(reader: OpenReader) -> None:
    page = reader()
    if page.url.startswith("http"):
        page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    listing = page.page.locator(".listing").first
    button = listing.locator(".copy")
    button.click()
    expect(button).to_have_text("Copied")
    page.page.evaluate(
        """() => {
            const area = document.createElement("textarea");
            document.body.append(area);
            area.focus({ preventScroll: true });
        }"""
    )
    page.page.keyboard.press("Control+V")
    pasted = page.page.locator("textarea").input_value()
    text = listing.locator("code").text_content() or ""
    assert pasted.rstrip() == text.rstrip()  # a text that is selected ends before its last line does


@ON_DISK_TOO
def test_a_closed_clipboard_is_no_obstacle(reader: OpenReader) -> None:
    page = reader()
    page.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    copied = page.page.evaluate_handle(
        """() => {
            const copied = [];
            document.addEventListener("copy", () => copied.push(getSelection().toString()));
            return copied;
        }"""
    )
    listing = page.page.locator(".listing").first
    listing.locator(".copy").click()
    expect(listing.locator(".copy")).to_have_text("Copied")
    code = listing.locator("code").text_content() or ""
    assert [text.strip() for text in copied.json_value()] == [code.strip()]


# --- In the dark ---------------------------------------------------------------------------------------


def test_the_dark_page_has_its_own_colours_and_the_same_greys(reader: OpenReader) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page = reader(color_scheme="dark" if scheme == "dark" else "light")
        shades.append(
            page.section(SCROLLING).evaluate(
                """section => ({
                    paper: getComputedStyle(document.documentElement).backgroundColor,
                    ink: getComputedStyle(document.documentElement).color,
                    pixels: Array.from(section.querySelectorAll(".pixel"), n => getComputedStyle(n).fill),
                })"""
            )
        )
    light, dark = shades
    assert light["paper"] != dark["paper"]
    assert light["ink"] != dark["ink"]
    assert light["pixels"] == dark["pixels"]
    assert len(set(light["pixels"])) == 2
