"""The chapter on paper: what comes out when a reader prints the page."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import NewPage, begin_visit
from tests.built import build
from tests.lesson.reader import CHAPTER, SCROLLING

pytestmark = pytest.mark.browser

SIZES = {"A4": (595, 842), "Letter": (612, 792)}
POINTS = 1.5
"""By which two measures of a place may differ."""
MARGIN = 25
"""Points; less than the page's own margins."""
SCENES = ("sobel-edge", "blur", "sharpen", "sobel-turned", "sobel-flipped")
OF_THE_SCREEN = (
    "Skip to the text",
    "Back",
    "Play",
    "Next",
    "Copy",
    "Contents",
    "In this chapter",
    "Scroll on, and",
    "Print and download",
    "The feature map as a table",
)
COURSE = 'title = "A course"\n[[parts]]\ntitle = "One"\nchapters = ["01-long"]\n'
LONG = f"""+++
title = "Long"
+++

[The source](https://example.com/a/long/address).

```scene
id = "long"
image = {[[(row * column) % 10 for column in range(16)] for row in range(12)]}
kernel = "sobel-x"
caption = "A long film."
```

[frame first] It begins, with [more](https://example.com/more).

[frame last] It ends, with words enough to fill a line of the paper from its left edge to its right one.
"""


@dataclass(frozen=True)
class Line:
    """A line of text on a printed page; lengths in points from the page's upper left corner."""

    page: int
    top: float
    bottom: float
    left: float
    right: float
    text: str


@dataclass(frozen=True)
class Printed:
    """A printed chapter."""

    file: Path
    tools: Path
    """The folder of Poppler's programs."""

    def said(self, program: str, *arguments: str) -> str:
        """Return what one of the programs says of the file."""
        command = [str(self.tools / program), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603

    def lines(self) -> list[Line]:
        """Return every line of text, page by page, downwards."""
        page = ET.fromstring(self.said("pdftotext", "-bbox-layout", str(self.file), "-"))  # noqa: S314
        found = []
        for number, sheet in enumerate(page.findall(".//{*}page"), 1):
            for line in sheet.findall(".//{*}line"):
                words = " ".join(word.text or "" for word in line.findall("{*}word"))
                top, bottom, left, right = (
                    float(line.attrib[key]) for key in ("yMin", "yMax", "xMin", "xMax")
                )
                found.append(Line(number, top, bottom, left, right, words))
        return sorted(found, key=lambda line: (line.page, line.top))

    def pictures(self) -> list[tuple[int, str]]:
        """Return (page, object) of every picture; one that is cut by a page's end stands on two pages."""
        rows = self.said("pdfimages", "-list", str(self.file)).splitlines()[2:]
        return [(int(row.split()[0]), row.split()[10]) for row in rows if row.split()[2] == "image"]


@pytest.fixture(scope="module", params=[("A4", True), ("A4", False), ("Letter", True)], ids=str)
def printed(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: Path,
    pdftoppm: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Printed:
    """Print the lesson on a size of paper, with its script and without, in dark surroundings."""
    size, script = request.param
    visit = begin_visit(browser, java_script_enabled=script, color_scheme="dark")
    visit.page.goto((site / CHAPTER / "index.html").as_uri())
    file = tmp_path_factory.mktemp("print") / f"{size}.pdf"
    visit.page.pdf(path=file, format=size)
    visit.page.context.close()
    return Printed(file, pdftoppm.parent)


def test_every_frame_is_printed_once_and_none_is_cut(printed: Printed) -> None:
    """One that goes over a page's end would be counted on both pages; those of a scene share a picture."""
    pictures = printed.pictures()
    others = ("a photograph", "its map")
    assert len(pictures) == 25 * len(SCENES) + len(others)
    assert len({name for _, name in pictures}) == len(SCENES) + len(others)


def test_nothing_of_the_screen_is_printed(printed: Printed) -> None:
    """No navigation, no buttons, no summary of what is folded away."""
    text = "\n".join(line.text for line in printed.lines())
    assert "A question for the grid" in text
    assert [words for words in OF_THE_SCREEN if re.search(rf"^{words}\b", text, re.MULTILINE)] == []


def test_the_text_stands_inside_the_margins(printed: Printed) -> None:
    """No line is cut by the paper's edge."""
    width, height = map(
        float, re.findall(r"Page size: +([\d.]+) x ([\d.]+)", printed.said("pdfinfo", str(printed.file)))[0]
    )
    for line in printed.lines():
        if line.text.isdigit() and line.top > height - 50:  # the number of the page
            continue
        assert MARGIN < line.left < line.right < width - MARGIN, line
        assert MARGIN < line.top < line.bottom < height - MARGIN, line


def test_no_heading_ends_a_page(printed: Printed, site: Path) -> None:
    """Below a heading or a caption stands what it belongs to, text or a picture."""
    headings = set(re.findall(r"<h[23][^>]*>([^<]+)</h", (site / CHAPTER / "index.html").read_text("utf-8")))
    lines = printed.lines()
    last = {line.page: line for line in lines}
    pictured = {page for page, _ in printed.pictures()}
    assert len(headings & {line.text for line in lines}) > 5
    for page, line in last.items():
        assert line.text not in headings, line
        if line.text.replace(" ", "").startswith("FIGURE"):
            assert page in pictured, line


def test_the_program_is_not_cut(printed: Printed) -> None:
    """A listing's first and last line are on one page, its file's name too."""
    pages = {line.text: line.page for line in printed.lines()}
    assert pages["convolve.py"] == pages["SOBEL = ["] == pages["print(line)"]


def test_a_page_is_white(printed: Printed, tmp_path: Path) -> None:
    """A reader who likes it dark on the screen does not print it dark."""
    printed.said("pdftoppm", "-r", "30", "-gray", str(printed.file), str(tmp_path / "page"))
    for page in tmp_path.iterdir():
        _, _, _, pixels = page.read_bytes().split(b"\n", 3)
        assert sum(pixels) / len(pixels) > 255 * 0.85, page


@pytest.mark.parametrize("width", [703, 726], ids=["A4", "Letter"])
def test_each_beat_stands_beside_its_frames(new_page: NewPage, site: Path, width: int) -> None:
    """The text begins at the height of its first frame and keeps clear of all of them, at paper's widths."""
    page = new_page(viewport={"width": width, "height": 1000}).page
    page.goto((site / CHAPTER / "index.html").as_uri())
    page.emulate_media(media="print")
    beats = boxes_of_beats(page)
    data = json.loads((site / CHAPTER / SCROLLING / "frames.json").read_text())
    assert [name for beat in beats for name in beat["names"]] == [
        f"Frame {number}" for number in range(1, len(data["frames"]) + 1)
    ]
    for beat in beats:
        told, frames = beat["told"], beat["frames"]
        assert abs(told["top"] - frames[0]["top"]) <= POINTS
        assert frames[0]["left"] >= told["right"] - POINTS
        assert all(
            frame["top"] >= told["bottom"] - POINTS or frame["left"] >= told["right"] - POINTS
            for frame in frames
        )
        assert all(frame["right"] <= width + POINTS for frame in frames)


def boxes_of_beats(page: Page) -> list[dict[str, Any]]:
    boxes: list[dict[str, Any]] = page.locator(f"#{SCROLLING} .beat").evaluate_all(
        """beats => beats.map(beat => {
            const box = node => node.getBoundingClientRect().toJSON();
            const frames = Array.from(beat.querySelectorAll(".shots svg"));
            return {
                told: box(beat.querySelector(".told")),
                frames: frames.map(box),
                names: frames.map(frame => frame.getAttribute("aria-label")),
            };
        })"""
    )
    return boxes


@pytest.fixture(scope="module")
def long_print(browser: Browser, pdftoppm: Path, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Print a chapter with a film of 140 frames and with links."""
    content = tmp_path_factory.mktemp("long")
    (content / "chapters").mkdir()
    (content / "course.toml").write_text(COURSE)
    (content / "chapters" / "01-long.md").write_text(LONG)
    site = build(content, tmp_path_factory.mktemp("long-site") / "site")
    visit = begin_visit(browser)
    visit.page.goto((site / "01-long" / "index.html").as_uri())
    file = site.parent / "long.pdf"
    visit.page.pdf(path=file, format="A4")
    visit.page.context.close()
    return Printed(file, pdftoppm.parent)


def test_links_are_printed_with_their_address(long_print: Printed) -> None:
    """What could be followed on the screen can be typed from paper."""
    text = " ".join(line.text for line in long_print.lines())
    assert "The source (https://example.com/a/long/address)" in text
    assert "more (https://example.com/more)" in text


def test_a_film_too_long_for_single_frames_shows_its_finished_stage(long_print: Printed) -> None:
    """Its numbers are printed as text, without buttons."""
    text = " ".join(line.text for line in long_print.lines())
    assert long_print.pictures() == []
    (line,) = (line for line in long_print.lines() if line.text.startswith("It ends"))
    assert line.right > 300  # no frame takes room beside it
    assert "feature map 10×14" in text
    assert "Play" not in text


EXERCISES = """+++
title = "Exercises"
+++

> [!EXERCISE]
> What is one and one?
>
> [!ANSWER]
> It is two.

> [!EXERCISE]
> What is one and two?
>
> [!ANSWER]
> It is three.

That is all.
"""


@pytest.fixture(scope="module")
def many_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course of many parts, in one of which are exercises, and return where its site is."""
    content = tmp_path_factory.mktemp("parts")
    (content / "chapters").mkdir()
    planned = 'chapters = [{ planned = "Later" }]\n'
    parts = (f'[[parts]]\ntitle = "Title {number}"\n{planned}' for number in range(2, 30))
    (content / "course.toml").write_text(COURSE + "".join(parts))
    (content / "chapters" / "01-long.md").write_text(EXERCISES)
    return build(content, tmp_path_factory.mktemp("parts-site") / "site")


@pytest.mark.parametrize("opened", [0, 1])
def test_an_answer_is_printed_only_where_it_is_open(
    new_page: NewPage, many_parts: Path, pdftoppm: Path, tmp_path: Path, opened: int
) -> None:
    """Closed ones leave room to write, and no word to be clicked: a worksheet. Open ones make it a key."""
    page = new_page().page
    page.goto((many_parts / "01-long" / "index.html").as_uri())
    for summary in page.locator(".answer summary").all()[:opened]:
        summary.click()
    page.pdf(path=tmp_path / "exercises.pdf", format="A4")
    lines = Printed(tmp_path / "exercises.pdf", pdftoppm.parent).lines()

    text = " ".join(line.text for line in lines)
    assert (text.count("Answer"), text.count("It is two."), text.count("It is three.")) == (opened, opened, 0)
    assert not re.search("[▸▶▾▼]", text)
    (question,) = (line for line in lines if line.text.startswith("What is one and two"))
    (after,) = (line for line in lines if line.text.startswith("That is all"))
    assert after.top - question.bottom > 40  # points: a line of handwriting at least


def test_what_stands_over_the_title_of_a_part_never_ends_a_page(
    new_page: NewPage, many_parts: Path, pdftoppm: Path, tmp_path: Path
) -> None:
    """Nor does the title, wherever on the paper it comes to stand."""
    page = new_page().page
    page.goto((many_parts / "index.html").as_uri())
    for offset in range(0, 110, 6):
        page.evaluate(f"document.querySelector('main').style.paddingTop = '{offset}px'")
        page.pdf(path=tmp_path / "contents.pdf", format="A4")
        printed = Printed(tmp_path / "contents.pdf", pdftoppm.parent)
        lines = [line for line in printed.lines() if not line.text.isdigit()]
        parts = [
            (line, *lines[n + 1 : n + 3])
            for n, line in enumerate(lines)
            if re.match("PART[0-9]", line.text.replace(" ", ""))
        ]
        assert len(parts) == 29
        assert [part for part in parts if len({line.page for line in part}) > 1] == []


def test_no_picture_for_paper_is_loaded_on_the_screen(new_page: NewPage, site: Path) -> None:
    """Readers of the page do not pay for what only printers need."""
    visit = new_page(viewport={"width": 1280, "height": 800})
    visit.page.goto((site / CHAPTER / "index.html").as_uri())
    visit.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    visit.page.wait_for_load_state("networkidle")
    assert [url for url in visit.requests if re.search(r"/printed(-[0-9]+)?[.]png", url)] == []
