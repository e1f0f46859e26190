"""From a content folder and a theme to the files of a site, in memory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from generator.course import Chapter, ContentFolder, Course, Readers, SceneBlock, read_course
from generator.drawing import picture_values
from generator.drawing.paper import Imprint, one_line
from generator.scenes import Pixels
from generator.site.address import SiteAddress
from generator.site.artifacts import USUAL, Wanted, look_of, wanted_of
from generator.site.assets import Assets, inlined, write_assets
from generator.site.cache import Cache, FolderCache, NoCache
from generator.site.chapter_text import marked, settled
from generator.site.learned import trainer
from generator.site.output import MemoryOutput, Output
from generator.site.parallel import make_in_parallel
from generator.site.published import publisher
from generator.site.reading_time import reading_minutes
from generator.site.scene_files import reel_files, scene_files
from generator.site.script_data import json_data
from generator.site.sharing import shared, sitemap, write_cards
from generator.site.showing import shared_files
from generator.site.theme import Theme, rendered
from generator.site.thumbnails import thumbnail, thumbnails
from generator.site.views import SceneFiles, chapter_steps, chapter_views, figure_number


@dataclass(frozen=True)
class DrawingPlan:
    """What is drawn of scenes, by how many processes, and where it is kept."""

    kept: FolderCache | None = None
    """Without one, everything is drawn anew, by this process alone."""
    jobs: int = 1
    wanted: Wanted = USUAL


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

    return read_course(content, Readers(read_image, trainer(kept or NoCache())), publish)


def site_files(
    course: Course,
    content: Path,
    theme: Theme,
    address: SiteAddress | None = None,
    drawing: DrawingPlan = DrawingPlan(),
) -> dict[str, bytes]:
    """Return every file of the site by its path; the same input gives the same bytes, kept or drawn anew.

    Only where there is an address do pages say what others should call them, with a picture and a sitemap.
    """
    output = MemoryOutput()
    making = _Making(course, theme, write_assets(theme, output), address, output)
    for name, data in shared_files(course).items():
        output.write(name, data)
    drawn = _files_of_scenes(making, drawing)
    for chapter in course.chapters:
        _write_chapter(making, chapter, drawn)
    for name, data in ContentFolder(content, publisher(drawing.kept or NoCache())).pictures():
        output.write(name, data)
    _write_contents(making, drawn)
    if course.glossary:
        _write_glossary(making)
    if address:
        write_cards(course, theme, output)
        pages = [path for path in output.files if path.endswith(".html")]
        output.write("sitemap.xml", sitemap(address, pages))
    base = address.base if address else ""
    _write_page(making, "404.html", "404.html", root="", home=base, inlined=inlined(theme))
    output.write(".nojekyll", b"")
    return output.files


def _files_of_scenes(making: _Making, drawing: DrawingPlan) -> dict[str, SceneFiles]:
    """Return the files of all scenes by chapter; what is missing of the whole course is drawn at once."""
    look = look_of(making.theme)
    wanted = wanted_of(making.course, drawing.wanted)
    planned = {
        chapter.name: {
            block.reel.scene.id: tuple(reel_files(block, imprint, look, wanted))
            for block, imprint in _imprinted(making.course, making.address, chapter)
        }
        for chapter in making.course.chapters
    }
    if drawing.kept:
        versions = (versions for scenes in planned.values() for versions in scenes.values())
        artifacts = (reel.artifacts for reel in chain.from_iterable(versions))
        make_in_parallel(chain.from_iterable(artifacts), drawing.kept, drawing.jobs)
    kept = drawing.kept or NoCache()
    return {
        chapter: {scene_id: scene_files(versions, kept) for scene_id, versions in scenes.items()}
        for chapter, scenes in planned.items()
    }


def _imprinted(
    course: Course, address: SiteAddress | None, chapter: Chapter
) -> Iterator[tuple[SceneBlock, Imprint]]:
    """Yield a chapter's scenes, each with what its prints say of themselves."""
    for number, block in enumerate(chapter.scenes, 1):
        yield block, _imprint(course, address, chapter, block, number)


def _write_contents(making: _Making, drawn: Mapping[str, SceneFiles]) -> None:
    course, address = making.course, making.address
    _write_page(
        making,
        "index.html",
        "index.html",
        root="",
        shared=shared(address, course, "index.html") if address else None,
        minutes={chapter.name: reading_minutes(chapter) for chapter in course.chapters},
        pictures=thumbnails(course.chapters, drawn, root=""),
        first=thumbnail(course.start, drawn, root="", is_large=True) if course.start else "",
    )


def _write_glossary(making: _Making) -> None:
    course, address, path = making.course, making.address, "glossary/index.html"
    _write_page(
        making,
        path,
        "glossary.html",
        root="../",
        shared=shared(address, course, path) if address else None,
        entries=[
            (term, chapter, marked(term.words), marked(term.sentence)) for term, chapter in course.glossary
        ],
    )


def _write_chapter(making: _Making, chapter: Chapter, drawn: Mapping[str, SceneFiles]) -> None:
    course, address = making.course, making.address
    for scene_id, named in drawn[chapter.name].items():
        for name, data in named.items():
            making.output.write(f"{chapter.name}/{scene_id}/{name}", data)
    path = f"{chapter.name}/index.html"
    previous, next_one = course.neighbours(chapter)
    _write_page(
        making,
        path,
        "chapter.html",
        chapter=chapter,
        blocks=chapter_views(chapter, drawn[chapter.name]),
        greys=json_data(chapter_steps(chapter)),
        previous=previous,
        next=next_one,
        pictures=thumbnails(filter(None, (previous, next_one)), drawn, root="../"),
        root="../",
        shared=shared(address, course, path, chapter) if address else None,
    )


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
