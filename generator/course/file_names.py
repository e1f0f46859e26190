"""Names of files that travel: into every system's folders, and into addresses."""

import re
import unicodedata
from collections.abc import Iterable

DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""
UNFIT_FOR_WINDOWS = '<>:"|?*\\'
UNFIT_FOR_ADDRESSES = "#%"


def is_device(name: str) -> bool:
    """Return whether Windows takes a name for that of a device.

    >>> is_device("con"), is_device("NUL.txt"), is_device("con-1"), is_device("icon")
    (True, True, False, False)
    """
    return DEVICES.fullmatch(name) is not None


def name_fault(name: str) -> str:
    """Return what keeps a file or folder of that name from travelling, or "".

    >>> name_fault("50%.png"), name_fault("fifty.png")
    ('the name "50%.png" holds "%", which means something else in an address', '')
    """
    said = f'the name "{name}"'
    if any(unicodedata.category(sign) == "Cs" for sign in name):
        return f"{said} is not UTF-8 text"
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        return f"{said} holds a control character"
    for sign in name:
        if sign in UNFIT_FOR_WINDOWS:
            return f"{said} holds {_quoted(sign)}, which no name on Windows can hold"
        if sign in UNFIT_FOR_ADDRESSES:
            return f"{said} holds {_quoted(sign)}, which means something else in an address"
    if name.endswith((".", " ")):
        return f"{said} ends with a {'dot' if name.endswith('.') else 'space'}, which Windows drops"
    return f"{said} is that of a device on Windows" if is_device(name) else ""


def _quoted(sign: str) -> str:
    return f"'{sign}'" if sign == '"' else f'"{sign}"'


def alike(paths: Iterable[str]) -> dict[str, str]:
    """Return the paths that some systems take for an earlier one, each with that one.

    >>> alike(["a/Dog.png", "a/cat.png", "a/dog.png"])
    {'a/dog.png': 'a/Dog.png'}
    """
    first: dict[str, str] = {}
    return {path: one for path in paths if (one := first.setdefault(_folded(path), path)) != path}


def _folded(path: str) -> str:
    """Return a path without what macOS and Windows overlook: capitals, and how an accent is put together."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
