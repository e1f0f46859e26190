"""The door through which all text comes in: encodings, line ends, and what is refused."""

import pytest

from generator.course.text_file import decoded
from generator.errors import AuthorError

CONTROLS = sorted({*map(chr, range(32)), "\x7f", *map(chr, range(0x80, 0xA0))} - {"\n", "\t", "\r"})


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(ends: str) -> None:
    """Windows, Unix and the old Macintosh end a line each in their way; a byte order mark is left out."""
    data = f"\ufeffone{ends}two{ends}".encode()

    assert decoded(data, "edges.md") == "one\ntwo\n"


@pytest.mark.parametrize("sign", CONTROLS, ids=lambda sign: f"{ord(sign):02x}")
def test_control_characters_are_refused_with_line_and_column(sign: str) -> None:
    """Only line ends and tabs may stand between letters."""
    with pytest.raises(AuthorError) as raised:
        decoded(f"one\n\ttwo{sign}three".encode(), "edges.md")

    assert str(raised.value) == (
        f"edges.md:2: column 5 holds the control character U+{ord(sign):04X}. "
        "Delete it: text holds letters, line ends and tabs."
    )


@pytest.mark.parametrize("text", ["שלום \u200f\u2067!", "a\u00adb", "क्\u200dष", "\u2028", "🎉\ufe0f"])
def test_letters_of_every_language_are_taken(text: str) -> None:
    """Marks that steer a script's direction or joining belong to its letters."""
    assert decoded(text.encode(), "edges.md") == text
