"""LaTeX to MathML, behind one function."""

import re

from math_core import LatexError, LatexToMathML

from generator.errors import InvalidValue

COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%")
"""LaTeX takes the rest of a line from here for a comment, and readers would miss it."""
TAG = re.compile("<[^>]*>")
NAMED = re.compile(r"<a |<[^>]* id=")
"""An equation that bears a name, or refers to one: a page has no room for either."""
ALIGNMENT = re.compile(r' style="text-align: (left|right|center);[^"]*"')
INLINE_STYLE = re.compile(r' style="[^"]*"')


def mathml(latex: str, display: bool) -> str:
    """Return the formula as MathML, as a block of its own where `display` is set.

    The pages forbid inline styles, so an alignment becomes a class and any other style is dropped.

    >>> mathml("N - K", display=False)
    '<math><mi>N</mi><mo>−</mo><mi>K</mi></math>'

    Raises:
        InvalidValue: the LaTeX cannot be read, holds a comment, or names an equation.

    """
    if COMMENT.search(latex):
        fact = f'in the formula "{latex.strip()}" a "%" hides what follows it, as a comment'
        raise InvalidValue(fact, "Write \\% for a percent sign.")
    try:
        html = LatexToMathML(fancy_error=False).convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        reason = re.sub(r"^\s*\d+(-\d+)?:\s*", "", str(error).strip()).rstrip(".")
        raise InvalidValue(
            f'the formula "{latex.strip()}" cannot be read: {reason[:1].lower()}{reason[1:]}'
        ) from None
    if NAMED.search(html):
        fact = f'the formula "{latex.strip()}" names an equation, or refers to one by its name'
        hint = "Leave it out; for a number write \\begin{equation} ... \\tag{1} \\end{equation}."
        raise InvalidValue(fact, hint)
    return TAG.sub(lambda tag: INLINE_STYLE.sub("", ALIGNMENT.sub(r' class="align-\1"', tag[0])), html)
