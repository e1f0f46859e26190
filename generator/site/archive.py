"""The course as one zip, to hand to a class: it unpacks into one folder and opens from disk, offline.

Nothing in it tells of the machine or of the hour: the same files give the same bytes. What readers cannot use
is not in it: files for servers, and arrays for programs, which are a third of a course with photographs.
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from stat import S_IFREG
from typing import BinaryIO

from generator.course.file_names import is_device
from generator.site.output import Writer
from generator.site.output.archives import archive_comment
from generator.site.sharing import CARD

READ_ME = "READ-ME-FIRST.html"
COURSE = "course"
FOR_SERVERS = {".nojekyll", "404.html", "sitemap.xml"}
"""Files of a site that only servers ask for."""

ARRAY = ".npy"
LINKED_ARRAY = re.compile(rb'href="([^"]+\.npy)"')

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name."""
UNIX = 3
"""The system whose permissions the zip states, wherever it is made."""
PERMISSIONS = S_IFREG | 0o644
LEVEL = 6
"""How much is tried to pack: the utmost takes twice as long and saves not a thousandth."""

LONGEST = 60
"""Letters of the folder's name, because Windows counts the whole path."""
NAMELESS = "lesson"
"""The folder's name where the title gives none."""


def _is_for_servers(path: str) -> bool:
    """Tell whether a file means nothing on a disk: what only servers, or those who share links, ask for."""
    is_card = PurePosixPath(path).name == CARD and not path.startswith("images/")
    return is_card or path in FOR_SERVERS


def site_archive(title: str, read_me: bytes, files: Mapping[str, bytes]) -> Writer:
    """Return what writes the zip that holds a site's files and the page that opens them."""
    linked = _linked_arrays(files)
    kept = {
        f"{COURSE}/{path}": path
        for path in files
        if not _is_for_servers(path) and (not path.endswith(ARRAY) or path in linked)
    }

    def data(path: str) -> bytes:
        return read_me if path == READ_ME else files[kept[path]]

    return partial(_write, title, {READ_ME, *kept}, data)


def _linked_arrays(files: Mapping[str, bytes]) -> set[str]:
    """Return the arrays to which a chapter leads: a link has to lead somewhere in the zip, too."""
    if not any(path.endswith(ARRAY) for path in files):
        return set()
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(page), link.decode()))
        for page in files
        if page.endswith(".html")
        for link in LINKED_ARRAY.findall(files[page])
    }


def archive(files: Mapping[str, bytes], title: str) -> Writer:
    """Return what writes a zip with these files, which unpacks into one folder named after a course."""
    return partial(_write, title, files, files.__getitem__)


def _write(title: str, paths: Iterable[str], data: Callable[[str], bytes], file: BinaryIO) -> None:
    """Write a zip; no more than one of its files is held at a time."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo  # noqa: PLC0415 - late, for few builds are asked for one

    folder = folder_name(title)
    with ZipFile(file, "w") as made:
        for path in sorted(paths):
            entry = ZipInfo(f"{folder}/{path}", EARLIEST)
            entry.create_system = UNIX
            entry.external_attr = PERMISSIONS << 16
            made.writestr(entry, data(path), ZIP_DEFLATED, LEVEL)
        made.comment = archive_comment(made.infolist(), title)


def folder_name(title: str) -> str:
    """Return a name for the folder of a course that every system accepts.

    >>> folder_name("How machines see"), folder_name("Größe & Maß"), folder_name("畳み込み")
    ('how-machines-see', 'grosse-mass', 'lesson')
    """
    letters = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    name = "-".join(re.findall("[a-z0-9]+", plain))[:LONGEST].rstrip("-")
    return NAMELESS if not name or is_device(name) else name
