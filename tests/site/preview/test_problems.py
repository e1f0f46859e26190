"""What is shown of problems: every word of them as text, and the lines of the author's file."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.site.preview.problems import MOST, panel


class Seen(HTMLParser):
    """The elements and the words of a panel."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words += [data] if data.strip() else []


def shown(*problems: Problem) -> Seen:
    return Seen(panel(problems, [], is_over_a_page=True))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file of ten lines, of which one would be dangerous as HTML."""
    lines = [f"line {number}" for number in range(1, 11)]
    lines[4] = "<script>alert(1)</script>"
    path = tmp_path / "a.md"
    path.write_text("\r\n".join(lines))
    return path


def test_nothing_wrong_is_nothing_shown() -> None:
    assert panel([], [], is_over_a_page=True) == ""


def test_a_problem_has_its_place_its_lines_and_the_way_out(file: Path) -> None:
    """In this order; the line that is meant is marked, and no text becomes an element."""
    seen = shown(Problem(str(file), 5, "unknown <b>", 'Did you mean "a & b"?'))
    assert seen.words == [
        "1 problem",
        "The page is the last version that had none. This note goes when all is mended.",
        f"{file}:5",
        "unknown <b>",
        'Did you mean "a & b"?',
        "line 3",
        "line 4",
        "<script>alert(1)</script>",
        "line 6",
        "line 7",
    ]
    assert not {"script", "b"} & {tag for tag, _ in seen.elements}
    assert ("div", {"role": "alert"}) in seen.elements
    excerpt = next(attributes for tag, attributes in seen.elements if tag == "ol")
    assert excerpt["start"] == "3"
    marks = ["aria-current" in attributes for tag, attributes in seen.elements if tag == "li"][1:]
    assert marks == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("line", "words"), [(1, ["line 1", "line 2", "line 3"]), (10, ["line 8", "line 9", "line 10"])]
)
def test_lines_end_where_the_file_does(file: Path, line: int, words: list[str]) -> None:
    assert shown(Problem(str(file), line, "wrong")).words[4:] == words


@pytest.mark.parametrize(
    ("name", "line"), [("a.md", 0), ("a.md", 11), ("none.md", 1), ("a\0b", 1), ("", 1), ("p.png", 1)]
)
def test_without_lines_the_rest_is_shown(file: Path, name: str, line: int) -> None:
    """A file as a whole, a line that has gone, a file that has gone, a picture."""
    (file.parent / "p.png").write_bytes(b"\x89PNG\0\0")
    seen = shown(Problem(str(file.parent / name), line, "wrong"))
    assert seen.words[3] == "wrong"
    assert "ol" not in {tag for tag, _ in seen.elements}


def test_of_very_many_problems_some_are_left_to_the_terminal() -> None:
    seen = shown(*(Problem("a.md", line, "wrong") for line in range(1, MOST + 4)))
    assert (seen.words[0], seen.words[-1]) == (f"{MOST + 3} problems", "3 more in the terminal.")


def test_warnings_are_folded_and_alarm_nobody() -> None:
    html = panel([], [Problem("a.md", 0, "small")], is_over_a_page=True)
    assert "alert" not in html
    assert ("details", {"class": "warnings"}) in Seen(html).elements
    assert Seen(html).words == ["1 warning", "a.md", "small"]
