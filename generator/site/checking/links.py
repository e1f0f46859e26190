"""Where in a site an address leads, on a server under any path and in a folder on disk alike."""

import re
from dataclasses import dataclass
from posixpath import basename, dirname, relpath, splitext
from urllib.parse import unquote, urlsplit

from generator.errors import InvalidValue, nearest, shortened
from generator.site.checking.built_site import BuiltSite

INDEX = "index.html"
AT_ANY_DEPTH = "404.html"
"""The page that a server shows at any address, so that nothing relative in it can be right."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STYLE_ADDRESS = re.compile(
    r"""(?:url\(\s*|@import\s+)(?:"([^"]*)"|'([^']*)')|url\(\s*([^"'\s)]*)""", re.IGNORECASE
)


@dataclass(frozen=True)
class Place:
    """A file of the site and, after the `#`, the place in it."""

    path: str
    fragment: str = ""


def place_of(site: BuiltSite, file: str, address: str, base: str = "") -> Place | None:
    """Return where an address in a file leads, None where that is out into the world.

    `base` is the address at which the site is at home, "" where that is not known.

    Raises:
        InvalidValue: the address leads nowhere, or works only in some of the places where a site may lie.

    """
    if base and address.startswith(base):
        return home_place(site, address, base)
    try:
        parts = urlsplit(address)
    except ValueError:
        raise InvalidValue(f'"{shortened(address)}" is no address', "Correct it.") from None
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return Place(file, parts.fragment)
    if file == AT_ANY_DEPTH:
        fact = f'"{shortened(address)}" is relative, but this page is shown at any depth'
        raise InvalidValue(fact, "Leave it out, or write the whole address.")
    path = _path(file, parts.path, shortened(address))
    if path not in site.sizes:
        raise _missing(site, file, path, shortened(address))
    return Place(path, parts.fragment)


def home_place(site: BuiltSite, address: str, base: str) -> Place:
    """Return where an absolute address of the site leads; there a folder stands for its page.

    Raises:
        InvalidValue: the address is not one of the site, or leads to no file.

    """
    hint = "Build the site again with --base-url."
    if not base:
        fact = f'"{shortened(address)}" names a home, but {INDEX} does not say where the site is at home'
        raise InvalidValue(fact, hint)
    if not address.startswith(base):
        raise InvalidValue(f'"{shortened(address)}" is not under {base}', hint)
    rest, _, fragment = address.removeprefix(base).partition("#")
    path = unquote(rest.partition("?")[0])
    path += INDEX if not path or path.endswith("/") else ""
    if path not in site.sizes:
        raise InvalidValue(f'"{address}" leads to {path}, which is not in the site', hint)
    return Place(path, fragment)


def style_addresses(style: str) -> list[tuple[str, int]]:
    r"""Return every address in a style sheet with its line.

    >>> style_addresses('a {\n  background: url("b.png");\n}')
    [('b.png', 2)]
    """
    bare = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), style)
    return [
        (next(filter(None, found.groups()), ""), bare.count("\n", 0, found.start()) + 1)
        for found in STYLE_ADDRESS.finditer(bare)
    ]


def _path(file: str, relative: str, shown: str) -> str:
    """Return the path in the site; that of a folder ends with a slash, that of the site's own is ""."""
    if relative.startswith("/"):
        fact = f'"{shown}" begins at the root of the server, where the site need not lie'
        raise InvalidValue(fact, "Write it relative to this file.")
    steps = file.split("/")[:-1]
    *between, last = (unquote(step).replace("/", "%2F") for step in relative.split("/"))
    for step in [*between, last]:
        if step == ".." and not steps:
            raise InvalidValue(f'"{shown}" leads out of the site', "Link to a file of the site.")
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join([*steps, ""] if last in {".", ".."} else steps)


def _missing(site: BuiltSite, file: str, path: str, shown: str) -> InvalidValue:
    """Return the fault of an address that leads to no file."""
    folder = path.rstrip("/")
    if folder in site.folders:
        page = f"{folder}/{INDEX}".lstrip("/")
        fact = f'"{shown}" leads to a folder, which shows no page when it is opened from disk'
        written = relpath(page, dirname(file) or ".")
        return InvalidValue(fact, f'Write "{written}".' if page in site.sizes else "Link to a file.")
    # Endings are left out: they make all pages look alike.
    beside = {splitext(basename(each))[0]: each for each in site.sizes if dirname(each) == dirname(path)}
    near = beside.get(nearest(splitext(basename(path))[0], beside), "")
    written = relpath(near, dirname(file) or ".") if near else ""
    hint = f'Did you mean "{written}"?' if near else "Correct the address, or add the file."
    return InvalidValue(f'"{shown}" leads to {path}, which is not in the site', hint)
