"""What search engines, and links that people share, show of a page; all of it needs the site's address."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from generator.site.address import SiteAddress

CARD = "card.png"
CARD_SIZE = (1200, 630)
"""As it is drawn, in pixels: to say so in a page, nothing that draws need be loaded."""


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


def sitemap(address: SiteAddress, pages: Iterable[str]) -> bytes:
    """Return the list of a site's pages for search engines, without dates: a build knows no clock."""
    places = "".join(f"<url><loc>{escape(address.page(path))}</loc></url>\n" for path in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    ).encode()
