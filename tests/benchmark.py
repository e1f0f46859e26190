"""What things cost, measured: `python -m tests.benchmark` prints one table per subject, or those named.

Contenders take turns, so that a busy moment of the machine hits all of them; medians are shown. Read the
ratios: times differ between machines.
"""

import gzip
import json
import subprocess
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import chain, count, product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Browser, sync_playwright
from scipy import ndimage, signal

from generator.arithmetic import Geometry, layer_output
from generator.cli import PROJECT, main
from generator.course import SceneBlock
from generator.course.code import LANGUAGES, code_html
from generator.drawing import filmstrip_png
from generator.drawing.film.filmstrip import exposed_film
from generator.drawing.paper import Imprint
from generator.drawing.pens.png import indexed_png
from generator.site import read_content
from generator.site.artifacts import Artifact, look_of
from generator.site.scene_files import reel_files
from tests.arithmetic.one_channel import cross_correlate
from tests.browser import begin_visit, open_browser
from tests.course.hostile_code import hostile_codes
from tests.drawing.samples import FLAGSHIP, FONT, LIGHT, THEME
from tests.lesson.reader import CHAPTER, SCROLLING, Reader

Contender = Callable[[], object]
Matrix = npt.NDArray[np.int64] | npt.NDArray[np.float64]

ROUNDS = 21
SLOWER = 4
"""How many times a phone's processor is slower than that of whoever writes a page."""
LONG = 50
"""Milliseconds of a task that makes a reader wait."""


def medians(
    contenders: Mapping[str, Contender], rounds: int = ROUNDS, clock: Callable[[], float] = perf_counter
) -> dict[str, float]:
    """Return the median time of each contender in milliseconds, the contenders taking turns."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            start = clock()
            contender()
            times[name].append(1000 * (clock() - start))
    return {name: median(taken) for name, taken in times.items()}


def table(title: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    """Return a Markdown table of milliseconds with a line per row and a column per contender."""
    columns = list(next(iter(rows.values())))
    lines = [f"{title}, milliseconds", "", f"| | {' | '.join(columns)} |", "|---|" + "--:|" * len(columns)]
    lines += [
        f"| {name} | {' | '.join(f'{row[key]:.2f}' for key in columns)} |" for name, row in rows.items()
    ]
    return "\n".join(lines)


def cross_correlation() -> str:
    """Return the table of cross-correlation against the two of SciPy."""
    rng = np.random.default_rng(0)
    rows = {
        f"float64 {size}², {side}×{side}": _correlation_row(
            rng.random((size, size)), rng.random((side, side))
        )
        for size, side in ((512, 3), (512, 5), (512, 11), (2048, 3))
    }
    image, kernel = rng.integers(0, 256, (512, 512)), rng.integers(-9, 10, (3, 3))
    rows["int64 512², 3×3"] = _correlation_row(image, kernel)
    return table("Cross-correlation", rows)


def _correlation_row(image: Matrix, kernel: Matrix) -> dict[str, float]:
    """Return the medians for one image and kernel, once all contenders are seen to agree."""
    contenders: dict[str, Callable[[], npt.NDArray[Any]]] = {
        "layer_output": lambda: cross_correlate(image, kernel),
        "scipy.signal.correlate2d": lambda: signal.correlate2d(image, kernel, "valid"),
        "scipy.ndimage.correlate": lambda: _ndimage_valid(image, kernel),
    }
    ours, *others = (contender() for contender in contenders.values())
    for theirs in others:
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    return medians(contenders)


def layers() -> str:
    """Return the table of layers with stride, padding and dilation, against PyTorch where it is installed."""
    rows = {
        f"512², {side}×{side}, stride {stride}, dilation {apart}, padding {around}": _layer_row(
            side, stride, apart, around
        )
        for side, stride, apart in product((3, 11), (1, 2, 3), (1, 2))
        for around in (0, side // 2 * apart)
    }
    return table("Layers, processor time", rows)


def _layer_row(side: int, stride: int, apart: int, around: int) -> dict[str, float]:
    """Return the medians for an 8-bit image and small whole weights, PyTorch on one thread."""
    rng = np.random.default_rng(0)
    arrays = rng.integers(0, 256, (1, 512, 512)), rng.integers(-9, 10, (1, 1, side, side))
    geometry = Geometry((stride, stride), ((around, around), (around, around)), dilation=(apart, apart))
    contenders: dict[str, Contender] = {}
    for name in ("int64", "float64"):
        image, weights = (array.astype(name) for array in arrays)
        contenders[f"layer_output, {name}"] = partial(layer_output, image, weights, geometry)
    if find_spec("torch"):
        torch: Any = import_module("torch")
        torch.set_num_threads(1)
        for name in ("float64", "float32"):
            given = [torch.tensor(array, dtype=getattr(torch, name)) for array in arrays]
            contenders[f"conv2d, {name}"] = partial(
                torch.nn.functional.conv2d, *given, stride=stride, padding=around, dilation=apart
            )
    ours, *others = (np.asarray(contender()) for contender in contenders.values())
    for theirs in others:
        np.testing.assert_array_equal(ours, theirs)
    return medians(contenders, clock=process_time)


def _ndimage_valid(image: Matrix, kernel: Matrix) -> npt.NDArray[Any]:
    """Return SciPy's answer without the places where the kernel sticks out of the image."""
    top, left = kernel.shape[0] // 2, kernel.shape[1] // 2
    answer: npt.NDArray[Any] = ndimage.correlate(image, kernel)
    return answer[
        top : top + image.shape[0] - kernel.shape[0] + 1, left : left + image.shape[1] - kernel.shape[1] + 1
    ]


def film() -> str:
    """Return the table of the flagship's filmstrip: as a whole, and of it the encoding alone."""
    picture, colours = exposed_film(FLAGSHIP, LIGHT, FONT)
    contenders = {
        "film": lambda: filmstrip_png(FLAGSHIP, LIGHT, FONT),
        "encoding alone": lambda: indexed_png(picture, colours, 0, 300),
    }
    size = f"{picture.width}×{picture.height}, {len(contenders['film']()):,} bytes"
    return table("Filmstrip", {size: medians(contenders)})


def paper() -> str:
    """Return the table of what is made of the flagship beside its page: processor time, and the sizes."""
    [block] = [scene for scene in _scenes() if scene.reel.scene.id == "sobel-edge"]
    imprint = Imprint("Course", 5, "Chapter", "Figure 5.1 · sobel-edge", "", "")
    [reel] = reel_files(block, imprint, look_of(THEME))
    makers = {
        str(kind): partial(_made, [artifact for artifact in reel.artifacts if artifact.kind == kind])
        for kind in dict.fromkeys(artifact.kind for artifact in reel.artifacts)
    }
    times = medians(makers, rounds=5, clock=process_time)
    together = {**times, "together": sum(times.values())}
    files = {name: data for make in makers.values() for name, data in make().items()}
    sizes = ", ".join(f"{name} {len(data):,}" for name, data in files.items() if "/" not in name)
    rows = {name: {"processor": taken} for name, taken in together.items()}
    return f"{table('Paper and animations', rows)}\n\nBytes: {sizes}"


def _made(artifacts: Iterable[Artifact]) -> dict[str, bytes]:
    return dict(chain.from_iterable(artifact.make() for artifact in artifacts))


def _scenes() -> Iterator[SceneBlock]:
    for chapter in read_content(PROJECT / "content").chapters:
        yield from chapter.scenes


def whole_build() -> str:
    """Return the table of a build from nothing to a written site, Python's own start included."""
    program = (
        "import pathlib, sys; from generator.cli import main; "
        "sys.exit(main(sys.argv[2:], pathlib.Path(sys.argv[1])))"
    )
    with TemporaryDirectory() as folder:

        def built(kept: str) -> None:
            command = [
                sys.executable,
                "-c",
                f"{program}sys.exit(main(sys.argv[2:], pathlib.Path(sys.argv[1])))",
                kept,
            ]
            subprocess.run(  # noqa: S603 - our own program
                [*command, "--out", f"{folder}/site"],
                cwd=Path(__file__).parent.parent,
                stdout=subprocess.DEVNULL,
                check=True,
            )

        fresh = (f"{folder}/{number}" for number in count())
        contenders = {"from nothing": lambda: built(next(fresh)), "unchanged": lambda: built(f"{folder}/0")}
        return table("Whole build", {"the real content": medians(contenders, rounds=5)})


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


def colours() -> str:
    """Return the table of the slowest of 200 hostile texts in every language that is coloured."""
    rows = {
        language: {"slowest": max(_taken(partial(code_html, text, language)) for text in texts)}
        for language in LANGUAGES
        for texts in [hostile_codes(language, 200)]
    }
    return table("Colours", rows)


def _taken(contender: Contender) -> float:
    """Return the processor's time for one go, in milliseconds."""
    start = process_time()
    contender()
    return 1000 * (process_time() - start)


TABLES = (cross_correlation, layers, film, paper, whole_build, scrolling, chapters, colours)


if __name__ == "__main__":
    for subject in TABLES:
        if subject.__name__ in (sys.argv[1:] or [subject.__name__]):
            print(subject(), end="\n\n")
