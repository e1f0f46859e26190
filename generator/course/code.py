"""Code, highlighted with classes and no inline style.

Pygments knows some six hundred languages, and with some of them a short text keeps it busy for ever. So few
are offered: those that a lesson needs, each of which was given hostile texts; and no code that is endless.
"""

import re
from html import escape

from generator.errors import InvalidValue, suggestion

LANGUAGES = (
    *("bash", "batch", "c", "console", "cpp", "css", "diff", "docker", "glsl", "go", "haskell", "html"),
    *("ini", "java", "javascript", "json", "julia", "kotlin", "lua", "markdown", "matlab", "octave", "php"),
    *("powershell", "pycon", "pytb", "python", "r", "rust", "sql", "swift", "tex", "toml", "xml", "yaml"),
)
"""Pygments' names for the languages that are coloured; each may be called by its other names too."""
PLAIN = frozenset({"", "csv", "log", "none", "output", "plain", "plaintext", "text", "txt"})
"""What code is called in which nothing is to be coloured."""
MOST_SIGNS = 6_000
LONGEST_LINE = 300
LONGEST_GAP = 200
"""Of space and empty lines; many patterns look for what comes behind it, from each of its signs anew."""


def code_html(text: str, language: str) -> str:
    """Return code as HTML, coloured where that is wanted and possible.

    Args:
        text: the code.
        language: its name, or the ending of its files.

    """
    if language in PLAIN or plain_fault(text, language):
        return escape(text)
    from generator.course.colours import coloured  # noqa: PLC0415 - late, as below

    return coloured(text, language)


def plain_fault(text: str, language: str) -> InvalidValue | None:
    """Return why code is shown without colours although its language is named."""
    if language in PLAIN:
        return None
    if not set(_names_of(language)) & set(LANGUAGES):
        return InvalidValue(f'code in "{language}" is shown without colours', suggestion(language, LANGUAGES))
    sizes = (
        (len(text), MOST_SIGNS, "it has {:,} signs"),
        (max(map(len, text.split("\n"))), LONGEST_LINE, "a line of it has {:,} signs"),
        (max(map(len, re.findall(r"\s+", text)), default=0), LONGEST_GAP, "a gap in it has {:,} signs"),
    )
    for size, most, told in sizes:
        if size > most:
            fact = f"the code is shown without colours, for {told.format(size)}"
            return InvalidValue(fact, f"At most {most:,} are coloured; show a part of it.")
    return None


def is_language(name: str) -> bool:
    """Tell whether there is a language of that name, coloured or not."""
    return bool(_names_of(name))


def _names_of(language: str) -> tuple[str, ...]:
    """Return all names of a language, none where nobody knows it."""
    from generator.course.colours import names_of  # noqa: PLC0415 - late, for many a text names no language

    return names_of(language)
