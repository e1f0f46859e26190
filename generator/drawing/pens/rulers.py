"""Rulers along two sides of a photograph: they count its rows and columns as text and anchors do, from 1.

They lie in places told in percent, so that numbers keep their size while the page shrinks the picture.
"""

from collections.abc import Iterator

from generator.drawing.pens.svg import decimal

STEPS = (10, 20, 50, 100, 200)
MOST_NUMBERS = 5
"""On one ruler; a picture of a phone has no room for more."""


def rulers_svg(height: int, width: int) -> str:
    """Return the rulers of a picture of so many rows and columns, the one above it first."""
    columns = (
        f'<line x1="{at}%" x2="{at}%" y1="75%" y2="100%"/><text x="{at}%" y="65%">{number}</text>'
        for number, at in ruler_marks(width)
    )
    rows = (
        f'<line x1="85%" x2="100%" y1="{at}%" y2="{at}%"/><text x="78%" y="{at}%" dy=".35em">{number}</text>'
        for number, at in ruler_marks(height)
    )
    return _ruler("columns", "".join(columns)) + _ruler("rows", "".join(rows))


def ruler_marks(length: int) -> Iterator[tuple[int, str]]:
    """Yield the numbers that stand on a ruler of so many pixels, and the middles of their pixels in percent.

    >>> list(ruler_marks(100))
    [(20, '19.5'), (40, '39.5'), (60, '59.5'), (80, '79.5'), (100, '99.5')]
    """
    step = next((step for step in STEPS if length // step <= MOST_NUMBERS), STEPS[-1])
    for number in range(step, length + 1, step):
        yield number, decimal((number - 0.5) / length * 100)


def _ruler(what: str, drawn: str) -> str:
    return f'<svg class="ruler {what}" aria-hidden="true" focusable="false">{drawn}</svg>'
