"""The pages of a site, each with a key that says everything it shows, so that only what changed is made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from jinja2 import Environment
from markupsafe import Markup

from generator.course import Term, TermLink, with_term_links
from generator.errors import AuthorError
from generator.site.archive import COURSE
from generator.site.assets import Assets, inlined, write_assets
from generator.site.cache import Made
from generator.site.chapter_text import marked, settled
from generator.site.making.made import MadeChapter, Refused
from generator.site.making.order import Order
from generator.site.making.overview import CourseHead, Overview, Signpost
from generator.site.making.record import main_of
from generator.site.output import MemoryOutput
from generator.site.packs import Pack
from generator.site.sharing import CARD, Card, Shared, sitemap
from generator.site.templates import rendered

INDEX, GLOSSARY, MISSING, SITEMAP = "index.html", "glossary/index.html", "404.html", "sitemap.xml"


@dataclass(frozen=True)
class ChapterPage:
    """Everything that a chapter's page shows."""

    course: CourseHead
    assets: Assets
    name: str
    title: str
    summary: str
    scrolls: bool
    previous: Signpost | None
    next: Signpost | None
    terms: tuple[tuple[str, str], ...]
    """The terms that it links to, with the pages where these are explained, "" for its own."""
    shared: Shared | None
    main: str
    """A digest of its text."""
    chapter: str
    """The key under which the text is kept."""

    @property
    def path(self) -> str:
        """Return where in the site it lies."""
        return f"{self.name}/index.html"

    def key(self, order: Order) -> str:
        """Return the key under which the page is kept: the same text makes the same page."""
        return order.key("page", replace(self, chapter=""))


def chapter_pages(order: Order, overview: Overview, assets: Assets) -> Iterable[ChapterPage]:
    """Yield the page of every chapter, in order."""
    for made in overview.order:
        outline = made.outline
        previous, following = overview.neighbours(made)
        yield ChapterPage(
            course=overview.head,
            assets=assets,
            name=outline.name,
            title=outline.title,
            summary=outline.summary,
            scrolls=made.scrolls,
            previous=previous,
            next=following,
            terms=tuple(_led(overview.term_homes, outline.name, outline.term_links)),
            shared=shared(order, overview, f"{outline.name}/index.html", made),
            main=made.main,
            chapter=made.key,
        )


def _led(homes: Mapping[str, str], name: str, links: Iterable[TermLink]) -> Iterable[tuple[str, str]]:
    for term in sorted({link.term for link in links}):
        home = homes[term]
        yield term, "" if home == name else f"../{home}/index.html"


def make_page(order: Order, page: ChapterPage) -> Pack | Refused:
    """Make and keep a chapter's page."""
    try:
        main = main_of(order, page.chapter)
        text = Markup(with_term_links(main, dict(page.terms)))  # noqa: S704 - settled when it was made
        html = _rendered(
            order.templates,
            page.path,
            "chapter.html",
            course=page.course,
            assets=page.assets,
            page=page,
            main=text,
            root="../",
            shared=page.shared,
        )
    except AuthorError as error:
        return Refused(error.problems)
    key = page.key(order)
    return Pack(key, f"{page.name}/", order.kept.keep(key, [("index.html", html)]))


def shared(order: Order, overview: Overview, path: str, made: MadeChapter | None = None) -> Shared | None:
    """Return what others see of a page; a chapter without a scene borrows the picture of the contents."""
    if order.address is None:
        return None
    own = made is not None and bool(made.scenes)
    drawn = made if own else overview.first_pictured
    card = None
    if drawn:
        place = f"{drawn.outline.name}/{CARD}" if own else CARD
        card = Card(order.address.file(place), drawn.alt)
    return Shared(order.address.page(path), card)


def assets_of(order: Order) -> tuple[Pack, Assets]:
    """Return style, script and icon, and what pages call them."""

    def make() -> Made:
        output = MemoryOutput()
        write_assets(order.theme, output)
        return output.files.items()

    pack = kept_pack(order, "assets", make)
    paths = {file.name.rpartition(".")[2]: file.name for file in pack.files}
    return pack, Assets(paths["css"], paths["js"], paths["svg"])


def pages_around(order: Order, overview: Overview, assets: Assets) -> Iterable[Pack]:
    """Yield the pages of the course as a whole, and what only servers ask for; made where they changed.

    Raises:
        AuthorError: a template is not right.

    """
    course = {"course": overview.head, "assets": assets}
    contents = {"parts": tuple(overview.parts()), "start": overview.start}
    yield _page(order, INDEX, "index.html", {**course, **contents, "shared": shared(order, overview, INDEX)})
    paths = [*(f"{made.outline.name}/index.html" for made in overview.order), INDEX]
    if overview.head.has_glossary:
        paths.append(GLOSSARY)
        entries = {"entries": tuple(_entries(overview)), "shared": shared(order, overview, GLOSSARY)}
        yield _page(order, GLOSSARY, "glossary.html", {**course, **entries, "root": "../"})
    if order.address:
        data = sitemap(order.address, paths)
        yield kept_pack(order, "sitemap", lambda: [(SITEMAP, data)], paths)
    yield _missing(order, overview)
    yield kept_pack(order, "nojekyll", lambda: [(".nojekyll", b"")])


def _entries(overview: Overview) -> Iterable[tuple[Term, int, str, Markup, Markup]]:
    for term, outline in overview.glossary:
        yield term, outline.number, outline.name, marked(term.words), marked(term.sentence)


def _missing(order: Order, overview: Overview) -> Pack:
    home = order.address.base if order.address else ""

    def make() -> Made:
        seen = {"course": overview.head, "home": home, "inlined": inlined(order.theme)}
        yield MISSING, _rendered(order.templates, MISSING, "404.html", **seen)

    return kept_pack(order, "missing", make, overview.head)


def read_me(order: Order, overview: Overview) -> bytes:
    """Return the page that opens the course from a zip.

    Raises:
        AuthorError: the template is not right.

    """
    _, assets = assets_of(order)
    chapters = [made.outline for made in overview.order]
    seen = {"course": overview.head, "chapters": chapters, "assets": assets, "root": f"{COURSE}/"}
    return rendered(order.templates, "read-me-first.html", **seen).encode()


def _page(order: Order, path: str, template: str, seen: Mapping[str, object]) -> Pack:
    """Return a page with all that it shows; made where that has changed."""
    whole = {"root": "", **seen}
    return kept_pack(
        order,
        path,
        lambda: [(path, _rendered(order.templates, path, template, **whole))],
        sorted(whole.items()),
    )


def kept_pack(order: Order, what: str, make: Callable[[], Made], *decided_by: object) -> Pack:
    """Return files of the site that are made where they are not kept, given all that decides them."""
    key = order.key(what, *decided_by)
    return Pack(key, "", order.kept.listed_or_made(key, make))


def _rendered(templates: Environment, path: str, template: str, **seen: object) -> bytes:
    return settled(rendered(templates, template, **seen), path).encode()
