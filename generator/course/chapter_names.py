"""What the chapters of a course are called: by their numbers, and by the names of their files."""

import re
from collections.abc import Mapping

NUMBER = re.compile("[0-9]{1,4}")


def names_of(chapters: Mapping[int, str | None]) -> set[str]:
    """Return the names of the chapters that are written."""
    return {name for name in chapters.values() if name}


def chapter_called(received: str, chapters: Mapping[int, str | None]) -> str | None:
    """Return the name of the chapter that a link calls by its name or its number; None where it is planned.

    Raises:
        LookupError: the course has none of that name or number.

    >>> chapter_called("01-edges.md", {1: "01-edges", 2: None}), chapter_called("2", {1: "01-edges", 2: None})
    ('01-edges', None)

    """
    name = received.removesuffix(".md")
    if name in chapters.values():
        return name
    if not NUMBER.fullmatch(received):
        raise LookupError(received)
    return chapters[int(received)]
