"""Cards for the page, as inline SVG: parts of a photograph from files, and what stands on each.

One of them is shown, and the script changes which.
"""

from collections.abc import Iterator
from html import escape

from generator.drawing.panels.zoom import PictureCards
from generator.drawing.pens.svg import LARGEST_SCALE, card_svg, decimal


def cards_svg(panel: PictureCards, number: int, folder: str) -> str:
    """Return every card, that of a frame, counted from 1, shown; the pictures lie in a folder."""
    (left, top, *_), (width, height) = panel.picture.box, panel.room
    box = f'width="{round(width * LARGEST_SCALE)}" height="{round(height * LARGEST_SCALE)}"'
    cards = "".join(_cards(panel, number, folder))
    return (
        f'<svg class="over cards" viewBox="{left} {top} {decimal(width)} {decimal(height)}" {box} '
        f'aria-hidden="true" focusable="false">{cards}</svg>'
    )


def _cards(panel: PictureCards, number: int, folder: str) -> Iterator[str]:
    frames = panel.reel.frames
    for lens, frame in zip(panel.lenses(frames[number - 1]), frames, strict=True):
        yield card_svg(lens, _picture(panel, frame.number, folder))


def _picture(panel: PictureCards, number: int, folder: str) -> str:
    """Return a frame's part of the picture; an <image> would be fetched at once, wherever it stands."""
    frame = panel.reel.frames[number - 1]
    x, y, width, height = map(decimal, panel.picture_box(frame))
    address = escape(f"{folder}{panel.file_name(frame)}")
    stored = 'width="{}" height="{}"'.format(*panel.plate(frame).size)
    return (
        f'<foreignObject x="{x}" y="{y}" width="{width}" height="{height}">'
        f'<img src="{address}" {stored} loading="lazy" alt=""></foreignObject>'
    )
