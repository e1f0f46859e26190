"""The pen for the page: a panel as inline SVG, its colours as classes that the style sheet fills in."""

from collections.abc import Iterable, Iterator
from html import escape

from generator.drawing.marks import Line, Mark, Outline, Photo, Tile, Words, painted
from generator.drawing.panels.panel import Lens

LARGEST_SCALE = 1.3
"""Pixels a unit on the largest screens: panels only ever shrink from here, all in step."""


GHOST = '<g class="ghost"></g>'
"""Where a script draws what is on its way, over all else."""


def svg(
    size: tuple[float, float], marks: Iterable[Mark], part: str, lenses: Iterable[Lens] = (), ghosts: int = 0
) -> str:
    """Return the marks as an `<svg>` element whose class is `part`, hidden from listeners.

    The words around it tell the same; a screen reader would meet every number of it one by one. So many
    `ghosts` are empty yet.
    """
    width, height = size
    drawn = "".join(piece for mark in marks for piece in _drawn(mark))
    drawn += "".join(map(lens_svg, lenses)) + GHOST * ghosts
    return (
        f'<svg class="{part}" viewBox="0 0 {decimal(width)} {decimal(height)}" '
        f'width="{round(width * LARGEST_SCALE)}" height="{round(height * LARGEST_SCALE)}" '
        f'aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def lens_svg(lens: Lens) -> str:
    """Return the outlines that move as one, in place, where a script may move or show them."""
    return card_svg(lens, "")


def card_svg(lens: Lens, picture: str) -> str:
    """Return the same, with a picture where a photograph lies among its marks."""
    marks = (*lens.laid, *lens.marks)
    drawn = "".join(picture if isinstance(mark, Photo) else "".join(_drawn(mark)) for mark in marks)
    place = f'transform="translate({decimal(lens.x)} {decimal(lens.y)})"'
    if lens.grows_from:
        place += ' transform-origin="{} {}"'.format(*map(decimal, lens.grows_from))
    names = "lens card" if lens.grows_from else "lens"
    hidden = "" if lens.shown else ' visibility="hidden"'
    return f'<g class="{names}" {place}{hidden}>{drawn}</g>'


def _drawn(mark: Mark) -> Iterator[str]:
    if isinstance(mark, Words):
        yield text_svg(mark)
    elif isinstance(mark, Photo):
        return  # a page shows pictures from files, which come late
    elif isinstance(mark, Line):
        yield _line(mark)
    elif isinstance(mark, Outline):
        names = f"{mark.part} line-{mark.ink}".strip()
        yield f'<rect class="{names}" {_box(mark)} stroke-width="{decimal(mark.thickness)}"/>'
    else:
        names = painted(mark.fill, is_framed=mark.is_framed, is_outside=mark.is_outside).replace("\t", " ")
        yield f'<rect class="{f"{mark.part} fill-{names}".strip()}" {_box(mark)}/>'
        if mark.is_outside is not None:
            yield _hatching(mark)
        if mark.text or mark.part:
            yield text_svg(mark.words)


def _hatching(tile: Tile) -> str:
    """Return the lines of what is no part of the image; the style sheet hides them on other tiles."""
    lines = (map(decimal, line) for line in tile.hatching)
    return '<path class="hatch" d="{}"/>'.format("".join("M{} {}L{} {}".format(*line) for line in lines))


def _line(line: Line) -> str:
    """Return a line; a script hides one that a later frame draws."""
    names = f"{line.part} line-{line.ink}".strip()
    late = f' data-frame="{line.frame}"' if line.frame else ""
    way = "M{} {}l{} {}".format(*map(decimal, line[:4]))
    return f'<path class="{names}" d="{way}" stroke-width="{decimal(line.thickness)}"{late}/>'


def text_svg(words: Words) -> str:
    """Return words as a `<text>` element."""
    place = f'x="{decimal(words.x)}" y="{decimal(words.y)}" font-size="{decimal(words.size)}"'
    names = f"{words.part} ink-{words.ink}".strip()
    end = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    return f'<text class="{names}" {place}{end}>{escape(words.text)}</text>'


def _box(mark: Tile | Outline) -> str:
    return (
        f'x="{decimal(mark.x)}" y="{decimal(mark.y)}" '
        f'width="{decimal(mark.width)}" height="{decimal(mark.height)}"'
    )


def box_path(mark: Tile | Outline) -> str:
    """Return the box of a mark as a piece of a path."""
    across = decimal(mark.width)
    return f"M{decimal(mark.x)} {decimal(mark.y)}h{across}v{decimal(mark.height)}h-{across}z"


def decimal(value: float) -> str:
    """Return a length with at most two decimals.

    >>> decimal(4.0), decimal(1.09375)
    ('4', '1.09')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")
