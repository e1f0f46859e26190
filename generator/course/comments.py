"""Comments, `<!-- like this -->`, which an author writes for authors: they are dropped, and lines keep count.

In code they stay. A comment may run over several lines and hide what stands in it, a scene or a beat too.
"""

from generator.course.text_parts import DROPPED, EMPTY_BLOCK, text_parts
from generator.errors import Problem


def without_comments(text: str, line: int, file: str, problems: list[Problem]) -> str:
    """Return the text, whose first line has this number, without comments and with as many lines."""
    kept, end = [], 0
    for part in text_parts(text):
        if part.kind == "open":
            hint = "End it with -->; to show the signs, write \\<!-- or put them into code."
            number = line + text.count("\n", 0, part.start)
            problems.append(Problem(file, number, "the comment is not closed", hint))
        elif part.kind == "comment":
            lines = text.count("\n", part.start, part.end)
            kept += [text[end : part.start], lines * f"{DROPPED}\n", DROPPED]
            end = part.end
    return "\n".join(map(_tidy, "".join([*kept, text[end:]]).split("\n"))) if end else text


def without_dropped(text: str) -> str:
    """Return a text without the lines that held nothing but comments."""
    return "\n".join(line for line in text.split("\n") if line != DROPPED)


def _tidy(line: str) -> str:
    """Return a line without marks, or the mark alone where nothing else is left."""
    if DROPPED not in line:
        return line
    before, _, after = line.partition(DROPPED)
    after = after.replace(DROPPED, "")
    # Spaces behind a comment that begins a line would set the rest of the line in, as code.
    after = after.lstrip() if EMPTY_BLOCK.fullmatch(before) else after
    rest = (before + after).rstrip()
    return DROPPED if EMPTY_BLOCK.fullmatch(rest) else rest
