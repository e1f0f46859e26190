"""HTML is told part by part as the standard library's parser tells it, whatever it is like."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.course.markup import MarkupReader

Told = list[tuple[object, ...]]


def told(reader: MarkupReader | None, html: str) -> Told:
    """Return everything that is told of a text: by our reader, or where there is none by the library."""
    found: Told = []
    teller = reader or HTMLParser()

    def line() -> int:
        return reader.line if reader else teller.getpos()[0]

    def text(data: str) -> None:
        found.append(("text", data, teller.cdata_elem))

    for name, told_of in {
        "handle_starttag": lambda tag, attributes: found.append(("begin", tag, [*attributes], line())),
        "handle_startendtag": lambda tag, attributes: found.append(("whole", tag, [*attributes], line())),
        "handle_endtag": lambda tag: found.append(("end", tag, line())),
        "handle_data": text,
        "handle_comment": lambda data: found.append(("comment", data)),
        "handle_decl": lambda data: found.append(("declaration", data)),
        "handle_pi": lambda data: found.append(("instruction", data)),
        "unknown_decl": lambda data: found.append(("unknown", data)),
    }.items():
        setattr(teller, name, told_of)
    if reader:
        reader.read(html)
    else:
        teller.feed(html)
        teller.close()
    return found


PLAIN = [
    "",
    "words & signs &lt; &amp;amp; &#x2212;",
    '<p class="a">one\n<em>two</em>\n</p>\nthree',
    '<a href="?a=1&amp;b=2" hidden title="">x</a><br><img alt="a > b" src="x.png"/>',
    '<div data-measures=\'{"alone": 256}\'\n  id="far">\n\n<b id="near">x</b></div>',
    '<!doctype html>\n<html lang="en"><svg viewBox="0 0 1 1"><linearGradient id="g" /></svg></html>',
    '<script type="application/json">{"a": "&amp;", "b": 1}</script><p>after</p>',
    "<style>p { color: red }</style><p>after",
    "<p>left open",
]
ODD = [
    "a < b and c > d",
    "<p onclick=alert(1)>x</p>",
    '<p class="a"class="b">x</p>',
    '<p class="<b>">x</p>',
    "<p <b>x</b>",
    "<!-- <p> -->x",
    "<script>if (a < b) { '<p>' }</script>x",
    "<script>never ended <p>",
    "<SCRIPT>'<p>'</SCRIPT><p>x",
    "<style><b></style>",
    "<script><p></p></script>",
    "</p class='x'>",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "<",
    "<p",
    '<p class="',
    "</",
    "</>",
    "<1>",
    "<p\x0bid='a'>",
]


@pytest.mark.parametrize("html", [*PLAIN, *ODD])
def test_a_text_is_told_as_the_library_tells_it(html: str) -> None:
    assert told(MarkupReader(), html) == told(None, html)


PIECES = [
    *("<p>", "</p>", "<br/>", "<img alt='", '<a href="', '">', "'>", ">", "<", "/>", "&lt;", "&amp", "&#60;"),
    *("<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<!doctype html>", "\n", " ", "x", '"'),
    *("\x02", "=", "class", "<svg viewBox='0 0 1 1'>", "</svg>", "é", "\f", "\xa0"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_pieces_of_markup_are_told_as_the_library_tells_them(html: str) -> None:
    assert told(MarkupReader(), html) == told(None, html)
