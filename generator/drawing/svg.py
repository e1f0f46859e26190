"""The pen for the page: a panel as inline SVG, its colours as classes that the style sheet fills in."""

from collections.abc import Iterable, Iterator
from html import escape

from generator.drawing.stage import Cell, Mark, Outline, Words

LARGEST_SCALE = 1.3
"""Pixels a unit on the largest screens: panels only ever shrink from here, all in step."""


def svg(size: tuple[float, float], marks: Iterable[Mark], part: str) -> str:
    """Return the marks as an `<svg>` element whose class is `part`, hidden from listeners.

    The words around it tell the same; a screen reader would meet every number of it one by one.
    """
    width, height = size
    drawn = "".join(piece for mark in marks for piece in _drawn(mark))
    return (
        f'<svg class="{part}" viewBox="0 0 {_number(width)} {_number(height)}" '
        f'width="{round(width * LARGEST_SCALE)}" height="{round(height * LARGEST_SCALE)}" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def _drawn(mark: Mark) -> Iterator[str]:
    if isinstance(mark, Words):
        yield _text(mark)
    elif isinstance(mark, Outline):
        names = f"{mark.part} line-{mark.ink}".strip()
        yield f'<rect class="{names}" {_box(mark)} stroke-width="{_number(mark.thickness)}"/>'
    else:
        yield f'<rect class="{f"{mark.part} fill-{mark.fill}".strip()}" {_box(mark)}/>'
        yield _text(mark.words)


def _text(words: Words) -> str:
    place = f'x="{_number(words.x)}" y="{_number(words.y)}" font-size="{_number(words.size)}"'
    names = f"{words.part} ink-{words.ink}".strip()
    end = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    return f'<text class="{names}" {place}{end}>{escape(words.text)}</text>'


def _box(mark: Cell | Outline) -> str:
    return (
        f'x="{_number(mark.x)}" y="{_number(mark.y)}" '
        f'width="{_number(mark.width)}" height="{_number(mark.height)}"'
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
