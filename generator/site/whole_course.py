"""The course as it was read, with everything in it computed, for whoever looks at single scenes."""

from pathlib import Path

from generator.course import Course, read_course
from generator.site.cache import Cache, NoCache
from generator.site.making.reading import folder_and_readers


def read_content(content: Path, kept: Cache | None = None) -> Course:
    """Return the course in a content folder, its scenes computed; `kept` pictures need not be made again.

    Raises:
        AuthorError: every problem in the author's files.

    """
    folder, readers = folder_and_readers(content, kept or NoCache())
    return read_course(content, readers, folder.publish)
