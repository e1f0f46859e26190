"""A site as its checks see it: what its pages say, and how large its pictures are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.course.picture_size import PictureSize
from generator.site.checking.built_page import BuiltPage
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.links import INDEX, Place, place_of

AGAIN = "Build the site again."
"""The way out of what only the program can have got wrong."""


@dataclass(frozen=True)
class Survey:
    """A site with what its pages say and how large its pictures are; a picture that is none has no size."""

    site: BuiltSite
    pages: Mapping[str, BuiltPage]
    pictures: Mapping[str, PictureSize | None]

    @cached_property
    def home(self) -> str:
        """Return the address at which the site is at home, as its first page says, or ""."""
        canonical = self.pages[INDEX].canonical if INDEX in self.pages else ""
        return canonical.removesuffix(INDEX) if canonical.startswith(("https://", "http://")) else ""

    def place(self, page: BuiltPage, address: str) -> Place | None:
        """Return where an address in a page leads; see `place_of`."""
        return place_of(self.site, page.path, address, self.home)
