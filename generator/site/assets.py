"""Style, script and icon under names that change with their content, so that caches never lie.

The font travels inside the style sheet: browsers refuse fonts beside a page that is opened from disk, and
a font that comes late makes the text jump.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator.site.output import Output
from generator.site.script import closed, compact
from generator.site.style import compact_style

if TYPE_CHECKING:
    from generator.site.theme import Theme

FONT_MARK = "FONT"
"""Stands in the style sheet where the font's address belongs."""


@dataclass(frozen=True)
class Assets:
    """Paths of the shared files, relative to the site."""

    style: str
    script: str
    icon: str


@dataclass(frozen=True)
class Inlined:
    """What a page carries in itself because it can refer to no file."""

    style: Markup
    style_hash: str
    """As a content security policy names it."""
    icon: str
    """As an address that holds the picture itself."""


def write_assets(theme: Theme, output: Output) -> Assets:
    """Write the theme's files and return where they are."""
    return Assets(
        style=_write(output, "lesson.css", _style(theme).encode()),
        script=_write(output, "lesson.js", compact(closed(theme.script)).encode()),
        icon=_write(output, "icon.svg", theme.icon),
    )


def inlined(theme: Theme) -> Inlined:
    """Return style and icon for a page that may be shown at any address of the site."""
    # A browser takes the hash of what it has parsed, and a parser knows one kind of line end.
    style = _style(theme).replace("\r\n", "\n")
    return Inlined(
        style=Markup(style),  # noqa: S704 - the theme's own
        style_hash=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
        icon=_data("image/svg+xml", theme.icon),
    )


def _style(theme: Theme) -> str:
    return compact_style(theme.style).replace(FONT_MARK, _data("font/woff2", theme.font))


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"


def _write(output: Output, name: str, data: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    path = f"assets/{stem}.{sha256(data).hexdigest()[:10]}.{ending}"
    output.write(path, data)
    return path
