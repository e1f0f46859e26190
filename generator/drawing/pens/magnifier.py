"""A magnifier over a photograph's window, as inline SVG: the same file once more, much enlarged.

The picture lies in a group that moves like the window, between two mirrors: so it goes the other way, and
what is under the window stays in the middle. The script moves it as all that moves, and computes nothing.
"""

from html import escape

from generator.drawing.panels.photo import PhotoPanel
from generator.drawing.pens.svg import decimal
from generator.scenes.kinds.windows import PositionFrame

SEEN = 15
"""Pixels that it shows in either direction; the style sheet enlarges each to whole pixels of the screen."""


def magnifier_svg(panel: PhotoPanel, frame: PositionFrame, address: str) -> str:
    """Return what lies around the outlined window at a frame; the photograph is at an address."""
    rows, columns = panel.reel.ground.span
    left, top = ((SEEN - length) / 2 for length in (columns, rows))
    box = f'x="{decimal(left)}" y="{decimal(top)}" width="{columns}" height="{rows}"'
    row, column = frame.window
    size = f'width="{panel.picture.width}" height="{panel.picture.height}"'
    # An <image> would be fetched at once, wherever on the page it stands.
    picture = (
        f'<foreignObject {size} transform="scale(-1)">'
        f'<img src="{escape(address)}" {size} loading="lazy" alt=""></foreignObject>'
    )
    return (
        f'<svg class="magnifier" viewBox="0 0 {SEEN} {SEEN}" aria-hidden="true" focusable="false">'
        f'<g transform="translate({decimal(left + 1)} {decimal(top + 1)}) scale(-1)">'
        f'<g class="lens" transform="translate({column + 1} {row + 1})">{picture}</g></g>'
        f'<rect class="line-window" {box}/></svg>'
    )
