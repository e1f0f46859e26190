"""What an author is warned of in a chapter: nothing of it keeps a site from being built."""

from collections.abc import Iterator

from generator.course import Chapter
from generator.drawing import missing_letters, stage_of
from generator.drawing.paper import one_line
from generator.errors import Problem
from generator.scenes import Reel


def phone_warnings(chapter: Chapter) -> Iterator[Problem]:
    """Yield a warning for each scene whose numbers are too small to be read on a phone."""
    for reel in _reels(chapter):
        if fault := stage_of(reel).phone_fault():
            yield Problem(reel.scene.file, reel.scene.line, fault.message, fault.hint)


def grey_notes(chapter: Chapter) -> Iterator[Problem]:
    """Yield a note for each scene whose brightnesses look alike on the greys that its chapter needs."""
    notes = (_grey_note(reel) for reel in _reels(chapter) if reel.own_greys.look_flat_on(reel.greys))
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


def _reels(chapter: Chapter) -> Iterator[Reel]:
    for block in chapter.scenes:
        yield from block.reels


def print_warnings(chapter: Chapter, course: str, font: bytes) -> Iterator[Problem]:
    """Yield a warning for a chapter if titles have letters that stand on paper as empty boxes.

    Args:
        chapter: what is printed.
        course: the title of the course, which stands on paper as well.
        font: the file of the font that prints have.

    """
    missing = missing_letters(font, one_line(f"{course} {chapter.title}"))
    if missing:
        fact = f'the print font lacks "{missing}" of the titles; prints and cards show boxes in their place'
        yield Problem(chapter.file, 1, fact, "Name a font that has them as print_font in theme.toml.")
