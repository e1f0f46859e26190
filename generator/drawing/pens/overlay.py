"""What lies over a photograph on the page, as inline SVG: the window, and what hides answers to come.

The picture itself is a file that the browser fetches when it comes into sight. Here a unit is one pixel of
it, and the first has the number 1, so that all moves by whole numbers, which are those that people read.
"""

from collections.abc import Iterator

from generator.drawing.panels.panel import Lens
from generator.drawing.panels.photo import AnswersPanel, Cells, PlatePanel, is_linked
from generator.drawing.pens.svg import LARGEST_SCALE, lens_svg
from generator.scenes.kinds.windows import PositionFrame

COVERED, UNCOVERED = (0, 0), (1_000_000, 0)
"""The last cell (row, column) that is seen, where that is none or all of them; both count from 1."""


def answers_overlay(panel: AnswersPanel, frame: PositionFrame, key: str) -> str:
    """Return what lies over a picture of answers at a frame; `key` begins the ids, unique in the page."""
    return overlay_svg(panel, frame, "".join(_cover(panel, frame, key)))


def overlay_svg(panel: PlatePanel, frame: PositionFrame, over: str = "") -> str:
    """Return what lies over a panel's picture at a frame: what moves, on top of what hides or pales it."""
    picture = panel.picture
    size = (round(length * LARGEST_SCALE) for length in picture.box[2:])
    box = 'width="{}" height="{}"'.format(*size)
    row, column = _counted(panel, frame) or (1, 1)
    lens = lens_svg(Lens(column, row, panel.marked(frame), panel.cell(frame) is not None))
    return (
        f'<svg class="over" viewBox="1 1 {picture.width} {picture.height}" {box} '
        f'aria-hidden="true" focusable="false">{over}{lens}</svg>'
    )


def _counted(panel: PlatePanel, frame: PositionFrame) -> tuple[int, int] | None:
    """Return the cell from which a panel's marker counts, as people count."""
    cell = panel.cell(frame)
    return cell and (cell[0] + 1, cell[1] + 1)


def _cover(panel: AnswersPanel, frame: PositionFrame, key: str) -> Iterator[str]:
    """Yield what hides the answers below and right of the last cell, or makes all pale but those lit up."""
    height, width = panel.picture.height, panel.picture.width
    box = f'width="{width}" height="{height}"'
    corner = 'x="1" y="1"'
    if panel.is_growing:
        row, column = _uncovered(panel, frame)
        # One cell more than there are, or a hairline of the picture would be seen at its edges.
        whole = f'width="{width + 1}" height="{height + 1}"'
        yield f'<svg class="covers" {corner} {whole} viewBox="1 1 {width + 1} {height + 1}">'
        yield f'<rect class="cover" {corner} {whole} transform="translate(0 {row})"/>'
        line = f'x="1" width="{width + 1}" height="2"'
        yield f'<rect class="cover" {line} transform="translate({column} {row})"/>'
        yield "</svg>"
        return
    name = f"{key}lit-{panel.plane + 1}"
    yield f'<mask id="{name}" maskUnits="userSpaceOnUse" {corner} {box}><rect {corner} {box} fill="#fff"/>'
    for each in panel.reel.frames:
        for cells in panel.fresh(each):
            yield f'<path class="lit" data-frame="{each.number}" d="{_outline(cells)}"/>'
    yield f'</mask><rect class="cover pale" {corner} {box} mask="url(#{name})"/>'


def _uncovered(panel: AnswersPanel, frame: PositionFrame) -> tuple[int, int]:
    """Return the last cell that is seen at a frame, counted from 1."""
    if is_linked(panel.reel, frame):
        return UNCOVERED
    return _counted(panel, frame) or (UNCOVERED if frame.place[0] > panel.plane else COVERED)


def _outline(cells: Cells) -> str:
    left, top, right, bottom = (edge + 1 for edge in cells)
    return f"M{left} {top}H{right}V{bottom}H{left}z"
