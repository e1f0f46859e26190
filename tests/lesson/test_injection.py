"""Nothing that can be written in a course runs, is loaded, or becomes what no chapter can make.

Every text is read by itself first. It is refused as a mistake, which is all that may go wrong with it; or its
page is built, and opened without its Content-Security-Policy, so that nothing but the generator stands in the
way of harm.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from generator.cli import PROJECT
from generator.errors import AuthorError
from generator.site import read_content, read_theme, refuse_faults, site_in_memory
from generator.site.artifact_kinds import Kind
from tests.browser import begin_visit
from tests.built import made
from tests.lesson.injection import PLACES, Case, grouped, some_cases

pytestmark = pytest.mark.browser

THEME = read_theme(PROJECT / "themes" / "lesson")
NEEDED: Collection[Kind] = ["film"]
"""Of a scene nothing is drawn but what its page needs."""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
GROUP = 16
"""Texts without scenes that share a page."""
RAN = "ran"
"""What a page's title becomes once a script has run that nobody meant."""
SET = f"window.alert = window.onerror = () => {{ document.documentElement.setAttribute('data-{RAN}', '') }};"

INSPECT = """() => {
  const listed = {
    A: ["href", "title"], IMG: ["alt", "height", "loading", "src", "title", "width"], OL: ["start"],
    ASIDE: ["class", "role"], DIV: ["aria-label", "class", "role", "tabindex"], P: ["class"], SPAN: ["class"],
    TD: ["class"], TH: ["class"], DETAILS: ["class"], SUMMARY: [],
    H2: ["id"], H3: ["id"], H4: ["id"], H5: ["id"], H6: ["id"], BLOCKQUOTE: [], BR: [], CODE: [], EM: [],
    HR: [], LI: [], PRE: ["tabindex"], STRONG: [], TABLE: [], TBODY: [], THEAD: [], TR: [], UL: [],
  };
  const scrolled = 'span.long[tabindex="0"][role="group"][aria-label="Formula"]:has(> math:only-child)';
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const own = element.closest(".version"); // the script gives panels their measures
      if (name.startsWith("on") || name === "srcdoc" || (name === "style" && !own)) {
        found.push(`${name}=${value}`);
      }
    }
    if (element.protocol && !["file:", "http:", "https:", "mailto:"].includes(element.protocol)) {
      found.push(element.href);
    }
  }
  for (const written of document.querySelectorAll(".prose, .told, .listing code")) {
    for (const element of written.querySelectorAll("*:not(.cue)")) {
      if (element.closest("math")) continue;
      const names = Array.from(element.attributes, ({ name }) => name);
      const own = listed[element.tagName];
      if (element.matches(scrolled) && names.length === 4) continue; // a long formula in a text
      const extra = own ? names.filter((name) => !own.includes(name)) : ["?"];
      if (extra.length) found.push(`${element.tagName} ${extra}`);
    }
  }
  for (const math of document.querySelectorAll("math")) {
    for (const element of [math, ...math.querySelectorAll("*")]) {
      const strange = ["href", "id", "src", "xlink:href"].filter((name) => element.hasAttribute(name));
      if (strange.length || !element.localName.startsWith("m")) found.push(`${element.localName} ${strange}`);
    }
  }
  if (document.documentElement.hasAttribute("data-ran")) found.push("a script ran");
  return found;
}"""


def write_course(folder: Path, case: Case) -> Path:
    """Write the course of a case."""
    for name, data in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    return folder


def is_taken(folder: Path, case: Case) -> bool:
    """Tell whether a case builds; it may be refused as an author's mistake, and in no other way."""
    try:
        read_content(write_course(folder, case))
    except AuthorError:
        return False
    return True


def pages_of(content: Path) -> dict[str, bytes]:
    """Return the pages of a course, which the build itself finds nothing wrong with, without their policy."""
    files = made(content, NEEDED)
    refuse_faults(site_in_memory(files, Path("site")))
    return {
        path: POLICY.sub("", data.decode()).encode() if path.endswith(".html") else data
        for path, data in files.items()
    }


def together(folder: Path, cases: list[Case]) -> Path:
    """Write a course of one chapter in which all these texts stand."""
    text = "\n\n---\n\n".join(case.text for case in cases)
    return write_course(folder, Case(PLACES[0], text))


def sites(folder: Path, cases: Iterable[Case]) -> Iterator[tuple[dict[str, bytes], list[Case]]]:
    """Yield the built pages of all cases that are taken, with the cases that are in them."""
    taken = [case for n, case in enumerate(cases) if is_taken(folder / f"alone-{n}", case)]
    plain = [case for case in taken if case.place.body and "```" not in case.text]
    rest = [[case] for case in taken if case not in plain]
    for n, group in enumerate([*grouped(plain, GROUP), *rest]):
        try:
            yield (
                pages_of(
                    together(folder / f"group-{n}", group)
                    if len(group) > 1
                    else write_course(folder / f"one-{n}", group[0])
                ),
                group,
            )
        except AuthorError:  # two of them do not go together
            for m, case in enumerate(group):
                yield pages_of(write_course(folder / f"group-{n}-{m}", case)), [case]


def harm(browser: Browser, folder: Path, cases: Iterable[Case]) -> list[tuple[object, list[str]]]:
    """Return everything that a browser finds in pages and should not, each with the texts of its page."""
    visit = begin_visit(browser)
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    visit.page.context.route(lambda url: not url.startswith("file:"), refuse)
    visit.page.add_init_script(SET)
    found: list[tuple[object, list[str]]] = []
    for n, (files, group) in enumerate(sites(folder, cases)):
        site = folder / f"site-{n}"
        for path, data in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
        whole = not group[0].place.body
        for path in (path for path in files if path.endswith("/index.html" if not whole else ".html")):
            visit.page.goto((site / path).as_uri())
            noted = visit.page.evaluate(INSPECT)
            noted += asked
            asked.clear()
            if noted:
                found.append((noted, [case.text or case.payload for case in group]))
    visit.page.context.close()
    return found


@pytest.mark.parametrize("count", [350, pytest.param(5000, marks=pytest.mark.long)])
def test_no_text_does_harm(browser: Browser, tmp_path: Path, count: int) -> None:
    """Every place and every payload is among them, in many coats."""
    assert harm(browser, tmp_path, some_cases(count)) == []


def test_the_browser_would_find_harm(browser: Browser, tmp_path: Path) -> None:
    """The inspection sees handlers, styles, scripts, strange links and elements."""
    visit = begin_visit(browser)
    visit.page.add_init_script(SET)
    page = tmp_path / "page.html"
    page.write_text(
        "<div class=prose><p onclick=x>a<svg></svg><a href='javascript:x' style=y>b</a>"
        "<math><mi><a href=#x>c</a></mi></math><script>alert(1)</script></div>",
        "utf-8",
    )
    visit.page.goto(page.as_uri())
    found = visit.page.evaluate(INSPECT)
    visit.page.context.close()

    assert found == [
        "onclick=x",
        "style=y",
        "javascript:x",
        "P onclick",
        "svg ?",
        "A style",
        "SCRIPT ?",
        "a href",
        "a script ran",
    ]
