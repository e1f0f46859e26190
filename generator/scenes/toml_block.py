"""A block of TOML that an author wrote: its values with their types checked, and the line of each.

`tomllib` tells no line once a text is read, so a key is looked up in the text a second time, when there is
something to say about it.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, islice, pairwise
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec

from generator.errors import CONTROL, AuthorError, InvalidValue, Problem, nearest, shortened, suggestion

Record = TypeVar("Record", bound=msgspec.Struct)
Field = msgspec.structs.FieldInfo

STRING = r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
STRING_OR_COMMENT = re.compile(rf"(?P<string>{STRING})|#[^\n]*", re.DOTALL)
KEY = re.compile(r"[ \t]*[\w-]+[ \t]*=")

LARGEST_WHOLE = 2**63 - 1
"""TOML asks readers to hold whole numbers of 64 bits; Python's have no end, and longer ones no text."""
THOUSANDS_OF_DIGITS = re.compile("[0-9_]{4000}")

HERE = "\0"
"""Stands in a line where `tomllib` stopped."""
CURLY = ("a curly quote", 'Type straight quotes, as in title = "Edges".')
IN_LIST = ("a fraction in a list", r'For a kernel, write whole numbers and scale = "1/\g<under>".')
FAULTS = (
    ("", f"{HERE}[“”„‘’‚]", *CURLY),
    ("Illegal character '\\n'", "[“”„]", *CURLY),
    ("Illegal character '\\n'", "", "a quote is not closed", "Text ends on the line on which it begins."),
    ("Cannot overwrite", "", "the key stands twice", "Keep one of the two."),
    ("Unclosed array", rf"{HERE} */ *(?P<under>\d+)", *IN_LIST),
    (
        "Unclosed array",
        rf"""{HERE}(?P<next>\[[^\]]*\]?|"[^"]*"?|[^\s,\]]+)""",
        r"a comma is missing before \g<next>",
        "Commas stand between the entries of a list, and between its rows.",
    ),
    ("Unclosed array", "", "a list is not closed", "Close each [ with a ]."),
    (
        "Expected newline",
        rf"(?P<key>[\w-]+) *= *(?P<over>[+-]?[\d.]+) *{HERE} *(?P<under>/ *\d+)",
        "a fraction without quotes",
        r'Write \g<key> = "\g<over>\g<under>".',
    ),
    (
        "Expected '='",
        rf"(?P<key>[\w-]+) *{HERE} *:",
        "a colon after the key",
        r"Write \g<key> = and then the value.",
    ),
    ("Unescaped '\\'", "", "a backslash in double quotes", "In single quotes a backslash stays as it is."),
    ("Invalid value", "", "the value cannot be read", 'Text stands in quotes, as in title = "Edges".'),
)
"""How `tomllib` begins, a pattern of the line, the fact in an author's words and the way out: the first that
fits is told; the words of `tomllib` serve where none does."""


@dataclass(frozen=True)
class TomlBlock:
    """The text and the place of a block, which may be a whole file."""

    text: str
    file: str
    line: int
    """The line before the text's first: an opening fence, or 0."""
    what: str
    """What the block is called in messages."""

    def values(self) -> dict[str, Any]:
        """Return the values as they are written.

        Raises:
            AuthorError: the text is not TOML, or holds what nothing here can hold: control characters that
                are spelled out, and endless whole numbers.

        """
        try:
            values = tomllib.loads(self.text)
            problems = list(map(self.problem, _unfit(values)))
        except RecursionError:
            fact = f"the {self.what} has too many brackets, or parts of a key, inside one another"
            raise AuthorError([Problem(self.file, self.line, fact)]) from None
        except ValueError as error:  # not TOML, or a whole number of thousands of digits
            raise AuthorError([self._syntax_problem(str(error))]) from None
        if problems:
            raise AuthorError(problems)
        return values

    def record(self, kind: type[Record]) -> Record:
        """Return the block as a record.

        Raises:
            AuthorError: everything that is wrong with its keys and their types.

        """
        values, problems = self.checked(kind, self.values())
        if problems:
            raise AuthorError(problems)
        return kind(**values)

    def checked(
        self, kind: type[msgspec.Struct], values: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values that are right, and the problems of all others, for a record of that kind."""
        fields = _fields(kind)
        problems = [self.problem(fault) for fault in self._key_faults(fields, values)]
        right = {}
        for name, field in fields.items():
            if name in values:
                try:
                    right[name] = msgspec.convert(values[name], field.type)
                except msgspec.ValidationError:
                    problems.append(self.problem(_type_fault(field, values[name])))
        return right, problems

    def sections(self, key: str, what: str) -> list["TomlBlock"]:
        """Return a block for each header `[[key]]`, from there to the next."""
        header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\][^\n]*\n?", re.MULTILINE)
        heads = list(header.finditer(self._masked))
        ends = [*(head.start() for head in heads[1:]), len(self.text)][: len(heads)]
        return [
            TomlBlock(
                self.text[head.end() : end],
                self.file,
                self.line + 1 + self.text.count("\n", 0, head.start()),
                what,
            )
            for head, end in zip(heads, ends, strict=True)
        ]

    def problem(self, fault: InvalidValue) -> Problem:
        """Return the fault with the file and line of the key, and row of its list, that it is about."""
        return Problem(self.file, self.line_of(fault.key, fault.row), fault.message, fault.hint)

    def line_of(self, key: str, row: int = 0) -> int:
        """Return the line of a key, or of a row (from 1) of its list; the block's own where there is none."""
        return self.lines_of(key, row)[row]

    def lines_of(self, key: str, rows: int) -> tuple[int, ...]:
        r"""Return the line of a key, and of each of so many rows of its list; its own for one not found.

        >>> TomlBlock("a = [1,\n2, 3,\n4]", "course.toml", 0, "course").lines_of("a", 5)
        (1, 1, 2, 2, 3, 1)
        """
        sign = self._sign_of(key)
        if sign is None:
            return (self.line,) * (rows + 1)
        own = self.line + 1 + self.text.count("\n", 0, sign)
        offsets = (sign, *islice(_item_offsets(self._masked, sign + 1), rows))
        below = accumulate(self.text.count("\n", *between) for between in pairwise(offsets))
        found = (own, *(own + lines for lines in below))
        return found + (own,) * (rows + 1 - len(found))

    @cached_property
    def _masked(self) -> str:
        """Return the text with signs that mean nothing in place of what is quoted, and of comments."""
        return STRING_OR_COMMENT.sub(_mask, self.text)

    def _sign_of(self, key: str) -> int | None:
        """Return where the sign stands that follows a key; nothing where the key is not written here."""
        pattern = re.compile(
            rf"""^[ \t]*\[*[ \t]*["']?{re.escape(key)}["']?[ \t]*(?P<sign>[=.\]])""", re.MULTILINE
        )
        signs = (match.start("sign") for match in pattern.finditer(self.text) if key)
        return next((sign for sign in signs if self._masked[sign] in "=.]"), None)

    def _key_faults(self, fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[InvalidValue]:
        """Yield a fault for each key that is unknown or missing; a misspelt one is not missing too."""
        meant = set()
        for key in values:
            if key not in fields:
                meant.add(nearest(key, fields))
                yield InvalidValue(f'unknown key "{key}" in the {self.what}', suggestion(key, fields), key)
        for name, field in fields.items():
            if field.required and name not in values and name not in meant:
                yield InvalidValue(
                    f'the {self.what} has no "{name}"', f"Add a line such as {_example(field)}."
                )

    def _syntax_problem(self, error: str) -> Problem:
        match = re.search(r" \(at line (\d+), column (\d+)\)$", error)
        if not match and "document" not in error:
            number = self.line + 1 + self.text.count("\n", 0, _place(THOUSANDS_OF_DIGITS, self.text))
            return Problem(self.file, number, f"the {self.what} has a number of thousands of digits")
        lines = self.text.rstrip("\n").split("\n")
        number = int(match[1]) if match else len(lines)
        before, received = "\n".join(lines[: number - 1]), "".join(lines[number - 1 : number])
        fact = re.sub(r" \(at [^()]*\)$", "", error)
        column = int(match[2]) - 1 if match else len(received)
        marked = f"{received[:column]}{HERE}{received[column:]}"
        if KEY.match(received) and _is_list_open(before):
            fact, marked = "Unclosed array", ""
        words, hint = _in_an_authors_words(fact, marked)
        where = f" in the line {shortened(received.strip())}" if received.strip() else ""
        message = f"the {self.what} is not valid TOML{where}: {words}"
        return Problem(self.file, self.line + number, message, hint)


@cache
def _fields(kind: type[msgspec.Struct]) -> Mapping[str, Field]:
    """Return the fields of a kind of record by their names; finding their types out takes its time."""
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _in_an_authors_words(fact: str, marked: str) -> tuple[str, str]:
    """Return what `tomllib` says of a line, and the way out."""
    for start, pattern, words, hint in FAULTS:
        if fact.startswith(start) and (match := re.search(pattern, marked)):
            return match.expand(words), match.expand(hint)
    return fact[0].lower() + fact[1:], ""


def _place(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else 0


def _unfit(value: object, key: str = "", row: int = 0) -> Iterator[InvalidValue]:
    """Yield a fault for each value, at any depth, that TOML can write and nothing here can hold."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _unfit(inner, name)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _unfit(inner, key, row or number)
    elif isinstance(value, str) and (found := CONTROL.search(value)):
        fact = f'"{key}" holds the control character U+{ord(found[0]):04X}'
        yield InvalidValue(fact, "Delete it: text holds letters, line ends and tabs.", key, row)
    elif isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        yield InvalidValue(f'"{key}" holds a whole number of over 64 bits', "Use smaller numbers.", key, row)


def kind_text(value: object) -> str:
    """Return in an author's words what a value is.

    >>> kind_text(3), kind_text("step"), kind_text(True), kind_text([])
    ('a number (3)', 'text ("step")', 'true', 'a list')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"a number ({value})"
    if isinstance(value, str):
        return f'text ("{value}")' if value else "empty"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def _type_fault(field: Field, value: object) -> InvalidValue:
    name = field.name
    if isinstance(value, str) and not value.strip() and _meta(field).examples:
        return InvalidValue(f'"{name}" is empty', f"Write it, as in {_example(field)}.", name)
    if known := _words(field.type):
        if isinstance(value, str):
            return InvalidValue(f'unknown {name} "{value}"', suggestion(value, known), name)
        wanted = " or ".join(f'"{word}"' for word in known)
    else:
        wanted = _meta(field).description or "text in quotes"
    return InvalidValue(f'"{name}" is {kind_text(value)}', f"It has to be {wanted}.", name)


def _words(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any type that a field may have
    """Return the words of which a value of that type is one; none where it may be something else.

    >>> _words(Annotated[Literal["max", "average"] | None, "notes"]), _words(int | str)
    (('max', 'average'), ())
    """
    if get_origin(kind) is Literal:
        return get_args(kind)
    parts = [part for part in get_args(kind) if part is not type(None)]
    if get_origin(kind) is Annotated or len(parts) == 1:
        return _words(parts[0])
    return ()


def _example(field: Field) -> str:
    return str((_meta(field).examples or [f"{field.name} = ..."])[0])


def _meta(field: Field) -> msgspec.Meta:
    """Return what the record's annotation says about a field, in words and by example."""
    notes = getattr(field.type, "__metadata__", ())
    return next((note for note in notes if isinstance(note, msgspec.Meta)), msgspec.Meta())


def _mask(match: re.Match[str]) -> str:
    """Return as many signs that mean nothing in TOML: a comment is space, a string is a value."""
    return re.sub(r"[^\n]", "_" if match["string"] else " ", match[0])


def _is_list_open(text: str) -> bool:
    masked = STRING_OR_COMMENT.sub(_mask, text)
    return masked.count("[") > masked.count("]")


def _item_offsets(masked: str, start: int) -> Iterator[int]:
    """Yield where each item of the list begins that opens at `start`; nothing where no list does."""
    depth, awaited = 0, False
    for at, sign in enumerate(masked[start:], start):
        if sign.isspace():
            continue
        if depth == 0 and sign != "[":
            return
        depth -= sign in "]}"
        if depth == 0 and sign == "]":
            return
        if awaited and depth == 1 and sign not in "],":
            yield at
            awaited = False
        depth += sign in "[{"
        awaited = awaited or (depth == 1 and sign in "[,")
