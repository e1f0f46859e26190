"""Paper: what a reel becomes when it is printed.

`papers` knows sizes and margins; `film` draws the film in outline; `sheets`, `worksheet` and `flipbook`
decide what stands where on which page; `page_png` and `pdf` are the two pens that draw those pages, in
pixels and in points, at the same places.
"""

from generator.drawing.paper.flipbook import flipbook
from generator.drawing.paper.frames import Piece, frame_pictures, frame_pieces
from generator.drawing.paper.page import Imprint, Page, Print, one_line
from generator.drawing.paper.page_png import page_pngs
from generator.drawing.paper.papers import A4, LETTER, PAPERS, Paper
from generator.drawing.paper.sheets import sheets
from generator.drawing.paper.worksheet import answer_key, worksheet
from generator.drawing.pens.pdf import print_pdf

__all__ = [
    "A4",
    "LETTER",
    "PAPERS",
    "Imprint",
    "Page",
    "Paper",
    "Piece",
    "Print",
    "answer_key",
    "flipbook",
    "frame_pictures",
    "frame_pieces",
    "one_line",
    "page_pngs",
    "print_pdf",
    "sheets",
    "worksheet",
]
