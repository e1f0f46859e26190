"""A site takes its place: made whole beside it, then put there, with all that the author keeps in it."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from os.path import realpath
from pathlib import Path
from stat import S_IMODE
from typing import BinaryIO

from generator.errors import AuthorError, Problem, shown_path
from generator.site.output.contents import (
    Contents,
    Mark,
    contents_of,
    is_fixed,
    is_in_the_way,
    mark_of,
)
from generator.site.output.exchange import give_back, take_place
from generator.site.output.held_signals import signals_held
from generator.site.output.leftovers import settle
from generator.site.output.listing import MARKER, Listing, Origin, listing_in, listing_of
from generator.site.output.locks import alone_in
from generator.site.output.seen import SeenFiles
from generator.site.output.spare import Spare, is_kept, spare_in
from generator.site.output.targets import check_target, check_targets
from generator.site.output.unfinished import new_file, new_folder

NOBODY = Origin()
Writer = Callable[[BinaryIO], object]
"""Writes a file that was opened for it."""


@dataclass(frozen=True)
class Zip:
    """A zip that is written together with a site."""

    file: Path
    write: Writer


def write_directory(
    files: Mapping[str, bytes], target: Path, origin: Origin = NOBODY, seen: SeenFiles | None = None
) -> None:
    """Put the files in place of the target folder, all or nothing; a link to a folder stays a link.

    What the list of the folder that was there does not name stays where it is, and the folder's rights too.
    Files are asked for one after the other, and none is held; one that is known to lie there already is not
    asked for.

    Raises:
        AuthorError: the target is a file, or a folder with contents that this program did not make, or
            something that stays is in the way of the files, or that was changed would be lost.

    """
    _Writing(files, Path(realpath(target)), origin, seen or SeenFiles()).write(target, lambda: None)


def write_with_archive(
    files: Mapping[str, bytes],
    target: Path,
    zipped: Zip,
    origin: Origin = NOBODY,
    seen: SeenFiles | None = None,
) -> None:
    """Put a site in place of the target folder, and its zip in place of a file: both or neither.

    Raises:
        AuthorError: as in `write_directory`, or the file is no zip, or lies where no file can stay.

    """
    check_targets(target, zipped.file)
    place = Path(realpath(zipped.file))
    place.parent.mkdir(parents=True, exist_ok=True)
    writing = _Writing(files, Path(realpath(target)), origin, seen or SeenFiles())
    with new_file(place) as made:
        with made.open("wb") as opened:
            zipped.write(opened)
        writing.write(target, lambda: made.replace(place))


class _Writing:
    """Puts a site in its place."""

    def __init__(self, files: Mapping[str, bytes], place: Path, origin: Origin, seen: SeenFiles) -> None:
        self.files = files
        self.place = place
        self.seen = seen
        self.before = listing_in(place)
        self.listing = listing_of(files, origin, place)

    def write(self, target: Path, then: Callable[[], object]) -> None:
        """Do so, and something else at the same time, or neither."""
        check_target(target)
        place = self.place
        place.parent.mkdir(parents=True, exist_ok=True)
        spare = spare_in(self.seen.spare)
        with _folder_for(place, spare) as made:
            marks = self._fill(made, self._left_of(spare, made))
            with alone_in(place.parent):
                problems = [*settle(place), *self._in_the_way(made)]
                if problems:
                    raise AuthorError(problems)
                if place.exists():
                    made.chmod(S_IMODE(place.stat().st_mode))
                with signals_held():
                    old = take_place(made, place)
                    try:
                        contents = self._unchanged(old)
                        then()
                    except (AuthorError, OSError):
                        give_back(made, place, old)
                        raise
                    settle(place, old, contents, partial(self._is_kept, marks))
        self.seen.remember(marks)

    def _left_of(self, spare: Spare | None, made: Path) -> set[str]:
        """Return the files of a spare that are those of the new site; the rest of it is deleted.

        Nothing is left where the new folder is none that was spare.
        """
        if spare is None or not (made / MARKER).exists():
            return set()
        return spare.emptied(made, self.listing, self._same)

    @cached_property
    def _same(self) -> dict[str, Mark]:
        """Return how the files were written that lie in the old site as they should in the new one."""
        before = self.before.digests if self.before else {}
        marks = self.seen.marks
        return {
            path: marks[path]
            for path, digest in self.listing.digests.items()
            if path in marks and before.get(path) == digest
        }

    def _fill(self, made: Path, left: Collection[str]) -> dict[str, Mark]:
        """Write the files that are not left; those of the old site have a second name until that goes."""
        old, new = os.fspath(self.place), os.fspath(made)
        if not left:
            (made / MARKER).write_bytes(self.listing.encoded())
        marks: dict[str, Mark] = {}
        folders = {"", *(path.rpartition("/")[0] for path in left)}
        for path in self.listing.digests:
            folder = path.rpartition("/")[0]
            if folder not in folders:
                os.makedirs(f"{new}/{folder}", exist_ok=True)  # noqa: PTH103 - as in `clear`
                folders.add(folder)
            mark = self._same.get(path)
            if mark is None or not (path in left or _is_linked(f"{old}/{path}", f"{new}/{path}", mark)):
                (made / path).write_bytes(self.files[path])
                mark = mark_of((made / path).stat())
            marks[path] = mark
        if left:
            (made / MARKER).write_bytes(self.listing.encoded())
        return marks

    def _is_kept(self, marks: Mapping[str, Mark], old: Path) -> bool:
        """Keep the old site as a spare where most of its files are the new one's; tell whether it is kept."""
        same = sum(self._same.get(path) == mark for path, mark in marks.items())
        spare = self.seen.spare
        return spare is not None and 2 * same > len(marks) and is_kept(old, spare)

    def _in_the_way(self, made: Path) -> Iterator[Problem]:
        """Yield what of the author's lies in a site and cannot stay when another is put in its place."""
        place, old = self.place, listing_in(self.place)
        if old is None:
            return
        contents = contents_of(place, old, self.listing)
        yield from self._changed(place, old, contents)
        for path in contents.foreign:
            shown = shown_path(place / path)
            if is_in_the_way(made, path):
                fact = "this was not made by a build, and stands where the new site has something else"
                yield Problem(shown, 0, fact, "Move it, or give it another name.")
            elif is_fixed(place, path):
                fact = "this was not made by a build, and cannot be moved into the new site"
                yield Problem(shown, 0, fact, "Move it out of the site, or give yourself the right to.")

    def _unchanged(self, old: Path) -> Contents | None:
        """Return what lies in a site that was moved out of its place, to `old`, where there was one.

        From then on what somebody saves by its path goes into the new site.

        Raises:
            AuthorError: it was changed until then.

        """
        listing = listing_in(old)
        if listing is None:
            return None
        contents = contents_of(old, listing, self.listing)
        problems = list(self._changed(old, listing, contents))
        if problems:
            raise AuthorError(problems)
        return contents

    def _changed(self, folder: Path, listing: Listing, contents: Contents) -> Iterator[Problem]:
        """Yield what the author has changed in a folder, as a problem of the place that it has, or had."""
        for path, mark in contents.listed.items():
            if self.seen.is_as_written(path, mark):
                continue
            if listing.is_changed(path, (folder / path).read_bytes()):
                fact = "this was changed after it was built, and would be lost"
                shown = shown_path(self.place / path)
                yield Problem(shown, 0, fact, "Move it out of the site, or delete it.")


@contextmanager
def _folder_for(place: Path, spare: Spare | None) -> Iterator[Path]:
    """Yield a new folder to be put in a place, or a spare one; what is left there is gone afterwards."""
    made = None
    try:
        with new_folder(place, spare.folder if spare else None) as made:
            yield made
    finally:
        with alone_in(place.parent):
            settle(place, made)


def _is_linked(old: str, new: str, mark: Mark) -> bool:
    """Give a file that is as it was written another name as well; tell whether that could be done.

    Not every disk knows how; and what somebody has changed is not taken over.
    """
    try:
        os.link(old, new, follow_symlinks=False)
        if mark_of(os.lstat(new)) == mark:
            return True
        os.unlink(new)  # noqa: PTH108 - as in `clear`
    except (OSError, NotImplementedError):
        pass
    return False
