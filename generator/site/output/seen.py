"""How the files of a site were when they were written, so that what nobody has touched is not read again."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.site.output.contents import Mark
from generator.site.output.files import write_file
from generator.site.output.spare import NAME


class SeenFiles:
    """What is remembered of a site's files, in a file of its own; without one, nothing is."""

    def __init__(self, index: Path | None = None) -> None:
        """Remember what an earlier build has written into this file, which need not exist."""
        self.index = index
        self.marks = _marks_in(index) if index else {}

    @property
    def spare(self) -> Path | None:
        """Return where the site is kept that another has replaced, if one is; None where nothing is kept."""
        return self.index.with_name(f"{NAME}{self.index.name}") if self.index else None

    def is_as_written(self, path: str, mark: Mark) -> bool:
        """Tell whether a file is known to be as a build has written it."""
        return self.marks.get(path) == mark

    def remember(self, marks: Mapping[str, Mark]) -> None:
        """Remember how all files are now; where that cannot be kept, the next build reads them."""
        self.marks = dict(marks)
        if self.index:
            with suppress(OSError):
                write_file(self.index, msgspec.msgpack.encode(self.marks))


def _marks_in(index: Path) -> dict[str, Mark]:
    try:
        return msgspec.msgpack.decode(index.read_bytes(), type=dict[str, Mark])
    except (OSError, msgspec.MsgspecError):
        return {}
