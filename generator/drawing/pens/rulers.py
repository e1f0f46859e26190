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
    columns = "".join(f'<text x="{at}%" y="65%">{number}</text>' for number, at in ruler_marks(width))
    rows = "".join(
        f'<text x="78%" y="{at}%" dy=".35em">{number}</text>' for number, at in ruler_marks(height)
    )
    across = "".join(f"M{at} 7V9" for _, at in ruler_marks(width))
    down = "".join(f"M7 {at}H9" for _, at in ruler_marks(height))
    return _ruler("columns", columns, "0 0 100 9", across) + _ruler("rows", rows, "0 0 9 100", down)


def ruler_marks(length: int) -> Iterator[tuple[int, str]]:
    """Yield the numbers that stand on a ruler of so many pixels, and the middles of their pixels in percent.

    >>> list(ruler_marks(100))
    [(20, '19.5'), (40, '39.5'), (60, '59.5'), (80, '79.5'), (100, '99.5')]
    """
    step = next((step for step in STEPS if length // step <= MOST_NUMBERS), STEPS[-1])
    for number in range(step, length + 1, step):
        yield number, decimal((number - 0.5) / length * 100)


def _ruler(what: str, numbers: str, box: str, ticks: str) -> str:
    """Return one ruler; its ticks stretch with it, and its numbers do not."""
    return (
        f'<svg class="ruler {what}" aria-hidden="true" focusable="false">{numbers}'
        f'<svg viewBox="{box}" preserveAspectRatio="none"><path d="{ticks}"/></svg></svg>'
    )
