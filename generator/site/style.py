"""The theme's style sheet as readers get it: the same rules, without what is for those who read them."""

import re

PIECE = re.compile(r"(?P<text>\"[^\"]*\"|'[^']*')|/\*.*?\*/|\s*\n\s*", re.DOTALL)
"""A text in quotation marks, which stays; a comment; the end of a line, and what the next is set in by."""
BEGINNING = re.compile(r"(?<=[{;])([\w-]+): ")
"""Of a declaration."""


def compact_style(style: str) -> str:
    r"""Return a style sheet without comments, and without space that does not keep two words apart.

    >>> compact_style('/* Why. */\n.a,\n.b {\n  content: "/* */"; /* so */\n\n  color: red;\n}\n\n.c {\n}\n')
    '.a,.b{content:"/* */";color:red;}\n.c{}\n'
    """
    kept = PIECE.sub(
        lambda piece: piece["text"] or ("\n" if "\n" in piece[0] and "*/" not in piece[0] else ""), style
    )
    lines = re.sub(r"\s*\n+", "\n", kept).strip()
    joined = re.sub(r"(?<=[{;,])\n|\n(?=\})", "", lines.replace(" {\n", "{"))
    return BEGINNING.sub(r"\1:", joined) + "\n"
