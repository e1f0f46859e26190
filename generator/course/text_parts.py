"""What of a chapter's text is code, a comment, or a sign taken for itself: read once, for all who ask.

Comments are dropped, anchors and addresses are looked for, and lines are found, outside code alone. One
reader says for all of them where code is, as Markdown will read it: in fences, set in, between backticks.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
EMPTY_BLOCK = re.compile(r"(?: {0,3}> ?)*\s*(?:[-*+]|\d+\.)?\s*")
"""What is left of a list's item, or of a line of a quotation, that held a comment alone."""
DROPPED = "\x1f"
"""All that is left of a line that held nothing but comments: Markdown never sees it, and counting goes on.

No file that is read can hold this character; to Python it is blank space.
"""
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
    yield from _parts_of(text)


@lru_cache(maxsize=64)
def _parts_of(text: str) -> tuple[TextPart, ...]:
    """Return the parts of a text; whoever reads a chapter asks for those of one text several times."""
    return tuple(_Reader(text).parts())


def without_code(text: str) -> str:
    """Return a text with spaces in place of code and escaped signs."""
    pieces, end = [], 0
    for part in text_parts(text):
        if part.kind in {"code", "escaped"}:
            pieces += [text[end : part.start], re.sub(r"[^\n]", " ", text[part.start : part.end])]
            end = part.end
    return "".join([*pieces, text[end:]])


@dataclass(frozen=True)
class _Above:
    """What the lines above mean for the next one."""

    least: int = INDENT
    """How far code is set in here."""
    begins: bool = True
    """Whether the line begins a block, and may be code that is set in."""
    is_code: bool = False
    is_quoted: bool = False

    def and_line(self, line: str) -> "_Above":
        """Return what they mean together with one more, which is code that is set in if `is_code` says so."""
        quote, here = QUOTED.match(line), self
        if bool(quote) != self.is_quoted:
            here = replace(here, is_quoted=bool(quote), least=INDENT, begins=self.begins or bool(quote))
        inside = line[quote.end() if quote else 0 :].expandtabs(INDENT)
        return here._and_words(inside, len(inside) - len(inside.lstrip()))

    def _and_words(self, inside: str, depth: int) -> "_Above":
        """Return the same for what stands in a line, in a quotation or not, and how far it is set in."""
        if not inside.strip():
            return replace(self, begins=True)
        if depth >= self.least and (self.begins or self.is_code):
            return replace(self, begins=False, is_code=True)
        if HEADING.match(inside) or RULE.match(inside) or (not self.begins and UNDERLINE.match(inside)):
            return replace(self, begins=True, is_code=False)
        return replace(self, begins=False, is_code=False, least=self._least_below(inside, depth))

    def _least_below(self, inside: str, depth: int) -> int:
        """Return how far code is set in below a line, which may be a list's item."""
        if ITEM.match(inside) and (self.begins or self.least > INDENT):
            return depth + 2 * INDENT
        return INDENT if self.begins and depth == 0 else self.least


class _Reader:
    """Reads a text line by line; a comment may take it to the middle of a later line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.ticks: tuple[int, Ticks] = (-1, {})
        """The end of the paragraph whose backticks are known, and these."""

    def parts(self) -> Iterator[TextPart]:
        number, above = 0, _Above()
        while number < len(self.lines):
            opening = FENCE.match(self.lines[number])
            last = closing_line(self.lines, number, opening["marks"]) if opening else None
            here = above.and_line(self.lines[number])
            if last is not None:
                yield TextPart("code", self.starts[number], self.starts[last + 1] - 1)
                number, above = last + 1, replace(above, begins=True, is_code=False)
            elif here.is_code:
                yield TextPart("code", self.starts[number], self.starts[number + 1] - 1)
                number, above = number + 1, here
            else:
                found = list(self._in_line(number))
                end = max([self.starts[number], *(part.end for part in found)])
                yield from found
                above = above if self._is_dropped(number, found) else here
                number = max(number, bisect_right(self.starts, end) - 1) + 1

    def _is_dropped(self, number: int, found: Sequence[TextPart]) -> bool:
        """Tell whether a line is none to Markdown, since it holds nothing but the comments found in it."""
        if self.lines[number] == DROPPED:
            return True
        if not found or any(part.kind != "comment" for part in found):
            return False
        starts = [self.starts[number], *(part.end for part in found)]
        ends = [*(part.start for part in found), self._line_end(found[-1].end)]
        rest = "".join(self.text[start:end] for start, end in zip(starts, ends, strict=True))
        return EMPTY_BLOCK.fullmatch(rest) is not None

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
        if line == DROPPED:
            return False
        return not QUOTED.sub("", line, count=1).strip() or bool(FENCE.match(line))
