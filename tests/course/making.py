"""Courses for tests, written into a folder as an author would."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from generator.arithmetic import trained
from generator.course import Course, Readers, read_course
from generator.errors import AuthorError
from generator.scenes import ImageReader
from tests.scenes.making import no_picture

NONE: Mapping[str, str | bytes] = MappingProxyType({})
COURSE = 'title = "Seeing"\n[[parts]]\ntitle = "Asking"\nchapters = ["01-edges"]\n'
FRONT_MATTER = '+++\ntitle = "Edges"\nsummary = "About edges."\n+++\n'
SCENE = '```scene\nid = "edge"\nimage = "step"\nkernel = "sobel-x"\ncaption = "{input.size} pixels"\n```\n'


def course_of(
    folder: Path, body: str = "", files: Mapping[str, str | bytes] = NONE, read: ImageReader = no_picture
) -> Course:
    """Return the course of one chapter with that body, and of further files by their path."""
    written: dict[str, str | bytes] = {
        "course.toml": COURSE,
        "chapters/01-edges.md": FRONT_MATTER + body,
        **files,
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_course(folder, Readers(read, trained), unchanged)


def unchanged(picture: bytes, _name: str) -> bytes:
    """Publish a picture as it is."""
    return picture


def problems_of(folder: Path, body: str = "", files: Mapping[str, str | bytes] = NONE) -> list[str]:
    try:
        course_of(folder, body, files)
    except AuthorError as error:
        return [f"{Path(problem.file).name}:{problem.line}: {problem.message}" for problem in error.problems]
    return []
