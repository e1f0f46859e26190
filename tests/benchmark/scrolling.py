"""What the page's own script costs a browser while a reader scrolls."""

import gzip
import json
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from generator.cli import main
from tests.benchmark.timing import table
from tests.browser import begin_visit, open_browser
from tests.lesson.reader import CHAPTER, SCROLLING, Reader

SLOWER = 4
"""How many times a phone's processor is slower than that of whoever writes a page."""
LONG = 50
"""Milliseconds of a task that makes a reader wait."""


def scrolling() -> str:
    """Return the table of the page's own script while the reader wheels through the scene and back, by frame.

    It is the processor time of all calls into the script between two painted frames, layout they force
    included, times four: a phone is that much slower. The browser's own throttling says the same in the
    median, but adds up to a millisecond to single calls that do nothing.
    """
    with TemporaryDirectory() as folder, sync_playwright() as playwright, open_browser(playwright) as browser:
        site = Path(folder) / "site"
        main(["--out", str(site)])
        rows = {
            f"{width}×{height}": _script_times(browser, site, width, height)
            for width, height in ((1280, 800), (390, 844))
        }
        sizes = {
            path.suffix: len(gzip.compress(path.read_bytes(), 9))
            for path in (site / CHAPTER / "index.html", *(site / "assets").iterdir())
        }
    shown = {
        name: dict(
            zip(("median", "95 %", "99 %", "max"), np.percentile(times, (50, 95, 99, 100)), strict=True)
        )
        for name, times in rows.items()
    }
    weights = ", ".join(f"{size:,} {suffix[1:]}" for suffix, size in sorted(sizes.items()))
    times = table("Script a frame, on a processor four times slower", shown)
    return f"{times}\n\nGzipped bytes: {weights}; together {sum(sizes.values()):,}"


def _script_times(browser: Browser, site: Path, width: int, height: int) -> list[float]:
    """Return the milliseconds of script in each frame that had any, on a processor four times slower."""
    reader = Reader(
        begin_visit(browser, viewport={"width": width, "height": height}),
        (site / CHAPTER / "index.html").as_uri(),
    )
    reader.top_of(SCROLLING)
    reader.page.mouse.move(width / 4, height - 20)
    browser.start_tracing(page=reader.page, categories=["devtools.timeline"])
    for step, arrived in ((50, reader.past), (-50, reader.before)):
        while not arrived(SCROLLING):
            reader.page.mouse.wheel(0, step)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    reader.page.context.close()
    painted = sorted(event["ts"] for event in events if event["name"] == "FireAnimationFrame")
    frames: Counter[int] = Counter()
    for event in events:
        if event["name"] == "FunctionCall" and _is_ours(event):
            frames[bisect_left(painted, event["ts"] - 50)] += event["tdur"]
    return [SLOWER * microseconds / 1000 for microseconds in frames.values()]


def _is_ours(call: dict[str, Any]) -> bool:
    return "/lesson." in call["args"]["data"].get("url", "") and "tdur" in call


def chapters() -> str:
    """Return the table of the script and of long tasks while each chapter is scrolled to its end.

    It goes 40 pixels every animation frame; the longest task while the page is loaded, which is the
    browser's first layout, stands apart. Times are the processor's, times four, as above; the best of three
    rounds by the 95 %, for whatever else the machine does makes a round worse and none better.
    """
    with TemporaryDirectory() as folder, sync_playwright() as playwright, open_browser(playwright) as browser:
        main(["--out", folder])
        rows = {
            f"{page.parent.name}, {width}×{height}": min(
                (_page_times(browser, page.as_uri(), width, height) for _ in range(3)),
                key=lambda times: times["95 %"],
            )
            for page in sorted(Path(folder).glob("[0-9]*/index.html"))
            for width, height in ((1280, 800), (390, 844))
        }
    return table("Script a frame of whole chapters, on a processor four times slower", rows)


def _page_times(browser: Browser, url: str, width: int, height: int) -> dict[str, float]:
    """Return the milliseconds of script a scrolled frame, how many tasks are long, and the longest."""
    visit = begin_visit(browser, viewport={"width": width, "height": height})
    categories = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
    browser.start_tracing(page=visit.page, categories=categories)
    reader = Reader(visit, url)
    reader.page.evaluate("console.timeStamp('loaded')")
    reader.scroll_all(40)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    visit.page.context.close()
    calls = [event for event in events if event["name"] == "FunctionCall" and _is_ours(event)]
    threads = {(call["pid"], call["tid"]) for call in calls}
    painted = sorted(event["ts"] for event in events if event["name"] == "FireAnimationFrame")
    frames: Counter[int] = Counter()
    loaded = next(event["ts"] for event in events if event["name"] == "TimeStamp")
    for call in calls:
        if call["ts"] > loaded:
            frames[bisect_left(painted, call["ts"] - 50)] += call["tdur"]
    tasks = [
        (event["ts"] > loaded, SLOWER * event.get("tdur", 0) / 1000)
        for event in events
        if event["name"] == "RunTask" and (event["pid"], event["tid"]) in threads
    ]
    scrolled = [taken for is_scrolled, taken in tasks if is_scrolled]
    middle, most = np.percentile([SLOWER * taken / 1000 for taken in frames.values()], (50, 95))
    return {
        "median": middle,
        "95 %": most,
        "long tasks": sum(taken > LONG for taken in scrolled),
        "longest": max(scrolled),
        "at load": max(taken for is_scrolled, taken in tasks if not is_scrolled),
    }
