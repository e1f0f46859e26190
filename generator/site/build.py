"""From a content folder and a theme to the files of a site."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.course import Chapter, ContentFolder, Course, SceneBlock, read_course
from generator.drawing import grey_values, missing_letters
from generator.drawing.paper import Imprint, one_line
from generator.errors import Problem
from generator.scenes import GreyPicture
from generator.site.address import SiteAddress
from generator.site.assets import Assets, inlined, write_assets
from generator.site.cache import Cache, NoCache
from generator.site.output import MemoryOutput, Output
from generator.site.scene_files import scene_files
from generator.site.sharing import shared, sitemap, write_cards
from generator.site.theme import Theme, rendered
from generator.site.views import chapter_views, figure_number


@dataclass(frozen=True)
class _Making:
    """What everything in a site is made with, and where it is put."""

    course: Course
    theme: Theme
    assets: Assets
    address: SiteAddress | None
    output: Output


def read_content(content: Path) -> Course:
    """Return the course in a content folder, its scenes computed.

    Raises:
        AuthorError: every problem in the author's files.

    """
    folder = ContentFolder(content)

    def read_image(name: str) -> GreyPicture:
        inside = name if name.startswith("images/") else f"images/{name}"
        return grey_values(folder.file(inside).read_bytes(), name)

    return read_course(content, read_image)


def print_warnings(course: Course, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each chapter whose title has letters that stand on paper as empty boxes."""
    for chapter in course.chapters:
        missing = missing_letters(theme.print_font, one_line(f"{course.title} {chapter.title}"))
        if missing:
            fact = (
                f'the print font lacks "{missing}" of the titles; prints and cards show boxes in their place'
            )
            yield Problem(chapter.file, 1, fact, "Name a font that has them as print_font in theme.toml.")


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
    for chapter in course.chapters:
        _write_chapter(making, chapter, kept or NoCache())
    for name, data in ContentFolder(content).pictures():
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


def _write_chapter(making: _Making, chapter: Chapter, kept: Cache) -> None:
    course, theme, address = making.course, making.theme, making.address
    files = {
        block.reel.scene.id: scene_files(block, _imprint(making, chapter, block, number), theme, kept)
        for number, block in enumerate(chapter.scenes, 1)
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


def _write_page(making: _Making, path: str, template: str, **seen: object) -> None:
    html = rendered(making.theme, template, course=making.course, assets=making.assets, **seen)
    making.output.write(path, html.encode())


def _imprint(making: _Making, chapter: Chapter, block: SceneBlock, number: int) -> Imprint:
    """Return what the prints of a chapter's scene, counted from 1, say of themselves."""
    scene_id, address = block.reel.scene.id, making.address
    return Imprint(
        course=one_line(making.course.title),
        chapter_number=chapter.number,
        chapter_title=one_line(chapter.title),
        scene=f"Figure {figure_number(chapter, number)} · {scene_id}",
        caption=one_line(block.caption),
        address=f"{address.page(f'{chapter.name}/index.html')}#{scene_id}" if address else "",
    )
