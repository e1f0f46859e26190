"""What one chapter gives to the site. What its figures need is loaded where it has some, and here alone."""

from generator.course import ChapterPlace
from generator.errors import AuthorError
from generator.site.cache import Made
from generator.site.making.made import LaidAside, MadeChapter, Refused
from generator.site.making.order import Order
from generator.site.making.reading import read_with_inputs
from generator.site.making.record import ReadChapter, keep_chapter


def begin_chapter(
    order: Order, place: ChapterPlace, key: str, *, shares: bool
) -> MadeChapter | LaidAside | Refused:
    """Make and keep what a chapter gives to the site; one with much to draw is laid aside at times.

    Args:
        order: with what it is made.
        place: where the chapter stands.
        key: under which the result is kept.
        shares: whether other processes could draw at the same time.

    """
    try:
        read = ReadChapter(place, key, *read_with_inputs(order, place))
        if read.chapter.is_text:
            return keep_chapter(order, read)
        from generator.site.making.figures import begin_figures  # noqa: PLC0415

        return begin_figures(order, read, shares=shares)
    except AuthorError as error:
        return Refused(error.problems)


def draw_part(order: Order, key: str) -> None:
    """Draw one reel of a chapter that was laid aside."""
    from generator.site.making.figures import draw_reel  # noqa: PLC0415

    draw_reel(order, key)


def finish_chapter(order: Order, key: str) -> MadeChapter | Refused:
    """Make and keep what a chapter gives to the site that was laid aside, once its parts are drawn."""
    from generator.site.making.figures import finish_figures  # noqa: PLC0415

    try:
        return finish_figures(order, key)
    except AuthorError as error:
        return Refused(error.problems)


def contents_card(order: Order, place: ChapterPlace, summary: str) -> Made:
    """Yield the picture that stands beside links to the contents: a chapter's, with other words.

    Raises:
        AuthorError: the chapter is not right any more.

    """
    from generator.site.making.figures import card_of_contents  # noqa: PLC0415

    return card_of_contents(order, place, summary)
