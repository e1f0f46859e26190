"""What an author is warned of before anything is drawn: nothing of it keeps a site from being built."""

from collections.abc import Iterator

from generator.course import Course
from generator.drawing import missing_letters, stage_of
from generator.drawing.paper import one_line
from generator.errors import Problem
from generator.scenes import Reel
from generator.site.theme import Theme


def course_warnings(course: Course, theme: Theme) -> tuple[Problem, ...]:
    """Return all warnings of a course: those of its files, of its pages on a phone, and of its prints."""
    return (
        *course.warnings,
        *phone_warnings(course),
        *grey_notes(course),
        *print_warnings(course, theme),
    )


def phone_warnings(course: Course) -> Iterator[Problem]:
    """Yield a warning for each scene whose numbers are too small to be read on a phone."""
    for reel in _reels(course):
        if fault := stage_of(reel).phone_fault():
            yield Problem(reel.scene.file, reel.scene.line, fault.message, fault.hint)


def grey_notes(course: Course) -> Iterator[Problem]:
    """Yield a note for each scene whose brightnesses look alike on the greys that its chapter needs."""
    notes = (_grey_note(reel) for reel in _reels(course) if reel.own_greys.look_flat_on(reel.greys))
    yield from dict.fromkeys(notes)  # versions under other kernels have the same brightnesses


def _grey_note(reel: Reel) -> Problem:
    run, chapter = (
        " to ".join(map(reel.number_text, (greys.dark, greys.bright)))
        for greys in (reel.own_greys, reel.greys)
    )
    fact = (
        f'the brightnesses of "{reel.scene.id}" run from {run}, and look alike on the greys of its '
        f"chapter, from {chapter}"
    )
    hint = "Use numbers of about the same size in all scenes of a chapter."
    return Problem(reel.scene.file, reel.scene.line, fact, hint, is_note=True)


def _reels(course: Course) -> Iterator[Reel]:
    for chapter in course.chapters:
        for block in chapter.scenes:
            yield from block.reels


def print_warnings(course: Course, theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each chapter whose title has letters that stand on paper as empty boxes."""
    for chapter in course.chapters:
        missing = missing_letters(theme.print_font, one_line(f"{course.title} {chapter.title}"))
        if missing:
            fact = (
                f'the print font lacks "{missing}" of the titles; prints and cards show boxes in their place'
            )
            yield Problem(chapter.file, 1, fact, "Name a font that has them as print_font in theme.toml.")
