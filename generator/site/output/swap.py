"""A site takes its place: made whole beside it, then put there, with all that the author keeps in it."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from os.path import realpath
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO

from generator.errors import AuthorError, Problem, shown_path
from generator.site.output.contents import Contents, contents_of, is_fixed, is_in_the_way
from generator.site.output.exchange import give_back, take_place
from generator.site.output.held_signals import signals_held
from generator.site.output.leftovers import settle
from generator.site.output.listing import MARKER, Listing, Origin, listing_in, listing_of
from generator.site.output.locks import alone_in
from generator.site.output.targets import check_target, check_targets
from generator.site.output.unfinished import new_file, new_folder

NOBODY = Origin()
Writer = Callable[[BinaryIO], object]
"""Writes a file that was opened for it."""


def write_directory(files: Mapping[str, bytes], target: Path, origin: Origin = NOBODY) -> None:
    """Put the files in place of the target folder, all or nothing; a link to a folder stays a link.

    What the list of the folder that was there does not name stays where it is, and the folder's rights too.
    Files are asked for one after the other, and none is held; one that is known to lie there already is not
    asked for.

    Raises:
        AuthorError: the target is a file, or a folder with contents that this program did not make, or
            something that stays is in the way of the files, or that was changed would be lost.

    """
    _write(files, target, origin, lambda: None)


def write_with_archive(
    files: Mapping[str, bytes],
    target: Path,
    archive: Writer,
    file: Path,
    origin: Origin = NOBODY,
) -> None:
    """Put a site in place of the target folder, and its zip in place of a file: both or neither.

    Raises:
        AuthorError: as in `write_directory`, or the file is no zip, or lies where no file can stay.

    """
    check_targets(target, file)
    place = Path(realpath(file))
    place.parent.mkdir(parents=True, exist_ok=True)
    with new_file(place) as made:
        with made.open("wb") as opened:
            archive(opened)
        _write(files, target, origin, lambda: made.replace(place))


def _write(files: Mapping[str, bytes], target: Path, origin: Origin, then: Callable[[], object]) -> None:
    """Put a site in its place, and do something else at the same time, or neither."""
    check_target(target)
    place = Path(realpath(target))
    place.parent.mkdir(parents=True, exist_ok=True)
    listing = listing_of(files, origin, place)
    with _folder_for(place) as made:
        _fill(made, files, listing, place)
        with alone_in(place.parent):
            problems = [*settle(place), *_in_the_way(place, made, listing)]
            if problems:
                raise AuthorError(problems)
            if place.exists():
                made.chmod(S_IMODE(place.stat().st_mode))
            with signals_held():
                old = take_place(made, place)
                try:
                    _refuse_changed(old, place)
                    then()
                except (AuthorError, OSError):
                    give_back(made, place, old)
                    raise
                settle(place, old)


@contextmanager
def _folder_for(place: Path) -> Iterator[Path]:
    """Yield a new folder to be put in a place; what is left of it, or of the old one, is gone afterwards."""
    made = None
    try:
        with new_folder(place) as made:
            yield made
    finally:
        with alone_in(place.parent):
            settle(place, made)


def _fill(made: Path, files: Mapping[str, bytes], listing: Listing, old: Path) -> None:
    """Write the files; those that lie as they should in the old site are in both, until it goes."""
    (made / MARKER).write_bytes(listing.encoded())
    before = listing_in(old)
    folders = {""}
    for path in files:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (made / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        is_same = before is not None and before.digests.get(path) == listing.digests[path]
        if not (is_same and _is_linked(old / path, made / path)):
            (made / path).write_bytes(files[path])


def _is_linked(old: Path, new: Path) -> bool:
    """Give a file another name as well; tell whether that could be done, for not every disk knows how."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def _in_the_way(place: Path, made: Path, new: Listing) -> Iterator[Problem]:
    """Yield what of the author's lies in a site and cannot stay there when another is put in its place."""
    old = listing_in(place)
    if old is None:
        return
    contents = contents_of(place, old, new)
    yield from _changed(place, old, contents, place)
    for path in contents.foreign:
        shown = shown_path(place / path)
        if is_in_the_way(made, path):
            fact = "this was not made by a build, and stands where the new site has something else"
            yield Problem(shown, 0, fact, "Move it, or give it another name.")
        elif is_fixed(place, path):
            fact = "this was not made by a build, and cannot be moved into the new site"
            yield Problem(shown, 0, fact, "Move it out of the site, or give yourself the right to.")


def _refuse_changed(old: Path, place: Path) -> None:
    """Raise `AuthorError` if a site was changed until it was moved out of its place, to `old`.

    From then on what somebody saves by its path goes into the new site.
    """
    listing = listing_in(old)
    problems = list(_changed(old, listing, contents_of(old, listing), place)) if listing else []
    if problems:
        raise AuthorError(problems)


def _changed(folder: Path, listing: Listing, contents: Contents, place: Path) -> Iterator[Problem]:
    """Yield what the author has changed in a folder, as a problem of the place that it has, or had."""
    for path in contents.listed:
        if listing.is_changed(path, (folder / path).read_bytes()):
            fact = "this was changed after it was built, and would be lost"
            yield Problem(shown_path(place / path), 0, fact, "Move it out of the site, or delete it.")
