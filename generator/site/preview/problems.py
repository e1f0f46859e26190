"""Problems and warnings as HTML, each with the lines of the author's file around it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from generator.errors import Problem, counted

AROUND = 2
"""Lines shown before and after the one that is meant."""
MOST = 50
"""Problems shown in a page; the terminal has all."""
LONGEST_LINE = 400
LONGEST_FILE = 2_000_000
"""In bytes; of a longer one no lines are shown."""


def panel(problems: Sequence[Problem], warnings: Sequence[Problem], *, is_over_a_page: bool) -> str:
    """Return what a page shows of a build: problems as an alert, warnings folded; "" where there are none.

    Files are read as they are now, so that what is shown is what was wrong.
    """
    parts = []
    if problems:
        parts.append(_problems(problems, is_over_a_page=is_over_a_page))
    if warnings:
        parts.append(_warnings(warnings))
    return "\n".join(parts)


def _problems(problems: Sequence[Problem], *, is_over_a_page: bool) -> Markup:
    page = "The page is the last version that had none." if is_over_a_page else "There is no page yet."
    return Markup(
        '<div role="alert"><details class="problems" open>\n'
        "<summary><strong>{count}</strong></summary>\n"
        '<p class="page">{page} This note goes when all is mended.</p>\n{items}\n</details></div>'
    ).format(count=counted(len(problems), "problem"), page=page, items=_items(problems))


def _warnings(warnings: Sequence[Problem]) -> Markup:
    return Markup('<details class="warnings">\n<summary>{count}</summary>\n{items}\n</details>').format(
        count=counted(len(warnings), "warning"), items=_items(warnings)
    )


def _items(problems: Sequence[Problem]) -> Markup:
    items = Markup("\n").join(map(_item, problems[:MOST]))
    more = len(problems) - MOST
    rest = Markup('\n<p class="more">{} more in the terminal.</p>').format(more) if more > 0 else ""
    return Markup('<ul class="items">\n{}\n</ul>{}').format(items, rest)


def _item(problem: Problem) -> Markup:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Markup('<li>\n<p class="place">{}</p>\n<p class="message">{}</p>{}{}\n</li>').format(
        place,
        problem.message,
        Markup('\n<p class="hint">{}</p>').format(problem.hint) if problem.hint else "",
        _excerpt(Path(problem.file), problem.line),
    )


def _excerpt(file: Path, line: int) -> Markup:
    """Return the lines of a file around one, which is marked; nothing where they cannot be read."""
    lines = _lines(file)
    if not 1 <= line <= len(lines):
        return Markup("")
    first = max(1, line - AROUND)
    shown = enumerate(lines[first - 1 : line + AROUND], first)
    return Markup('\n<ol class="excerpt" start="{}">\n{}\n</ol>').format(
        first, Markup("\n").join(_numbered(shown, line))
    )


def _numbered(lines: Iterable[tuple[int, str]], marked: int) -> Iterable[Markup]:
    for number, text in lines:
        mark = Markup(' class="marked" aria-current="true"') if number == marked else ""
        yield Markup("<li{}><code>{}</code></li>").format(mark, text[:LONGEST_LINE])


def _lines(file: Path) -> list[str]:
    try:
        if not file.is_file() or file.stat().st_size > LONGEST_FILE:
            return []
        data = file.read_bytes()
    except (OSError, ValueError):
        return []
    # A picture has no lines.
    return [] if b"\0" in data else [line.rstrip("\r") for line in data.decode(errors="replace").split("\n")]
