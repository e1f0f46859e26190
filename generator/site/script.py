"""The theme's script as readers' phones get it: the same words, without what is for those who read it.

Its parts are statements that know each other. They are put into one function, so that nothing of them meets
what else a page may hold, and a name in one is no name in the page.
"""

import re
from functools import lru_cache

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace, is_token_subtype

APART = re.compile(r"[\w$][\w$]|\d\.|\+\+|--|//|<!")
"""What two pieces must not become by moving together: one word, one number, one sign, a comment."""
OPEN = ("", *"{([,;")
"""After these JavaScript reads no meaning into the end of a line."""


def closed(script: str) -> str:
    r"""Return statements as one function that is called at once.

    >>> closed("let a = 1;\n")
    '(() => {\n"use strict";\nlet a = 1;\n})();\n'
    """
    return f'(() => {{\n"use strict";\n{script}}})();\n'


@lru_cache(maxsize=4)
def compact(script: str) -> str:
    r"""Return a script without comments, and without space that does not keep two words or two signs apart.

    Ends of lines stay where JavaScript may read meaning into them.

    >>> compact("/** What it does. */\nlet a = b + +1; // why\n\n  go(`a  ${ a } // b`);\n")
    'let a=b+ +1;go(`a  ${a} // b`);\n'
    """
    pieces = [""]
    gap = ""
    for kind, text in JavascriptLexer(stripnl=False).get_tokens(script):
        if is_token_subtype(kind, Comment) or is_token_subtype(kind, Whitespace):
            gap = "\n" if "\n" in gap + text else " "
        elif text:
            pieces += _kept(gap, pieces[-1], text), text
            gap = ""
    return "".join(pieces) + "\n"


def _kept(gap: str, before: str, after: str) -> str:
    """Return what has to stay of the space between two pieces of a script."""
    if gap == "\n":
        return "" if before[-1:] in OPEN else gap
    return gap if APART.match(before[-1:] + after[0]) else ""
