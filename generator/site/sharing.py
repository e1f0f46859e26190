"""What search engines, and links that people share, show of a page; all of it needs the site's address."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from generator.course import Chapter
from generator.drawing import CARD_SIZE, card_png
from generator.drawing.paper import one_line
from generator.site.address import SiteAddress
from generator.site.theme import Theme

CARD = "card.png"


@dataclass(frozen=True)
class Card:
    """The picture that stands beside a link to a page."""

    address: str
    alt: str
    width: int = CARD_SIZE[0]
    height: int = CARD_SIZE[1]
    """Pixels, as the width."""


@dataclass(frozen=True)
class Shared:
    """A page as others see it."""

    page: str
    """The one address by which it should be known."""
    card: Card | None
    """None in a course that has no scene yet."""


def chapter_card(chapter: Chapter, theme: Theme, titles: tuple[str, str]) -> bytes:
    """Return the card with the scene that stands for a chapter, as a PNG.

    Args:
        chapter: one with a scene.
        theme: how it looks.
        titles: what the card stands for, and what that belongs to.

    """
    title, subtitle = map(one_line, titles)
    block, _ = chapter.pictured or (chapter.scenes[0], None)
    return card_png(block.reel, title, subtitle, theme.on_screen, theme.print_font)


def sitemap(address: SiteAddress, pages: Iterable[str]) -> bytes:
    """Return the list of a site's pages for search engines, without dates: a build knows no clock."""
    places = "".join(f"<url><loc>{escape(address.page(path))}</loc></url>\n" for path in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    ).encode()
