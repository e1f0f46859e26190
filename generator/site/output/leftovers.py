"""What a killed build left beside a site: put right by the next one.

It may be half of a new site, an old site that the new one has already replaced, or, where a folder cannot
take the place of another in one step, the only site there is. The list in it says what of it was written by
a build. The rest is the author's: it is moved to the site, and never deleted.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from os.path import realpath
from pathlib import Path

from generator.errors import AuthorError, Problem, shown_path
from generator.site.output.contents import (
    Contents,
    carry,
    clear,
    contents_of,
    is_folder,
    is_in_the_way,
    remove_if_empty,
)
from generator.site.output.listing import Listing, listing_in
from generator.site.output.locks import alone_in
from generator.site.output.unfinished import OLD, beside, seized, unfinished_in


def put_right(target: Path, file: Path | None = None) -> None:
    """Bring a site, and its zip if there is one, into the order in which an undisturbed build leaves them.

    Raises:
        AuthorError: something of the author's cannot go back into the site, where something else lies.

    """
    place = Path(realpath(target))
    for folder in {Path(realpath(path)).parent for path in (target, file) if path}:
        sweep(folder)
    with alone_in(place.parent):
        problems = settle(place)
    if problems:
        raise AuthorError(problems)


def settle(
    place: Path,
    mine: Path | None = None,
    inside: Contents | None = None,
    keep: Callable[[Path], bool] = lambda _: False,
) -> list[Problem]:
    """Put back a site that is missing, and take away what nobody makes any more.

    Args:
        place: where the site lies, in a folder in which nobody else is at work.
        mine: a folder that is no longer made.
        inside: what lies in it, where that is known.
        keep: keeps that folder, without what is the author's, and tells whether it did; else it is deleted.

    Returns:
        what of the author's could not go back into the site.

    """
    _put_back(place)
    problems: list[Problem] = []
    for folder in filter(is_folder, beside(place)):
        with seized(folder, mine) as dead:
            if dead:
                found = (inside, keep) if folder == mine else (None, lambda _: False)
                problems += _dissolved(folder, place, *found)
    return problems


def _put_back(place: Path) -> None:
    for folder in filter(is_folder, beside(place)):
        if folder.name.endswith(OLD) and not os.path.lexists(place) and _is_whole(folder):
            folder.rename(place)


def _is_whole(folder: Path) -> bool:
    listing = listing_in(folder)
    contents = _contents_of(folder, listing, None) if listing else None
    return bool(listing and contents and set(contents.listed) == listing.files)


def _contents_of(folder: Path, listing: Listing, site: Listing | None) -> Contents | None:
    """Return what lies in a folder, or nothing where that cannot be read."""
    try:
        return contents_of(folder, listing, site)
    except OSError:
        return None


def _dissolved(
    folder: Path, place: Path, inside: Contents | None, keep: Callable[[Path], bool]
) -> Iterator[Problem]:
    """Move what is the author's into the site, and delete or keep the rest; yield what cannot be moved."""
    listing, site = listing_in(folder), listing_in(place)
    if listing is None:
        remove_if_empty(folder)
        return
    contents = inside or _contents_of(folder, listing, site)
    if contents is None or (contents.foreign and site is None):
        return  # where there is no site yet, the end of this build comes by again
    stuck = False
    for path in contents.foreign:
        if is_in_the_way(place, path):
            stuck = True
            yield _stuck(folder / path, place / path)
        else:
            carry(path, folder, place)
    for path in contents.folders:
        if path not in listing.folders:  # the author's, and empty by now
            with suppress(OSError):
                (folder / path).rmdir()
    if stuck or not keep(folder):
        clear(folder, contents)


def _stuck(left: Path, wanted: Path) -> Problem:
    fact = f'a build that was killed left this here, and "{shown_path(wanted)}" is something else by now'
    return Problem(shown_path(left), 0, fact, "Move it to where you want to have it.")


def sweep(folder: Path) -> None:
    """Delete the files in a folder that were begun for a place there, and that nobody makes any more."""
    with alone_in(folder):
        for file in unfinished_in(folder):
            if file.is_file() and not file.is_symlink():
                with seized(file) as dead, suppress(OSError):
                    if dead:
                        file.unlink()
