"""Colours by role: what the theme declares, and the shades and tints that follow from it.

A mark names a role, never a colour. The page turns roles into CSS, the film into palette entries, both
from this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

RGB = tuple[int, int, int]

PIXEL_SHADES = 19
"""Grey steps between the darkest and the brightest pixel, so many that ten digits are told apart."""
LIGHT_INKED = 8
"""So many of the darkest steps carry light numbers; on the others dark ones have the higher contrast."""
ON_DARK, ON_BRIGHT = (255, 255, 255), (0, 0, 0)
"""The inks of numbers on greys: with the better of the two, each has a contrast of 4.5 at least."""
TINTS = 4
"""Strengths of blue for plus and orange for minus."""


class Strength(NamedTuple):
    """How much of a sign's colour its strongest tint holds.

    Plus and minus are unlike, so that a grey print tells the signs apart.
    """

    plus: float
    minus: float


ON_SCREEN = Strength(0.38, 0.5)
"""No more, for the numbers on the tints must be read."""
ON_PAPER = Strength(0.2, 0.34)
"""Less, for a tint is ink."""


@dataclass(frozen=True)
class Scheme:
    """The colours of light or of dark surroundings."""

    paper: RGB
    ink: RGB
    muted: RGB
    """Labels and signs of operation."""
    hairline: RGB
    plus: RGB
    minus: RGB
    window: RGB
    """Amber, for the window and nothing else."""


@dataclass(frozen=True)
class PixelShades:
    """The ends of the grey scale on which pixels are shown."""

    dark: RGB
    bright: RGB


@dataclass(frozen=True)
class Palette:
    """Everything that `theme.toml` says about colour."""

    light: Scheme
    dark: Scheme
    printed: Scheme
    """On paper, whose white needs no ink."""
    pixels: PixelShades
    printed_pixels: PixelShades
    """Bright enough that dark numbers stand on all of them, and that a picture takes little ink."""
    film: RGB
    film_print: RGB
    """The edge print on the film."""


@dataclass(frozen=True)
class PhotoInks:
    """How photographs, and pictures of signed answers, are drawn."""

    ends: PixelShades
    strength: float = 1
    """How much of a sign's own colour its deepest tint holds: no number stands on it."""


CUT = (120, 40, 190)
"""Violet, for what is cut off of a brightness: neither a sign nor the window."""
CUT_SHARES = (0.6, 0.35)
"""How much of it stands in place of black and of white: it stays as dark, or as bright, as what it marks."""
FULL_RANGE = PixelShades((0, 0, 0), (255, 255, 255))
PRINTED_STRENGTH = 0.5
"""Less on paper, for ink."""
PRINTED_DEPTH = 0.1
"""A photograph is printed darker than pixels under numbers, by so much black; with more, a sheet of dark ones
would take too much ink."""


def mixed(base: RGB, other: RGB, share: float) -> RGB:
    """Return the base with a share of the other colour in it.

    >>> mixed((0, 0, 0), (255, 255, 255), 0.5)
    (128, 128, 128)
    """
    red, green, blue = (round(b + (o - b) * share) for b, o in zip(base, other, strict=True))
    return red, green, blue


def role_colours(palette: Palette, scheme: Scheme) -> Mapping[str, RGB]:
    """Return every role's colour on a screen, in one scheme."""
    return {
        **_shared_roles(scheme, palette.pixels, ON_SCREEN, PhotoInks(FULL_RANGE)),
        "film": palette.film,
        "film-print": palette.film_print,
        "on-dark": ON_DARK,
        "on-bright": ON_BRIGHT,
    }


def print_colours(palette: Palette) -> Mapping[str, RGB]:
    """Return every role's colour on paper: the film is drawn in outline, all numbers are dark."""
    scheme = palette.printed
    darkest = mixed(palette.printed_pixels.dark, (0, 0, 0), PRINTED_DEPTH)
    printed = PhotoInks(PixelShades(darkest, palette.printed_pixels.bright), PRINTED_STRENGTH)
    return {
        **_shared_roles(scheme, palette.printed_pixels, ON_PAPER, printed),
        "film": scheme.paper,
        "film-print": scheme.ink,
        "on-dark": scheme.ink,
        "on-bright": scheme.ink,
    }


def _shared_roles(
    scheme: Scheme, pixels: PixelShades, strongest: Strength, photo: "PhotoInks"
) -> dict[str, RGB]:
    colours = {
        "paper": scheme.paper,
        "ink": scheme.ink,
        "muted": scheme.muted,
        "hairline": scheme.hairline,
        "plus": scheme.plus,
        "minus": scheme.minus,
        "window": scheme.window,
        "zero": mixed(scheme.paper, scheme.ink, 0.06),
        "photo-plus": mixed(scheme.paper, scheme.plus, photo.strength),
        "photo-minus": mixed(scheme.paper, scheme.minus, photo.strength),
        "photo-dark": photo.ends.dark,
        "photo-bright": photo.ends.bright,
        "cut-dark": mixed(photo.ends.dark, CUT, CUT_SHARES[0] * photo.strength),
        "cut-bright": mixed(photo.ends.bright, CUT, CUT_SHARES[1] * photo.strength),
    }
    for step in range(PIXEL_SHADES):
        share = step / (PIXEL_SHADES - 1)
        colours[f"pixel-{step}"] = mixed(pixels.dark, pixels.bright, share)
    for step in range(1, TINTS + 1):
        colours[f"plus-{step}"] = mixed(scheme.paper, scheme.plus, strongest.plus * step / TINTS)
        colours[f"minus-{step}"] = mixed(scheme.paper, scheme.minus, strongest.minus * step / TINTS)
    return colours
