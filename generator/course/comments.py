"""Comments, `<!-- like this -->`, which an author writes for authors: they are dropped, and lines keep count.

In code they stay. A comment may run over several lines and hide what stands in it, a scene or a beat too.
"""

import re

from generator.course.source_lines import ESCAPED, FENCED, SPAN, indented_code
from generator.errors import Problem

DROPPED = "\x1f"
"""All that is left of a line that held nothing but comments: Markdown never sees it, and counting goes on.

No file that is read can hold this character; to Python it is blank space.
"""
PARTS = re.compile(rf"{ESCAPED}|{FENCED}|{SPAN}|(?P<comment><!--(?:-?>|(?s:.*?)-->))|(?P<open><!--)")
EMPTY_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)?\s*")
"""What is left of a list's item that held a comment alone."""


def without_comments(text: str, line: int, file: str, problems: list[Problem]) -> str:
    """Return the text, whose first line has this number, without comments and with as many lines."""
    code = frozenset(indented_code(text))
    kept, end = [], 0
    for part in PARTS.finditer(text):
        place = text.count("\n", 0, part.start())
        if part["open"] and place not in code:
            hint = "End it with -->; to show the signs, write &lt;!-- or put them into code."
            problems.append(Problem(file, line + place, "the comment is not closed", hint))
        elif part["comment"] and place not in code:
            kept += [text[end : part.start()], part[0].count("\n") * f"{DROPPED}\n", DROPPED]
            end = part.end()
    return "\n".join(map(_tidy, "".join([*kept, text[end:]]).split("\n"))) if end else text


def without_dropped(text: str) -> str:
    """Return a text without the lines that held nothing but comments."""
    return "\n".join(line for line in text.split("\n") if line != DROPPED)


def _tidy(line: str) -> str:
    """Return a line without marks, or the mark alone where nothing else is left."""
    if DROPPED not in line:
        return line
    rest = line.replace(DROPPED, "").rstrip()
    return DROPPED if EMPTY_ITEM.fullmatch(rest) else rest
