"""Finds the line of a text of which Markdown, which forgets lines, has said something."""

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType

from generator.course.text_parts import without_code


class SourceLines:
    """The lines of one piece of source; asked twice for the same words, it tells the second place."""

    def __init__(self, text: str, line: int, elsewhere: Mapping[str, int] = MappingProxyType({})) -> None:
        """Take the source, the number of its first line, and the lines of words that stand elsewhere."""
        self.text = text.expandtabs(4)  # as Markdown does
        self.line = line
        self.elsewhere = elsewhere
        self.asked: Counter[str] = Counter()

    def of(self, received: str, before: str = "") -> int:
        """Return the line on which the next of the received words begin; the first if they are not found.

        Code and escaped signs are passed over, unless there is nothing else. `before` is a pattern for
        what stands in front.
        """
        number = self.asked[received]
        self.asked[received] += 1
        pattern = re.compile(f"(?:{before})(?P<words>{re.escape(received)})")
        for text in (without_code(self.text), self.text):
            places = [match.start("words") for match in pattern.finditer(text)]
            if places:
                return self.line + self.text.count("\n", 0, places[min(number, len(places) - 1)])
        return self.elsewhere.get(received) or self._of_disguised(bare(received))

    def _of_disguised(self, received: str) -> int:
        """Return the line of words in which entities and spaces are of no account."""
        lines = [bare(line) for line in self.text.split("\n")]
        at = "".join(lines).find(received)
        if at < 0:
            return self.line
        ends = (sum(map(len, lines[: number + 1])) for number in range(len(lines)))
        return self.line + next(number for number, end in enumerate(ends) if at < end)


def bare(address: str) -> str:
    """Return an address as a browser understands it: entities resolved, spaces and unseen signs left out.

    >>> bare("java&#115;cript :x")
    'javascript:x'
    """
    return "".join(sign for sign in unescape(address) if sign.isprintable() and not sign.isspace())
