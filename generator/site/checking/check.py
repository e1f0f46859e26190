"""All checks of a built site in one go."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.course.picture_size import PICTURES, PictureSize, picture_size
from generator.errors import AuthorError, Problem
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
    survey, problems = surveyed(site)
    problems += broken_rules(survey)
    sizes = {path: size for path, size in survey.pictures.items() if size}
    problems += overspending(site, survey.pages.values(), sizes, budgets)
    return Report(
        pages=len(survey.pages),
        links=sum(len(list(each.addresses())) for page in survey.pages.values() for each in page.elements),
        pictures=len(survey.pictures),
        size=sum(site.sizes.values()),
        problems=tuple(sorted(set(problems))),
    )


def refuse_faults(site: BuiltSite) -> None:
    """Refuse a site in which anything is wrong; that it is heavy is no fault.

    Raises:
        AuthorError: everything that `check_site` would find, apart from budgets.

    """
    survey, problems = surveyed(site)
    problems += broken_rules(survey)
    if problems:
        raise AuthorError(problems)


def surveyed(site: BuiltSite) -> tuple[Survey, list[Problem]]:
    """Return what the pages of a site say and how large its pictures are, and pages that cannot be read."""
    problems: list[Problem] = []
    pages = {page.path: page for page in _pages(site, problems)}
    return Survey(site, pages, {path: _size_of(site, path) for path in site.ending(*PICTURES)}), problems


def broken_rules(survey: Survey) -> Iterator[Problem]:
    """Yield everything in a site that is not right."""
    for rule in SITE_RULES:
        yield from rule(survey)
    for page in survey.pages.values():
        for page_rule in PAGE_RULES:
            yield from page_rule(survey, page)


def _pages(site: BuiltSite, problems: list[Problem]) -> Iterator[BuiltPage]:
    for path in site.ending(".html"):
        try:
            yield read_page(path, site.read(path).decode())
        except UnicodeDecodeError:
            problems.append(site.problem(path, 0, "the page is not UTF-8", AGAIN))


def _size_of(site: BuiltSite, path: str) -> PictureSize | None:
    return picture_size(site.head(path)) or picture_size(site.read(path))
