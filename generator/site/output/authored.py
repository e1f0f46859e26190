"""Files of an author's: new ones are begun, and one is edited, all of it or nothing."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from stat import S_IMODE

from generator.site.output.unfinished import new_file


def begin_files(files: Mapping[Path, bytes], edited: tuple[Path, bytes] | None = None) -> None:
    """Write files that are not there yet, with the folders that they need, and one that is there anew.

    Raises:
        FileExistsError: one of the new files is there already.
        OSError: something cannot be written; whatever was written is taken away again.

    """
    with ExitStack() as undoing:
        for place, data in files.items():
            for folder in reversed([above for above in place.parents if not above.exists()]):
                folder.mkdir()
                undoing.callback(folder.rmdir)
            with place.open("xb") as file:
                undoing.callback(place.unlink)
                file.write(data)
        if edited:
            _write_anew(*edited)
        undoing.pop_all()


def _write_anew(place: Path, data: bytes) -> None:
    """Put a file in place of one with its rights, where a link leads and not over the link."""
    there = Path(os.path.realpath(place))
    with new_file(there) as made:
        made.write_bytes(data)
        made.chmod(S_IMODE(there.stat().st_mode))
        made.replace(there)
