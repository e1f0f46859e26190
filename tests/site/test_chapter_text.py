"""A finished page is parsed once more before it is written: what chapters put into it is on their list."""

import pytest

from generator.errors import AuthorError
from generator.site.chapter_text import marked, settled


def refusal(page: str) -> str:
    with pytest.raises(AuthorError) as raised:
        settled(page, "edges.html")
    return str(raised.value)


def test_a_page_comes_out_without_marks() -> None:
    """Around a chapter's text a template may make whatever it likes."""
    page = f"<form onsubmit='x'><svg/>{marked('<p>One.</p>')}<video></video>{marked('Two.')}</form>"

    assert settled(page, "edges.html") == "<form onsubmit='x'><svg/><p>One.</p><video></video>Two.</form>"


@pytest.mark.parametrize("harm", ["<script>x</script>", "<p onload='x'></p>", "<a href='javascript:x'></a>"])
def test_what_no_chapter_can_make_stops_the_page(harm: str) -> None:
    """However it has come to stand in a chapter's text."""
    assert refusal(f"<main>{marked(f'<p>One.</p>{harm}')}</main>").startswith("edges.html: the text would ")


@pytest.mark.parametrize("text", ["</main><p>", "<p>", "</p>"])
def test_a_chapters_text_stays_in_its_place(text: str) -> None:
    """Nothing in it ends what a template has begun, or stays open behind it."""
    assert "edges.html: " in refusal(f"<main>{marked(text)}</main>")


@pytest.mark.parametrize(
    "page", ["<p title='{}'></p>", "<script>{}</script>", "<!-- {} -->", "<style>{}</style>"]
)
def test_a_chapters_text_stands_in_no_tag_and_no_script(page: str) -> None:
    """A template that puts it there is told so."""
    assert "edges.html: text of a chapter " in refusal(page.format(marked("x")))
