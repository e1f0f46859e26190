"""What everything in a site is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment

from generator.errors import shown_path
from generator.site.address import SiteAddress
from generator.site.artifact_kinds import Wanted
from generator.site.cache import FolderCache, Made
from generator.site.kept_templates import KeptTemplates
from generator.site.program import digest, whole_program
from generator.site.templates import templates_in

if TYPE_CHECKING:
    from generator.site.theme import Theme


@dataclass(frozen=True)
class Order:
    """What is to be made, with what; it travels to every process that has a share in the work."""

    content: Path
    theme_folder: Path
    theme_digest: str
    """What stands for all files of the theme."""
    cache: Path
    wanted: Wanted
    """What is made of scenes."""
    address: SiteAddress | None
    title: str
    """Of the course."""
    names: Mapping[int, str | None]
    """Every chapter number; the chapter's name where it is written."""
    start: str
    """The name of the chapter where a newcomer begins, or ""."""

    @property
    def kept(self) -> FolderCache:
        """Return where what is made is kept."""
        return FolderCache(self.cache)

    @property
    def theme(self) -> Theme:
        """Return the theme.

        Raises:
            AuthorError: it is not right.

        """
        return _theme(self.theme_folder, self.theme_digest)

    @property
    def templates(self) -> Environment:
        """Return the theme's templates; that the rest of it is right is found out once, and noted.

        Raises:
            AuthorError: something of the theme is not right.

        """
        return _templates(self.theme_folder, self.theme_digest, self.cache, self.key("theme is right"))

    @cached_property
    def decided(self) -> bytes:
        """Return a digest of everything that decides all chapters alike."""
        wanted = (tuple(self.wanted.kinds), self.wanted.paper, sorted(self.wanted.also))
        told = (self.theme_digest, wanted, self.address, self.title, shown_path(self.content))
        return digest(whole_program(), repr(told).encode()).encode()

    def key(self, what: str, *decided_by: object) -> str:
        """Return the key of what is made by this order, given all that decides it besides, as `repr` says."""
        return digest(self.decided, repr((what, *decided_by)).encode())


@lru_cache(maxsize=2)
def _theme(folder: Path, _digest: str) -> Theme:
    # Late, with all that draws: of a theme that was found right before, text needs the templates alone.
    from generator.site.theme import read_theme  # noqa: PLC0415

    return read_theme(folder)


@lru_cache(maxsize=2)
def _templates(folder: Path, known_by: str, cache: Path, key: str) -> Environment:
    """Return the templates of a theme; under the key is kept that all of it could be read."""
    kept = FolderCache(cache)
    kept.listed_or_made(key, lambda: _noted(_theme(folder, known_by)))
    templates = templates_in(folder)
    templates.bytecode_cache = KeptTemplates(kept)
    return templates


def _noted(_theme: Theme) -> Made:
    """Return what is kept of a theme that could be read: nothing but that."""
    return ()
