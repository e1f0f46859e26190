"""Where a site and its zip may be put: never over what somebody else made, or what they are made from."""

import os
from os.path import realpath
from pathlib import Path

from generator.errors import AuthorError, Problem, shortened, shown_path
from generator.site.output.archives import known_title, title_in_archive
from generator.site.output.listing import MARKER, Origin, listing_in
from generator.site.output.locks import alone_in
from generator.site.output.unfinished import LONGEST_NAME


def check_targets(
    target: Path, file: Path | None, content: Path | None = None, theme: Path | None = None
) -> None:
    """Make sure that a site, and an archive if one is asked for, can be put where they are to be.

    Raises:
        AuthorError: as in `write_directory` and `write_with_archive`, or the site would lie in its content
            or its theme, or they lie in the target.

    """
    _check_name(target, "target", "--out")
    if file:
        _check_name(file, "archive", "--zip")
    for source, name in (
        (content, "the content that it is made from"),
        (theme, "the theme that it is made with"),
    ):
        if source:
            _check_apart(target, source, name)
        if source and file and _lies_in(file, source):
            fact = f"the archive would lie inside {name}"
            hint = f"Name a file outside {shown_path(source)}/ with --zip."
            raise AuthorError([Problem(shown_path(file), 0, fact, hint)])
    if file:
        _check_file(file, target)
    check_target(target)


def check_course(target: Path, file: Path | None, origin: Origin) -> None:
    """Make sure that a site in the target folder, and an archive that is there, are of the same course.

    A course is the same if its title or its place is, since both may be changed. An archive may lie anywhere,
    and does not tell the place: it is known by the title, the new one or that of the site in the folder.

    Raises:
        AuthorError: the site or the archive is that of another course.

    """
    there = listing_in(target)
    titles = {origin.title}
    if there and there.place == origin.place_seen_from(target):
        titles.add(there.course)
    problems = []
    if there and there.course and there.course not in titles:
        problems.append(_of_another(target, "site", there.course, origin, "folder with --out"))
    zipped = title_in_archive(Path(realpath(file))) if file else None
    if file and zipped and zipped not in map(known_title, titles):
        problems.append(_of_another(file, "zip", zipped, origin, "file with --zip"))
    if problems:
        raise AuthorError(problems)


def _of_another(path: Path, what: str, title: str, origin: Origin, way_out: str) -> Problem:
    fact = f'the {what} of another course lies here: "{shortened(title)}", not "{shortened(origin.title)}"'
    return Problem(shown_path(path), 0, fact, f"Name another {way_out}, or add --replace to replace it.")


def check_target(target: Path) -> None:
    """Make sure that a folder can be put in place of the target.

    Raises:
        AuthorError: the target is no folder, or a folder with contents that this program did not make.

    """
    place = Path(realpath(target))
    with alone_in(place.parent):  # where a folder is exchanged in two steps, there is none in between
        fault = _fault_of(target, place)
    if fault:
        raise AuthorError([Problem(shown_path(target), 0, *fault)])


def _fault_of(target: Path, place: Path) -> tuple[str, str] | None:
    """Return why no folder can be put in place of the target, and the way out."""
    if target.exists() and not target.is_dir():
        what = "a file" if target.is_file() else "no folder, but a device, a pipe or the like"
        return f"the target is {what}", "Name a folder with --out."
    if place.is_symlink():
        return "the target is a link that leads back to itself", "Remove it."
    if not target.is_dir() or not any(target.iterdir()) or listing_in(place):
        return None
    if (place / MARKER).exists():
        fact = "this site has no list of its files that can be read; those of earlier versions have none"
        return fact, "Delete the folder, and build again."
    fact = "the target folder holds files that this program did not make"
    return fact, "Name another folder with --out, or empty this one."


def _check_name(path: Path, what: str, option: str) -> None:
    """Make sure that what is made for a place can have a name beside it."""
    if len(os.fsencode(path.name)) > LONGEST_NAME:
        hint = f"Use fewer letters with {option}."
        raise AuthorError([Problem(shown_path(path), 0, f"the name of the {what} is too long", hint)])


def _check_apart(target: Path, source: Path, name: str) -> None:
    """Make sure that neither a site nor what it is made from lies in the other."""
    if _lies_in(target, source):
        fact = f"the site would lie inside {name}"
        hint = f"Name a folder outside {shown_path(source)}/ with --out."
    elif _lies_in(source, target):
        fact, hint = f"a site in this folder would replace {name}", "Name another folder with --out."
    else:
        return
    raise AuthorError([Problem(shown_path(target), 0, fact, hint)])


def _lies_in(path: Path, folder: Path) -> bool:
    """Tell whether a path is a folder or leads into it, by whatever name the disk knows it."""
    place, base = Path(realpath(path)), Path(realpath(folder))
    return place.is_relative_to(base) or any(_is_same(above, base) for above in (place, *place.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return False


def _check_file(file: Path, site: Path) -> None:
    """Make sure that an archive can be put in place of a file, which is a zip where it exists."""
    shown, place = shown_path(file), Path(realpath(file))
    nearest = next(path for path in place.parents if path.exists())
    if place.is_dir() or (_lies_in(site, file) and not _is_same(site, file)):
        fact, hint = "the archive's target is a folder", f"Name a file with --zip, as in {shown}/lesson.zip."
    elif _lies_in(file, site):
        fact = "the archive would lie inside the site that it holds"
        hint = f"Name a file outside {shown_path(site)}/ with --zip."
    elif place.exists() and title_in_archive(place) is None:
        fact = "this file is there already, and is no zip as this program made it"
        hint = "Name another file with --zip."
    elif not nearest.is_dir():
        fact, hint = f'"{shown_path(nearest)}" is a file, not a folder', "Name another file with --zip."
    else:
        return
    raise AuthorError([Problem(shown, 0, fact, hint)])
