"""All chapters of a course: those that have not changed are found, and the others made, several at once."""

from collections.abc import Iterable, Iterator
from functools import partial

from generator.course import ChapterPlace, ContentFolder, CoursePlan, Outline, problems_between
from generator.course.chapter_names import chapter_called
from generator.errors import AuthorError, Problem
from generator.site.known_files import KnownFiles
from generator.site.making.chapter import begin_chapter, draw_part, finish_chapter
from generator.site.making.made import LaidAside, MadeChapter, Refused
from generator.site.making.order import Order
from generator.site.making.recent import Recent
from generator.site.making.record import kept_chapter
from generator.site.making.workers import Tasks, Workers
from generator.site.progress import Progress

WORTHWHILE = 30
"""Chapters of text alone whose making takes longer than further processes take to start."""
SCENE = b"scene"
"""What a chapter's file holds if there may be something to draw."""


class Chapters:
    """Makes the chapters of a course."""

    def __init__(
        self, order: Order, known: KnownFiles, workers: Workers, progress: Progress, *, is_trusting: bool
    ) -> None:
        """Make with an order, and let others do the work where that pays.

        Where it `is_trusting`, what a chapter gave to an earlier build is not looked for at once.
        """
        self.order = order
        self.known = known
        self.workers = workers
        self.progress = progress
        self.recent = Recent(order)
        self.is_trusting = is_trusting
        self.problems: list[Problem] = []
        self.count = 0
        """Of the chapters that had to be made."""

    def made(self, places: Iterable[ChapterPlace]) -> dict[str, MadeChapter]:
        """Return the chapters at these places, in order, by name; what is wrong with one is noted."""
        keys = {place: self._key(place) for place in places}
        found = {place: self._kept(key) for place, key in keys.items()}
        missing = [place for place, made in found.items() if made is None]
        self.count = len(missing)
        drawn = self._drawn(missing)
        if len(missing) >= WORTHWHILE or len(drawn) > 1:
            self.workers.start(draws=bool(drawn))
        self.progress.begin("Chapters", len(missing))
        for place, made in self._making({place: keys[place] for place in missing}, drawn):
            self.progress.step(place.name)
            if isinstance(made, Refused):
                self.problems += made.problems
            else:
                found[place] = made
        self.progress.end()
        chapters = {place.name: made for place, made in found.items() if made}
        for each in chapters.values():
            self.recent.note(each)
        return chapters

    def _key(self, place: ChapterPlace) -> str:
        source = self.known.digest(self.order.content / "chapters" / f"{place.name}.md")
        return self.order.key("chapter", place, source, place.name == self.order.start)

    def _kept(self, key: str) -> MadeChapter | None:
        """Return what is kept of a chapter, if everything that it was made from is the same."""
        made = self.recent.chapter(key) or kept_chapter(self.order, key)
        return (
            made if made and self._is_current(made) and (self.is_trusting or self._is_there(made)) else None
        )

    def _is_there(self, made: MadeChapter) -> bool:
        keys = (made.key, *(pack.key for pack in (*made.packs, *made.shared)))
        return all(self.order.kept.listed(key) is not None for key in keys)

    def _is_current(self, made: MadeChapter) -> bool:
        try:
            return all(
                self.known.digest(self.order.content / name) == digest for name, digest in made.inputs
            ) and all(
                chapter_called(called, self.order.names) == name
                for called, name in made.outline.asked.items()
            )
        except (OSError, LookupError):
            return False

    def _drawn(self, places: Iterable[ChapterPlace]) -> list[ChapterPlace]:
        """Return the chapters in which there may be something to draw."""
        texts = self.order.content / "chapters"
        return [place for place in places if SCENE in (texts / f"{place.name}.md").read_bytes()]

    def _making(
        self, keys: dict[ChapterPlace, str], drawn: list[ChapterPlace]
    ) -> Iterator[tuple[ChapterPlace, MadeChapter | Refused]]:
        tasks: Tasks[tuple[ChapterPlace, str]] = Tasks(self.workers)
        shares = self.workers.may_be_several
        begun = {
            place: partial(begin_chapter, place=place, key=key, shares=shares) for place, key in keys.items()
        }
        for place in drawn:
            tasks.begin((place, ""), begun.pop(place))
        tasks.begin_small({(place, ""): task for place, task in begun.items()})
        laid: dict[ChapterPlace, LaidAside] = {}
        drawing: dict[ChapterPlace, set[str]] = {}
        for (place, part), result in tasks.results():
            if isinstance(result, MadeChapter | Refused):
                yield place, result
            elif isinstance(result, LaidAside):
                self.workers.start()
                laid[place], drawing[place] = result, set(result.reels)
                for reel in result.reels:
                    tasks.begin((place, reel), partial(draw_part, key=reel))
            else:
                drawing[place].discard(part)
                if not drawing[place]:
                    tasks.begin((place, ""), partial(finish_chapter, key=laid[place].key))


def problems_of(plan: CoursePlan, chapters: Chapters, outlines: list[Outline]) -> list[Problem]:
    """Return everything that is wrong in a course, apart from its pictures."""
    is_whole = plan.is_whole and len(outlines) == len(plan.places)
    return [*plan.problems, *chapters.problems, *problems_between(outlines, is_whole=is_whole)]


def course_warnings(
    plan: CoursePlan, folder: ContentFolder, made: Iterable[MadeChapter], notes: Iterable[Problem]
) -> tuple[Problem, ...]:
    """Return all warnings of a course: of its files, of its pages on a phone, of greys, of its prints."""
    chapters = tuple(made)
    kinds = zip(*(chapter.warnings for chapter in chapters), strict=True)
    return (
        *plan.unlisted(folder),
        *(warning for chapter in chapters for warning in chapter.outline.warnings),
        *notes,
        *(warning for kind in kinds for warnings in kind for warning in warnings),
    )


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse what is wrong.

    Raises:
        AuthorError: there is anything.

    """
    found = list(problems)
    if found:
        raise AuthorError(found)
