"""From a content folder and a theme to the files of a site."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.course import Chapter, ContentFolder, Course, SceneBlock, read_course
from generator.drawing import missing_letters, picture_values, stage_of
from generator.drawing.paper import Imprint, one_line
from generator.errors import Problem
from generator.scenes import Pixels
from generator.site.address import SiteAddress
from generator.site.assets import Assets, inlined, write_assets
from generator.site.cache import Cache, FolderCache, NoCache
from generator.site.chapter_text import settled
from generator.site.output import MemoryOutput, Output
from generator.site.published import publisher
from generator.site.scene_files import Look, look_of, scene_files, scene_parts
from generator.site.sharing import shared, sitemap, write_cards
from generator.site.showing import shared_files
from generator.site.theme import Theme, rendered
from generator.site.views import chapter_views, figure_number
from generator.site.workshop import make_ahead


@dataclass(frozen=True)
class _Making:
    """What everything in a site is made with, and where it is put."""

    course: Course
    theme: Theme
    assets: Assets
    address: SiteAddress | None
    output: Output


def read_content(content: Path, kept: Cache | None = None) -> Course:
    """Return the course in a content folder, its scenes computed; `kept` pictures need not be made again.

    Raises:
        AuthorError: every problem in the author's files.

    """
    publish = publisher(kept or NoCache())
    folder = ContentFolder(content, publish)

    def read_image(name: str) -> Pixels:
        return picture_values(folder.image(name).read_bytes(), name)

    return read_course(content, read_image, publish)


def phone_warnings(course: Course) -> Iterator[Problem]:
    """Yield a warning for each scene whose numbers are too small to be read on a phone."""
    blocks = (block for chapter in course.chapters for block in chapter.scenes)
    for reel in (reel for block in blocks for reel in block.reels):
        if fault := stage_of(reel).phone_fault():
            yield Problem(reel.scene.file, reel.scene.line, fault.message, fault.hint)


def print_warnings(course: Course, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each chapter whose title has letters that stand on paper as empty boxes."""
    for chapter in course.chapters:
        missing = missing_letters(theme.print_font, one_line(f"{course.title} {chapter.title}"))
        if missing:
            fact = (
                f'the print font lacks "{missing}" of the titles; prints and cards show boxes in their place'
            )
            yield Problem(chapter.file, 1, fact, "Name a font that has them as print_font in theme.toml.")


def draw_ahead(
    course: Course, theme: Theme, address: SiteAddress | None, kept: FolderCache, jobs: int
) -> None:
    """Draw by so many processes what `site_files` of the same arguments will ask of the cache."""
    look = look_of(theme)
    parts = (
        part
        for chapter in course.chapters
        for block, imprint in _imprinted(course, address, chapter)
        for part in scene_parts(block, imprint, look)
    )
    make_ahead(parts, kept, jobs)


def site_files(
    course: Course,
    content: Path,
    theme: Theme,
    address: SiteAddress | None = None,
    kept: Cache | None = None,
) -> dict[str, bytes]:
    """Return every file of the site by its path; the same input gives the same bytes, `kept` or made anew.

    Only where there is an address do pages say what others should call them, with a picture and a sitemap.
    """
    output = MemoryOutput()
    making = _Making(course, theme, write_assets(theme, output), address, output)
    look = look_of(theme)
    for name, data in shared_files(course).items():
        output.write(name, data)
    for chapter in course.chapters:
        _write_chapter(making, chapter, look, kept or NoCache())
    for name, data in ContentFolder(content, publisher(kept or NoCache())).pictures():
        output.write(name, data)
    home = shared(address, course, "index.html") if address else None
    _write_page(making, "index.html", "index.html", root="", shared=home)
    if address:
        write_cards(course, theme, output)
        pages = [path for path in output.files if path.endswith(".html")]
        output.write("sitemap.xml", sitemap(address, pages))
    base = address.base if address else ""
    _write_page(making, "404.html", "404.html", root="", home=base, inlined=inlined(theme))
    output.write(".nojekyll", b"")
    return output.files


def _write_chapter(making: _Making, chapter: Chapter, look: Look, kept: Cache) -> None:
    course, address = making.course, making.address
    files = {
        block.reel.scene.id: scene_files(block, imprint, look, kept)
        for block, imprint in _imprinted(course, address, chapter)
    }
    for scene_id, named in files.items():
        for name, data in named.items():
            making.output.write(f"{chapter.name}/{scene_id}/{name}", data)
    at = course.chapters.index(chapter)
    path = f"{chapter.name}/index.html"
    _write_page(
        making,
        path,
        "chapter.html",
        chapter=chapter,
        blocks=chapter_views(chapter, files),
        previous=course.chapters[at - 1] if at else None,
        next=course.chapters[at + 1] if at + 1 < len(course.chapters) else None,
        root="../",
        shared=shared(address, course, path, chapter) if address else None,
    )


def _imprinted(
    course: Course, address: SiteAddress | None, chapter: Chapter
) -> Iterator[tuple[SceneBlock, Imprint]]:
    """Yield a chapter's scenes, each with what its prints say of themselves."""
    for number, block in enumerate(chapter.scenes, 1):
        yield block, _imprint(course, address, chapter, block, number)


def _write_page(making: _Making, path: str, template: str, **seen: object) -> None:
    html = rendered(making.theme, template, course=making.course, assets=making.assets, **seen)
    making.output.write(path, settled(html, path).encode())


def _imprint(
    course: Course, address: SiteAddress | None, chapter: Chapter, block: SceneBlock, number: int
) -> Imprint:
    """Return what the prints of a chapter's scene, counted from 1, say of themselves."""
    scene_id = block.reel.scene.id
    return Imprint(
        course=one_line(course.title),
        chapter_number=chapter.number,
        chapter_title=one_line(chapter.title),
        scene=f"Figure {figure_number(chapter, number)} · {scene_id}",
        caption=one_line(block.caption),
        address=f"{address.page(f'{chapter.name}/index.html')}#{scene_id}" if address else "",
    )
