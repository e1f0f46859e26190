"""What is asked of Pygments: the names of languages, and code in colours."""

from functools import lru_cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

FORMATTER = HtmlFormatter(nowrap=True)


def coloured(text: str, language: str) -> str:
    """Return code in a language that is known as HTML, coloured with classes."""
    return str(highlight(text, _lexer(language), FORMATTER))


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer:
    # Of Markdown, code in it would be coloured by whatever language it names.
    lexer: Lexer = find_lexer_class_by_name(language)(handlecodeblocks=False)
    return lexer


@lru_cache(maxsize=256)
def names_of(language: str) -> tuple[str, ...]:
    """Return all names of a language, none where nobody knows it."""
    try:
        return tuple(find_lexer_class_by_name(language).aliases)
    except ClassNotFound:
        return ()
