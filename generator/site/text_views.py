"""What a template sees of the text of a chapter, and of listings: nothing of it is drawn."""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from generator.course import Listing, Prose
from generator.site.chapter_text import marked


@dataclass(frozen=True)
class ProseView:
    """Prose, ready as HTML."""

    html: Markup
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True)
class ListingView:
    """A source file, highlighted."""

    file_name: str
    html: Markup
    caption: str
    kind: Literal["listing"] = "listing"


def text_view(block: Prose | Listing) -> ProseView | ListingView:
    """Return a piece of text as a template sees it."""
    if isinstance(block, Prose):
        return ProseView(marked(block.html))
    return ListingView(block.file_name, marked(block.html), block.caption)
