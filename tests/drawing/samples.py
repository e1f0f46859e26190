"""Reels to draw, and the shipped theme's colours and font."""

from collections.abc import Mapping
from pathlib import Path

from generator.drawing import Palette, print_colours, role_colours
from generator.scenes import Pixels, Reel, reel_of, scenes_from_toml
from generator.site import read_theme

THEME = read_theme(Path(__file__).parents[2] / "themes" / "lesson")
PALETTE: Palette = THEME.palette
LIGHT: Mapping[str, tuple[int, int, int]] = role_colours(PALETTE, PALETTE.light)
DARK: Mapping[str, tuple[int, int, int]] = role_colours(PALETTE, PALETTE.dark)
PRINTED: Mapping[str, tuple[int, int, int]] = print_colours(PALETTE)
FONT = THEME.print_font
"""What all pictures and PDFs are drawn with."""

Rows = list[list[float]]


def reel(image: str | Rows = "step", kernel: str | Rows = "sobel-x", name: str = "sobel-edge") -> Reel:
    """Return the reel of an image and a kernel, each a known name or rows of numbers."""
    declared = "\n".join(
        f"{key} = {value if isinstance(value, list) else repr(value)}"
        for key, value in (("id", name), ("image", image), ("kernel", kernel))
    )
    return reel_of(scenes_from_toml(declared, "chapter.md", 1, no_picture).scenes[0])


def no_picture(name: str) -> Pixels:
    """Refuse to read a picture."""
    raise AssertionError(name)


def grid(height: int, width: int) -> Rows:
    """Return an image of many different one-digit numbers."""
    return [[(row * column + row) % 10 for column in range(width)] for row in range(height)]


FLAGSHIP = reel()
WILD = reel([[0.004, 1000.25, 3], [7, 8, 123.456], [1, 2, 3]], [[0.004, -12345.67], [0.1, 1]], "wild")
"""Numbers of every length."""
