"""What a template sees of a chapter: every figure as text that is ready to be put into a page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from struct import unpack
from typing import Literal

from markupsafe import Markup

from generator.course import Chapter, Listing, PositionsFigure, Prose, SceneBlock
from generator.drawing import (
    BORDER,
    CELL,
    LABEL,
    InputPanel,
    MapPanel,
    Panel,
    SumPanel,
    marks_at,
    positions_marks,
    positions_size,
    product_text,
    svg,
    tint,
)
from generator.drawing.paper import A4, PAPERS
from generator.scenes import Frame, Reel, number_text
from generator.scenes.numerals import MINUS, size_text
from generator.site.scene_files import frame_name
from generator.site.track import stops


@dataclass(frozen=True)
class ProseView:
    """Prose, ready as HTML."""

    html: Markup
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True)
class ListingView:
    """A source file, highlighted."""

    file_name: str
    html: Markup
    caption: str
    kind: Literal["listing"] = "listing"


@dataclass(frozen=True)
class PositionsView:
    """The small figure of places where a window fits."""

    svg: Markup
    alt: str
    caption: str
    kind: Literal["positions"] = "positions"


@dataclass(frozen=True)
class BeatView:
    """A beat and the frames that pass under it."""

    html: Markup
    stops: tuple[int, ...]


@dataclass(frozen=True)
class Picture:
    """A picture in the scene's folder, and its size in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Download:
    """Files that are one thing in several kinds or sizes, each as (label, name in the scene's folder)."""

    title: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SceneView:
    """A scene's finished stage, its narration, and what the script needs to take it apart."""

    id: str
    number: str
    caption: str
    alt: str
    frames: int
    input_svg: Markup
    sum_svg: Markup
    map_svg: Markup
    beats: tuple[BeatView, ...]
    table: tuple[tuple[str, ...], ...]
    data: Markup
    film: Picture
    shots: tuple[Picture, ...]
    """A picture of each frame for paper; none of a long reel."""
    across: int
    """How many of them fit a line of paper at their own size, beside a text."""
    downloads: tuple[Download, ...]
    kind: Literal["scene"] = "scene"


View = ProseView | ListingView | PositionsView | SceneView

MOST_ACROSS = 3
SceneFiles = Mapping[str, Mapping[str, bytes]]
"""The files of each scene by name, by scene id."""

PAPER_NAMES = tuple((paper.title, paper.name) for paper in PAPERS)
PRINTS = (
    ("All frames on sheets (PDF)", "sheets"),
    ("Worksheet (PDF)", "worksheet"),
    ("Its answer key (PDF)", "answer-key"),
    ("Flipbook to cut and staple (PDF)", "flipbook"),
)
DOWNLOADS: tuple[Download, ...] = (
    *(
        Download(title, tuple((shown, f"{name}-{paper}.pdf") for shown, paper in PAPER_NAMES))
        for title, name in PRINTS
    ),
    Download("Filmstrip for the wall", (("PNG", "filmstrip.png"),)),
    Download("Animation for slides", (("WebP", "animation.webp"), ("GIF", "animation.gif"))),
    Download("All numbers, for programs", (("JSON", "frames.json"),)),
)
"""What a scene may have for readers to take along, in this order."""


def chapter_views(chapter: Chapter, files: SceneFiles) -> list[View]:
    """Return the chapter's blocks as views; scenes are numbered through the chapter."""
    views: list[View] = []
    scenes = count(1)
    for block in chapter.blocks:
        if isinstance(block, SceneBlock):
            number = figure_number(chapter, next(scenes))
            views.append(scene_view(block, number, files[block.reel.scene.id]))
        elif isinstance(block, Prose):
            views.append(ProseView(Markup(block.html)))  # noqa: S704 - made by our own Markdown dialect
        elif isinstance(block, PositionsFigure):
            views.append(_positions_view(block))
        else:
            views.append(_listing_view(block))
    return views


def figure_number(chapter: Chapter, scene: int) -> str:
    """Return the number of a chapter's scene, counted from 1, as it is printed."""
    return f"{chapter.number}.{scene}"


def scene_view(block: SceneBlock, number: str, files: Mapping[str, bytes]) -> SceneView:
    """Return a scene with its stage drawn as it looks after the last frame."""
    reel = block.reel
    image, total, answers = InputPanel(reel), SumPanel(reel), MapPanel(reel)
    # Input and map are drawn equally high, so that wherever the page shrinks them, it shrinks both alike.
    height = max(image.size[1], answers.size[1])
    described = scene_alt(reel)
    names = [frame_name(frame.number) for frame in reel.frames]
    shots = tuple(_picture(name, files) for name in names if name in files)
    track = stops((beat.frames for beat in block.beats), len(reel.frames))
    return SceneView(
        id=reel.scene.id,
        number=number,
        caption=block.caption or described,
        alt=block.alt or described,
        frames=len(reel.frames),
        input_svg=_panel_svg(image, reel, "input", height),
        sum_svg=_panel_svg(total, reel, "sum", total.size[1]),
        map_svg=_panel_svg(answers, reel, "map", height),
        beats=tuple(
            BeatView(Markup(beat.html), frames)  # noqa: S704 - made by our own Markdown dialect
            for beat, frames in zip(block.beats, track, strict=True)
        ),
        table=tuple(tuple(map(number_text, row)) for row in reel.output[0].tolist()),
        data=_script_data(reel),
        film=_picture("filmstrip.png", files),
        shots=shots,
        across=across(shots[0].width) if shots else 1,
        downloads=tuple(
            download for download in DOWNLOADS if all(name in files for _, name in download.files)
        ),
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


def _panel_svg(panel: Panel, reel: Reel, part: str, height: float) -> Markup:
    """Return a panel as it looks after the last frame."""
    marks = marks_at(panel, reel, reel.frames[-1])
    return Markup(svg((panel.size[0], height), marks, part))  # noqa: S704 - the pen escapes its text


def scene_alt(reel: Reel) -> str:
    """Return a description of the finished stage in words."""
    shows = f", {reel.scene.shows}" if reel.scene.shows else ""
    name = f"{reel.scene.kernel.name} kernel" if reel.scene.kernel.name else "kernel"
    low, high = number_text(reel.output.min()), number_text(reel.output.max())
    return (
        f"A {size_text(*reel.input_size)} image{shows}; a {size_text(*reel.kernel_size)} {name}; "
        f"the {size_text(*reel.output_size)} feature map they make, from {low} to {high}."
    )


def spoken(reel: Reel, frame: Frame) -> str:
    """Return one sentence that says what happens in a frame, in words that can be spoken."""
    weights = [text for row in reel.weight_texts for text in row]
    pixels = reel.window_pixels(frame).ravel().tolist()
    terms = [
        f"{_said(weight)} times {_said(number_text(pixel))}"
        for weight, pixel in zip(weights, pixels, strict=True)
    ]
    _, row, column = frame.out
    total = _said(number_text(frame.sum))
    return f"Row {row + 1}, column {column + 1}: {', plus '.join(terms)} equals {total}."


def _said(number: str) -> str:
    return number.replace(MINUS, "minus ").replace("/", " over ")


def _script_data(reel: Reel) -> Markup:
    """Return what the script shows at each frame, as JSON that is safe inside a script element.

    Every number is here as the text to show, the running sums too: the script computes none.
    """
    data = {
        "grid": {"cell": CELL, "left": BORDER, "top": LABEL, "columns": reel.input_size[1]},
        "kernel": list(reel.kernel_size),
        "frames": [_frame_data(reel, frame) for frame in reel.frames],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no "<" is left


def _frame_data(reel: Reel, frame: Frame) -> dict[str, object]:
    products = frame.products.ravel().tolist()
    return {
        "window": frame.window,
        "products": " ".join(product_text(reel, value) for value in products),
        "tints": " ".join(tint(value, reel.largest_product) for value in products),
        "running": " ".join(map(reel.part_text, frame.running.tolist())),
        "sum": number_text(frame.sum),
        "tint": tint(frame.sum, reel.largest_output),
        "spoken": spoken(reel, frame),
    }


def _positions_view(block: PositionsFigure) -> PositionsView:
    reel = block.reel
    drawn = svg(positions_size(reel), positions_marks(reel), "positions-figure")
    alt = (
        f"A row of {reel.input_size[1]} pixels and, below it, a window {reel.kernel_size[1]} pixels wide "
        f"at each of the {reel.output_size[1]} places where it fits."
    )
    return PositionsView(Markup(drawn), alt, block.caption)  # noqa: S704 - the pen escapes its text


def _listing_view(block: Listing) -> ListingView:
    return ListingView(block.file_name, Markup(block.html), block.caption)  # noqa: S704 - escaped by Pygments
