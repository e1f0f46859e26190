"""Fixtures for all tests: browsers for the run, fresh pages in one, and programs that check what is made."""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar, Unpack

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from generator import cli
from generator.cli import build
from generator.site.output.locks import lock
from tests.browser import (
    ContextOptions,
    NewPage,
    NoBrowserError,
    Visit,
    Visits,
    open_browser,
    open_firefox,
)
from tests.built import build_course
from tests.programs import NotHereError, had_axe, had_program

T = TypeVar("T")

SEEKING = Path(__file__)
"""Held while something is sought."""
LONGEST_FIRST = ("tests/lesson/", "tests/site/", "tests/scenes/", "tests/drawing/")
"""Rooms whose files take long: begun first, none is left to one process when the others have done."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for nothing to throw away while tests are read, nor among them afterwards: all are kept."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests in the order of their rooms; within a room they stay as they are."""
    items.sort(key=lambda item: [not item.nodeid.startswith(room) for room in LONGEST_FIRST])


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this run that all processes that test at the same time have in common."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", autouse=True)
def cache(shared: Path) -> Path:
    """Keep what the tests build apart from what earlier builds of the project left; return where.

    A test for which it matters that nothing is there yet has a folder of its own.
    """
    cli.CACHE = shared / "cache"
    return cli.CACHE


@pytest.fixture(scope="session", autouse=True)
def _clock() -> None:
    """Let no time pass for builds, which would say how far they are where a machine is slow."""
    build.CLOCK = lambda: 0.0


@pytest.fixture(scope="session")
def site(shared: Path, cache: Path) -> Path:
    """Build the real content and its zip, once for all processes; they are read, and never changed."""
    return built_once(shared, shared / "www" / "some-repo", build_course)


def built_once(shared: Path, target: Path, build: Callable[[Path], Path]) -> Path:
    """Return a site that all processes read: the first that asks for it builds it."""
    with lock(shared, waiting=True):
        return target if target.exists() else build(target)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start what drives the browsers, once for the whole run."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Open one browser for the whole run; where there is none, skip, or fail where CI is set."""
    opened = had("BROWSER", lambda: open_browser(playwright))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """Open one Firefox for the whole run; where there is none, skip, or fail where CI is set."""
    opened = had("FIREFOX", lambda: open_firefox(playwright))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def tesseract() -> Path:
    """Return the program that reads text off pictures, or skip, or fail where CI is set."""
    return had("TESSERACT", lambda: had_program("tesseract", "tesseract-ocr"))


@pytest.fixture(scope="session")
def pdftoppm() -> Path:
    """Return the program that draws the pages of a PDF, or skip, or fail where CI is set."""
    return had("PDFTOPPM", lambda: had_program("pdftoppm", "poppler-utils"))


@pytest.fixture(scope="session")
def axe() -> Path:
    """Return the script that looks for barriers on a page, or skip, or fail where CI is set."""
    return had("AXE", had_axe)


def had(what: str, seek: Callable[[], T]) -> T:
    """Return what is sought; where it is not to be had, skip, or fail where CI is set.

    Processes that test at the same time seek one after the other: what one has fetched, the next one finds.
    """
    try:
        with lock(SEEKING, waiting=True):
            return seek()
    except (NoBrowserError, NotHereError) as error:
        tried = str(error)
    raise ending_without(what, tried)


def ending_without(what: str, tried: str) -> BaseException:
    """Return what skips a test in words that cannot be overlooked; in CI, fails it."""
    message = f"NO {what} TO BE HAD: tried {tried}"
    if os.environ.get("CI"):
        return pytest.fail.Exception(message, pytrace=False)
    return pytest.skip.Exception(message)


@pytest.fixture(scope="session")
def visits(browser: Browser) -> Visits:
    """Return what opens pages in the browser, and keeps their contexts for those that come after."""
    return Visits(browser)


@pytest.fixture
def new_page(visits: Visits) -> Iterator[NewPage]:
    """Hand the test a function that opens pages, and close them after it."""
    with ExitStack() as stack:

        def opened(**options: Unpack[ContextOptions]) -> Visit:
            return stack.enter_context(visits.begun(**options))

        yield opened
