"""A photograph: its picture with the window on it, late and light, and pictures of its answers."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from markupsafe import Markup

from generator.drawing import (
    RGB,
    answer_files,
    answer_number,
    answers_overlay,
    overlay_svg,
    page_size,
    photo_picture,
)
from generator.drawing.panels.photo import AnswersPanel, PhotoPanel, PlatePanel
from generator.drawing.stages.photograph import PhotographStage
from generator.scenes.kinds.windows import WindowReel
from generator.site.showing.shown import Drawn, Extreme, Panels, Showing, Table

FOLDER = "photographs"
MOST_ANIMATED = 300_000
"""Bytes; photographs move in larger files than anybody wants in slides."""
FROM_CHAPTER = "../"
"""The way from a chapter's page to the site's own folder."""


def photo_path(reel: WindowReel) -> str:
    """Return where the picture of a reel's photograph lies, under a name that changes with its pixels."""
    digest = sha256(repr(reel.image.shape).encode() + reel.image.tobytes()).hexdigest()[:10]
    return f"{FOLDER}/{PurePosixPath(reel.scene.image_name).stem}.{digest}.webp"


def _shared_files(reel: WindowReel) -> Mapping[str, bytes]:
    return {photo_path(reel): photo_picture(reel)}


def _own_files(reel: WindowReel, light: Mapping[str, RGB], dark: Mapping[str, RGB]) -> Mapping[str, bytes]:
    return dict(answer_files(reel, light, dark))


def _panels(stage: PhotographStage, folder: str, files: Mapping[str, bytes]) -> Panels:
    photos = (_photo(panel, stage.reel) for panel in stage.inputs)
    answers = (_answers(panel, stage.reel, folder, files) for panel in stage.maps)
    return Panels(tuple(photos), tuple(answers))


def _photo(panel: PhotoPanel, reel: WindowReel) -> Drawn:
    overlay = overlay_svg(panel, reel.frames[-1])
    return _plate(panel, "input", f"{FROM_CHAPTER}{photo_path(reel)}", "", "The photograph.", overlay)


def _answers(panel: AnswersPanel, reel: WindowReel, folder: str, files: Mapping[str, bytes]) -> Drawn:
    number = answer_number(reel, panel.plane)
    light, dark = f"{folder}map{number}.webp", f"{folder}map{number}-dark.webp"
    overlay = answers_overlay(panel, reel.frames[-1], folder.replace("/", "-"))
    alt = f"{panel.name.capitalize()}: what the kernel makes of it."
    return _plate(panel, "map", light, dark if dark.partition("/")[2] in files else "", alt, overlay)


def _plate(panel: PlatePanel, part: str, light: str, dark: str, alt: str, overlay: str) -> Drawn:  # noqa: PLR0913, PLR0917 - all of a picture
    """Return a picture with what lies over it; where dark surroundings need another one, with both."""
    width, height = page_size(panel.plate.size)
    source = Markup('<source media="screen and (prefers-color-scheme: dark)" srcset="{}">').format(dark)
    shown = Markup(
        '<picture>{}<img src="{}" width="{}" height="{}" loading="lazy" decoding="async" alt="{}"></picture>'
    ).format(source if dark else "", light, width, height, alt)
    html = Markup('<div class="plate {}"><p>{}</p><div class="plate-picture">{}{}</div>{}</div>').format(
        part,
        panel.name,
        shown,
        Markup(overlay),  # noqa: S704 - made of numbers
        _note(panel),
    )
    return Drawn(html, (panel.picture.width, panel.picture.height))


def _note(panel: PlatePanel) -> Markup:
    """Return how to read a picture, with a strip of its colours."""
    if not panel.note:
        return Markup("")
    strip = Markup('<i class="scale" aria-hidden="true"></i> ') if panel.note.startswith("full") else ""
    return Markup('<p class="plate-note">{}{}</p>').format(strip, panel.note)


def _extremes(reel: WindowReel) -> tuple[Extreme, ...]:
    """Return the smallest and the largest answer of every filter, each as (what, where, answer)."""
    several = len(reel.output) > 1
    rows = []
    for plane, answers in enumerate(reel.output):
        for what, place in (("smallest", answers.argmin()), ("largest", answers.argmax())):
            row, column = divmod(int(place), answers.shape[1])
            where = f"{f'map {plane + 1}, ' if several else ''}row {row + 1}, column {column + 1}"
            rows.append((what, where, reel.answer_text(answers[row, column].item())))
    return tuple(rows)


def _tables(_reel: WindowReel) -> tuple[Table, ...]:
    return ()


PHOTOGRAPH = Showing(
    _panels,
    _tables,
    _extremes,
    _shared_files,
    _own_files,
    has_own_files=True,
    has_flipbook=False,
    most_animated=MOST_ANIMATED,
)
