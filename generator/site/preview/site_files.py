"""From the path of a request to a file of the site, and to nothing else on the disk."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Content types by the ending of a name: the machine's own table says something else on each machine."""
UNKNOWN = "application/octet-stream"
PAGE = "index.html"
NEVER = frozenset("/\\\0")
"""What no part of a path may hold once it is decoded."""


@dataclass(frozen=True)
class Found:
    """A file of the site."""

    data: bytes
    kind: str


@dataclass(frozen=True)
class Moved:
    """A folder that was asked for without its slash."""

    address: str


def parts_of(address: str) -> tuple[str, ...] | None:
    """Return the parts of a request's path, or nothing if it leads astray; the last is empty for a folder.

    >>> parts_of("/05-edges/?a=b"), parts_of("/a%20b.png")
    (('05-edges', ''), ('a b.png',))
    >>> parts_of("/%2e%2e/secret"), parts_of("//host/"), parts_of("http://host/")
    (None, None, None)
    """
    path = address.partition("?")[0].partition("#")[0]
    if not path.startswith("/"):
        return None
    try:
        parts = tuple(unquote_to_bytes(part).decode() for part in path[1:].split("/"))
    except UnicodeDecodeError:
        return None
    astray = any(NEVER & set(part) or part.startswith(".") for part in parts) or "" in parts[:-1]
    return None if astray else parts


def found(site: Path, parts: tuple[str, ...]) -> Found | Moved | None:
    """Return the file for the parts of a path, or where else to ask for it, or nothing."""
    path = site.joinpath(*parts[:-1], parts[-1] or PAGE)
    try:
        place = path.resolve()
        if not place.is_relative_to(site.resolve()):  # a link leads out of the site
            return None
        if (place / PAGE).is_file():
            return Moved("".join(f"/{quote(part)}" for part in parts) + "/")
        if not place.is_file():  # to open a pipe would wait for ever
            return None
        return Found(place.read_bytes(), KINDS.get(path.suffix.lower(), UNKNOWN))
    except (OSError, ValueError):
        return None
