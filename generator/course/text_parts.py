"""What of a chapter's text is code, a comment, or a sign taken for itself: read once, for all who ask.

Comments are dropped, anchors and addresses are looked for, and lines are found, outside code alone. One
reader says for all of them where code is, as Markdown will read it: in fences, set in, between backticks.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

FENCE = re.compile(r"^ {0,3}(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")
HEADING = re.compile(r"^ {0,3}#{1,6}(\s|$)")
RULE = re.compile(r"^ {0,3}([-*_])( *\1){2,} *$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-+) *$")
"""Makes a heading of the line above."""
ITEM = re.compile(r" *(?:[-*+]|\d+\.)(?: |$)")
"""The beginning of a list's item."""
QUOTED = re.compile(r"(?: {0,3}> ?)+")
"""What stands in front of a line of a quotation."""
INDENT = 4
"""Spaces by which Markdown sets code in, and what belongs to an item."""
BEGINNING = re.compile(r"\\[\\`{$<\[]|<!--|`+")
TICKS = re.compile("`+")
EMPTY_COMMENT = re.compile("<!---?>")
Ticks = dict[int, list[int]]
"""Where backticks stand, by how many stand together."""


@dataclass(frozen=True)
class TextPart:
    """A part of a text, from one place to another."""

    kind: Literal["code", "escaped", "comment", "open"]
    """The last is a comment that does not end."""
    start: int
    end: int


def closing_line(lines: Sequence[str], opening: int, marks: str) -> int | None:
    """Return the line that ends the fence that was opened in a line with these marks."""
    pattern = re.compile(rf"^ {{0,3}}{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$")
    return next((n for n in range(opening + 1, len(lines)) if pattern.match(lines[n])), None)


def text_parts(text: str) -> Iterator[TextPart]:
    r"""Yield the parts of a text that are not plain words, in order.

    >>> [text[part.start : part.end] for text in ["a `b` <!-- c -->"] for part in text_parts(text)]
    ['`b`', '<!-- c -->']
    """
    return _Reader(text).parts()


def without_code(text: str) -> str:
    """Return a text with spaces in place of code and escaped signs."""
    pieces, end = [], 0
    for part in text_parts(text):
        if part.kind in {"code", "escaped"}:
            pieces += [text[end : part.start], re.sub(r"[^\n]", " ", text[part.start : part.end])]
            end = part.end
    return "".join([*pieces, text[end:]])


class _Reader:
    """Reads a text line by line; a comment may take it to the middle of a later line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.least = INDENT
        """How far code is set in here."""
        self.begins = True
        """Whether the line begins a block, and may be code that is set in."""
        self.is_code = False
        self.is_quoted = False
        self.ticks: tuple[int, Ticks] = (-1, {})
        """The end of the paragraph whose backticks are known, and these."""

    def parts(self) -> Iterator[TextPart]:
        number = 0
        while number < len(self.lines):
            opening = FENCE.match(self.lines[number])
            last = closing_line(self.lines, number, opening["marks"]) if opening else None
            if last is not None:
                yield TextPart("code", self.starts[number], self.starts[last + 1] - 1)
                self.begins, self.is_code, number = True, False, last + 1
            elif self._is_set_in(number):
                yield TextPart("code", self.starts[number], self.starts[number + 1] - 1)
                number += 1
            else:
                end = self.starts[number]
                for part in self._in_line(number):
                    yield part
                    end = part.end
                number = max(number, bisect_right(self.starts, end) - 1) + 1

    def _is_set_in(self, number: int) -> bool:
        """Tell whether a line is code that is set in, and note what that means for the next."""
        line, quote = self.lines[number], QUOTED.match(self.lines[number])
        if bool(quote) != self.is_quoted:
            self.is_quoted, self.least, self.begins = bool(quote), INDENT, self.begins or bool(quote)
        inside = line[quote.end() if quote else 0 :].expandtabs(INDENT)
        words = inside.lstrip()
        if not words:
            self.begins = True
            return False
        depth = len(inside) - len(words)
        self.is_code = depth >= self.least and (self.begins or self.is_code)
        ends = bool(
            HEADING.match(inside) or RULE.match(inside) or (not self.begins and UNDERLINE.match(inside))
        )
        if not self.is_code and not ends:
            self._note_list(inside, depth)
        self.begins = ends
        return self.is_code

    def _note_list(self, inside: str, depth: int) -> None:
        if ITEM.match(inside) and (self.begins or self.least > INDENT):
            self.least = depth + 2 * INDENT
        elif self.begins and depth == 0:
            self.least = INDENT

    def _in_line(self, number: int) -> Iterator[TextPart]:
        """Yield what begins in a line, and in the rest of a later one in which such a part ends."""
        at = self.starts[number]
        while found := BEGINNING.search(self.text, at, self._line_end(at)):
            start, end = found.span()
            if found[0].startswith("\\"):
                yield TextPart("escaped", start, end)
            elif found[0] == "<!--":
                end = self._comment_end(start)
                yield TextPart("comment" if end else "open", start, end or found.end())
                end = end or found.end()
            elif closing := self._closing(start, end):
                end = closing
                yield TextPart("code", start, end)
            at = end

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _comment_end(self, start: int) -> int:
        """Return where a comment ends, 0 where it does not."""
        if empty := EMPTY_COMMENT.match(self.text, start):
            return empty.end()
        end = self.text.find("-->", start + len("<!--"))
        return end + len("-->") if end >= 0 else 0

    def _closing(self, start: int, end: int) -> int:
        """Return the end of the code that backticks begin, 0 where as many do not follow in the paragraph."""
        if start >= self.ticks[0]:
            self.ticks = self._paragraph(start)
        places = self.ticks[1].get(end - start, [])
        after = bisect_right(places, start)
        return places[after] + end - start if after < len(places) else 0

    def _paragraph(self, at: int) -> tuple[int, Ticks]:
        """Return where the paragraph around a place ends, and the backticks in the rest of it."""
        number = bisect_right(self.starts, at)
        while number < len(self.lines) and not self._is_between(number):
            number += 1
        end = self.starts[number]
        ticks: Ticks = defaultdict(list)
        for found in TICKS.finditer(self.text, at, end):
            ticks[len(found[0])].append(found.start())
        return end, ticks

    def _is_between(self, number: int) -> bool:
        """Tell whether a line ends the paragraph above it."""
        line = self.lines[number]
        return not QUOTED.sub("", line, count=1).strip() or bool(FENCE.match(line))
