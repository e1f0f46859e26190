"""A theme's folder becomes a frozen `Theme`: colours, style, script, font, templates."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

import msgspec
from jinja2 import Environment

from generator.course.text_file import decoded
from generator.drawing import (
    LIGHT_INKED,
    RGB,
    Palette,
    PixelShades,
    Scheme,
    is_font,
    print_colours,
    role_colours,
)
from generator.errors import AuthorError, Problem, shown_path
from generator.site.templates import TEMPLATES, templates_in

COLOUR = re.compile(r"#[0-9a-f]{6}")
ICON = "icon.svg"
TRUE_TYPE = (b"\0\1\0\0", b"true")
"""How the file of such a font begins."""


class SchemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The colours of one scheme, as `#rrggbb`."""

    paper: str
    ink: str
    muted: str
    hairline: str
    plus: str
    minus: str
    window: str


class PixelTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ends of the grey scale."""

    dark: str
    bright: str


class FilmTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The film's band and what is printed on it."""

    base: str
    print: str


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of `theme.toml`."""

    style: list[str]
    script: list[str]
    font: str
    print_font: str
    light: SchemeTable
    dark: SchemeTable
    printed: SchemeTable
    pixels: PixelTable
    printed_pixels: PixelTable
    film: FilmTable


@dataclass(frozen=True)
class Theme:
    """Everything that decides how pages and pictures look."""

    palette: Palette
    style: str
    script: str
    """All parts, as statements of one function: see `generator.site.script`."""
    font: bytes
    """What pages carry: WOFF2, few letters."""
    print_font: bytes
    """What pictures and PDFs are drawn with: TrueType, the same face with the letters of more languages."""
    icon: bytes
    templates: Environment

    @property
    def on_screen(self) -> Mapping[str, RGB]:
        """Return the colour of every role in a picture that is shown, which knows no dark surroundings."""
        return role_colours(self.palette, self.palette.light)

    @property
    def in_dark(self) -> Mapping[str, RGB]:
        """Return the colour of every role in a picture that dark surroundings have for themselves."""
        return role_colours(self.palette, self.palette.dark)

    @property
    def on_paper(self) -> Mapping[str, RGB]:
        """Return the colour of every role in print."""
        return print_colours(self.palette)


def read_theme(folder: Path) -> Theme:
    """Return the theme in that folder.

    Raises:
        AuthorError: there is no theme, or `theme.toml` is not right.

    """
    file = folder / "theme.toml"
    if not file.is_file():
        raise AuthorError([Problem(shown_path(file), 0, "there is no such theme", "Name one with --theme.")])
    try:
        declared = msgspec.convert(tomllib.loads(_text(folder, file.name)), ThemeTable)
        palette = _palette(declared)
        style, script = (_joined(folder, names) for names in (declared.style, declared.script))
        icon = _text(folder, ICON)
        fonts = _file(folder, declared.font), _true_type(folder, declared.print_font)
        for template in sorted((folder / TEMPLATES).rglob("*.html")):
            _text(folder, template.relative_to(folder).as_posix())  # refused here, if anything is wrong
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
        raise AuthorError([Problem(shown_path(file), 0, f"the theme cannot be read: {error}")]) from None
    return Theme(
        palette=palette,
        style=style_tokens(palette) + style,
        script=script,
        font=fonts[0],
        print_font=fonts[1],
        icon=icon.encode(),
        templates=templates_in(folder),
    )


def _file(folder: Path, name: str) -> bytes:
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
        raise ValueError(f'"{name}" leads out of the theme')
    if not (folder / name).is_file():
        raise ValueError(f'there is no file "{name}"')
    return (folder / name).read_bytes()


def _text(folder: Path, name: str) -> str:
    return decoded(_file(folder, name), shown_path(folder / name))


def _joined(folder: Path, names: Iterable[str]) -> str:
    """Return the text of several files, one after the other."""
    return "".join(_text(folder, name) for name in names)


def _true_type(folder: Path, name: str) -> bytes:
    font = _file(folder, name)
    if not font.startswith(TRUE_TYPE):
        raise ValueError(f'"{name}" is not a TrueType font, which PDFs need')
    if not is_font(font):
        raise ValueError(f'"{name}" cannot be read as a font')
    return font


def style_tokens(palette: Palette) -> str:
    """Return the palette as CSS custom properties, for light and dark and for paper, and classes."""
    light, dark = role_colours(palette, palette.light), role_colours(palette, palette.dark)
    rules = [f":root {{\n{_properties(light)}}}\n"]
    for media, colours in (
        ("screen and (prefers-color-scheme: dark)", dark),
        ("print", print_colours(palette)),
    ):
        differing = {role: colour for role, colour in colours.items() if colour != light[role]}
        rules.append(f"@media {media} {{\n:root {{\n{_properties(differing)}}}\n}}\n")
    for role in light:
        if re.match(r"(pixel|plus|minus)-\d|(zero|paper|window|ink|plus|minus|hairline)$", role):
            rules.append(f".fill-{role} {{ fill: var(--{role}); }}\n")
        if role in {"ink", "muted", "paper", "plus", "minus", "on-dark", "on-bright"}:
            rules.append(f".ink-{role} {{ fill: var(--{role}); }}\n")
        if role in {"window", "hairline", "muted", "ink"}:
            rules.append(f".line-{role} {{ fill: none; stroke: var(--{role}); }}\n")
    rules.append(".hatch { stroke: var(--on-bright); }\n.fill-paper + .hatch { stroke: var(--muted); }\n")
    light_inked = ", ".join(f".fill-pixel-{step} + .hatch" for step in range(LIGHT_INKED))
    rules.append(f"{light_inked} {{ stroke: var(--on-dark); }}\n")
    return "".join(rules)


def _properties(colours: Mapping[str, RGB]) -> str:
    return "".join(
        f"  --{role}: #{red:02x}{green:02x}{blue:02x};\n" for role, (red, green, blue) in colours.items()
    )


def _palette(declared: ThemeTable) -> Palette:
    return Palette(
        light=_scheme(declared.light),
        dark=_scheme(declared.dark),
        printed=_scheme(declared.printed),
        pixels=_shades(declared.pixels),
        printed_pixels=_shades(declared.printed_pixels),
        film=_rgb(declared.film.base),
        film_print=_rgb(declared.film.print),
    )


def _scheme(table: SchemeTable) -> Scheme:
    return Scheme(**{key: _rgb(getattr(table, key)) for key in SchemeTable.__struct_fields__})


def _shades(table: PixelTable) -> PixelShades:
    return PixelShades(_rgb(table.dark), _rgb(table.bright))


def _rgb(colour: str) -> RGB:
    if not COLOUR.fullmatch(colour):
        raise ValueError(f'"{colour}" is not a colour such as "#e8a013"')
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
