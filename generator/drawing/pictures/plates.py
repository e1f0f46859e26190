"""Plates: a photograph, or what a kernel has made of it, as a picture that every pen can draw.

A picture of answers keeps their signs: blue for plus, burnt orange for minus, paper for zero, in as many
steps as a pen's palette has room for. Answers without negative weights are brightnesses, and stay grey; what
was cut off of them is a dark or a bright violet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from PIL import Image

from generator.drawing.palette import RGB, mixed
from generator.scenes import Pixels, Reel
from generator.scenes.kinds.answer_scale import WHITE
from generator.scenes.kinds.windows import WindowReel
from generator.scenes.photo_levels import (
    CUT_HIGH,
    CUT_LOW,
    ZERO_LEVEL,
    answer_levels,
    marked_levels,
    photo_levels,
)

Kind = Literal["grey", "cut", "signed", "colour"]

GREYS = 16
FINE = 31
"""On a page, greys beside marks run in so many steps from black to white, for all of them weigh much more."""
SIGNED_STEPS = 8
"""Tints of either sign."""
COLOURS = 32
"""Of a photograph in colour, found for it alone."""
PALE = 0.6
"""How much of the paper is in a picture that waits to be lit up."""
ZERO = ZERO_LEVEL
"""A signed picture is paper in the middle of its 0 to 254."""


@dataclass(frozen=True, eq=False)
class Plate:
    """A picture whose colours are found from the roles that a pen draws with."""

    kind: Kind
    picture: Image.Image
    """Greys or, of `signed`, 127 and up to 127 more or less, mode "L"; of `colour` mode "RGB".

    In the greys of `cut`, 1 and 254 are what was cut off.
    """
    is_pale: bool = False
    whole: "Plate | None" = None
    """What it is a part of, whose few colours it has."""

    @property
    def size(self) -> tuple[int, int]:
        """Return (width, height) in pixels of its own."""
        return self.picture.size

    @cached_property
    def pale(self) -> "Plate":
        """Return the same picture with much paper in it."""
        return replace(self, is_pale=True)

    def part(self, left: int, top: int, width: int, height: int) -> "Plate":
        """Return a part of the picture, in the picture's colours."""
        picture = self.picture.crop((left, top, left + width, top + height))
        return replace(self, picture=picture, whole=self.whole or self)

    def levels(self, size: tuple[int, int]) -> Image.Image:
        """Return the picture at (width, height) in pixels, mode "L", each the index of its colour."""
        picture = self._resized(size)
        if self.kind == "colour":
            indices = picture.quantize(palette=self._reduced, dither=Image.Dither.NONE)
            return Image.frombytes("L", indices.size, indices.tobytes())
        return picture.point(_steps(self.kind))

    def _resized(self, size: tuple[int, int]) -> Image.Image:
        if size == self.size:
            return self.picture
        smaller = size[0] < self.size[0] and self.kind != "cut"  # a mean of two marks would be none
        return self.picture.resize(size, Image.Resampling.BOX if smaller else Image.Resampling.NEAREST)

    @cached_property
    def _reduced(self) -> Image.Image:
        if self.whole:
            return self.whole._reduced
        return self.picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)

    def colours(self, roles: Mapping[str, RGB]) -> tuple[RGB, ...]:
        """Return the colour of every index."""
        found = tuple(self._colours(roles))
        return tuple(mixed(colour, roles["paper"], PALE) for colour in found) if self.is_pale else found

    def fine_colours(self, roles: Mapping[str, RGB]) -> list[RGB]:
        """Return the colour of each value of a picture that is signed, or of which something was cut off."""
        if self.kind == "cut":
            greys = (round(round(grey * FINE / WHITE) * WHITE / FINE) for grey in range(WHITE + 1))
            fine = [(grey, grey, grey) for grey in greys]
            fine[CUT_LOW], fine[CUT_HIGH] = roles["cut-dark"], roles["cut-bright"]
            return fine
        inks = roles["photo-minus"], roles["photo-plus"]
        return [mixed(roles["paper"], inks[at > 0], abs(at) / ZERO) for at in range(-ZERO, ZERO + 1)]

    def _colours(self, roles: Mapping[str, RGB]) -> list[RGB]:
        dark, bright, paper = (roles[name] for name in ("photo-dark", "photo-bright", "paper"))
        if self.kind in {"grey", "cut"}:
            greys = [mixed(dark, bright, step / (GREYS - 1)) for step in range(GREYS)]
            return [*greys, roles["cut-dark"], roles["cut-bright"]] if self.kind == "cut" else greys
        if self.kind == "signed":
            steps = range(-SIGNED_STEPS, SIGNED_STEPS + 1)
            inks = roles["photo-minus"], roles["photo-plus"]
            return [mixed(paper, inks[step > 0], abs(step) / SIGNED_STEPS) for step in steps]
        entries = self._reduced.getpalette() or []
        colours = zip(entries[::3], entries[1::3], entries[2::3], strict=True)
        return [_between(dark, bright, colour) for colour in colours][:COLOURS]


def developed(plate: Plate, roles: Mapping[str, RGB], size: tuple[int, int]) -> Image.Image:
    """Return a plate at (width, height) in its colours, mode "L" where all are greys, or else "RGB"."""
    colours = plate.colours(roles)
    levels = plate.levels(size)
    red, green, blue = (
        levels.point([colour[channel] for colour in colours] + [0] * (256 - len(colours)))
        for channel in range(3)
    )
    if all(colour[0] == colour[1] == colour[2] for colour in colours):
        return red
    return Image.merge("RGB", (red, green, blue))


def photo_plate(reel: Reel) -> Plate:
    """Return the photograph of a reel."""
    levels = photo_levels(reel)
    return Plate("grey" if levels.channels == 1 else "colour", _picture(levels))


def answer_plate(reel: WindowReel, plane: int) -> Plate:
    """Return what one filter has made of the photograph, in full colour from its scale's full answer on."""
    if reel.cut_cells[plane].any():
        return Plate("cut", _picture(marked_levels(reel, plane)))
    return plain_plate(reel, plane)


def plain_plate(reel: WindowReel, plane: int) -> Plate:
    """Return the same, nothing of it marked."""
    return Plate("signed" if reel.answer_scale.is_signed else "grey", _picture(answer_levels(reel, plane)))


@cache
def legend_plate(kind: Kind) -> Plate:
    """Return the colours of a picture of answers in a row, from that of the least to that of the largest."""
    last = 2 * ZERO if kind == "signed" else WHITE
    return Plate(kind, Image.frombytes("L", (last + 1, 1), bytes(range(last + 1))))


def _picture(levels: Pixels) -> Image.Image:
    mode = "L" if levels.channels == 1 else "RGB"
    return Image.frombytes(mode, (levels.width, levels.height), levels.values)


def _steps(kind: Kind) -> list[int]:
    """Return the index of the colour of each of 256 values."""
    if kind in {"grey", "cut"}:
        steps = [round(value * (GREYS - 1) / WHITE) for value in range(256)]
        if kind == "cut":
            steps[CUT_LOW], steps[CUT_HIGH] = GREYS, GREYS + 1
        return steps
    return [round((min(value, 2 * ZERO) - ZERO) * SIGNED_STEPS / ZERO) + SIGNED_STEPS for value in range(256)]


def _between(dark: RGB, bright: RGB, colour: RGB) -> RGB:
    """Return a colour whose channels lie between those of the two ends.

    >>> _between((100, 100, 100), (200, 200, 200), (0, 51, 255))
    (100, 120, 200)
    """
    red, green, blue = (
        round(low + (high - low) * part / WHITE) for low, high, part in zip(dark, bright, colour, strict=True)
    )
    return red, green, blue
