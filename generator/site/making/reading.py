"""A chapter is read from its file, while what it was made from is noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from generator.course import Chapter, ChapterPlace, ContentFolder, Readers, read_chapter
from generator.site.cache import Cache
from generator.site.learned import trainer
from generator.site.making.order import Order
from generator.site.output import digest_of
from generator.site.published import publisher

if TYPE_CHECKING:
    from generator.scenes import Pixels


@dataclass
class _Reads:
    """Reads files of a folder, and notes what they held."""

    root: Path
    noted: dict[str, str] = field(default_factory=dict)

    def __call__(self, path: Path) -> bytes:
        data = path.read_bytes()
        self.noted[path.relative_to(self.root).as_posix()] = digest_of(data)
        return data


def folder_and_readers(
    content: Path, kept: Cache, reads: _Reads | None = None
) -> tuple[ContentFolder, Readers]:
    """Return a content folder, and what makes of its files what chapters name."""
    folder = ContentFolder(content, publisher(kept), reads or Path.read_bytes)

    def read_image(name: str) -> Pixels:
        from generator.drawing import picture_values  # noqa: PLC0415 - late, for text has no use for it

        return picture_values(folder.read(folder.image(name)), name)

    return folder, Readers(read_image, trainer(kept))


def read_with_inputs(order: Order, place: ChapterPlace) -> tuple[Chapter, tuple[tuple[str, str], ...]]:
    """Return a chapter, computed, and the files that it was made from with the digests of their bytes.

    Raises:
        AuthorError: every problem of the chapter.

    """
    reads = _Reads(order.content)
    folder, readers = folder_and_readers(order.content, order.kept, reads)
    chapter = read_chapter(place, folder, order.names, readers)
    return chapter, tuple(sorted(reads.noted.items()))
