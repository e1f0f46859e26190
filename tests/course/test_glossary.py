"""Terms: an author marks them where they are explained, and links lead there from every chapter."""

import re
from pathlib import Path

import pytest

from generator.course import Course
from generator.course.sentences import explanation
from tests.built import made
from tests.course.making import COURSE, FRONT_MATTER, SCENE, course_of

TWO = COURSE.replace('"01-edges"', '"01-edges", "02-blur"')


def two_chapters(folder: Path, first: str, second: str) -> Course:
    files = {"course.toml": TWO, "chapters/02-blur.md": FRONT_MATTER + second}
    return course_of(folder, first, files)


def links(folder: Path) -> list[list[str]]:
    """Return where the links to terms lead that stand in the pages of two chapters."""
    pages = made(folder, ["film"])
    texts = (pages[f"{name}/index.html"].decode() for name in ("01-edges", "02-blur"))
    return [re.findall(r'<a class="term" href="([^"]+)"', text) for text in texts]


def test_links_lead_to_the_chapter_that_explains_a_term(tmp_path: Path) -> None:
    """Out of prose and out of a beat, to an earlier chapter and to a later one."""
    two_chapters(
        tmp_path,
        f"A **[kernel](term:kernel)**, [it](term:kernel).\n{SCENE}\n[frame first] A [blur](term:blur).\n",
        "A [kernel](term:kernel) for a **[blur](term:blur)**.\n",
    )

    assert links(tmp_path) == [
        ["#term_kernel", "../02-blur/index.html#term_blur"],
        ["../01-edges/index.html#term_kernel"],
    ]


def test_a_term_knows_its_words_its_sentence_and_its_section(tmp_path: Path) -> None:
    body = (
        "Before. The **[first\nterm](term:first)** counts {edge.frames}. After.\n\n"
        f"{SCENE}\n## The *second* `one`\n\nA [**second**](term:second) [one](#top), then.\n"
    )
    first, second = course_of(tmp_path, body).chapters[0].terms

    assert (first.words, first.mark.section, first.mark.line) == ("first term", None, 6)
    assert re.sub("<[^>]*>", "", first.sentence) == "The first\nterm counts 25."
    assert second.mark.section
    assert (second.mark.section.anchor, second.mark.section.title) == ("the-second-one", "The second one")
    assert second.sentence == "A <span><strong>second</strong></span> <span>one</span>, then."


def test_an_author_may_say_it_in_other_words(tmp_path: Path) -> None:
    """As plain text, in the place of a link's title."""
    body = 'Then comes the **[kernel](term:kernel "A grid of weights, <b>.")**.'
    (term,) = course_of(tmp_path, body).chapters[0].terms

    assert term.sentence == "A grid of weights, &lt;b&gt;."


def test_the_glossary_has_the_terms_of_all_chapters_by_the_alphabet(tmp_path: Path) -> None:
    """Large letters and accents are of no account."""
    course = two_chapters(
        tmp_path, "**[Zero](term:z)**, **[éclair](term:e)**.", "**[Fold](term:f)** and **[add](term:a)**."
    )

    assert [(term.words, chapter.name) for term, chapter in course.glossary] == [
        ("add", "02-blur"),
        ("éclair", "01-edges"),
        ("Fold", "02-blur"),
        ("Zero", "01-edges"),
    ]


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (
            '<p>One. <dfn id="x">Two</dfn> is 3.5 of p. 7 and e.g. more! Four.</p>',
            "Two is 3.5 of p. 7 and e.g. more!",
        ),
        ('<p><strong>One.</strong> <dfn id="x">Two</dfn></p>', "Two"),
        ('<p>One <dfn id="x">two</dfn>.” Three.</p>', "One two.”"),
        ('<ul><li>No.</li><li><dfn id="x">One</dfn>: 1. Two.</li></ul>', "One: 1. Two."),
        ('<aside><p>Aside</p><p>One? So <dfn id="x">two</dfn></p></aside>', "So two"),
        ('<p>一。<dfn id="x">二</dfn>。三。</p>', "二。"),
        ('<p>1<br>2. A <math><mi>x</mi></math> &lt; <dfn id="x">y</dfn>.</p>', "A x &lt; y."),
    ],
)
def test_a_sentence_ends_where_another_begins(html: str, sentence: str) -> None:
    assert re.sub("<[^>]*>", "", explanation(html, "x").sentence) == sentence
