"""Colours by role: they follow from the theme, and numbers can be read on them."""

import pytest

from generator.drawing.palette import LIGHT_INKED, PIXEL_SHADES, TINTS, mixed
from tests.drawing.samples import DARK, LIGHT, PALETTE, PRINTED

RGB = tuple[int, int, int]
SCHEMES = pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
NUMBER_GROUNDS = (
    "paper",
    "zero",
    *(f"{sign}-{step + 1}" for sign in ("plus", "minus") for step in range(TINTS)),
)


def luminance(colour: RGB) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white has 21 to 1, and the grey #767676 on white the well-known 4.54."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


ON_PAPER = (*NUMBER_GROUNDS, *(f"pixel-{step}" for step in range(PIXEL_SHADES)))


@pytest.mark.parametrize("ground", ON_PAPER)
def test_print_stands_out_on_every_tint_and_grey(ground: str) -> None:
    """On paper all numbers are dark, and all that is under them is bright: the contrast is 7 or more."""
    for ink in ("ink", "on-dark", "on-bright"):
        assert contrast(PRINTED[ink], PRINTED[ground]) >= 7


def test_tints_and_greys_take_less_ink_on_paper() -> None:
    """No ground of a number is darker on paper than on a screen."""
    for ground in ON_PAPER:
        assert luminance(PRINTED[ground]) >= luminance(LIGHT[ground]), ground


@SCHEMES
@pytest.mark.parametrize("ground", NUMBER_GROUNDS)
def test_numbers_can_be_read_on_every_tint(roles: dict[str, RGB], ground: str) -> None:
    """Ink has a contrast of 4.5 on the paper and on the strongest tint."""
    assert contrast(roles["ink"], roles[ground]) >= 4.5


@SCHEMES
@pytest.mark.parametrize("ink", ["muted", "plus", "minus"])
def test_labels_and_weights_can_be_read_on_paper(roles: dict[str, RGB], ink: str) -> None:
    """Labels, signs of operation and coloured weights have a contrast of 4.5."""
    assert contrast(roles[ink], roles["paper"]) >= 4.5


@pytest.mark.parametrize("step", range(PIXEL_SHADES))
def test_numbers_can_be_read_on_every_grey(step: int) -> None:
    """On the worst grey in the middle a number still has a contrast of 4."""
    ink = "on-dark" if step < LIGHT_INKED else "on-bright"
    assert contrast(LIGHT[ink], LIGHT[f"pixel-{step}"]) >= 4


@pytest.mark.parametrize("step", range(PIXEL_SHADES))
def test_no_other_ink_would_be_read_better(step: int) -> None:
    """Each grey carries the one of the two inks that stands out more."""
    ink, other = ("on-dark", "on-bright") if step < LIGHT_INKED else ("on-bright", "on-dark")
    grey = LIGHT[f"pixel-{step}"]
    assert contrast(LIGHT[ink], grey) > contrast(LIGHT[other], grey)


def test_the_edge_print_can_be_read() -> None:
    """What is printed on the film stands out from it."""
    assert contrast(LIGHT["film-print"], LIGHT["film"]) >= 4.5


def test_greys_run_evenly_from_dark_to_bright() -> None:
    """The first and the last grey are those of the theme, and each is brighter than the one before."""
    greys = [LIGHT[f"pixel-{step}"] for step in range(PIXEL_SHADES)]
    assert (greys[0], greys[-1]) == (PALETTE.pixels.dark, PALETTE.pixels.bright)
    assert greys == sorted(greys)
    assert len(set(greys)) == PIXEL_SHADES


def test_pixels_look_the_same_in_light_and_dark() -> None:
    """An image does not change with the reader's surroundings."""
    for step in range(PIXEL_SHADES):
        assert LIGHT[f"pixel-{step}"] == DARK[f"pixel-{step}"]


def test_mixing_nothing_and_everything_gives_the_ends() -> None:
    """A share of 0 is the base and a share of 1 the other colour."""
    assert mixed((1, 2, 3), (9, 8, 7), 0) == (1, 2, 3)
    assert mixed((1, 2, 3), (9, 8, 7), 1) == (9, 8, 7)
