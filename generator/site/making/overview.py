"""The course as its pages see it: what stands for each chapter where others show it or lead to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from markupsafe import Markup

from generator.course import CoursePlan, Outline, PlannedChapter, Term
from generator.site.making.made import ROOT, MadeChapter


@dataclass(frozen=True)
class CourseHead:
    """What every page says of its course."""

    title: str
    summary: str
    language: str
    has_glossary: bool


@dataclass(frozen=True)
class Signpost:
    """A chapter as another page leads to it."""

    number: int
    name: str
    title: str
    picture: Markup


@dataclass(frozen=True)
class Entry:
    """A chapter in the contents."""

    number: int
    name: str
    title: str
    summary: str
    before: str
    minutes: int
    picture: Markup
    large: Markup
    """The picture so large that its numbers can be read, where the course begins with it."""


@dataclass(frozen=True)
class PartEntries:
    """A part in the contents."""

    number: int
    title: str
    written: tuple[Entry, ...]
    planned: tuple[PlannedChapter, ...]


@dataclass(frozen=True)
class Overview:
    """A course with what each of its chapters gives to the site."""

    plan: CoursePlan
    chapters: Mapping[str, MadeChapter]
    """In their order, by name."""

    @cached_property
    def order(self) -> tuple[MadeChapter, ...]:
        """Return the chapters in their order."""
        return tuple(self.chapters.values())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Return where in their order the chapters stand, from 0."""
        return {name: place for place, name in enumerate(self.chapters)}

    @cached_property
    def head(self) -> CourseHead:
        """Return what every page says of the course."""
        plan = self.plan
        return CourseHead(plan.title, plan.summary, plan.language, bool(self.term_homes))

    @cached_property
    def term_homes(self) -> Mapping[str, str]:
        """Return the name of the chapter that explains each term."""
        return {term.mark.term: each.outline.name for each in self.order for term in each.outline.terms}

    @property
    def glossary(self) -> tuple[tuple[Term, Outline], ...]:
        """Return every term with the chapter that explains it, by the alphabet."""
        found = ((term, each.outline) for each in self.order for term in each.outline.terms)
        return tuple(sorted(found, key=lambda each: normalize("NFKD", each[0].words).casefold()))

    @property
    def start(self) -> Entry | None:
        """Return where who is new begins."""
        made = self.chapters.get(self.plan.start)
        return entry_of(made) if made else None

    @property
    def first_pictured(self) -> MadeChapter | None:
        """Return the first chapter that has something to show."""
        return next((made for made in self.order if made.scenes), None)

    def neighbours(self, made: MadeChapter) -> tuple[Signpost | None, Signpost | None]:
        """Return what leads from a chapter to the one before and the one after."""
        place = self.places[made.outline.name]
        before, after = self.order[max(0, place - 1) : place], self.order[place + 1 : place + 2]
        previous, following = map(signposts, (before, after))
        return next(previous, None), next(following, None)

    def parts(self) -> Iterator[PartEntries]:
        """Yield the parts with their chapters."""
        for part in self.plan.parts:
            planned = tuple(entry for entry in part.entries if isinstance(entry, PlannedChapter))
            names = [entry.name for entry in part.entries if not isinstance(entry, PlannedChapter)]
            written = tuple(entry_of(self.chapters[name]) for name in names)
            yield PartEntries(part.number, part.title, written, planned)


def signposts(chapters: Iterable[MadeChapter]) -> Iterator[Signpost]:
    """Yield what leads from a chapter's page to chapters."""
    for made in chapters:
        outline = made.outline
        yield Signpost(outline.number, outline.name, outline.title, _seen(made.thumbnail, "../"))


def entry_of(made: MadeChapter) -> Entry:
    """Return a chapter as the contents show it."""
    outline = made.outline
    return Entry(
        number=outline.number,
        name=outline.name,
        title=outline.title,
        summary=outline.summary,
        before=outline.before,
        minutes=made.minutes,
        picture=_seen(made.thumbnail, ""),
        large=_seen(made.large, ""),
    )


def _seen(picture: str, root: str) -> Markup:
    """Return a picture as a page shows it that is so far from the site's own folder."""
    return Markup(picture.replace(ROOT, root))  # noqa: S704 - drawn, not written by anybody
