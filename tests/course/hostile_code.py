"""Code that was written to keep a program busy that colours it: what its language begins, over and over."""

import random
import re
from collections.abc import Iterator

from pygments.lexers import get_lexer_by_name

from generator.course.code import LONGEST_GAP, LONGEST_LINE, MOST_SIGNS

COMMON = (
    *('"', "'", "`", '"""', "'''", "<!--", "-->", "<", ">", "</", "/*", "*/", "//", "#", "{", "}", "(", ")"),
    *(
        "[",
        "]",
        "${",
        "#{",
        "$(",
        "\\",
        '\\"',
        " ",
        "\n",
        "\t",
        "a",
        "A",
        "0",
        "1.",
        "0x",
        "e",
        "_",
        "=",
        ":",
    ),
    *(";", ",", ".", "@", "%", "&", "|", "!", "?", "*", "-", "+", "~", "^", "$", "if ", "end", "begin "),
    *("def ", "class ", "function ", "<script>", "<style>", "<a b=", "<?", "?>", "{{", "}}", "{%", "```"),
    *('r"', 'f"{', "<<EOF\n", "=begin", "--[[", "[[", "]]", "--", "\\begin{", "$$", "\\(", "é", "::", "->"),
    *("...", "#if ", "#include <"),
)
LITERAL = re.compile(r"[A-Za-z_<>/*#$@\"'`{}()\[\]=:;,.!?|&~^%+-]{1,8}")


def hostile_codes(language: str, count: int) -> Iterator[str]:
    """Yield so many texts as long as colours are given to, the same for the same language."""
    chance, pieces = random.Random(language), _pieces(language)  # noqa: S311 - no secret
    for _ in range(count):
        chosen = [chance.choice(pieces) for _ in range(chance.choice([1, 1, 2, 2, 3, 4, 6, 30]))]
        ordered = chance.random() < 0.6
        unit = "".join(chosen) if ordered else "".join(chance.choices(chosen, k=MOST_SIGNS))
        yield _fitting(chance.choice(pieces) + unit * (MOST_SIGNS // len(unit) + 1))


def _fitting(text: str) -> str:
    """Return a text with line ends, and letters in gaps, so that it is coloured."""
    lines = re.sub(rf"[^\n]{{{LONGEST_LINE}}}", lambda line: f"{line[0]}\n", text)
    return re.sub(rf"\s{{{LONGEST_GAP}}}", lambda gap: f"{gap[0][:-1]}x", lines)[:MOST_SIGNS]


def _pieces(language: str) -> list[str]:
    """Return what may begin something in a language: its own words and signs, and everybody's."""
    found = set(COMMON)
    for kind in type(get_lexer_by_name(language)).__mro__:
        tokens = getattr(kind, "tokens", {})
        for rule in (rule for rules in tokens.values() for rule in rules) if isinstance(tokens, dict) else ():
            if isinstance(rule, tuple) and isinstance(rule[0], str):
                found.update(LITERAL.findall(rule[0]))
    return sorted(found)
