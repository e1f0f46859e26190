"""The two ways to show a scene in a site: as numbers, or as a photograph; chosen here and nowhere else."""

from collections.abc import Mapping

from generator.course import Chapter
from generator.scenes import Reel
from generator.site.showing.numbers import NUMBERS
from generator.site.showing.photograph import PHOTOGRAPH
from generator.site.showing.shown import Showing

SHOWINGS: Mapping[str, Showing] = {"numbers": NUMBERS, "photograph": PHOTOGRAPH}


def showing_of(reel: Reel) -> Showing:
    """Return how a reel is shown."""
    return SHOWINGS[reel.scene.showing.name]


def shared_files(chapter: Chapter) -> dict[str, bytes]:
    """Return what a chapter may have in common with others, by its path in the site; each is there once."""
    files: dict[str, bytes] = {}
    for reel in (reel for block in chapter.scenes for reel in block.reels):
        files.update(showing_of(reel).shared_files(reel))
    return files
