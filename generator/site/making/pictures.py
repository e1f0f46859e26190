"""The pictures of the content on their way into the site."""

from functools import partial
from pathlib import Path, PurePosixPath

from generator.course import ContentFolder
from generator.errors import InvalidValue, Problem
from generator.site.cache import FolderCache, Made
from generator.site.known_files import KnownFiles
from generator.site.packs import Pack
from generator.site.published import published_key


def published_pictures(
    folder: ContentFolder, kept: FolderCache, known: KnownFiles
) -> tuple[list[Pack], list[Problem]]:
    """Return every picture that can be published, and a note for each that cannot.

    Raises:
        AuthorError: pictures that are links out of the folder, and names that cannot travel.

    """
    packs, notes = [], []
    for path in folder.picture_names():
        place, name = folder.root / path, PurePosixPath(path).name
        key = published_key(name, known.digest(place))
        try:
            listed = kept.listed_or_made(key, partial(_published, folder, place))
            packs.append(Pack(key, path.removesuffix(name), listed))
        except InvalidValue as fault:
            shown, hint = folder.shown(place), f"It is not published. {fault.hint}"
            notes.append(Problem(shown, 0, fault.message, hint, is_note=True))
    return packs, notes


def _published(folder: ContentFolder, place: Path) -> Made:
    yield place.name, folder.publish(folder.read(place), place.name)
