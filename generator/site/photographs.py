"""Photographs in a site: their files, and how a page shows one with its window, late and light."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TypeGuard

from markupsafe import Markup

from generator.course import Course
from generator.drawing import (
    AnswersPanel,
    Panel,
    PhotoPanel,
    Stage,
    answer_number,
    overlay_svg,
    page_size,
    photo_picture,
)
from generator.scenes import Reel

FOLDER = "photographs"
FROM_CHAPTER = "../"
"""The way from a chapter's page to the site's own folder."""


def photographs(course: Course) -> dict[str, bytes]:
    """Return the pictures of all photographs by their path in the site; each is there once."""
    files: dict[str, bytes] = {}
    for reel in (reel for chapter in course.chapters for block in chapter.scenes for reel in block.reels):
        if reel.scene.is_photo and photo_path(reel) not in files:
            files[photo_path(reel)] = photo_picture(reel)
    return files


def photo_path(reel: Reel) -> str:
    """Return where the picture of a reel's photograph lies, under a name that changes with its pixels."""
    digest = sha256(repr(reel.input.shape).encode() + reel.input.tobytes()).hexdigest()[:10]
    return f"{FOLDER}/{PurePosixPath(reel.scene.image_name).stem}.{digest}.webp"


def plates(
    stage: Stage, folder: str, files: Mapping[str, bytes]
) -> tuple[tuple[Markup, ...], tuple[Markup, ...]]:
    """Return the photograph, and the pictures of its answers, as they look after the last frame.

    Args:
        stage: whose they are.
        folder: the way from the page to the files of this version of the scene.
        files: all files of the scene.

    """
    shown = [_plate(panel, stage.reel, folder, files) for panel in stage.grids if _is_plate(panel)]
    return tuple(shown[:1]), tuple(shown[1:])


def _is_plate(panel: Panel) -> TypeGuard[PhotoPanel | AnswersPanel]:
    return isinstance(panel, PhotoPanel | AnswersPanel)


def _plate(panel: PhotoPanel | AnswersPanel, reel: Reel, folder: str, files: Mapping[str, bytes]) -> Markup:
    if isinstance(panel, PhotoPanel):
        part, alt = "input", "The photograph."
        light, dark = f"{FROM_CHAPTER}{photo_path(reel)}", ""
    else:
        number = answer_number(reel, panel.plane)
        part = "map"
        alt = f"{panel.name.capitalize()}: what the kernel makes of it."
        light, dark = f"{folder}map{number}.webp", f"{folder}map{number}-dark.webp"
        dark = dark if dark.partition("/")[2] in files else ""
    width, height = page_size(panel.plate.size)
    overlay = Markup(overlay_svg(panel, reel.frames[-1], folder.replace("/", "-")))  # noqa: S704 - made of numbers
    source = Markup('<source media="screen and (prefers-color-scheme: dark)" srcset="{}">').format(dark)
    shown = Markup(
        '<picture>{}<img src="{}" width="{}" height="{}" loading="lazy" decoding="async" alt="{}"></picture>'
    ).format(source if dark else "", light, width, height, alt)
    return Markup('<div class="plate {}"><p>{}</p><div class="plate-picture">{}{}</div>{}</div>').format(
        part, panel.name, shown, overlay, _note(panel)
    )


def _note(panel: PhotoPanel | AnswersPanel) -> Markup:
    """Return how to read a picture, with a strip of its colours."""
    if not panel.note:
        return Markup("")
    strip = Markup('<i class="scale" aria-hidden="true"></i> ') if panel.note.startswith("full") else ""
    return Markup('<p class="plate-note">{}{}</p>').format(strip, panel.note)


def extremes(reel: Reel) -> tuple[tuple[str, str, str], ...]:
    """Return the smallest and the largest answer of every filter, each as (what, where, answer)."""
    several = len(reel.output) > 1
    rows = []
    for plane, answers in enumerate(reel.output):
        for what, place in (("smallest", answers.argmin()), ("largest", answers.argmax())):
            row, column = divmod(int(place), answers.shape[1])
            where = f"{f'map {plane + 1}, ' if several else ''}row {row + 1}, column {column + 1}"
            rows.append((what, where, reel.result_text(answers[row, column].item())))
    return tuple(rows)
