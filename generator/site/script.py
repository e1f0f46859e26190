"""The theme's script as readers' phones get it: the same words, without what is for those who read it.

Its parts are statements that know each other. They are put into one function, so that nothing of them meets
what else a page may hold, and a name in one is no name in the page. So the long names of constants and
functions, which are there for those who read them, can be short on the way.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from string import ascii_uppercase
from typing import NamedTuple

APART = re.compile(r"[\w$][\w$]|\d\.|\+\+|--|//|<!")
"""What two pieces must not become by moving together: one word, one number, one sign, a comment."""
OPEN = ("", *"{([,;")
"""After these JavaScript reads no meaning into the end of a line."""
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+")
OF_A_THING = re.compile(r"(?<!\.\.)\.$")
"""What ends in front of a name that is no name of the script but of a thing's; three dots are no such end."""
KEY = re.compile(r"\{ [,:}]|, [:}]")
"""What stands on either side of a name that is, or may be, a key."""


class Word(NamedTuple):
    """A piece of a script that means something."""

    gap: str
    """The space in front of it."""
    text: str
    is_name: bool


def closed(script: str) -> str:
    r"""Return statements as one function that is called at once.

    >>> closed("let a = 1;\n")
    '(() => {\n"use strict";\nlet a = 1;\n})();\n'
    """
    return f'(() => {{\n"use strict";\n{script}}})();\n'


@lru_cache(maxsize=4)
def compact(script: str) -> str:
    r"""Return a script without comments, and without space that does not keep two words or two signs apart.

    Ends of lines stay where JavaScript may read meaning into them. Short names have constants in capitals,
    and functions with a name that no thing has.

    >>> compact("/** What it does. */\nlet a = b + +1; // why\n\n  go(`a  ${ a } // b`);\n")
    'let a=b+ +1;go(`a  ${a} // b`);\n'
    """
    words = list(_words(script))
    short = _short_names(words)
    pieces = [""]
    for gap, text, is_name in words:
        is_own = is_name and not OF_A_THING.search(pieces[-1])
        written = short.get(text, text) if is_own else text
        pieces += _kept(gap, pieces[-1], written), written
    return "".join(pieces) + "\n"


def _words(script: str) -> Iterator[Word]:
    # Late, for a theme that has not changed is not read.
    from pygments.lexers.javascript import JavascriptLexer  # noqa: PLC0415
    from pygments.token import Comment, Name, Whitespace, is_token_subtype  # noqa: PLC0415

    gap = ""
    for kind, text in JavascriptLexer(stripnl=False).get_tokens(script):
        if is_token_subtype(kind, Comment) or is_token_subtype(kind, Whitespace):
            gap = "\n" if "\n" in gap + text else " "
        elif text:
            yield Word(gap, text, is_token_subtype(kind, Name))
            gap = ""


def _short_names(words: Sequence[Word]) -> dict[str, str]:
    """Return a short name, which nothing else has, for each name that can have one."""
    texts = [word.text for word in words]
    around = list(zip(["", *texts[:-1]], texts, [*texts[1:], ""], strict=True))
    keys = {name for before, name, after in around if KEY.fullmatch(f"{before} {after}")}
    things = {name for before, name, _ in around if OF_A_THING.search(before)}
    free = ("".join(letters) for length in (1, 2) for letters in product(ascii_uppercase, repeat=length))
    unused = (name for name in free if name not in texts)
    constants = [name for before, name, _ in around if before == "const" and CONSTANT.fullmatch(name)]
    functions = [name for name in _functions(texts) if name not in things]
    return dict(
        zip(
            dict.fromkeys(name for name in (*constants, *functions) if name not in keys), unused, strict=False
        )
    )


def _functions(texts: Sequence[str]) -> Iterator[str]:
    """Yield the names of functions, and of constants that hold one."""
    for before, name, after, then in zip(texts, texts[1:], texts[2:], texts[3:], strict=False):
        if before == "function" or (before == "const" and after == "=" and then == "("):
            yield name


def _kept(gap: str, before: str, after: str) -> str:
    """Return what has to stay of the space between two pieces of a script."""
    if gap == "\n":
        return "" if before[-1:] in OPEN else gap
    return gap if APART.match(before[-1:] + after[0]) else ""
