"""The course as one zip, to hand to a class: it unpacks into one folder and opens from disk, offline.

Nothing in it tells of the machine or of the hour: the same files give the same bytes.
"""

import re
import unicodedata
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from stat import S_IFREG
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.course import Course
from generator.course.file_names import is_device
from generator.site.assets import write_assets
from generator.site.output import MemoryOutput
from generator.site.output.archives import archive_comment
from generator.site.sharing import CARD
from generator.site.theme import Theme, rendered

READ_ME = "READ-ME-FIRST.html"
COURSE = "course"
FOR_SERVERS = {".nojekyll", "404.html", "sitemap.xml"}
"""Files of a site that only servers ask for."""

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


def site_archive(course: Course, theme: Theme, files: Mapping[str, bytes]) -> bytes:
    """Return the zip that holds a site's files and the page that opens them."""
    kept = {f"{COURSE}/{path}": data for path, data in files.items() if not _is_for_servers(path)}
    return archive({READ_ME: _read_me(course, theme), **kept}, course.title)


def _is_for_servers(path: str) -> bool:
    """Tell whether a file means nothing on a disk: what only servers, or those who share links, ask for."""
    is_card = PurePosixPath(path).name == CARD and not path.startswith("images/")
    return is_card or path in FOR_SERVERS


def archive(files: Mapping[str, bytes], title: str) -> bytes:
    """Return the bytes of a zip with these files, which unpacks into one folder named after a course."""
    data, folder = BytesIO(), folder_name(title)
    with ZipFile(data, "w") as made:
        for path in sorted(files):
            entry = ZipInfo(f"{folder}/{path}", EARLIEST)
            entry.create_system = UNIX
            entry.external_attr = PERMISSIONS << 16
            made.writestr(entry, files[path], ZIP_DEFLATED, LEVEL)
        made.comment = archive_comment(made.infolist(), title)
    return data.getvalue()


def folder_name(title: str) -> str:
    """Return a name for the folder of a course that every system accepts.

    >>> folder_name("How machines see"), folder_name("Größe & Maß"), folder_name("畳み込み")
    ('how-machines-see', 'grosse-mass', 'lesson')
    """
    letters = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    name = "-".join(re.findall("[a-z0-9]+", plain))[:LONGEST].rstrip("-")
    return NAMELESS if not name or is_device(name) else name


def _read_me(course: Course, theme: Theme) -> bytes:
    assets = write_assets(theme, MemoryOutput())
    return rendered(theme, "read-me-first.html", course=course, assets=assets, root=f"{COURSE}/").encode()
