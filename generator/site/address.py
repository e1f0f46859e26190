"""The address under which a site is read, where the author names one: all other links are relative."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from generator.errors import InvalidValue, shortened

EXAMPLE = "https://name.github.io/repository/"
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.?|\[[0-9a-f:.]+\]")
NAME = re.compile(r"([\w.~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})+")
"""Of a folder; letters of any language are encoded on the way out."""
SAFE = "%~!$&'()*+,;=:@"
"""What stands in an address as it is, beside letters, digits and `-._`."""
LEADING_ELSEWHERE = (".", "..")
PAGE = "index.html"
"""What a server shows where a folder is asked for."""


@dataclass(frozen=True)
class SiteAddress:
    """The address of a site's folder on the web."""

    base: str
    """With a slash at its end, and only characters that may stand in an address."""

    def file(self, path: str) -> str:
        """Return the address of a file of the site.

        >>> SiteAddress("https://example.com/").file("images/a dog.png")
        'https://example.com/images/a%20dog.png'
        """
        return self.base + quote(path)

    def page(self, path: str) -> str:
        """Return the one address of a page that search engines and links from elsewhere should know.

        >>> SiteAddress("https://example.com/").page("05-edges/index.html")
        'https://example.com/05-edges/'
        """
        folder, _, name = path.rpartition("/")
        return self.file(path if name != PAGE else f"{folder}/" if folder else "")


def site_address(typed: str) -> SiteAddress:
    """Return the address that somebody typed, with a slash at its end.

    Raises:
        InvalidValue: it is not http(s)://host[:port][/path].

    >>> site_address("HTTPS://Name.GitHub.io/Repository").base
    'https://name.github.io/Repository/'

    """
    try:
        parts = urlsplit(typed)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:  # brackets that do not match, a port that is none
        raise _refused(typed, "cannot be read") from None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise _refused(typed, "does not begin with https:// or http:// and the name of a host")
    if "@" in parts.netloc:
        raise _refused(typed, "holds the name of a user")
    if "?" in typed or "#" in typed:
        raise _refused(typed, "holds a ? or a #, which no folder has")
    host = parts.netloc.lower().removesuffix(port or ":")
    if not HOST.fullmatch(host):
        raise _refused(typed, f'has no name of a host that can be used: "{shortened(host)}"')
    return SiteAddress(f"{parts.scheme}://{host}{port}/{_folders(typed, parts.path)}")


def _folders(typed: str, path: str) -> str:
    """Return a path as it stands in an address after the first slash."""
    names = [name for name in path.split("/") if name]
    for name in names:
        if not NAME.fullmatch(name) or name in LEADING_ELSEWHERE:
            raise _refused(typed, f'holds a part that no folder on the web can have: "{shortened(name)}"')
    if names and names[-1].lower().endswith((".html", ".htm")):
        raise _refused(typed, "names a page, not the folder in which the site lies")
    return "".join(f"{quote(name, safe=SAFE)}/" for name in names)


def _refused(typed: str, fact: str) -> InvalidValue:
    return InvalidValue(f'the address "{shortened(typed)}" {fact}', f"Write it as in {EXAMPLE}")
