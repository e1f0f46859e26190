"""Drawing: one geometry of a stage, and the pens that draw it.

`stage` says where everything of a frame stands, in units of its own; `svg` writes those marks as SVG for
the page, `raster` blits them in palette indices for the film. Neither pen decides where anything goes,
so the picture on screen and the picture on paper are the same picture.
"""

from generator.drawing.card import CARD_SIZE, card_png, last_peak
from generator.drawing.film.animation import animation_gif, animation_webp
from generator.drawing.film.filmstrip import filmstrip_png
from generator.drawing.grids import grid_marks, grid_size
from generator.drawing.legibility import one_at_a_time
from generator.drawing.palette import (
    LIGHT_INKED,
    RGB,
    Palette,
    PixelShades,
    Scheme,
    print_colours,
    role_colours,
)
from generator.drawing.panels.panel import Panel, marks_left
from generator.drawing.pens.cards import cards_svg
from generator.drawing.pens.magnifier import magnifier_svg
from generator.drawing.pens.overlay import answers_overlay, overlay_svg
from generator.drawing.pens.raster import is_font, missing_letters
from generator.drawing.pens.rulers import rulers_svg
from generator.drawing.pens.svg import svg
from generator.drawing.pictures.photographs import (
    answer_files,
    answer_names,
    page_size,
    photo_picture,
    whole_answer_files,
)
from generator.drawing.pictures.published import published_picture
from generator.drawing.pictures.values import picture_values
from generator.drawing.positions import positions_marks, positions_size
from generator.drawing.stages import Stage, stage_of
from generator.drawing.thumbnail import thumbnail_svg

__all__ = [
    "CARD_SIZE",
    "LIGHT_INKED",
    "RGB",
    "Palette",
    "Panel",
    "PixelShades",
    "Scheme",
    "Stage",
    "animation_gif",
    "animation_webp",
    "answer_files",
    "answer_names",
    "answers_overlay",
    "card_png",
    "cards_svg",
    "filmstrip_png",
    "grid_marks",
    "grid_size",
    "is_font",
    "last_peak",
    "magnifier_svg",
    "marks_left",
    "missing_letters",
    "one_at_a_time",
    "overlay_svg",
    "page_size",
    "photo_picture",
    "picture_values",
    "positions_marks",
    "positions_size",
    "print_colours",
    "published_picture",
    "role_colours",
    "rulers_svg",
    "stage_of",
    "svg",
    "thumbnail_svg",
    "whole_answer_files",
]
