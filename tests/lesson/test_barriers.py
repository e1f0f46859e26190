"""Nothing on any page bars a reader, as far as axe can tell: in both themes, on a desk and on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import begin_visit
from tests.lesson.test_agreement import CHAPTERS

pytestmark = pytest.mark.browser

PAGES = ["index.html", "404.html", "glossary/index.html", *(f"{chapter}/index.html" for chapter in CHAPTERS)]
DESK = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
EVERYTHING: dict[str, object] = {}
CONTRAST: dict[str, object] = {"runOnly": ["color-contrast"]}
"""All else that a theme changes."""
VIOLATIONS = """async options => {
  const { violations } = await axe.run({ ...options, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, axe: Path) -> Iterator[Page]:
    """Return a page that has axe wherever it goes."""
    visit = begin_visit(browser, reduced_motion="reduce")
    visit.page.add_init_script(path=axe)
    yield visit.page
    visit.page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(page: Page, site_url: str, name: str) -> None:
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    page.goto(f"{site_url}{name}")
    assert page.evaluate(VIOLATIONS, EVERYTHING) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(VIOLATIONS, CONTRAST) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate(VIOLATIONS, EVERYTHING) == []
    page.emulate_media(color_scheme="light")
    assert page.evaluate(VIOLATIONS, CONTRAST) == []
