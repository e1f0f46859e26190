"""All checks of a built site in one go, or in parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.errors import AuthorError, Problem
from generator.site.checking.budgets import BUDGETS, Budgets, overspending
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
    survey = Survey(site, site.sizes.keys())
    problems = [*broken_pages(survey, survey.pages), *broken_site(survey)]
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
    survey = Survey(site, site.sizes.keys())
    problems = [*broken_pages(survey, survey.pages), *broken_site(survey)]
    if problems:
        raise AuthorError(problems)


def broken_site(survey: Survey) -> Iterator[Problem]:
    """Yield everything that is not right in a site as a whole."""
    for rule in SITE_RULES:
        yield from rule(survey)


def broken_pages(survey: Survey, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield everything that is not right in pages of a site."""
    for path in paths:
        page = survey.pages[path]
        if path in survey.pages.broken:
            yield survey.site.problem(path, 0, "the page is not UTF-8", AGAIN)
            continue
        for rule in PAGE_RULES:
            yield from rule(survey, page)
