"""Frames for paper, cut out of the pictures in which they stand."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from generator.drawing.paper import frame_pictures, frame_pieces
from generator.scenes import Reel
from tests.drawing.samples import FONT, PRINTED


def frames_alone(reel: Reel, numbers: Sequence[int]) -> list[Image.Image]:
    """Return each frame in colours, in the order of the numbers."""
    made = frame_pictures(reel, numbers, PRINTED, FONT)
    pictures = [Image.open(BytesIO(png)).convert("RGB") for png in made]
    return [
        pictures[piece.picture - 1].crop((piece.x, piece.y, piece.x + piece.width, piece.y + piece.height))
        for piece in frame_pieces(reel, numbers).values()
    ]
