"""The errors an author can cause, as plain records.

A leaf: it imports nothing from the project. The inner rooms raise `InvalidValue`, which states the fact
and the way out but knows no file. The room that knows where the value was written turns it into a
`Problem` with its file and line. A run gathers every problem before it gives up, so that one build
shows all of them, and raises them together as `AuthorError`.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
"""What no text may hold: every control character but line ends and tabs."""

LONGEST_QUOTE = 40
"""Letters of a received text that a message repeats."""

NEAR = 0.63
"""Likeness from which a known word is suggested: "convolve" is near "convolution", "stairs" not "stripes"."""


class InvalidValue(ValueError):  # noqa: N818 - it states what the value is, and reads so where it is raised
    """A declared value that cannot be used: the fact with the received value, and the way out."""

    def __init__(self, message: str, hint: str = "", key: str = "", row: int = 0) -> None:
        """Keep the fact; `key` names the declared key it is about, `row` the row of its list, from 1."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.key = key
        self.row = row


@dataclass(frozen=True, order=True)
class Problem:
    """One error in one line of one file that an author wrote."""

    file: str
    """Path as the author would type it, relative to where the build was started."""
    line: int
    """Line in that file, counted from 1; 0 where the file as a whole is meant."""
    message: str
    """The fact and the received value."""
    hint: str = ""
    """The way out; empty where the message already says it."""
    is_note: bool = False
    """Whether it only says what was done, so that nothing need be changed."""

    def __str__(self) -> str:
        """Return the problem as one line, `file:line: message. Hint`, with `note:` in front of a note.

        >>> str(Problem("chapters/05.md", 12, 'unknown kernel "sobelx"', 'Did you mean "sobel-x"?'))
        'chapters/05.md:12: unknown kernel "sobelx". Did you mean "sobel-x"?'
        """
        place = f"{self.file}:{self.line}" if self.line else self.file
        said = f"note: {self.message}" if self.is_note else self.message
        text = f"{place}: {said}" + (f". {self.hint}" if self.hint else "")
        # A quoted value may hold line ends, or signs that would drive the author's terminal.
        return "".join(sign if sign.isprintable() else " " for sign in text)


class AuthorError(Exception):
    """Everything that is wrong with the author's files, found in one run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of files and lines, each once."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@contextmanager
def gathering(problems: list[Problem]) -> Iterator[None]:
    """Put the problems of an `AuthorError` raised inside into the list, and go on after the block."""
    try:
        yield
    except AuthorError as error:
        problems += error.problems


def shortened(text: str) -> str:
    """Return a received text so short that a message stays readable.

    >>> shortened("9" * 100)
    '999999999999999999999999999999999999999…'
    """
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def nearest(received: str, known: Iterable[str]) -> str:
    """Return the known word that was likely meant, the first of those equally near, or "".

    >>> nearest("Sobel", ["sobel-y", "sobel-x", "emboss"]), nearest("stairs", ["step", "stripes"])
    ('sobel-x', '')
    """
    likeness = {word: SequenceMatcher(None, word, received.lower()).ratio() for word in sorted(known)}
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if likeness.get(best, 0) >= NEAR else ""


def counted(number: int, noun: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "row"), counted(3, "column")
    ('1 row', '3 columns')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown_path(path: Path) -> str:
    """Return a path as the author would type it, relative to the working directory if it is inside."""
    relative = os.path.relpath(path)
    return path.as_posix() if relative.startswith("..") else Path(relative).as_posix()


def suggestion(received: str, known: Iterable[str]) -> str:
    """Return a hint that names the likeliest known word, or else all of them; "" where none is known.

    >>> suggestion("sobelx", ["sobel-x", "sobel-y", "emboss"])
    'Did you mean "sobel-x"?'
    >>> suggestion("qwerty", ["step", "ramp"])
    'Known: ramp, step.'
    """
    words = sorted(known)
    near = nearest(received, words)
    if near or not words:
        return f'Did you mean "{near}"?' if near else ""
    return f"Known: {', '.join(words)}."
