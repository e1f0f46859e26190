"""From a content folder and a theme to the files of a site."""

from dataclasses import dataclass
from pathlib import Path

from generator.course import Chapter, ContentFolder, Course, SceneBlock, read_course
from generator.drawing import grey_values
from generator.drawing.paper import Imprint
from generator.scenes import GreyPicture
from generator.scenes.numerals import size_text
from generator.site.address import SiteAddress
from generator.site.assets import Assets, inlined, write_assets
from generator.site.cache import Cache, NoCache
from generator.site.output import MemoryOutput, Output
from generator.site.scene_files import scene_files
from generator.site.sharing import shared, sitemap, write_cards
from generator.site.theme import Theme
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
    page = making.theme.templates.get_template(template)
    making.output.write(path, page.render(course=making.course, assets=making.assets, **seen).encode())


def _imprint(making: _Making, chapter: Chapter, block: SceneBlock, number: int) -> Imprint:
    """Return what the prints of a chapter's scene, counted from 1, say of themselves."""
    reel, address = block.reel, making.address
    sizes = f"{size_text(*reel.input_size)} · {size_text(*reel.kernel_size)} → {size_text(*reel.output_size)}"
    return Imprint(
        course=making.course.title,
        chapter=f"Chapter {chapter.number} · {chapter.title}",
        scene=f"Figure {figure_number(chapter, number)} · {reel.scene.id} · {sizes}",
        address=f"{address.page(f'{chapter.name}/index.html')}#{reel.scene.id}" if address else "",
    )
