"""All checks of a built site in one go."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.course.picture_size import PICTURES, PictureSize, picture_size
from generator.errors import Problem
from generator.site.checking.budgets import BUDGETS, Budgets, overspending
from generator.site.checking.built_page import BuiltPage, read_page
from generator.site.checking.built_site import BuiltSite
from generator.site.checking.page_rules import PAGE_RULES
from generator.site.checking.site_rules import SITE_RULES
from generator.site.checking.survey import AGAIN, Survey


@dataclass(frozen=True)
class Report:
    """What was checked, and everything that is not right."""

    pages: int
    links: int
    pictures: int
    size: int
    """Bytes of all files."""
    problems: tuple[Problem, ...]


def check_site(site: BuiltSite, budgets: Budgets = BUDGETS) -> Report:
    """Return what was checked in a site and every problem found."""
    problems: list[Problem] = []
    pages = {page.path: page for page in _pages(site, problems)}
    pictures = {path: _size_of(site, path) for path in site.ending(*PICTURES)}
    survey = Survey(site, pages, pictures)
    for rule in SITE_RULES:
        problems += rule(survey)
    for page in pages.values():
        for page_rule in PAGE_RULES:
            problems += page_rule(survey, page)
    sizes = {path: size for path, size in pictures.items() if size}
    problems += overspending(site, pages.values(), sizes, budgets)
    return Report(
        pages=len(pages),
        links=sum(len(list(each.addresses())) for page in pages.values() for each in page.elements),
        pictures=len(pictures),
        size=sum(site.sizes.values()),
        problems=tuple(sorted(set(problems))),
    )


def _pages(site: BuiltSite, problems: list[Problem]) -> Iterator[BuiltPage]:
    for path in site.ending(".html"):
        try:
            yield read_page(path, site.read(path).decode())
        except UnicodeDecodeError:
            problems.append(site.problem(path, 0, "the page is not UTF-8", AGAIN))


def _size_of(site: BuiltSite, path: str) -> PictureSize | None:
    return picture_size(site.head(path)) or picture_size(site.read(path))
