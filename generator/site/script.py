"""The theme's script as readers' phones get it: the same words, without what is for those who read it.

Its parts are statements that know each other. They are put into one function, so that nothing of them meets
what else a page may hold, and a name in one is no name in the page. So the long names of constants, which are
there for those who read them, can be short on the way.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from string import ascii_uppercase
from typing import NamedTuple

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Name, Whitespace, is_token_subtype

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

    Ends of lines stay where JavaScript may read meaning into them. Constants in capitals have short names.

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
    gap = ""
    for kind, text in JavascriptLexer(stripnl=False).get_tokens(script):
        if is_token_subtype(kind, Comment) or is_token_subtype(kind, Whitespace):
            gap = "\n" if "\n" in gap + text else " "
        elif text:
            yield Word(gap, text, is_token_subtype(kind, Name))
            gap = ""


def _short_names(words: Sequence[Word]) -> dict[str, str]:
    """Return a short name, which nothing else has, for each constant in capitals that is never a key."""
    texts = [word.text for word in words]
    declared = [name for before, name in pairwise(texts) if before == "const" and CONSTANT.fullmatch(name)]
    around = zip(texts, texts[1:], texts[2:], strict=False)
    keys = {name for before, name, after in around if KEY.fullmatch(f"{before} {after}")}
    free = ("".join(letters) for length in (1, 2) for letters in product(ascii_uppercase, repeat=length))
    unused = (name for name in free if name not in texts)
    return dict(zip(dict.fromkeys(name for name in declared if name not in keys), unused, strict=False))


def _kept(gap: str, before: str, after: str) -> str:
    """Return what has to stay of the space between two pieces of a script."""
    if gap == "\n":
        return "" if before[-1:] in OPEN else gap
    return gap if APART.match(before[-1:] + after[0]) else ""
