"""A photograph: its picture with the window on it, late and light, and pictures of its answers."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from markupsafe import Markup

from generator.drawing import (
    RGB,
    answer_files,
    answer_names,
    answers_overlay,
    magnifier_svg,
    overlay_svg,
    page_size,
    photo_picture,
    rulers_svg,
)
from generator.drawing.panels.photo import AnswersPanel, PhotoPanel, PlatePanel
from generator.drawing.stages.photograph import PhotographStage
from generator.scenes.kinds.windows import PositionFrame, WindowReel
from generator.site.showing.shown import Drawn, Extreme, Panels, Showing, Table, Thumbnail

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


def _panels(stage: PhotographStage, folder: str, files: Mapping[str, bytes], frame: PositionFrame) -> Panels:
    photos = (_photo(panel, stage.reel, frame) for panel in stage.inputs)
    answers = (_answers(panel, frame, folder, files) for panel in stage.maps)
    magnified = (_magnified(panel, stage.reel, frame) for panel in stage.magnified)
    *maps, last = answers
    # Behind the maps, for there a page has room; the script counts what moves in this order.
    return Panels(tuple(photos), (*maps, last._replace(html=last.html + Markup("").join(magnified))))


def _thumbnail(stage: PhotographStage, asked: Thumbnail) -> Markup:
    """Return the photograph, and what the kernel makes of it, with the window where it is in the frame."""
    reel, answers = stage.reel, stage.maps[min(asked.frame.place[0], len(stage.maps) - 1)]
    light, dark = answer_names(reel, answers.plane)
    shots = (
        (stage.inputs[0], f"{asked.root}{photo_path(reel)}", ""),
        (answers, f"{asked.folder}{light}", f"{asked.folder}{dark}" if dark in asked.files else ""),
    )
    return Markup("").join(
        Markup('<span class="shot">{}{}</span>').format(
            _picture(panel, address, in_dark, ""),
            Markup(overlay_svg(panel, asked.frame)),  # noqa: S704 - made of numbers
        )
        for panel, address, in_dark in shots
    )


def _magnified(panel: PhotoPanel, reel: WindowReel, frame: PositionFrame) -> Markup:
    """Return the photograph once more, enlarged around the window."""
    drawn = magnifier_svg(panel, frame, FROM_CHAPTER + photo_path(reel))
    return Markup('<div class="plate glass"><p>detail</p>{}</div>').format(
        Markup(drawn),  # noqa: S704 - the pen escapes its text
    )


def _photo(panel: PhotoPanel, reel: WindowReel, frame: PositionFrame) -> Drawn:
    overlay = overlay_svg(panel, frame)
    return _plate(panel, "input", f"{FROM_CHAPTER}{photo_path(reel)}", "", "The photograph.", overlay)


def _answers(panel: AnswersPanel, frame: PositionFrame, folder: str, files: Mapping[str, bytes]) -> Drawn:
    light, dark = (f"{folder}{name}" for name in answer_names(panel.reel, panel.plane))
    overlay = answers_overlay(panel, frame, folder.replace("/", "-"))
    alt = f"{panel.name.capitalize()}: what the kernel makes of it."
    if panel.plate.kind == "cut":
        alt += f" {panel.note}: dark violet below black, bright violet above white."
    dark = dark if dark.partition("/")[2] in files else ""
    return _plate(panel, "map", light, dark, alt, overlay, _legend(panel))


def _plate(  # noqa: PLR0913, PLR0917 - all of a picture
    panel: PlatePanel, part: str, light: str, dark: str, alt: str, overlay: str, legend: str = ""
) -> Drawn:
    """Return a picture with what lies over it; where dark surroundings need another one, with both."""
    shown = _picture(panel, light, dark, alt)
    html = Markup('<div class="plate {}"><p>{}</p><div class="plate-picture">{}{}</div>{}</div>').format(
        part,
        panel.name,
        shown,
        Markup(overlay + rulers_svg(panel.picture.height, panel.picture.width)),  # noqa: S704 - made of numbers
        legend,
    )
    return Drawn(html, (panel.picture.width, panel.picture.height))


def _picture(panel: PlatePanel, light: str, dark: str, alt: str) -> Markup:
    """Return the picture of a panel alone; where dark surroundings need another one, with both."""
    width, height = page_size(panel.plate.size)
    source = Markup('<source media="screen and (prefers-color-scheme: dark)" srcset="{}">').format(dark)
    return Markup(
        '<picture>{}<img src="{}" width="{}" height="{}" loading="lazy" decoding="async" alt="{}"></picture>'
    ).format(source if dark else "", light, width, height, alt)


def _legend(panel: AnswersPanel) -> Markup:
    """Return how to read a picture of answers: its colours, between the numbers that they stand for."""
    kind, (first, last) = panel.plate.kind, panel.ends
    note = Markup('<i class="scale cut" aria-hidden="true"></i> {}').format(panel.note)
    return Markup('<p class="plate-note">{} <i class="scale {}" aria-hidden="true"></i> {} {}</p>').format(
        first, "signed" if kind == "signed" else "", last, note if kind == "cut" else panel.note
    )


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
    "photograph",
    _panels,
    _thumbnail,
    _tables,
    _extremes,
    _shared_files,
    _own_files,
    has_own_files=True,
    has_flipbook=False,
    most_animated=MOST_ANIMATED,
)
