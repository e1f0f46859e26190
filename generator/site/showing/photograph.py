"""A photograph: its picture with the window on it, late and light, and pictures of its answers."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.drawing import (
    RGB,
    answer_names,
    answers_overlay,
    cards_svg,
    magnifier_svg,
    overlay_svg,
    page_size,
    photo_picture,
    rulers_svg,
    stage_of,
)
from generator.drawing.panels.photo import AnswersPanel, Form, PhotoPanel, PicturePanel, PlatePanel
from generator.drawing.panels.zoom import PictureCards
from generator.drawing.stages.photograph import PhotographStage
from generator.scenes import Reel
from generator.scenes.kinds.windows import PositionFrame, WindowReel
from generator.site.showing.numbers import output_tables
from generator.site.showing.shown import Drawn, Extreme, Panels, Showing, Table, Thumbnail

FOLDER = "photographs"
FROM_CHAPTER = "../"
"""The way from a chapter's page to the site's own folder."""


def photo_path(reel: Reel) -> str:
    """Return where the picture of a reel's photograph lies, under a name that changes with its pixels."""
    digest = sha256(repr(reel.image.shape).encode() + reel.image.tobytes()).hexdigest()[:10]
    return f"{FOLDER}/{PurePosixPath(reel.scene.image_name).stem}.{digest}.webp"


def _shared_files(reel: Reel) -> Mapping[str, bytes]:
    return {photo_path(reel): photo_picture(reel)}


def _own_files(reel: Reel, light: Mapping[str, RGB], dark: Mapping[str, RGB]) -> Mapping[str, bytes]:
    return dict(stage_of(reel).files(light, dark))


def _whole_files(reel: Reel, light: Mapping[str, RGB]) -> Mapping[str, bytes]:
    return dict(stage_of(reel).whole_files(light))


class Seen(NamedTuple):
    """A frame that is shown, and where the files are that show it."""

    frame: Any
    folder: str
    """The way to it from the page."""
    files: Mapping[str, bytes]
    """All of the scene."""


def _panels(stage: PhotographStage, folder: str, files: Mapping[str, bytes], frame: PositionFrame) -> Panels:
    seen = Seen(frame, folder, files)
    photos, answers = (
        [DRAWN[panel.form](panel, seen) for panel in panels] for panels in (stage.inputs, stage.maps)
    )
    magnified = (_magnified(panel, stage.reel, frame) for panel in stage.magnified)
    *maps, last = answers
    # Behind the maps, for there a page has room; the script counts what moves in this order.
    return Panels(tuple(photos), (*maps, last._replace(html=last.html + Markup("").join(magnified))))


def _thumbnail(stage: PhotographStage, asked: Thumbnail) -> Markup:
    """Return the photograph, and what the kernel makes of it, with the window where it is in the frame."""
    photo = _shot(stage.inputs[0], asked, f"{asked.root}{photo_path(stage.reel)}")
    answers = stage.maps[min(stage.plane_of(asked.frame), len(stage.maps) - 1)]
    return photo + SHOT.get(answers.form, _no_shot)(answers, asked)


def _shot(panel: PlatePanel, asked: Thumbnail, light: str, dark: str = "") -> Markup:
    return Markup('<span class="shot">{}{}</span>').format(
        _picture(panel, light, dark, ""),
        Markup(overlay_svg(panel, asked.frame)),  # noqa: S704 - made of numbers
    )


def _answers_shot(panel: AnswersPanel, asked: Thumbnail) -> Markup:
    light, dark = answer_names(panel.reel, panel.plane)
    return _shot(
        panel, asked, f"{asked.folder}{light}", f"{asked.folder}{dark}" if dark in asked.files else ""
    )


def _no_shot(_panel: object, _asked: Thumbnail) -> Markup:
    return Markup()


SHOT: Mapping[Form, Callable[[Any, Thumbnail], Markup]] = {"answers": _answers_shot}
"""What of a map stands beside a photograph that is small; of enlarged parts, nothing."""


def _magnified(panel: PhotoPanel, reel: WindowReel, frame: PositionFrame) -> Markup:
    """Return the photograph once more, enlarged around the window."""
    drawn = magnifier_svg(panel, frame, FROM_CHAPTER + photo_path(reel))
    return Markup('<div class="plate glass"><p>detail</p>{}</div>').format(
        Markup(drawn),  # noqa: S704 - the pen escapes its text
    )


def _photo(panel: PicturePanel, seen: Seen) -> Drawn:
    overlay = overlay_svg(panel, seen.frame)
    return _plate(panel, "input", f"{FROM_CHAPTER}{photo_path(panel.reel)}", "", "The photograph.", overlay)


def _cards(panel: PictureCards, seen: Seen) -> Drawn:
    """Return parts of the photograph, of which the frame's own is seen."""
    drawn = cards_svg(panel, seen.frame.number, seen.folder)
    html = Markup('<div class="plate map"><p>{}</p><div class="plate-picture">{}</div></div>').format(
        panel.name,
        Markup(drawn),  # noqa: S704 - the pen escapes its text
    )
    unit = panel.picture.unit
    return Drawn(html, (panel.room[0] / unit, panel.room[1] / unit), panel.number_size)


def _answers(panel: AnswersPanel, seen: Seen) -> Drawn:
    frame, folder, files = seen
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


DRAWN: Mapping[Form, Callable[[Any, Seen], Drawn]] = {"photo": _photo, "answers": _answers, "cards": _cards}


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


def _extremes(reel: Reel) -> tuple[Extreme, ...]:
    """Return the smallest and the largest answer of every filter, each as (what, where, answer)."""
    if reel.is_output_legible:
        return ()
    several = len(reel.output) > 1
    rows = []
    for plane, answers in enumerate(reel.output):
        for what, place in (("smallest", answers.argmin()), ("largest", answers.argmax())):
            row, column = divmod(int(place), answers.shape[1])
            where = f"{f'map {plane + 1}, ' if several else ''}row {row + 1}, column {column + 1}"
            rows.append((what, where, reel.answer_text(answers[row, column].item())))
    return tuple(rows)


def _tables(reel: Reel) -> tuple[Table, ...]:
    return output_tables(reel) if reel.is_output_legible else ()


PHOTOGRAPH = Showing(
    "photograph",
    _panels,
    _thumbnail,
    _tables,
    _extremes,
    _shared_files,
    _own_files,
    _whole_files,
    has_own_files=True,
    has_flipbook=False,
    is_heavy=True,
)
