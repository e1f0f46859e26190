"""Every number on its tile: panels as marks, and feature maps as tables."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from generator.drawing import RGB, Panel, Stage, marks_left, svg, thumbnail_svg
from generator.drawing.marks import NUMBER_SIZE, Tile, Words
from generator.scenes import Frame, Reel
from generator.site.showing.shown import Drawn, Extreme, Panels, Showing, Table, Thumbnail
from generator.site.words import output_words


def _panels(stage: Stage, _folder: str, _files: Mapping[str, bytes], frame: Frame) -> Panels:
    # All of a row are drawn equally high, so that wherever the page shrinks them, it shrinks all alike.
    are_apart = bool(stage.layout) or len(stage.grids) > 2
    high, low = (
        max(panel.size[1] for panel in panels)
        for panels in ((stage.inputs or stage.maps, stage.maps) if are_apart else (stage.grids,) * 2)
    )
    inputs = (drawn_panel(panel, stage.reel, "input", high, frame) for panel in stage.inputs)
    maps = (drawn_panel(panel, stage.reel, "map", low, frame) for panel in stage.maps)
    return Panels(tuple(inputs), tuple(maps), are_apart)


def drawn_panel(  # noqa: PLR0913, PLR0917 - all of a picture
    panel: Panel, reel: Reel, part: str, height: float, frame: Frame, ghosts: int = 0
) -> Drawn:
    """Return a panel with all that any frame leaves on it, as one of them shows it."""
    marks = (*marks_left(panel, reel.frames), *panel.legend(), *panel.moving(frame))
    size = panel.size[0], height
    sizes = [mark.size for mark in marks if isinstance(mark, Tile | Words) and mark.text]
    drawn = Markup(svg(size, marks, part, panel.lenses(frame), ghosts))  # noqa: S704 - the pen escapes its text
    return Drawn(drawn, size, min(sizes, default=NUMBER_SIZE))


def _thumbnail(stage: Stage, asked: Thumbnail) -> Markup:
    drawn = thumbnail_svg(stage.reel, asked.frame, is_numbered=asked.is_large)
    return Markup(drawn)  # noqa: S704 - the pen escapes its text


def output_tables(reel: Reel) -> tuple[Table, ...]:
    """Return the output of a reel, every number of it, as tables; of a stack that of every layer."""
    return tuple(_each_table(reel))


def _each_table(reel: Reel) -> Iterator[Table]:
    """Yield a table for each finished feature map."""
    for name, maps in reel.maps:
        title = f"The feature map of {name}" if name else f"The {output_words(reel).finished}"
        for plane, rows in enumerate(maps.tolist(), 1):
            which = (f", map {plane}" if name else f" {plane}") if len(maps) > 1 else ""
            numbers = tuple(tuple(map(reel.answer_text, row)) for row in rows)
            yield Table(f"{title}{which}", numbers, reel.output_corner)


def _extremes(_reel: Reel) -> tuple[Extreme, ...]:
    return ()


def _shared_files(_reel: Reel) -> Mapping[str, bytes]:
    return {}


def _own_files(_reel: Reel, _light: Mapping[str, RGB], _dark: Mapping[str, RGB]) -> Mapping[str, bytes]:
    return {}


def _whole_files(_reel: Reel, _light: Mapping[str, RGB]) -> Mapping[str, bytes]:
    return {}


NUMBERS = Showing(
    "numbers",
    _panels,
    _thumbnail,
    output_tables,
    _extremes,
    _shared_files,
    _own_files,
    _whole_files,
    has_own_files=False,
    has_flipbook=True,
    is_heavy=False,
)
