"""The Markdown of a chapter: the cases of `dialect.txt`, and what holds for every text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.course.dialect import Dialect, Surroundings
from generator.course.folder import PictureLink
from generator.errors import AuthorError, Problem
from generator.scenes import frame_range
from tests.scenes.making import reel_from

EDGE = reel_from('id = "edge"\nimage = "step"\nkernel = "sobel-x"\n')
CHAPTERS = {1: "01-edges", 2: "02-blur", 3: None}
CASE = re.compile(
    r"^(?P<name>[^#\n].*)\n\.\n(?P<source>(?:.*\n)*?)\.\n(?P<html>(?:.*\n)*?)\.\n", re.MULTILINE
)
CASES = [
    match.group("name", "source", "html")
    for match in CASE.finditer((Path(__file__).parent / "dialect.txt").read_text("utf-8"))
]


def dialect(problems: list[Problem]) -> Dialect:
    return Dialect(Surroundings("edges.md", {"edge": EDGE}, {}, set(), CHAPTERS, picture), problems)


def picture(name: str) -> PictureLink:
    """Find a picture of 30×20 pixels under every name."""
    return PictureLink(f"../{name.removeprefix('../')}", 30, 20)


def converted(source: str) -> tuple[str, list[str]]:
    """Return a text's HTML, and its problems; a text that begins with an anchor is a beat."""
    problems: list[Problem] = []
    beat = re.match(r"\[frame ([^\]]+)\] ", source)
    reader = dialect(problems)
    if beat:
        html = reader.html(source[beat.end() :], 1, EDGE, frame_range(beat[1], EDGE))
    else:
        html = reader.html(source, 1)
    return html, list(map(str, problems))


class Elements(HTMLParser):
    """Every start of an element: its name and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def harm_in(html: str) -> list[str]:
    """Return what a page that forbids inline style and script could not hold."""
    harm = []
    for tag, attributes in Elements(html).found:
        address = re.sub(r"\s", "", attributes.get("href") or attributes.get("src") or "").lower()
        scheme = re.match(r"([a-z+.-]*):", address)
        if tag in {"script", "style", "iframe", "object", "base", "link", "form", "svg"}:
            harm.append(tag)
        harm += [name for name in attributes if name == "style" or name.startswith("on")]
        if (scheme and scheme[1] not in {"http", "https", "mailto"}) or address.startswith("//"):
            harm.append(address)
    return harm


@pytest.mark.parametrize(("name", "source", "html"), CASES, ids=[name for name, *_ in CASES])
def test_prose_becomes_html(name: str, source: str, html: str) -> None:
    """Every case comes out as it is written down, harmless and without a problem."""
    received, problems = converted(source)

    assert received == html.rstrip("\n"), name
    assert problems == []
    assert harm_in(received) == []


def test_the_table_of_cases_is_read_to_its_end() -> None:
    """No case is lost to a slip in the file."""
    text = (Path(__file__).parent / "dialect.txt").read_text("utf-8")
    assert len(CASES) == text.splitlines().count(".") / 3
    assert CASES[-1][0] == "terms in code"


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("A {kernel.size} kernel, {output.count} numbers.", "A 3×3 kernel, 25 numbers."),
        ("At most {edge[peak].sum}.", "At most 32."),
        ("Not \\{sum}, and <b> & *so* on.", "Not {sum}, and <b> & *so* on."),
    ],
)
def test_a_caption_is_text_with_values(caption: str, text: str) -> None:
    """Values are filled in, an escaped brace is a brace, and everything else stays as it is."""
    problems: list[Problem] = []

    assert dialect(problems).plain(caption, 7, EDGE) == text
    assert problems == []


def test_a_rounded_value_says_so_in_text_captions_and_formulas() -> None:
    """Its sign is that of mathematics in a formula, and no line breaks between it and the number."""
    problems: list[Problem] = []
    reader = dialect(problems)
    third = reel_from('id = "edge"\nimage = [[0.3333]]\nkernel = [[1]]\n')

    assert reader.html("{sum}", 1, third, frame_range("1", third)) == (
        '<p><span class="value">≈\u00a00.33</span></p>'
    )
    assert reader.plain("Up to {output.max}.", 1, third) == "Up to ≈ 0.33."
    in_formulas = Dialect(Surroundings("a.md", {"third": third}, {}, set(), {}, picture), problems)
    formula = re.sub("<[^>]*>", " ", in_formulas.html("$x > {third[1].sum}$", 1))
    assert formula.split() == ["x", "&gt;", "≈", "0.33"]
    assert problems == []


def test_a_mail_address_may_be_a_link() -> None:
    """Python-Markdown disguises it from collectors of addresses; a browser reads it all the same."""
    html, problems = converted("<someone@example.org>")

    assert Elements(html).found == [("p", {}), ("a", {"href": "mailto:someone@example.org"})]
    assert problems == []


@pytest.mark.parametrize(
    "address", ["javascript:x", "DATA:x", "file:///x", "ftp://x.y", "blob:x", "&#x6a;avascript:x", "//x.y"]
)
def test_a_link_has_a_harmless_scheme(address: str) -> None:
    """Only the web, mail, headings and chapters can be linked, however the address is written."""
    for source in (f"[a]({address})", f"[a][b]\n\n[b]: {address}", f"![a]({address})"):
        assert len(converted(source)[1]) == 1


def test_anchors_are_unique_through_the_chapter() -> None:
    """Headings of different pieces do not share an anchor."""
    reader = dialect([])

    assert [reader.html("## Twice", 1), reader.html("## Twice", 9)] == [
        '<h2 id="twice">Twice</h2>',
        '<h2 id="twice-1">Twice</h2>',
    ]


def test_a_value_of_a_broken_scene_is_passed_over() -> None:
    """The scene has its own problem; a second for the same mistake would mislead."""
    problems: list[Problem] = []
    reader = Dialect(Surroundings("edges.md", {}, {}, {"edge"}, CHAPTERS, picture), problems)

    reader.html("It says {edge[peak].sum}, {edge.frames} and {wedge.frames}.", 5)

    assert list(map(str, problems)) == [
        'edges.md:5: the value "{wedge.frames}" names no scene of this chapter. It has none.'
    ]


SOURCE = "a `{x.y}`\n\n~~~\n{x.y}\n~~~\nb \\{x.y}\n{x.y} and\n{x.y}\n\n```\n{x.y}\n```\n\n- {x.y}\n"


def test_a_problem_stands_where_its_words_stand() -> None:
    """Code and escaped braces hold the same words, and are passed over."""
    problems: list[Problem] = []

    dialect(problems).html(SOURCE, 100)

    assert sorted(problem.line for problem in problems) == [106, 107, 113]


FRAGMENTS = [
    *("{edge.frames}", "{sum}", "{edge[peak].sum}", "{", "}", "\\", "$", "$$", "`", "```", "~~~", "|", "-|-"),
    *(
        "[a](",
        "![a](",
        ")",
        "<",
        ">",
        "&",
        "&#106;",
        "javascript:alert(1)",
        "java\tscript:x",
        "data:x",
        "//x.y",
    ),
    *("chapter:2", "02-blur.md", "https://x.y", "[a]:", "> ", "[!NOTE]", "# ", "- ", "1. ", "    "),
    *("*", "_", "<script>", "<img src=x onerror=y>", ' style="x"', "</p>", "\n", "\n\n", " ", "x", "é", "²"),
    *("\\frac", "\\style{color:red}", "\\href{javascript:x}", "<a@b.c>", '"', "'", "(", "]"),
    *("//x.y", "[a]", "\u0002", "\u0003", "\u2028"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_no_text_does_harm(source: str) -> None:
    """Whatever is written is told as a mistake, or comes out without style, script and strange links."""
    try:
        html, problems = converted(source)
    except AuthorError:  # a fence that is not closed
        return

    if not problems:
        assert harm_in(html) == []
    assert not {"script", "style"} & {tag for tag, _ in Elements(html).found}
