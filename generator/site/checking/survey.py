"""A site as its checks see it: what pages say, how large pictures are; each is read when it is asked for."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from generator.course.picture_size import PICTURES, PictureSize, picture_size
from generator.site.checking.built_page import BuiltPage, read_page
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.links import INDEX, Place, place_of

AGAIN = "Build the site again."
"""The way out of what only the program can have got wrong."""


class Pages(Mapping[str, BuiltPage]):
    """The pages of a site by their path; one that is not UTF-8 says nothing."""

    def __init__(self, site: BuiltSite) -> None:
        self.site = site
        self.paths = dict.fromkeys(site.ending(".html"))
        self.found: dict[str, BuiltPage] = {}
        self.broken: set[str] = set()

    def __getitem__(self, path: str) -> BuiltPage:
        """Return what a page says, read once."""
        if path not in self.found:
            if path not in self.paths:
                raise KeyError(path)
            self.found[path] = read_page(path, self._text(path))
        return self.found[path]

    def _text(self, path: str) -> str:
        try:
            return self.site.read(path).decode()
        except UnicodeDecodeError:
            self.broken.add(path)
            return ""

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of all pages."""
        return iter(self.paths)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self.paths)

    def __contains__(self, path: object) -> bool:
        """Tell whether there is a page at a path, without reading it."""
        return path in self.paths


class Pictures(Mapping[str, PictureSize | None]):
    """The sizes of a site's pictures by their path; a picture that is none has no size."""

    def __init__(self, site: BuiltSite) -> None:
        self.site = site
        self.paths = dict.fromkeys(site.ending(*PICTURES))
        self.found: dict[str, PictureSize | None] = {}

    def __getitem__(self, path: str) -> PictureSize | None:
        """Return the size of a picture, read once."""
        if path not in self.found:
            if path not in self.paths:
                raise KeyError(path)
            self.found[path] = picture_size(self.site.head(path)) or picture_size(self.site.read(path))
        return self.found[path]

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of all pictures."""
        return iter(self.paths)

    def __len__(self) -> int:
        """Return how many pictures there are."""
        return len(self.paths)


@dataclass(frozen=True)
class Survey:
    """A site, and which of its files are held against the rules."""

    site: BuiltSite
    asked: Set[str]
    """The paths of the files that are looked at: of a site that was right before, those that changed."""

    @cached_property
    def pages(self) -> Pages:
        """Return what the pages say."""
        return Pages(self.site)

    @cached_property
    def pictures(self) -> Pictures:
        """Return how large the pictures are."""
        return Pictures(self.site)

    @cached_property
    def home(self) -> str:
        """Return the address at which the site is at home, as its first page says, or ""."""
        says_so = INDEX in self.pages and b"canonical" in self.site.read(INDEX)
        canonical = self.pages[INDEX].canonical if says_so else ""  # the contents of a long course are long
        return canonical.removesuffix(INDEX) if canonical.startswith(("https://", "http://")) else ""

    def place(self, page: BuiltPage, address: str) -> Place | None:
        """Return where an address in a page leads; see `place_of`."""
        return place_of(self.site, page.path, address, self.home)
