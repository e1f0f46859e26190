"""What a template sees of the figures of a chapter: text that is ready to be put into a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from struct import unpack
from typing import Any, Literal

from markupsafe import Markup

from generator.course import Chapter, GridsFigure, PositionsFigure, SceneBlock, SizesFigure
from generator.course.taken_along import FILMSTRIP
from generator.drawing import (
    Stage,
    one_at_a_time,
    stage_of,
)
from generator.drawing.paper import A4, Piece, frame_pieces
from generator.scenes import Arrangement, Reel
from generator.site.artifacts import printed_name
from generator.site.chapter_text import marked
from generator.site.downloads import Download, downloads_in
from generator.site.figure_views import (
    GridsView,
    PositionsView,
    SizesView,
    grids_view,
    positions_view,
    sizes_view,
)
from generator.site.page_json import json_data
from generator.site.scene_files import folder_of
from generator.site.script_data import (
    NO_STEPS,
    Steps,
    by_key,
    repeated,
    script_data,
    shared_steps,
    words_of,
)
from generator.site.showing import showing_of
from generator.site.showing.numbers import drawn_panel
from generator.site.showing.shown import Extreme, Table
from generator.site.track import passages
from generator.site.words import cue, film_words, output_words, rule, scene_alt, window_of
from generator.site.words.window import filled_rows


@dataclass(frozen=True)
class StopView:
    """A frame at which scrolling stops."""

    frame: int
    is_again: bool
    """Whether nothing is computed in it that was not seen before: it passes quickly."""


@dataclass(frozen=True)
class BeatView:
    """A beat and the frames that pass with it: on the way to it, under it, and after the last."""

    html: Markup
    before: tuple[StopView, ...]
    own: tuple[StopView, ...]
    after: tuple[StopView, ...]
    printed: tuple[int, ...]
    """Those whose frames stand beside it on paper: of a photograph the last, for the others look alike."""


@dataclass(frozen=True)
class Picture:
    """A picture in the scene's folder, and its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Shot:
    """A frame for paper: a piece of a picture that holds several."""

    whole: Picture
    piece: Piece


@dataclass(frozen=True)
class WindowView:
    """A table of what the window computes, as it is at the last frame."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Each a head and its cells: with places for the script to fill, and filled."""


@dataclass(frozen=True)
class StageView:
    """One version of a scene: its finished stage, and what the script needs to take it apart."""

    title: str
    """What this version is called; "" where it is the only one."""
    alt: str
    measures: Mapping[str, float]
    """How many units its panels take, by names that the style sheet knows."""
    inputs: tuple[Markup, ...]
    work: Markup
    maps: tuple[Markup, ...]
    output: str
    """What its output is called."""
    tables: tuple[Table, ...]
    """The finished feature maps; of a stack those of every layer, of a photograph none."""
    is_picked: bool
    """Whether a cell of the output leads to the frame that fills it."""
    extremes: tuple[Extreme, ...]
    """In their place the smallest and the largest answers of a photograph: what, where, answer."""
    showing: str
    """As what it is shown."""
    layout: str
    """The class of a stage that is laid out in a way of its own, or ""."""
    is_flat: bool
    """Whether input and map stand larger one below the other."""
    frames: str
    """What the frames of its film are."""
    window: WindowView
    """For those who listen."""
    data: Markup
    repeated: frozenset[int]
    """The frames that compute nothing but what a frame before has computed."""
    film: Picture | None
    downloads: tuple[Download, ...]


@dataclass(frozen=True)
class SceneView:
    """A scene's stages, and its narration."""

    id: str
    number: str
    caption: str
    arrangement: Arrangement
    in_turn: bool
    """Whether a phone shows the sides of a comparison one at a time."""
    stages: tuple[StageView, ...]
    rule: str
    """How the numbers of the stages come of each other."""
    cue: str
    """What scrolling on does."""
    frames: int
    standing: int
    """The frame at which it stands until the reader moves it, and without the script for good."""
    beats: tuple[BeatView, ...]
    shots: Mapping[int, tuple[Shot, ...]]
    """For paper each frame, once for each side of a comparison; none of a long reel."""
    across: int
    """How many of them fit a line of paper at their own size, beside a text."""
    kind: Literal["scene"] = "scene"


View = PositionsView | GridsView | SizesView | SceneView

MOST_ACROSS = 3
SceneFiles = Mapping[str, Mapping[str, bytes]]
"""The files of each scene by name, by scene id."""
Stages = tuple[StageView, ...]
"""Those of all versions of a scene."""
Keeper = Callable[[SceneBlock, Callable[[], Stages]], Stages]
"""Returns the stages of a scene: those that are kept, or those that it lets be made."""


def anew(_block: SceneBlock, make: Callable[[], Stages]) -> Stages:
    """Keep nothing."""
    return make()


def figure_views(chapter: Chapter, files: SceneFiles, steps: Steps, kept: Keeper = anew) -> Iterator[View]:
    """Yield the chapter's figures as views, in order; scenes are numbered through the chapter.

    Args:
        chapter: whose figures they are.
        files: of its scenes.
        steps: the grey steps of its pixels.
        kept: knows the stages of scenes that are as they were.

    """
    scenes = count(1)
    for block in chapter.blocks:
        if isinstance(block, SceneBlock):
            number = figure_number(chapter, next(scenes))
            yield scene_view(block, number, files[block.reel.scene.id], steps, kept)
        elif isinstance(block, PositionsFigure):
            yield positions_view(block)
        elif isinstance(block, GridsFigure):
            yield grids_view(block)
        elif isinstance(block, SizesFigure):
            yield sizes_view(block)


def chapter_steps(chapter: Chapter) -> Steps:
    """Return the grey steps of the pixels in all scenes of a chapter."""
    return shared_steps(reel for block in chapter.scenes for reel in block.reels)


def figure_number(chapter: Chapter, scene: int) -> str:
    """Return the number of a chapter's scene, counted from 1, as it is printed."""
    return f"{chapter.number}.{scene}"


def scene_view(
    block: SceneBlock,
    number: str,
    files: Mapping[str, bytes],
    steps: Steps = NO_STEPS,
    kept: Keeper = anew,
) -> SceneView:
    """Return a scene with its stages drawn as they look after the last frame."""
    reel = block.reel
    shots = _shots(block, files)
    track = passages([beat.frames for beat in block.beats], reel.own_count, block.opening or 1)
    stages = kept(block, lambda: tuple(_stage_view(block, version, files, steps) for version in block.reels))

    def stops(frames: Iterable[int]) -> tuple[StopView, ...]:
        return tuple(StopView(number, number in stages[0].repeated) for number in frames)

    return SceneView(
        id=reel.scene.id,
        number=number,
        caption=block.caption or scene_alt(reel),
        arrangement=block.arrangement,
        in_turn=_is_in_turn(block),
        stages=stages,
        rule=rule(reel),
        cue=cue(reel),
        frames=len(reel.frames),
        standing=_standing(block),
        beats=tuple(
            BeatView(
                marked(beat.html),
                stops(passage.before),
                stops(passage.own),
                stops(passage.after),
                tuple(frame for frame in passage.frames if frame in shots),
            )
            for beat, passage in zip(block.beats, track, strict=True)
        ),
        shots=shots,
        across=_across(next(iter(shots.values()))) if shots else 1,
    )


def _standing(block: SceneBlock) -> int:
    """Return at which frame of its first version a scene stands; where scrolling moves it, at the last."""
    return (not block.beats and block.opening) or len(block.reel.frames)


def _is_in_turn(block: SceneBlock) -> bool:
    """Tell whether a phone has no room for all sides at once, while the stage stays above the text."""
    compares = block.arrangement == "compare" and bool(block.beats)
    return compares and one_at_a_time(list(map(stage_of, block.reels)))


def _shots(block: SceneBlock, files: Mapping[str, bytes]) -> dict[int, tuple[Shot, ...]]:
    """Return each frame that paper shows, of every version that it shows frames of."""
    if printed_name(1) not in files:
        return {}
    shown = [(reel, frame_pieces(reel, block.shots_of(reel))) for reel in block.reels if block.shots_of(reel)]

    def shot(reel: Reel, piece: Piece) -> Shot:
        return Shot(_picture(folder_of(block, reel) + printed_name(piece.picture), files), piece)

    return {
        number: tuple(shot(reel, pieces[block.shown_by(reel, number)]) for reel, pieces in shown)
        for number in block.shots
    }


def _stage_view(block: SceneBlock, reel: Reel, files: Mapping[str, bytes], steps: Steps) -> StageView:
    stage, folder, showing = stage_of(reel), folder_of(block, reel), showing_of(reel)
    standing = block.shown_by(reel, _standing(block))
    frame = reel.frames[standing - 1]
    panels = showing.panels(stage, f"{reel.scene.id}/{folder}", files, frame)
    name = reel.scene.title if block.arrangement == "compare" else ""
    opening = block.opening and block.shown_by(reel, block.opening)
    data = script_data(stage, name, steps, opening)
    work = drawn_panel(stage.work, reel, "sum", stage.work.size[1], frame, len(data["rows"]))
    return StageView(
        title=reel.scene.title,
        alt=(reel is block.reel and block.alt) or scene_alt(reel),
        inputs=tuple(panel.html for panel in panels.inputs),
        measures={measure: round(length, 2) for measure, length in panels.measures(work).items()},
        work=work.html,
        maps=tuple(panel.html for panel in panels.maps),
        output=output_words(reel).name,
        tables=showing.tables(reel),
        is_picked=any(frame["cells"] for frame in data["frames"]),
        extremes=showing.extremes(reel),
        showing=showing.class_name,
        layout=stage.layout,
        is_flat=stage.is_flat,
        frames=film_words(reel),
        window=_window(stage, data, standing),
        data=json_data({**data, "frames": by_key(data["frames"])}),
        repeated=repeated(data),
        film=_picture(f"{folder}{FILMSTRIP}", files) if f"{folder}{FILMSTRIP}" in files else None,
        downloads=tuple(downloads_in(folder, files)),
    )


def _window(stage: Stage, data: Mapping[str, Any], number: int) -> WindowView:
    """Return the window of a frame, counted from 1, as a table."""
    table = window_of(stage.reel)
    shown = filled_rows(table, words_of(stage, data, number))
    rows = zip(table.rows, shown, strict=True)
    return WindowView(
        table.columns,
        tuple((head, tuple(zip(texts, filled, strict=True))) for (head, texts), (_, filled) in rows),
    )


def _across(shots: tuple[Shot, ...]) -> int:
    """Return how many frames stand in a line; those of a comparison's sides stay beside one another."""
    fitting = across(max(shot.piece.printed[0] for shot in shots))
    return next(
        number for number in range(fitting, 0, -1) if number % len(shots) == 0 or len(shots) % number == 0
    )


def across(width: int) -> int:
    """Return how many pictures of so many pixels stand in a line of paper; three leave no room for more.

    >>> across(732), across(900), across(2200)
    (3, 2, 1)
    """
    return max(1, min(MOST_ACROSS, A4.room.size[0] // width))


def _picture(name: str, files: Mapping[str, bytes]) -> Picture:
    """Return a PNG with the size that its header states, at a fixed place."""
    width, height = unpack(">II", files[name][16:24])
    return Picture(name, width, height)
