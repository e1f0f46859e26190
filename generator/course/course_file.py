"""`course.toml` as a text in which a new chapter is listed, while all else stays as its author wrote it."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.course.plan import CourseTable, PartTable
from generator.course.text_file import decoded
from generator.errors import AuthorError, Problem
from generator.scenes.toml_block import STRING_OR_COMMENT, TomlBlock

HEADER = re.compile(r"^[ \t]*\[\[[ \t]*parts[ \t]*\]\]", re.MULTILINE)
CHAPTERS = re.compile(r"^[ \t]*chapters[ \t]*=[ \t]*(?=\[)", re.MULTILINE)

Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by what."""


@dataclass(frozen=True)
class Place:
    """Where a new chapter is listed."""

    number: int
    """Of the chapter, through all parts."""
    part: str
    """The title of the part."""
    planned: str
    """What was planned there, or "" where the chapter comes at the end of the last part."""


@dataclass(frozen=True)
class Listed:
    """The file with a chapter in it."""

    data: bytes
    line: int
    """Where the chapter stands."""


class CourseFile:
    """What an author wrote in `course.toml`."""

    def __init__(self, data: bytes, file: str) -> None:
        """Read the file, which messages call `file`.

        Raises:
            AuthorError: it does not say what a course needs.

        """
        block = TomlBlock(decoded(data, file), file, 0, "course")
        values, problems = block.checked(CourseTable, block.values())
        self._parts: list[dict[str, Any]] = values.get("parts", [])
        blocks = block.sections("parts", "part")
        whole = [block] * len(self._parts)
        for place, part in zip(blocks if len(blocks) == len(whole) else whole, self._parts, strict=True):
            problems += place.checked(PartTable, part)[1]
        if not self._parts and not problems:
            hint = "Add a line [[parts]], and below it the part's title and chapters."
            problems = [Problem(file, block.line_of("parts"), "the course has no part", hint)]
        if problems:
            raise AuthorError(problems)
        self.language = str(values.get("language", "en"))
        self._raw = data.decode()
        # As long as what the author wrote, so that a place in one is the same place in the other.
        self._plain = self._raw.replace("\ufeff", " ", 1) if self._raw.startswith("\ufeff") else self._raw
        self._plain = self._plain.replace("\r\n", " \n").replace("\r", "\n")
        self._masked = STRING_OR_COMMENT.sub(_mask, self._plain)

    @property
    def line_end(self) -> str:
        """Return how the lines of the file end."""
        return "\r\n" if "\r\n" in self._raw else "\n"

    def place_for(self, is_meant: Callable[[str], bool]) -> Place:
        """Return where a chapter belongs: where the first one is planned that is meant, or at the end."""
        entries = [(part, entry) for part in self._parts for entry in part["chapters"]]
        for number, (part, entry) in enumerate(entries, 1):
            planned = entry.get("planned") if isinstance(entry, dict) else None
            if isinstance(planned, str) and is_meant(planned):
                return Place(number, part["title"], planned)
        return Place(len(entries) + 1, self._parts[-1]["title"], "")

    def listing(self, name: str, place: Place) -> Listed | None:
        """Return the file with the chapter at that place; nothing where no way to write it there is sure."""
        edits = self._instead(name, place.number) if place.planned else self._at_the_end(name)
        if not edits or tomllib.loads(_edited(self._plain, edits)) != self._expected(name, place):
            return None
        text = _edited(self._raw, edits)
        at = _edited(self._plain, edits).find(f'"{name}"', edits[0][0])
        return Listed(text.encode(), _edited(self._plain, edits).count("\n", 0, at) + 1)

    def _expected(self, name: str, place: Place) -> dict[str, Any]:
        """Return what the file has to say once the chapter is in it."""
        values = tomllib.loads(self._plain)
        if not place.planned:
            values["parts"][-1]["chapters"].append(name)
            return values
        before = 0
        for part in values["parts"]:
            if place.number <= before + len(part["chapters"]):
                part["chapters"][place.number - before - 1] = name
                break
            before += len(part["chapters"])
        return values

    def _lists(self) -> Iterator[tuple[int, list[tuple[int, int]], int]]:
        """Yield of each part where its list opens, from where to where entries go, and where it closes."""
        heads = [head.end() for head in HEADER.finditer(self._masked)]
        for start, end in zip(heads, [*heads[1:], len(self._masked)], strict=False):
            if found := CHAPTERS.search(self._masked, start, end):
                yield (found.end(), *_entries(self._masked, found.end()))

    def _instead(self, name: str, number: int) -> list[Edit]:
        spans = [span for _, entries, _ in self._lists() for span in entries]
        return [(*spans[number - 1], f'"{name}"')] if number <= len(spans) else []

    def _at_the_end(self, name: str) -> list[Edit]:
        lists = list(self._lists())
        if not lists:
            return []
        opening, entries, closing = lists[-1]
        if not entries:
            return [(opening + 1, opening + 1, f'"{name}"')]
        return self._after(*entries[-1], closing, name)

    def _after(self, start: int, end: int, closing: int, name: str) -> list[Edit]:
        """Return the edits that put a name after the last entry, on its own line where that one has one."""
        comma = re.compile(r"\s*,").match(self._masked, end)
        after = comma.end() if comma else end
        above = self._masked.rfind("\n", 0, start) + 1
        below = self._masked.find("\n", after, closing)
        if self._masked[above:start].strip() or below < 0:
            return [(after, after, f' "{name}",' if comma else f', "{name}"')]
        at = below - 1 if self._raw[below - 1 : below + 1] == "\r\n" else below
        line = f'{self._raw[at : below + 1]}{self._raw[above:start]}"{name}"'
        return [(at, at, f"{line},")] if comma else [(end, end, ","), (at, at, line)]


def _mask(match: re.Match[str]) -> str:
    """Return as many signs that mean nothing in TOML, for a string or a comment."""
    return re.sub(r"[^\n]", "_" if match["string"] else " ", match[0])


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for start, end, new in reversed(edits):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def _entries(masked: str, opening: int) -> tuple[list[tuple[int, int]], int]:
    """Return from where to where the entries of a list go, and where it closes."""
    spans, depth, begun, ended = list[tuple[int, int]](), 0, -1, -1
    for at, sign in enumerate(masked[opening:], opening):
        depth -= sign in "]}"
        if begun >= 0 and (depth == 0 or (depth == 1 and sign == ",")):
            spans.append((begun, ended))
            begun = -1
        elif depth >= 1 and not sign.isspace() and sign != ",":
            begun, ended = (at if begun < 0 else begun), at + 1
        if depth == 0 and sign == "]":
            return spans, at
        depth += sign in "[{"
    return spans, len(masked)
