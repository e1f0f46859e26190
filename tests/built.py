"""Sites on disk: the course that all tests have in common, and small ones of their own."""

import os
import shutil
from collections.abc import Collection
from functools import cache
from io import BytesIO
from pathlib import Path

from generator import cli
from generator.cli import PROJECT
from generator.course import Course
from generator.course.taken_along import Also
from generator.site import MARKER, BuildPlan, SiteAddress, build_site, made_site, read_content
from generator.site.artifact_kinds import KINDS, Kind, Wanted
from generator.site.cache import FolderCache
from generator.site.output import Writer

THEME = PROJECT / "themes" / "lesson"
FLAGSHIP = "05-convolution-and-filters"
JOBS = os.cpu_count() or 1
COURSE_CACHE = cli.CACHE
"""The project's own, found before tests are given one apart."""
SHOWN: Collection[Kind] = ("film", "frames", "answers")
"""What a page shows; the rest of a scene's files is only printed or downloaded."""


def build(
    content: Path,
    target: Path,
    kinds: Collection[Kind] = KINDS,
    *,
    archive: Path | None = None,
    cache: Path | None = None,
) -> Path:
    """Write the site of a content folder, and return where."""
    kept, wanted = cache or cli.CACHE, Wanted(kinds)
    build_site(BuildPlan(content, THEME, target, kept, archive, jobs=JOBS, wanted=wanted))
    return target


def made(
    content: Path,
    kinds: Collection[Kind] = KINDS,
    *,
    theme: Path = THEME,
    address: SiteAddress | None = None,
    cache: Path | None = None,
    also: Collection[Also] = (),
) -> dict[str, bytes]:
    """Return the files of the site of a content folder, and write none."""
    plan = BuildPlan(
        content,
        theme,
        content.parent / "site",
        cache or cli.CACHE,
        address=address,
        replace=True,
        jobs=1,
        wanted=Wanted(kinds, also=frozenset(also)),
    )
    return made_site(plan)


def build_shown(content: Path, target: Path) -> Path:
    """Write the site of a content folder without what is only printed or downloaded, and return where."""
    return build(content, target, SHOWN)


def build_chapter(folder: Path, name: str, text: str) -> Path:
    """Write the site of a course whose only chapter is that text, without what is only printed or downloaded.

    It lies in `site` in the folder; what is returned is the chapter's own folder there.
    """
    (folder / "content" / "chapters").mkdir(parents=True)
    course = f'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["{name}"]\n'
    (folder / "content" / "course.toml").write_text(course)
    (folder / "content" / "chapters" / f"{name}.md").write_text(text)
    return build_shown(folder / "content", folder / "site") / name


def build_course(target: Path) -> Path:
    """Write the site of the real content and its zip, and return where.

    What earlier builds of the same program kept of it is taken from there. That the bytes are those of a
    build from the start has a test of its own.
    """
    return build(PROJECT / "content", target, archive=zip_of(target), cache=COURSE_CACHE)


@cache
def shipped_course() -> Course:
    """Return the real content, read once in a process, with the networks that a build has trained."""
    return read_content(PROJECT / "content", FolderCache(COURSE_CACHE))


def build_flagship(folder: Path) -> Path:
    """Write the site of the real content with the flagship as its only chapter, and return where.

    It holds one of everything that a check looks at, and is looked at in a seventh of the time.
    """
    write_flagship(folder / "content")
    return build(folder / "content", folder / "site", cache=COURSE_CACHE)


def write_flagship(content: Path, beside: str = "") -> None:
    """Write the real content with the flagship as its only chapter, or one more of that text beside it."""
    shutil.copytree(PROJECT / "content", content)
    course = content / "course.toml"
    text = course.read_text("utf-8")
    for chapter in (content / "chapters").glob("*.md"):
        if chapter.stem != FLAGSHIP:
            chapter.unlink()
            when = "Later" if chapter.stem > FLAGSHIP else "Before"
            text = text.replace(f'"{chapter.stem}"', f'{{ planned = "{when}" }}')
    if beside:
        (content / "chapters" / "06-beside.md").write_text(beside, "utf-8")
        text = text.replace('{ planned = "Later" }', '"06-beside"', 1)
    course.write_text(text, "utf-8")


def zip_of(site: Path) -> Path:
    """Return where the zip of the real content is."""
    return site.with_name("lesson.zip")


def packed(archive: Writer) -> bytes:
    """Return the bytes of a zip."""
    file = BytesIO()
    archive(file)
    return file.getvalue()


def files_of(site: Path) -> dict[str, bytes]:
    """Return every file of a site by its path."""
    paths = (path for path in site.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}
