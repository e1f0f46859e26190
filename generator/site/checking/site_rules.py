"""What has to be right in a site as a whole: styles, sitemap, names, and a way to every page."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from generator.course.file_names import alike, name_fault
from generator.errors import InvalidValue, Problem
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.links import AT_ANY_DEPTH, INDEX, home_place
from generator.site.checking.styles import style_faults
from generator.site.checking.survey import AGAIN, Survey

UNLINKED = {AT_ANY_DEPTH}
"""Pages to which nobody links, by their nature."""
HOME_ADDRESS = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")
"""One address of a sitemap."""


def _styles(survey: Survey) -> Iterator[Problem]:
    """Yield addresses in style sheets that lead nowhere or elsewhere."""
    site = survey.site
    for path in site.ending(".css"):
        if path in survey.asked:
            yield from style_faults(site, path, 1, site.read(path).decode(errors="replace"))


def _sitemap(survey: Survey) -> Iterator[Problem]:
    """Yield addresses of the sitemap that lead to no file."""
    for path in {"sitemap.xml"} & survey.asked:
        text = survey.site.read(path).decode(errors="replace")
        for found in HOME_ADDRESS.finditer(text):
            try:
                home_place(survey.site, unescape(found[1]), survey.home)
            except InvalidValue as fault:
                line = text.count("\n", 0, found.start()) + 1
                yield survey.site.problem(path, line, fault.message, fault.hint)


def _reached(survey: Survey) -> Iterator[Problem]:
    """Yield pages to which no way leads from the first one."""
    if INDEX not in survey.site.sizes:
        yield survey.site.problem("", 0, f"the site has no {INDEX}", AGAIN)
        return
    if INDEX not in survey.asked:
        return  # it leads where it led
    reached, waiting = {INDEX}, [INDEX]
    while waiting and len(reached) < len(survey.pages):
        new = _next_pages(survey, waiting.pop()) - reached
        reached |= new
        waiting += new
    for path in sorted(set(survey.pages) - reached - UNLINKED):
        fact = f"no links lead from {INDEX} to this page"
        yield survey.site.problem(path, 0, fact, "Link to it, or take it out.")


def _next_pages(survey: Survey, path: str) -> set[str]:
    """Return the pages to which a page links."""
    found: set[str] = set()
    page = survey.pages.get(path)
    for element in page.elements if page else ():
        for address in element.addresses() if element.tag == "a" else ():
            try:
                place = survey.place(survey.pages[path], address)
            except InvalidValue:  # told with the addresses
                continue
            if place and place.path in survey.pages:
                found.add(place.path)
    return found


def _names(survey: Survey) -> Iterator[Problem]:
    """Yield names that a disk or an address cannot hold, and those that some disks take for one."""
    site = survey.site
    for path in survey.asked:
        for fault in filter(None, map(name_fault, path.split("/"))):
            yield site.problem(path, 0, fault, "Rename it.")
    if survey.asked:
        yield from _alike(site)


def _alike(site: BuiltSite) -> Iterator[Problem]:
    for path, first in alike(sorted({*site.sizes, *site.folders})).items():
        yield site.problem(path, 0, f'some disks take this for "{first}"', "Rename one of the two.")


def _broken_pictures(survey: Survey) -> Iterator[Problem]:
    """Yield files that are named like pictures and are none."""
    for path in survey.pictures:
        if path in survey.asked and survey.pictures[path] is None:
            yield survey.site.problem(path, 0, "the picture cannot be read", "Save it again.")


SITE_RULES: tuple[Callable[[Survey], Iterator[Problem]], ...] = (
    _styles,
    _sitemap,
    _reached,
    _names,
    _broken_pictures,
)
"""Each yields what a site breaks of it."""
