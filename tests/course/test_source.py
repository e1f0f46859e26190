"""A chapter's text, cut into pieces that know their lines."""

import pytest

from generator.course.source import (
    SourceBeat,
    SourceBody,
    SourceFence,
    SourceText,
    front_matter,
    pieces,
)
from generator.errors import AuthorError, Problem

SCENE = '```scene\nid = "edge"\n```\n'


def cut(text: str) -> SourceBody:
    """Return the pieces of a text whose first line is line 5."""
    problems: list[Problem] = []
    result = pieces(text, 5, "edges.md", problems)
    assert problems == []
    return result


def problems_in(text: str) -> list[str]:
    problems: list[Problem] = []
    pieces(text, 5, "edges.md", problems)
    return list(map(str, problems))


def test_front_matter_ends_where_the_body_begins() -> None:
    """The body knows its first line."""
    assert front_matter('+++\ntitle = "x"\n+++\n\nHello.\n', "edges.md") == ('title = "x"', "\nHello.\n", 4)


@pytest.mark.parametrize("text", ["", "Hello.", "++++\n+++", " +++\n+++"])
def test_a_chapter_without_front_matter_is_refused(text: str) -> None:
    """Three plus signs and nothing else are its first line."""
    with pytest.raises(AuthorError, match=r"^edges\.md:1: the chapter has no front matter\. "):
        front_matter(text, "edges.md")


def test_text_is_one_piece_with_its_first_line() -> None:
    """Paragraphs, lists and code stay together for Markdown."""
    text = "One.\n\n- two\n\n```python\nthree\n```\n"

    assert cut(f"\n{text}").pieces == (SourceText(f"\n{text}", 5),)


def test_a_fence_of_ours_is_a_piece() -> None:
    """Its text begins on the line after its marks."""
    assert cut(f"Hello.\n{SCENE}").pieces == (
        SourceText("Hello.", 5),
        SourceFence("scene", 'id = "edge"', 6, "```"),
    )


@pytest.mark.parametrize(("opening", "closing"), [("~~~", "~~~"), ("````", "`````"), ("  ```", "``` ")])
def test_fences_are_those_of_markdown(opening: str, closing: str) -> None:
    """Backticks or tildes, three or more; the end is at least as long as the beginning."""
    (fence,) = cut(f"{opening}scene\n``\n{closing}").pieces

    assert isinstance(fence, SourceFence)
    assert (fence.info, fence.text) == ("scene", "``")


def test_a_fence_may_show_another() -> None:
    """Four backticks hold three."""
    text = f"````\n{SCENE}````"

    assert cut(text).pieces == (SourceText(text, 5),)


def test_a_beat_goes_up_to_the_next() -> None:
    """It owns its paragraphs, lists and code, and knows the line of its anchor."""
    text = f"{SCENE}\n[frame first] One.\n\n- two\n\n```\n[frame 9] code\n```\n[frame last]\nThree."

    assert cut(text).pieces[1:] == (
        SourceBeat("first", "One.\n\n- two\n\n```\n[frame 9] code\n```", 9),
        SourceBeat("last", "\nThree.", 16),
    )


@pytest.mark.parametrize("end", ["## Heading", "---", "* * *", SCENE])
def test_narration_ends_at_a_heading_a_rule_or_a_scene(end: str) -> None:
    """What follows is prose, or another scene."""
    after = cut(f"{SCENE}[frame first] One.\n{end}\nAfter.").pieces[2:]

    assert not any(isinstance(piece, SourceBeat) for piece in after)
    assert isinstance(after[-1], SourceText)
    assert after[-1].text.endswith("After.")


def test_a_rule_that_ends_narration_is_not_shown() -> None:
    """It is a sign to the generator; elsewhere it is a line across the page."""
    assert cut(f"{SCENE}[frame first] One.\n---\nAfter.").pieces[-1] == SourceText("After.", 10)
    assert cut("One.\n\n---\n").pieces == (SourceText("One.\n\n---\n", 5),)


NO_ANCHORS = (
    *(
        "[frame rates](x.md) differ.",
        "[frame][1] a",
        "A \\[frame first].",
        "[framed]",
        "[frame-by-frame] is slow",
    ),
    *(
        "See the\n[frame of reference] here.",
        "[frames of mind] and",
        "[Frames are shown\nhere](https://x.org).",
    ),
    *(
        "[frame [x]](https://x.org)",
        '[a](https://x.org "see [frame 12]")',
        "![the [frame 12] of it](images/a.png)",
    ),
    *("[see [frame 12] there](https://x.org)", "$a[frame 1]$", "[frames] are\n\n[frames]: https://x.org"),
    *("see [Frame 12] here\n\n[frame 12]: https://x.org", "[frame 12] here\n\n[frame 12]: https://x.org"),
    *(">     x [frame 1]", "a `b [frame 1]\nc` d"),
)


@pytest.mark.parametrize("line", NO_ANCHORS)
def test_words_in_brackets_are_not_always_an_anchor(line: str) -> None:
    """A link may begin with the word, and an anchor stands in front."""
    assert cut(line).pieces == (SourceText(line, 5),)


def test_a_beat_that_has_lost_its_scene_is_told_once() -> None:
    """The beats behind it have the same cause; a later scene begins anew."""
    text = f"[frame 1] One.\n[frame 2] Two.\n{SCENE}[frame 1] Fine.\n# End\n[frame 3] Three.\n[frame 4] Four."

    assert [problem.partition(". ")[0] for problem in problems_in(text)] == [
        'edges.md:5: the beat "[frame 1]" has no scene above it',
        'edges.md:12: the beat "[frame 3]" has no scene above it',
    ]


def test_a_fence_that_swallows_the_next_scene_is_told_where_it_begins() -> None:
    """The end that is found belongs to the scene."""
    assert problems_in(f"```python\nand so on\n\n{SCENE}") == [
        "edges.md:5: the fence ```python is not closed. End the block with a line ```."
    ]


def test_what_stands_before_an_open_fence_is_kept() -> None:
    """The cut says that it is not whole, so that nobody looks for what was swallowed."""
    problems: list[Problem] = []

    result = pieces(f"Hello.\n{SCENE}```python\nand so on\n", 5, "edges.md", problems)

    assert (len(result.pieces), result.whole) == (2, False)
    assert [problem.line for problem in problems] == [9]
