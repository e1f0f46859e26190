"""Which zips are ours as we made them: the comment of each says of which course it is, and what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generator.site.output.listing import MARKER

if TYPE_CHECKING:
    from zipfile import ZipInfo

LONGEST = 200
"""Letters of a title that are kept: a comment holds 65,535 bytes."""


def archive_comment(entries: Iterable[ZipInfo], title: str) -> bytes:
    """Return the comment of the zip of a course with these entries, in their order."""
    told = repr([(entry.filename, entry.CRC, entry.file_size) for entry in entries])
    return f"{MARKER} {sha256(told.encode()).hexdigest()} {known_title(title)}".encode()


def known_title(title: str) -> str:
    """Return what a zip keeps of the title of its course."""
    return title[:LONGEST]


def title_in_archive(place: Path) -> str | None:
    """Return of which course a zip is that we made; None where it is none, or was changed since."""
    # Late, for few builds are asked for a zip.
    from zipfile import BadZipFile, ZipFile, is_zipfile  # noqa: PLC0415

    if not (place.is_file() and is_zipfile(place)):
        return None
    try:
        with ZipFile(place) as archive:
            title = archive.comment.decode(errors="replace").split(" ", 2)[-1]
            return title if archive.comment == archive_comment(archive.infolist(), title) else None
    except (BadZipFile, NotImplementedError, ValueError):  # of a later version, or with names in no letters
        return None
