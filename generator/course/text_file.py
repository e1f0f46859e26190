"""Bytes of a file that somebody wrote become text: the one door through which all text comes in."""

from codecs import BOM_UTF8

from generator.errors import CONTROL, AuthorError, Problem


def decoded(data: bytes, file: str) -> str:
    """Return the file's text with plain line ends.

    Programs further on keep their places in a text with control characters, Python-Markdown among them, and
    would take one from a file for such a place: it is refused here.

    Raises:
        AuthorError: the bytes are not UTF-8, or hold control characters.

    """
    data = data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fact = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise AuthorError([Problem(file, line, fact, "Save the file with the encoding UTF-8.")]) from None
    if found := CONTROL.search(text):
        at = found.start()
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        fact = f"column {column} holds the control character U+{ord(found[0]):04X}"
        raise AuthorError([Problem(file, line, fact, "Delete it: text holds letters, line ends and tabs.")])
    return text
