"""Comments are for authors: readers never see one, and every line keeps its number."""

from pathlib import Path

import pytest

from generator.course import Prose, SceneBlock
from generator.course.comments import without_comments, without_dropped
from generator.errors import Problem
from tests.course.making import SCENE, course_of


def kept(text: str) -> str:
    """Return what Markdown sees of a text."""
    problems: list[Problem] = []
    left = without_comments(text, 1, "edges.md", problems)
    assert problems == []
    assert left.count("\n") == text.count("\n")
    return without_dropped(left)


GONE = {
    "One.\n\n<!-- for me -->\n\nTwo.": "One.\n\n\nTwo.",
    "One <!-- for\nme --> two.": "One\ntwo.",
    "One\n<!-- for me -->\ntwo.": "One\ntwo.",
    "One.\n<!-- for\n\nme\n\n-->\nTwo.": "One.\nTwo.",
    "- one\n<!-- for me -->\n- two": "- one\n- two",
    "- one\n    <!-- for me -->\n- two": "- one\n- two",
    "- one\n\n    <!-- for\n\n    me -->\n\n    more": "- one\n\n\n    more",
    "- one\n    - two\n\n        <!-- for me -->\n": "- one\n    - two\n\n",
    "- one\n- <!-- two -->\n- three": "- one\n- three",
    "1. one <!-- a --> two <!-- b -->": "1. one  two",
    "> one\n> <!-- for me -->\n> two": "> one\n> two",
    "> [!NOTE]\n> <!-- for\n> me -->\n> two": "> [!NOTE]\n> two",
    "Don`t <!-- secret --> and\n\nwon`t": "Don`t  and\n\nwon`t",
    "a ` b\n\n<!-- never closed <!-- secret -->\n\nc ` d": "a ` b\n\n\nc ` d",
    "```a``` b <!-- secret -->\n\n```\n<!-- kept -->\n```": "```a``` b\n\n```\n<!-- kept -->\n```",
    "> a ` b\n>\n> <!-- secret --> c ` d": "> a ` b\n>\n> c ` d",
    "## One <!-- a -->": "## One",
    "| a <!-- b --> |\n|---|": "| a  |\n|---|",
    "a<!---->b<!--->c<!-->d": "abcd",
    "<!-- `a --> b `c <!-- d -->`": "b `c <!-- d -->`",
    "<!-- a -->\n    code <!-- b -->": "    code <!-- b -->",
    "One.\n<!-- a -->\n    more <!-- b -->": "One.\n    more",
    "    code\n<!-- a -->\n    code <!-- b -->": "    code\n    code <!-- b -->",
    "- <!-- a -->\n    code <!-- b -->": "    code <!-- b -->",
    "<!-- a --> <!-- b\n-->      words <!-- c -->\n    more": "words\n    more",
    "- <!-- a -->     words `<!-- b -->`": "- words `<!-- b -->`",
    "<!-- a --> b <!-- c --> d": "b  d",
    "- <!-- a --> b <!-- c --> d": "- b  d",
    "> <!-- a --><!-- b --> c <!-- d -->": "> c",
    "<!--\n```scene\n-->\nOne.": "One.",
}


@pytest.mark.parametrize("text", GONE)
def test_comments_are_dropped(text: str) -> None:
    """In a line, over several, in lists, quotations and tables; a line of comments leaves no gap."""
    assert kept(text) == GONE[text]


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- a -->`",
        "`` ` <!-- a\nb --> ``",
        "```html\n<!-- a -->\n```",
        "~~~\n<!--\n~~~\n\n-->",
        "Code:\n\n    <!-- a -->\n    b",
        "- one\n\n        <!-- a -->",
        "\\<!-- a -->",
        "```\n``` not the end\n<!-- a -->\n```",
        "> a\n>\n>     <!-- a -->\n>     </div>",
        "\\\\`<!-- a -->` x",
        "```\n- item\n```\n\n    <!-- a -->",
        "- - -\n\n    <!-- a -->",
        "In\n1968. It was\n\n    <!-- a -->",
        "text\n- no list\n\n    <!-- a -->",
        "## Heading\n    <!-- a -->",
        "Heading\n---\n    <!-- a -->",
        "a `<!-- b\nc -->` d",
        "&lt;!-- a -->",
        '```scene\ncaption = "<!-- a -->"\n```',
    ],
)
def test_in_code_they_stay(text: str) -> None:
    """Code in a line, in a block, and set in; and where a sign is taken for itself."""
    assert kept(text) == text


def test_a_list_in_a_comment_begins_no_list() -> None:
    """What is hidden has no say in what is code after it."""
    assert kept("<!--\n- item\n-->\n\n    <!-- a -->") == "\n    <!-- a -->"


def test_a_comment_hides_what_stands_in_it(tmp_path: Path) -> None:
    """Scenes, beats and headings in a comment are not there; what follows is where it was."""
    hidden = f"<!--\n{SCENE}\n## Hidden\n\n-->\n"
    body = f"{hidden}Before.\n{SCENE}\n[frame first] One.\n<!--\n[frame 2] Hidden.\n-->\n[frame last] Two.\n"
    (chapter,) = course_of(tmp_path, body).chapters

    prose, scene = chapter.blocks
    assert isinstance(prose, Prose)
    assert prose.html == "<p>Before.</p>"
    assert isinstance(scene, SceneBlock)
    assert [beat.html for beat in scene.beats] == ["<p>One.</p>", "<p>Two.</p>"]
    assert scene.reel.scene.line == 4 + body[: body.rindex("```scene")].count("\n") + 1


def test_a_list_with_a_comment_stays_one_list(tmp_path: Path) -> None:
    """It reads as if the comment had never been there."""
    (chapter,) = course_of(tmp_path, "- one\n<!-- a\n\nb -->\n- two <!-- c -->\n").chapters

    assert [block.html for block in chapter.blocks if isinstance(block, Prose)] == [
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    ]
