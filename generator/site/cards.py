"""The pictures that stand beside links to pages."""

from generator.course import Chapter
from generator.drawing import card_png
from generator.drawing.paper import one_line
from generator.site.theme import Theme


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
