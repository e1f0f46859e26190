"""What an author is warned of before anything is drawn: nothing of it keeps a site from being built."""

from collections.abc import Iterator

from generator.course import Course
from generator.drawing import missing_letters
from generator.drawing.paper import one_line
from generator.drawing.stack_panel import StackPanel
from generator.errors import Problem, counted
from generator.site.theme import Theme

SMALLEST_ON_A_PHONE = 8
"""Pixels of a number that can still be read."""


def course_warnings(course: Course, theme: Theme) -> tuple[Problem, ...]:
    """Return all warnings of a course: those of its files, of its pages on a phone, and of its prints."""
    return (*course.warnings, *phone_warnings(course), *print_warnings(course, theme))


def phone_warnings(course: Course) -> Iterator[Problem]:
    """Yield a warning for each stack whose grids share a phone's screen with numbers too small to read."""
    blocks = (block for chapter in course.chapters for block in chapter.scenes)
    for reel in (reel for block in blocks for reel in block.reels if reel.scene.below):
        panel, scene = StackPanel(reel), reel.scene
        if panel.phone_number_size < SMALLEST_ON_A_PHONE:
            grids = counted(len(panel.grids), "grid")
            fact = f'the numbers in the {grids} of "{scene.id}" will be too small to read on a phone'
            yield Problem(scene.file, scene.line, fact, "Crop the image, or use shorter numbers.")


def print_warnings(course: Course, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each chapter whose title has letters that stand on paper as empty boxes."""
    for chapter in course.chapters:
        missing = missing_letters(theme.print_font, one_line(f"{course.title} {chapter.title}"))
        if missing:
            fact = (
                f'the print font lacks "{missing}" of the titles; prints and cards show boxes in their place'
            )
            yield Problem(chapter.file, 1, fact, "Name a font that has them as print_font in theme.toml.")
