"""The built pages: they ask nothing of anybody, and every link in them leads somewhere."""

import json
import re
from collections import Counter
from functools import cache
from itertools import compress, pairwise
from posixpath import dirname

import pytest

from generator.cli import PROJECT
from generator.course import Course
from generator.scenes.numerals import number_text
from tests.site.pages import (
    addresses,
    elements,
    html_pages,
    identifiers,
    is_outward,
    place_of,
    shown_text,
)

CHAPTER = "05-convolution-and-filters/index.html"
CHAPTERS = [f"{path.stem}/index.html" for path in sorted((PROJECT / "content" / "chapters").glob("*.md"))]
PATHS = ("index.html", "404.html", "glossary/index.html", *CHAPTERS)
EVERY_PAGE = pytest.mark.parametrize("path", PATHS)
PAGES_WITH_FILES = pytest.mark.parametrize("path", [path for path in PATHS if path != "404.html"])
"""The page for what is not found refers to none; `test_pages_host` looks at it."""


@pytest.fixture(scope="session")
def pages(files: dict[str, bytes]) -> dict[str, str]:
    return html_pages(files)


def test_these_are_all_the_pages(pages: dict[str, str]) -> None:
    """The tests below look at every page that there is."""
    assert set(pages) == set(PATHS)


@PAGES_WITH_FILES
def test_every_address_leads_to_a_built_file(
    pages: dict[str, str], files: dict[str, bytes], course: Course, path: str
) -> None:
    """Links, pictures, scripts, style sheets are files of the site; fragments are ids or frames in them."""
    inward = [address for element, address in addresses(pages[path]) if not is_outward(element, address)]
    assert inward
    fragments = cache(lambda page: {*identifiers(pages[page]), *frames_of(course, page)})
    for address in inward:
        file, fragment = place_of(path, address)
        assert file in files, address
        assert not fragment or fragment in fragments(file), address


def frames_of(course: Course, page: str) -> set[str]:
    """Return the fragments by which the scenes of a page are opened at their frames."""
    chapters = [chapter for chapter in course.chapters if page == f"{chapter.name}/index.html"]
    reels = [block.reel for chapter in chapters for block in chapter.scenes]
    return {f"{reel.scene.id}={number}" for reel in reels for number in range(1, len(reel.frames) + 1)}


@PAGES_WITH_FILES
def test_every_address_of_the_site_is_relative(pages: dict[str, str], path: str) -> None:
    """Nothing but an ordinary link leads to another site, and nothing begins at the server's root."""
    for element, address in addresses(pages[path]):
        if not is_outward(element, address):
            assert not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", address), address


@PAGES_WITH_FILES
def test_a_page_and_its_style_ask_nothing_of_another_host(
    pages: dict[str, str], files: dict[str, bytes], path: str
) -> None:
    """No address of another host stands in a style sheet or in a script that the page loads."""
    loaded = [
        files[place_of(path, address)[0]].decode()
        for element, address in addresses(pages[path])
        if element.tag in {"script", "link"}
    ]
    assert loaded
    for text in loaded:
        found = re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}[^\s\"')]*", text)
        assert [address for address in found if "www.w3.org" not in address] == []
        assert "@import" not in text


@PAGES_WITH_FILES
def test_no_style_and_no_script_stands_in_a_page(pages: dict[str, str], path: str) -> None:
    """The policy forbids both; data in a script element is no script."""
    for element in elements(pages[path]):
        assert element.tag != "style"
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        if element.tag == "script":
            assert bool(element.attributes.get("src")) != (
                element.attributes.get("type") == "application/json"
            )


@PAGES_WITH_FILES
def test_the_policy_comes_before_everything_it_rules(pages: dict[str, str], path: str) -> None:
    """Each page forbids all that it does not need, inline style and script above all."""
    names = [element.tag for element in elements(pages[path])]
    (policy,) = [
        element.attributes["content"]
        for element in elements(pages[path])
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert "unsafe" not in policy
    assert names[:4] == ["html", "head", "meta", "meta"]


@EVERY_PAGE
def test_scripts_are_classic(pages: dict[str, str], path: str) -> None:
    """A page opened from disk can load no module."""
    types = [
        element.attributes.get("type", "") for element in elements(pages[path]) if element.tag == "script"
    ]
    assert set(types) <= {"", "application/json"}


@EVERY_PAGE
def test_no_id_stands_twice(pages: dict[str, str], path: str) -> None:
    """A link to an id leads to one place."""
    assert [name for name, count in Counter(identifiers(pages[path])).items() if count > 1] == []


@EVERY_PAGE
def test_every_reference_to_an_id_is_met(pages: dict[str, str], path: str) -> None:
    """What labels or describes an element is in the page."""
    known = set(identifiers(pages[path]))
    for element in elements(pages[path]):
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert set(element.attributes.get(name, "").split()) <= known


@EVERY_PAGE
def test_a_page_has_a_title_a_language_and_one_main_heading(pages: dict[str, str], path: str) -> None:
    """A reader who listens knows where she is."""
    found = elements(pages[path])
    assert found[0].attributes["lang"] == "en"
    assert next(element.text.strip() for element in found if element.tag == "title")
    assert len([element for element in found if element.tag == "h1"]) == 1
    assert len([element for element in found if element.tag == "main"]) == 1


@EVERY_PAGE
def test_headings_step_down_one_by_one(pages: dict[str, str], path: str) -> None:
    """No level is left out on the way down."""
    levels = [
        int(element.tag[1]) for element in elements(pages[path]) if re.fullmatch(r"h[1-6]", element.tag)
    ]
    assert levels[0] == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


@EVERY_PAGE
def test_every_picture_says_what_it_shows_and_how_large_it_is(pages: dict[str, str], path: str) -> None:
    """They have a text in their place and room is kept for them; but for those that say nothing new."""
    html = pages[path]
    pictures = [element for element in elements(html) if element.tag == "img"]
    silent = [element for element in pictures if not element.attributes["alt"]]
    assert all({"width", "height"} <= set(element.attributes) for element in pictures)
    assert all(element.is_hidden for element in silent)
    beside_links = html.count('<span class="shot">')
    assert len(silent) == html.count("<foreignObject ") + beside_links


def test_the_chapter_shows_the_code_that_was_run(pages: dict[str, str]) -> None:
    """The text of `convolve.py` stands in the page, letter by letter."""
    assert (PROJECT / "content" / "code" / "convolve.py").read_text("utf-8").strip() in shown_text(
        pages[CHAPTER]
    )


def test_every_scene_brings_its_frames_along(pages: dict[str, str], course: Course) -> None:
    """Beside each figure stand as many frames as its reel has, as data that the script can read."""
    inline = [
        json.loads(element.text)
        for element in elements(pages[CHAPTER])
        if element.attributes.get("class") == "frames"
    ]
    (lesson,) = (chapter for chapter in course.chapters if chapter.name == dirname(CHAPTER))
    reels = [block.reel for block in lesson.scenes]
    assert [len(data["frames"]["spoken"]) for data in inline] == [len(reel.frames) for reel in reels]
    drawn = [reel.scene.showing.has_every_number for reel in reels]
    assert any(drawn)
    for data, reel in zip(compress(inline, drawn), compress(reels, drawn), strict=True):
        answers = [tile.partition(":")[0] for cells in data["frames"]["cells"] for _, tile in cells]
        assert answers == [number_text(frame.value) for frame in reel.frames]


def test_without_a_script_the_finished_map_can_be_read(pages: dict[str, str]) -> None:
    """The page says every number of a map, in the figure and in a table, of which a corner is empty.

    A photograph has too many.
    """
    html = pages[CHAPTER].partition('id="sobel-edge"')[2]
    tables = "".join(re.findall(r'<details class="numbers">.*?</details>', html, re.DOTALL))
    cells = [element.text for element in elements(tables) if element.tag == "td"]
    drawn = [element.text for element in elements(html) if "cell-text" in element.attributes.get("class", "")]
    assert cells.count("") == tables.count("<table")
    assert [text for text in cells if text] == drawn
    assert drawn[:5] == ["0", "32", "32", "0", "0"]


def test_a_table_of_a_window_counts_as_its_picture_does(pages: dict[str, str], course: Course) -> None:
    """The first figure of the first chapter ends on a window inside a photograph."""
    table = re.search(r"<table>\n<caption>The last window.*?</table>", pages[CHAPTERS[0]], re.DOTALL)
    assert table
    reel = course.chapters[0].scenes[0].reel
    for side, word in enumerate(("row", "column")):
        first, size = reel.output_corner[side], reel.output_size[side]
        assert first > 50
        told = re.findall(rf"<th[^>]*>{word} (\d+)</th>", table[0])
        assert told == [str(first + at) for at in range(1, size + 1)]


def test_a_chapter_says_at_its_head_what_its_reader_will_be_able_to_do(
    pages: dict[str, str], course: Course
) -> None:
    for chapter in course.chapters:
        head = pages[f"{chapter.name}/index.html"].partition("<h2")[0]
        told = re.findall(r"<li>(.+)[;.]</li>", head.partition("At the end of this chapter you can")[2])
        assert tuple(told) == chapter.goals != ()


def test_a_chapter_lists_its_sections_before_its_text(pages: dict[str, str], course: Course) -> None:
    """Each heading of level 2 once, in order, with the words that it has."""
    for chapter in course.chapters:
        html = pages[f"{chapter.name}/index.html"]
        headings = re.findall(r'<h2 id="([^"]+)">(.+?)</h2>', html)
        head, _, _ = html.partition("<h2")
        listed = re.findall(r'<li><a href="#([^"]+)">(.+?)</a></li>', head)
        assert listed == headings
        assert len(listed) > 2


def test_the_contents_say_where_to_start_how_long_it_takes_and_what_to_know(
    pages: dict[str, str], course: Course
) -> None:
    assert course.start
    html = pages["index.html"]
    first, *_ = [e for e, address in addresses(html) if address == f"{course.start.name}/index.html"]
    assert first.text == f"Start here: {course.start.title}"
    told = re.findall(r"About (\d+) minutes. To know before: (.+?)</p>", html)
    assert [before for _, before in told] == [chapter.before for chapter in course.chapters]
    assert all(3 < int(minutes) < 40 for minutes, _ in told)


def test_every_link_to_a_chapter_on_the_contents_and_at_a_chapters_end_has_its_picture(
    pages: dict[str, str], course: Course
) -> None:
    linked = [re.findall(r'<a href="(\S+)/index.html">[^<]*<span class="thumb', pages["index.html"])]
    linked += [
        re.findall(r'<a rel="\w+" href="../(\S+)/index.html"><span class="thumb', pages[p]) for p in CHAPTERS
    ]
    names = [chapter.name for chapter in course.chapters]
    beside = [names[max(at - 1, 0) : at] + names[at + 1 : at + 2] for at in range(len(names))]
    assert linked == [[course.start.name if course.start else "", *names], *beside]


def test_the_glossary_lists_every_term_by_the_alphabet_with_the_way_to_it(
    pages: dict[str, str], course: Course
) -> None:
    """Each with what explains it, and the section in which that stands; contents and chapters lead there."""
    html = pages["glossary/index.html"]
    listed = re.findall(r'<dt><a href="\.\./(\S+)/index.html#(\S+)">(.+?)</a></dt>', html)
    assert [words for _, _, words in listed] == sorted((words for _, _, words in listed), key=str.casefold)
    marked = [(chapter.name, term.anchor) for chapter in course.chapters for term in chapter.terms]
    assert sorted((name, anchor) for name, anchor, _ in listed) == sorted(marked)
    assert len({name for name, _ in marked}) > 2
    told = re.findall(r"<dd>(.+?)</dd>", html, re.DOTALL)
    assert len(told) == len(marked)
    assert all(
        re.search(r'\S <span class="where">Chapter \d+, <a href="\S+">.+</a></span>$', each) for each in told
    )
    for page in ("index.html", *CHAPTERS):
        assert [a for _, a in addresses(pages[page]) if place_of(page, a)[0] == "glossary/index.html"]


def test_the_contents_list_every_chapter(pages: dict[str, str], course: Course) -> None:
    """Written chapters are linked, planned ones are named together in a line."""
    text = shown_text(pages["index.html"])
    for part in course.parts:
        assert part.title in text
        assert all(chapter.title in text for chapter in part.written)
        assert "; ".join(chapter.title for chapter in part.planned) in text
    linked = [address for element, address in addresses(pages["index.html"]) if element.tag == "a"]
    assert f"{course.chapters[0].name}/index.html" in linked
