"""Drawing: one geometry of a stage, and the pens that draw it.

`stage` says where everything of a frame stands, in units of its own; `svg` writes those marks as SVG for
the page, `raster` blits them in palette indices for the film. Neither pen decides where anything goes,
so the picture on screen and the picture on paper are the same picture.
"""

from generator.drawing.animation import animations
from generator.drawing.card import CARD_SIZE, card_png
from generator.drawing.filmstrip import filmstrip_png
from generator.drawing.palette import RGB, Palette, PixelShades, Scheme, print_colours, role_colours
from generator.drawing.pictures import grey_values
from generator.drawing.positions import positions_marks, positions_size
from generator.drawing.raster import missing_letters
from generator.drawing.stage import (
    BORDER,
    CELL,
    LABEL,
    InputPanel,
    MapPanel,
    Panel,
    SumPanel,
    marks_at,
    product_text,
    tint,
)
from generator.drawing.svg import svg

__all__ = [
    "BORDER",
    "CARD_SIZE",
    "CELL",
    "LABEL",
    "RGB",
    "InputPanel",
    "MapPanel",
    "Palette",
    "Panel",
    "PixelShades",
    "Scheme",
    "SumPanel",
    "animations",
    "card_png",
    "filmstrip_png",
    "grey_values",
    "marks_at",
    "missing_letters",
    "positions_marks",
    "positions_size",
    "print_colours",
    "product_text",
    "role_colours",
    "svg",
    "tint",
]
