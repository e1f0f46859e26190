"""What an author types for a new chapter becomes its title, and the words of its file's name."""

import re
import unicodedata
from dataclasses import dataclass

from generator.errors import CONTROL, InvalidValue, shortened

WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBERED = re.compile(rf"(?P<number>[0-9]{{1,4}})-(?P<words>{WORDS.pattern})")
PLACE = re.compile(r"(?:.*[/\\\\](?=.*\.md$)|(?:\.{0,2}|chapters)[/\\\\].*?)(?P<name>[^/\\\\]*?)(?:\.md)?")
"""A path: what else has a slash may be a title, as *and/or*."""
LONGEST = 60
"""Letters of a name that is made of a title: it stands in every address of the chapter."""
SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "×": "x"}
)
"""What takes no accent off, in letters that an address has."""
GERMAN = str.maketrans({dotted: f"{plain}e" for dotted, plain in zip("äöü", "aou", strict=True)})
DROPPED = "'’"
"""They join the letters beside them, and other signs part words."""


@dataclass(frozen=True)
class NewChapter:
    """A chapter that is to be written."""

    title: str
    words: str
    """Those of its file's name, after the number."""
    number: int | None = None
    """Where one was typed, as in `05-edges`."""


def new_chapter(typed: str, name: str, language: str) -> NewChapter:
    """Return the chapter of a title or a name, as either may be typed, in a course of that language.

    Args:
        typed: a title, or a name as its file would have, with or without number and ending.
        name: the words of the file's name where they are not those of the title, or "".
        language: the course's, as a code.

    Raises:
        InvalidValue: no name can be made of it.

    >>> new_chapter("Edges & corners", "", "en")
    NewChapter(title='Edges & corners', words='edges-corners', number=None)
    >>> new_chapter("05-sharp-edges.md", "", "en")
    NewChapter(title='Sharp edges', words='sharp-edges', number=5)

    """
    title = " ".join(typed.split())
    _check_text(title)
    bare, number = title.removesuffix(".md"), None
    if numbered := NUMBERED.fullmatch(bare):
        bare, number = numbered["words"], int(numbered["number"])
    if WORDS.fullmatch(bare):
        title = f"{bare[0].upper()}{bare[1:].replace('-', ' ')}"
    if name and not WORDS.fullmatch(name):
        meant = words_of(name, language) or "edges"
        hint = f"It has small letters a to z, digits and hyphens, as in --name {meant}."
        raise InvalidValue(f'"{shortened(name)}" cannot be the name of a chapter', hint)
    words = name or (bare if WORDS.fullmatch(bare) else words_of(title, language))
    if not words:
        fact = f'no name of a file, in letters a to z and digits, can be made of "{shortened(title)}"'
        raise InvalidValue(fact, "Add one, as it sounds or as it is translated: --name edges.")
    return NewChapter(title, words, number)


def words_of(title: str, language: str) -> str:
    """Return the words of a title as an address has them; "" where a letter of it cannot be written so.

    >>> words_of("What's a 3×3 kernel?", "en"), words_of("Über Öl", "de"), words_of("Свёртка 2D", "ru")
    ('whats-a-3x3-kernel', 'ueber-oel', '')
    """
    small = unicodedata.normalize("NFC", title).lower().translate(SPELT)
    if language.lower().partition("-")[0] == "de":
        small = small.translate(GERMAN)
    plain = unicodedata.normalize("NFKD", small)
    signs = [sign for sign in plain if not unicodedata.combining(sign) and sign not in DROPPED]
    if any(sign.isalnum() and not sign.isascii() for sign in signs):
        return ""
    joined = "".join(sign if sign.isalnum() else " " for sign in signs)
    words = "-".join(joined.split())
    return words if len(words) <= LONGEST else words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]


def _check_text(title: str) -> None:
    """Refuse what no file could hold as a title.

    Raises:
        InvalidValue: it holds control characters, or what is no text.

    """
    if not title:
        raise InvalidValue("the name is empty", 'Type a title, as in: new chapter "Edges & corners".')
    if CONTROL.search(title) or any(unicodedata.category(sign) == "Cs" for sign in title):
        raise InvalidValue("the name holds signs that no text can hold", "Type letters, digits and spaces.")
    if place := PLACE.fullmatch(title):
        hint = f"Its folder is known: type {place['name'] or 'edges'}."
        raise InvalidValue(f'"{shortened(title)}" is the place of a file', hint)
