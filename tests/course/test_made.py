"""The last word on what comes out of a chapter's Markdown: the list of what it can make."""

import pytest

from generator.course.dialect.made import made_faults

FINE = (
    "<p>a <em>b</em> <a href='https://x.y' title='t'>c</a><br></p>",
    "<a href='../02-blur/index.html#a-b'>c</a><a href='#here'>d</a><a href='mailto:a@b.c'>e</a>",
    "<img alt='' src='../images/a b.png' width='1' height='2' loading='lazy'>",
    "<math display='block'><mfrac><mn>1</mn><mn>2</mn></mfrac><mspace width='1em'/></math>",
    "<pre><code><span class='k'>if</span> &lt;script&gt;</code></pre>",
)


@pytest.mark.parametrize("html", FINE)
def test_what_a_chapter_makes_is_on_the_list(html: str) -> None:
    """Text, links, pictures, formulas and code."""
    assert made_faults(html) == []


BEYOND = {
    "<script>x</script>": "hold the element <script>",
    "<p onclick='x'>a</p>": "hold the attribute onclick of <p>",
    "<p style='x'>a</p>": "hold the attribute style of <p>",
    "<img src='../images/a.png' onerror='x'>": "hold the attribute onerror of <img>",
    "<img src='https://x.y/a.png'>": 'load "https://x.y/a.png"',
    "<img src='//x.y/a.png'>": 'load "//x.y/a.png"',
    "<img src='../images\\a.png'>": 'load "../images\\a.png"',
    "<a href='javascript:x'>a</a>": 'lead to "javascript:x"',
    "<a href='&#106;avascript&colon;x'>a</a>": 'lead to "javascript:x"',
    "<a href=' java\tscr\nipt:x'>a</a>": 'lead to "javascript:x"',
    "<a href='&#1;javascript:x'>a</a>": 'lead to "javascript:x"',
    "<a href='&#47;&#47;x.y'>a</a>": 'lead to "//x.y"',
    "<a href='\\\\x.y'>a</a>": 'lead to "\\\\x.y"',
    "<a href='data:text/html,x'>a</a>": 'lead to "data:text/html,x"',
    "<math href='x'><mi>a</mi></math>": "hold the attribute href of <math>",
    "<svg/onload=x>": "hold the element <svg>",
    "<!-- a -->": 'hide " a "',
    "<!doctype html>": 'hide "doctype html"',
    "<?php x ?>": 'hide "php x ?"',
    "a</p>": "end <p> where it was not begun",
    "<p><em>a</p></em>": "end <p> where it was not begun",
    "<p>a": "leave <p> open",
    "<p/>": "leave <p> open",
}


@pytest.mark.parametrize("html", BEYOND)
def test_what_no_chapter_can_make_is_told(html: str) -> None:
    """Elements, attributes and addresses as a browser understands them, and what reaches beyond its place."""
    assert made_faults(html)[0].message == f"the text would {BEYOND[html]}"


def test_lost_pieces_are_told_as_the_emphasis_that_they_come_from() -> None:
    """Where stars cross, Python-Markdown leaves a place between two control characters."""
    faults = made_faults("<p>*a<strong>b</strong>\2klzzwxh:0000\3 end.</p>")
    assert "emphasis" in faults[0].message
