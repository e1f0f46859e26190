"""The chapters that `course.toml` lists become a `Course`."""

from collections.abc import Mapping
from pathlib import Path

from generator.course.chapter import read_chapter
from generator.course.folder import ContentFolder, Publisher
from generator.course.networks import Readers
from generator.course.outline import problems_between
from generator.course.plan import ChapterPlace, CoursePlan, course_plan
from generator.course.records import Chapter, Course, Part, PlannedChapter
from generator.errors import AuthorError, Problem, gathering


def read_course(content: Path, readers: Readers, publish: Publisher) -> Course:
    """Return the course in that folder, with everything in it computed.

    Args:
        content: the folder.
        readers: read pictures that scenes name, and train networks.
        publish: makes of a picture the file that pages show.

    Raises:
        AuthorError: every problem of every chapter.

    """
    folder = ContentFolder(content, publish)
    plan = course_plan(folder)
    problems = list(plan.problems)
    chapters: dict[str, Chapter] = {}
    for place in plan.places:
        with gathering(problems):
            chapters[place.name] = read_chapter(place, folder, plan.names, readers)
    outlines = [chapter.outline for chapter in chapters.values()]
    is_whole = plan.is_whole and len(outlines) == len(plan.places)
    problems += problems_between(outlines, is_whole=is_whole)
    notes: list[Problem] = []
    with gathering(problems):
        notes += folder.kept_back()
    if problems:
        raise AuthorError(problems)
    doubtful = (warning for outline in outlines for warning in outline.warnings)
    return Course(
        title=plan.title,
        summary=plan.summary,
        language=plan.language,
        parts=_parts(plan, chapters),
        start=chapters.get(plan.start),
        paper=plan.paper,
        also=plan.also,
        warnings=(*plan.unlisted(folder), *doubtful, *notes),
    )


def _parts(plan: CoursePlan, chapters: Mapping[str, Chapter]) -> tuple[Part, ...]:
    def of(entry: ChapterPlace | PlannedChapter) -> Chapter | PlannedChapter:
        return entry if isinstance(entry, PlannedChapter) else chapters[entry.name]

    return tuple(Part(part.number, part.title, tuple(map(of, part.entries))) for part in plan.parts)
