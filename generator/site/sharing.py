"""What search engines, and links that people share, show of a page; all of it needs the site's address."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from generator.course import Chapter, Course
from generator.drawing import CARD_SIZE, card_png
from generator.drawing.paper import one_line
from generator.site.address import SiteAddress
from generator.site.output import Output
from generator.site.theme import Theme
from generator.site.words import scene_alt

CARD = "card.png"


@dataclass(frozen=True)
class Card:
    """The picture that stands beside a link to a page."""

    address: str
    alt: str
    width: int
    height: int
    """Pixels, as the width."""


@dataclass(frozen=True)
class Shared:
    """A page as others see it."""

    page: str
    """The one address by which it should be known."""
    card: Card | None
    """None in a course that has no scene yet."""


def shared(address: SiteAddress, course: Course, path: str, chapter: Chapter | None = None) -> Shared:
    """Return what others see of a page; a chapter without a scene borrows the picture of the contents."""
    own = chapter is not None and bool(chapter.scenes)
    drawn = chapter if own else first_with_scenes(course)
    if drawn is None or drawn.pictured is None:
        return Shared(address.page(path), None)
    block, _ = drawn.pictured
    picture = address.file(f"{drawn.name}/{CARD}" if own else CARD)
    return Shared(address.page(path), Card(picture, block.alt or scene_alt(block.reel), *CARD_SIZE))


def first_with_scenes(course: Course) -> Chapter | None:
    """Return the first chapter that has something to show."""
    return next((chapter for chapter in course.chapters if chapter.scenes), None)


def write_cards(course: Course, theme: Theme, output: Output) -> None:
    """Write the picture of the contents, and one for every chapter with scenes."""
    first = first_with_scenes(course)
    if first:
        _write_card(output, CARD, theme, first, (course.title, course.summary))
    for chapter in course.chapters:
        if chapter.scenes:
            _write_card(output, f"{chapter.name}/{CARD}", theme, chapter, (chapter.title, course.title))


def _write_card(output: Output, path: str, theme: Theme, chapter: Chapter, titles: tuple[str, str]) -> None:
    title, subtitle = map(one_line, titles)
    block, _ = chapter.pictured or (chapter.scenes[0], None)
    output.write(path, card_png(block.reel, title, subtitle, theme.on_screen, theme.print_font))


def sitemap(address: SiteAddress, pages: Iterable[str]) -> bytes:
    """Return the list of a site's pages for search engines, without dates: a build knows no clock."""
    places = "".join(f"<url><loc>{escape(address.page(path))}</loc></url>\n" for path in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    ).encode()
