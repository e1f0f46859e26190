"""The built lesson on a server and on disk, and readers of it."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Unpack

import pytest
from playwright.sync_api import Browser

from tests.browser import ContextOptions, NewPage, begin_visit
from tests.built import build_shown
from tests.conftest import built_once
from tests.lesson.reader import CHAPTER, Reader

OpenReader = Callable[..., Reader]
ON_DISK = pytest.mark.parametrize("site_url", ["file"], indirect=True)
ON_DISK_TOO = pytest.mark.parametrize("site_url", ["http", "file"], indirect=True)
"""For what a browser may refuse a page from disk: its files, its address, its history, the clipboard.

`site_url` is the only name in them: beside others it would be made anew for each test, and all that needs it.
"""


OPTIONS = "01-options"
"""The chapter of the course that declares every option."""
COURSE = f"""
title = "Options"
summary = "Every option."
language = "en"

[[parts]]
title = "Options"
chapters = ["{OPTIONS}"]
"""


@pytest.fixture(scope="session")
def options(shared: Path, cache: Path) -> Path:
    """Build the course of options without what is only printed, once for all processes."""
    return built_once(shared, shared / "options" / "site", build_options)


def build_options(target: Path) -> Path:
    """Write the site of the course of options, and return where."""
    content = target.with_name("content")
    (content / "chapters").mkdir(parents=True)
    (content / "course.toml").write_text(COURSE)
    shutil.copy(Path(__file__).with_name("options.md"), content / "chapters" / f"{OPTIONS}.md")
    return build_shown(content, target)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the site on loopback under a sub-path, as a project's page has it."""
    handler = partial(QuietHandler, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/{site.name}/"
        http.shutdown()
        thread.join()


@pytest.fixture(scope="session", params=["http"])
def site_url(request: pytest.FixtureRequest, site: Path) -> str:
    """Return the site's address: on a server, or where a test asks for it as a folder on disk."""
    served: str = request.getfixturevalue("server")
    return served if request.param == "http" else f"{site.as_uri()}/"


@pytest.fixture(scope="session")
def lesson_url(site_url: str) -> str:
    """Return the lesson's address."""
    return f"{site_url}{CHAPTER}/index.html"


@pytest.fixture(scope="module")
def lesson(browser: Browser, lesson_url: str) -> Iterator[Reader]:
    """Open the lesson once for the tests of a module that begin by going somewhere; loading takes long."""
    reader = Reader(begin_visit(browser, viewport={"width": 1280, "height": 800}), lesson_url)
    yield reader
    reader.page.context.close()


@pytest.fixture
def reader(new_page: NewPage, lesson_url: str) -> OpenReader:
    """Hand the test a function that opens the lesson as one reader has it, `at` a part of it."""

    def opened(at: str = "", **options: Unpack[ContextOptions]) -> Reader:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        return Reader(new_page(**options), lesson_url + at)

    return opened
