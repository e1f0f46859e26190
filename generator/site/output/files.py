"""Single files: put in their place whole, and kept in a folder that does not grow for ever."""

from contextlib import suppress
from pathlib import Path

from generator.site.output.leftovers import sweep
from generator.site.output.unfinished import new_file, unfinished_in


def write_file(place: Path, data: bytes) -> None:
    """Put a file in its place, all or nothing, and make its folder where there is none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with new_file(place) as made:
        made.write_bytes(data)
        made.replace(place)


def mark_used(place: Path) -> None:
    """Note that a file was used just now, where anything can be noted."""
    with suppress(OSError):
        place.touch()


def trim(folder: Path, most: int) -> None:
    """Delete the files of a folder that were unused for the longest time, until at most `most` bytes stay.

    What killed builds began there goes as well.
    """
    sweep(folder)
    try:
        made = set(unfinished_in(folder))
        kept = sorted(
            (path.stat().st_mtime, path.stat().st_size, path)
            for path in folder.iterdir()
            if path not in made and path.is_file()
        )
        total = sum(size for _, size, _ in kept)
        for _, size, path in kept:
            if total <= most:
                return
            path.unlink()
            total -= size
    except OSError:  # somebody else is at work here; the next build tries again
        return
