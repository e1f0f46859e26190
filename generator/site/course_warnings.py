"""What an author is warned of before anything is drawn: nothing of it keeps a site from being built."""

from collections.abc import Iterator

from generator.course import Course
from generator.drawing import missing_letters, stage_of
from generator.drawing.paper import one_line
from generator.errors import Problem
from generator.site.theme import Theme


def course_warnings(course: Course, theme: Theme) -> tuple[Problem, ...]:
    """Return all warnings of a course: those of its files, of its pages on a phone, and of its prints."""
    return (*course.warnings, *phone_warnings(course), *print_warnings(course, theme))


def phone_warnings(course: Course) -> Iterator[Problem]:
    """Yield a warning for each scene whose numbers are too small to be read on a phone."""
    blocks = (block for chapter in course.chapters for block in chapter.scenes)
    for reel in (reel for block in blocks for reel in block.reels):
        if fault := stage_of(reel).phone_fault():
            yield Problem(reel.scene.file, reel.scene.line, fault.message, fault.hint)


def print_warnings(course: Course, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each chapter whose title has letters that stand on paper as empty boxes."""
    for chapter in course.chapters:
        missing = missing_letters(theme.print_font, one_line(f"{course.title} {chapter.title}"))
        if missing:
            fact = (
                f'the print font lacks "{missing}" of the titles; prints and cards show boxes in their place'
            )
            yield Problem(chapter.file, 1, fact, "Name a font that has them as print_font in theme.toml.")
