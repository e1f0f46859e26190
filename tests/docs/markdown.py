"""A document as its readers see it: sections, tables, and the blocks and words of code in them."""

import re
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
DOCS = PROJECT / "docs"


def sections(text: str) -> dict[str, str]:
    r"""Return the text of every section of level 2 by its title; what stands before the first by "".

    >>> sections("# T\nsmall\n## A\nbig\n")
    {'': '# T\nsmall\n', 'A': 'big\n'}
    """
    first, *rest = re.split(r"(?m)^## ", text)
    return {"": first, **{title: body for title, _, body in (part.partition("\n") for part in rest)}}


def blocks(text: str, language: str) -> list[str]:
    r"""Return the fenced blocks of a language.

    >>> blocks("```toml\na = 1\n```\n", "toml")
    ['a = 1\n']
    """
    return [
        found[2] for found in re.finditer(rf"^(`{{3,}}){language}\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)
    ]


def rows(text: str) -> list[dict[str, str]]:
    r"""Return the rows of all tables as cells by the words at their heads; an empty first cell goes on.

    >>> rows("| a | b |\n| --- | --- |\n| 1 | 2 |\n| | 3 |\n")
    [{'a': '1', 'b': '2'}, {'a': '1', 'b': '3'}]
    """
    found: list[dict[str, str]] = []
    for table in re.findall(r"(?:^\|.*\|\n?)+", text, re.MULTILINE):
        head, _, *lines = map(_cells, table.splitlines())
        first = ""
        for cells in lines:
            first = cells[0] or first
            found.append(dict(zip(head, [first, *cells[1:]], strict=True)))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def words_of_code(text: str) -> list[str]:
    r"""Return what stands between single backticks, without the fenced blocks.

    >>> words_of_code("`a` and\n```sh\n`b`\n```\n")
    ['a']
    """
    outside = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", outside)


def with_lines(block: str, lines: Sequence[str]) -> str:
    r"""Return a scene's block with lines of the author's, which take the place of those with their keys.

    >>> with_lines('id = "a"\nstride = 1\n\n[[layers]]\n', ["stride = 2"])
    'id = "a"\nstride = 2\n\n[[layers]]\n'
    """
    head, tables = re.fullmatch(r"(.*?)((?:\n\[\[.*)?)", block, re.DOTALL).groups()  # type: ignore[union-attr]
    replaced = {key_of(line) for line in lines}
    replaced |= {key.removesuffix("s") for key in replaced & {"kernels", "images"}}
    kept = [line for line in head.splitlines() if line and key_of(line) not in replaced]
    return "\n".join([*kept, *lines, ""]) + tables


def key_of(line: str) -> str:
    """Return what stands before the equals sign of a line."""
    return line.partition("=")[0].strip()
