"""Which zips are ours as we made them: the comment of each holds a digest of its entries."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from generator.site.output.listing import MARKER


def archive_comment(entries: Iterable[ZipInfo]) -> bytes:
    """Return the comment of a zip of ours with these entries, in their order."""
    told = repr([(entry.filename, entry.CRC, entry.file_size) for entry in entries])
    return f"{MARKER} {sha256(told.encode()).hexdigest()}".encode()


def is_own_archive(place: Path) -> bool:
    """Tell whether a file is a zip that we made, and to which nobody has added or changed anything."""
    if not (place.is_file() and is_zipfile(place)):
        return False
    try:
        with ZipFile(place) as archive:
            return archive.comment == archive_comment(archive.infolist())
    except BadZipFile:
        return False
