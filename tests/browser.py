"""Browsers for the tests, a Chromium and a Firefox: found on the machine, or else fetched once.

Where a browser comes from differs from machine to machine, so there is a row of finders: what the user names,
a browser that has no window, what is installed, what an earlier run fetched, and only then what must be
fetched. A browser counts as found once it has opened, because distributions install stubs under its name.
Whatever fails is told in `NoBrowserError`, so that a machine without a browser explains itself.

A browser without a window draws the same pages, and opens one in a third of the time: a whole one makes a
toolbar for each. That is worth fetching it where a program of the distribution may be installed.
"""

import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict, TypeVar, Unpack

from playwright.sync_api import Browser, Error, Page, Playwright, ViewportSize

from tests.programs import NotHereError, attempt, fetched_by_apt, program, telling_line

LAUNCH_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
)
"""Arguments that keep a browser from asking the network for anything that no page asked for, and one
without a window from rounding the width of each letter."""

FIREFOX_NAMES = ("firefox-esr", "firefox")
FIREFOX_PREFERENCES: dict[str, str | float | bool] = {
    "app.normandy.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    # Every file is an origin of its own: what a reader has who opens a page from disk.
    "security.fileuri.strict_origin_policy": True,
}
"""What makes Playwright's Firefox one that a reader has, and one that asks the network for nothing."""

SHELL = "chromium-headless-shell"
"""Debian's Chromium without a window, and its package."""
PATH_NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_NAMES = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PLACES = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")

PACKAGE = "@sparticuz/chromium@153.0.0"
"""A Chromium inside an npm package, with the libraries and fonts it needs: the registry is all it takes."""
PACKAGE_SHA256 = "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
PACKED = ("chromium", "al2023.tar", "fonts.tar", "swiftshader.tar")
"""The package's Brotli files: the program, its libraries, its fonts, its software renderer."""
DECOMPRESS = """
const { createReadStream, createWriteStream } = require("node:fs");
const [source, target] = process.argv.slice(1);
createReadStream(source).pipe(require("node:zlib").createBrotliDecompress()).pipe(createWriteStream(target));
"""

USUAL_SIZE: ViewportSize = {"width": 1280, "height": 720}
"""Playwright's own."""

T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """A browser that can be tried."""

    executable: Path
    """The program."""
    how: str
    """Where it comes from, in words for a report."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that it needs beside those of the machine."""


class NoBrowserError(Exception):
    """No finder has a browser; the message is everything that was tried."""


Finder = Callable[[], list[Found]]
"""Returns the browsers of one place, likeliest first, or raises `NotHereError`."""


# --- Opening -------------------------------------------------------------------------------------------


def open_browser(playwright: Playwright) -> Browser:
    """Return the first browser that opens, fetching one where the machine has none."""
    return first_opened(finders(Path(playwright.chromium.executable_path)), partial(launch, playwright))


def launch(playwright: Playwright, found: Found) -> Browser:
    """Open a browser without a window."""
    try:
        return playwright.chromium.launch(
            executable_path=found.executable,
            args=[*LAUNCH_ARGUMENTS],
            env={**os.environ, **found.environment},
            # It shows our own pages only, and its sandbox refuses to start for root and in many containers.
            chromium_sandbox=False,
        )
    except Error as error:
        raise NotHereError(
            f"{found.how} ({found.executable}) does not open: {telling_line(str(error))}"
        ) from error


def open_firefox(playwright: Playwright) -> Browser:
    """Return the first Firefox that opens, installing one where the machine has none."""
    return first_opened((installed_firefox, fetch_firefox), partial(launch_firefox, playwright))


def launch_firefox(playwright: Playwright, found: Found) -> Browser:
    """Open a stock Firefox without a window."""
    try:
        return playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=found.executable,
            firefox_user_prefs=FIREFOX_PREFERENCES,
        )
    except Error as error:
        raise NotHereError(
            f"{found.how} ({found.executable}) does not open: {telling_line(str(error))}"
        ) from error


def first_opened(finders: Iterable[Finder], opened: Callable[[Found], T]) -> T:
    """Return the first browser that opens; a finder is asked only once those before it have failed."""
    tried: list[str] = []
    for found in candidates(finders, tried):
        try:
            return opened(found)
        except NotHereError as reason:
            tried.append(str(reason))
    raise NoBrowserError("; ".join(tried))


def candidates(finders: Iterable[Finder], tried: list[str]) -> Iterator[Found]:
    """Yield the browsers of all finders, noting in `tried` why a finder has none."""
    for finder in finders:
        try:
            yield from finder()
        except NotHereError as reason:
            tried.append(str(reason))


def finders(own: Path) -> tuple[Finder, ...]:
    """Return all finders in order; `own` is where Playwright keeps the browser it fetches."""
    return (
        named_by_user,
        installed_shell,
        fetch_shell_by_apt,
        installed,
        partial(fetched_by_playwright, own),
        partial(unpacked, home()),
        partial(fetch_by_playwright, own),
        fetch_by_apt,
        partial(fetch_by_npm, home()),
    )


# --- Finding -------------------------------------------------------------------------------------------


def named_by_user() -> list[Found]:
    """Return the browser that the variable CHROMIUM names."""
    named = os.environ.get("CHROMIUM")
    if not named:
        raise NotHereError("CHROMIUM is not set")
    return [Found(Path(named), "CHROMIUM")]


def installed_shell() -> list[Found]:
    """Return the Chromium without a window on the machine's search path."""
    return [Found(Path(program(SHELL)), "installed")]


def installed() -> list[Found]:
    """Return every Chrome, Chromium and Edge on the machine."""
    places = [Path(place) for name in PATH_NAMES if (place := shutil.which(name))]
    places += [place for place in usual_places() if place.exists()]
    if not places:
        raise NotHereError("no Chrome, Chromium or Edge is installed")
    return [Found(place, "installed") for place in places]


def installed_firefox() -> list[Found]:
    """Return every Firefox on the machine's search path."""
    places = [Path(place) for name in FIREFOX_NAMES if (place := shutil.which(name))]
    if not places:
        raise NotHereError("no Firefox is installed")
    return [Found(place, "installed") for place in places]


def usual_places() -> list[Path]:
    """Return where macOS and Windows keep browsers, which are on no search path there."""
    if sys.platform == "darwin":
        folders = (Path("/Applications"), Path.home() / "Applications")
        return [folder / f"{name}.app/Contents/MacOS/{name}" for folder in folders for name in MAC_NAMES]
    folders = tuple(Path(folder) for name in WINDOWS_FOLDERS if (folder := os.environ.get(name)))
    return [folder / place for folder in folders for place in WINDOWS_PLACES]


def fetched_by_playwright(own: Path) -> list[Found]:
    """Return the browser that Playwright fetched earlier."""
    if not own.exists():
        raise NotHereError("Playwright has fetched none")
    return [Found(own, "fetched by Playwright")]


def home() -> Path | None:
    """Return the folder for the browser from npm, inside the virtual environment that runs the tests."""
    return Path(sys.prefix) / "chromium" if sys.prefix != sys.base_prefix else None


def unpacked(folder: Path | None) -> list[Found]:
    """Return the browser that an earlier run unpacked from npm's package."""
    if folder is None or not folder.exists():
        raise NotHereError("none is unpacked from npm's package")
    environment = {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_PATH": str(folder / "fonts")}
    return [Found(folder / "chromium", "unpacked from npm's package", environment)]


# --- Fetching ------------------------------------------------------------------------------------------


def fetch_by_playwright(own: Path) -> list[Found]:
    """Let Playwright fetch its browser; short, because behind some firewalls it never ends."""
    attempt([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], seconds=120)
    return fetched_by_playwright(own)


def fetch_shell_by_apt() -> list[Found]:
    """Install the distribution's Chromium without a window, where we may."""
    return [Found(Path(fetched_by_apt(SHELL, SHELL)), "installed by apt-get")]


def fetch_by_apt() -> list[Found]:
    """Install the distribution's Chromium, where we may."""
    return [Found(Path(fetched_by_apt("chromium", "chromium")), "installed by apt-get")]


def fetch_firefox() -> list[Found]:
    """Install the distribution's Firefox with extended support, where we may."""
    return [Found(Path(fetched_by_apt("firefox-esr", "firefox-esr")), "installed by apt-get")]


def fetch_by_npm(folder: Path | None) -> list[Found]:
    """Unpack the browser of npm's package, without its JavaScript, into a folder."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64") or folder is None:
        raise NotHereError("npm's package is for Linux on x86-64, in a virtual environment")
    npm, node, tar = program("npm"), program("node"), program("tar")
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="chromium-") as name:
        work = Path(name)
        attempt([npm, "pack", "--silent", "--pack-destination", name, PACKAGE], seconds=300)
        package = checked(next(work.glob("*.tgz")))
        attempt([tar, "-xzf", str(package), "-C", name], seconds=60)
        complete = work / "complete"
        complete.mkdir()
        for packed in PACKED:
            source, target = work / f"package/bin/{packed}.br", complete / packed
            attempt([node, "-e", DECOMPRESS, str(source), str(target)], seconds=120)
            if target.suffix == ".tar":
                attempt([tar, "-xf", str(target), "-C", str(complete)], seconds=60)
                target.unlink()
        (complete / "chromium").chmod(0o755)
        # A rename is whole or not at all: what the next run finds is never half a browser.
        complete.replace(folder)
    return unpacked(folder)


def checked(package: Path) -> Path:
    """Return the package, once it is known to be the one these tests were written with."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != PACKAGE_SHA256:
        raise NotHereError(f"{PACKAGE} is not the package it was")
    return package


# --- Visiting ------------------------------------------------------------------------------------------


class ContextOptions(TypedDict, total=False):
    """What a test can ask of a reader's browser; the names are Playwright's."""

    viewport: ViewportSize
    color_scheme: Literal["dark", "light", "no-preference"]
    reduced_motion: Literal["no-preference", "reduce"]
    forced_colors: Literal["active", "none"]
    contrast: Literal["more", "no-preference"]
    java_script_enabled: bool
    device_scale_factor: float
    has_touch: bool
    is_mobile: bool
    locale: str
    base_url: str


@dataclass(frozen=True)
class Visit:
    """A page in a context of its own, with all that was heard from it since it was opened."""

    page: Page
    """The page, still blank."""
    console: list[str] = field(default_factory=list)
    """Console messages, each `type: text`."""
    errors: list[str] = field(default_factory=list)
    """Exceptions that no script caught."""
    requests: list[str] = field(default_factory=list)
    """The URL of every request."""
    failed: list[str] = field(default_factory=list)
    """Requests without an answer, each `URL: reason`."""


class NewPage(Protocol):
    """Opens a page for one test; it is closed when the test ends."""

    def __call__(self, **options: Unpack[ContextOptions]) -> Visit:
        """Return a blank page in a new context with these options."""


def begin_visit(browser: Browser, **options: Unpack[ContextOptions]) -> Visit:
    """Open a blank page in a new context and listen to it."""
    context = browser.new_context(**options)
    visit = Visit(context.new_page())
    for event, listener in listeners(visit).items():
        context.on(event, listener)
    return visit


def listeners(visit: Visit) -> dict[Any, Callable[[Any], None]]:
    """Return what notes each event of a context."""
    return {
        "console": lambda message: visit.console.append(f"{message.type}: {message.text}"),
        "weberror": lambda problem: visit.errors.append(str(problem.error)),
        "request": lambda request: visit.requests.append(request.url),
        "requestfailed": lambda request: visit.failed.append(f"{request.url}: {request.failure}"),
    }


class Visits:
    """Visits to one browser, in a page that one after the other may have.

    To open a page, let alone a context, takes longer than to load what it shows. Nothing stays in one but
    what it was opened with: its storage for a session, its history, its rights and all that was emulated in
    it are taken back. Only scripts that it is told to begin with stay: a visit with such a one has a context
    of its own.
    """

    def __init__(self, browser: Browser) -> None:
        """Visit this browser, with no page yet."""
        self.browser = browser
        self.idle: dict[str, Page] = {}

    @contextmanager
    def begun(self, **options: Unpack[ContextOptions]) -> Iterator[Visit]:
        """Open a blank page with these options for the length of a block."""
        size = options.pop("viewport", USUAL_SIZE)
        key = repr(sorted(options.items()))
        kept = self.idle.pop(key, None)
        visit = Visit(kept or self._opened(**options))
        listening = listeners(visit)
        for event, listener in listening.items():
            visit.page.context.on(event, listener)
        visit.page.set_viewport_size(size)
        yield visit
        for event, listener in listening.items():
            visit.page.context.remove_listener(event, listener)
        if key in self.idle or not _emptied(visit.page, options):
            visit.page.context.close()
        else:
            self.idle[key] = visit.page

    def _opened(self, **options: Unpack[ContextOptions]) -> Page:
        return self.browser.new_context(**options).new_page()


def _emptied(page: Page, options: ContextOptions) -> bool:
    """Take back what a visit has left in a page; tell whether that could be done."""
    page.context.clear_permissions()
    try:
        page.evaluate("() => { try { sessionStorage.clear() } catch { /* it has none */ } }")
        page.goto("about:blank")
        page.emulate_media(
            media="null",
            color_scheme=options.get("color_scheme", "light"),
            reduced_motion=options.get("reduced_motion", "no-preference"),
            forced_colors=options.get("forced_colors", "none"),
            contrast=options.get("contrast", "no-preference"),
        )
        session = page.context.new_cdp_session(page)
        session.send("Page.resetNavigationHistory")
        session.detach()
    except Error:
        return False
    return len(page.context.pages) == 1
