"""The search for a browser: what is asked in which order, and what is said where there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser
from tests.browser import Finder, Found, NewPage, NoBrowserError, Visits, begin_visit
from tests.programs import NotHereError

CHROME = Found(Path("/opt/chrome"), "installed")
STUB = Found(Path("/usr/bin/chromium-browser"), "a stub")


def finder(name: str, asked: list[str], *founds: Found) -> Finder:
    """Return a finder that notes that it was asked, and has these browsers."""

    def find() -> list[Found]:
        asked.append(name)
        if not founds:
            raise NotHereError(f"{name} has none")
        return list(founds)

    return find


def opens(found: Found) -> Path:
    """Open any browser but the stub."""
    if found is STUB:
        raise NotHereError(f"{found.how} does not open")
    return found.executable


def test_a_later_finder_is_not_asked_once_a_browser_opens() -> None:
    asked: list[str] = []
    finders = [finder("first", asked), finder("second", asked, CHROME), finder("third", asked, CHROME)]
    assert browser.first_opened(finders, opens) == CHROME.executable
    assert asked == ["first", "second"]


def test_a_browser_that_does_not_open_is_passed_over() -> None:
    assert browser.first_opened([finder("one", [], STUB, CHROME)], opens) == CHROME.executable
    assert (
        browser.first_opened([finder("one", [], STUB), finder("two", [], CHROME)], opens) == CHROME.executable
    )


def test_without_any_browser_everything_that_was_tried_is_told() -> None:
    finders = [finder("first", []), finder("second", [], STUB), finder("third", [])]
    with pytest.raises(NoBrowserError, match=r"^first has none; a stub does not open; third has none$"):
        browser.first_opened(finders, opens)


def test_what_is_there_is_preferred_to_what_must_be_fetched_but_for_the_quickest() -> None:
    names = [getattr(step, "func", step).__name__ for step in browser.finders(Path("chromium"))]
    assert names == [
        "named_by_user",
        "installed_shell",
        "fetch_shell_by_apt",
        "installed",
        "fetched_by_playwright",
        "unpacked",
        "fetch_by_playwright",
        "fetch_by_apt",
        "fetch_by_npm",
    ]


def test_the_user_can_name_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/my/chromium")
    assert browser.named_by_user() == [Found(Path("/my/chromium"), "CHROMIUM")]


def test_all_installed_browsers_are_candidates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("chromium", "google-chrome"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "usual_places", list)
    found = browser.installed()
    assert [each.executable.name for each in found] == ["google-chrome", "chromium"]


@pytest.mark.parametrize(
    "find",
    [
        browser.named_by_user,
        browser.installed_shell,
        browser.installed,
        browser.installed_firefox,
        browser.fetch_shell_by_apt,
        browser.fetch_by_apt,
        browser.fetch_firefox,
        lambda: browser.unpacked(None),
    ],
)
def test_an_empty_machine_has_none(
    find: Callable[[], list[Found]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "usual_places", list)
    with pytest.raises(NotHereError):
        find()


def test_what_was_unpacked_earlier_brings_its_own_libraries(tmp_path: Path) -> None:
    (found,) = browser.unpacked(tmp_path)
    assert found.executable == tmp_path / "chromium"
    assert found.environment["LD_LIBRARY_PATH"] == str(tmp_path / "lib")


def test_a_package_that_changed_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "package.tgz"
    package.write_bytes(b"another")
    with pytest.raises(NotHereError, match="is not the package it was"):
        browser.checked(package)


@pytest.mark.browser
def test_a_visit_hears_what_its_page_says_and_asks_for(new_page: NewPage) -> None:
    visit = new_page(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    with visit.page.expect_event("pageerror"):
        visit.page.set_content(
            "<script>console.log('heard'); setTimeout(() => { throw Error('slipped') })</script>"
            "<img src='http://127.0.0.1:1/nothing.png'>"
        )
    assert visit.page.evaluate("[innerWidth, matchMedia('(prefers-reduced-motion)').matches]") == [360, True]
    assert visit.console[0] == "log: heard"
    assert visit.errors == ["slipped"]
    assert visit.requests == ["http://127.0.0.1:1/nothing.png"]
    assert [line.split(": ")[0] for line in visit.failed] == visit.requests


@pytest.mark.browser
def test_a_visit_leaves_nothing_to_the_next_one(visits: Visits, tmp_path: Path) -> None:
    """They have one context after the other, and two at the same time have two."""
    (tmp_path / "page.html").write_text("<title>A page</title>")
    address = (tmp_path / "page.html").as_uri()
    with visits.begun(locale="de") as before:
        before.page.context.grant_permissions(["geolocation"])
        before.page.emulate_media(media="print")
        before.page.goto(address)
        before.page.evaluate("sessionStorage.setItem('kept', 'x')")
        with visits.begun(locale="de") as beside:
            assert beside.page.context != before.page.context
    with visits.begun(locale="de", viewport={"width": 360, "height": 640}) as visit:
        heard = len(before.requests)
        visit.page.goto(address)
        visit.page.evaluate("console.log('heard')")
        granted = "navigator.permissions.query({ name: 'geolocation' }).then(answer => answer.state)"
        assert visit.page.evaluate("[sessionStorage.length, innerWidth, history.length]") == [0, 360, 2]
        assert visit.page.evaluate("matchMedia('screen').matches")
        assert visit.page.evaluate(granted) != "granted"
        assert (visit.console, len(visit.requests)) == (["log: heard"], 1)
        assert (before.console, len(before.requests)) == ([], heard)


@pytest.mark.browser
def test_a_visit_can_do_without_javascript(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False).page
    page.set_content("<script>document.title = 'ran'</script>")
    assert page.title() == ""


@pytest.mark.browser
def test_a_visit_with_firefox_hears_what_a_page_on_disk_says_and_asks_for(
    firefox: Browser, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<script>console.log('heard'); setTimeout(() => { throw Error('slipped') })</script>"
        "<img src='https://nowhere.invalid/nothing.png'>"
    )
    visit = begin_visit(firefox)
    try:
        with visit.page.expect_event("pageerror"), visit.page.expect_event("requestfailed"):
            visit.page.goto(page.as_uri())
        assert visit.console == ["log: heard"]
        assert visit.errors == ["slipped"]
        assert visit.requests == ["https://nowhere.invalid/nothing.png"]
        assert [line.split(": ")[0] for line in visit.failed] == visit.requests
    finally:
        visit.page.context.close()
