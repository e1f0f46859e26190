"""How much a site may weigh, and what of it weighs more."""

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from generator.course.picture_size import PictureSize
from generator.errors import InvalidValue, Problem
from generator.site.checking.built_page import BuiltPage
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.links import place_of

UNITS = ((1_000_000, "MB"), (1_000, "kB"))
HEAVIEST = 3
"""Files that a message about the whole names."""


@dataclass(frozen=True)
class Budgets:
    """The most that a site may take, in bytes where nothing else is said."""

    site: int = 500_000_000
    """Half of what GitHub Pages takes, so that a course that grows by a chapter is never turned away."""
    file: int = 25_000_000
    """What a reader on a slow line can still fetch in a minute or two; other free hosts take no more."""
    files: int = 20_000
    """What other free hosts take; a school's computer unpacks as many in a few minutes."""
    page: int = 200_000
    """Page, style and script, gzipped: a second or so on a telephone, pictures following while one reads."""
    script: int = 9_000
    """Gzipped: small enough to be read by one person, and to run at once on an old telephone."""
    pixels: int = 16_000_000
    """What old telephones can hold of one picture, as some show none that is larger."""


BUDGETS = Budgets()
"""The limits that every site is held to."""


def overspending(
    site: BuiltSite,
    pages: Iterable[BuiltPage],
    pictures: Mapping[str, PictureSize],
    budgets: Budgets,
) -> Iterator[Problem]:
    """Yield everything that takes more than its budget."""
    yield from _whole(site, budgets)
    for path, size in site.sizes.items():
        if size > budgets.file:
            fact = _exceeded("the file weighs", size, budgets.file)
            yield site.problem(path, 0, fact, "Shrink it, or shorten the scene that it belongs to.")
    for path, picture in pictures.items():
        if picture.width * picture.height > budgets.pixels:
            yield site.problem(path, 0, _pixels(picture, budgets.pixels), "Shrink it, or shorten its scene.")
    yield from _over_the_wire(site, pages, budgets)


def weight(size: int) -> str:
    """Return a number of bytes as people say it, rounded up to a tenth.

    >>> weight(500_000_000), weight(500_000_001), weight(6_001), weight(12)
    ('500 MB', '500.1 MB', '6.1 kB', '12 bytes')
    """
    for unit, name in UNITS:
        if size >= unit:
            return f"{ceil(size * 10 / unit) / 10:,.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"


def _whole(site: BuiltSite, budgets: Budgets) -> Iterator[Problem]:
    size = sum(site.sizes.values())
    if size > budgets.site:
        heaviest = sorted(site.sizes, key=lambda path: (-site.sizes[path], path))[:HEAVIEST]
        named = ", ".join(f"{path} ({weight(site.sizes[path])})" for path in heaviest)
        hint = f"Shorten scenes or shrink pictures; the heaviest: {named}."
        yield site.problem("", 0, _exceeded("the site weighs", size, budgets.site), hint)
    if len(site.sizes) > budgets.files:
        fact = f"the site has {len(site.sizes):,} files, more than the {budgets.files:,} that it may"
        yield site.problem("", 0, fact, "Leave out pictures, or make two courses of it.")


def _over_the_wire(site: BuiltSite, pages: Iterable[BuiltPage], budgets: Budgets) -> Iterator[Problem]:
    """Yield the pages and scripts that are too heavy as a server sends them."""
    shared = {path: _gzipped(site, path) for path in site.ending(".css", ".js")}
    for path, size in shared.items():
        if path.endswith(".js") and size > budgets.script:
            fact = _exceeded("gzipped, the script weighs", size, budgets.script)
            yield site.problem(path, 0, fact, "Shorten it.")
    for page in pages:
        own = _gzipped(site, page.path)
        size = own + sum(shared.get(path, 0) for path in _loaded(site, page))
        if size > budgets.page:
            fact = _exceeded("gzipped, the page with its style and script weighs", size, budgets.page)
            hint = f"Shorten its scenes, or split the chapter; without style and script it is {weight(own)}."
            yield site.problem(page.path, 0, fact, hint)


def _loaded(site: BuiltSite, page: BuiltPage) -> set[str]:
    """Return the files that come with a page; addresses that lead nowhere are told elsewhere."""
    found: set[str] = set()
    for element in (*page.tagged("link"), *page.tagged("script")):
        for address in element.addresses():
            try:
                place = place_of(site, page.path, address)
            except InvalidValue:
                continue
            if place and not element.leads:
                found.add(place.path)
    return found


def _gzipped(site: BuiltSite, path: str) -> int:
    return len(gzip.compress(site.read(path), compresslevel=6, mtime=0))


def _exceeded(what: str, size: int, most: int) -> str:
    return f"{what} {weight(size)}, more than the {weight(most)} that it may"


def _pixels(picture: PictureSize, most: int) -> str:
    width, height, _ = picture
    shown = f"{ceil(width * height / 100_000) / 10:,.1f}".removesuffix(".0")
    limit = f"{most / 1_000_000:g}"
    return f"the picture is {width}×{height}: {shown} megapixels, more than the {limit} that it may"
